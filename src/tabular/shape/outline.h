// What a record looks like at a glance: which of its cells hold something, and what kind of thing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tabular/record_source.h"

namespace minato::tabular {

struct Outline {
  int count = 0;   // cells that hold more than blanks; copies to the right in a merged range do not
  int first = -1;  // place of the first of them
  int last = -1;
  bool only_dashes = false;  // each of them a dash: nothing was measured
};

Outline outline_of(const RawRecord& record);

// A copy of its left neighbour in a merged range.
bool copied_from_left(const RawRecord& record, std::size_t column);

enum class Look : std::uint8_t {
  kEmpty,
  kMark,     // - ― … N/A: says nothing about its column
  kYear,     // 1868 to 2100, 平成30年: a label as well as a value
  kNumeric,  // numbers, percentages, dates, times, numbers with a unit
  kCode,     // ASCII with digits: telephone numbers, codes, addresses of the web
  kLabel,    // words
};

Look look_of(std::string_view text);

// The text of a header or title cell: newlines gone, and runs of blanks unless between two ASCII
// characters ("項 目" is 項目, "Open Data" stays).
std::string clean_label(std::string_view text);

// Begins as a footnote does: 資料, 注）, ※, 出典.
bool is_note(std::string_view text);

// A remark above a table: 単位：人, 令和5年3月7日現在, anything in round brackets.
bool is_unit_or_date_note(std::string_view text);

// A unit in a row of units: 人, (世帯), ㎡. The unit without brackets; empty: none.
std::string_view unit_of(std::string_view text);

// 合計, 計, 総計, 総数, blanks ignored.
bool is_total_label(std::string_view text);

}  // namespace minato::tabular
