// What a harvest would change in one dataset: a line of `minato harvest run --dry-run`.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace minato::formats {

struct HarvestDifference {
  struct Field {
    std::string pointer;  // JSON Pointer
    std::string before;
    std::string after;
  };
  std::string source;
  std::string remote_id;
  std::string report;   // "added", "updated", ...
  std::string dataset;  // its name
  std::string moved_from;
  std::string duplicate_of;
  std::vector<std::string> kept;  // JSON Pointers of fields that staff own
  std::vector<Field> fields;
  std::string error_id;
  core::LocalizedText error;
};

// { "type": "difference", "source", "remote_id", "report", "dataset", "fields": [{"field",
//   "before", "after"}], "kept": [...] and, when there is one, "moved_from", "duplicate_of",
//   "error_id", "error" }
std::string write_harvest_difference(const HarvestDifference& difference, core::Language language);

}  // namespace minato::formats
