#include "formats/remote/ckan_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace minato::formats {
namespace {

const CkanPlace kPlace = {"https://data.example.jp/portal",
                          "https://data.example.jp/portal/dataset/toilet"};

core::Dataset read(std::string_view json) {
  auto dataset = read_ckan_record(json, kPlace);
  if (!dataset) {
    ADD_FAILURE() << dataset.error().message.en;
    return {};
  }
  return std::move(*dataset);
}

std::string extra(const std::vector<core::Extra>& extras, std::string_view key) {
  for (const core::Extra& each : extras) {
    if (each.key == key) return each.value;
  }
  return "(none)";
}

std::vector<std::string> tags(const core::Dataset& dataset) {
  std::vector<std::string> names;
  for (const core::Tag& tag : dataset.tags) names.push_back(tag.name);
  return names;
}

TEST(CkanRecord, ReadsTheFieldsOfADatasetDict) {
  const core::Dataset dataset = read(R"({
    "id":"0b1c","name":"toilet","title":" 公衆トイレ一覧 ","notes":"市内","version":"1.2",
    "author":"環境課","author_email":"a@example.jp","maintainer":"情報課",
    "maintainer_email":"m@example.jp","license_id":"cc-by","license_title":"CC BY",
    "url":"https://www.example.jp/toilet.html","state":"active","private":false,
    "metadata_modified":"2024-05-01T01:02:03.000004","num_tags":2,
    "tags":[{"name":"トイレ","display_name":"x","vocabulary_id":null},"公園","トイレ"],
    "groups":[{"name":"g","title":"国土・気象"},{"title":"くじら友の会"}],
    "organization":{"name":"142018","title":"横須賀市"},
    "resources":[{"id":"r1","name":"CSV","description":"d","url":"https://www.example.jp/a.csv",
      "format":"csv","mimetype":"text/csv","size":1234,"hash":"",
      "created":"2024-01-01T00:00:00","last_modified":"2024-02-01T00:00:00.5","url_type":"upload",
      "encoding":"UTF-8"}]})");
  EXPECT_EQ(dataset.id, "");
  EXPECT_EQ(dataset.name, "toilet");
  EXPECT_EQ(dataset.title, "公衆トイレ一覧");
  EXPECT_EQ(dataset.notes, "市内");
  EXPECT_EQ(dataset.version, "1.2");
  EXPECT_EQ(dataset.author, "環境課");
  EXPECT_EQ(dataset.author_email, "a@example.jp");
  EXPECT_EQ(dataset.maintainer, "情報課");
  EXPECT_EQ(dataset.maintainer_email, "m@example.jp");
  EXPECT_EQ(dataset.license_id, "cc-by");
  EXPECT_EQ(dataset.url, "https://www.example.jp/toilet.html");
  EXPECT_EQ(core::to_ckan_time(dataset.modified), "2024-05-01T01:02:03.000004");
  EXPECT_EQ(dataset.created, core::Timestamp{});
  EXPECT_EQ(tags(dataset), (std::vector<std::string>{"トイレ", "公園"}));
  EXPECT_EQ(dataset.themes, (std::vector<std::string>{"国土・気象"}));
  EXPECT_TRUE(dataset.owner_org.empty());
  EXPECT_EQ(extra(dataset.extras, "remote_organization"), "142018");
  EXPECT_EQ(extra(dataset.extras, "remote_groups"), "国土・気象、くじら友の会");
  EXPECT_EQ(extra(dataset.extras, "harvest_repairs"), "(none)");
  ASSERT_EQ(dataset.resources.size(), 1U);
  const core::Resource& resource = dataset.resources[0];
  EXPECT_EQ(resource.id, "r1");
  EXPECT_EQ(resource.name, "CSV");
  EXPECT_EQ(resource.description, "d");
  EXPECT_EQ(resource.url, "https://www.example.jp/a.csv");
  EXPECT_EQ(resource.url_type, "");
  EXPECT_EQ(resource.format, "csv");
  EXPECT_EQ(resource.mimetype, "text/csv");
  EXPECT_EQ(resource.size, 1234);
  EXPECT_EQ(core::to_ckan_time(resource.created), "2024-01-01T00:00:00.000000");
  EXPECT_EQ(core::to_ckan_time(*resource.last_modified), "2024-02-01T00:00:00.500000");
  EXPECT_EQ(extra(resource.extras, "encoding"), "UTF-8");
}

TEST(CkanRecord, TakesExtrasAsListOrAsObject) {
  for (const std::string_view json :
       {R"({"name":"a","extras":[{"key":"更新頻度","value":"月次"},{"key":"frequency","value":"x"},
            {"key":"theme","value":"[\"13\"]"},{"key":"spatial_codes","value":"[\"142018\"]"},
            {"key":"language","value":"[\"ja\"]"},{"key":"temporal_start","value":"2020"},
            {"key":"contact_email","value":"c@example.jp"},{"key":"n","value":12},
            {"key":"gone","value":"y","state":"deleted"},{"key":"empty","value":null},3]})",
        R"({"name":"a","extras":{"更新頻度":"月次","frequency":"x","theme":["13"],
            "spatial_codes":"142018","language":"ja","temporal_start":"2020",
            "contact_email":"c@example.jp","n":12,"empty":null}})"}) {
    const core::Dataset dataset = read(json);
    EXPECT_EQ(dataset.frequency, "x");
    EXPECT_EQ(dataset.themes, (std::vector<std::string>{"13"}));
    EXPECT_EQ(dataset.spatial, (std::vector<std::string>{"142018"}));
    EXPECT_EQ(dataset.language, "ja");
    EXPECT_EQ(dataset.temporal.start, "2020");
    EXPECT_EQ(dataset.contact.email, "c@example.jp");
    EXPECT_EQ(dataset.extras, (std::vector<core::Extra>{{"n", "12"}, {"更新頻度", "月次"}}));
  }
}

TEST(CkanRecord, TakesJapaneseKeysForFieldsAndKeepsThem) {
  const core::Dataset dataset = read(R"({"title":"t","extras":[
    {"key":"作成頻度","value":"年次"},{"key":"ライセンス","value":"CC BY 4.0"},
    {"key":"分類","value":"人口・世帯、観光"},{"key":"担当課","value":"統計課"}]})");
  EXPECT_EQ(dataset.frequency, "年次");
  EXPECT_EQ(dataset.license_id, "CC BY 4.0");
  EXPECT_EQ(dataset.themes, (std::vector<std::string>{"人口・世帯", "観光"}));
  EXPECT_EQ(dataset.contact.name, "統計課");
  EXPECT_EQ(dataset.extras.size(), 4U);
}

TEST(CkanRecord, KeepsCustomFieldsAsExtras) {
  const core::Dataset dataset =
      read(R"({"name":"a","frequency":"monthly","spatial":{"type":"Point"},"isopen":true,
               "alternate_identifier":["x","y"],"theme":["http://e/GOVE"],"blank":[]})");
  EXPECT_EQ(dataset.frequency, "monthly");
  EXPECT_EQ(dataset.themes, (std::vector<std::string>{"http://e/GOVE"}));
  EXPECT_EQ(dataset.extras, (std::vector<core::Extra>{{"alternate_identifier", R"(["x","y"])"},
                                                      {"spatial", R"({"type":"Point"})"}}));
}

TEST(CkanRecord, ChoosesJapaneseOfSeveralLanguages) {
  const core::Dataset dataset = read(R"({"name":"a","title":{"en":"Toilets","ja":"トイレ"},
    "notes":"plain","notes_translated":{"ja_JP":"説明","en":"Notes"},
    "tags":[],"tags_translated":{"ja":["公園"],"en":["park"]}})");
  EXPECT_EQ(dataset.title, "トイレ");
  EXPECT_EQ(dataset.title_en, "Toilets");
  EXPECT_EQ(dataset.notes, "説明");
  EXPECT_EQ(dataset.notes_en, "Notes");
  EXPECT_EQ(tags(dataset), (std::vector<std::string>{"公園"}));
  EXPECT_EQ(read(R"({"title":{"fr":"Toilettes"}})").title, "Toilettes");
}

TEST(CkanRecord, DropsWhatIsOfAWrongTypeAndTells) {
  const core::Dataset dataset = read(R"({"name":"a","title":["x"],"notes":null,"version":1.5,
    "tags":"none","groups":7,"extras":"x","organization":[],"url":"トップページ",
    "metadata_modified":"yesterday","resources":[null,{"url":""},
      {"url":"https://e.jp/1","size":"12 KB","created":"x","id":7},{"url":"https://e.jp/2","size":"9"},
      {"url":"https://e.jp/3","size":5.0,"name":null}]})");
  EXPECT_EQ(dataset.title, "a");
  EXPECT_EQ(dataset.version, "1.5");
  EXPECT_EQ(dataset.url, kPlace.page);
  ASSERT_EQ(dataset.resources.size(), 3U);
  EXPECT_EQ(dataset.resources[0].id, "7");
  EXPECT_EQ(dataset.resources[0].size, std::nullopt);
  EXPECT_EQ(dataset.resources[1].id, "https://e.jp/2");
  EXPECT_EQ(dataset.resources[1].size, 9);
  EXPECT_EQ(dataset.resources[2].size, 5);
  const std::string repairs = extra(dataset.extras, "harvest_repairs");
  for (const std::string_view place :
       {"/title", "/tags", "/groups", "/metadata_modified", "/url: ", "/resources/0: null",
        "/resources/1/url", "/resources/2/size: 12 KB", "/resources/2/created"}) {
    EXPECT_THAT(repairs, testing::HasSubstr(place));
  }
}

TEST(CkanRecord, FindsTheAddressOfAResource) {
  const core::Dataset dataset = read(R"({"name":"a","resources":[
    {"id":"a","url":"dataset/x/resource/y/download/a.csv"},{"id":"b","url":"/files/b.csv"},
    {"id":"c","url":"www.example.jp/c.csv"},{"id":"d","url":"//cdn.example.jp/d.csv"},
    {"id":"e","url":"ftp://example.jp/e.csv"},{"id":"f","download_url":"https://e.jp/f.csv"},
    {"id":"f","url":"https://e.jp/g.csv"},{"id":"h","url":"https://e.jp/h","state":"deleted"}]})");
  std::vector<std::string> urls;
  std::vector<std::string> keys;
  for (const core::Resource& resource : dataset.resources) {
    urls.push_back(resource.url);
    keys.push_back(resource.id);
  }
  EXPECT_EQ(urls, (std::vector<std::string>{
                      "https://data.example.jp/portal/dataset/x/resource/y/download/a.csv",
                      "https://data.example.jp/files/b.csv", "http://www.example.jp/c.csv",
                      "https://cdn.example.jp/d.csv", "ftp://example.jp/e.csv",
                      "https://e.jp/f.csv", "https://e.jp/g.csv"}));
  EXPECT_EQ(keys, (std::vector<std::string>{"a", "b", "c", "d", "e", "f", "f#2"}));
}

TEST(CkanRecord, KeepsTheWordsOfALicence) {
  const core::Dataset dataset = read(R"({"name":"a","license_id":"cc-by","license_title":"表示 4.0",
      "license_url":"https://creativecommons.org/licenses/by/4.0/"})");
  EXPECT_EQ(dataset.license_id, "cc-by");
  EXPECT_EQ(extra(dataset.extras, "license_title"), "表示 4.0");
  EXPECT_EQ(extra(dataset.extras, "license_url"), "https://creativecommons.org/licenses/by/4.0/");
  EXPECT_EQ(read(R"({"name":"a","license_id":null,"license":"PDL1.0"})").license_id, "PDL1.0");
  EXPECT_EQ(read(R"({"name":"a","license":{"x":1}})").license_id, "");
}

TEST(CkanRecord, IsAnErrorWithoutTitleAndName) {
  for (const std::string_view json :
       {"{}", R"({"id":"x","title":"  "})", R"({"name":5,"title":[true],"resources":"なし"})", "[]",
        "{", "null"}) {
    const auto dataset = read_ckan_record(json, kPlace);
    ASSERT_FALSE(dataset) << json;
    EXPECT_EQ(dataset.error().id, "harvest-record");
  }
}

}  // namespace
}  // namespace minato::formats
