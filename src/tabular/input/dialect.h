// How a text separates its cells and records.
#pragma once

#include <string_view>

namespace minato::tabular {

struct Dialect {
  char delimiter = ',';
  bool cr_ends_records = false;  // a file of CRs only; else a lone CR belongs to its cell
};

// From the beginning of the decoded text: the delimiter whose records have the most regular number
// of cells, commas when nothing speaks for tabs or semicolons.
Dialect sniff_dialect(std::string_view head);

}  // namespace minato::tabular
