// Keeps the columns of a catalogue file in step with the file.
//
// A search asks for the picture of the moment its transaction sees. Usually that is the newest one,
// or one that a few commits have overtaken; both are kept. For any other moment (an old
// transaction, or a write transaction that has not committed yet) everything is loaded for this
// search alone.
#pragma once

#include <sqlite3.h>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "core/time.h"
#include "storage/sqlite/search/clause_cache.h"
#include "storage/sqlite/search/document_columns.h"

namespace minato::storage::sqlite::search {

// Columns, what guards them, and the answers that hold for their slots.
struct Shelf {
  explicit Shelf(std::size_t cache_bytes) : cache(cache_bytes) {}
  std::shared_mutex mutex;
  DocumentColumns columns;  // guarded by mutex
  ClauseCache cache;
};

struct Picture {
  std::shared_ptr<Shelf> shelf;
  std::shared_ptr<const View> view;
};

// Thread-safe.
class PictureSource {
 public:
  explicit PictureSource(std::size_t cache_bytes) : cache_bytes_(cache_bytes) {}
  // `newest`: the highest document number, asked from `db` when it is not known. Throws
  // SQLite::Exception. REQUIRES: a transaction is open on `db`.
  Picture get(sqlite3* db, core::Deadline deadline, std::optional<std::int64_t> newest);

 private:
  Picture find(std::int64_t newest);
  Picture catch_up(sqlite3* db, std::int64_t newest, core::Deadline deadline);
  void keep(const Picture& picture);

  const std::size_t cache_bytes_;
  std::mutex mutex_;
  std::deque<Picture> recent_;  // guarded by mutex_; newest first
  std::mutex loading_;          // taken before mutex_
};

}  // namespace minato::storage::sqlite::search
