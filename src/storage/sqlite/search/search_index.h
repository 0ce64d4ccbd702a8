// Search of the catalogue: a full-text index (FTS5) and tables of values in the catalogue file,
// written in the transaction of the dataset they index, and a columnar picture of them in memory
// for boolean operations, facets and sorting. How it works: docs/search.md.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/search.h"
#include "core/time.h"

namespace minato::storage::sqlite::search {

// Of what SearchWriter writes. A file that holds another version must be indexed anew:
// SearchWriter::clear(), then index() of every dataset, in one transaction.
inline constexpr int kIndexVersion = 1;

// Teaches a connection the tokenizer "minato", the scan of phrases, and the SQL function
// minato_fold(text). Needed on every connection before it touches a table of 0002_search.sql.
core::Result<void> register_functions(sqlite3* db);

// A dataset with what the index shows of its surroundings. When one of these changes (the name or
// title of its organization, say), its datasets must be indexed again.
struct IndexedDataset {
  std::int64_t rowid = 0;  // the caller's number for the dataset, > 0
  const core::Dataset& dataset;
  const core::Group* organization = nullptr;  // null: it has none
  const std::vector<core::Group>& groups;
  const std::vector<core::Vocabulary>& vocabularies;  // at least those its tags name
};

// Keeps the index in step; used by the connection that writes, inside its transactions.
// Holds prepared statements: must be destroyed before the connection is closed. Not thread-safe.
class SearchWriter {
 public:
  explicit SearchWriter(sqlite3* db);
  ~SearchWriter();
  SearchWriter(const SearchWriter&) = delete;
  SearchWriter& operator=(const SearchWriter&) = delete;

  // Adds the dataset, or replaces what is indexed under its rowid.
  core::Result<void> index(const IndexedDataset& entry);
  // Removing what is not there is not an error.
  core::Result<void> remove(std::int64_t rowid);
  // Forgets everything.
  core::Result<void> clear();

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

struct SearchHits {
  std::int64_t count = 0;
  std::vector<std::int64_t> rowids;  // the page asked for, in order
  // One per rowid: the number of what was indexed last under it. Once committed it is never used
  // again, so it names one state of the dataset.
  std::vector<std::int64_t> documents;
  std::vector<double> scores;       // one per rowid; empty when nothing was scored
  std::vector<core::Facet> facets;  // FacetValue::title equals the value
};

// Names the moment a search sees. A caller that keeps its statements asks this cheaper than a
// search does.
inline constexpr std::string_view kNewestDocument =
    "SELECT coalesce(max(document), 0) FROM search_document";

// One per catalogue file. Thread-safe; shared by all its connections.
class SearchIndex {
 public:
  static constexpr std::size_t kDefaultCacheBytes = 32U << 20U;
  // `cache_bytes` bounds what is remembered of clauses answered earlier.
  explicit SearchIndex(std::size_t cache_bytes = kDefaultCacheBytes);
  ~SearchIndex();
  SearchIndex(const SearchIndex&) = delete;
  SearchIndex& operator=(const SearchIndex&) = delete;

  // Answers what the read transaction open on `db` sees (without one: each search its own moment).
  // `newest`: what kNewestDocument gives in that transaction, if the caller knows.
  // The first search after a start, and each after a change, loads what is new; a search inside a
  // write transaction sees that transaction's changes, and loads everything for itself alone.
  // Fails with kInvalidArgument (unknown sort field, range on a text field ...), kDeadline,
  // kInternal.
  core::Result<SearchHits> search(sqlite3* db, const core::SearchRequest& request,
                                  core::Deadline deadline = core::Deadline::max(),
                                  std::optional<std::int64_t> newest = std::nullopt);

  // Loads what a search would load. Call it in the background after a start.
  core::Result<void> warm(sqlite3* db, core::Deadline deadline = core::Deadline::max());

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace minato::storage::sqlite::search
