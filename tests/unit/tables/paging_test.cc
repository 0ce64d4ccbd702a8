#include <algorithm>
#include <random>

#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnType;
using core::RowSort;
using core::Value;

const storage::TableKey kKey{"b0000000-0000-4000-8000-000000000001", 1};

// Some columns have an index (many rows), some have nulls.
class Paging : public TableStoreTest {
 protected:
  void fill(int count) {
    core::TableSchema schema;
    schema.columns = {column("コード", ColumnType::kString), column("区分", ColumnType::kString),
                      column("数", ColumnType::kInteger), column("率", ColumnType::kNumber)};
    std::mt19937 random(42);
    for (int i = 0; i < count; ++i) {
      rows_.push_back({std::to_string(random() % 5'000),
                       random() % 7 == 0 ? kNull : Value("区" + std::to_string(random() % 9)),
                       random() % 5 == 0 ? kNull : integer(static_cast<int>(random() % 4)),
                       static_cast<double>(random() % 100) / 8});
    }
    schema_ = write(kKey, schema, rows_);
  }

  // What the order means, said in another way.
  Rows expected(const std::vector<RowSort>& sort) const {
    std::vector<std::size_t> order(rows_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      for (const RowSort& key : sort) {
        const Value left = value(a, key.operand.column);
        const Value right = value(b, key.operand.column);
        const bool left_null = left == kNull;
        const bool right_null = right == kNull;
        if (left_null != right_null) return key.nulls_first ? left_null : right_null;
        if (left != right) return key.descending ? right < left : left < right;
      }
      return a < b;
    });
    Rows numbers;
    for (const std::size_t i : order) numbers.push_back({static_cast<std::int64_t>(i + 1)});
    return numbers;
  }
  Value value(std::size_t row, int place) const {
    if (place == core::Operand::kRowId) return static_cast<std::int64_t>(row + 1);
    return rows_[row][static_cast<std::size_t>(place)];
  }

  Rows walk(core::RowQuery query) {
    Rows all;
    while (true) {
      const auto open = reader(kKey);
      auto cursor = open->rows(query);
      EXPECT_TRUE(cursor) << cursor.error().internal;
      std::int64_t got = 0;
      for (; *(*cursor)->next(); ++got) {
        all.push_back({core::to_value((*cursor)->values()[0])});
        query.after = (*cursor)->position();
      }
      if (got < query.limit) return all;
    }
  }

  Rows rows_;
  core::TableSchema schema_;
};

std::string said(const std::vector<RowSort>& sort) {
  std::string words;
  for (const RowSort& key : sort) {
    words += std::to_string(key.operand.column) + (key.descending ? " desc" : " asc") +
             (key.nulls_first ? " nulls first, " : " nulls last, ");
  }
  return words;
}

TEST_F(Paging, WalksThroughEveryRowInAnyOrder) {
  fill(2'600);
  ASSERT_TRUE(schema_.columns[0].indexed);
  ASSERT_TRUE(schema_.columns[1].indexed);
  ASSERT_FALSE(schema_.columns[3].indexed);
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    core::RowQuery query;
    query.columns = {core::Operand::kRowId};
    query.limit = 100 + static_cast<int>(random() % 900);
    for (auto keys = random() % 4; keys > 0; --keys) {
      query.sort.push_back(
          {{static_cast<int>(random() % 5) - 1}, random() % 2 == 0, random() % 2 == 0});
    }
    ASSERT_EQ(walk(query), expected(query.sort)) << said(query.sort);
    query.limit = -1;
    query.after.reset();
    ASSERT_EQ(ask(kKey, query), expected(query.sort)) << said(query.sort);
  }
}

TEST_F(Paging, GoesOnUnderAFilter) {
  fill(2'600);
  core::RowQuery query;
  query.columns = {core::Operand::kRowId};
  query.limit = 50;
  query.filter = test_of(2, core::FilterOp::kGe, {integer(2)});
  query.sort = {{{1}, false, false}};
  Rows wanted = expected(query.sort);
  std::erase_if(wanted, [&](const Row& row) {
    const Value v = value(static_cast<std::size_t>(std::get<std::int64_t>(row[0]) - 1), 2);
    return v == kNull || std::get<std::int64_t>(v) < 2;
  });
  EXPECT_EQ(walk(query), wanted);
}

TEST_F(Paging, SkipsAndLimits) {
  fill(2'600);
  core::RowQuery query;
  query.columns = {core::Operand::kRowId};
  query.sort = {{{1}, true, true}};
  query.offset = 333;
  query.limit = 10;
  const Rows all = expected(query.sort);
  EXPECT_EQ(ask(kKey, query), Rows(all.begin() + 333, all.begin() + 343));
  query.limit = 0;
  EXPECT_EQ(ask(kKey, query), Rows{});
}

TEST_F(Paging, ReturnsDistinctValuesOnce) {
  fill(2'600);
  core::RowQuery query;
  query.columns = {2};
  query.distinct = true;
  query.sort = {{{2}, true, false}};
  EXPECT_EQ(ask(kKey, query),
            (Rows{{integer(3)}, {integer(2)}, {integer(1)}, {integer(0)}, {kNull}}));
}

TEST_F(Paging, RefusesAPositionOfAnotherOrder) {
  fill(10);
  core::RowQuery query;
  query.columns = {0};
  query.after = core::RowPosition{{text("x")}, 3};
  const auto refused = reader(kKey)->rows(query);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "cursor-mismatch");
}

}  // namespace
}  // namespace minato::test
