#include "formats/dataset_document.h"

#include <gtest/gtest.h>

#include "formats/table_schema.h"
#include "sample_dataset.h"

namespace minato::formats {
namespace {

TEST(DatasetDocument, ReadsWhatPeopleWrite) {
  const auto dataset = parse_dataset_document(R"json({
    "name": "ai-ocr-forms", "title": "AI-OCR導入帳票数", "title_kana": "エーアイ", "owner_org": "140007",
    "license_id": "notspecified", "tags": ["行政", "AI"], "themes": ["13", "国際"],
    "frequency": "毎年", "language": "ja", "temporal": {"start": "2022-03-31", "end": "2022-08-31"},
    "spatial": ["140007"], "contact": {"name": "担当"}, "groups": ["dx"],
    "extras": {"license_note": "確認中"}, "sources": [{"document": "資料", "section": "2(4)"}],
    "resources": [
      {"name": "data", "path": "data.csv", "format": "text/csv", "mimetype": "text/csv",
       "schema": "tableschema.json", "encoding": "UTF-8", "language": "ja"},
      {"name": "link", "url": "https://example.jp/a", "format": "html"}]
})json");
  ASSERT_TRUE(dataset) << dataset.error().details.at(0).param;
  EXPECT_EQ(dataset->owner_org, "140007");
  EXPECT_EQ(dataset->themes, (std::vector<std::string>{"13", "16"}));
  EXPECT_EQ(dataset->frequency, "annual");
  EXPECT_EQ(dataset->tags.at(0).name, "AI");
  EXPECT_EQ(dataset->temporal.end, "2022-08-31");
  EXPECT_EQ(dataset->contact.name, "担当");
  const std::vector<core::Extra> extras = {
      {"license_note", "確認中"}, {"source", R"json([{"document":"資料","section":"2(4)"}])json"}};
  EXPECT_EQ(dataset->extras, extras);
  ASSERT_EQ(dataset->resources.size(), 2U);
  const core::Resource& file = dataset->resources[0];
  EXPECT_EQ(file.url, "data.csv");
  EXPECT_EQ(file.url_type, "upload");
  EXPECT_EQ(file.format, "CSV");
  const std::vector<core::Extra> file_extras = {
      {"encoding", "UTF-8"}, {"language", "ja"}, {"schema", "tableschema.json"}};
  EXPECT_EQ(file.extras, file_extras);
  EXPECT_EQ(dataset->resources[1].url_type, "");
  EXPECT_EQ(dataset->resources[1].position, 1);
}

TEST(DatasetDocument, KeepsEveryField) {
  core::Dataset dataset = sample_dataset();
  dataset.state = core::State::kDraft;
  dataset.is_private = true;
  dataset.resources[0].state = core::State::kDeleted;
  dataset.resources[0].mimetype_inner = "text/plain";
  dataset.resources[0].resource_type = "file";
  dataset.resources[0].cache_url = "https://cache/";
  dataset.resources[0].cache_last_updated = at("2024-05-05T05:05:05.000005Z");
  const auto back = parse_dataset_document(write_dataset_document(dataset));
  ASSERT_TRUE(back) << back.error().details.at(0).param;
  EXPECT_EQ(*back, dataset);
  const auto empty = parse_dataset_document(write_dataset_document(core::Dataset{}));
  ASSERT_TRUE(empty);
  EXPECT_EQ(*empty, core::Dataset{});
}

TEST(DatasetDocument, PointsAtEveryMistakeAtOnce) {
  const auto dataset = parse_dataset_document(R"json({
    "format": 2, "nmae": "x", "title": 3, "tags": ["a", 1, {"name": "b", "x": 1}], "themes": ["17"],
    "frequency": "たまに", "private": "yes", "created": "昨日", "state": "gone",
    "extras": {"k": 1}, "contact": [], "spatial": [140007],
    "resources": [{"path": "a", "url": "b", "size": -1, "columns": [{"name": "c", "typ": "x"}]}, 5]})json");
  ASSERT_FALSE(dataset);
  EXPECT_EQ(dataset.error().id, "dataset-document");
  std::vector<std::string> params;
  for (const core::ErrorDetail& detail : dataset.error().details) params.push_back(detail.param);
  EXPECT_EQ(params,
            (std::vector<std::string>{
                "/format", "/title", "/state", "/private", "/created", "/themes", "/frequency",
                "/spatial/0", "/tags/1", "/tags/2/x", "/contact", "/extras", "/resources/0/path",
                "/resources/0/size", "/resources/0/columns/0/typ", "/resources/1", "/nmae"}));
  EXPECT_EQ(dataset.error().details.back().hint.en, "Did you mean \"name\"?");
}

TEST(DatasetDocument, RefusesWhatIsNoObject) {
  for (const char* bad : {"[]", "1", "null", "\"x\""}) {
    const auto dataset = parse_dataset_document(bad);
    ASSERT_FALSE(dataset) << bad;
    EXPECT_EQ(dataset.error().id, "dataset-document");
  }
  EXPECT_EQ(parse_dataset_document("{").error().id, "json-syntax");
}

TEST(TableSchema, ReadsColumns) {
  const auto columns = parse_table_schema(R"json({"fields": [
    {"name": "year", "title": "年度", "type": "year", "unit": "年", "description": "会計年度",
     "constraints": {"required": true}}, {"name": "注記"}], "primaryKey": ["year"]})json");
  ASSERT_TRUE(columns);
  const std::vector<core::Column> expected = {{"year", "年度", "year", "年", "会計年度"},
                                              {"注記", "", "string", "", ""}};
  EXPECT_EQ(*columns, expected);
}

TEST(TableSchema, PointsAtEveryMistake) {
  const auto columns = parse_table_schema(
      R"json({"fields": [{"name": "a"}, {"title": "b"}, {"name": "a"}, {"name": "c", "type": "int"}, 5]})json");
  ASSERT_FALSE(columns);
  EXPECT_EQ(columns.error().id, "table-schema");
  std::vector<std::string> params;
  for (const core::ErrorDetail& detail : columns.error().details) params.push_back(detail.param);
  EXPECT_EQ(params, (std::vector<std::string>{"/fields/1/name", "/fields/2/name", "/fields/3/type",
                                              "/fields/4"}));
  for (const char* bad : {"{}", "[]", "{\"fields\": {}}"})
    EXPECT_FALSE(parse_table_schema(bad)) << bad;
}

}  // namespace
}  // namespace minato::formats
