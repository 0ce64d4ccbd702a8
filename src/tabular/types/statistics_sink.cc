#include "tabular/types/statistics_sink.h"

#include <algorithm>
#include <bit>
#include <string_view>
#include <variant>

#include "text/utf8.h"

namespace minato::tabular {
namespace {

std::uint64_t mixed(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCDULL;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53ULL;
  return x ^ (x >> 33);
}

struct Hash {
  std::uint64_t operator()(std::monostate) const { return 0; }
  std::uint64_t operator()(bool value) const { return mixed(value ? 3 : 2); }
  std::uint64_t operator()(std::int64_t value) const {
    return mixed(static_cast<std::uint64_t>(value) + 0x9E3779B97F4A7C15ULL);
  }
  std::uint64_t operator()(double value) const {
    return mixed(std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value));
  }
  std::uint64_t operator()(std::string_view value) const {
    return mixed(std::hash<std::string_view>()(value));
  }
};

// REQUIRES: both of one type.
bool less(const core::ValueView& a, const core::ValueView& b) { return a < b; }

core::Value kept(const core::ValueView& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    return std::string(text::truncated(*text, StatisticsSink::kMaxExampleBytes));
  }
  return core::to_value(value);
}

}  // namespace

core::Result<void> StatisticsSink::row(std::span<const core::ValueView> values) {
  for (std::size_t i = 0; i < std::min(values.size(), columns_.size()); ++i) {
    add(columns_[i], values[i]);
  }
  return {};
}

void StatisticsSink::add(Column& column, const core::ValueView& value) {
  if (std::holds_alternative<std::monostate>(value)) {
    ++column.nulls;
    return;
  }
  column.distinct.add(std::visit(Hash(), value));
  const bool first = std::holds_alternative<std::monostate>(column.min);
  if (first || less(value, core::to_view(column.min))) {
    column.min = kept(value);
  }
  if (first || less(core::to_view(column.max), value)) {
    column.max = kept(value);
  }
  if (column.examples.size() < kMaxExamples) {
    core::Value example = kept(value);
    if (std::find(column.examples.begin(), column.examples.end(), example) ==
        column.examples.end()) {
      column.examples.push_back(std::move(example));
    }
  }
}

void StatisticsSink::write_to(core::TableSchema& schema) const {
  for (std::size_t i = 0; i < std::min(schema.columns.size(), columns_.size()); ++i) {
    core::ColumnStatistics& statistics = schema.columns[i].statistics;
    statistics.nulls = columns_[i].nulls;
    statistics.distinct = columns_[i].distinct.count();
    statistics.distinct_exact = columns_[i].distinct.exact();
    statistics.min = columns_[i].min;
    statistics.max = columns_[i].max;
    statistics.examples = columns_[i].examples;
  }
}

}  // namespace minato::tabular
