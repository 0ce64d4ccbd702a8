// The leaves of a query: a field and a value become the one expression that the field's type asks
// for.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/search.h"
#include "core/search_fields.h"
#include "core/time.h"

namespace minato::formats {

// A word of the query, unescaped. "*" and "?" that were not escaped are wildcards.
struct QueryTerm {
  std::string text;
  std::size_t offset = 0;  // of its first byte in the query
  bool quoted = false;     // a phrase: no wildcards
  bool has_wildcard = false;
  bool has_escaped_wildcard = false;
};

// The one failure of all query parsers: "search-syntax" with the byte (counted from 0).
tl::unexpected<core::Error> fail_query(std::size_t offset, const core::LocalizedText& message,
                                       core::LocalizedText hint = {});

core::Result<core::SearchExpr> make_leaf(const core::SearchField& field, const QueryTerm& term,
                                         const core::Clock& clock);

struct QueryRange {
  core::Bound low;
  core::Bound high;
  std::size_t offset = 0;
};
core::Result<core::SearchExpr> make_range(const core::SearchField& field, QueryRange range,
                                          const core::Clock& clock);

}  // namespace minato::formats
