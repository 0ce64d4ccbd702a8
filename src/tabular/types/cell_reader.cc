#include "tabular/types/cell_reader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "tabular/types/plain_cell.h"
#include "text/degrees.h"

namespace minato::tabular {
namespace {

using core::ColumnType;
using core::ValueView;

std::optional<ValueView> read_boolean(std::string_view text, bool declared) {
  if (text == "true" || text == "TRUE" || text == "True" || (declared && text == "1")) {
    return ValueView(true);
  }
  if (text == "false" || text == "FALSE" || text == "False" || (declared && text == "0")) {
    return ValueView(false);
  }
  return std::nullopt;
}

// A declared number may have leading zeros.
text::Numeral read_number(std::string_view text, bool declared) {
  text::Numeral numeral = text::read_numeral(text);
  if (declared && numeral.kind == text::NumeralKind::kCode) {
    numeral = text::read_numeral(text.substr(std::min(text.find_first_not_of('0'), text.size())));
  }
  return numeral;
}

std::optional<ValueView> read_moment_as(ColumnType type, std::string_view text,
                                        std::span<char> scratch) {
  text::Moment moment;
  if (type == ColumnType::kDate &&
      text::read_compact_date(text, moment.date) == text::Reading::kOk) {
    return std::string_view(scratch.data(), text::write_date(moment.date, scratch.data()));
  }
  if (text::read_moment(text, moment) != text::Reading::kOk) {
    return std::nullopt;
  }
  const bool midnight = moment.time.hour == 0 && moment.time.minute == 0 && moment.time.second == 0;
  if (type == ColumnType::kTime && !moment.has_date) {
    return std::string_view(scratch.data(), text::write_time(moment.time, scratch.data()));
  }
  if (type == ColumnType::kDate && moment.has_date && (!moment.has_time || midnight)) {
    return std::string_view(scratch.data(), text::write_date(moment.date, scratch.data()));
  }
  if (type == ColumnType::kDatetime && moment.has_date && moment.has_time) {
    return std::string_view(scratch.data(), text::write_datetime(moment, scratch.data()));
  }
  return std::nullopt;
}

bool read_numeral_as(std::string_view text, const ColumnReading& column, ValueView& value) {
  const text::Numeral numeral = read_number(text, column.declared);
  const bool whole = numeral.kind == text::NumeralKind::kInteger;
  if (column.type == ColumnType::kInteger && whole) {
    value.emplace<std::int64_t>(numeral.integer);
  } else if (column.type == ColumnType::kNumber &&
             (whole || numeral.kind == text::NumeralKind::kNumber)) {
    value.emplace<double>(numeral.number);
  } else if (const auto degrees = column.degrees ? text::read_degrees(text) : std::nullopt) {
    value.emplace<double>(*degrees);
  } else {
    return false;
  }
  return true;
}

// What most dates and times look like.
bool read_plain_moment(ColumnType type, std::string_view text, std::span<char> scratch,
                       ValueView& value) {
  if (type == ColumnType::kDate && is_plain_date(text)) {
    value.emplace<std::string_view>(text);
    return true;
  }
  if (type == ColumnType::kTime && is_plain_time(text)) {
    std::memcpy(scratch.data(), text.data(), text.size());
    std::memcpy(scratch.data() + text.size(), ":00", 3);
    value.emplace<std::string_view>(scratch.data(), text.size() + 3);
    return true;
  }
  return false;
}

bool read_typed(std::string_view text, const ColumnReading& column, std::span<char> scratch,
                ValueView& value) {
  if (column.type == ColumnType::kInteger || column.type == ColumnType::kNumber) {
    return read_numeral_as(text, column, value);
  }
  if (read_plain_moment(column.type, text, scratch, value)) {
    return true;
  }
  const auto read = column.type == ColumnType::kBoolean
                        ? read_boolean(text, column.declared)
                        : read_moment_as(column.type, text, scratch);
  if (read) {
    value = *read;
  }
  return read.has_value();
}

struct ReasonText {
  std::string_view id;
  core::LocalizedText what;
  core::LocalizedText hint;
};

const ReasonText& reason_text(std::string_view id) {
  static const std::array<ReasonText, 8> kReasons{{
      {"not_a_number",
       {"数値として読めません。", "is not a number"},
       {"数字だけを入れ、単位や注記は別の列へ移してください。欠損は空欄にします。",
        "Give digits only; move units and remarks to columns of their own, leave missing values "
        "empty."}},
      {"not_an_integer",
       {"整数として読めません。", "is not an integer"},
       {"整数を入れるか、列の型を number にしてください。",
        "Give an integer, or declare the column a number."}},
      {"not_a_boolean",
       {"true または false ではありません。", "is neither true nor false"},
       {"true か false を入れてください。", "Give true or false."}},
      {"not_a_date",
       {"日付として読めません。", "is not a date"},
       {"2024-04-01 の形で、年月日をすべて入れてください。",
        "Give year, month and day as 2024-04-01."}},
      {"impossible_date",
       {"存在しない日付です。", "is a day that does not exist"},
       {"暦と元号の期間を確かめてください（平成は31年4月30日まで）。",
        "Check it against the calendar and the era (Heisei ended on 2019-04-30)."}},
      {"not_a_datetime",
       {"日時として読めません。", "is not a date with a time"},
       {"2024-04-01T09:30:00 の形で入れてください。", "Give it as 2024-04-01T09:30:00."}},
      {"not_a_time",
       {"時刻として読めません。", "is not a time"},
       {"09:30 の形で入れてください。", "Give it as 09:30."}},
      {"impossible_time",
       {"存在しない時刻です。", "is a time that does not exist"},
       {"00:00 から 24:00 までの時刻を入れてください。", "Give a time from 00:00 to 24:00."}},
  }};
  for (const ReasonText& reason : kReasons) {
    if (reason.id == id) {
      return reason;
    }
  }
  return kReasons[0];
}

}  // namespace

bool read_cell(std::string_view text, const ColumnReading& column, std::span<char> scratch,
               ValueView& value) {
  value.emplace<std::monostate>();
  if (text.empty()) {
    return true;
  }
  if (column.type == ColumnType::kString) {
    value.emplace<std::string_view>(text);
    return true;
  }
  return read_typed(text, column, scratch, value) ||
         text::missing_mark(text) != text::MissingMark::kNone;
}

std::optional<ValueView> read_cell(std::string_view text, const ColumnReading& column,
                                   std::span<char> scratch) {
  ValueView value;
  return read_cell(text, column, scratch, value) ? std::optional(value) : std::nullopt;
}

std::string_view reject_reason(ColumnType type, CellClass kind) {
  switch (type) {
    case ColumnType::kInteger:
      return kind == CellClass::kNumber ? "not_an_integer" : "not_a_number";
    case ColumnType::kBoolean:
      return "not_a_boolean";
    case ColumnType::kDate:
      return kind == CellClass::kImpossible ? "impossible_date" : "not_a_date";
    case ColumnType::kDatetime:
      return kind == CellClass::kImpossible ? "impossible_date" : "not_a_datetime";
    case ColumnType::kTime:
      return kind == CellClass::kImpossible ? "impossible_time" : "not_a_time";
    default:
      return "not_a_number";
  }
}

core::Reject make_reject(const SuspectCell& cell, ColumnType type, const std::string& name) {
  const ReasonText& reason = reason_text(reject_reason(type, cell.kind));
  return {.line = cell.line,
          .row = cell.row,
          .column = name,
          .text = cell.text,
          .reason = std::string(reason.id),
          .message = {"「" + cell.text + "」は" + reason.what.ja,
                      "\"" + cell.text + "\" " + reason.what.en + "."},
          .hint = reason.hint};
}

}  // namespace minato::tabular
