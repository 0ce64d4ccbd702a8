#include <limits>

#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnType;
using core::Measure;

const storage::TableKey kKey{"f0000000-0000-4000-8000-000000000001", 1};

class Aggregates : public TableStoreTest {
 protected:
  void SetUp() override {
    TableStoreTest::SetUp();
    core::TableSchema schema;
    schema.columns = {column("市", ColumnType::kString), column("数", ColumnType::kInteger),
                      column("日", ColumnType::kDate), column("可", ColumnType::kBoolean)};
    constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
    write(kKey, schema,
          {{text("横浜"), integer(1), text("2024-01-05"), true},
           {text("川崎"), integer(kHuge), text("2024-02-05"), false},
           {text("横浜"), integer(4), text("2023-01-05"), false},
           {kNull, integer(7), kNull, kNull},
           {text("川崎"), integer(kHuge), text("2023-03-05"), kNull},
           {text("横浜"), kNull, text("2023-01-05"), true}});
  }
  static core::AggregateQuery by_city(std::vector<core::MeasureExpr> measures) {
    core::AggregateQuery query;
    query.groups = {{0}};
    query.measures = std::move(measures);
    return query;
  }
};

TEST_F(Aggregates, ShowGroupsInOrderAndNullLast) {
  EXPECT_EQ(aggregate(kKey, by_city({{Measure::kCount, {}, "n"},
                                     {Measure::kAvg, {{1}}, "a"},
                                     {Measure::kMax, {{3}}, "m"}})),
            (Rows{{text("川崎"), integer(2), 9223372036854775807.0, false},
                  {text("横浜"), integer(3), 2.5, true},
                  {kNull, integer(1), 7.0, kNull}}));
}

TEST_F(Aggregates, SumBeyondIntegersAsReals) {
  EXPECT_EQ(aggregate(kKey, by_city({{Measure::kSum, {{1}}, "s"}})),
            (Rows{{text("川崎"), 18446744073709551614.0},
                  {text("横浜"), integer(5)},
                  {kNull, integer(7)}}));
}

TEST_F(Aggregates, TakeHavingSortAndLimit) {
  auto query = by_city({{Measure::kCount, {}, "n"}, {Measure::kCountDistinct, {{1}}, "d"}});
  query.having = test_of(1, core::FilterOp::kGe, {integer(2)});
  query.sort = {{{1}, true, false}};
  EXPECT_EQ(aggregate(kKey, query),
            (Rows{{text("横浜"), integer(3), integer(2)}, {text("川崎"), integer(2), integer(1)}}));
  query.limit = 1;
  query.offset = 1;
  EXPECT_EQ(aggregate(kKey, query), (Rows{{text("川崎"), integer(2), integer(1)}}));
}

TEST_F(Aggregates, GroupByFunctions) {
  core::AggregateQuery query;
  query.groups = {{2, core::ColumnFunction::kYear}, {2, core::ColumnFunction::kMonth}};
  query.measures = {{Measure::kCount, {}, "n"}};
  query.filter = test_of(2, core::FilterOp::kNotNull, {});
  EXPECT_EQ(aggregate(kKey, query), (Rows{{integer(2023), integer(1), integer(2)},
                                          {integer(2023), integer(3), integer(1)},
                                          {integer(2024), integer(1), integer(1)},
                                          {integer(2024), integer(2), integer(1)}}));
}

TEST_F(Aggregates, AreOneRowWithoutGroups) {
  core::AggregateQuery query;
  query.measures = {{Measure::kCount, {}, "n"}, {Measure::kMin, {{2}}, "m"}};
  query.filter = test_of(0, core::FilterOp::kEq, {text("小田原")});
  EXPECT_EQ(aggregate(kKey, query), (Rows{{integer(0), kNull}}));
  query.filter = {};
  EXPECT_EQ(aggregate(kKey, query), (Rows{{integer(6), text("2023-01-05")}}));
}

}  // namespace
}  // namespace minato::test
