#include <map>
#include <random>

#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnType;
using core::Value;

const storage::TableKey kKey{"c0000000-0000-4000-8000-000000000001", 3};

class Statistics : public TableStoreTest {};

TEST_F(Statistics, AreExactForFewValues) {
  core::TableSchema schema;
  schema.columns = {column("a", ColumnType::kString), column("b", ColumnType::kInteger),
                    column("c", ColumnType::kNumber), column("d", ColumnType::kBoolean)};
  const auto written = write(kKey, schema,
                             {{text("い"), integer(-3), 1.5, true},
                              {text("あ"), integer(4), -0.5, true},
                              {text("い"), kNull, 1.5, false},
                              {text(""), integer(4), kNull, true}});
  EXPECT_EQ(written.rows, 4);
  const auto& a = written.columns[0].statistics;
  EXPECT_EQ(a.distinct, 3);
  EXPECT_TRUE(a.distinct_exact);
  EXPECT_EQ(a.min, text(""));
  EXPECT_EQ(a.max, text("い"));
  EXPECT_EQ(a.top,
            (std::vector<core::ValueCount>{{text("い"), 2}, {text("あ"), 1}, {text(""), 1}}));
  EXPECT_EQ(a.examples, (std::vector<Value>{text("い"), text("あ"), text("")}));
  const auto& b = written.columns[1].statistics;
  EXPECT_EQ(b.nulls, 1);
  EXPECT_EQ(b.min, integer(-3));
  EXPECT_EQ(b.max, integer(4));
  EXPECT_EQ(written.columns[2].statistics.min, Value(-0.5));
  EXPECT_EQ(written.columns[3].statistics.top,
            (std::vector<core::ValueCount>{{true, 3}, {false, 1}}));
}

TEST_F(Statistics, AreKeptInTheFile) {
  core::TableSchema schema;
  schema.columns = {column("a", ColumnType::kBoolean), column("緯度", ColumnType::kNumber)};
  schema.columns[0].title = "題";
  schema.columns[0].unit = "人";
  schema.columns[0].description = "説明";
  schema.columns[1].role = core::ColumnRole::kLatitude;
  write(kKey, schema, {{true, 35.5}, {kNull, 35.25}});
  reopen();
  const auto kept = store_->schema(kKey);
  ASSERT_TRUE(kept);
  EXPECT_EQ((*kept)->rows, 2);
  EXPECT_EQ((*kept)->columns[0].title, "題");
  EXPECT_EQ((*kept)->columns[0].unit, "人");
  EXPECT_EQ((*kept)->columns[0].description, "説明");
  EXPECT_EQ((*kept)->columns[0].type, ColumnType::kBoolean);
  EXPECT_EQ((*kept)->columns[0].statistics.max, Value(true));
  EXPECT_EQ((*kept)->columns[0].statistics.nulls, 1);
  EXPECT_EQ((*kept)->columns[1].role, core::ColumnRole::kLatitude);
  EXPECT_EQ((*kept)->columns[1].statistics.top.size(), 2U);
  EXPECT_EQ((*kept)->columns[1].statistics.examples, (std::vector<Value>{35.5, 35.25}));
}

// Enough rows for several batches and for the sketch.
TEST_F(Statistics, EstimateManyDistinctValuesWithinTwoPercent) {
  core::TableSchema schema;
  schema.columns = {column("number", ColumnType::kInteger), column("word", ColumnType::kString),
                    column("kind", ColumnType::kString)};
  auto writer = store_->create(kKey, schema);
  ASSERT_TRUE(writer);
  constexpr std::int64_t kRows = 150'000;
  std::map<std::string, std::int64_t> kinds;
  std::mt19937 random(1);
  for (std::int64_t i = 0; i < kRows; ++i) {
    const std::string word = "語" + std::to_string(i % 100'000);
    const std::string kind = "種" + std::to_string(random() % 30);
    ++kinds[kind];
    ASSERT_TRUE((*writer)->append(std::vector<core::ValueView>{i, word, kind}));
  }
  const auto written = (*writer)->finish({});
  ASSERT_TRUE(written);
  const auto& number = written->columns[0].statistics;
  EXPECT_FALSE(number.distinct_exact);
  EXPECT_NEAR(static_cast<double>(number.distinct), 150'000, 3'000);
  EXPECT_TRUE(number.top.empty());
  EXPECT_EQ(number.examples.size(), 5U);
  EXPECT_EQ(number.max, integer(kRows - 1));
  EXPECT_NEAR(static_cast<double>(written->columns[1].statistics.distinct), 100'000, 2'000);
  const auto& kind = written->columns[2].statistics;
  EXPECT_EQ(kind.distinct, 30);
  ASSERT_EQ(kind.top.size(), 30U);
  for (std::size_t i = 0; i < kind.top.size(); ++i) {
    EXPECT_EQ(kind.top[i].count, kinds[std::get<std::string>(kind.top[i].value)]);
    EXPECT_LE(kind.top[i].count, kind.top[i == 0 ? 0 : i - 1].count);
  }
  EXPECT_EQ(reader(kKey)->count(test_of(2, core::FilterOp::kEq, {text("種7")}), 0)->value,
            kinds["種7"]);
  EXPECT_EQ(matching(kKey, test_of(0, core::FilterOp::kGe, {integer(149'998)})),
            (std::vector<std::int64_t>{149'999, 150'000}));
}

}  // namespace
}  // namespace minato::test
