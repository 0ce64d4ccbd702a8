#include "storage/sqlite/connection.h"

#include "storage/sqlite/search/search_index.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

// Virtual machine steps between two looks at the clock: some 20 microseconds.
constexpr int kStepsPerLook = 1000;

int open_flags(ConnectionOptions::Access access) {
  // One thread at a time uses a connection, so SQLite needs no lock of its own. Readers open the
  // file for writing too: WAL's shared memory needs that; query_only keeps them from writing.
  using Access = ConnectionOptions::Access;
  if (access == Access::kInspect) return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
  if (access == Access::kImmutable) {
    return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  }
  return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
         (access == Access::kRead ? 0 : SQLITE_OPEN_CREATE);
}

// Tables of rows have functions of their own (tables/sql_functions.h).
bool of_catalog(ConnectionOptions::Access access) {
  return access != ConnectionOptions::Access::kImmutable &&
         access != ConnectionOptions::Access::kDraft;
}

}  // namespace

Connection::Connection(const ConnectionOptions& options)
    : database_(options.path, open_flags(options.access),
                static_cast<int>(options.busy_timeout.count())),
      max_idle_(options.idle_statements) {
  sqlite3_extended_result_codes(handle(), 1);
  sqlite3_progress_handler(handle(), kStepsPerLook, &Connection::on_progress, this);
  if (of_catalog(options.access)) {
    if (auto registered = search::register_functions(handle()); !registered) {
      throw SQLite::Exception(registered.error().internal, SQLITE_ERROR);
    }
  }
  configure(options);
}

void Connection::configure(const ConnectionOptions& options) {
  if (options.access == ConnectionOptions::Access::kDraft) {
    // Large pages: fewer of them for wide rows. Sorting spills into files.
    run("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA "
        "locking_mode=EXCLUSIVE; PRAGMA temp_store=FILE; PRAGMA threads=1; PRAGMA cache_size=-" +
        std::to_string(options.cache_kib));
    return;
  }
  if (options.access == ConnectionOptions::Access::kImmutable) {
    run("PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF; PRAGMA mmap_size=0; PRAGMA "
        "temp_store=FILE; PRAGMA query_only=ON; PRAGMA cache_size=-" +
        std::to_string(options.cache_kib));
    return;
  }
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // No memory map: a disk error would kill the process (SIGBUS), and mapped pages count as our
  // memory.
  run("PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF; PRAGMA mmap_size=0; PRAGMA "
      "temp_store=MEMORY;"
      "PRAGMA foreign_keys=ON; PRAGMA cache_size=-" +
      std::to_string(options.cache_kib));
  if (options.access == ConnectionOptions::Access::kRead) run("PRAGMA query_only=ON");
  if (options.access == ConnectionOptions::Access::kWrite) {
    run("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000; PRAGMA "
        "journal_size_limit=67108864");
  }
}

Connection::~Connection() {
  for (auto& [sql, statements] : idle_) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
}

Statement Connection::prepare(std::string_view sql) {
  const auto slot = idle_.find(sql);
  if (slot != idle_.end() && !slot->second.empty()) {
    sqlite3_stmt* statement = slot->second.back();
    slot->second.pop_back();
    --idle_count_;
    return {*this, statement};
  }
  return {*this, compile(sql)};
}

sqlite3_stmt* Connection::compile(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) throw engine_fault(handle(), code);
  return statement;
}

void Connection::give_back(sqlite3_stmt* statement) noexcept {
  sqlite3_reset(statement);  // repeats the fault of the last step, which was reported then
  sqlite3_clear_bindings(statement);
  if (idle_count_ >= max_idle_) {
    for (auto& [sql, statements] : idle_) {
      for (sqlite3_stmt* idle : statements) sqlite3_finalize(idle);
    }
    idle_.clear();
    idle_count_ = 0;
  }
  idle_[sqlite3_sql(statement)].push_back(statement);
  ++idle_count_;
}

void Connection::run(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw engine_fault(handle(), code);
}

std::int64_t Connection::integer(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

void Connection::set_deadline(std::optional<core::Deadline> deadline) { deadline_ = deadline; }

void Connection::check_deadline() const {
  if (interrupted()) throw SQLite::Exception("interrupted", SQLITE_INTERRUPT);
}

void Connection::stop_with(const std::atomic<bool>* stop) { stop_ = stop; }

void Connection::limit_steps(std::optional<std::int64_t> steps) { steps_left_ = steps; }

bool Connection::interrupted() const {
  if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) return true;
  return deadline_ && std::chrono::steady_clock::now() >= *deadline_;
}

int Connection::on_progress(void* self) {
  auto& connection = *static_cast<Connection*>(self);
  if (connection.steps_left_ && (*connection.steps_left_ -= kStepsPerLook) < 0) return 1;
  return connection.interrupted() ? 1 : 0;
}

std::int64_t Connection::last_insert_rowid() const { return sqlite3_last_insert_rowid(handle()); }

std::int64_t Connection::changes() const { return sqlite3_changes64(handle()); }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

}  // namespace minato::storage::sqlite
