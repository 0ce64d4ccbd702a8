// The statistics of a column, made while its cells go by.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/table.h"
#include "storage/sqlite/tables/value_counter.h"

namespace minato::storage::sqlite::tables {

// Holds for one of `columns` columns, so that all together stay within some 100 MiB.
CounterLimits limits_per_column(std::size_t columns);

class ColumnProfile {
 public:
  ColumnProfile(core::ColumnType type, CounterLimits limits) : type_(type), counter_(limits) {}

  // REQUIRES: null, or of the column's type (booleans bool, integers int64, numbers double, else
  // text).
  void add(const core::ValueView& value);
  [[nodiscard]] core::ColumnStatistics statistics() const;
  // Of the texts.
  [[nodiscard]] double mean_bytes() const;

 private:
  void add_text(std::string_view text);
  void add_integer(std::int64_t value);
  void add_number(double value);
  [[nodiscard]] core::Value value_of(const ValueCounter::Entry& entry) const;
  [[nodiscard]] std::vector<core::ValueCount> top() const;
  [[nodiscard]] core::Value typed(std::int64_t integer) const;
  void put_range(core::ColumnStatistics& statistics) const;
  void remember_examples();

  core::ColumnType type_;
  ValueCounter counter_;
  bool any_ = false;
  std::int64_t nulls_ = 0;
  std::int64_t texts_ = 0;
  std::int64_t text_bytes_ = 0;
  std::string min_text_;
  std::string max_text_;
  std::int64_t min_integer_ = 0;  // booleans too
  std::int64_t max_integer_ = 0;
  double min_number_ = 0;
  double max_number_ = 0;
  std::vector<core::Value> examples_;
};

}  // namespace minato::storage::sqlite::tables
