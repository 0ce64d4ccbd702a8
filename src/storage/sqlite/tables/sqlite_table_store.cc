#include "storage/sqlite/tables/sqlite_table_store.h"

#include <utility>

#include "storage/sqlite/tables/sqlite_table_reader.h"
#include "storage/sqlite/tables/sqlite_table_reviser.h"
#include "storage/sqlite/tables/sqlite_table_writer.h"
#include "storage/sqlite/tables/table_document.h"
#include "storage/sqlite/tables/table_error.h"

namespace minato::storage::sqlite::tables {

using core::Result;

Result<std::unique_ptr<TableStore>> open_table_store(const std::string& data_dir,
                                                     const TableStoreOptions& options) {
  auto files = TableFiles::open(data_dir);
  if (!files) return tl::unexpected(files.error());
  return std::make_unique<SqliteTableStore>(std::move(*files), options);
}

Result<std::unique_ptr<TableWriter>> SqliteTableStore::create(const TableKey& key,
                                                              const core::TableSchema& schema) {
  if (auto valid = TableFiles::check(key); !valid) return tl::unexpected(valid.error());
  return SqliteTableWriter::open(files_, key, schema);
}

Result<std::unique_ptr<TableReviser>> SqliteTableStore::revise(const std::optional<TableKey>& from,
                                                               const TableKey& to) {
  for (const TableKey& key : {to, from.value_or(to)}) {
    if (auto valid = TableFiles::check(key); !valid) return tl::unexpected(valid.error());
  }
  return SqliteTableReviser::open(files_, from, to);
}

Result<std::int64_t> SqliteTableStore::free_version(std::string_view table_id,
                                                    std::int64_t at_least) {
  TableKey key{std::string(table_id), at_least};
  if (auto valid = TableFiles::check(key); !valid) return tl::unexpected(valid.error());
  while (true) {
    const auto taken = files_.identity(key, TableFile::kRows);
    if (!taken && taken.error().code == core::ErrorCode::kNotFound) return key.version;
    if (!taken) return tl::unexpected(taken.error());
    ++key.version;
  }
}

Result<std::unique_ptr<OpenTable>> SqliteTableStore::open(const TableKey& key) {
  if (auto valid = TableFiles::check(key); !valid) return tl::unexpected(version_missing(key));
  const auto identity = files_.identity(key, TableFile::kRows);
  if (!identity) return tl::unexpected(identity.error());
  if (auto waiting = open_tables_.take(key, *identity)) return waiting;
  auto opened = table_guarded([&]() -> Result<std::unique_ptr<OpenTable>> {
    return std::make_unique<OpenTable>(files_, key, *identity, options_.cache_kib);
  });
  if (opened) {
    remember(**opened);
  } else if (opened.error().id == "internal") {
    // A file of another kind lacks the tables that are asked for.
    return tl::unexpected(damaged(opened.error().internal));
  }
  return opened;
}

SchemaPointer SqliteTableStore::known_schema(const TableKey& key, const FileIdentity& identity) {
  const std::lock_guard lock(mutex_);
  for (auto place = schemas_.begin(); place != schemas_.end(); ++place) {
    if (place->key == key && place->identity == identity) {
      schemas_.splice(schemas_.begin(), schemas_, place);
      return place->schema;
    }
  }
  return nullptr;
}

void SqliteTableStore::remember(const OpenTable& table) {
  const std::lock_guard lock(mutex_);
  schemas_.remove_if([&](const auto& known) { return known.key == table.key; });
  schemas_.push_front({table.key, table.identity, table.schema});
  if (schemas_.size() > options_.max_schemas) schemas_.pop_back();
}

void SqliteTableStore::forget(const TableKey& key) {
  open_tables_.forget(key);
  const std::lock_guard lock(mutex_);
  schemas_.remove_if([&](const auto& known) { return known.key == key; });
}

Result<std::shared_ptr<const core::TableSchema>> SqliteTableStore::schema(const TableKey& key) {
  if (auto valid = TableFiles::check(key); !valid) return tl::unexpected(version_missing(key));
  const auto identity = files_.identity(key, TableFile::kRows);
  if (!identity) return tl::unexpected(identity.error());
  if (auto known = known_schema(key, *identity)) return known;
  auto table = open(key);
  if (!table) return tl::unexpected(table.error());
  auto schema = (*table)->schema;
  remember(**table);
  open_tables_.give_back(std::move(*table));
  return schema;
}

Result<ReadingNotes> SqliteTableStore::notes(const TableKey& key) {
  auto table = open(key);
  if (!table) return tl::unexpected(table.error());
  auto notes =
      table_guarded([&]() -> Result<ReadingNotes> { return read_notes((*table)->connection); });
  open_tables_.give_back(std::move(*table));
  return notes;
}

Result<std::unique_ptr<TableReader>> SqliteTableStore::read(const TableKey& key,
                                                            core::Deadline deadline) {
  auto table = open(key);
  if (!table) return tl::unexpected(table.error());
  return std::make_unique<SqliteTableReader>(files_, open_tables_, std::move(*table), deadline);
}

Result<void> SqliteTableStore::index_text(const TableKey& key, const std::atomic<bool>* stop) {
  const std::lock_guard lock(indexing_);
  auto table = open(key);
  if (!table) return tl::unexpected(table.error());
  Result<void> done;
  if ((*table)->schema->rows > kRowsWithoutTextIndex) {
    done = table_guarded([&]() -> Result<void> {
      if ((*table)->text_index(files_) != nullptr) return {};
      (*table)->connection.stop_with(stop);
      return build_text_index(files_, key, (*table)->connection);
    });
  }
  (*table)->connection.stop_with(nullptr);
  open_tables_.give_back(std::move(*table));
  return done;
}

Result<void> SqliteTableStore::remove(const TableKey& key) {
  if (auto valid = TableFiles::check(key); !valid) return {};
  forget(key);
  return files_.remove(key);
}

Result<std::int64_t> SqliteTableStore::size(const TableKey& key) {
  if (auto valid = TableFiles::check(key); !valid) return tl::unexpected(version_missing(key));
  const auto rows = files_.identity(key, TableFile::kRows);
  if (!rows) return tl::unexpected(rows.error());
  const auto text = files_.identity(key, TableFile::kText);
  return rows->bytes + (text ? text->bytes : 0);
}

}  // namespace minato::storage::sqlite::tables
