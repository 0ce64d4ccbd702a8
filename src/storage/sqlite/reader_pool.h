// A bounded set of reading connections, opened when first needed.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Thread-safe. REQUIRES: all leases end before the pool does.
class ReaderPool {
 public:
  // Gives its connection back when it is destroyed; its transaction must have ended.
  class Lease {
   public:
    Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    ~Lease();
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ReaderPool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  ReaderPool(ConnectionOptions options, int max_connections);

  // Waits until `deadline` for a free connection; then "catalog-readers-busy" (kUnavailable).
  core::Result<Lease> take(core::Deadline deadline);

 private:
  void give_back(std::unique_ptr<Connection> connection) noexcept;

  const ConnectionOptions options_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int not_opened_;
};

}  // namespace minato::storage::sqlite
