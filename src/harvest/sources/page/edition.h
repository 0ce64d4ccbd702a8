// Edition marks: what publishers change in a file's name when only its contents are newer.
// R7_aed, 080803(UTF-8), zende-ta202606houjin, aed_20250401, r070401_, opendata2025-10, v2,
// 令和7年4月1日現在, 2025年度, 4月分, 第3版, 最新.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/japanese_date.h"

namespace minato::harvest {

struct EditionRules {
  // The text is a file name: bare digits (250401, 2603) may be dates.
  bool file_name = false;
  std::string_view organization;  // a code of 6 digits: never a date, though it may look like one
};

struct EditionSplit {
  std::string rest;  // without marks and the brackets and separators around them; as written
  // The marks in one spelling, "" when there are none. Of two editions of one file the newer
  // compares greater: "2024" < "2024-10" < "2025-04-01", "v00002" < "v00010"; "~latest" is last.
  std::string edition;
};

EditionSplit split_edition(std::string_view text, const EditionRules& rules = {});

// The first date with year, month and day in a text.
std::optional<text::CalendarDate> first_date(std::string_view text);

}  // namespace minato::harvest
