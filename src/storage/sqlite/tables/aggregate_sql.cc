#include "storage/sqlite/tables/aggregate_sql.h"

#include <string>
#include <utility>

#include "storage/sqlite/tables/cells.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::ColumnFunction;
using core::ColumnType;
using core::Measure;
using core::Result;
using core::TableSchema;

ColumnType type_of(const core::Operand& operand, const TableSchema& schema) {
  if (operand.column == core::Operand::kRowId) return ColumnType::kInteger;
  switch (operand.function) {
    case ColumnFunction::kYear:
    case ColumnFunction::kMonth:
      return ColumnType::kInteger;
    case ColumnFunction::kLower:
      return ColumnType::kString;
    default:
      return schema.columns[static_cast<std::size_t>(operand.column)].type;
  }
}

// A sum over the column cannot leave 64 bits.
bool sum_fits(const core::Operand& operand, const TableSchema& schema) {
  if (operand.column == core::Operand::kRowId || operand.function != ColumnFunction::kNone) {
    return false;
  }
  const auto& statistics = schema.columns[static_cast<std::size_t>(operand.column)].statistics;
  const auto* low = std::get_if<std::int64_t>(&statistics.min);
  const auto* high = std::get_if<std::int64_t>(&statistics.max);
  if (low == nullptr || high == nullptr) return true;  // reals and nulls do not overflow
  std::int64_t unused = 0;
  return !__builtin_mul_overflow(*low, schema.rows, &unused) &&
         !__builtin_mul_overflow(*high, schema.rows, &unused);
}

std::string measure_sql(const core::MeasureExpr& measure, const TableSchema& schema) {
  if (!measure.operand) return "count(*)";
  const std::string operand = operand_sql(*measure.operand);
  switch (measure.measure) {
    case Measure::kCount:
      return "count(" + operand + ")";
    case Measure::kCountDistinct:
      return "count(DISTINCT " + operand + ")";
    case Measure::kSum:
      return (sum_fits(*measure.operand, schema) ? "sum(" : "row_sum(") + operand + ")";
    case Measure::kAvg:
      return "avg(" + operand + ")";
    case Measure::kMin:
      return "min(" + operand + ")";
    case Measure::kMax:
      return "max(" + operand + ")";
  }
  return "count(*)";
}

ColumnType type_of(const core::MeasureExpr& measure, const TableSchema& schema) {
  const bool keeps = measure.measure == Measure::kMin || measure.measure == Measure::kMax;
  return keeps && measure.operand ? type_of(*measure.operand, schema) : ColumnType::kNumber;
}

// Every row is read once; going through an index would read them in another order, one by one.
bool reads_all(const core::Filter& filter) {
  return filter.kind == core::Filter::Kind::kAll ||
         (filter.kind == core::Filter::Kind::kAnd && filter.children.empty());
}

// An index alone answers this.
bool covered(const core::AggregateQuery& query, const TableSchema& schema) {
  if (query.groups.size() > 1) return false;
  int column = query.groups.empty() ? core::Operand::kRowId : query.groups[0].column;
  for (const auto& measure : query.measures) {
    if (!measure.operand) continue;
    if (column == core::Operand::kRowId) column = measure.operand->column;
    if (measure.operand->column != column) return false;
  }
  return column == core::Operand::kRowId ||
         schema.columns[static_cast<std::size_t>(column)].indexed;
}

SqlText grouped(const core::AggregateQuery& query, const TableSchema& schema,
                const SqlText& filter) {
  SqlText sql;
  std::string_view before = "SELECT ";
  std::size_t place = 0;
  for (const auto& group : query.groups) {
    sql << std::exchange(before, ", ") << operand_sql(group) << " AS r" << std::to_string(++place);
  }
  for (const auto& measure : query.measures) {
    sql << std::exchange(before, ", ") << measure_sql(measure, schema) << " AS r"
        << std::to_string(++place);
  }
  sql << " FROM rows";
  if (reads_all(query.filter) && !covered(query, schema)) sql << " NOT INDEXED";
  sql << " WHERE " << filter;
  before = " GROUP BY ";
  for (std::size_t i = 1; i <= query.groups.size(); ++i) {
    sql << std::exchange(before, ", ") << std::to_string(i);
  }
  return sql;
}

void put_order(SqlText& sql, const core::AggregateQuery& query) {
  std::string_view before = " ORDER BY ";
  for (const core::RowSort& sort : query.sort) {
    sql << std::exchange(before, ", ") << operand_sql(sort.operand, 'r')
        << (sort.descending ? " DESC" : " ASC")
        << (sort.nulls_first ? " NULLS FIRST" : " NULLS LAST");
  }
  // Ties, and no order at all: by groups.
  for (std::size_t i = 1; i <= query.groups.size(); ++i) {
    sql << std::exchange(before, ", ") << "r" << std::to_string(i) << " ASC NULLS LAST";
  }
}

}  // namespace

Result<AggregateStatement> aggregate_statement(const core::AggregateQuery& query,
                                               const RowSource& source) {
  if (query.groups.empty() && query.measures.empty()) {
    return core::fail_internal("aggregate: nothing asked");
  }
  auto filter = filter_sql(query.filter, source);
  if (!filter) return tl::unexpected(filter.error());
  auto having = result_filter_sql(query.having);
  if (!having) return tl::unexpected(having.error());
  AggregateStatement statement;
  statement.sql << "SELECT * FROM (" << grouped(query, source.schema, *filter) << ") WHERE "
                << *having;
  put_order(statement.sql, query);
  statement.sql << " LIMIT " << core::Value(query.offset) << ", " << core::Value(query.limit);
  for (const auto& group : query.groups) statement.types.push_back(type_of(group, source.schema));
  for (const auto& measure : query.measures) {
    statement.types.push_back(type_of(measure, source.schema));
  }
  return statement;
}

}  // namespace minato::storage::sqlite::tables
