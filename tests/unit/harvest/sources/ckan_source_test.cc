#include <gtest/gtest.h>

#include "ckan_source_run.h"

namespace minato::harvest {
namespace {

using Texts = std::vector<std::string>;

TEST(CkanSource, GathersAllPagesWithTheirContent) {
  CkanRun run;
  run.portal.fill(450);
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 450U);
  EXPECT_EQ(run.fetcher.requests.size(), 3U);
  EXPECT_TRUE(run.sink.faults.empty());
  EXPECT_EQ(run.query(1), (std::map<std::string, std::string>{
                              {"rows", "200"}, {"start", "200"}, {"sort", "id asc"}}));
  const GatheredRecord& record = run.sink.records[449];
  EXPECT_EQ(record.remote_id, "id-00449");
  EXPECT_EQ(record.remote_modified, "2024-01-01T00:00:00.000000");
  EXPECT_EQ(record.url, "https://data.example.jp/dataset/name-id-00449");
  const auto dataset = run.adapter->read(record);
  ASSERT_TRUE(dataset);
  EXPECT_EQ(dataset->name, "name-id-00449");
  EXPECT_EQ(dataset->url, record.url);
}

TEST(CkanSource, SendsWhatTheOptionsSay) {
  CkanRun run;
  run.portal.fill(1);
  run.options.api_key = "secret";
  run.options.robots_permission = "市、2026-04-01";
  run.options.delay_ms = 7;
  ASSERT_TRUE(run.gather());
  const FetchRequest& request = run.fetcher.requests.at(0);
  EXPECT_EQ(request.robots_permission, "市、2026-04-01");
  EXPECT_EQ(request.min_delay_ms, 7);
  EXPECT_EQ(request.headers,
            (std::vector<std::pair<std::string, std::string>>{{"Authorization", "secret"}}));
}

TEST(CkanSource, AsksForOrganizationsAndFiltersWhatComes) {
  CkanRun run;
  run.portal.fill(2, "142018");
  run.portal.fill(1, "strangers");
  run.portal.fill(1, "142123");
  run.portal.records.back().more = R"(,"groups":[{"name":"g1"}])";
  run.portal.knows_fq = false;
  run.options.organizations = {"142018", "a \"b\"", "142123"};
  run.options.exclude_organizations = {"secret"};
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.query(0)["fq"],
            R"(+organization:(142018 OR "a \"b\"" OR 142123) -organization:(secret))");
  EXPECT_EQ(run.ids(), (Texts{"id-00000", "id-00001", "id-00003"}));
  EXPECT_TRUE(run.sink.faults.empty());

  CkanRun of_group;
  of_group.portal.records = run.portal.records;
  of_group.options.groups = {"g1"};
  ASSERT_TRUE(of_group.gather());
  EXPECT_EQ(of_group.ids(), (Texts{"id-00003"}));
}

TEST(CkanSource, PassesOverWhatIsNoPublicDataset) {
  CkanRun run;
  run.portal.fill(5);
  run.portal.records[0].more = R"(,"type":"harvest")";
  run.portal.records[1].more = R"(,"type":"showcase")";
  run.portal.records[2].more = R"(,"private":true)";
  run.portal.records[3].more = R"(,"state":"draft")";
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.ids(), (Texts{"id-00004"}));
  EXPECT_TRUE(run.sink.faults.empty());
}

TEST(CkanSource, TriesAnotherOrderWhenOneIsRefused) {
  CkanRun run;
  run.portal.fill(3);
  run.portal.known_sort = "metadata_created asc";
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 3U);
  EXPECT_EQ(run.fetcher.requests.size(), 3U);
  run.portal.known_sort = "none of these";
  const auto refused = run.gather();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "harvest-status");
}

TEST(CkanSource, FindsAnOldPortalsApi) {
  CkanRun run;
  test::CkanPortal old;
  old.api = "/api/action/";
  old.base = "https://old.example.jp/ckan";
  old.fill(201);
  old.serve(run.fetcher);
  run.source.url = "https://old.example.jp/ckan/dataset";
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 201U);
  EXPECT_EQ(run.fetcher.requests.size(), 3U);
}

TEST(CkanSource, GoesOnWhereAPortalCapsItsPages) {
  CkanRun run;
  run.portal.fill(25);
  run.portal.max_rows = 10;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 25U);
}

TEST(CkanSource, HalvesPagesThatAreTooLargeDownToTheOneRecord) {
  CkanRun run;
  run.portal.fill(30);
  run.portal.records[7].more = R"(,"notes":")" + std::string(50'000, 'x') + "\"";
  run.portal.max_reply_bytes = 20'000;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 29U);
  ASSERT_EQ(run.sink.faults.size(), 1U);
  EXPECT_EQ(run.sink.faults[0].record, "#8");
  EXPECT_EQ(run.sink.faults[0].error.id, "harvest-too-large");
  EXPECT_FALSE(run.sink.faults[0].whole);
}

TEST(CkanSource, EndsWhenNoPageIsSmallEnough) {
  CkanRun run;
  run.portal.fill(1000);
  run.portal.max_reply_bytes = 10;
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-too-large");
  EXPECT_LE(run.fetcher.requests.size(), 14U);
}

TEST(CkanSource, UsesTheNameOfARecordWithoutIdAndReportsOneWithoutBoth) {
  CkanRun run;
  run.portal.fill(0);
  run.fetcher.put_prefix(
      "https://data.example.jp/api/3/action/package_search", [](const FetchRequest& request) {
        return test::FakeFetcher::reply(
            request, R"({"result":{"count":3,"results":[{"name":"n"},{"title":"x"},{"id":"i"}]}})");
      });
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.ids(), (Texts{"i", "n"}));
  ASSERT_EQ(run.sink.faults.size(), 1U);
  EXPECT_EQ(run.sink.faults[0].error.id, "harvest-no-id");
  EXPECT_TRUE(run.sink.faults[0].whole);
}

TEST(CkanSource, SaysPlainlyThatThereIsNoApi) {
  CkanRun run;
  run.fetcher.put_prefix("https://data.example.jp", [](const FetchRequest& request) {
    return test::FakeFetcher::reply(request, "<html>ようこそ</html>", "text/html");
  });
  run.source.url = "https://data.example.jp/elsewhere";
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-reply");
  EXPECT_EQ(run.fetcher.requests.size(), 1U);
}

TEST(CkanSource, RefusesAUrlThatIsNone) {
  for (const std::string url : {"", "ftp://e.jp", "https://u:p@e.jp/", "/api/3"}) {
    CkanRun run;
    run.source.url = url;
    const auto made = make_ckan_source({.source = run.source,
                                        .options = run.options,
                                        .fetcher = run.fetcher,
                                        .clock = run.clock,
                                        .since = {},
                                        .work_directory = ""});
    ASSERT_FALSE(made) << url;
    EXPECT_EQ(made.error().id, "harvest-source-url");
  }
}

}  // namespace
}  // namespace minato::harvest
