#include "storage/sqlite/resource_rows.h"

#include <set>
#include <string_view>

namespace minato::storage::sqlite {
namespace {

std::optional<std::int64_t> optional_integer(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

std::optional<core::Timestamp> optional_time(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

core::Resource read_row(const Statement& row) {
  core::Resource resource;
  int column = 0;
  resource.position = row.integer(column++);
  resource.id = row.string(column++);
  resource.state = static_cast<core::State>(row.integer(column++));
  resource.size = optional_integer(row, column++);
  resource.created = row.time(column++);
  resource.last_modified = optional_time(row, column++);
  resource.metadata_modified = row.time(column++);
  resource.cache_last_updated = optional_time(row, column++);
  for (std::string* field :
       {&resource.format, &resource.url_type, &resource.mimetype, &resource.mimetype_inner,
        &resource.hash, &resource.blob, &resource.resource_type, &resource.license_id,
        &resource.cache_url, &resource.name, &resource.url, &resource.description}) {
    *field = row.text(column++);
  }
  return resource;
}

// The resource at `position`; positions are dense, the check guards against a damaged file.
core::Resource& at(core::Dataset& dataset, std::int64_t position) {
  if (position < 0 || static_cast<std::size_t>(position) >= dataset.resources.size()) {
    throw SQLite::Exception("a row of a resource that is not there", SQLITE_CORRUPT);
  }
  return dataset.resources[static_cast<std::size_t>(position)];
}

void load_columns(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset) {
  Statement row = connection.prepare(
      "SELECT resource_position, name, title, type, unit, description FROM resource_column"
      " WHERE dataset_no = ?1 ORDER BY resource_position, position");
  row.bind(1, dataset_no);
  while (row.step()) {
    at(dataset, row.integer(0))
        .columns.push_back(
            {row.string(1), row.string(2), row.string(3), row.string(4), row.string(5)});
  }
}

void load_extras(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset) {
  Statement row = connection.prepare(
      "SELECT resource_position, key, value FROM resource_extra"
      " WHERE dataset_no = ?1 ORDER BY resource_position, position");
  row.bind(1, dataset_no);
  while (row.step()) {
    at(dataset, row.integer(0)).extras.push_back({row.string(1), row.string(2)});
  }
}

void insert_columns(Connection& connection, std::int64_t dataset_no, std::int64_t position,
                    const core::Resource& resource) {
  Statement insert =
      connection.prepare("INSERT INTO resource_column VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  std::int64_t place = 0;
  for (const core::Column& column : resource.columns) {
    insert.bind_all(dataset_no, position, place++, column.name, column.title, column.type,
                    column.unit, column.description);
    insert.run();
  }
}

void insert_extras(Connection& connection, std::int64_t dataset_no, std::int64_t position,
                   const core::Resource& resource) {
  Statement insert = connection.prepare("INSERT INTO resource_extra VALUES (?1, ?2, ?3, ?4, ?5)");
  std::int64_t place = 0;
  for (const core::Extra& extra : resource.extras) {
    insert.bind_all(dataset_no, position, place++, extra.key, extra.value);
    insert.run();
  }
}

void insert_row(Connection& connection, std::int64_t dataset_no, std::int64_t position,
                bool is_listed, const core::Resource& resource) {
  Statement insert = connection.prepare(
      "INSERT INTO resource (dataset_no, position, is_listed, id, state, size, created,"
      " last_modified, metadata_modified, cache_last_updated, format, url_type, mimetype,"
      " mimetype_inner, hash, blob, resource_type, license_id, cache_url, name, url, description)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20, ?21, ?22)");
  insert.bind_all(dataset_no, position, is_listed, resource.id, static_cast<int>(resource.state),
                  resource.size, resource.created, resource.last_modified,
                  resource.metadata_modified, resource.cache_last_updated, resource.format,
                  resource.url_type, resource.mimetype, resource.mimetype_inner, resource.hash,
                  resource.blob, resource.resource_type, resource.license_id, resource.cache_url,
                  resource.name, resource.url, resource.description);
  insert.run();
}

// Whether another dataset has the resource.
bool is_elsewhere(Connection& connection, const core::Resource& resource,
                  const std::string& dataset_id) {
  Statement statement = connection.prepare(
      "SELECT 1 FROM resource r JOIN dataset d USING (dataset_no) WHERE r.id = ?1 AND d.id <> ?2");
  statement.bind_all(resource.id, dataset_id);
  return statement.step();
}

}  // namespace

void load_resources(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset) {
  {
    Statement row = connection.prepare(
        "SELECT position, id, state, size, created, last_modified, metadata_modified,"
        " cache_last_updated, format, url_type, mimetype, mimetype_inner, hash, blob,"
        " resource_type, license_id, cache_url, name, url, description FROM resource"
        " WHERE dataset_no = ?1 ORDER BY position");
    row.bind(1, dataset_no);
    while (row.step()) {
      dataset.resources.push_back(read_row(row));
      dataset.resources.back().dataset_id = dataset.id;
    }
  }
  if (dataset.resources.empty()) return;
  load_columns(connection, dataset_no, dataset);
  load_extras(connection, dataset_no, dataset);
}

core::Result<void> check_resource_ids(Connection& connection, const core::Dataset& dataset) {
  std::set<std::string_view> seen;
  for (const core::Resource& resource : dataset.resources) {
    if (seen.insert(resource.id).second && !is_elsewhere(connection, resource, dataset.id)) {
      continue;
    }
    return core::fail(core::ErrorCode::kConflict, "resource-id-taken",
                      {"リソース ID「" + resource.id + "」は既に使われています。",
                       "The resource id " + resource.id + " is taken."},
                      {"ID を省くと新しい ID が付きます。", "Leave the id out to get a new one."});
  }
  return {};
}

void insert_resources(Connection& connection, std::int64_t dataset_no,
                      const core::Dataset& dataset) {
  const bool is_public = dataset.state == core::State::kActive && !dataset.is_private;
  std::int64_t position = 0;
  for (const core::Resource& resource : dataset.resources) {
    insert_row(connection, dataset_no, position,
               is_public && resource.state == core::State::kActive, resource);
    insert_columns(connection, dataset_no, position, resource);
    insert_extras(connection, dataset_no, position, resource);
    ++position;
  }
}

}  // namespace minato::storage::sqlite
