#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnFunction;
using core::ColumnType;
using core::Filter;
using core::FilterOp;
using Numbers = std::vector<std::int64_t>;

const storage::TableKey kKey{"a0000000-0000-4000-8000-000000000001", 1};
enum Place { kName, kCount, kRate, kOpen, kDay };

class RowFilter : public TableStoreTest {
 protected:
  void SetUp() override {
    TableStoreTest::SetUp();
    core::TableSchema schema;
    schema.columns = {column("名称", ColumnType::kString), column("数", ColumnType::kInteger),
                      column("率", ColumnType::kNumber), column("開館", ColumnType::kBoolean),
                      column("日", ColumnType::kDate)};
    write(kKey, schema,
          {{text("中央図書館"), integer(10), 0.5, true, text("2024-04-01")},
           {text("Library_A"), integer(20), 1.0, false, text("2024-12-31")},
           {text("100%図書"), integer(-5), 2.5, true, text("2023-04-05")},
           {kNull, kNull, kNull, kNull, kNull},
           {text("ＡＢＣ館"), integer(20), -1.5, false, text("1950-01-01")}});
  }
  Numbers rows(int place, FilterOp op, std::vector<core::Value> values) {
    return matching(kKey, test_of(place, op, std::move(values)));
  }
  Numbers with_function(Place place, ColumnFunction function, FilterOp op, core::Value value) {
    Filter filter = test_of(place, op, {std::move(value)});
    filter.operand.function = function;
    return matching(kKey, filter);
  }
};

TEST_F(RowFilter, ComparesAndLeavesNullsOut) {
  EXPECT_EQ(rows(kCount, FilterOp::kEq, {integer(20)}), (Numbers{2, 5}));
  EXPECT_EQ(rows(kCount, FilterOp::kNe, {integer(20)}), (Numbers{1, 3}));
  EXPECT_EQ(rows(kCount, FilterOp::kLt, {integer(10)}), (Numbers{3}));
  EXPECT_EQ(rows(kCount, FilterOp::kLe, {integer(10)}), (Numbers{1, 3}));
  EXPECT_EQ(rows(kRate, FilterOp::kGt, {0.5}), (Numbers{2, 3}));
  EXPECT_EQ(rows(kRate, FilterOp::kGe, {integer(1)}), (Numbers{2, 3}));
  EXPECT_EQ(rows(kOpen, FilterOp::kEq, {true}), (Numbers{1, 3}));
  EXPECT_EQ(rows(kDay, FilterOp::kGe, {text("2024-01-01")}), (Numbers{1, 2}));
  EXPECT_EQ(rows(kCount, FilterOp::kBetween, {integer(-5), integer(10)}), (Numbers{1, 3}));
}

TEST_F(RowFilter, ComparesRowNumbers) {
  EXPECT_EQ(rows(core::Operand::kRowId, FilterOp::kGt, {integer(3)}), (Numbers{4, 5}));
}

TEST_F(RowFilter, LooksIntoLists) {
  EXPECT_EQ(rows(kCount, FilterOp::kIn, {integer(10), integer(-5)}), (Numbers{1, 3}));
  EXPECT_EQ(rows(kCount, FilterOp::kNotIn, {integer(20)}), (Numbers{1, 3}));
  EXPECT_EQ(rows(kCount, FilterOp::kIn, {}), Numbers{});
  std::vector<core::Value> many(1'000, integer(7));
  many.back() = integer(10);
  EXPECT_EQ(rows(kCount, FilterOp::kIn, many), (Numbers{1}));
}

TEST_F(RowFilter, FindsNulls) {
  EXPECT_EQ(rows(kName, FilterOp::kIsNull, {}), (Numbers{4}));
  EXPECT_EQ(rows(kName, FilterOp::kNotNull, {}), (Numbers{1, 2, 3, 5}));
}

TEST_F(RowFilter, ComparesPartsOfTexts) {
  EXPECT_EQ(rows(kName, FilterOp::kStartsWith, {text("中央")}), (Numbers{1}));
  EXPECT_EQ(rows(kName, FilterOp::kStartsWith, {text("")}), (Numbers{1, 2, 3, 5}));
  EXPECT_EQ(rows(kName, FilterOp::kEndsWith, {text("館")}), (Numbers{1, 5}));
  EXPECT_EQ(rows(kName, FilterOp::kContains, {text("図書")}), (Numbers{1, 3}));
  EXPECT_EQ(rows(kName, FilterOp::kContains, {text("library")}), Numbers{});
  EXPECT_EQ(rows(kName, FilterOp::kLike, {text("library%")}), (Numbers{2}));
  EXPECT_EQ(rows(kName, FilterOp::kLike, {text("%0\\%%")}), (Numbers{3}));
  EXPECT_EQ(rows(kName, FilterOp::kLike, {text("Library\\__")}), (Numbers{2}));
}

TEST_F(RowFilter, AppliesFunctions) {
  EXPECT_EQ(with_function(kName, ColumnFunction::kLower, FilterOp::kEq, text("ａｂｃ館")),
            (Numbers{5}));
  EXPECT_EQ(with_function(kDay, ColumnFunction::kYear, FilterOp::kEq, integer(2024)),
            (Numbers{1, 2}));
  EXPECT_EQ(with_function(kDay, ColumnFunction::kYear, FilterOp::kLt, integer(2024)),
            (Numbers{3, 5}));
  EXPECT_EQ(with_function(kDay, ColumnFunction::kMonth, FilterOp::kEq, integer(4)),
            (Numbers{1, 3}));
}

TEST_F(RowFilter, CombinesAsSqlDoes) {
  const Filter twenty = test_of(kCount, FilterOp::kEq, {integer(20)});
  const Filter open = test_of(kOpen, FilterOp::kEq, {true});
  EXPECT_EQ(matching(kKey, any_of({twenty, open})), (Numbers{1, 2, 3, 5}));
  EXPECT_EQ(matching(kKey, all_of({twenty, open})), Numbers{});
  EXPECT_EQ(matching(kKey, not_of(twenty)), (Numbers{1, 3}));
  EXPECT_EQ(matching(kKey, not_of(test_of(kName, FilterOp::kSearch, {text("図書")}))),
            (Numbers{2, 5}));
  EXPECT_EQ(matching(kKey, all_of({})).size(), 5U);
  EXPECT_EQ(matching(kKey, any_of({})), Numbers{});
}

TEST_F(RowFilter, TakesThousandsOfConditions) {
  std::vector<Filter> many(3'000, test_of(kCount, FilterOp::kEq, {integer(1)}));
  many.push_back(test_of(kCount, FilterOp::kEq, {integer(10)}));
  EXPECT_EQ(matching(kKey, any_of(std::move(many))), (Numbers{1}));
}

TEST_F(RowFilter, RefusesColumnsThatAreNotThere) {
  core::RowQuery query;
  query.columns = {9};
  EXPECT_FALSE(reader(kKey)->rows(query));
  EXPECT_FALSE(reader(kKey)->count(test_of(9, FilterOp::kIsNull, {}), -1));
}

TEST_F(RowFilter, CountsWhatItFinds) {
  const auto open = reader(kKey);
  EXPECT_EQ(open->count({}, 0)->value, 5);
  EXPECT_EQ(open->count(test_of(kName, FilterOp::kIsNull, {}), 0)->value, 1);
  EXPECT_EQ(open->count(test_of(kCount, FilterOp::kEq, {integer(20)}), 0)->value, 2);
  EXPECT_EQ(open->count(test_of(kCount, FilterOp::kEq, {integer(21)}), 0)->value, 0);
  EXPECT_EQ(open->count(test_of(kRate, FilterOp::kEq, {integer(1)}), 0)->value, 1);
  const auto exact = open->count(test_of(kCount, FilterOp::kGt, {integer(0)}), -1);
  EXPECT_EQ(exact->value, 3);
  EXPECT_TRUE(exact->exact);
  const auto within = open->count(test_of(kCount, FilterOp::kGt, {integer(0)}), 2);
  EXPECT_LE(within->value, 3);
  EXPECT_FALSE(within->exact);
}

TEST_F(RowFilter, ReturnsTheColumnsAskedForInTheirTypes) {
  core::RowQuery query;
  query.columns = {kOpen, core::Operand::kRowId, kRate, kName};
  query.limit = 1;
  query.offset = 1;
  EXPECT_EQ(ask(kKey, query), (Rows{{false, integer(2), 1.0, text("Library_A")}}));
}

TEST_F(RowFilter, RefusesPlacesInATableWithout) {
  core::RowQuery query;
  query.columns = {kName};
  query.near = core::Near{35, 139, {}};
  const auto refused = reader(kKey)->rows(query);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "table-without-coordinates");
}

}  // namespace
}  // namespace minato::test
