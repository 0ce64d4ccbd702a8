#include "storage/sqlite/search/picture.h"

#include <SQLiteCpp/Exception.h>

#include <algorithm>
#include <chrono>

#include "storage/sqlite/search/raw_statement.h"
#include "storage/sqlite/search/search_index.h"

namespace minato::storage::sqlite::search {
namespace {

constexpr std::size_t kKeptPictures = 16;
// Slots of documents that are gone are worth removing when they are this many, and more than the
// rest.
constexpr std::uint64_t kTolerableDead = 10'000;

struct Row {
  std::int64_t document = 0;
  std::int64_t dataset = 0;
  std::string_view attributes;  // empty: the dataset is gone
};

std::vector<std::string> field_names(sqlite3* db) {
  std::vector<std::string> names;
  RawStatement fields(db, "SELECT field, name FROM search_field ORDER BY field");
  while (fields.step()) {
    const auto number = static_cast<std::size_t>(fields.integer(0));
    if (number >= names.size()) names.resize(number + 1);
    names[number] = fields.text(1);
  }
  return names;
}

std::int64_t newest_document(sqlite3* db) {
  RawStatement statement(db, kNewestDocument);
  statement.step();
  return statement.integer(0);
}

template <typename Use>
void read_rows(sqlite3* db, std::int64_t after, core::Deadline deadline, Use use) {
  RawStatement rows(db,
                    "SELECT document, dataset, attributes FROM search_document"
                    " WHERE document > ?1 ORDER BY document");
  rows.bind(1, after);
  for (std::size_t count = 0; rows.step(); ++count) {
    if (count % 1024 == 0 && std::chrono::steady_clock::now() > deadline) {
      throw SQLite::Exception("loading the search index", SQLITE_INTERRUPT);
    }
    use(Row{rows.integer(0), rows.integer(1), rows.blob(2)});
  }
}

class RowAdder {
 public:
  RowAdder(DocumentColumns& columns, std::vector<std::string> fields)
      : columns_(columns), fields_(std::move(fields)) {}

  void add(const Row& row) {
    const bool gone = row.attributes.empty();
    if (!gone && !decode_record(row.attributes, record_)) {
      throw SQLite::Exception("search_document is damaged", SQLITE_CORRUPT);
    }
    columns_.add(row.document, row.dataset, gone ? nullptr : &record_, fields_);
  }

 private:
  DocumentColumns& columns_;
  const std::vector<std::string> fields_;
  DocumentRecord record_;
};

Picture load_all(sqlite3* db, std::size_t cache_bytes, core::Deadline deadline) {
  auto shelf = std::make_shared<Shelf>(cache_bytes);
  RawStatement count(db, "SELECT count(*) FROM search_document");
  count.step();
  shelf->columns.reserve(static_cast<std::size_t>(count.integer(0)));
  RowAdder adder(shelf->columns, field_names(db));
  read_rows(db, 0, deadline, [&](const Row& row) { adder.add(row); });
  return {shelf, shelf->columns.view()};
}

// `last` with what came after it. Everything is read before the lock is taken.
Picture load_newer(sqlite3* db, const Picture& last, core::Deadline deadline) {
  std::vector<std::pair<Row, std::string>> rows;
  read_rows(db, last.view->newest, deadline,
            [&](const Row& row) { rows.emplace_back(row, std::string(row.attributes)); });
  const auto fields = field_names(db);
  const std::unique_lock lock(last.shelf->mutex);
  RowAdder adder(last.shelf->columns, fields);
  for (auto& [row, attributes] : rows) {
    row.attributes = attributes;
    adder.add(row);
  }
  return {last.shelf, last.shelf->columns.view()};
}

bool is_crowded(const Picture& picture) {
  const std::shared_lock lock(picture.shelf->mutex);
  const std::uint64_t dead = picture.shelf->columns.dead();
  return dead > kTolerableDead && dead > picture.shelf->columns.size() / 2;
}

}  // namespace

Picture PictureSource::get(sqlite3* db, core::Deadline deadline,
                           std::optional<std::int64_t> newest) {
  if (sqlite3_txn_state(db, "main") == SQLITE_TXN_WRITE) return load_all(db, 0, deadline);
  if (!newest) newest = newest_document(db);
  const Picture found = find(*newest);
  return found.shelf ? found : catch_up(db, *newest, deadline);
}

Picture PictureSource::find(std::int64_t newest) {
  const std::lock_guard lock(mutex_);
  for (const auto& picture : recent_) {
    if (picture.view->newest == newest) return picture;
  }
  return {};
}

Picture PictureSource::catch_up(sqlite3* db, std::int64_t newest, core::Deadline deadline) {
  const std::lock_guard one_at_a_time(loading_);
  if (const Picture found = find(newest); found.shelf) return found;  // somebody else was faster
  Picture last;
  {
    const std::lock_guard lock(mutex_);
    if (!recent_.empty()) last = recent_.front();
  }
  if (last.shelf && last.view->newest > newest) return load_all(db, 0, deadline);
  const bool afresh = !last.shelf || is_crowded(last);
  const Picture picture =
      afresh ? load_all(db, cache_bytes_, deadline) : load_newer(db, last, deadline);
  keep(picture);
  return picture;
}

void PictureSource::keep(const Picture& picture) {
  const std::lock_guard lock(mutex_);
  // Moments of an older shelf go with it: they would keep all its memory.
  if (!recent_.empty() && recent_.front().shelf != picture.shelf) recent_.clear();
  recent_.push_front(picture);
  if (recent_.size() > kKeptPictures) recent_.pop_back();
}

}  // namespace minato::storage::sqlite::search
