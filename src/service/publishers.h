// Loads datasets/publishers.csv into the catalogue's organizations: the prefecture and its
// municipalities, with the prefecture as parent. What staff changed in the catalogue is kept.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "storage/catalog_store.h"

namespace minato::service {

// Their storage::Origin::source.
inline constexpr const char* kPublishersSource = "publishers";

struct PublishersReport {
  std::vector<std::string> created;  // codes
  std::vector<std::string> updated;
  std::vector<std::string> unchanged;
  std::vector<std::string> removed_by_staff;
  std::vector<core::Error> errors;  // one per bad row; the row is passed over
};

// Fails, and changes nothing, when the file cannot be read (kNotFound "publishers-missing",
// kTooLarge "shipped-file-too-large"), is no clean CSV (errors of parse_csv()), lacks a column
// (kInvalidArgument "publishers-columns"), or as the store fails.
core::Result<PublishersReport> load_publishers(const std::string& csv_file,
                                               storage::CatalogStore& store,
                                               const core::Clock& clock);

}  // namespace minato::service
