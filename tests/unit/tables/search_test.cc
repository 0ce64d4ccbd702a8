#include <random>

#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnType;
using core::FilterOp;
using Numbers = std::vector<std::int64_t>;

const storage::TableKey kKey{"d0000000-0000-4000-8000-000000000001", 1};

class RowSearch : public TableStoreTest {
 protected:
  Numbers any(const char* words) {
    return matching(kKey, test_of(core::Operand::kRowId, FilterOp::kSearchAny, {text(words)}));
  }
  Numbers in(int place, const char* words) {
    return matching(kKey, test_of(place, FilterOp::kSearch, {text(words)}));
  }
};

TEST_F(RowSearch, FindsWordsAsTheCatalogueDoes) {
  core::TableSchema schema;
  schema.columns = {column("名称", ColumnType::kString), column("住所", ColumnType::kString),
                    column("年", ColumnType::kInteger)};
  write(kKey, schema,
        {{text("ｵｰﾌﾟﾝﾃﾞｰﾀ推進室"), text("横浜市中区"), integer(2024)},
         {text("RPA導入"), text("川崎市"), integer(20241)},
         {text("★印の店"), kNull, kNull},
         {kNull, text("横須賀市"), integer(1)}});
  EXPECT_EQ(any("オープンデータ"), (Numbers{1}));
  EXPECT_EQ(any("ＲＰＡ"), (Numbers{2}));
  EXPECT_EQ(any("rp"), Numbers{});
  EXPECT_EQ(any("市"), (Numbers{1, 2, 4}));
  EXPECT_EQ(any("推進 横浜市"), (Numbers{1}));
  EXPECT_EQ(any("2024"), (Numbers{1}));
  EXPECT_EQ(any("★"), (Numbers{3}));
  EXPECT_EQ(any("室横浜"), Numbers{}) << "a word in two columns";
  EXPECT_EQ(any("  "), (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(in(0, "推進 横浜"), Numbers{});
  EXPECT_EQ(in(1, "横須賀"), (Numbers{4}));
  EXPECT_EQ(in(1, "中区"), (Numbers{1}));
}

TEST_F(RowSearch, LooksThroughMoreColumnsThanACallTakes) {
  core::TableSchema schema;
  Row row;
  for (int i = 0; i < 300; ++i) {
    schema.columns.push_back(column("c" + std::to_string(i), ColumnType::kString));
    row.push_back(kNull);
  }
  row[3] = text("最初");
  row[290] = text("最後");
  write(kKey, schema, {row});
  EXPECT_EQ(any("最初 最後"), (Numbers{1}));
  EXPECT_EQ(any("最初 途中"), Numbers{});
}

TEST_F(RowSearch, AnswersTheSameWithAndWithoutAnIndex) {
  const std::vector<std::string> parts = {"横浜",  "中区", "図書館", "RPA",  "５", "令和", "市",
                                          "ﾊﾟｿｺﾝ", " ",    "★",      "年度", "12", "・",   "公園"};
  core::TableSchema schema;
  schema.columns = {column("a", ColumnType::kString), column("b", ColumnType::kString),
                    column("c", ColumnType::kInteger)};
  std::mt19937 random(3);
  const auto words = [&](unsigned most) {
    std::string made;
    for (auto count = 1 + random() % most; count > 0; --count)
      made += parts[random() % parts.size()];
    return made;
  };
  Rows rows;
  for (int i = 0; i < 70'000; ++i) {
    // Long ones are rare: candidates must be few for the index to be asked.
    rows.push_back(
        {i % 10 == 0 ? words(4) : "無", i % 100 == 0 ? core::Value(words(6)) : kNull, integer(i)});
  }
  write(kKey, schema, rows);
  std::vector<std::string> queries = {"69999", "図", "館", "令和5年度", "和5年", "パソコン 公園"};
  for (int i = 0; i < 12; ++i) queries.push_back(words(3));
  std::vector<Numbers> without;
  for (const auto& query : queries) {
    without.push_back(any(query.c_str()));
    without.push_back(in(1, query.c_str()));
  }
  const std::int64_t before = *store_->size(kKey);
  ASSERT_TRUE(store_->index_text(kKey));
  EXPECT_GT(*store_->size(kKey), before);
  ASSERT_TRUE(store_->index_text(kKey)) << "a second time";
  for (std::size_t i = 0; i < queries.size(); ++i) {
    EXPECT_EQ(any(queries[i].c_str()), without[2 * i]) << queries[i];
    EXPECT_EQ(in(1, queries[i].c_str()), without[2 * i + 1]) << queries[i];
  }
  EXPECT_FALSE(without[0].empty());
  EXPECT_FALSE(without[2].empty());
}

TEST_F(RowSearch, DoesNotUseTheIndexOfReplacedRows) {
  core::TableSchema schema;
  schema.columns = {column("a", ColumnType::kInteger)};
  Rows rows;
  for (int i = 0; i < 20'001; ++i) rows.push_back({integer(i)});
  write(kKey, schema, rows);
  ASSERT_TRUE(store_->index_text(kKey));
  EXPECT_EQ(any("7"), (Numbers{8}));
  rows[0] = {integer(7)};
  write(kKey, schema, rows);
  EXPECT_EQ(any("7"), (Numbers{1, 8}));
  ASSERT_TRUE(store_->index_text(kKey));
  EXPECT_EQ(any("7"), (Numbers{1, 8}));
}

}  // namespace
}  // namespace minato::test
