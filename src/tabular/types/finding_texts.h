// The words of what is noticed about a table and its columns. Ids are permanent and explained in
// docs/findings.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/table.h"

namespace minato::tabular {

struct Occurrence {
  std::int64_t row = 0;    // first record; 0: the whole table
  std::string column;      // name; empty: the table
  std::int64_t count = 0;  // {n} of the text
  std::string text;        // {text} of the text
};

// REQUIRES: `id` is one of this file's.
core::Finding make_finding(std::string_view id, const Occurrence& where);

}  // namespace minato::tabular
