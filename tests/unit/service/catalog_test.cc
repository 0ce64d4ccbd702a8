#include "service/catalog.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "support/fake_blob_store.h"
#include "support/sample_catalog.h"

namespace minato::service {
namespace {

using core::GroupKind;
using testing::ElementsAre;
using testing::IsEmpty;

core::SearchExpr expr(core::SearchExpr::Kind kind, std::string field, std::string value) {
  core::SearchExpr made;
  made.kind = kind;
  made.field = std::move(field);
  made.value = std::move(value);
  return made;
}

class CatalogTest : public testing::Test {
 protected:
  CatalogTest() { support::fill_sample_catalog(store_); }

  template <typename T>
  static std::string error_id(const core::Result<T>& result) {
    return result ? "no error" : result.error().id;
  }

  support::FakeCatalogStore store_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  Catalog catalog_{store_, blobs_, clock_, {}};
};

TEST_F(CatalogTest, FindsADatasetByNameAndById) {
  EXPECT_EQ(catalog_.dataset("shelters")->id, "shelters-id");
  EXPECT_EQ(catalog_.dataset("shelters-id")->name, "shelters");
  EXPECT_EQ(error_id(catalog_.dataset("nothing")), "dataset-not-found");
  EXPECT_EQ(error_id(catalog_.dataset("")), "dataset-not-found");
}

TEST_F(CatalogTest, HidesPrivateDatasetsFromAllButMembers) {
  EXPECT_EQ(error_id(catalog_.dataset("secret")), "dataset-access-denied");
  core::Caller stranger;
  stranger.user_id = "user-9";
  stranger.roles["140007-id"] = core::Role::kAdmin;
  EXPECT_EQ(error_id(catalog_.dataset("secret", stranger)), "dataset-access-denied");
  core::Caller member;
  member.user_id = "user-8";
  member.roles["141003-id"] = core::Role::kMember;
  EXPECT_TRUE(catalog_.dataset("secret", member));
  EXPECT_EQ(error_id(catalog_.resource("secret-r1")), "dataset-access-denied");
}

TEST_F(CatalogTest, ShowsDraftsToTheirCreatorOnly) {
  EXPECT_EQ(error_id(catalog_.dataset("draft-one")), "dataset-access-denied");
  core::Caller creator;
  creator.user_id = "user-1";
  EXPECT_TRUE(catalog_.dataset("draft-one", creator));
}

TEST_F(CatalogTest, TreatsDeletedDatasetsAsMissing) {
  EXPECT_EQ(error_id(catalog_.dataset("gone")), "dataset-not-found");
  core::Caller sysadmin;
  sysadmin.sysadmin = true;
  EXPECT_TRUE(catalog_.dataset("gone", sysadmin));
}

TEST_F(CatalogTest, LeavesDeletedResourcesOut) {
  auto dataset = *catalog_.dataset("shelters");
  dataset.resources[0].state = core::State::kDeleted;
  store_.put(dataset);
  EXPECT_EQ(catalog_.dataset("shelters")->resources.size(), 1u);
  EXPECT_EQ(error_id(catalog_.resource("shelters-r1")), "resource-not-found");
  EXPECT_EQ(catalog_.resource("shelters-r2")->resource.format, "GeoJSON");
}

TEST_F(CatalogTest, ListsPublicNamesWithPaging) {
  EXPECT_THAT(*catalog_.dataset_names(0, -1), ElementsAre("aed", "population", "shelters"));
  EXPECT_THAT(*catalog_.dataset_names(1, 1), ElementsAre("population"));
  EXPECT_THAT(*catalog_.dataset_names(9, -1), IsEmpty());
}

TEST_F(CatalogTest, NamesFacetValuesForPeople) {
  core::SearchRequest request;
  request.facets = {"organization", "license_id", "groups", "theme", "tags"};
  const auto ja = catalog_.search(request);
  ASSERT_TRUE(ja);
  EXPECT_EQ(ja->facets[0].values[0].title, "横浜市");
  EXPECT_EQ(ja->facets[2].values[0].title, "防災");
  EXPECT_EQ(ja->facets[3].values[0].value, "2");
  EXPECT_NE(ja->facets[3].values[0].title, "2");
  EXPECT_EQ(ja->facets[4].values[0].title, "防災");
  EXPECT_EQ(ja->facets[4].values[0].count, 2);
  const auto en = catalog_.search(request, core::Language::kEn);
  EXPECT_EQ(en->facets[0].values[1].title, "Kanagawa Prefecture");
}

TEST_F(CatalogTest, CountsSearchesWithoutAHit) {
  core::SearchRequest request;
  request.query = expr(core::SearchExpr::Kind::kText, "", "火星");
  request.asked = "火星";
  EXPECT_EQ(catalog_.search(request)->count, 0);
  EXPECT_EQ(store_.missed_searches().at("火星"), 1);
  request.query = expr(core::SearchExpr::Kind::kText, "", "避難所");
  request.asked = "避難所";
  EXPECT_EQ(catalog_.search(request)->count, 1);
  EXPECT_EQ(store_.missed_searches().size(), 1u);
}

TEST_F(CatalogTest, VisitsEveryPublicDatasetOnce) {
  std::vector<core::Dataset> many(1200);
  for (std::size_t i = 0; i < many.size(); ++i) {
    many[i].id = many[i].name = "many-" + std::to_string(i);
  }
  store_.put(many);
  std::set<std::string> seen;
  int visits = 0;
  ASSERT_TRUE(catalog_.each_dataset([&](const core::Dataset& dataset) {
    seen.insert(dataset.id);
    ++visits;
    return true;
  }));
  EXPECT_EQ(visits, 1203);
  EXPECT_EQ(seen.size(), 1203u);
  visits = 0;
  ASSERT_TRUE(catalog_.each_dataset([&](const core::Dataset&) { return ++visits < 7; }));
  EXPECT_EQ(visits, 7);
}

TEST_F(CatalogTest, GivesTheLastChangedFirst) {
  const auto found = catalog_.recently_changed(0, 2);
  ASSERT_EQ(found->datasets.size(), 2u);
  EXPECT_EQ(found->datasets[0]->name, "population");
  EXPECT_EQ(found->datasets[1]->name, "shelters");
  EXPECT_EQ(found->count, 3);
}

TEST_F(CatalogTest, DownloadsKeptFilesUnderThePublishersName) {
  const auto blob = blobs_.put_bytes("名前,人\n");
  auto dataset = *catalog_.dataset("population");
  dataset.resources[0].blob = blob->sha256;
  dataset.resources[0].url = "../../etc/人口.csv";
  store_.put(dataset);
  const auto download = catalog_.download("population-r1");
  ASSERT_TRUE(download);
  EXPECT_EQ(download->file_name, "人口.csv");
  EXPECT_EQ(download->media_type, "text/csv");
  EXPECT_EQ(download->redirect_url, "");
  const auto descriptor = catalog_.open(*download);
  ASSERT_TRUE(descriptor);
  char bytes[4];
  EXPECT_EQ(::pread(*descriptor, bytes, 4, 0), 4);
  ::close(*descriptor);
}

TEST_F(CatalogTest, RedirectsToLinksOfTheWebOnly) {
  EXPECT_EQ(catalog_.download("aed-r1")->redirect_url, "https://files.example.jp/aed.XLSX");
  auto dataset = *catalog_.dataset("aed");
  dataset.resources[0].url = "www.example.jp/a.csv";
  store_.put(dataset);
  EXPECT_EQ(catalog_.download("aed-r1")->redirect_url, "http://www.example.jp/a.csv");
  dataset.resources[0].url = "www.example.jp:8080/a.csv";
  store_.put(dataset);
  EXPECT_EQ(catalog_.download("aed-r1")->redirect_url, "http://www.example.jp:8080/a.csv");
  for (const char* url : {"file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "", ":",
                          "/etc/passwd", "//evil.example/", "ftp://example.jp/a.csv"}) {
    dataset.resources[0].url = url;
    store_.put(dataset);
    EXPECT_EQ(error_id(catalog_.download("aed-r1")), "file-not-here") << url;
  }
}

TEST_F(CatalogTest, FindsGroupsOfTheRightKindOnly) {
  EXPECT_EQ(catalog_.group(GroupKind::kOrganization, "141003")->title, "横浜市");
  EXPECT_EQ(catalog_.group(GroupKind::kOrganization, "141003-id")->title, "横浜市");
  EXPECT_EQ(error_id(catalog_.group(GroupKind::kOrganization, "bosai")), "organization-not-found");
  EXPECT_EQ(error_id(catalog_.group(GroupKind::kGroup, "141003")), "group-not-found");
  EXPECT_EQ(error_id(catalog_.group(GroupKind::kOrganization, "149999")), "organization-not-found");
}

TEST_F(CatalogTest, KeepsTheDirectoryForARevision) {
  const auto first = catalog_.directory();
  const int reads = store_.reads();
  EXPECT_EQ(*catalog_.directory(), *first);
  EXPECT_EQ(store_.reads(), reads);
  auto city = *catalog_.group(GroupKind::kOrganization, "141003");
  city.title = "横浜市役所";
  store_.put(city);
  EXPECT_EQ((*catalog_.directory())->find(GroupKind::kOrganization, "141003")->title, "横浜市役所");
  EXPECT_EQ((*first)->find(GroupKind::kOrganization, "141003")->title, "横浜市");
}

TEST_F(CatalogTest, CountsPublicDatasetsOfAnOrganization) {
  const auto directory = *catalog_.directory();
  EXPECT_EQ(directory->dataset_count("141003-id"), 2);
  EXPECT_EQ(directory->dataset_count("bosai-id"), 1);
  EXPECT_EQ(directory->dataset_count("nobody"), 0);
}

TEST_F(CatalogTest, SeparatesFreeTagsFromVocabularies) {
  const auto free = catalog_.tags({"防", ""});
  ASSERT_EQ(free->size(), 1u);
  EXPECT_EQ(free->front().name, "防災");
  EXPECT_EQ(catalog_.tags({"", "wards"})->front().name, "鶴見区");
  EXPECT_EQ(error_id(catalog_.tags({"", "nothing"})), "vocabulary-not-found");
  EXPECT_EQ(catalog_.tag("鶴見区", "wards-id")->id, "tag-tsurumi");
  EXPECT_EQ(error_id(catalog_.tag("鶴見区", "")), "tag-not-found");
  EXPECT_EQ(catalog_.vocabulary("wards")->id, "wards-id");
  EXPECT_EQ(error_id(catalog_.vocabulary("x")), "vocabulary-not-found");
}

TEST_F(CatalogTest, SuggestsDatasetsByNameAndTitle) {
  const auto by_name = catalog_.suggest_datasets("HELT", 10);
  ASSERT_EQ(by_name->size(), 1u);
  EXPECT_EQ(by_name->front().name, "shelters");
  EXPECT_FALSE(by_name->front().by_title);
  const auto by_title = catalog_.suggest_datasets("避難", 10);
  ASSERT_EQ(by_title->size(), 1u);
  EXPECT_TRUE(by_title->front().by_title);
  EXPECT_THAT(*catalog_.suggest_datasets("*", 10), IsEmpty());
  EXPECT_THAT(*catalog_.suggest_datasets("", 10), IsEmpty());
}

TEST_F(CatalogTest, SuggestsFormatsMostUsedFirst) {
  EXPECT_THAT(*catalog_.suggest_formats("", 10), ElementsAre("csv", "geojson", "xlsx"));
  EXPECT_THAT(*catalog_.suggest_formats("JSON", 10), ElementsAre("geojson"));
  EXPECT_THAT(*catalog_.suggest_formats("", 1), ElementsAre("csv"));
}

TEST_F(CatalogTest, PassesFailuresOfTheStoreOn) {
  core::Error error;
  error.code = core::ErrorCode::kUnavailable;
  error.id = "busy";
  store_.fail_reads(error);
  EXPECT_EQ(error_id(catalog_.dataset("aed")), "busy");
  EXPECT_EQ(error_id(catalog_.directory()), "busy");
  EXPECT_EQ(error_id(catalog_.search({})), "busy");
  EXPECT_EQ(error_id(catalog_.suggest_formats("", 1)), "busy");
}

}  // namespace
}  // namespace minato::service
