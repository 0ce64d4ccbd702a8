// The tables of one dataset in one look at the catalogue, however many resources it has.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "storage/catalog_store.h"

namespace minato::service {

// All versions of the tables of a resource.
struct ResourceTables {
  std::string resource_id;
  std::vector<storage::TableVersion> current;  // by part
  std::vector<storage::TableVersion> all;      // of the current tables, newest first
};

// Of the active resources that have tables, in their order. Fails with kUnavailable or kDeadline
// when the store cannot answer within `timeout`. REQUIRES: the caller may see the dataset.
core::Result<std::vector<ResourceTables>> tables_of_dataset(storage::CatalogStore& store,
                                                            const core::Dataset& dataset,
                                                            std::chrono::milliseconds timeout);

}  // namespace minato::service
