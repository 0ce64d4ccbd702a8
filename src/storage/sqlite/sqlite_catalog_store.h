// CatalogStore in one SQLite file in WAL mode: one writer thread, a pool of readers. Several
// processes may have the same file open.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/time.h"
#include "storage/catalog_store.h"
#include "storage/sqlite/accounts/token_use_log.h"
#include "storage/sqlite/dataset_cache.h"
#include "storage/sqlite/integrity_check.h"
#include "storage/sqlite/missed_search_log.h"
#include "storage/sqlite/reader_pool.h"
#include "storage/sqlite/revision_watch.h"
#include "storage/sqlite/search/search_index.h"
#include "storage/sqlite/writer_thread.h"

namespace minato::storage::sqlite {

struct CatalogOptions {
  std::string path;
  int max_readers = 4;
  int reader_cache_kib = 8192;  // of pages, per connection
  int writer_cache_kib = 4096;
  std::size_t cached_datasets = 2000;             // of search results; some kilobytes each
  std::chrono::milliseconds busy_timeout{10000};  // for writes of other processes to end
  std::chrono::milliseconds open_timeout{2000};   // for a locked file to become free at the start
  std::chrono::milliseconds revision_poll{100};
  std::chrono::milliseconds chore_interval{5000};  // between writes of what was noted
  std::shared_ptr<const core::Clock> clock = std::make_shared<core::SystemClock>();
  // When set, the file is read through after the start, in the background, and this gets what was
  // found (empty: sound), on that thread. Not called when the store ends first.
  std::function<void(const core::Result<std::vector<std::string>>&)> on_checked;
};

class SqliteCatalogStore final : public CatalogStore {
 public:
  // Errors: those of open_database_file. A file that is refused is left as it is.
  static core::Result<std::unique_ptr<SqliteCatalogStore>> open(const CatalogOptions& options);
  // REQUIRES: no reader of this store is left.
  ~SqliteCatalogStore() override;

  core::Result<std::unique_ptr<CatalogReader>> read(core::Deadline deadline) override;
  core::Result<void> write(std::function<core::Result<void>(CatalogWriter&)> change) override;
  std::uint64_t revision() override;
  void note_missed_search(std::string_view text) override;
  void note_token_use(std::string_view token_id, core::Timestamp when) override;

 private:
  SqliteCatalogStore(const CatalogOptions& options, std::unique_ptr<Connection> writer,
                     std::unique_ptr<Connection> watcher);
  void run_in_background(const std::atomic<bool>& stop);
  void warm_search(const std::atomic<bool>& stop);

  const CatalogOptions options_;
  search::SearchIndex search_index_;
  DatasetCache dataset_cache_;
  MissedSearchLog missed_searches_;
  TokenUseLog token_uses_;
  ReaderPool readers_;
  RevisionWatch watch_;
  WriterThread writer_;
  BackgroundTask background_;
};

}  // namespace minato::storage::sqlite
