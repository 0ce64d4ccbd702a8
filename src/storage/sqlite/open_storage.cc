#include "storage/sqlite/open_storage.h"

#include <sqlite3.h>

#include <atomic>
#include <filesystem>
#include <system_error>
#include <utility>

#include "storage/files/file_blob_store.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/harvest/sqlite_harvest_store.h"
#include "storage/sqlite/integrity_check.h"
#include "storage/sqlite/push/sqlite_push_store.h"
#include "storage/sqlite/sqlite_catalog_store.h"
#include "storage/sqlite/tables/open_table_store.h"

namespace minato::storage::sqlite {
namespace {

std::string catalog_path(const std::string& data_dir) { return data_dir + "/catalog.db"; }
std::string harvest_path(const std::string& data_dir) { return data_dir + "/harvest.db"; }
std::string push_path(const std::string& data_dir) { return data_dir + "/push.db"; }

core::Result<std::vector<std::string>> check_file(const std::string& path) {
  ConnectionOptions options;
  options.path = path;
  const std::atomic<bool> never_stop{false};
  return check_integrity(options, never_stop);
}

// SQLite would count its memory under a lock that all threads share, at every allocation. Does
// nothing (tests) when SQLite is already in use.
void leave_memory_uncounted() {
  static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(done);
}

}  // namespace

core::Result<Storage> open_storage(const std::string& data_dir, const StorageOptions& options) {
  leave_memory_uncounted();
  if (auto prepared = prepare_data_dir(data_dir); !prepared) {
    return tl::unexpected<core::Error>(std::move(prepared.error()));
  }
  auto blobs = files::FileBlobStore::open(data_dir + "/blobs");
  if (!blobs) return tl::unexpected<core::Error>(std::move(blobs.error()));
  CatalogOptions catalog_options;
  catalog_options.path = catalog_path(data_dir);
  catalog_options.max_readers = options.max_readers;
  catalog_options.reader_cache_kib = options.reader_cache_kib;
  catalog_options.on_checked = options.on_checked;
  auto catalog = SqliteCatalogStore::open(catalog_options);
  if (!catalog) return tl::unexpected<core::Error>(std::move(catalog.error()));
  auto tables = tables::open_table_store(data_dir);
  if (!tables) return tl::unexpected<core::Error>(std::move(tables.error()));
  auto harvest = harvest::SqliteHarvestStore::open(harvest_path(data_dir));
  if (!harvest) return tl::unexpected<core::Error>(std::move(harvest.error()));
  auto push = push::SqlitePushStore::open(push_path(data_dir));
  if (!push) return tl::unexpected<core::Error>(std::move(push.error()));
  return Storage{std::move(*catalog), std::move(*blobs), std::move(*tables), std::move(*harvest),
                 std::move(*push)};
}

core::Result<std::vector<std::string>> verify_storage(const std::string& data_dir) {
  auto findings = check_file(catalog_path(data_dir));
  if (!findings) return findings;
  for (const std::string& path : {harvest_path(data_dir), push_path(data_dir)}) {
    std::error_code unreadable;
    if (!std::filesystem::exists(path, unreadable)) continue;
    auto found = check_file(path);
    if (!found) return found;
    const std::string name = std::filesystem::path(path).filename();
    for (const std::string& finding : *found) findings->push_back(name + ": " + finding);
  }
  return findings;
}

}  // namespace minato::storage::sqlite
