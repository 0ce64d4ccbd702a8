#include "formats/rows_input/datastore_types.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "formats/json.h"
#include "text/japanese_date.h"

namespace minato::formats {
namespace {

using core::ColumnType;

constexpr DatastoreType kText{"text", ColumnType::kString};
constexpr DatastoreType kInt4{"int4", ColumnType::kInteger};
constexpr DatastoreType kInt8{"int8", ColumnType::kInteger};
constexpr DatastoreType kNumeric{"numeric", ColumnType::kNumber};
constexpr DatastoreType kFloat8{"float8", ColumnType::kNumber};
constexpr DatastoreType kTimestamp{"timestamp", ColumnType::kDatetime};
constexpr DatastoreType kDate{"date", ColumnType::kDate};
constexpr DatastoreType kTime{"time", ColumnType::kTime};
constexpr DatastoreType kBool{"bool", ColumnType::kBoolean};
constexpr DatastoreType kJson{"json", ColumnType::kString};
constexpr DatastoreType kTextArray{"_text", ColumnType::kString};

constexpr std::array<std::pair<std::string_view, DatastoreType>, 49> kSpellings{{
    {"text", kText},
    {"varchar", kText},
    {"character varying", kText},
    {"char", kText},
    {"character", kText},
    {"bpchar", kText},
    {"citext", kText},
    {"uuid", kText},
    {"string", kText},
    {"text[]", kTextArray},
    {"_text", kTextArray},
    {"int", kInt4},
    {"int4", kInt4},
    {"integer", kInt4},
    {"int2", kInt4},
    {"smallint", kInt4},
    {"serial", kInt4},
    {"serial4", kInt4},
    {"int8", kInt8},
    {"bigint", kInt8},
    {"bigserial", kInt8},
    {"serial8", kInt8},
    {"numeric", kNumeric},
    {"decimal", kNumeric},
    {"money", kNumeric},
    {"number", kNumeric},
    {"float", kFloat8},
    {"float4", kFloat8},
    {"float8", kFloat8},
    {"real", kFloat8},
    {"double", kFloat8},
    {"double precision", kFloat8},
    {"timestamp", kTimestamp},
    {"timestamptz", kTimestamp},
    {"timestamp without time zone", kTimestamp},
    {"timestamp with time zone", kTimestamp},
    {"datetime", kTimestamp},
    {"date", kDate},
    {"time", kTime},
    {"timetz", kTime},
    {"time without time zone", kTime},
    {"time with time zone", kTime},
    {"bool", kBool},
    {"boolean", kBool},
    {"json", kJson},
    {"jsonb", kJson},
    {"nested", kJson},
    {"dict", kJson},
    {"list", kJson},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Lower case, one blank between words, without "(10, 2)".
std::string plain_spelling(std::string_view spelling) {
  std::string plain;
  bool inside = false;
  for (const char c : trimmed(spelling)) {
    if (c == '(') inside = true;
    const bool blank = c == ' ' || c == '\t';
    if (!inside && !(blank && (plain.empty() || plain.back() == ' '))) {
      plain += blank ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (c == ')') inside = false;
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

// "4/1/2024" and "4-1-2024": month first.
bool is_american_date(std::string_view text) {
  for (const char separator : {'/', '-'}) {
    const auto first = text.find(separator);
    if (first == std::string_view::npos || first > 2) continue;
    const auto second = text.find(separator, first + 1);
    if (second == std::string_view::npos || second - first > 3) continue;
    const auto year = text.substr(second + 1);
    const auto day = text.substr(first + 1, second - first - 1);
    if (year.size() != 4 || !all_digits(year) || !all_digits(day) ||
        !all_digits(text.substr(0, first))) {
      continue;
    }
    text::Moment moment;
    const std::string iso =
        std::string(year) + "-" + std::string(text.substr(0, first)) + "-" + std::string(day);
    return text::read_moment(iso, moment) == text::Reading::kOk;
  }
  return false;
}

bool is_iso_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-' || !all_digits(text.substr(0, 4))) {
    return false;
  }
  text::Moment moment;
  return text::read_moment(text, moment) == text::Reading::kOk && moment.has_date;
}

DatastoreType guess_integer(std::int64_t value) {
  const bool is_short = value >= std::numeric_limits<std::int32_t>::min() &&
                        value <= std::numeric_limits<std::int32_t>::max();
  return is_short ? kInt4 : kInt8;
}

DatastoreType guess_text(std::string_view text) {
  text = trimmed(text);
  std::string_view digits = text;
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty()) return kText;
  const char* const end = text.data() + text.size();
  const bool is_code = digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
  if (is_code) return kText;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t integer = 0;
  const auto whole = std::from_chars(text.data(), end, integer);
  if (whole.ec == std::errc() && whole.ptr == end) return guess_integer(integer);
  if (all_digits(digits)) return kText;  // beyond 64 bits: a code
  double number = 0;
  const auto real = std::from_chars(text.data(), end, number);
  if (real.ec == std::errc() && real.ptr == end && std::isfinite(number)) return kNumeric;
  return is_iso_date(text) || is_american_date(text) ? kTimestamp : kText;
}

}  // namespace

std::optional<DatastoreType> datastore_type_named(std::string_view spelling) {
  const std::string plain = plain_spelling(spelling);
  const auto* const found = std::find_if(kSpellings.begin(), kSpellings.end(),
                                         [&](const auto& known) { return known.first == plain; });
  if (found == kSpellings.end()) return std::nullopt;
  return found->second;
}

DatastoreType guess_datastore_type(const rapidjson::Value& value) {
  if (value.IsObject() || value.IsArray()) return kJson;
  if (value.IsBool()) return kBool;
  if (value.IsInt64()) return guess_integer(value.GetInt64());
  if (value.IsUint64()) return kNumeric;
  if (value.IsDouble()) return kFloat8;
  if (value.IsString()) return guess_text(text_of(value));
  return kText;
}

}  // namespace minato::formats
