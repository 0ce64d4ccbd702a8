#include "storage/sqlite/tables/sqlite_table_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "storage/sqlite/tables/aggregate_sql.h"
#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/known_counts.h"
#include "storage/sqlite/tables/row_sql.h"
#include "storage/sqlite/tables/statement_cursor.h"
#include "storage/sqlite/tables/table_error.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::Result;
using Cursor = std::unique_ptr<RowCursor>;

// Of SQLite's virtual machine, for a row looked at and left out.
constexpr std::int64_t kStepsPerRow = 10;
// More candidates than this part of the rows: scanning them all is quicker.
constexpr std::int64_t kUsefulPart = 4;
constexpr std::int64_t kMaxCandidates = 1'000'000;

Result<Cursor> started(std::unique_ptr<StatementCursor> cursor) {
  if (auto ready = cursor->start(); !ready) return tl::unexpected(ready.error());
  return cursor;
}

bool exists(const core::TableSchema& schema, int column) {
  return column >= core::Operand::kRowId && column < static_cast<int>(schema.columns.size());
}

bool exists(const core::TableSchema& schema, const core::Filter& filter) {
  return exists(schema, filter.operand.column) &&
         std::all_of(filter.children.begin(), filter.children.end(),
                     [&](const auto& child) { return exists(schema, child); });
}

bool exists(const core::TableSchema& schema, const core::RowQuery& query) {
  return !query.columns.empty() && exists(schema, query.filter) &&
         std::all_of(query.columns.begin(), query.columns.end(),
                     [&](int column) { return exists(schema, column); }) &&
         std::all_of(query.sort.begin(), query.sort.end(),
                     [&](const auto& sort) { return exists(schema, sort.operand.column); });
}

bool exists(const core::TableSchema& schema, const core::AggregateQuery& query) {
  return exists(schema, query.filter) &&
         std::all_of(query.groups.begin(), query.groups.end(),
                     [&](const auto& group) { return exists(schema, group.column); }) &&
         std::all_of(query.measures.begin(), query.measures.end(), [&](const auto& measure) {
           return !measure.operand || exists(schema, measure.operand->column);
         });
}

}  // namespace

SqliteTableReader::SqliteTableReader(const TableFiles& files, OpenTables& tables,
                                     std::unique_ptr<OpenTable> table, core::Deadline deadline)
    : files_(files), tables_(tables), table_(std::move(table)), deadline_(deadline) {
  table_->connection.set_deadline(deadline);
}

SqliteTableReader::~SqliteTableReader() { tables_.give_back(std::move(table_)); }

RowSource SqliteTableReader::source() {
  return {*table_->schema, position_columns(*table_->schema), table_->position_index,
          [this](const WordMatcher& matcher) { return candidates(matcher); }};
}

std::optional<RowList> SqliteTableReader::candidates(const WordMatcher& matcher) {
  if (table_->schema->rows <= kRowsWithoutTextIndex) return std::nullopt;
  TextIndex* index = table_->text_index(files_);
  if (index == nullptr) return std::nullopt;
  const std::int64_t most = std::min(table_->schema->rows / kUsefulPart, kMaxCandidates);
  return index->candidates(matcher, static_cast<std::size_t>(most), deadline_);
}

Result<core::RowPosition> SqliteTableReader::locate(const core::RowQuery& query) {
  core::RowQuery one;
  one.filter.kind = core::Filter::Kind::kTest;
  one.filter.values = {query.after->row};
  one.sort = query.sort;
  one.near = query.near;
  one.columns = {core::Operand::kRowId};
  one.limit = 1;
  auto cursor = rows(one);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  auto found = (*cursor)->next();
  if (!found) return tl::unexpected(std::move(found).error());
  if (*found) return (*cursor)->position();
  return core::fail(
      core::ErrorCode::kInvalidArgument, "cursor-mismatch",
      {"カーソルの行は並びの中にありません。", "The cursor's row is not in this order of rows."},
      {"cursor を外して最初のページから取得してください。", "Start again without the cursor."});
}

Result<Cursor> SqliteTableReader::rows(const core::RowQuery& query) {
  if (!exists(*table_->schema, query)) return core::fail_internal("rows: no such column");
  const bool has_keys = !query.sort.empty() || query.near;
  if (query.after && query.after->keys.empty() && has_keys) {
    auto place = locate(query);
    if (!place) return tl::unexpected(std::move(place).error());
    core::RowQuery located = query;
    located.after = *std::move(place);
    return rows(located);
  }
  return table_guarded([&]() -> Result<Cursor> {
    auto statements = row_statements(query, source());
    if (!statements) return tl::unexpected(statements.error());
    CursorShape shape;
    for (const int column : query.columns) {
      shape.types.push_back(column == core::Operand::kRowId
                                ? core::ColumnType::kInteger
                                : table_->schema->columns[static_cast<std::size_t>(column)].type);
    }
    shape.key_count = statements->key_count;
    shape.limit = query.limit;
    return started(std::make_unique<StatementCursor>(
        table_->connection, std::move(statements->parts), std::move(shape)));
  });
}

Result<Cursor> SqliteTableReader::aggregate(const core::AggregateQuery& query) {
  if (!exists(*table_->schema, query)) return core::fail_internal("aggregate: no such column");
  return table_guarded([&]() -> Result<Cursor> {
    auto statement = aggregate_statement(query, source());
    if (!statement) return tl::unexpected(statement.error());
    CursorShape shape;
    shape.types = std::move(statement->types);
    shape.limit = query.limit;
    std::vector<SqlText> parts{std::move(statement->sql)};
    return started(
        std::make_unique<StatementCursor>(table_->connection, std::move(parts), std::move(shape)));
  });
}

Result<core::RowCount> SqliteTableReader::count(const core::Filter& filter, std::int64_t budget) {
  if (!exists(*table_->schema, filter)) return core::fail_internal("count: no such column");
  if (const auto known = known_count(filter, *table_->schema)) return core::RowCount{*known, true};
  return table_guarded([&]() -> Result<core::RowCount> {
    auto test = filter_sql(filter, source());
    if (!test) return tl::unexpected(test.error());
    if (budget >= 0 && !counted_by_index(filter, *table_->schema)) {
      return count_within(*test, budget);
    }
    SqlText sql;
    sql << "SELECT count(*) FROM rows WHERE " << *test;
    Statement statement = prepare(table_->connection, sql);
    statement.step();
    return core::RowCount{statement.integer(0), true};
  });
}

core::RowCount SqliteTableReader::count_within(const SqlText& filter, std::int64_t budget) {
  SqlText sql;
  sql << "SELECT 1 FROM rows WHERE " << filter;
  Statement statement = prepare(table_->connection, sql);
  core::RowCount found;
  table_->connection.limit_steps(std::min(budget, table_->schema->rows) * kStepsPerRow);
  try {
    while (found.value < budget && statement.step()) ++found.value;
    found.exact = found.value < budget || !statement.step();
  } catch (const SQLite::Exception& fault) {
    found.exact = false;
    if ((fault.getErrorCode() & 0xff) != SQLITE_INTERRUPT) throw;
    table_->connection.check_deadline();
  }
  table_->connection.limit_steps(std::nullopt);
  return found;
}

}  // namespace minato::storage::sqlite::tables
