#include "web/table/table_state.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "web/frame/texts.h"
#include "web/table/conditions.h"
#include "web/table/form_target.h"

namespace minato::web {
namespace {

using http::Params;

core::TableSchema schema_of(const std::vector<std::pair<std::string, core::ColumnType>>& columns) {
  core::TableSchema schema;
  for (const auto& [name, type] : columns) {
    core::TableColumn column;
    column.name = name;
    column.type = type;
    schema.columns.push_back(column);
  }
  return schema;
}

class TableStates : public ::testing::Test {
 protected:
  [[nodiscard]] TableState read(const Params& params) const {
    return TableState::read(params, schema_);
  }
  [[nodiscard]] std::string words(const std::string& name, const std::string& value) const {
    return condition_words({name, value}, schema_, Texts::in(core::Language::kJa));
  }

  core::TableSchema schema_ = schema_of({{"区分", core::ColumnType::kString},
                                         {"人口", core::ColumnType::kInteger},
                                         {"更新日", core::ColumnType::kDate},
                                         {"limit", core::ColumnType::kInteger},
                                         {"a,b`c", core::ColumnType::kString}});
};

TEST_F(TableStates, TheSameStateIsOneAddressWhateverTheOrderOfItsParameters) {
  const TableState one =
      read({{"page", "3"}, {"区分", "図書館"}, {"view", "map"}, {"sort", "-人口"}});
  const TableState other =
      read({{"sort", "-人口"}, {"view", "map"}, {"page", "3"}, {"区分", "図書館"}});
  EXPECT_EQ(one.query(), other.query());
  EXPECT_EQ(one.page(), 3);
  EXPECT_EQ(one.view(), "map");
  EXPECT_EQ(read(one.parameters()).query(), one.query());
}

TEST_F(TableStates, WhatIsUsualIsNotWritten) {
  EXPECT_EQ(
      read({{"view", "table"}, {"page", "1"}, {"limit", "50"}, {"part", "1"}, {"q", " "}}).query(),
      "");
  EXPECT_EQ(read({{"view", "nonsense"}}).view(), "table");
  EXPECT_EQ(read({{"page", "-4"}}).page(), 1);
  EXPECT_EQ(read({{"limit", "9999999"}}).page_size(), 50);
}

TEST_F(TableStates, MarksOfMailSystemsAndPagingOfTheApiAreNoConditions) {
  const TableState state =
      read({{"utm_source", "mail"}, {"fbclid", "x"}, {"cursor", "abc"}, {"bom", "true"}});
  EXPECT_TRUE(state.conditions().empty());
  EXPECT_EQ(state.query(), "");
}

TEST_F(TableStates, OtherConditionsLeadBackToTheFirstPageAnotherPageOrViewDoesNot) {
  const TableState state = read({{"page", "7"}, {"区分", "図書館"}});
  EXPECT_EQ(state.with("sort", "人口").page(), 1);
  EXPECT_EQ(state.with_condition("人口__gte", "5").page(), 1);
  EXPECT_EQ(state.without_condition(0).page(), 1);
  EXPECT_EQ(state.with("view", "api").page(), 7);
  EXPECT_EQ(state.with("page", "8").conditions().size(), 1U);
}

TEST_F(TableStates, ParametersForTheApiAreWithoutThePage) {
  const TableState state = read({{"view", "api"},
                                 {"page", "2"},
                                 {"limit", "20"},
                                 {"区分", "図書館"},
                                 {"select", "区分"},
                                 {"version", "2"},
                                 {"sort", "人口"}});
  EXPECT_EQ(state.rows_parameters(),
            (Params{{"区分", "図書館"}, {"version", "2"}, {"sort", "人口"}, {"select", "区分"}}));
  EXPECT_EQ(state.filter_parameters(), (Params{{"区分", "図書館"}, {"version", "2"}}));
  EXPECT_TRUE(state.question(schema_));
}

TEST_F(TableStates, AnEmptyValueIsSaidWithAValue) {
  EXPECT_EQ(read({{"区分", ""}}).conditions(), (Params{{"区分__null", "true"}}));
  EXPECT_EQ(read({{"人口__ne", ""}}).conditions(), (Params{{"人口__notnull", "true"}}));
  EXPECT_TRUE(read({{"区分", ""}, {"人口__ne", ""}}).question(schema_));
}

TEST_F(TableStates, EachFaultComesWithTheStateWithoutIt) {
  const TableState state =
      read({{"区分", "図書館"}, {"人口__gte", "たくさん"}, {"住所", "横浜"}, {"sort", "高さ"}});
  EXPECT_FALSE(state.question(schema_));
  const auto faults = state.faults(schema_);
  ASSERT_EQ(faults.size(), 3U);
  EXPECT_EQ(faults[0].name, "人口__gte");
  EXPECT_EQ(faults[0].error.id, "filter-type");
  EXPECT_EQ(faults[0].without.conditions().size(), 2U);
  EXPECT_EQ(faults[1].error.id, "unknown-parameter");
  EXPECT_EQ(faults[2].name, "sort");
  EXPECT_EQ(faults[2].without.value("sort"), "");
}

TEST_F(TableStates, AFaultOfAllTogetherLeavesNoCondition) {
  const TableState state = read({{"near", "35.4,139.6"}, {"near", "35.4,139.6"}});
  const auto faults = state.faults(schema_);
  ASSERT_FALSE(faults.empty());
  EXPECT_TRUE(faults.back().without.conditions().size() < 2);
}

TEST_F(TableStates, ColumnsWithNamesOfParametersAreAskedForByTheirAlias) {
  EXPECT_EQ(column_parameter(schema_, 0), "区分");
  EXPECT_EQ(column_parameter(schema_, 3), "c4");
  EXPECT_EQ(column_item(schema_, 4), "c5");
  const TableState state = read({{column_parameter(schema_, 3), "5"}});
  EXPECT_TRUE(state.question(schema_));
  EXPECT_EQ(state.conditions().size(), 1U);
}

TEST_F(TableStates, AnAliasThatIsAnotherColumnsNameIsNotUsed) {
  const auto schema =
      schema_of({{"c2", core::ColumnType::kString}, {"a b", core::ColumnType::kString}});
  EXPECT_EQ(column_item(schema, 1), "a b");
}

TEST_F(TableStates, ConditionsAreToldInWords) {
  EXPECT_EQ(words("区分", "図書館"), "区分 が「図書館」");
  EXPECT_EQ(words("人口__gte", "1200000"), "人口 が 1,200,000 以上");
  EXPECT_EQ(words("更新日__gte", "2024-04-01"), "更新日 が 2024-04-01 から");
  EXPECT_EQ(words("区分__in", "図書館,\"a,b\""), "区分 が 図書館、a,b のどれか");
  EXPECT_EQ(words("人口__between", "1,2"), "人口 が 1 から 2 まで");
  EXPECT_EQ(words("q", "スポーツ"), "「スポーツ」を含む行");
  EXPECT_EQ(words("住所", "横浜"), "住所=横浜");
  EXPECT_LT(words("区分", std::string(5'000, 'x')).size(), 200U);
}

TEST_F(TableStates, TheFormForConditionsLeadsToTheStateWithOneMore) {
  const TableState state = read({{"区分", "図書館"}, {"page", "4"}});
  const auto target =
      form_target({{"f_column", "c2"}, {"f_op", "gte"}, {"f_value", "100"}}, state, schema_);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->missing, "");
  EXPECT_EQ(target->state.conditions(), (Params{{"区分", "図書館"}, {"人口__gte", "100"}}));
  EXPECT_EQ(target->state.page(), 1);
  const auto reserved =
      form_target({{"f_column", "c4"}, {"f_op", "eq"}, {"f_value", "1"}}, TableState(), schema_);
  EXPECT_EQ(reserved->state.conditions(), (Params{{"c4", "1"}}));
  const auto empty = form_target({{"f_column", "c1"}, {"f_op", "null"}}, TableState(), schema_);
  EXPECT_EQ(empty->state.conditions(), (Params{{"区分__null", "true"}}));
}

TEST_F(TableStates, TheFormTellsWhatIsMissing) {
  EXPECT_FALSE(form_target({{"区分", "図書館"}}, TableState(), schema_));
  const auto valueless =
      form_target({{"f_column", "c1"}, {"f_op", "eq"}, {"f_value", " "}}, TableState(), schema_);
  EXPECT_EQ(valueless->missing, "table_value_wanted");
  const auto columnless = form_target({{"f_column", ""}, {"f_value", "x"}}, TableState(), schema_);
  EXPECT_EQ(columnless->missing, "table_column_wanted");
  const auto nothing =
      form_target({{"f_column", ""}, {"f_op", "eq"}, {"f_value", ""}}, TableState(), schema_);
  EXPECT_EQ(nothing->missing, "");
  EXPECT_EQ(nothing->state.query(), "");
}

TEST_F(TableStates, ChosenColumnsAreASelectionAndAllOfThemAreNone) {
  const auto some = form_target({{"f_select", "c5"}, {"f_select", "c1"}}, TableState(), schema_);
  EXPECT_EQ(some->state.value("select"), "区分,c5");
  EXPECT_TRUE(some->state.question(schema_));
  const auto all = form_target({{"f_select", "c1"},
                                {"f_select", "c2"},
                                {"f_select", "c3"},
                                {"f_select", "c4"},
                                {"f_select", "c5"}},
                               TableState(), schema_);
  EXPECT_EQ(all->state.query(), "");
}

}  // namespace
}  // namespace minato::web
