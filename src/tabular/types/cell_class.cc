#include "tabular/types/cell_class.h"

#include <cmath>

#include "tabular/types/plain_cell.h"
#include "text/blanks.h"

namespace minato::tabular {
namespace {

CellClass class_of_moment(const text::Moment& moment) {
  if (!moment.has_date) {
    return CellClass::kTime;
  }
  if (!moment.has_time) {
    return CellClass::kDate;
  }
  const text::TimeOfDay& time = moment.time;
  const bool midnight = time.hour == 0 && time.minute == 0 && time.second == 0;
  return midnight && moment.zone.size == 0 ? CellClass::kMidnight : CellClass::kDatetime;
}

bool as_moment(std::string_view text, ClassifiedCell& cell) {
  text::Moment moment;
  switch (text::read_moment(text, moment)) {
    case text::Reading::kOther:
      return false;
    case text::Reading::kImpossible:
      cell.kind = CellClass::kImpossible;
      return true;
    case text::Reading::kOk:
      cell.kind = class_of_moment(moment);
      cell.era = moment.era;
      return true;
  }
  return false;
}

bool as_numeral(std::string_view text, ClassifiedCell& cell) {
  text::read_numeral(text, cell.numeral);
  switch (cell.numeral.kind) {
    case text::NumeralKind::kNone:
      return false;
    case text::NumeralKind::kInteger:
      cell.kind = CellClass::kInteger;
      return true;
    case text::NumeralKind::kNumber:
      cell.kind = CellClass::kNumber;
      return true;
    case text::NumeralKind::kCode:
      cell.kind = CellClass::kCode;
      return true;
  }
  return false;
}

bool as_mark(std::string_view text, ClassifiedCell& cell) {
  switch (text::missing_mark(text)) {
    case text::MissingMark::kNone:
      return false;
    case text::MissingMark::kSign:
      cell.kind = CellClass::kSignMark;
      return true;
    case text::MissingMark::kWord:
      cell.kind = CellClass::kWordMark;
      return true;
  }
  return false;
}

bool is_boolean(std::string_view text) {
  if (text.size() != 4 && text.size() != 5) {
    return false;
  }
  return text == "true" || text == "false" || text == "TRUE" || text == "FALSE" || text == "True" ||
         text == "False";
}

// 明 大 昭 平 令, or one of the single characters ㍾ ㍽ ㍼ ㍻ ㋿.
bool begins_era(std::string_view text) {
  const std::string_view c = text.substr(0, 3);
  return c == "明" || c == "大" || c == "昭" || c == "平" || c == "令" || c == "㍾" || c == "㍽" ||
         c == "㍼" || c == "㍻" || c == "㋿";
}

// Three digits and a hyphen: 045-..., a postcode. Years have four.
bool begins_like_telephone_number(std::string_view text) {
  return text.size() > 3 && text[3] == '-' && has_plain_digits(text, 0, 3);
}

// A word, such as https.
bool begins_with_two_letters(std::string_view text) {
  const char second = text.size() > 1 ? static_cast<char>(text[1] & 0xDF) : '\0';
  return second >= 'A' && second <= 'Z';
}

// What a first byte rules out saves most of the work for words.
bool may_be_moment(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) {
    if (first >= '0' && first <= '9') {
      return !begins_like_telephone_number(text);
    }
    const char upper = static_cast<char>(first & 0xDF);
    const bool era = upper == 'M' || upper == 'T' || upper == 'S' || upper == 'H' || upper == 'R';
    return era && !begins_with_two_letters(text);
  }
  return first == 0xEF || begins_era(text);
}

bool may_be_numeral(unsigned char first) {
  return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.' ||
         first == 0xEF || first == 0xE2;
}

bool in_range(const text::Numeral& numeral, double limit) {
  return (numeral.kind == text::NumeralKind::kNumber ||
          numeral.kind == text::NumeralKind::kInteger) &&
         std::abs(numeral.number) <= limit;
}

}  // namespace

bool read_point(std::string_view text, double& latitude, double& longitude) {
  if (text.size() > 64) {
    return false;
  }
  if (text.starts_with('(') && text.ends_with(')')) {
    text = text.substr(1, text.size() - 2);
  }
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find('.') == std::string_view::npos) {
    return false;
  }
  const text::Numeral first = text::read_numeral(text::trimmed(text.substr(0, comma)));
  const text::Numeral second = text::read_numeral(text::trimmed(text.substr(comma + 1)));
  if (!in_range(first, 90) || !in_range(second, 180)) {
    return false;
  }
  latitude = first.number;
  longitude = second.number;
  return true;
}

void classify(std::string_view text, ClassifiedCell& cell) {
  if (text.empty()) {
    return;
  }
  const auto first = static_cast<unsigned char>(text[0]);
  if (may_be_numeral(first) && as_numeral(text, cell)) {
    return;
  }
  if (as_mark(text, cell) || (may_be_moment(text) && as_moment(text, cell))) {
    return;
  }
  double latitude = 0;
  double longitude = 0;
  if (is_boolean(text)) {
    cell.kind = CellClass::kBoolean;
  } else if ((may_be_numeral(first) || first == '(') && read_point(text, latitude, longitude)) {
    cell.kind = CellClass::kPoint;
  } else {
    cell.kind = CellClass::kText;
  }
}

}  // namespace minato::tabular
