#include <gtest/gtest.h>

#include "imports_fixture.h"
#include "service/imports/table_difference.h"
#include "storage/sqlite/tables/open_table_store.h"

namespace minato::service {
namespace {

using core::ColumnType;
using core::Value;
using testing::ElementsAre;
using testing::Pair;

struct Column {
  std::string name;
  ColumnType type = ColumnType::kString;
};

class Difference : public testing::Test {
 protected:
  void write(std::int64_t version, const std::vector<Column>& columns,
             const std::vector<std::vector<Value>>& rows) {
    core::TableSchema schema;
    for (const Column& column : columns) {
      auto& added = schema.columns.emplace_back();
      added.name = column.name;
      added.type = column.type;
    }
    auto writer = value_of(tables_->create({"t", version}, schema));
    for (const auto& row : rows) {
      std::vector<core::ValueView> views;
      for (const Value& value : row) views.push_back(core::to_view(value));
      check(writer->append(views));
    }
    value_of(writer->finish({}));
  }
  core::TableDifference compare(const std::vector<std::string>& primary_key = {},
                                std::int64_t limit = 1'000) {
    return value_of(compare_tables({{"t", 1}, {"t", 2}, primary_key}, *tables_, {limit, {}}));
  }
  static std::vector<std::int64_t> rows_of(const core::TableDifference& difference) {
    return {difference.rows_added, difference.rows_removed, difference.rows_changed};
  }

  test::TempDir folder_;
  std::unique_ptr<storage::TableStore> tables_ =
      value_of(storage::sqlite::tables::open_table_store(folder_.path()));
};

const std::vector<Column> kPlaces{{"名称"}, {"人数", ColumnType::kInteger}};

TEST_F(Difference, RowsAreToldApartByAUniqueColumn) {
  write(1, kPlaces, {{"本館", 1}, {"分館", 2}, {"東館", 3}});
  write(2, kPlaces, {{"新館", 9}, {"東館", 3}, {"本館", 5}});
  const auto difference = compare();
  EXPECT_EQ(difference.compared_by, "unique_column");
  EXPECT_THAT(rows_of(difference), ElementsAre(1, 1, 1));
  EXPECT_EQ(difference.rows_before, 3);
  EXPECT_EQ(difference.rows_after, 3);
  EXPECT_EQ(difference.old_version, 1);
}

TEST_F(Difference, ThePrimaryKeyGoesFirst) {
  write(1, {{"年"}, {"月"}, {"値"}}, {{"2023", "1", "a"}, {"2023", "2", "b"}, {"2024", "1", "c"}});
  write(2, {{"年"}, {"月"}, {"値"}}, {{"2023", "1", "b"}, {"2023", "2", "a"}, {"2024", "2", "d"}});
  const auto difference = compare({"年", "月"});
  EXPECT_EQ(difference.compared_by, "primary_key");
  EXPECT_THAT(rows_of(difference), ElementsAre(1, 1, 2));
}

TEST_F(Difference, WithoutAKeyRowsAreComparedAsWholes) {
  write(1, kPlaces, {{"a", 1}, {"a", 1}, {"b", 2}});
  write(2, kPlaces, {{"a", 1}, {"b", 2}, {"b", 3}});
  const auto difference = compare();
  EXPECT_EQ(difference.compared_by, "whole_rows");
  EXPECT_THAT(rows_of(difference), ElementsAre(1, 1, 0));
}

TEST_F(Difference, ARowCounterNamesNoRow) {
  const std::vector<Column> columns{{"No", ColumnType::kInteger}, {"名称"}};
  write(1, columns, {{1, "a"}, {2, "b"}, {3, "c"}});
  write(2, columns, {{1, "x"}, {2, "a"}, {3, "b"}, {4, "c"}});
  const auto difference = compare();
  EXPECT_EQ(difference.compared_by, "unique_column");
  EXPECT_EQ(difference.rows_added, 1);
  EXPECT_EQ(difference.rows_removed, 0);
}

TEST_F(Difference, ColumnsComeAndGo) {
  write(1, {{"名称"}, {"住所"}, {"電話"}}, {{"a", "一丁目", "046"}, {"b", "二丁目", "045"}});
  write(2, {{"名称"}, {"電話"}, {"定員", ColumnType::kInteger}},
        {{"a", "046", 3}, {"b", "045", 4}});
  const auto difference = compare();
  EXPECT_THAT(difference.columns_removed, ElementsAre("住所"));
  EXPECT_THAT(difference.columns_added, ElementsAre("定員"));
  EXPECT_TRUE(difference.columns_renamed.empty());
  EXPECT_THAT(rows_of(difference), ElementsAre(0, 0, 0)) << "only columns of both count";
}

TEST_F(Difference, ARenamedColumnIsNotGone) {
  write(1, {{"名称"}, {"TEL"}}, {{"a", "046-1"}, {"b", "045-2"}, {"c", "044-3"}});
  write(2, {{"名称"}, {"電話番号"}}, {{"a", "046-1"}, {"b", "045-2"}, {"c", "044-9"}});
  const auto difference = compare();
  EXPECT_THAT(difference.columns_renamed, ElementsAre(Pair("TEL", "電話番号")));
  EXPECT_TRUE(difference.columns_removed.empty());
  EXPECT_TRUE(difference.columns_added.empty());
  EXPECT_THAT(rows_of(difference), ElementsAre(0, 0, 1));
}

TEST_F(Difference, ANewColumnWithOtherValuesIsNoRenamedOne) {
  write(1, {{"名称"}, {"TEL"}}, {{"a", "046-1"}, {"b", "045-2"}});
  write(2, {{"名称"}, {"備考"}}, {{"a", "夜間休館"}, {"b", ""}});
  EXPECT_THAT(compare().columns_removed, ElementsAre("TEL"));
}

TEST_F(Difference, AnotherTypeWithTheSameValuesIsNoChange) {
  write(1, {{"名称"}, {"数", ColumnType::kInteger}}, {{"a", 10}, {"b", 20}});
  write(2, {{"名称"}, {"数"}}, {{"a", "10"}, {"b", "20 "}});
  EXPECT_THAT(rows_of(compare()), ElementsAre(0, 0, 1));
}

TEST_F(Difference, OfVeryManyRowsOnlyTheNumberIsCompared) {
  write(1, kPlaces, {{"a", 1}, {"b", 2}, {"c", 3}});
  write(2, kPlaces, {{"x", 1}, {"y", 2}});
  const auto difference = compare({}, 4);
  EXPECT_EQ(difference.compared_by, "counts_only");
  EXPECT_THAT(rows_of(difference), ElementsAre(0, 1, 0));
}

TEST_F(Difference, ATableWithOtherColumnsHasOtherRows) {
  write(1, kPlaces, {{"a", 1}});
  write(2, {{"x"}, {"y"}, {"z"}}, {{"1", "2", "3"}, {"4", "5", "6"}});
  EXPECT_THAT(rows_of(compare()), ElementsAre(2, 1, 0));
}

TEST_F(Difference, StopsWhenAskedTo) {
  write(1, kPlaces, {{"a", 1}});
  write(2, kPlaces, {{"b", 1}});
  const auto stopped =
      compare_tables({{"t", 1}, {"t", 2}, {}}, *tables_, {1'000, [] { return false; }});
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().id, "import-stopped");
}

}  // namespace
}  // namespace minato::service
