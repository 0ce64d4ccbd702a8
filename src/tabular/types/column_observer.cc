#include "tabular/types/column_observer.h"

#include <algorithm>
#include <cmath>

#include "tabular/types/cell_reader.h"
#include "tabular/types/plain_cell.h"
#include "text/blanks.h"
#include "text/degrees.h"
#include "text/utf8.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kMaxRejectBytes = 200;

bool is_number(CellClass kind) {
  return kind == CellClass::kInteger || kind == CellClass::kNumber || kind == CellClass::kDegrees;
}

bool is_missing(CellClass kind) {
  return kind == CellClass::kEmpty || kind == CellClass::kSignMark ||
         kind == CellClass::kWordMark || kind == CellClass::kError;
}

bool names_place(NameHint hint) { return is_latitude(hint) || is_longitude(hint); }

}  // namespace

void ColumnObserver::observe(const RawCell& cell, const RawRecord& record) {
  const std::string_view text = text::trimmed(cell.text);
  if (text.size() != cell.text.size() && !text.empty()) {
    outer_blanks_.add(record.number);
  }
  if (cell.kind != CellKind::kError && !text.empty() && observe_plain(text, record)) {
    return;
  }
  ClassifiedCell classified;
  if (cell.kind == CellKind::kError) {
    classified.kind = CellClass::kError;
  } else {
    classify(text, classified);
  }
  if (classified.kind == CellClass::kText && names_place(hint_)) {
    if (const auto degrees = text::read_degrees(text)) {
      classified.kind = CellClass::kDegrees;
      classified.numeral.number = *degrees;
    }
  }
  classes_[static_cast<std::size_t>(classified.kind)].add(record.number);
  if (is_missing(classified.kind)) {
    if (classified.kind == CellClass::kSignMark || classified.kind == CellClass::kWordMark) {
      remember_mark(text);
    }
    return;
  }
  observe_value(classified, text, record);
  if (declared_) {
    observe_declared(classified.kind, text, record);
  } else if (!is_number(classified.kind)) {
    suspect(classified.kind, text, record);
  }
}

// The same as for all other cells, where nothing but its class is wanted of a cell.
bool ColumnObserver::observe_plain(std::string_view text, const RawRecord& record) {
  if (declared_ || hint_ == NameHint::kDate || names_place(hint_)) {
    return false;
  }
  CellClass kind = plain_numeral_class(text);
  if (kind == CellClass::kText) {
    if (is_plain_date(text)) {
      kind = CellClass::kDate;
    } else if (is_plain_time(text)) {
      kind = CellClass::kTime;
    } else {
      return false;
    }
  }
  classes_[static_cast<std::size_t>(kind)].add(record.number);
  if (!is_number(kind)) {
    suspect(kind, text, record);
  }
  return true;
}

void ColumnObserver::observe_value(const ClassifiedCell& cell, std::string_view text,
                                   const RawRecord& record) {
  if (is_number(cell.kind)) {
    if (cell.numeral.decorated) {
      decorated_.add(record.number);
    }
    if (cell.numeral.exponent) {
      exponents_.add(record.number);
    }
    if (names_place(hint_)) {
      measure(cell.numeral.number);
    }
    text::CalendarDate date;
    if (hint_ == NameHint::kDate && text.size() == 8 &&
        text::read_compact_date(text, date) == text::Reading::kOk) {
      ++compact_dates_;
    }
  } else if (cell.era) {
    era_dates_.add(record.number);
  }
}

void ColumnObserver::observe_declared(CellClass kind, std::string_view text,
                                      const RawRecord& record) {
  std::array<char, text::kMaxIsoBytes> scratch{};
  if (!read_cell(text, {*declared_, true, 0}, scratch)) {
    ++rejected_;
    suspect(kind, text, record);
  }
}

void ColumnObserver::suspect(CellClass kind, std::string_view text, const RawRecord& record) {
  if (suspects_.size() < kMaxSuspects) {
    suspects_.push_back(
        {record.number, record.line, kind, std::string(text::truncated(text, kMaxRejectBytes))});
  }
}

void ColumnObserver::measure(double value) {
  like_latitude_ += value >= 20 && value <= 46 ? 1 : 0;
  like_longitude_ += value >= 122 && value <= 154 ? 1 : 0;
  on_globe_ += std::abs(value) <= (is_latitude(hint_) ? 90 : 180) ? 1 : 0;
}

void ColumnObserver::remember_mark(std::string_view text) {
  if (marks_.size() < kMaxMarks && std::find(marks_.begin(), marks_.end(), text) == marks_.end()) {
    marks_.emplace_back(text);
  }
}

std::int64_t ColumnObserver::values() const {
  std::int64_t values = 0;
  for (std::size_t i = 0; i < kCellClasses; ++i) {
    values += is_missing(static_cast<CellClass>(i)) ? 0 : classes_[i].count;
  }
  return values;
}

// The type that every value fits.
std::optional<core::ColumnType> ColumnObserver::uniform_type() const {
  const std::int64_t all = values();
  const std::int64_t integers = count(CellClass::kInteger);
  if (integers == all) {
    return hint_ == NameHint::kDate && compact_dates_ == all ? core::ColumnType::kDate
                                                             : core::ColumnType::kInteger;
  }
  if (numbers() == all) {
    return core::ColumnType::kNumber;
  }
  if (count(CellClass::kBoolean) == all) {
    return core::ColumnType::kBoolean;
  }
  if (count(CellClass::kDate) + count(CellClass::kMidnight) == all) {
    return core::ColumnType::kDate;
  }
  if (count(CellClass::kDatetime) + count(CellClass::kMidnight) == all) {
    return core::ColumnType::kDatetime;
  }
  if (count(CellClass::kTime) == all) {
    return core::ColumnType::kTime;
  }
  return std::nullopt;
}

// Of at least 50 values at most 1 % do not fit (of coordinates 5 %: these columns are certain).
bool ColumnObserver::mostly_numbers() const {
  const std::int64_t all = values();
  const std::int64_t others = all - numbers();
  return all >= 50 && others * 100 <= all * (names_place(hint_) ? 5 : 1);
}

ColumnReading ColumnObserver::decide() const {
  if (declared_) {
    return {*declared_, true, rejected_};
  }
  ColumnReading reading;
  const std::int64_t all = values();
  // Words like なし are values where they outnumber the figures.
  if (all == 0 || hint_ == NameHint::kText || count(CellClass::kCode) > 0 ||
      count(CellClass::kWordMark) > all) {
    return reading;
  }
  if (const auto type = uniform_type()) {
    reading.type = *type;
  } else if (mostly_numbers()) {
    const bool whole = count(CellClass::kInteger) == numbers();
    reading.type = whole ? core::ColumnType::kInteger : core::ColumnType::kNumber;
    reading.rejected = all - numbers();
  }
  reading.degrees = count(CellClass::kDegrees) > 0;
  return reading;
}

std::int64_t ColumnObserver::numbers() const {
  return count(CellClass::kInteger) + count(CellClass::kNumber) + count(CellClass::kDegrees);
}

bool ColumnObserver::swapped() const {
  const std::int64_t all = numbers();
  const std::int64_t other = hint_ == NameHint::kLatitude    ? like_longitude_
                             : hint_ == NameHint::kLongitude ? like_latitude_
                                                             : 0;
  return all > 0 && other * 2 > all;
}

std::int64_t ColumnObserver::out_of_place() const {
  const std::int64_t all = numbers();
  const std::int64_t inside = hint_ == NameHint::kLatitude    ? like_latitude_
                              : hint_ == NameHint::kLongitude ? like_longitude_
                                                              : all;
  return inside * 100 >= all * 80 ? all - inside : 0;
}

core::ColumnRole ColumnObserver::role(core::ColumnType type) const {
  if (type == core::ColumnType::kString) {
    const std::int64_t points = count(CellClass::kPoint);
    const bool point = hint_ == NameHint::kPoint && points > 0 && points * 10 >= values() * 8;
    return point ? core::ColumnRole::kPoint : core::ColumnRole::kNone;
  }
  const std::int64_t all = numbers();
  const bool numeric = type == core::ColumnType::kNumber || type == core::ColumnType::kInteger;
  if (!numeric || all == 0) {
    return core::ColumnRole::kNone;
  }
  const auto most = [all](std::int64_t part) { return part * 100 >= all * 80; };
  // The values are certain where the names are wrong.
  if (swapped()) {
    const bool latitudes = hint_ == NameHint::kLongitude;
    if (!most(latitudes ? like_latitude_ : like_longitude_)) {
      return core::ColumnRole::kNone;
    }
    return latitudes ? core::ColumnRole::kLatitude : core::ColumnRole::kLongitude;
  }
  switch (hint_) {
    case NameHint::kLatitude:
      return most(on_globe_) ? core::ColumnRole::kLatitude : core::ColumnRole::kNone;
    case NameHint::kLongitude:
      return most(on_globe_) ? core::ColumnRole::kLongitude : core::ColumnRole::kNone;
    case NameHint::kNorthing:
      return most(like_latitude_) ? core::ColumnRole::kLatitude : core::ColumnRole::kNone;
    case NameHint::kEasting:
      return most(like_longitude_) ? core::ColumnRole::kLongitude : core::ColumnRole::kNone;
    default:
      return core::ColumnRole::kNone;
  }
}

}  // namespace minato::tabular
