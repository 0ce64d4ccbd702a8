// Writes of one transaction that cannot be refused any more.
#pragma once

#include <optional>
#include <utility>

#include "core/error.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {

// Without a savepoint each: at every one FTS5 writes down all it holds in memory, which made writes
// of many datasets three times as slow. So when the engine fails in the middle of one, half of it
// may be there: then fault() says so, nothing more is written, and the transaction must not be
// committed.
class PlainWrites {
 public:
  explicit PlainWrites(Connection& connection) : connection_(connection) {}

  [[nodiscard]] const std::optional<core::Error>& fault() const { return fault_; }

  // `work` returns a core::Result<void>; its error is a fault.
  template <typename Work>
  core::Result<void> run(Work&& work) {
    if (fault_) return tl::unexpected<core::Error>(*fault_);
    // The engine has ended it: what came now would be committed at once.
    if (!connection_.in_transaction()) return core::fail_internal("the transaction has ended");
    fault_ = core::fail_internal("a write has not come to its end").value();
    auto done = guarded(std::forward<Work>(work));
    fault_ = done ? std::nullopt : std::optional(done.error());
    return done;
  }

 private:
  Connection& connection_;
  std::optional<core::Error> fault_;
};

}  // namespace minato::storage::sqlite
