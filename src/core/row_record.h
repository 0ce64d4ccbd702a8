// A row as somebody sends it: values by name, not yet checked against a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/table.h"

namespace minato::core {

struct RowRecord {
  std::vector<std::pair<std::string, Value>> values;
  std::optional<std::int64_t> row_id;  // CKAN's _id: the number of a row that is there
};

}  // namespace minato::core
