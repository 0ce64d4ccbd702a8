#include "formats/query/row_filter.h"

#include <gtest/gtest.h>

#include "facility_schema.h"

namespace minato::formats {
namespace {

std::string parsed(std::string_view where) {
  const auto schema = facility_schema();
  const auto filter = parse_where(where, schema);
  if (filter) return filter_text(*filter, schema);
  const auto& detail = filter.error().details.at(0);
  return filter.error().id + " @" + detail.position;
}

core::ErrorDetail refused(std::string_view where) {
  const auto filter = parse_where(where, facility_schema());
  if (filter) return {};
  EXPECT_EQ(filter.error().details.size(), 1U);
  EXPECT_EQ(filter.error().code, core::ErrorCode::kInvalidArgument);
  return filter.error().details.at(0);
}

struct Example {
  const char* where;
  const char* expected;
};

TEST(RowFilter, ReadsEveryTest) {
  constexpr Example kExamples[] = {
      {"", "all"},
      {"  ", "all"},
      {"区分='図書館'", "区分=s:図書館"},
      {"区分 != 'O''Hara'", "区分!=s:O'Hara"},
      {"区分<>''", "区分!=s:"},
      {"利用者数>=1000", "利用者数>=i:1000"},
      {"利用者数 < -5", "利用者数<i:-5"},
      {"利用者数 <= 1.5", "利用者数<=d:1.5"},
      {"利用者数 = 1e3", "利用者数=i:1000"},
      {"緯度>35", "緯度>d:35"},
      {"公開 = TRUE", "公開=b:true"},
      {"公開 != false", "公開!=b:false"},
      {"登録日 = '2024-02-29'", "登録日=s:2024-02-29"},
      {"更新日時 >= '2024-04-01'", "更新日時>=s:2024-04-01T00:00:00"},
      {"更新日時 < '2024-04-01 9:30'", "更新日時<s:2024-04-01T09:30:00"},
      {"更新日時 < '2024-04-01T09:30:00+09:00'", "更新日時<s:2024-04-01T09:30:00+09:00"},
      {"`開館（平日）` = '9:30'", "開館（平日）=s:09:30:00"},
      {"利用者数 in (1, 2,-3)", "利用者数 in i:1,i:2,i:-3"},
      {"区分 NOT IN ('a','b')", "区分 nin s:a,s:b"},
      {"区分 like '%館_'", "区分 like s:%館_"},
      {"区分 not like 'a%'", "not(区分 like s:a%)"},
      {"登録日 like '2024-%'", "登録日 like s:2024-%"},
      {"利用者数 between 1 and 5", "利用者数 between i:1,i:5"},
      {"利用者数 between -1 and -5", "利用者数 between i:-1,i:-5"},
      {"利用者数 not between 1 and 5", "not(利用者数 between i:1,i:5)"},
      {"区分 is null", "区分 is null"},
      {"区分 Is Not Null", "区分 set"},
      {"search('港 図書館')", "search s:港 図書館"},
      {"search(区分,'港')", "区分 search s:港"},
      {"starts_with(区分,'港')", "区分^=s:港"},
      {"ends_with(区分,'館')", "区分$=s:館"},
      {"contains(lower(区分),'aed')", "lower(区分)*=s:aed"},
      {"lower(区分)='aed'", "lower(区分)=s:aed"},
      {"year(登録日)=2024", "year(登録日)=i:2024"},
      {"month(更新日時) in (4,5)", "month(更新日時) in i:4,i:5"},
      {"within_distance(35.44,139.64,500)", "within d:35.44,d:139.64,d:500"},
      {"in_bbox(139.6,35.4,139.7,35.5)", "bbox d:139.6,d:35.4,d:139.7,d:35.5"},
      {"c2 > 1 and _row <= 10", "and(利用者数>i:1, #<=i:10)"},
      {"`limit` = '1'", "limit=s:1"},
      {"limit='1'", "limit=s:1"},
  };
  for (const Example& example : kExamples) {
    EXPECT_EQ(parsed(example.where), example.expected) << example.where;
  }
}

TEST(RowFilter, BindsNotBeforeAndBeforeOr) {
  constexpr Example kExamples[] = {
      {"公開=true or 区分='a' and 区分='b'", "or(公開=b:true, and(区分=s:a, 区分=s:b))"},
      {"(公開=true or 区分='a') and 区分='b'", "and(or(公開=b:true, 区分=s:a), 区分=s:b)"},
      {"not 公開=true and 区分='b'", "and(not(公開=b:true), 区分=s:b)"},
      {"not (公開=true and 区分='b')", "not(and(公開=b:true, 区分=s:b))"},
      {"not not 公開=true", "not(not(公開=b:true))"},
      {"((区分='a'))", "区分=s:a"},
      {"区分='a' AND 区分='b' And 区分='c'", "and(区分=s:a, 区分=s:b, 区分=s:c)"},
  };
  for (const Example& example : kExamples) {
    EXPECT_EQ(parsed(example.where), example.expected) << example.where;
  }
}

TEST(RowFilter, TellsWhatIsWrongAndWhere) {
  constexpr Example kExamples[] = {
      {"区分='図書館", "filter-syntax @byte 7 (character 4)"},
      {"区分", "filter-syntax @byte 6 (character 3)"},
      {"区分='a' 区分='b'", "filter-syntax @byte 11 (character 8)"},
      {"区分='a' and", "filter-syntax @byte 14 (character 11)"},
      {"(区分='a'", "filter-syntax @byte 11 (character 8)"},
      {"区分='a')", "filter-syntax @byte 10 (character 7)"},
      {"区分=図書館", "filter-syntax @byte 7 (character 4)"},
      {"区分=null", "filter-syntax @byte 7 (character 4)"},
      {"1000<利用者数", "filter-syntax @byte 0 (character 1)"},
      {"利用者数 in ()", "filter-syntax @byte 17 (character 10)"},
      {"利用者数 not = 1", "filter-syntax @byte 17 (character 10)"},
      {"lenght(区分)=1", "filter-syntax @byte 0 (character 1)"},
      {"利用者='a'", "unknown-column @byte 0 (character 1)"},
      {"c11='a'", "unknown-column @byte 0 (character 1)"},
      {"利用者数='1000'", "filter-type @byte 13 (character 6)"},
      {"利用者数=true", "filter-type @byte 13 (character 6)"},
      {"区分=14", "filter-type @byte 7 (character 4)"},
      {"登録日='2023-02-29'", "filter-type @byte 10 (character 5)"},
      {"登録日='令和5年'", "filter-type @byte 10 (character 5)"},
      {"利用者数 like '1%'", "filter-type @byte 18 (character 11)"},
      {"year(区分)=2024", "filter-type @byte 0 (character 1)"},
      {"lower(登録日)='x'", "filter-type @byte 0 (character 1)"},
      {"in_bbox(140,35,139,36)", "filter-type @byte 0 (character 1)"},
      {"within_distance(139,35,5)", "filter-type @byte 0 (character 1)"},
      {"\xFF", "filter-syntax @byte 0 (character 1)"},
  };
  for (const Example& example : kExamples) {
    EXPECT_EQ(parsed(example.where), example.expected) << example.where;
  }
}

TEST(RowFilter, HintsAtFullWidthSigns) {
  const auto equals = refused("区分＝'a'");
  EXPECT_EQ(equals.expected, "=");
  EXPECT_EQ(equals.got, "＝");
  EXPECT_NE(equals.hint.ja.find("半角の ="), std::string::npos);
  EXPECT_EQ(refused("区分='a'　and 公開=true").expected, " ");
  EXPECT_NE(refused("区分=\"a\"").hint.ja.find("'…'"), std::string::npos);
}

TEST(RowFilter, NamesTheNearestColumns) {
  EXPECT_EQ(refused("利用者=1").expected, "利用者数");
  EXPECT_NE(refused("ＬＩＭＩＴ='1'").hint.ja.find("limit"), std::string::npos);
  EXPECT_EQ(refused("全然ちがう名前=1").expected, "");
}

TEST(RowFilter, NamesTheParameterItWasGivenIn) {
  const auto having = parse_where("x=1", facility_schema(), {"having", true});
  ASSERT_FALSE(having);
  EXPECT_EQ(having.error().details.at(0).param, "having");
}

TEST(RowFilter, RefusesPlacesWithoutCoordinates) {
  core::TableSchema schema = facility_schema();
  schema.columns[3].role = core::ColumnRole::kNone;
  const auto filter = parse_where("within_distance(35,139,1)", schema);
  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().id, "no-coordinates");
  schema.columns[0].role = core::ColumnRole::kPoint;
  EXPECT_TRUE(parse_where("within_distance(35,139,1)", schema));
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(RowFilter, HasLimits) {
  EXPECT_EQ(parsed(repeated("(", 32) + "公開=true" + repeated(")", 32)), "公開=b:true");
  EXPECT_EQ(parsed(repeated("(", 33) + "公開=true" + repeated(")", 33)),
            "filter-too-large @byte 32 (character 33)");
  EXPECT_TRUE(parsed(repeated("not ", 33) + "公開=true").starts_with("filter-too-large"));
  EXPECT_TRUE(parsed(repeated("c2=1 or ", 600) + "c2=1").starts_with("filter-too-large"));
  EXPECT_TRUE(parsed("c2=1" + repeated(" ", 8 * 1024)).starts_with("filter-too-large"));
  EXPECT_TRUE(parsed("c2 in (1" + repeated(",1", 999) + ")").starts_with("利用者数 in"));
  EXPECT_TRUE(parsed("c2 in (1" + repeated(",1", 1'000) + ")").starts_with("filter-too-large"));
  EXPECT_TRUE(parsed("c1 like '" + repeated("%a", 11) + "'").starts_with("filter-too-large"));
}

TEST(RowFilter, JoinsConditions) {
  const auto schema = facility_schema();
  const auto filter = both(both(core::Filter{}, *parse_where("c2=1", schema)),
                           both(*parse_where("c2=2 or c2=3", schema), core::Filter{}));
  EXPECT_EQ(filter_text(filter, schema), "and(利用者数=i:1, or(利用者数=i:2, 利用者数=i:3))");
}

}  // namespace
}  // namespace minato::formats
