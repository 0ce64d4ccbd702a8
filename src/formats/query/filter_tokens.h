// The words and signs of the filter language, and of the lists of sort, select, group and agg.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::formats {

struct FilterToken {
  enum class Kind { kName, kQuotedName, kText, kNumber, kSign, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;        // without quotes, escapes resolved
  std::size_t offset = 0;  // in bytes
  std::size_t end = 0;
};

// Cuts `text` from byte `begin` on; the last token is kEnd. Names are runs of letters, digits and
// "_" of any script, or anything in backticks (doubled inside); texts stand in single quotes
// (doubled inside); signs are = != <> < <= > >= ( ) , : * -. Fails with "filter-syntax", or
// "filter-too-large" beyond 8 KB; both name `param`.
core::Result<std::vector<FilterToken>> cut_filter(std::string_view text, std::string_view param,
                                                  std::size_t begin = 0);

// ASCII, for keywords and names of functions. `keyword` in lower case.
bool is_keyword(std::string_view word, std::string_view keyword);

}  // namespace minato::formats
