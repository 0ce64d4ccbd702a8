#include "storage/sqlite/tables/known_counts.h"

#include <algorithm>

namespace minato::storage::sqlite::tables {
namespace {

using core::Filter;
using core::FilterOp;
using core::Value;

const core::TableColumn* column_of(const Filter& filter, const core::TableSchema& schema) {
  const auto& operand = filter.operand;
  if (operand.column == core::Operand::kRowId || operand.function != core::ColumnFunction::kNone) {
    return nullptr;
  }
  return &schema.columns[static_cast<std::size_t>(operand.column)];
}

bool same(const Value& a, const Value& b) {
  const auto* integer = std::get_if<std::int64_t>(&b);
  if (const auto* number = std::get_if<double>(&a); number != nullptr && integer != nullptr) {
    return *number == static_cast<double>(*integer);
  }
  return a == b;
}

std::optional<std::int64_t> count_of_value(const core::ColumnStatistics& statistics,
                                           const Value& value) {
  if (statistics.top.empty() || std::holds_alternative<std::monostate>(value)) return std::nullopt;
  const auto found = std::find_if(statistics.top.begin(), statistics.top.end(),
                                  [&](const auto& known) { return same(known.value, value); });
  if (found != statistics.top.end()) return found->count;
  const bool complete = statistics.distinct_exact &&
                        statistics.distinct == static_cast<std::int64_t>(statistics.top.size());
  // Another kind of value: what SQLite makes of it is not known here.
  const bool same_kind = statistics.top.front().value.index() == value.index();
  if (!complete || !same_kind) return std::nullopt;
  return 0;
}

}  // namespace

std::optional<std::int64_t> known_count(const Filter& filter, const core::TableSchema& schema) {
  if (filter.kind == Filter::Kind::kAll) return schema.rows;
  if (filter.kind == Filter::Kind::kAnd) {
    if (filter.children.empty()) return schema.rows;
    return filter.children.size() == 1 ? known_count(filter.children[0], schema) : std::nullopt;
  }
  if (filter.kind != Filter::Kind::kTest) return std::nullopt;
  const core::TableColumn* column = column_of(filter, schema);
  if (column == nullptr) return std::nullopt;
  if (filter.op == FilterOp::kIsNull) return column->statistics.nulls;
  if (filter.op == FilterOp::kNotNull) return schema.rows - column->statistics.nulls;
  if (filter.op == FilterOp::kEq && filter.values.size() == 1) {
    return count_of_value(column->statistics, filter.values[0]);
  }
  return std::nullopt;
}

bool counted_by_index(const Filter& filter, const core::TableSchema& schema) {
  if (filter.kind == Filter::Kind::kAnd && filter.children.size() == 1) {
    return counted_by_index(filter.children[0], schema);
  }
  if (filter.kind != Filter::Kind::kTest || filter.op != FilterOp::kEq) return false;
  const core::TableColumn* column = column_of(filter, schema);
  return column != nullptr && column->indexed;
}

}  // namespace minato::storage::sqlite::tables
