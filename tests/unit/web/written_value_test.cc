#include "web/table/written_value.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace minato::web {
namespace {

using core::ColumnType;

std::string said(ColumnType type, const std::string& op, const std::string& value) {
  core::TableColumn column;
  column.type = type;
  column.unit = "㎡";
  std::string text;
  for (const WrittenTest& test : tests_of(column, {op, value})) {
    text += (text.empty() ? "" : " ") + test.op + " " + test.value;
  }
  return text;
}

std::string on_date(const std::string& op, const std::string& value) {
  return said(ColumnType::kDate, op, value);
}

TEST(WrittenValue, DaysOfErasAndOfAnyWidthAreDays) {
  EXPECT_EQ(on_date("gte", "平成25年4月1日"), "gte 2013-04-01");
  EXPECT_EQ(on_date("eq", "H25.3.31"), "eq 2013-03-31");
  EXPECT_EQ(on_date("lt", "２０１３－０４－０１"), "lt 2013-04-01");
  EXPECT_EQ(on_date("ne", " 2013/4/1 "), "ne 2013-04-01");
  EXPECT_EQ(on_date("gt", "令和元年５月１日"), "gt 2019-05-01");
}

TEST(WrittenValue, AYearIsAllOfItsDays) {
  EXPECT_EQ(on_date("eq", "2013"), "gte 2013-01-01 lte 2013-12-31");
  EXPECT_EQ(on_date("gte", "２０１３年"), "gte 2013-01-01");
  EXPECT_EQ(on_date("gt", "2013年"), "gt 2013-12-31");
  EXPECT_EQ(on_date("lte", "平成25年"), "lte 2013-12-31");
  EXPECT_EQ(on_date("lt", "R6"), "lt 2024-01-01");
  EXPECT_EQ(on_date("eq", "令和5年度"), "gte 2023-04-01 lte 2024-03-31");
}

TEST(WrittenValue, AYearOfAnEraEndsWithTheEra) {
  EXPECT_EQ(on_date("eq", "平成31年"), "gte 2019-01-01 lte 2019-04-30");
  EXPECT_EQ(on_date("eq", "令和元年"), "gte 2019-05-01 lte 2019-12-31");
  EXPECT_EQ(on_date("eq", "令和元年度"), "gte 2019-04-01 lte 2020-03-31");
}

TEST(WrittenValue, AMonthIsAllOfItsDays) {
  EXPECT_EQ(on_date("eq", "2024年2月"), "gte 2024-02-01 lte 2024-02-29");
  EXPECT_EQ(on_date("lte", "平成25年４月"), "lte 2013-04-30");
  EXPECT_EQ(on_date("gte", "2013-04"), "gte 2013-04-01");
  EXPECT_EQ(on_date("gte", "2013/4"), "gte 2013-04-01");
  EXPECT_EQ(on_date("lte", "R6.4"), "lte 2024-04-30");
}

TEST(WrittenValue, ADayInAColumnOfMomentsHasAllItsHours) {
  const auto moment = [](const std::string& op, const std::string& value) {
    return said(ColumnType::kDatetime, op, value);
  };
  EXPECT_EQ(moment("eq", "令和6年3月10日"), "gte 2024-03-10 lt 2024-03-11");
  EXPECT_EQ(moment("lte", "2024/2/29"), "lt 2024-03-01");
  EXPECT_EQ(moment("gt", "2024-12-31"), "gte 2025-01-01");
  EXPECT_EQ(moment("gte", "2024年"), "gte 2024-01-01");
  EXPECT_EQ(moment("lte", "2024/3/10 9:30"), "lte 2024-03-10T09:30:00");
}

TEST(WrittenValue, NumbersMayHaveSeparatorsWideCharactersAndTheColumnsUnit) {
  EXPECT_EQ(said(ColumnType::kInteger, "gte", "１，２００"), "gte 1200");
  EXPECT_EQ(said(ColumnType::kNumber, "lt", "1,200.5㎡"), "lt 1200.5");
  EXPECT_EQ(said(ColumnType::kNumber, "lt", "△3"), "lt -3");
  EXPECT_EQ(said(ColumnType::kInteger, "eq", "５０"), "eq 50");
}

TEST(WrittenValue, TimesMayBeWrittenInWords) {
  EXPECT_EQ(said(ColumnType::kTime, "gte", "８時30分"), "gte 08:30:00");
  EXPECT_EQ(said(ColumnType::kTime, "lte", "9:00"), "lte 09:00:00");
}

TEST(WrittenValue, WhatIsNothingKnownStaysForTheReaderOfConditions) {
  EXPECT_EQ(on_date("gte", "昨日"), "gte 昨日");
  EXPECT_EQ(on_date("gte", "2024年13月"), "gte 2024年13月");
  EXPECT_EQ(said(ColumnType::kInteger, "gte", "たくさん"), "gte たくさん");
  EXPECT_EQ(said(ColumnType::kString, "eq", "１，２００"), "eq １，２００");
  EXPECT_EQ(on_date("eq", std::string(5'000, '2')), "eq " + std::string(5'000, '2'));
}

}  // namespace
}  // namespace minato::web
