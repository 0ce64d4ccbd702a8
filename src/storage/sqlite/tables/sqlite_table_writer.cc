#include "storage/sqlite/tables/sqlite_table_writer.h"

#include <string>
#include <utility>

#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/table_document.h"
#include "storage/sqlite/tables/table_error.h"
#include "storage/sqlite/tables/table_finish.h"
#include "storage/sqlite/tables/table_limits.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::Result;

// Rows are only added at the end: what fits into the processor's cache is written fastest.
constexpr int kInsertCacheKib = 2 * 1024;

core::TableSchema without_statistics(core::TableSchema schema) {
  schema.rows = 0;
  schema.bbox.reset();
  for (auto& column : schema.columns) {
    column.indexed = false;
    column.statistics = {};
  }
  return schema;
}

}  // namespace

Result<std::unique_ptr<SqliteTableWriter>> SqliteTableWriter::open(
    const TableFiles& files, const TableKey& key, const core::TableSchema& schema) {
  using Writer = std::unique_ptr<SqliteTableWriter>;
  if (schema.columns.size() > kMaxColumns) {
    const std::string most = std::to_string(kMaxColumns);
    return core::fail(
        core::ErrorCode::kInvalidArgument, "table-too-wide",
        {"列が多すぎます（" + std::to_string(schema.columns.size()) + " 列）。",
         "The table has too many columns (" + std::to_string(schema.columns.size()) + ")."},
        {most + " 列以内に分割してください。",
         "Split it into tables of at most " + most + " columns."});
  }
  if (schema.columns.empty()) {
    return core::fail(
        core::ErrorCode::kInvalidArgument, "table-without-columns",
        {"列がありません。", "The table has no column."},
        {"見出し行のある表を用意してください。", "Provide a table with a header row."});
  }
  auto draft = files.draft();
  if (!draft) return tl::unexpected(draft.error());
  return table_guarded([&]() -> Result<Writer> {
    Writer writer(new SqliteTableWriter(files, key, schema, std::move(*draft)));
    writer->create_tables();
    return writer;
  });
}

SqliteTableWriter::SqliteTableWriter(const TableFiles& files, TableKey key,
                                     const core::TableSchema& schema, TableDraft draft)
    : files_(files),
      key_(std::move(key)),
      schema_(without_statistics(schema)),
      draft_(std::move(draft)),
      profile_(schema),
      inserting_([this](const RowBatch& batch) { return insert(batch); }),
      profiling_([this](const RowBatch& batch) {
        profile_.add(batch);
        return Result<void>();
      }) {
  connection_ = std::make_unique<Connection>(
      ConnectionOptions{draft_.path(), ConnectionOptions::Access::kDraft, kInsertCacheKib});
}

void SqliteTableWriter::create_tables() {
  std::string columns;
  for (std::size_t i = 0; i < schema_.columns.size(); ++i) columns += ", " + alias(i);
  connection_->run("BEGIN; CREATE TABLE rows(id INTEGER PRIMARY KEY" + columns + ")");
  create_document_tables(*connection_);
}

Result<void> SqliteTableWriter::check(std::span<const core::ValueView> row) const {
  if (row.size() != schema_.columns.size()) return core::fail_internal("append: number of values");
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!std::holds_alternative<std::monostate>(row[i]) && !fits(row[i], schema_.columns[i].type)) {
      return core::fail_internal("append: type of column " + std::to_string(i + 1));
    }
  }
  return {};
}

Result<void> SqliteTableWriter::append(std::span<const core::ValueView> row) {
  if (auto checked = check(row); !checked) return checked;
  if (!batch_) batch_ = std::make_shared<RowBatch>(schema_.columns.size());
  batch_->append(++schema_.rows, row);
  return batch_->full() ? hand_over() : Result<void>();
}

Result<void> SqliteTableWriter::hand_over() {
  const std::shared_ptr<const RowBatch> batch = std::move(batch_);
  batch_.reset();
  if (auto pushed = inserting_.push(batch); !pushed) return pushed;
  return profiling_.push(batch);
}

Result<void> SqliteTableWriter::insert(const RowBatch& batch) {
  return table_guarded([&]() -> Result<void> {
    std::string sql = "INSERT INTO rows VALUES(?";
    for (std::size_t i = 0; i < schema_.columns.size(); ++i) sql += ",?";
    Statement insert = connection_->prepare(sql + ")");
    for (std::size_t i = 0; i < batch.rows(); ++i) {
      insert.bind(1, batch.number(i));
      int index = 1;
      for (const core::ValueView& value : batch.row(i)) bind_value(insert, ++index, value);
      insert.run();
    }
    draft_.begin_writing_out();
    return {};
  });
}

Result<core::TableSchema> SqliteTableWriter::finish(const ReadingNotes& notes) {
  const auto inserted = inserting_.finish();
  if (!inserted) return tl::unexpected(inserted.error());
  if (auto profiled = profiling_.finish(); !profiled) return tl::unexpected(profiled.error());
  if (batch_) {
    if (auto last = insert(*batch_); !last) return tl::unexpected(last.error());
    profile_.add(*batch_);
    batch_.reset();
  }
  auto written = table_guarded([&] { return write_rest(notes); });
  if (!written) return tl::unexpected(written.error());
  connection_.reset();
  auto published = files_.publish(std::move(draft_), key_, TableFile::kRows);
  if (!published) return tl::unexpected(published.error());
  return std::move(schema_);
}

Result<void> SqliteTableWriter::write_rest(const ReadingNotes& notes) {
  finish_table({*connection_, draft_, profile_, schema_}, {notes, {}, schema_.rows + 1});
  connection_->run("COMMIT");
  return {};
}

}  // namespace minato::storage::sqlite::tables
