#include "storage/sqlite/tables/open_table.h"

#include <utility>

#include "storage/sqlite/tables/sql_functions.h"
#include "storage/sqlite/tables/table_document.h"

namespace minato::storage::sqlite::tables {
namespace {

constexpr std::size_t kIdleStatements = 16;

ConnectionOptions reading(const std::string& path, int cache_kib) {
  ConnectionOptions options;
  options.path = immutable_uri(path);
  options.access = ConnectionOptions::Access::kImmutable;
  options.cache_kib = cache_kib;
  options.idle_statements = kIdleStatements;
  return options;
}

}  // namespace

OpenTable::OpenTable(const TableFiles& files, TableKey table_key, FileIdentity file, int cache_kib)
    : key(std::move(table_key)),
      identity(file),
      connection(reading(files.path(key, TableFile::kRows), cache_kib)) {
  register_sql_functions(connection);
  register_row_list(connection);
  schema = std::make_shared<core::TableSchema>(read_schema(connection));
  position_index =
      connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'positions'") > 0;
}

TextIndex* OpenTable::text_index(const TableFiles& files) {
  const auto found = files.identity(key, TableFile::kText);
  if (!found) return nullptr;
  if (!text_identity_ || *text_identity_ != *found) {
    if (!stamp_) stamp_ = read_stamp(connection);
    text_ = TextIndex::open(files, key, *stamp_);
    text_identity_ = *found;
  }
  return text_.get();
}

std::unique_ptr<OpenTable> OpenTables::take(const TableKey& key, const FileIdentity& identity) {
  const std::lock_guard lock(mutex_);
  for (auto place = idle_.begin(); place != idle_.end(); ++place) {
    if ((*place)->key == key && (*place)->identity == identity) {
      auto table = std::move(*place);
      idle_.erase(place);
      return table;
    }
  }
  return nullptr;
}

void OpenTables::give_back(std::unique_ptr<OpenTable> table) noexcept {
  table->connection.set_deadline(std::nullopt);
  table->connection.limit_steps(std::nullopt);
  std::unique_ptr<OpenTable> oldest;  // closed when the lock is gone
  const std::lock_guard lock(mutex_);
  idle_.push_front(std::move(table));
  if (idle_.size() > max_idle_) {
    oldest = std::move(idle_.back());
    idle_.pop_back();
  }
}

void OpenTables::forget(const TableKey& key) {
  const std::lock_guard lock(mutex_);
  idle_.remove_if([&](const auto& table) { return table->key == key; });
}

}  // namespace minato::storage::sqlite::tables
