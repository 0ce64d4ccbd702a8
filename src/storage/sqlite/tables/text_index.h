// The words of a table's rows, in a file beside it: for each chunk of rows and each token the rows
// that have it. Says which rows may match; WordMatcher decides.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/tables/row_list.h"
#include "storage/sqlite/tables/table_files.h"
#include "storage/sqlite/tables/word_matcher.h"

namespace minato::storage::sqlite::tables {

// Tables of at most so many rows are scanned.
inline constexpr std::int64_t kRowsWithoutTextIndex = 20'000;

// Reads `rows`, an open table file with the stamp and this many columns, and publishes its index.
core::Result<void> build_text_index(const TableFiles& files, const TableKey& key, Connection& rows);

class TextIndex {
 public:
  // Null when there is none of the file with this stamp. May throw SQLite::Exception.
  static std::unique_ptr<TextIndex> open(const TableFiles& files, const TableKey& key,
                                         std::int64_t stamp);

  // Ascending; nothing when more than `most` rows may match, or the words have no tokens. May throw
  // SQLite::Exception (SQLITE_INTERRUPT after the deadline).
  std::optional<RowList> candidates(const WordMatcher& matcher, std::size_t most,
                                    core::Deadline deadline);

 private:
  explicit TextIndex(const ConnectionOptions& options) : connection_(options) {}
  Connection connection_;
};

}  // namespace minato::storage::sqlite::tables
