#include "storage/sqlite/sqlite_catalog_store.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "storage/sqlite/accounts/token_rows.h"
#include "storage/sqlite/catalog_reader.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/origin_rows.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

using core::Result;
using Access = ConnectionOptions::Access;

constexpr int kLowestPriority = 19;

// A pooled connection with an open read transaction.
class PooledReader final : private ReaderPool::Lease, public SqliteCatalogReader {
 public:
  PooledReader(ReaderPool::Lease lease, search::SearchIndex& index, DatasetCache& cache,
               std::uint64_t revision, core::Deadline deadline)
      : ReaderPool::Lease(std::move(lease)),
        SqliteCatalogReader(*static_cast<ReaderPool::Lease&>(*this), index, &cache, revision,
                            deadline) {}
  ~PooledReader() override {
    ReaderPool::Lease& lease = *this;
    lease->set_deadline(std::nullopt);
    // Ending a read transaction cannot lose anything; a fault shows again at the next BEGIN.
    static_cast<void>(guarded([&]() -> Result<void> {
      if (lease->in_transaction()) lease->prepare("COMMIT").run();
      return {};
    }));
  }
};

ConnectionOptions connection_options(const CatalogOptions& options, Access access) {
  ConnectionOptions connection;
  connection.path = options.path;
  connection.access = access;
  connection.cache_kib =
      access == Access::kWrite ? options.writer_cache_kib : options.reader_cache_kib;
  connection.busy_timeout = options.busy_timeout;
  return connection;
}

// Writes down what was noted.
WriterThread::Chore chore(MissedSearchLog& searches, TokenUseLog& tokens,
                          std::chrono::milliseconds interval) {
  return {[&] { return !searches.empty() || !tokens.empty(); },
          [&](Connection& connection) {
            add_missed_searches(connection, searches.take(), MissedSearchLog::kMaxStored);
            save_token_uses(connection, tokens.take());
          },
          interval};
}

}  // namespace

Result<std::unique_ptr<SqliteCatalogStore>> SqliteCatalogStore::open(
    const CatalogOptions& options) {
  ConnectionOptions opening = connection_options(options, Access::kWrite);
  opening.busy_timeout = options.open_timeout;
  auto writer = open_database_file(opening);
  if (!writer) return tl::unexpected<core::Error>(std::move(writer.error()));
  return guarded([&]() -> Result<std::unique_ptr<SqliteCatalogStore>> {
    if (auto indexed = bring_index_up_to_date(**writer); !indexed) {
      return tl::unexpected<core::Error>(std::move(indexed.error()));
    }
    sqlite3_busy_timeout((*writer)->handle(), static_cast<int>(options.busy_timeout.count()));
    ConnectionOptions watching = connection_options(options, Access::kRead);
    watching.cache_kib = 64;
    auto watcher = std::make_unique<Connection>(watching);
    return std::unique_ptr<SqliteCatalogStore>(
        new SqliteCatalogStore(options, std::move(*writer), std::move(watcher)));
  });
}

SqliteCatalogStore::SqliteCatalogStore(const CatalogOptions& options,
                                       std::unique_ptr<Connection> writer,
                                       std::unique_ptr<Connection> watcher)
    : options_(options),
      dataset_cache_(options.cached_datasets),
      readers_(connection_options(options, Access::kRead), options.max_readers),
      watch_(std::move(watcher), options.revision_poll),
      writer_(
          std::move(writer), search_index_,
          [this](std::uint64_t revision) { watch_.raise(revision); },
          chore(missed_searches_, token_uses_, options.chore_interval)),
      background_([this](const std::atomic<bool>& stop) { run_in_background(stop); }) {}

SqliteCatalogStore::~SqliteCatalogStore() = default;

Result<std::unique_ptr<CatalogReader>> SqliteCatalogStore::read(core::Deadline deadline) {
  auto lease = readers_.take(deadline);
  if (!lease) return tl::unexpected<core::Error>(std::move(lease.error()));
  return guarded([&]() -> Result<std::unique_ptr<CatalogReader>> {
    Connection& connection = **lease;
    connection.prepare("BEGIN").run();
    // The first statement that reads fixes what the transaction sees.
    const auto revision =
        static_cast<std::uint64_t>(connection.integer("SELECT revision FROM catalog_state"));
    watch_.raise(revision);
    connection.set_deadline(deadline);
    return std::make_unique<PooledReader>(std::move(*lease), search_index_, dataset_cache_,
                                          revision, deadline);
  });
}

Result<void> SqliteCatalogStore::write(std::function<Result<void>(CatalogWriter&)> change) {
  return writer_.run(change);
}

std::uint64_t SqliteCatalogStore::revision() { return watch_.revision(); }

void SqliteCatalogStore::note_missed_search(std::string_view text) {
  if (missed_searches_.add(text, options_.clock->now())) writer_.wake();
}

void SqliteCatalogStore::note_token_use(std::string_view token_id, core::Timestamp when) {
  if (token_uses_.add(token_id, when)) writer_.wake();
}

void SqliteCatalogStore::run_in_background(const std::atomic<bool>& stop) {
  warm_search(stop);
  if (!options_.on_checked) return;
  // Of this thread alone. Reading a large file through takes a core for a while, and nobody waits.
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowestPriority));
  const auto findings = check_integrity(connection_options(options_, Access::kRead), stop);
  if (!stop) options_.on_checked(findings);
}

// A search that comes first would load the same, only later; so a fault here is that search's to
// report.
void SqliteCatalogStore::warm_search(const std::atomic<bool>& stop) {
  static_cast<void>(guarded([&]() -> Result<void> {
    Connection connection(connection_options(options_, Access::kRead));
    connection.stop_with(&stop);
    connection.run("BEGIN");
    auto warmed = search_index_.warm(connection.handle());
    connection.run("COMMIT");
    return warmed;
  }));
}

}  // namespace minato::storage::sqlite
