// Names for harvested datasets that nobody else has.
#pragma once

#include <map>
#include <string>

#include "service/harvest/batch.h"

namespace minato::service {

// Remembers what it gave, for readers that do not see it yet.
class DatasetNames {
 public:
  // REQUIRES: both outlive it.
  DatasetNames(const std::string& organization, storage::CatalogReader& reader)
      : organization_(organization), reader_(reader) {}

  // Whether another dataset that is not deleted has the name.
  core::Result<bool> is_taken(const std::string& name, const std::string& dataset_id);
  // harvested_name() of the item; when it is taken with "-2" to "-9" behind it, or a hash.
  core::Result<std::string> give(const ImportItem& item, const std::string& dataset_id);

 private:
  const std::string& organization_;
  storage::CatalogReader& reader_;
  std::map<std::string, std::string> given_;  // to dataset ids
};

}  // namespace minato::service
