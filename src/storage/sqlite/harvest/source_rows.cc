#include "storage/sqlite/harvest/source_rows.h"

#include "storage/sqlite/harvest/harvest_error.h"
#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::harvest {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, name, title, kind, url, organization, options, state, notice, schedule, created,"
    " modified, next_run, last_success, unchanged_runs, failures, deletions_held"
    " FROM harvest_source ";

core::HarvestSource source_of(const Statement& row) {
  core::HarvestSource s;
  read_row(row, s.id, s.name, s.title, s.kind, s.url, s.organization, s.options, s.state, s.notice,
           s.schedule, s.created, s.modified, s.next_run, s.last_success, s.unchanged_runs,
           s.failures, s.deletions_held);
  return s;
}

}  // namespace

std::vector<core::HarvestSource> list_sources(Connection& connection) {
  Statement row = connection.prepare(std::string(kSelect) + "ORDER BY name");
  std::vector<core::HarvestSource> sources;
  while (row.step()) sources.push_back(source_of(row));
  return sources;
}

std::optional<core::HarvestSource> find_source(Connection& connection,
                                               std::string_view id_or_name) {
  for (const char* condition : {"WHERE id = ?1", "WHERE name = ?1"}) {
    Statement row = connection.prepare(std::string(kSelect) + condition);
    if (row.bind(1, id_or_name).step()) return source_of(row);
  }
  return std::nullopt;
}

core::Result<void> save_source(Connection& connection, const core::HarvestSource& source) {
  Statement taken = connection.prepare("SELECT 1 FROM harvest_source WHERE name = ?1 AND id <> ?2");
  if (taken.bind_all(source.name, source.id).step()) return source_exists(source.name);
  const auto& s = source;
  connection
      .prepare(
          "INSERT INTO harvest_source (id, name, title, kind, url, organization, options, state,"
          " notice, schedule, created, modified, next_run, last_success, unchanged_runs, failures,"
          " deletions_held)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
          " ON CONFLICT (id) DO UPDATE SET name = ?2, title = ?3, kind = ?4, url = ?5,"
          " organization = ?6, options = ?7, state = ?8, notice = ?9, schedule = ?10,"
          " created = ?11, modified = ?12, next_run = ?13, last_success = ?14,"
          " unchanged_runs = ?15, failures = ?16, deletions_held = ?17")
      .bind_all(s.id, s.name, s.title, code_of(s.kind), s.url, s.organization, s.options,
                code_of(s.state), s.notice, s.schedule, s.created, s.modified, s.next_run,
                s.last_success, s.unchanged_runs, s.failures, s.deletions_held)
      .run();
  return {};
}

core::Result<core::HarvestSource> change_source(
    Connection& connection, std::string_view id,
    const std::function<void(core::HarvestSource&)>& change) {
  auto source = find_source(connection, id);
  if (!source || source->id != id) return source_not_found(id);
  change(*source);
  source->id = id;
  if (auto saved = save_source(connection, *source); !saved) {
    return tl::unexpected<core::Error>(std::move(saved.error()));
  }
  return *std::move(source);
}

void remove_source(Connection& connection, std::string_view id) {
  connection.prepare("DELETE FROM harvest_source WHERE id = ?1").bind(1, id).run();
}

std::set<std::string> list_known_publishers(Connection& connection) {
  Statement row = connection.prepare("SELECT code FROM known_publisher");
  std::set<std::string> codes;
  while (row.step()) codes.insert(row.string(0));
  return codes;
}

core::Result<bool> save_publisher_source(Connection& connection, std::string_view code,
                                         const core::HarvestSource& source) {
  connection.prepare("INSERT INTO known_publisher (code) VALUES (?1) ON CONFLICT DO NOTHING")
      .bind(1, code)
      .run();
  if (connection.changes() == 0) return false;
  if (auto saved = save_source(connection, source); !saved) {
    return tl::unexpected<core::Error>(std::move(saved.error()));
  }
  return true;
}

}  // namespace minato::storage::sqlite::harvest
