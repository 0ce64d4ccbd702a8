// Refuses what the index cannot answer, before anything is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "core/search.h"
#include "storage/sqlite/search/fields.h"

namespace minato::storage::sqlite::search {

// Error ids, all kInvalidArgument: "search-sort-unknown", "search-facet-unsupported",
// "search-clause-unsupported", "search-value-invalid", "search-page-invalid", "search-too-complex".
core::Result<void> check(const core::SearchRequest& request);

// A value of a kNumber field: microseconds of a date, or the integer. Nothing when it is none.
std::optional<std::int64_t> number_of(const IndexField& field, std::string_view value);

}  // namespace minato::storage::sqlite::search
