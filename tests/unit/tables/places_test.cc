#include <algorithm>
#include <random>

#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnRole;
using core::ColumnType;
using core::FilterOp;
using Numbers = std::vector<std::int64_t>;

const storage::TableKey kKey{"e0000000-0000-4000-8000-000000000001", 1};

class Places : public TableStoreTest {
 protected:
  core::TableSchema fill(int count) {
    core::TableSchema schema;
    schema.columns = {column("緯度", ColumnType::kNumber, ColumnRole::kLatitude),
                      column("経度", ColumnType::kNumber, ColumnRole::kLongitude)};
    std::mt19937 random(5);
    std::uniform_real_distribution<double> latitude(35.1, 35.7);
    std::uniform_real_distribution<double> longitude(138.9, 139.8);
    for (int i = 0; i < count; ++i) {
      if (i % 50 == 7) {
        rows_.push_back({i % 100 == 7 ? kNull : core::Value(135.0), 139.5});  // not degrees
      } else {
        rows_.push_back({latitude(random), longitude(random)});
      }
    }
    return write(kKey, schema, rows_);
  }
  double at(std::size_t row, std::size_t place) { return std::get<double>(rows_[row][place]); }
  Numbers in_box(double west, double south, double east, double north) {
    Numbers found;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i][0] == kNull) continue;
      if (at(i, 0) >= south && at(i, 0) <= north && at(i, 1) >= west && at(i, 1) <= east) {
        found.push_back(static_cast<std::int64_t>(i + 1));
      }
    }
    return found;
  }

  Rows rows_;
};

TEST_F(Places, ZeroAndZeroIsNowhere) {
  core::TableSchema schema;
  schema.columns = {column("緯度", ColumnType::kNumber, ColumnRole::kLatitude),
                    column("経度", ColumnType::kNumber, ColumnRole::kLongitude)};
  const auto written = write(kKey, schema, {{35.4, 139.6}, {0.0, 0.0}, {35.5, 139.5}});
  ASSERT_TRUE(written.bbox);
  EXPECT_EQ(written.bbox->south, 35.4);
  EXPECT_EQ(written.bbox->west, 139.5);
}

// 20,000 rows have an index of three levels, 100 rows have none.
TEST_F(Places, AreFoundInABox) {
  for (const int count : {100, 20'000}) {
    rows_.clear();
    fill(count);
    for (int i = 0; i < 20; ++i) {
      const double west = 138.9 + i * 0.03;
      const double south = 35.1 + i * 0.02;
      EXPECT_EQ(matching(kKey, test_of(core::Operand::kRowId, FilterOp::kInBbox,
                                       {west, south, west + 0.07, south + 0.11})),
                in_box(west, south, west + 0.07, south + 0.11));
    }
    const double x = at(0, 1);
    const double y = at(0, 0);
    EXPECT_EQ(matching(kKey, test_of(-1, FilterOp::kInBbox, {x, y, x, y})), (Numbers{1}));
  }
}

TEST_F(Places, GiveABoundingBoxOfValidOnes) {
  const auto schema = fill(3'000);
  ASSERT_TRUE(schema.bbox);
  EXPECT_GE(schema.bbox->south, 35.1);
  EXPECT_LE(schema.bbox->north, 35.7);
}

TEST_F(Places, AreTheSameByDistanceAndByItsNegation) {
  fill(20'000);
  const auto near = test_of(-1, FilterOp::kWithinDistance, {35.44, 139.64, integer(3'000)});
  const auto within = matching(kKey, near);
  const auto beyond = matching(kKey, not_of(near));
  EXPECT_GT(within.size(), 50U);
  EXPECT_EQ(within.size() + beyond.size(), 20'000U - 400U) << "400 have no place";
}

TEST_F(Places, ComeNearestFirstAndPageByPage) {
  fill(5'000);
  core::RowQuery query;
  query.columns = {core::Operand::kRowId};
  query.near = core::Near{35.44, 139.64, 10'000.0};
  query.limit = -1;
  const Rows all = ask(kKey, query);
  ASSERT_GT(all.size(), 100U);
  query.limit = 33;
  Rows walked;
  double farthest = 0;
  for (std::size_t page = 0; page * 33 < all.size(); ++page) {
    const auto open = reader(kKey);
    auto cursor = open->rows(query);
    ASSERT_TRUE(cursor);
    while (*(*cursor)->next()) {
      walked.push_back({core::to_value((*cursor)->values()[0])});
      query.after = (*cursor)->position();
      const double distance = std::get<double>(query.after->keys[0]);
      EXPECT_GE(distance, farthest);
      EXPECT_LE(distance, 10'000);
      farthest = distance;
    }
  }
  EXPECT_EQ(walked, all);
  query.near->metres.reset();
  query.after.reset();
  query.limit = -1;
  EXPECT_EQ(ask(kKey, query).size(), 5'000U) << "rows without a place come last";
}

TEST_F(Places, AreReadFromOneCell) {
  core::TableSchema schema;
  schema.columns = {column("位置", ColumnType::kString, ColumnRole::kPoint)};
  write(kKey, schema, {{text("35.44,139.64")}, {text("(35.45, 139.65)")}, {text("不明")}, {kNull}});
  EXPECT_EQ(matching(kKey, test_of(-1, FilterOp::kInBbox, {139.0, 35.0, 140.0, 36.0})),
            (Numbers{1, 2}));
  EXPECT_EQ(matching(kKey, test_of(-1, FilterOp::kWithinDistance, {35.44, 139.64, 10.0})),
            (Numbers{1}));
}

}  // namespace
}  // namespace minato::test
