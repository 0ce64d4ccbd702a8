// Work inside a transaction that happens whole or not at all.
#pragma once

#include <type_traits>
#include <utility>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {

// Runs `work`, which returns a core::Result<void>; after an error or an exception nothing of it
// remains. Savepoints nest. After some faults (full disk) the engine ends the whole transaction:
// then in_transaction() is false, and further savepoints fail.
template <typename Work>
core::Result<void> in_savepoint(Connection& connection, Work&& work) {
  const auto undo = [&] {
    if (!connection.in_transaction()) return;
    connection.prepare("ROLLBACK TO work").run();
    connection.prepare("RELEASE work").run();
  };
  return guarded([&]() -> core::Result<void> {
    // Outside of one, RELEASE would commit.
    if (!connection.in_transaction()) {
      throw SQLite::Exception("the transaction has ended", SQLITE_ABORT);
    }
    connection.prepare("SAVEPOINT work").run();
    core::Result<void> done;
    try {
      done = guarded(std::forward<Work>(work));
    } catch (...) {
      undo();
      throw;
    }
    if (done) {
      connection.prepare("RELEASE work").run();
    } else {
      undo();
    }
    return done;
  });
}

}  // namespace minato::storage::sqlite
