// One connection to the catalogue file: settings, cached statements and the time limit.
#pragma once

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/time.h"
#include "storage/sqlite/statement.h"

namespace minato::storage::sqlite {

struct ConnectionOptions {
  enum class Access {
    kRead,     // cannot write
    kWrite,    // synchronous=FULL: a committed transaction survives a power cut
    kInspect,  // opens the file itself read-only and changes nothing, not even the journal mode
    kImmutable,  // a finished file that nobody changes: read without locks
    kDraft,      // a new file that nobody else sees yet: no journal, no syncs, fast
  };
  std::string path;  // kImmutable: a file: URI
  Access access = Access::kRead;
  int cache_kib = 2048;
  std::chrono::milliseconds busy_timeout{5000};
  std::size_t idle_statements = 256;  // kept prepared
};

// Used by one thread at a time. Every call may throw SQLite::Exception; `guarded` (sqlite_error.h)
// turns that into an Error at the border of this folder.
class Connection {
 public:
  explicit Connection(const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // A statement for this SQL, prepared now or earlier. Statements stay cached by their text, so
  // values belong into bindings, never into the text.
  Statement prepare(std::string_view sql);
  // Runs a script without results.
  void run(const std::string& sql);
  // The first column of the first row; 0 when there is none.
  std::int64_t integer(std::string_view sql);

  // Work after `deadline` ends with SQLITE_INTERRUPT (an Error of kDeadline). No value: no limit.
  void set_deadline(std::optional<core::Deadline> deadline);
  // Work ends with SQLITE_INTERRUPT after about so many steps of SQLite's virtual machine (a row
  // visited takes some ten). No value: no limit.
  void limit_steps(std::optional<std::int64_t> steps);
  // For loops of our own that SQLite cannot interrupt: throws as SQLite itself would.
  void check_deadline() const;
  // Interrupts everything on this connection once `*stop` is true. `stop` must outlive the
  // connection.
  void stop_with(const std::atomic<bool>* stop);

  [[nodiscard]] std::int64_t last_insert_rowid() const;
  [[nodiscard]] std::int64_t changes() const;
  // True between BEGIN and COMMIT or ROLLBACK; the engine ends a transaction itself after some
  // faults.
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] sqlite3* handle() const { return database_.getHandle(); }

 private:
  friend class Statement;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  sqlite3_stmt* compile(std::string_view sql);
  void give_back(sqlite3_stmt* statement) noexcept;
  [[nodiscard]] bool interrupted() const;
  void configure(const ConnectionOptions& options);
  static int on_progress(void* self);

  SQLite::Database database_;
  std::unordered_map<std::string, std::vector<sqlite3_stmt*>, TextHash, std::equal_to<>> idle_;
  std::size_t idle_count_ = 0;
  std::size_t max_idle_;
  std::optional<std::int64_t> steps_left_;
  std::optional<core::Deadline> deadline_;
  const std::atomic<bool>* stop_ = nullptr;
};

}  // namespace minato::storage::sqlite
