#include "storage/sqlite/tables/table_finish.h"

#include <algorithm>
#include <future>
#include <random>
#include <set>
#include <string>

#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/index_plan.h"
#include "storage/sqlite/tables/table_document.h"

namespace minato::storage::sqlite::tables {
namespace {

constexpr int kSortCacheKib = 48 * 1024;  // also the memory of sorting an index

std::int64_t random_stamp() {
  std::random_device device;
  return static_cast<std::int64_t>((static_cast<std::uint64_t>(device()) << 31U) ^ device());
}

std::string index_of(std::size_t place) { return "rows_" + alias(place); }

std::set<std::string> column_indexes(Connection& connection) {
  std::set<std::string> names;
  Statement select = connection.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'rows' AND name <> ?1");
  select.bind(1, kKeyIndex);
  while (select.step()) names.insert(select.string(0));
  return names;
}

// What ANALYZE would find out by reading everything again.
void write_figures(const WrittenRows& rows, const std::vector<std::size_t>& plan) {
  Connection& connection = rows.connection;
  const bool known =
      connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") > 0;
  if (!known && plan.empty()) return;
  if (!known) connection.run("ANALYZE sqlite_schema");
  connection.run("DELETE FROM sqlite_stat1");
  Statement insert = connection.prepare("INSERT INTO sqlite_stat1 VALUES('rows', ?1, ?2)");
  for (const std::size_t place : plan) {
    const auto& statistics = rows.schema.columns[place].statistics;
    const std::int64_t each = (rows.schema.rows - statistics.nulls) / statistics.distinct + 1;
    const std::string figures = std::to_string(rows.schema.rows) + " " + std::to_string(each);
    insert.bind(1, index_of(place)).bind(2, figures).run();
  }
}

void write_indexes(const WrittenRows& rows, const std::vector<std::size_t>& key) {
  for (auto& column : rows.schema.columns) column.indexed = false;
  auto plan = plan_indexes(rows.schema, rows.profile.weights());
  if (key.size() == 1) {
    // The key's own index serves questions to its column.
    rows.schema.columns[key[0]].indexed = true;
    std::erase(plan, key[0]);
  }
  std::set<std::string> old = column_indexes(rows.connection);
  if (!plan.empty()) {
    rows.connection.run("PRAGMA cache_size=-" + std::to_string(kSortCacheKib));
  }
  for (const std::size_t place : plan) {
    rows.schema.columns[place].indexed = true;
    if (old.erase(index_of(place)) > 0) continue;
    rows.connection.run("CREATE INDEX " + index_of(place) + " ON rows(" + alias(place) + ")");
    rows.draft.begin_writing_out();
  }
  for (const std::string& name : old) rows.connection.run("DROP INDEX " + name);
  write_figures(rows, plan);
}

}  // namespace

void finish_table(const WrittenRows& rows, const TableClosing& closing) {
  rows.profile.describe(rows.schema);
  PositionIndexBuilder& positions = rows.profile.positions();
  const bool with_positions = positions.worthwhile();
  std::future<void> arranging;
  if (with_positions) arranging = std::async([&] { positions.arrange(); });
  write_indexes(rows, closing.key);
  if (with_positions) {
    arranging.get();
    positions.write(rows.connection);
  }
  write_document(rows.connection, rows.schema, closing.notes, random_stamp());
  write_next_row(rows.connection, closing.next_row);
}

}  // namespace minato::storage::sqlite::tables
