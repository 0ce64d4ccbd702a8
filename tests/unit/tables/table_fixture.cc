#include "table_fixture.h"

#include "storage/sqlite/tables/open_table_store.h"

namespace minato::test {

using core::Filter;

Filter test_of(int column, core::FilterOp op, std::vector<core::Value> values) {
  Filter filter;
  filter.kind = Filter::Kind::kTest;
  filter.op = op;
  filter.operand.column = column;
  filter.values = std::move(values);
  return filter;
}

Filter all_of(std::vector<Filter> children) {
  Filter filter;
  filter.kind = Filter::Kind::kAnd;
  filter.children = std::move(children);
  return filter;
}

Filter any_of(std::vector<Filter> children) {
  Filter filter;
  filter.kind = Filter::Kind::kOr;
  filter.children = std::move(children);
  return filter;
}

Filter not_of(Filter child) {
  Filter filter;
  filter.kind = Filter::Kind::kNot;
  filter.children.push_back(std::move(child));
  return filter;
}

void TableStoreTest::reopen() {
  store_.reset();
  auto opened = storage::sqlite::tables::open_table_store(folder_.path());
  ASSERT_TRUE(opened) << opened.error().internal;
  store_ = std::move(*opened);
}

core::TableSchema TableStoreTest::write(const storage::TableKey& key,
                                        const core::TableSchema& schema, const Rows& rows) {
  EXPECT_TRUE(store_->remove(key));
  auto writer = store_->create(key, schema);
  EXPECT_TRUE(writer) << writer.error().internal;
  std::vector<core::ValueView> views;
  for (const Row& row : rows) {
    views.clear();
    for (const core::Value& value : row) views.push_back(core::to_view(value));
    const auto appended = (*writer)->append(views);
    EXPECT_TRUE(appended) << appended.error().internal;
  }
  auto finished = (*writer)->finish({});
  EXPECT_TRUE(finished) << finished.error().internal;
  return finished ? *finished : core::TableSchema{};
}

std::unique_ptr<storage::TableReader> TableStoreTest::reader(const storage::TableKey& key) {
  auto opened = store_->read(key, soon());
  EXPECT_TRUE(opened) << opened.error().internal;
  return std::move(*opened);
}

Rows drain(storage::RowCursor& cursor) {
  Rows rows;
  while (true) {
    const auto more = cursor.next();
    EXPECT_TRUE(more) << more.error().internal;
    if (!more || !*more) return rows;
    Row& row = rows.emplace_back();
    for (const auto& value : cursor.values()) row.push_back(core::to_value(value));
  }
}

Rows TableStoreTest::ask(const storage::TableKey& key, const core::RowQuery& query) {
  const auto open = reader(key);
  auto cursor = open->rows(query);
  EXPECT_TRUE(cursor) << cursor.error().id << cursor.error().internal;
  return cursor ? drain(**cursor) : Rows{};
}

std::vector<std::int64_t> TableStoreTest::matching(const storage::TableKey& key,
                                                   const Filter& filter) {
  core::RowQuery query;
  query.filter = filter;
  query.columns = {core::Operand::kRowId};
  query.limit = -1;
  std::vector<std::int64_t> numbers;
  for (const Row& row : ask(key, query)) numbers.push_back(std::get<std::int64_t>(row[0]));
  return numbers;
}

Rows TableStoreTest::aggregate(const storage::TableKey& key, const core::AggregateQuery& query) {
  const auto open = reader(key);
  auto cursor = open->aggregate(query);
  EXPECT_TRUE(cursor) << cursor.error().id << cursor.error().internal;
  return cursor ? drain(**cursor) : Rows{};
}

}  // namespace minato::test
