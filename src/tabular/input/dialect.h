// How a text separates its cells and records.
#pragma once

#include <string_view>

namespace minato::tabular {

struct Dialect {
  char delimiter = ',';
  bool cr_ends_records = false;  // a file of CRs only; else a lone CR belongs to its cell
  bool says_delimiter = false;   // the first record is Excel's "sep=;" and no part of the table
};

// From the beginning of the decoded text: the delimiter whose records have the most regular number
// of cells, commas when nothing speaks for tabs or semicolons. "sep=X" on the first line decides.
Dialect sniff_dialect(std::string_view head);

}  // namespace minato::tabular
