#include "formats/ckan_json.h"

#include <gtest/gtest.h>

#include "sample_dataset.h"

namespace minato::formats {
namespace {

template <typename Write>
std::string written(const Write& write) {
  std::string out;
  JsonWriter json(out);
  write(json);
  EXPECT_TRUE(parse_json(out)) << out;
  return out;
}

TEST(CkanDataset, HasEveryKeyOfPackageShow) {
  const std::string json =
      written([](JsonWriter& out) { write_ckan_dataset(out, sample_dataset(), sample_context()); });
  EXPECT_EQ(
      json,
      R"({"id":"ds-id","name":"jinko","title":"人口","type":"dataset","state":"active",)"
      R"("private":false,"author":"統計課","author_email":"a@example.jp","maintainer":"運用者",)"
      R"("maintainer_email":"m@example.jp","license_id":"CC-BY-4.0",)"
      R"("license_title":"クリエイティブ・コモンズ・ライセンス 表示 4.0 国際",)"
      R"("license_url":"https://creativecommons.org/licenses/by/4.0/","isopen":true,)"
      R"("notes":"県の\"人口\"\n年度別","url":"https://www.pref.kanagawa.jp/jinko","version":"1.0",)"
      R"("creator_user_id":"user-id","owner_org":"org-id",)"
      R"("metadata_created":"2024-01-01T00:00:00.000000",)"
      R"("metadata_modified":"2024-03-01T12:00:00.000123","num_resources":2,"num_tags":2,)"
      R"("organization":{"id":"org-id","name":"140007","title":"神奈川県","type":"organization",)"
      R"("description":"県のデータ","image_url":"https://example.jp/ken.png",)"
      R"("created":"2024-01-02T03:04:05.000006","is_organization":true,)"
      R"("approval_status":"approved","state":"active"},)"
      R"("groups":[{"id":"group-id","name":"kanko","title":"観光","display_name":"観光",)"
      R"("description":"観光のデータ","image_display_url":""}],)"
      R"("tags":[{"id":"tag-1","name":"人口","display_name":"人口","state":"active",)"
      R"("vocabulary_id":null},{"id":"tag-2","name":"統計","display_name":"統計","state":"active",)"
      R"("vocabulary_id":"vocab-1"}],)"
      R"("extras":[{"key":"contact_email","value":"c@example.jp"},)"
      R"({"key":"contact_name","value":"窓口"},{"key":"contact_phone","value":"045-210-1111"},)"
      R"({"key":"contact_uri","value":"https://example.jp/c"},{"key":"frequency","value":"annual"},)"
      R"({"key":"language","value":"ja"},{"key":"notes_en","value":"Population by year"},)"
      R"({"key":"source","value":"[]"},)"
      R"({"key":"spatial_codes","value":"[\"140007\", \"999999\"]"},)"
      R"({"key":"spatial_text","value":"神奈川県、999999"},)"
      R"({"key":"temporal_end","value":"2023-03-31"},)"
      R"({"key":"temporal_start","value":"2022-04-01"},{"key":"theme","value":"[\"2\"]"},)"
      R"({"key":"title_en","value":"Population"},{"key":"title_kana","value":"ジンコウ"}],)"
      R"("relationships_as_subject":[],"relationships_as_object":[],)"
      R"("resources":[{"id":"res-1","package_id":"ds-id","position":0,"state":"active",)"
      R"("name":"人口（CSV）","description":"2列",)"
      R"("url":"https://data.example.jp/dataset/ds-id/resource/res-1/download/)"
      R"(%E4%BA%BA%E5%8F%A3%202024.csv","url_type":"upload","format":"CSV",)"
      R"("mimetype":"text/csv","mimetype_inner":null,"size":1234,"hash":"abc123",)"
      R"("resource_type":null,"cache_url":null,"cache_last_updated":null,)"
      R"("created":"2024-02-01T00:00:00.000000","last_modified":"2024-02-02T00:00:00.500000",)"
      R"("metadata_modified":"2024-02-03T00:00:00.000000","datastore_active":true,)"
      R"("encoding":"UTF-8",)"
      R"("schema":"tableschema.json"},)"
      R"({"id":"res-2","package_id":"ds-id","position":1,"state":"active","name":null,)"
      R"("description":null,"url":"http://example.jp/a.pdf","url_type":null,"format":"PDF",)"
      R"("mimetype":null,"mimetype_inner":null,"size":null,"hash":"","resource_type":null,)"
      R"("cache_url":null,"cache_last_updated":null,"created":"1970-01-01T00:00:00.000000",)"
      R"("last_modified":null,"metadata_modified":"1970-01-01T00:00:00.000000",)"
      R"("datastore_active":false,"license_id":"cc-zero"}]})");
}

TEST(CkanDataset, ShowsTheKeptCopyOfALinkAsItsCache) {
  core::Dataset dataset = sample_dataset();
  dataset.resources[1].blob = std::string(64, 'a');
  const std::string json =
      written([&](JsonWriter& out) { write_ckan_dataset(out, dataset, sample_context()); });
  EXPECT_NE(json.find(R"("url":"http://example.jp/a.pdf")"), std::string::npos);
  EXPECT_NE(json.find(R"("cache_url":"https://data.example.jp/dataset/)" +
                      dataset.resources[1].dataset_id + R"(/resource/res-2/download")"),
            std::string::npos)
      << json;
}

TEST(CkanDataset, ShowsNullsForWhatIsNotGiven) {
  core::Dataset dataset;
  dataset.name = "a";
  dataset.license_id = "raw licence";
  dataset.owner_org = "unknown";
  const std::string json =
      written([&](JsonWriter& out) { write_ckan_dataset(out, dataset, CkanContext{}); });
  const auto document = parse_json(json);
  ASSERT_TRUE(document);
  for (const char* key : {"author", "notes", "url", "version", "creator_user_id", "organization"}) {
    ASSERT_NE(find_member(*document, key), nullptr) << key;
    EXPECT_TRUE(find_member(*document, key)->IsNull()) << key;
  }
  EXPECT_EQ(find_member(*document, "license_url"), nullptr);
  EXPECT_EQ(string_member(*document, "license_title"), "raw licence");
  EXPECT_FALSE(find_member(*document, "isopen")->GetBool());
  EXPECT_EQ(string_member(*document, "title"), "a");
}

TEST(CkanResource, NeverWritesAKeyTwice) {
  core::Resource resource = sample_resource();
  resource.extras = {{"url", "evil"}, {"size", "x"}, {"note", "kept"}};
  const std::string json =
      written([&](JsonWriter& out) { write_ckan_resource(out, resource, sample_context()); });
  EXPECT_EQ(json.find("evil"), std::string::npos);
  EXPECT_NE(json.find("\"note\":\"kept\""), std::string::npos);
}

TEST(CkanResourceUrl, KeepsJapaneseNamesAndAddsSchemes) {
  core::Resource resource = sample_resource();
  resource.url = "folder/a?b#c.csv";
  EXPECT_EQ(ckan_resource_url(resource, "https://s"),
            "https://s/dataset/ds-id/resource/res-1/download/a%3Fb%23c.csv");
  resource.url_type.clear();
  for (const char* url : {"https://example.jp/?u=a", "ftp://example.jp/a", ""}) {
    resource.url = url;
    EXPECT_EQ(ckan_resource_url(resource, "https://s"), url);
  }
  resource.url = "example.jp/?next=https://a";
  EXPECT_EQ(ckan_resource_url(resource, "https://s"), "http://example.jp/?next=https://a");
}

TEST(CkanGroup, ShowsAnOrganization) {
  core::Group city = sample_organization();
  city.id = "city-id";
  city.parent = "org-id";
  city.title.clear();
  city.title_kana.clear();
  city.homepage.clear();
  city.latitude.reset();
  city.longitude.reset();
  const std::string json = written([&](JsonWriter& out) {
    CkanGroupOptions options;
    options.package_count = 24;
    write_ckan_group(out, city, options, sample_context());
  });
  EXPECT_EQ(json,
            R"({"id":"city-id","name":"140007","title":"","display_name":"140007",)"
            R"("description":"県のデータ","image_url":"https://example.jp/ken.png",)"
            R"("image_display_url":"https://example.jp/ken.png","type":"organization",)"
            R"("created":"2024-01-02T03:04:05.000006","is_organization":true,)"
            R"("approval_status":"approved","state":"active","package_count":24,)"
            R"("num_followers":0,"extras":[{"key":"municipality_kind","value":"都道府県",)"
            R"("state":"active"},{"key":"title_en","value":"Kanagawa Prefecture",)"
            R"("state":"active"}],"groups":[{"id":"org-id","name":"140007","title":"神奈川県",)"
            R"("display_name":"神奈川県","capacity":"public"}],"users":[]})");
}

TEST(CkanGroup, LeavesOutWhatWasNotAskedFor) {
  const std::string json = written([](JsonWriter& out) {
    write_ckan_group(out, sample_group(),
                     {.package_count = std::nullopt,
                      .include_extras = false,
                      .include_groups = false,
                      .include_users = false,
                      .include_followers = false},
                     {});
  });
  EXPECT_EQ(json,
            R"({"id":"group-id","name":"kanko","title":"観光","display_name":"観光",)"
            R"("description":"観光のデータ","image_url":"","image_display_url":"","type":"group",)"
            R"("created":"2024-01-03T00:00:00.000000","is_organization":false,)"
            R"("approval_status":"approved","state":"active"})");
}

TEST(CkanTag, ShowsItselfItsVocabularyAndItsDatasets) {
  const core::Tag tag = {"t", "港", ""};
  EXPECT_EQ(written([&](JsonWriter& out) { write_ckan_tag(out, tag); }),
            R"({"id":"t","name":"港","vocabulary_id":null,"display_name":"港"})");
  EXPECT_EQ(written([&](JsonWriter& out) { write_ckan_tag(out, tag, {}, {}); }),
            R"({"id":"t","name":"港","vocabulary_id":null,"display_name":"港","packages":[]})");
  EXPECT_EQ(written([&](JsonWriter& out) {
              write_ckan_vocabulary(out, {"v", "種別"}, {{"t", "港", "v"}});
            }),
            R"({"id":"v","name":"種別","tags":[)"
            R"({"id":"t","name":"港","vocabulary_id":"v","display_name":"港"}]})");
}

TEST(CkanLicense, WritesBooleansAsTexts) {
  EXPECT_EQ(written([](JsonWriter& out) { write_ckan_license(out, *core::find_license("cc-nc")); }),
            R"({"id":"cc-nc","title":"クリエイティブ・コモンズ 非営利（版の指定なし）",)"
            R"("url":"http://creativecommons.org/licenses/by-nc/2.0/","status":"active",)"
            R"("family":"Creative Commons","maintainer":"","domain_content":"False",)"
            R"("domain_data":"False","domain_software":"False","is_generic":"False",)"
            R"("od_conformance":"rejected","osd_conformance":"not reviewed"})");
}

TEST(CkanFacets, AreSortedByDisplayNameDescending) {
  const std::vector<core::Facet> facets = {
      {"organization", {{"a", "い市", 5}, {"b", "う町", 2}, {"c", "あ村", 9}}}, {"tags", {}}};
  EXPECT_EQ(
      written([&](JsonWriter& out) {
        out.begin_object();
        write_ckan_facets(out, facets);
        out.end_object();
      }),
      R"({"facets":{"organization":{"a":5,"b":2,"c":9},"tags":{}},)"
      R"("search_facets":{"organization":{"title":"organization","items":[)"
      R"({"name":"b","display_name":"う町","count":2},)"
      R"({"name":"a","display_name":"い市","count":5},)"
      R"({"name":"c","display_name":"あ村","count":9}]},"tags":{"title":"tags","items":[]}}})");
}

TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encode("aZ0-._~/ ?港"), "aZ0-._~%2F%20%3F%E6%B8%AF");
}

}  // namespace
}  // namespace minato::formats
