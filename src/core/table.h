// Tables: what a tabular file becomes. Plain values, shared by reading, storing and querying.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.h"

namespace minato::core {

// Names as in Table Schema (Frictionless): "string", "integer", ...
enum class ColumnType { kString, kInteger, kNumber, kBoolean, kDate, kDatetime, kTime };

std::string_view column_type_name(ColumnType type);
std::optional<ColumnType> column_type_of(std::string_view name);

// A cell's value; monostate is null. Dates and times are text in ISO 8601: "2024-04-01",
// "2024-04-01T09:30:00" (local time as published; with "Z" or "+09:00" when the file says so),
// "09:30:00". So they sort as text.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

// The same without owning the text.
using ValueView = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;

Value to_value(const ValueView& view);
ValueView to_view(const Value& value);

// What a column is to a map.
enum class ColumnRole { kNone, kLatitude, kLongitude, kPoint /* "35.44,139.64" in one cell */ };

struct ValueCount {
  Value value;
  std::int64_t count = 0;
  bool operator==(const ValueCount&) const = default;
};

struct ColumnStatistics {
  std::int64_t nulls = 0;
  std::int64_t distinct = 0;   // of values that are not null
  bool distinct_exact = true;  // false: an estimate (within 2 %)
  Value min;                   // null when all values are
  Value max;
  std::vector<ValueCount> top;  // most frequent first, at most 100; exact counts, or empty when
                                // too many values differ to tell
  std::vector<Value> examples;  // the first distinct values, at most 5
};

struct TableColumn {
  std::string name;   // header text, unique in its table; the key of JSON objects
  std::string title;  // of the declared schema
  std::string unit;
  std::string description;
  ColumnType type = ColumnType::kString;
  ColumnRole role = ColumnRole::kNone;
  bool indexed = false;
  ColumnStatistics statistics;
};

// Degrees, WGS 84.
struct BoundingBox {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
};

// The columns of one version of a table. A column's alias is "c" and its 1-based place: "c1".
struct TableSchema {
  std::vector<TableColumn> columns;
  std::int64_t rows = 0;
  std::optional<BoundingBox> bbox;  // of the rows that have coordinates

  // By name, else by alias; nullopt: no such column.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name_or_alias) const;
};

// A bad habit or a repair, noticed while reading: never a failure.
struct Finding {
  std::string id;        // permanent, listed in docs/findings.md
  std::int64_t row = 0;  // 1-based record of the file; 0: the whole file or table
  std::string column;    // name; empty: the whole record
  LocalizedText message;
  LocalizedText hint;
};

// A cell (or record) that does not fit its column: null in the table, kept here.
struct Reject {
  std::int64_t line = 0;  // 1-based line of the file (row of the sheet)
  std::int64_t row = 0;   // 1-based record
  std::string column;     // name
  std::string text;       // as in the file, at most 200 bytes
  std::string reason;     // permanent id, listed in docs/findings.md: "not_a_number"
  LocalizedText message;
  LocalizedText hint;
};

}  // namespace minato::core
