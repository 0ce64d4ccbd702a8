#include "storage/sqlite/tables/table_document.h"

#include <SQLiteCpp/Exception.h>

#include <array>
#include <string>

#include "storage/sqlite/tables/cells.h"

namespace minato::storage::sqlite::tables {
namespace {

constexpr std::int64_t kApplication = 0x4D4E5431;  // "MNT1"
constexpr int kTop = 0;
constexpr int kExample = 1;

constexpr const char* kTables =
    "CREATE TABLE properties(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE columns(place INTEGER PRIMARY KEY, name TEXT, title TEXT, unit TEXT,"
    " description TEXT, type TEXT, role INTEGER, indexed INTEGER, nulls INTEGER,"
    " different INTEGER, exact INTEGER, min, max);"
    "CREATE TABLE column_values(place INTEGER, kind INTEGER, rank INTEGER, value,"
    " occurrences INTEGER, PRIMARY KEY(place, kind, rank)) WITHOUT ROWID;"
    "CREATE TABLE findings(number INTEGER PRIMARY KEY, id TEXT, row INTEGER, column_name TEXT,"
    " message_ja TEXT, message_en TEXT, hint_ja TEXT, hint_en TEXT);"
    "CREATE TABLE rejects(number INTEGER PRIMARY KEY, line INTEGER, row INTEGER,"
    " column_name TEXT, text TEXT, reason TEXT, message_ja TEXT, message_en TEXT, hint_ja TEXT,"
    " hint_en TEXT);";

constexpr std::array<const char*, 4> kEdges = {"west", "south", "east", "north"};

[[noreturn]] void senseless(const char* what) { throw SQLite::Exception(what, SQLITE_CORRUPT); }

void write_property(Connection& connection, const char* name, const core::Value& value) {
  Statement insert = connection.prepare("INSERT INTO properties VALUES(?1, ?2)");
  insert.bind(1, name);
  bind_value(insert, 2, core::to_view(value));
  insert.run();
}

core::Value read_property(Connection& connection, const char* name) {
  Statement select = connection.prepare("SELECT value FROM properties WHERE name = ?1");
  select.bind(1, name);
  return select.step() ? core::to_value(cell(select, 0)) : core::Value();
}

// 0 where files of earlier versions of the program lack it.
std::int64_t read_optional_integer(Connection& connection, const char* name) {
  const core::Value value = read_property(connection, name);
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer == nullptr ? 0 : *integer;
}

std::int64_t read_integer(Connection& connection, const char* name) {
  const core::Value value = read_property(connection, name);
  const auto* integer = std::get_if<std::int64_t>(&value);
  if (integer == nullptr) senseless(name);
  return *integer;
}

void write_values(Connection& connection, std::size_t place,
                  const core::ColumnStatistics& statistics) {
  Statement insert = connection.prepare("INSERT INTO column_values VALUES(?1, ?2, ?3, ?4, ?5)");
  const auto put = [&](int kind, std::size_t rank, const core::Value& value, std::int64_t count) {
    insert.bind_all(static_cast<std::int64_t>(place), kind, static_cast<std::int64_t>(rank));
    bind_value(insert, 4, core::to_view(value));
    insert.bind(5, count).run();
  };
  for (std::size_t i = 0; i < statistics.top.size(); ++i) {
    put(kTop, i, statistics.top[i].value, statistics.top[i].count);
  }
  for (std::size_t i = 0; i < statistics.examples.size(); ++i) {
    put(kExample, i, statistics.examples[i], 0);
  }
}

void write_columns(Connection& connection, const core::TableSchema& schema) {
  Statement insert = connection.prepare(
      "INSERT INTO columns VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    const core::ColumnStatistics& statistics = column.statistics;
    insert.bind_all(static_cast<std::int64_t>(i), column.name, column.title, column.unit,
                    column.description, core::column_type_name(column.type),
                    static_cast<int>(column.role), column.indexed, statistics.nulls,
                    statistics.distinct, statistics.distinct_exact);
    bind_value(insert, 12, core::to_view(statistics.min));
    bind_value(insert, 13, core::to_view(statistics.max));
    insert.run();
    write_values(connection, i, statistics);
  }
}

void write_notes(Connection& connection, const ReadingNotes& notes) {
  Statement finding =
      connection.prepare("INSERT INTO findings VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  for (const core::Finding& f : notes.findings) {
    finding.bind_all(f.id, f.row, f.column, f.message.ja, f.message.en, f.hint.ja, f.hint.en).run();
  }
  Statement reject =
      connection.prepare("INSERT INTO rejects VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  for (const core::Reject& r : notes.rejects) {
    reject
        .bind_all(r.line, r.row, r.column, r.text, r.reason, r.message.ja, r.message.en, r.hint.ja,
                  r.hint.en)
        .run();
  }
}

core::TableColumn read_column(const Statement& row) {
  core::TableColumn column;
  column.name = row.string(1);
  column.title = row.string(2);
  column.unit = row.string(3);
  column.description = row.string(4);
  const auto type = core::column_type_of(row.text(5));
  if (!type) senseless("column type");
  column.type = *type;
  const std::int64_t role = row.integer(6);
  if (role < 0 || role > static_cast<int>(core::ColumnRole::kPoint)) senseless("column role");
  column.role = static_cast<core::ColumnRole>(role);
  column.indexed = row.boolean(7);
  column.statistics.nulls = row.integer(8);
  column.statistics.distinct = row.integer(9);
  column.statistics.distinct_exact = row.boolean(10);
  column.statistics.min = core::to_value(cell(row, 11, column.type));
  column.statistics.max = core::to_value(cell(row, 12, column.type));
  return column;
}

void read_values(Connection& connection, core::TableSchema& schema) {
  Statement select = connection.prepare(
      "SELECT place, kind, value, occurrences FROM column_values ORDER BY 1, 2, rank");
  while (select.step()) {
    const std::int64_t place = select.integer(0);
    if (place < 0 || place >= static_cast<std::int64_t>(schema.columns.size())) senseless("place");
    core::TableColumn& column = schema.columns[static_cast<std::size_t>(place)];
    core::Value value = core::to_value(cell(select, 2, column.type));
    if (select.integer(1) == kTop) {
      column.statistics.top.push_back({std::move(value), select.integer(3)});
    } else {
      column.statistics.examples.push_back(std::move(value));
    }
  }
}

}  // namespace

void create_document_tables(Connection& connection) { connection.run(kTables); }

void write_document(Connection& connection, const core::TableSchema& schema,
                    const ReadingNotes& notes, std::int64_t stamp) {
  write_columns(connection, schema);
  write_notes(connection, notes);
  write_property(connection, "rows", schema.rows);
  write_property(connection, "reject_count", notes.reject_count);
  write_property(connection, "header_first", notes.header_first);
  write_property(connection, "header_last", notes.header_last);
  write_property(connection, "first_data", notes.first_data);
  write_property(connection, "stamp", stamp);
  if (schema.bbox) {
    const core::BoundingBox& box = *schema.bbox;
    const std::array<double, 4> edges = {box.west, box.south, box.east, box.north};
    for (std::size_t i = 0; i < edges.size(); ++i) write_property(connection, kEdges[i], edges[i]);
  }
  connection.run("PRAGMA application_id=" + std::to_string(kApplication) +
                 "; PRAGMA user_version=" + std::to_string(kFormat));
}

void write_next_row(Connection& connection, std::int64_t number) {
  write_property(connection, "next_row", number);
}

std::int64_t read_next_row(Connection& connection) {
  return read_optional_integer(connection, "next_row");
}

void clear_document(Connection& connection) {
  connection.run(
      "DELETE FROM properties; DELETE FROM columns; DELETE FROM column_values;"
      "DELETE FROM findings; DELETE FROM rejects");
}

core::TableSchema read_schema(Connection& connection) {
  if (connection.integer("PRAGMA application_id") != kApplication ||
      connection.integer("PRAGMA user_version") != kFormat) {
    senseless("not a table file of this format");
  }
  core::TableSchema schema;
  schema.rows = read_integer(connection, "rows");
  Statement select = connection.prepare("SELECT * FROM columns ORDER BY place");
  while (select.step()) schema.columns.push_back(read_column(select));
  read_values(connection, schema);
  std::array<double, 4> edges{};
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const core::Value edge = read_property(connection, kEdges[i]);
    if (!std::holds_alternative<double>(edge)) return schema;
    edges[i] = std::get<double>(edge);
  }
  schema.bbox = core::BoundingBox{edges[0], edges[1], edges[2], edges[3]};
  return schema;
}

ReadingNotes read_notes(Connection& connection) {
  ReadingNotes notes;
  notes.reject_count = read_integer(connection, "reject_count");
  notes.header_first = read_optional_integer(connection, "header_first");
  notes.header_last = read_optional_integer(connection, "header_last");
  notes.first_data = read_optional_integer(connection, "first_data");
  Statement finding = connection.prepare("SELECT * FROM findings ORDER BY number");
  while (finding.step()) {
    notes.findings.push_back({finding.string(1),
                              finding.integer(2),
                              finding.string(3),
                              {finding.string(4), finding.string(5)},
                              {finding.string(6), finding.string(7)}});
  }
  Statement reject = connection.prepare("SELECT * FROM rejects ORDER BY number");
  while (reject.step()) {
    notes.rejects.push_back({reject.integer(1),
                             reject.integer(2),
                             reject.string(3),
                             reject.string(4),
                             reject.string(5),
                             {reject.string(6), reject.string(7)},
                             {reject.string(8), reject.string(9)}});
  }
  return notes;
}

std::int64_t read_stamp(Connection& connection) { return read_integer(connection, "stamp"); }

}  // namespace minato::storage::sqlite::tables
