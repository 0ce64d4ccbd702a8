#include "formats/api_json.h"

#include <gtest/gtest.h>

#include "sample_dataset.h"

namespace minato::formats {
namespace {

ApiContext context_in(core::Language language) { return {sample_context(), language}; }

std::string dataset_json(const core::Dataset& dataset, core::Language language) {
  std::string out;
  JsonWriter json(out);
  write_api_dataset(json, dataset, context_in(language));
  EXPECT_TRUE(parse_json(out)) << out;
  return out;
}

TEST(ApiDataset, HasTheDocumentedShape) {
  core::Dataset dataset = sample_dataset();
  dataset.resources.pop_back();
  EXPECT_EQ(
      dataset_json(dataset, core::Language::kJa),
      R"({"id":"ds-id","name":"jinko","title":"人口","title_kana":"ジンコウ",)"
      R"("title_en":"Population","description":"県の\"人口\"\n年度別",)"
      R"("description_en":"Population by year","url":"https://data.example.jp/dataset/jinko",)"
      R"("landing_page":"https://www.pref.kanagawa.jp/jinko","version":"1.0","author":"統計課",)"
      R"("author_email":"a@example.jp","maintainer":"運用者","maintainer_email":"m@example.jp",)"
      R"("organization":{"name":"140007","title":"神奈川県"},)"
      R"("license":{"id":"CC-BY-4.0","title":"クリエイティブ・コモンズ・ライセンス 表示 4.0 国際",)"
      R"("url":"https://creativecommons.org/licenses/by/4.0/","open":true,)"
      R"("credit":"「人口」、神奈川県、クリエイティブ・コモンズ・ライセンス 表示 4.0 国際)"
      R"(（https://creativecommons.org/licenses/by/4.0/）、https://data.example.jp/dataset/jinko"},)"
      R"("themes":[{"code":"2","title":"人口・世帯"}],"tags":["人口","統計"],)"
      R"("groups":[{"name":"kanko","title":"観光"}],)"
      R"("frequency":{"code":"annual","title":"毎年","duration":"P1Y"},"language":"ja",)"
      R"("temporal":{"start":"2022-04-01","end":"2023-03-31"},)"
      R"("spatial":[{"code":"140007","title":"神奈川県"},{"code":"999999","title":null}],)"
      R"("contact":{"name":"窓口","email":"c@example.jp","url":"https://example.jp/c",)"
      R"("phone":"045-210-1111"},"state":"active","private":false,"publish_at":null,)"
      R"("created":"2024-01-01T00:00:00Z","modified":"2024-03-01T12:00:00Z",)"
      R"("extras":{"source":"[]"},"resources":[{"id":"res-1","dataset_id":"ds-id",)"
      R"("name":"人口（CSV）","description":"2列",)"
      R"("url":"https://data.example.jp/dataset/ds-id/resource/res-1/download/)"
      R"(%E4%BA%BA%E5%8F%A3%202024.csv","format":"CSV","mimetype":"text/csv","size":1234,)"
      R"("sha256":"abc123","created":"2024-02-01T00:00:00Z","modified":"2024-02-02T00:00:00Z",)"
      R"("license":null,"columns":[{"name":"year","title":"年度","type":"integer","unit":"年",)"
      R"("description":"会計年度"}],"table":"https://data.example.jp/api/v1/tables/res-1",)"
      R"("extras":{"encoding":"UTF-8","schema":"tableschema.json"}}],)"
      R"("links":{"self":"https://data.example.jp/api/v1/datasets/jinko",)"
      R"("html":"https://data.example.jp/dataset/jinko",)"
      R"("ckan":"https://data.example.jp/api/3/action/package_show?id=jinko"}})");
}

TEST(ApiDataset, FollowsTheLanguage) {
  const std::string json = dataset_json(sample_dataset(), core::Language::kEn);
  EXPECT_NE(json.find("Population and households"), std::string::npos);
  EXPECT_NE(json.find("\"title\":\"Annually\""), std::string::npos);
  EXPECT_NE(json.find("Creative Commons Attribution 4.0 International"), std::string::npos);
}

TEST(ApiDataset, ShowsNullsForWhatIsNotGiven) {
  core::Dataset dataset;
  dataset.name = "a";
  dataset.license_id = "独自の規約";
  const auto document = parse_json(dataset_json(dataset, core::Language::kJa));
  ASSERT_TRUE(document);
  for (const char* key : {"title_kana", "organization", "frequency", "temporal", "contact"}) {
    EXPECT_TRUE(find_member(*document, key)->IsNull()) << key;
  }
  const rapidjson::Value* license = find_member(*document, "license");
  EXPECT_EQ(string_member(*license, "id"), "独自の規約");
  EXPECT_TRUE(find_member(*license, "credit")->IsNull());
}

TEST(ApiOrganization, HasTheDocumentedShape) {
  std::string out;
  JsonWriter json(out);
  write_api_organization(json, sample_organization(), 24, context_in(core::Language::kJa));
  EXPECT_EQ(out, R"({"id":"org-id","name":"140007","title":"神奈川県","title_kana":"カナガワケン",)"
                 R"("title_en":"Kanagawa Prefecture","description":"県のデータ",)"
                 R"("image_url":"https://example.jp/ken.png",)"
                 R"("homepage":"https://www.pref.kanagawa.jp/","kind":"都道府県","county":null,)"
                 R"("latitude":35.447734,"longitude":139.642537,"parent":null,"dataset_count":24,)"
                 R"("created":"2024-01-02T03:04:05Z","extras":{},)"
                 R"("links":{"self":"https://data.example.jp/api/v1/organizations/140007",)"
                 R"("html":"https://data.example.jp/organization/140007",)"
                 R"("datasets":"https://data.example.jp/api/v1/datasets?organization=140007"}})");
}

TEST(ApiEnvelope, HasDataMetaAndLinks) {
  const std::vector<core::Facet> facets = {{"tags", {{"港", "", 3}}}};
  EXPECT_EQ(write_list_envelope("[1]", {24, 1, &facets}, {"/s", "/f", "/n", ""}),
            R"({"data":[1],"meta":{"count":{"value":24,"relation":"eq"},"returned":1,)"
            R"("facets":{"tags":[{"value":"港","title":"港","count":3}]}},)"
            R"("links":{"self":"/s","next":"/n","prev":null,"first":"/f"}})");
  EXPECT_EQ(write_envelope("{}", "/s"), R"({"data":{},"meta":{},"links":{"self":"/s"}})");
}

TEST(ApiProblem, IsRfc9457InTheLanguageAskedFor) {
  core::Error error = core::fail(core::ErrorCode::kInvalidArgument, "search-sort",
                                 {"並べ替えが違います。", "Wrong sort."}, {"直す", "Mend it."})
                          .value();
  core::ErrorDetail detail;
  detail.param = "sort";
  detail.message = {"違います", "Wrong"};
  detail.got = "<x>";
  error.details.push_back(detail);
  error.internal = "secret";
  const ProblemContext context = {400, "https://s/errors", "req-1", core::Language::kEn};
  EXPECT_EQ(write_problem(error, context),
            R"({"type":"https://s/errors#search-sort","title":"Bad Request","status":400,)"
            R"("detail":"Wrong sort.","code":"search-sort","hint":"Mend it.",)"
            R"("errors":[{"param":"sort","message":"Wrong","got":"<x>"}],"request_id":"req-1"})");
}

}  // namespace
}  // namespace minato::formats
