// A record source as one text, to compare with.
#pragma once

#include <string>

#include "tabular/record_source.h"

namespace minato::test {

// "1: a|b|c\n2: ...": cells with a kind other than text are followed by one letter of it (n number,
// b boolean, d date, D datetime, t time, e error), filled ones by "^", hidden records by " hidden".
inline core::Result<std::string> sheet_text(tabular::RecordSource& source) {
  std::string out;
  tabular::RawRecord record;
  while (true) {
    const auto more = source.next(record);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return out;
    out += std::to_string(record.number) + ":";
    char separator = ' ';
    for (const auto& cell : record.cells) {
      out += separator;
      out += cell.text;
      constexpr const char* kLetters[] = {"", "", "=n", "=b", "=d", "=D", "=t", "=e"};
      out += kLetters[static_cast<int>(cell.kind)];
      if (cell.filled) out += '^';
      separator = '|';
    }
    if (record.hidden) out += " hidden";
    out += '\n';
  }
}

}  // namespace minato::test
