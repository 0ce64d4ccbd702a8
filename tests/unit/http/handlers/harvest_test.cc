#include "http/handlers/harvest/harvest_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/json.h"
#include "http/handlers/api_v1/api_v1.h"
#include "support/fake_blob_store.h"
#include "support/route_caller.h"
#include "support/sample_harvest.h"

namespace minato::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HarvestApi : public ::testing::Test {
 protected:
  HarvestApi() {
    support::fill_sample_catalog(store_);
    harvest_.fill();
  }
  support::RouteReply get(const std::string& target, const std::string& language = "ja") {
    return support::call_route(table_, {"GET", target, {{"Accept-Language", language}}, ""});
  }
  static rapidjson::Document json(const support::RouteReply& reply) {
    auto parsed = formats::parse_json(reply.body);
    return parsed ? std::move(*parsed) : rapidjson::Document();
  }
  static RouteTable rows(service::Catalog& catalog, service::HarvestStatus& status) {
    std::vector<Route> rows = harvest_routes(status, "https://data.example.jp");
    for (Route& row : api_v1_routes(catalog, {})) rows.push_back(std::move(row));
    return std::move(*RouteTable::make(std::move(rows)));
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
  support::SampleHarvest harvest_{store_};
  RouteTable table_ = rows(catalog_, harvest_.status());
};

TEST_F(HarvestApi, ListsSourcesWithTheirState) {
  const auto reply = get("/api/v1/harvest/sources");
  EXPECT_EQ(reply.status, 200);
  const auto body = json(reply);
  ASSERT_EQ(body["data"].Size(), 2U);
  const auto& yokohama = body["data"][0];
  EXPECT_STREQ(yokohama["name"].GetString(), "141003");
  EXPECT_STREQ(yokohama["kind"].GetString(), "ckan");
  EXPECT_STREQ(yokohama["organization"]["title"].GetString(), "横浜市");
  EXPECT_STREQ(yokohama["state"].GetString(), "active");
  EXPECT_STREQ(yokohama["last_success"].GetString(), "2024-06-10T00:01:00Z");
  EXPECT_STREQ(yokohama["last_confirmed"].GetString(), "2024-06-10T00:01:00Z");
  EXPECT_STREQ(yokohama["next_run"].GetString(), "2024-06-16T00:00:00Z");
  EXPECT_EQ(yokohama["records"].GetInt(), 1);
  EXPECT_STREQ(yokohama["last_job"]["outcome"].GetString(), "succeeded");
  EXPECT_EQ(yokohama["last_job"]["counts"]["added"].GetInt(), 1);
  const auto& hakone = body["data"][1];
  EXPECT_STREQ(hakone["state"].GetString(), "disabled");
  EXPECT_STREQ(hakone["notice"].GetString(), "オープンデータのページが見つかっていません。");
  EXPECT_TRUE(hakone["last_job"].IsNull());
  EXPECT_EQ(body["meta"]["count"]["value"].GetInt(), 2);
}

TEST_F(HarvestApi, TellsNeitherOptionsNorLeases) {
  for (const std::string& target :
       {std::string("/api/v1/harvest/sources"), std::string("/api/v1/harvest/sources/141003"),
        std::string("/api/v1/harvest/jobs"), "/api/v1/harvest/jobs/" + harvest_.job_id()}) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_THAT(reply.body, Not(HasSubstr("very-secret")));
    EXPECT_THAT(reply.body, Not(HasSubstr("host:1")));
  }
}

TEST_F(HarvestApi, ShowsOneSource) {
  const auto body = json(get("/api/v1/harvest/sources/141003"));
  EXPECT_STREQ(body["data"]["title"].GetString(), "横浜市オープンデータポータル");
  EXPECT_STREQ(body["links"]["self"].GetString(),
               "https://data.example.jp/api/v1/harvest/sources/141003");
  const auto missing = get("/api/v1/harvest/sources/nowhere");
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(missing.body, HasSubstr("harvest-source-not-found"));
}

TEST_F(HarvestApi, ListsJobsByNumber) {
  ASSERT_TRUE(harvest_.store().create_job("141003-source", "schedule",
                                          support::at("2024-06-15T00:00:00Z")));
  auto body = json(get("/api/v1/harvest/jobs?source=141003&limit=1"));
  ASSERT_EQ(body["data"].Size(), 1U);
  EXPECT_STREQ(body["data"][0]["state"].GetString(), "queued");
  EXPECT_TRUE(body["data"][0]["outcome"].IsNull());
  EXPECT_EQ(body["meta"]["count"]["value"].GetInt(), 2);
  EXPECT_STREQ(body["links"]["next"].GetString(),
               "https://data.example.jp/api/v1/harvest/jobs?limit=1&offset=1&source=141003");
  body = json(get("/api/v1/harvest/jobs?limit=1&offset=1&source=141003"));
  EXPECT_STREQ(body["data"][0]["id"].GetString(), harvest_.job_id().c_str());
  EXPECT_TRUE(body["links"]["next"].IsNull());
  EXPECT_STREQ(body["links"]["prev"].GetString(),
               "https://data.example.jp/api/v1/harvest/jobs?limit=1&source=141003");

  body = json(get("/api/v1/harvest/jobs?state=finished"));
  ASSERT_EQ(body["data"].Size(), 1U);
  EXPECT_EQ(body["meta"]["count"]["value"].GetInt(), 1);
  EXPECT_STREQ(body["data"][0]["source"].GetString(), "141003");
  EXPECT_EQ(json(get("/api/v1/harvest/jobs?state=running"))["data"].Size(), 0U);
  EXPECT_EQ(json(get("/api/v1/harvest/jobs?state=queued"))["data"].Size(), 1U);
  EXPECT_EQ(json(get("/api/v1/harvest/jobs?source=143821"))["data"].Size(), 0U);
}

TEST_F(HarvestApi, RefusesParametersItDoesNotKnow) {
  EXPECT_EQ(get("/api/v1/harvest/jobs?state=asleep").status, 400);
  EXPECT_EQ(get("/api/v1/harvest/jobs?limit=0").status, 400);
  EXPECT_EQ(get("/api/v1/harvest/jobs?foo=1").status, 400);
  EXPECT_EQ(get("/api/v1/harvest/sources?limit=1").status, 400);
  EXPECT_EQ(get("/api/v1/harvest/jobs?source=nowhere").status, 404);
  EXPECT_EQ(get("/api/v1/harvest/jobs/nothing").status, 404);
}

TEST_F(HarvestApi, TellsTheFaultsOfAJobInPlainWords) {
  const std::string path = "/api/v1/harvest/jobs/" + harvest_.job_id();
  const auto body = json(get(path));
  const auto& job = body["data"];
  EXPECT_STREQ(job["stage"].GetString(), "done");
  EXPECT_TRUE(job["complete_listing"].GetBool());
  EXPECT_EQ(job["requests"].GetInt(), 7);
  EXPECT_EQ(job["fault_summary"]["gather"].Size(), 1U);
  EXPECT_EQ(job["fault_summary"]["records"].Size(), 2U);
  const auto& faults = job["faults"]["items"];
  ASSERT_EQ(faults.Size(), 3U);
  EXPECT_STREQ(faults[0]["stage"].GetString(), "gather");
  EXPECT_STREQ(faults[0]["record"].GetString(), "row 3");
  EXPECT_STREQ(faults[0]["code"].GetString(), "harvest-list-title");
  EXPECT_STREQ(faults[0]["message"].GetString(), "題名なし");
  EXPECT_TRUE(faults[0]["url"].IsNull());
  EXPECT_TRUE(job["faults"]["next"].IsNull());
  EXPECT_THAT(get(path, "en").body, HasSubstr("It answered 404"));

  const auto first = json(get(path + "?limit=2"));
  EXPECT_EQ(first["data"]["faults"]["items"].Size(), 2U);
  EXPECT_STREQ(first["data"]["faults"]["next"].GetString(),
               ("https://data.example.jp" + path + "?limit=2&offset=2").c_str());
  const auto second = json(get(path + "?limit=2&offset=2"));
  EXPECT_EQ(second["data"]["faults"]["items"].Size(), 1U);
  EXPECT_TRUE(second["data"]["faults"]["next"].IsNull());
}

TEST_F(HarvestApi, IsNeverKept) {
  for (const Route& route : harvest_routes(harvest_.status(), "")) {
    EXPECT_EQ(route.cache, CacheRule::kNone) << route.operation;
  }
}

TEST_F(HarvestApi, ADatasetTellsWhereItCameFrom) {
  const auto body = json(get("/api/v1/datasets/aed"));
  const auto& provenance = body["data"]["provenance"];
  ASSERT_TRUE(provenance.IsObject());
  EXPECT_STREQ(provenance["source"].GetString(), "141003-source");
  EXPECT_STREQ(provenance["source_title"].GetString(), "横浜市オープンデータポータル");
  EXPECT_STREQ(provenance["url"].GetString(), "https://yokohama.example.jp/dataset/aed");
  EXPECT_STREQ(provenance["fetched"].GetString(), "2024-06-10T00:00:20Z");
  EXPECT_STREQ(provenance["remote_modified"].GetString(), "2024-05-30T09:00:00");
  EXPECT_STREQ(provenance["hash"].GetString(), "00ff");
  EXPECT_STREQ(provenance["last_confirmed"].GetString(), "2024-06-10T00:01:00Z");
  ASSERT_EQ(provenance["kept_fields"].Size(), 1U);
  EXPECT_STREQ(provenance["kept_fields"][0].GetString(), "/title");
  EXPECT_TRUE(json(get("/api/v1/datasets/population"))["data"]["provenance"].IsNull());
}

}  // namespace
}  // namespace minato::http
