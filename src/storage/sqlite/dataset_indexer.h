// Keeps the search index in step with the rows. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/search/search_index.h"

namespace minato::storage::sqlite {

// Used by the connection that writes, inside its transactions.
class DatasetIndexer {
 public:
  explicit DatasetIndexer(Connection& connection)
      : connection_(connection), search_writer_(connection.handle()) {}

  // Indexes the dataset as its rows now are.
  core::Result<void> index(std::int64_t dataset_no);
  core::Result<void> remove(std::int64_t dataset_no);
  // Indexes those whose numbers `sql` selects (its only parameter is `key`), and marks them as
  // touched by the revision `change`.
  core::Result<void> touch(std::string_view sql, std::int64_t key, std::int64_t change);
  core::Result<void> touch(const std::vector<std::int64_t>& dataset_nos, std::int64_t change);
  // Builds the whole index anew.
  core::Result<void> rebuild();

 private:
  Connection& connection_;
  search::SearchWriter search_writer_;
};

// Builds the index anew when the file holds another version of it than this program's, in a
// transaction of its own. REQUIRES: no open transaction.
core::Result<void> bring_index_up_to_date(Connection& connection);

}  // namespace minato::storage::sqlite
