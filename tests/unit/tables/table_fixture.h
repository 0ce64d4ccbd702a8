// A store in a folder of its own, and short ways to fill and ask it. The tests know only the
// interface, so another engine can run them.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/table_store.h"
#include "support/temp_dir.h"

namespace minato::test {

using Row = std::vector<core::Value>;
using Rows = std::vector<Row>;

inline core::TableColumn column(std::string name, core::ColumnType type,
                                core::ColumnRole role = core::ColumnRole::kNone) {
  core::TableColumn made;
  made.name = std::move(name);
  made.type = type;
  made.role = role;
  return made;
}

inline core::Value text(const char* value) { return std::string(value); }
inline core::Value integer(std::int64_t value) { return value; }
inline const core::Value kNull;

core::Filter test_of(int column, core::FilterOp op, std::vector<core::Value> values);
core::Filter all_of(std::vector<core::Filter> children);
core::Filter any_of(std::vector<core::Filter> children);
core::Filter not_of(core::Filter child);

inline core::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(30); }

class TableStoreTest : public testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen();

  // Writes a version, in place of the one of that number; fails the test when that fails.
  core::TableSchema write(const storage::TableKey& key, const core::TableSchema& schema,
                          const Rows& rows);
  Rows ask(const storage::TableKey& key, const core::RowQuery& query);
  // Row numbers that match, in their order.
  std::vector<std::int64_t> matching(const storage::TableKey& key, const core::Filter& filter);
  Rows aggregate(const storage::TableKey& key, const core::AggregateQuery& query);
  std::unique_ptr<storage::TableReader> reader(const storage::TableKey& key);

  TempDir folder_;
  std::unique_ptr<storage::TableStore> store_;
};

// All rows of the cursor, with copies of the values.
Rows drain(storage::RowCursor& cursor);

}  // namespace minato::test
