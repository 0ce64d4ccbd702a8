// What one cell could be, whatever its column turns out to hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tabular/record_source.h"
#include "text/japanese_date.h"
#include "text/numerals.h"

namespace minato::tabular {

enum class CellClass : std::uint8_t {
  kEmpty,
  kSignMark,  // - ― … N/A
  kWordMark,  // 不明 なし
  kError,     // an error of a spreadsheet's formula, in a workbook
  kInteger,
  kNumber,
  kCode,  // digits that are no number: "012"
  kBoolean,
  kDate,
  kDatetime,
  kMidnight,  // a date with 0:00:00, as spreadsheets export dates
  kTime,
  kImpossible,  // written as a date or time, but there is none such
  kPoint,       // "35.44,139.64"
  kDegrees,     // "35°22′34″", in columns named as coordinates only
  kText,
};
inline constexpr std::size_t kCellClasses = 16;

struct ClassifiedCell {
  CellClass kind = CellClass::kEmpty;
  text::Numeral numeral;  // of kInteger, kNumber, kCode
  bool era = false;       // of dates
};

// `text` without outer blanks. Never allocates. REQUIRES: `cell` is as it was made.
void classify(std::string_view text, ClassifiedCell& cell);

inline ClassifiedCell classify(std::string_view text) {
  ClassifiedCell cell;
  classify(text, cell);
  return cell;
}

// "lat,lon" in degrees within their ranges; blanks around the comma and brackets around all
// allowed.
bool read_point(std::string_view text, double& latitude, double& longitude);

}  // namespace minato::tabular
