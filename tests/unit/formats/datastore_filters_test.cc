#include "formats/query/datastore_filters.h"

#include <gtest/gtest.h>

#include "facility_schema.h"
#include "formats/json.h"

namespace minato::formats {
namespace {

std::string shown(const core::Result<core::Filter>& filter) {
  if (filter) return filter_text(*filter, facility_schema());
  EXPECT_EQ(filter.error().id, "datastore-invalid");
  const auto& detail = filter.error().details.at(0);
  return detail.param + ": " + detail.message.en;
}

std::string filters(std::string_view json) {
  return shown(parse_datastore_filters(*parse_json(json), facility_schema()));
}

std::string words(std::string_view json, bool plain = true) {
  return shown(parse_datastore_q(*parse_json(json), plain, facility_schema()));
}

TEST(DatastoreFilters, ReadTheFirstGeneration) {
  EXPECT_EQ(filters("{}"), "all");
  EXPECT_EQ(filters("null"), "all");
  EXPECT_EQ(filters(R"({"区分":"a"})"), "区分=s:a");
  EXPECT_EQ(filters(R"({"区分":"a","利用者数":[1,"2"],"_id":5})"),
            "and(区分=s:a, 利用者数 in i:1,i:2, #=i:5)");
  EXPECT_EQ(filters(R"({"区分":null})"), "区分 is null");
  EXPECT_EQ(filters(R"({"区分":["a",null]})"), "or(区分 is null, 区分 in s:a)");
  EXPECT_EQ(filters(R"({"公開":"t"})"), "公開=b:true");
  EXPECT_EQ(filters(R"("{\"区分\":\"a\"}")"), "区分=s:a");
  EXPECT_EQ(filters(R"({"登録日":"2024-04-01T09:30:00"})"), "登録日=s:2024-04-01");
}

TEST(DatastoreFilters, CompareTextColumnsAsText) {
  EXPECT_EQ(filters(R"({"区分":14})"), "区分=s:14");
  EXPECT_EQ(filters(R"({"区分":1.0})"), "区分=s:1.0");
  EXPECT_EQ(filters(R"({"区分":true})"), "区分=s:true");
  EXPECT_EQ(filters(R"({"緯度":"35.5"})"), "緯度=d:35.5");
}

TEST(DatastoreFilters, ReadTheSecondGeneration) {
  EXPECT_EQ(filters(R"({"利用者数":{"gt":1,"lte":9}})"), "and(利用者数>i:1, 利用者数<=i:9)");
  EXPECT_EQ(filters(R"([{"区分":"a"},{"区分":"b","公開":true}])"),
            "or(区分=s:a, and(区分=s:b, 公開=b:true))");
  EXPECT_EQ(filters(R"({"$or":[{"区分":"a"},{"$and":[{"_id":{"gte":2}},{"公開":false}]}]})"),
            "or(区分=s:a, and(#>=i:2, 公開=b:false))");
  EXPECT_EQ(filters(R"({"利用者数":[{"lt":1},{"gt":5},7]})"),
            "or(利用者数<i:1, 利用者数>i:5, 利用者数 in i:7)");
}

TEST(DatastoreFilters, ReachFieldsThatBeginWithADollar) {
  core::TableSchema schema = facility_schema();
  schema.columns[0].name = "$or";
  const auto filter = parse_datastore_filters(*parse_json(R"({"$$or":"x"})"), schema);
  ASSERT_TRUE(filter);
  EXPECT_EQ(filter_text(*filter, schema), "$or=s:x");
}

TEST(DatastoreFilters, FailWithCkansMessages) {
  EXPECT_EQ(filters(R"({"なし":"a"})"), "filters: invalid value \"なし\"");
  EXPECT_EQ(filters(R"({"c1":"a"})"), "filters: invalid value \"c1\"");
  EXPECT_EQ(filters(R"({"なし":{"gt":1}})"), "filters: Unknown field: なし");
  EXPECT_EQ(filters(R"([{"なし":1}])"), "filters: Unknown field: なし");
  EXPECT_EQ(filters(R"({"利用者数":"abc"})"), "filters: invalid value \"abc\"");
  EXPECT_EQ(filters(R"({"利用者数":{"ne":1}})"), "filters: invalid value \"ne\"");
  EXPECT_EQ(filters(R"({"利用者数":{"gt":null}})"), "filters: invalid value \"null\"");
  EXPECT_EQ(filters(R"("{oops")"), "filters: Cannot parse JSON");
  EXPECT_EQ(filters("5"), "filters: invalid value \"5\"");
  EXPECT_EQ(filters(R"({"$or":"x"})"), "filters: invalid value \"x\"");
}

TEST(DatastoreFilters, HaveLimits) {
  std::string deep = "{}";
  for (int i = 0; i < 10; ++i) deep = R"({"$and":[)" + deep + "]}";
  EXPECT_EQ(filters(deep), "filters: Filters are nested too deeply");
  std::string many = R"([{"_id":1})";
  for (int i = 0; i < 100; ++i) many += R"(,{"_id":1})";
  EXPECT_EQ(filters(many + "]"), "filters: Too many filter operations");
}

TEST(DatastoreSearch, ReadsWordsAndFields) {
  EXPECT_EQ(words(R"("港 図書館")"), "search s:港 図書館");
  EXPECT_EQ(words(R"("")"), "all");
  EXPECT_EQ(words(R"({"区分":"港","limit":5})"), "and(区分 search s:港, limit search s:5)");
  EXPECT_EQ(words(R"("{\"区分\":\"港\"}")"), "区分 search s:港");
  EXPECT_EQ(words(R"({"なし":"港"})"), "q: invalid value \"なし\"");
}

TEST(DatastoreSearch, ReadsTsqueriesWhenNotPlain) {
  EXPECT_EQ(words(R"x("a & (b | !c:*)")x", false),
            "and(search s:a, or(search s:b, not(search s:c)))");
  EXPECT_EQ(words(R"({"区分":"港:*"})", false), "区分 search s:港");
  EXPECT_EQ(words(R"("'a b' | c")", false), "or(search s:a b, search s:c)");
  EXPECT_EQ(words(R"("a b")", false), "q: invalid value \"a b\"");
  EXPECT_EQ(words(R"("a &")", false), "q: invalid value \"a &\"");
}

std::string sorted(std::string_view json) {
  const auto keys = parse_datastore_sort(*parse_json(json), facility_schema());
  if (!keys) return keys.error().details.at(0).param + ": " + keys.error().details.at(0).message.en;
  std::string text;
  for (const auto& key : *keys) {
    text += std::to_string(key.operand.column) + (key.descending ? "-" : "+") +
            (key.nulls_first ? "<" : ">");
  }
  return text;
}

TEST(DatastoreSort, ReadsOrderAndNulls) {
  EXPECT_EQ(sorted(R"("区分")"), "0+>");
  EXPECT_EQ(sorted(R"("区分 DESC, 利用者数 asc nulls first,_id desc nulls last")"), "0-<1+<-1->");
  EXPECT_EQ(sorted(R"("\"limit\" desc")"), "8-<");
  EXPECT_EQ(sorted(R"(["区分 desc","公開"])"), "0-<4+>");
  EXPECT_EQ(sorted(R"("")"), "");
  EXPECT_EQ(sorted(R"("なし desc")"), "sort: invalid value \"なし desc\"");
}

TEST(DatastoreFields, ReadListsAndTexts) {
  const auto schema = facility_schema();
  EXPECT_EQ(*parse_datastore_fields(*parse_json(R"("区分, _id")"), schema),
            (std::vector<int>{0, -1}));
  EXPECT_EQ(*parse_datastore_fields(*parse_json(R"(["公開"])"), schema), std::vector<int>{4});
  EXPECT_EQ(parse_datastore_fields(*parse_json("null"), schema)->size(), 11U);
  const auto unknown = parse_datastore_fields(*parse_json(R"(["なし"])"), schema);
  EXPECT_EQ(unknown.error().details.at(0).message.en, "invalid value \"なし\"");
}

TEST(DatastoreTypes, AreCkans) {
  EXPECT_EQ(datastore_type(core::ColumnType::kInteger), "int8");
  EXPECT_EQ(datastore_type(core::ColumnType::kDatetime), "timestamp");
  EXPECT_EQ(datastore_type(core::ColumnType::kTime), "text");
}

}  // namespace
}  // namespace minato::formats
