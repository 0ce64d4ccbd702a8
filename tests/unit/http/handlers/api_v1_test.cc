#include "http/handlers/api_v1/api_v1.h"

#include <gtest/gtest.h>

#include "formats/json.h"
#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"

namespace minato::http {
namespace {

using support::RouteReply;

class ApiV1 : public ::testing::Test {
 protected:
  ApiV1() { support::fill_sample_catalog(store_); }

  RouteReply get(const std::string& target, const std::string& language = "ja") {
    return support::call_route(table_, {"GET", target, {{"Accept-Language", language}}, ""});
  }
  rapidjson::Document json(const std::string& target) {
    const RouteReply reply = get(target);
    EXPECT_EQ(reply.status, 200) << target << '\n' << reply.body;
    auto document = formats::parse_json(reply.body);
    EXPECT_TRUE(document.has_value()) << reply.body;
    return document ? std::move(*document) : rapidjson::Document(rapidjson::kObjectType);
  }
  // Names of the datasets of a page.
  static std::vector<std::string> names(const rapidjson::Value& page) {
    std::vector<std::string> names;
    for (const auto& dataset : page["data"].GetArray())
      names.emplace_back(dataset["name"].GetString());
    return names;
  }
  std::vector<std::string> names(const std::string& target) { return names(json(target)); }
  // The target of a link, without the site.
  static std::string target_of(const rapidjson::Value& link) {
    const std::string url = link.GetString();
    const std::string site = "https://data.example.jp";
    EXPECT_TRUE(url.starts_with(site)) << url;
    return url.substr(site.size());
  }

  support::FakeCatalogStore store_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  service::Catalog catalog_{store_,
                            blobs_,
                            clock_,
                            {.site_url = "https://data.example.jp",
                             .site_title = {"見本", "Sample"},
                             .site_description = {}}};
  RouteTable table_ = std::move(*RouteTable::make(
      api_v1_routes(catalog_, {"secret", std::make_shared<const std::string>("{}")})));
};

using Names = std::vector<std::string>;

TEST_F(ApiV1, ListsPublicDatasetsOnly) {
  EXPECT_EQ(names("/api/v1/datasets?sort=name"), (Names{"aed", "population", "shelters"}));
}

TEST_F(ApiV1, SortsByEachKeyInBothDirections) {
  EXPECT_EQ(names("/api/v1/datasets?sort=-modified"), (Names{"population", "shelters", "aed"}));
  EXPECT_EQ(names("/api/v1/datasets?sort=modified"), (Names{"aed", "shelters", "population"}));
  EXPECT_EQ(names("/api/v1/datasets?sort=-created,-name"),
            (Names{"shelters", "population", "aed"}));
}

TEST_F(ApiV1, RepeatedFiltersMeanAnyAndDifferentOnesAll) {
  EXPECT_EQ(names("/api/v1/datasets?sort=name&tag=%E9%98%B2%E7%81%BD&tag=%E4%BA%BA%E5%8F%A3"),
            (Names{"aed", "population", "shelters"}));
  EXPECT_EQ(names("/api/v1/datasets?tag=%E9%98%B2%E7%81%BD&format=CSV"), (Names{"shelters"}));
}

TEST_F(ApiV1, FiltersAcceptTheSpellingsPeopleUse) {
  EXPECT_EQ(names("/api/v1/datasets?format=text/csv&sort=name"), (Names{"population", "shelters"}));
  EXPECT_EQ(names("/api/v1/datasets?theme=%E4%BA%BA%E5%8F%A3%E3%83%BB%E4%B8%96%E5%B8%AF"),
            (Names{"population"}));
}

TEST_F(ApiV1, MunicipalityFindsWhatItPublishes) {
  EXPECT_EQ(names("/api/v1/datasets?municipality=140007"), (Names{"population"}));
}

TEST_F(ApiV1, ModifiedSinceIncludesItsMoment) {
  EXPECT_EQ(names("/api/v1/datasets?sort=name&modified_since=2024-04-01"),
            (Names{"population", "shelters"}));
  EXPECT_EQ(names("/api/v1/datasets?modified_since=2024-05-01T09:30:00.000001Z"), Names{});
}

TEST_F(ApiV1, CountsFacetsUnderTheirOwnNames) {
  const auto page = json("/api/v1/datasets?facet=organization,format&facet=tag&limit=0");
  EXPECT_EQ(page["data"].Size(), 0U);
  EXPECT_EQ(page["meta"]["count"]["value"].GetInt(), 3);
  const auto& facets = page["meta"]["facets"];
  ASSERT_EQ(facets.MemberCount(), 3U);
  EXPECT_STREQ(facets["organization"][0]["value"].GetString(), "141003");
  EXPECT_STREQ(facets["organization"][0]["title"].GetString(), "横浜市");
  EXPECT_EQ(facets["organization"][0]["count"].GetInt(), 2);
  EXPECT_TRUE(facets.HasMember("tag"));
  EXPECT_TRUE(page["links"]["next"].IsNull());
}

TEST_F(ApiV1, WalksAllPagesByCursor) {
  Names walked;
  std::string target = "/api/v1/datasets?sort=name&limit=1";
  for (int page = 0; page < 3; ++page) {
    const auto document = json(target);
    for (const auto& name : names(document)) walked.push_back(name);
    if (page == 2) {
      EXPECT_TRUE(document["links"]["next"].IsNull());
      EXPECT_EQ(names(target_of(document["links"]["prev"])), (Names{"population"}));
    } else {
      target = target_of(document["links"]["next"]);
    }
  }
  EXPECT_EQ(walked, (Names{"aed", "population", "shelters"}));
}

TEST_F(ApiV1, WalkGoesOnBehindItsLastDatasetAfterInsertAndDelete) {
  const auto first = json("/api/v1/datasets?sort=name&limit=2");
  const std::string next = target_of(first["links"]["next"]);
  core::Dataset early = *catalog_.dataset("aed");
  early.id = "aaa-id";
  early.name = "aaa";
  early.resources.clear();
  store_.put(early);
  EXPECT_EQ(names(next), (Names{"shelters"}));
  for (const char* name : {"aaa", "aed"}) {
    core::Dataset gone = *catalog_.dataset(name);
    gone.state = core::State::kDeleted;
    store_.put(gone);
  }
  EXPECT_EQ(names(next), (Names{"shelters"}));
}

TEST_F(ApiV1, WalkSurvivesTheRemovalOfItsLastDataset) {
  const auto first = json("/api/v1/datasets?sort=name&limit=2");
  core::Dataset gone = *catalog_.dataset("population");
  gone.state = core::State::kDeleted;
  store_.put(gone);
  const RouteReply reply = get(target_of(first["links"]["next"]));
  EXPECT_EQ(reply.status, 200);
}

TEST_F(ApiV1, RefusesCursorsThatWereChangedOrBelongElsewhere) {
  const auto first = json("/api/v1/datasets?sort=name&limit=1");
  const std::string next = target_of(first["links"]["next"]);
  const std::string cursor =
      next.substr(next.find("cursor=") + 7, next.find('&') - next.find("cursor=") - 7);
  std::string changed = cursor;
  changed[30] = changed[30] == 'A' ? 'B' : 'A';
  for (const std::string& target : {"/api/v1/datasets?sort=name&cursor=" + changed,
                                    "/api/v1/datasets?sort=-name&cursor=" + cursor,
                                    "/api/v1/datasets?sort=name&tag=x&cursor=" + cursor,
                                    std::string("/api/v1/datasets?cursor=%E7%8C%AB"),
                                    std::string("/api/v1/datasets?cursor=AAAA"),
                                    "/api/v1/datasets?cursor=" + std::string(3000, 'A')}) {
    const RouteReply reply = get(target);
    EXPECT_EQ(reply.status, 400) << target;
    EXPECT_NE(reply.body.find("\"cursor-invalid\""), std::string::npos) << reply.body;
  }
  // limit is not part of what a cursor is bound to.
  EXPECT_EQ(names("/api/v1/datasets?sort=name&limit=2&cursor=" + cursor),
            (Names{"population", "shelters"}));
}

TEST_F(ApiV1, ReportsEveryWrongParameterWithItsCure) {
  const RouteReply reply =
      get("/api/v1/datasets?organisation=140007&limit=1001&sort=titel&facet=tags&theme=77&"
          "modified_since=yesterday&municipality=yokohama&q=a&q=b",
          "en");
  ASSERT_EQ(reply.status, 400);
  const auto problem = formats::parse_json(reply.body);
  ASSERT_TRUE(problem.has_value()) << reply.body;
  EXPECT_STREQ((*problem)["code"].GetString(), "parameter-invalid");
  std::map<std::string, std::string> hints;
  for (const auto& error : (*problem)["errors"].GetArray()) {
    hints[error["param"].GetString()] = error.HasMember("hint") ? error["hint"].GetString() : "";
  }
  EXPECT_EQ(hints.size(), 8U) << reply.body;
  EXPECT_EQ(hints["organisation"], "Did you mean organization?");
  EXPECT_EQ(hints["sort"], "Did you mean title?");
  EXPECT_EQ(hints["facet"], "Did you mean tag?");
  EXPECT_TRUE(hints.contains("limit"));
  EXPECT_TRUE(hints.contains("q"));
}

TEST_F(ApiV1, QuotesHugeInputBriefly) {
  std::string name;
  for (int i = 0; i < 900; ++i) name += "%E3%81%82";
  const RouteReply reply = get("/api/v1/datasets?" + name + "=1&limit=" + name);
  EXPECT_EQ(reply.status, 400);
  EXPECT_LT(reply.body.size(), 4000U);
  EXPECT_TRUE(formats::parse_json(reply.body).has_value());
}

TEST_F(ApiV1, EveryRouteRefusesUnknownParameters) {
  for (const char* target : {"/api/v1?x=1", "/api/v1/datasets/aed?x=1", "/api/v1/organizations?x=1",
                             "/api/v1/organizations/140007?x=1"}) {
    EXPECT_EQ(get(target).status, 400) << target;
  }
}

TEST_F(ApiV1, ShowsDatasetsByNameAndId) {
  EXPECT_STREQ(json("/api/v1/datasets/aed")["data"]["id"].GetString(), "aed-id");
  EXPECT_STREQ(json("/api/v1/datasets/aed-id")["data"]["name"].GetString(), "aed");
  const RouteReply missing = get("/api/v1/datasets/nope");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(*missing.headers.find("Content-Type"), "application/problem+json");
}

TEST_F(ApiV1, ShowsOrganizationsWithCounts) {
  const auto list = json("/api/v1/organizations");
  EXPECT_EQ(list["meta"]["count"]["value"].GetInt(), 2);
  const auto one = json("/api/v1/organizations/141003");
  EXPECT_EQ(one["data"]["dataset_count"].GetInt(), 2);
  EXPECT_EQ(get("/api/v1/organizations/999999").status, 404);
}

TEST_F(ApiV1, IndexLinksToEveryList) {
  const auto index = json("/api/v1");
  EXPECT_STREQ(index["data"]["links"]["datasets"].GetString(),
               "https://data.example.jp/api/v1/datasets");
  EXPECT_EQ(get("/api/v1/openapi.json").body, "{}");
}

TEST_F(ApiV1, PassesOnThatTheCatalogueIsBusy) {
  store_.fail_reads(
      core::Error{core::ErrorCode::kUnavailable, "catalog-busy", {"混雑", "busy"}, {}, {}, {}});
  EXPECT_EQ(get("/api/v1/datasets").status, 503);
}

}  // namespace
}  // namespace minato::http
