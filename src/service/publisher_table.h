// The rows of publishers.csv as organizations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"

namespace minato::service {

struct Publisher {
  core::Group organization;  // without `created`
  std::string row;           // header and row as CSV, which parse_publishers() reads again
};

struct PublisherTable {
  std::vector<Publisher> publishers;
  std::vector<core::Error> errors;  // "publishers-row", one per bad row; details name the columns
};

// Columns may stand in any order; unknown ones are errors. Fails with the errors of parse_csv() or
// kInvalidArgument "publishers-columns".
core::Result<PublisherTable> parse_publishers(std::string_view csv);

}  // namespace minato::service
