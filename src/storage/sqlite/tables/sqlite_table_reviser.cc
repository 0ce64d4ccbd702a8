#include "storage/sqlite/tables/sqlite_table_reviser.h"

#include <algorithm>
#include <utility>

#include "storage/sqlite/tables/batch_worker.h"
#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/row_profile.h"
#include "storage/sqlite/tables/table_document.h"
#include "storage/sqlite/tables/table_error.h"
#include "storage/sqlite/tables/table_finish.h"
#include "storage/sqlite/tables/table_limits.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::Result;
using Places = std::vector<std::optional<std::size_t>>;

constexpr int kCacheKib = 16 * 1024;
constexpr std::int64_t kFewPages = 100;

bool is_constraint(const SQLite::Exception& fault) {
  return (fault.getErrorCode() & 0xff) == SQLITE_CONSTRAINT;
}

bool fits_or_null(const core::ValueView& value, const core::TableColumn& column) {
  return std::holds_alternative<std::monostate>(value) || fits(value, column.type);
}

bool is_identity(const Places& from, std::size_t columns_before) {
  if (from.size() != columns_before) return false;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] != i) return false;
  }
  return true;
}

// Learns from every row, reading on one thread and counting on another.
Result<void> learn(Connection& connection, const core::TableSchema& schema, RowProfile& profile) {
  BatchWorker worker([&](const RowBatch& batch) {
    profile.add(batch);
    return Result<void>();
  });
  Statement select = connection.prepare("SELECT * FROM rows ORDER BY id");
  std::shared_ptr<RowBatch> batch;
  std::vector<core::ValueView> row(schema.columns.size());
  while (select.step()) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i] = cell(select, static_cast<int>(i) + 1, schema.columns[i].type);
    }
    if (!batch) batch = std::make_shared<RowBatch>(row.size());
    batch->append(select.integer(0), row);
    if (!batch->full()) continue;
    if (auto pushed = worker.push(std::exchange(batch, nullptr)); !pushed) return pushed;
  }
  if (auto done = worker.finish(); !done) return done;
  if (batch) profile.add(*batch);
  return {};
}

}  // namespace

Result<std::unique_ptr<TableReviser>> SqliteTableReviser::open(const TableFiles& files,
                                                               const std::optional<TableKey>& from,
                                                               const TableKey& to) {
  auto draft = from ? files.draft_of(*from) : files.draft();
  if (!draft) return tl::unexpected(draft.error());
  return table_guarded([&]() -> Result<std::unique_ptr<TableReviser>> {
    std::unique_ptr<SqliteTableReviser> reviser(
        new SqliteTableReviser(files, to, std::move(*draft)));
    reviser->begin(from.has_value());
    return reviser;
  });
}

void SqliteTableReviser::begin(bool is_copy) {
  connection_ = std::make_unique<Connection>(
      ConnectionOptions{draft_.path(), ConnectionOptions::Access::kDraft, kCacheKib});
  connection_->run("BEGIN");
  if (!is_copy) {
    connection_->run("CREATE TABLE rows(id INTEGER PRIMARY KEY)");
    create_document_tables(*connection_);
    return;
  }
  schema_ = read_schema(*connection_);
  notes_ = read_notes(*connection_);
  rows_ = schema_.rows;
  const std::int64_t last = connection_->integer("SELECT max(id) FROM rows");
  next_row_ = std::max(read_next_row(*connection_), last + 1);
  clear_document(*connection_);
  connection_->run("DROP TABLE IF EXISTS positions");
  read_key();
  rebuild(schema_.columns.size(), {});
}

void SqliteTableReviser::read_key() {
  std::vector<std::size_t> columns;
  {
    Statement row = connection_->prepare("SELECT cid FROM pragma_index_info(?1) ORDER BY seqno");
    row.bind(1, kKeyIndex);
    while (row.step()) columns.push_back(static_cast<std::size_t>(row.integer(0) - 1));
  }
  use_key(std::move(columns));
}

void SqliteTableReviser::use_key(std::vector<std::size_t> columns) {
  key_columns_ = std::move(columns);
  find_sql_ = "SELECT id FROM rows WHERE ";
  for (std::size_t i = 0; i < key_columns_.size(); ++i) {
    find_sql_ += (i == 0 ? "" : " AND ") + alias(key_columns_[i]) + " = ?" + std::to_string(i + 1);
  }
}

// With `from` the table gets other columns.
void SqliteTableReviser::rebuild(std::size_t columns, const Places& from) {
  add_sql_ = "INSERT INTO rows VALUES(?";
  for (std::size_t i = 0; i < columns; ++i) add_sql_ += ",?";
  add_sql_ += ")";
  if (from.empty()) return;
  std::string names;
  std::string sources;
  for (std::size_t i = 0; i < from.size(); ++i) {
    names += ", " + alias(i);
    sources += from[i] ? ", " + alias(*from[i]) : ", NULL";
  }
  connection_->run("CREATE TABLE new_rows(id INTEGER PRIMARY KEY" + names +
                   "); INSERT INTO new_rows SELECT id" + sources +
                   " FROM rows; DROP TABLE rows; ALTER TABLE new_rows RENAME TO rows");
}

Result<void> SqliteTableReviser::set_columns(const std::vector<core::TableColumn>& columns,
                                             const Places& from) {
  if (columns.empty() || columns.size() > kMaxColumns || columns.size() != from.size()) {
    return core::fail_internal("set_columns: number of columns");
  }
  return table_guarded([&]() -> Result<void> {
    if (!is_identity(from, schema_.columns.size())) {
      use_key({});
      rebuild(columns.size(), from);
    }
    schema_.columns = columns;
    return {};
  });
}

Result<bool> SqliteTableReviser::set_key(std::span<const std::size_t> columns) {
  const std::vector<std::size_t> wanted(columns.begin(), columns.end());
  if (wanted == key_columns_) return true;
  return table_guarded([&]() -> Result<bool> {
    connection_->run(std::string("DROP INDEX IF EXISTS ") + kKeyIndex);
    use_key(wanted);
    if (wanted.empty()) return true;
    std::string names;
    for (const std::size_t place : wanted) names += (names.empty() ? "" : ", ") + alias(place);
    try {
      connection_->run(std::string("CREATE UNIQUE INDEX ") + kKeyIndex + " ON rows(" + names + ")");
    } catch (const SQLite::Exception& fault) {
      if (!is_constraint(fault)) throw;
      return false;
    }
    return true;
  });
}

Result<std::optional<std::int64_t>> SqliteTableReviser::find(std::span<const core::ValueView> key) {
  if (key.size() != key_columns_.size() || key.empty()) return core::fail_internal("find: key");
  return table_guarded([&]() -> Result<std::optional<std::int64_t>> {
    Statement select = connection_->prepare(find_sql_);
    for (std::size_t i = 0; i < key.size(); ++i) {
      bind_value(select, static_cast<int>(i) + 1, key[i]);
    }
    if (!select.step()) return std::nullopt;
    return select.integer(0);
  });
}

Result<std::optional<std::int64_t>> SqliteTableReviser::add(std::span<const core::ValueView> row) {
  if (row.size() != schema_.columns.size()) return core::fail_internal("add: number of values");
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!fits_or_null(row[i], schema_.columns[i])) return core::fail_internal("add: type");
  }
  return table_guarded([&]() -> Result<std::optional<std::int64_t>> {
    Statement insert = connection_->prepare(add_sql_);
    insert.bind(1, next_row_);
    int index = 1;
    for (const core::ValueView& value : row) bind_value(insert, ++index, value);
    try {
      insert.run();
    } catch (const SQLite::Exception& fault) {
      if (!is_constraint(fault)) throw;
      return std::nullopt;
    }
    ++rows_;
    return next_row_++;
  });
}

Result<TableReviser::Change> SqliteTableReviser::change(std::int64_t row,
                                                        std::span<const CellChange> cells) {
  std::string set = "UPDATE rows SET id = id";
  std::string columns;
  std::string values;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].column >= schema_.columns.size() ||
        !fits_or_null(cells[i].value, schema_.columns[cells[i].column])) {
      return core::fail_internal("change: column or type");
    }
    const std::string column = alias(cells[i].column);
    const std::string value = "?" + std::to_string(i + 2);
    set.append(", ").append(column).append(" = ").append(value);
    columns.append(i == 0 ? "" : ", ").append(column);
    values.append(i == 0 ? "" : ", ").append(value);
  }
  const std::string differs = cells.empty() ? "0" : "(" + columns + ") IS NOT (" + values + ")";
  return table_guarded([&]() -> Result<Change> {
    Statement update = connection_->prepare(set + " WHERE id = ?1 AND " + differs);
    update.bind(1, row);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      bind_value(update, static_cast<int>(i) + 2, cells[i].value);
    }
    try {
      update.run();
    } catch (const SQLite::Exception& fault) {
      if (!is_constraint(fault)) throw;
      return Change::kKeyTaken;
    }
    if (connection_->changes() > 0) return Change::kDone;
    Statement select = connection_->prepare("SELECT 1 FROM rows WHERE id = ?1");
    return select.bind(1, row).step() ? Change::kSame : Change::kNoSuchRow;
  });
}

Result<bool> SqliteTableReviser::remove(std::int64_t row) {
  return table_guarded([&]() -> Result<bool> {
    connection_->prepare("DELETE FROM rows WHERE id = ?1").bind(1, row).run();
    const bool removed = connection_->changes() > 0;
    if (removed) --rows_;
    return removed;
  });
}

Result<void> SqliteTableReviser::close_file() {
  RowProfile profile(schema_);
  if (auto learnt = learn(*connection_, schema_, profile); !learnt) return learnt;
  schema_.rows = rows_;
  finish_table({*connection_, draft_, profile, schema_}, {notes_, key_columns_, next_row_});
  connection_->run("COMMIT");
  // Every later version begins as a copy: what is mostly holes is packed.
  const std::int64_t pages = connection_->integer("PRAGMA page_count");
  if (pages > kFewPages && connection_->integer("PRAGMA freelist_count") * 2 > pages) {
    connection_->run("VACUUM");
  }
  return {};
}

Result<core::TableSchema> SqliteTableReviser::finish() {
  auto closed = table_guarded([&] { return close_file(); });
  if (!closed) return tl::unexpected(closed.error());
  connection_.reset();
  auto published = files_.publish(std::move(draft_), key_, TableFile::kRows);
  if (!published) return tl::unexpected(published.error());
  return std::move(schema_);
}

}  // namespace minato::storage::sqlite::tables
