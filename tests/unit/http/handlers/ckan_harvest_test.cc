#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ckan_fixture.h"

namespace minato::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CkanHarvest : public CkanTest {
 protected:
  CkanHarvest() { harvest_.fill(); }
};

TEST_F(CkanHarvest, ListsSources) {
  const auto reply = action("harvest_source_list");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/result/0/id"), "\"141003-source\"");
  EXPECT_EQ(reply.at("/result/0/type"), "\"ckan\"");
  EXPECT_EQ(reply.at("/result/0/active"), "true");
  EXPECT_EQ(reply.at("/result/0/frequency"), "\"DAILY\"");
  EXPECT_EQ(reply.at("/result/0/config"), "\"\"");
  EXPECT_EQ(reply.at("/result/0/publisher_title"), "\"横浜市\"");
  EXPECT_EQ(reply.at("/result/0/status/job_count"), "1");
  EXPECT_EQ(reply.at("/result/1/active"), "false");
  EXPECT_THAT(reply.body, Not(HasSubstr("very-secret")));
  EXPECT_EQ(reply.cache_control, "no-store");
  EXPECT_EQ(action("harvest_source_list?only_active=true").at("/result/1"), "(nothing)");
  EXPECT_EQ(action("harvest_source_list?organization_id=140007").at("/result"), "[]");
}

TEST_F(CkanHarvest, ShowsASourceAsADatasetOfTypeHarvest) {
  const auto reply = action("harvest_source_show?id=141003");
  EXPECT_EQ(reply.at("/result/type"), "\"harvest\"");
  EXPECT_EQ(reply.at("/result/source_type"), "\"ckan\"");
  EXPECT_EQ(reply.at("/result/url"), "\"https://yokohama.example.jp/\"");
  EXPECT_EQ(reply.at("/result/organization/title"), "\"横浜市\"");
  EXPECT_EQ(reply.at("/result/owner_org"), "\"141003-id\"");
  EXPECT_EQ(reply.at("/result/status/total_datasets"), "1");
  EXPECT_EQ(reply.at("/result/status/last_job/status"), "\"Finished\"");
  EXPECT_EQ(reply.at("/result/resources"), "[]");
  EXPECT_THAT(reply.body, Not(HasSubstr("very-secret")));
  EXPECT_EQ(action("harvest_source_show?id=nowhere").status, 404);
  EXPECT_EQ(action("harvest_source_show").status, 409);
}

TEST_F(CkanHarvest, ShowsTheStatusOfASource) {
  const auto reply = action("harvest_source_show_status?id=141003-source");
  EXPECT_EQ(reply.at("/result/job_count"), "1");
  EXPECT_EQ(reply.at("/result/total_datasets"), "1");
  EXPECT_EQ(reply.at("/result/last_job/id"), "\"" + harvest_.job_id() + "\"");
  EXPECT_EQ(action("harvest_source_show_status?id=143821").at("/result/last_job"), "null");
}

TEST_F(CkanHarvest, ShowsJobsWithStatsAndSummaries) {
  const auto reply = action("harvest_job_show?id=" + harvest_.job_id());
  EXPECT_EQ(reply.at("/result/status"), "\"Finished\"");
  EXPECT_EQ(reply.at("/result/source_id"), "\"141003-source\"");
  EXPECT_EQ(reply.at("/result/created"), "\"2024-06-10T00:00:00.000000\"");
  EXPECT_EQ(reply.at("/result/finished"), "\"2024-06-10T00:01:00.000000\"");
  EXPECT_EQ(reply.at("/result/stats/added"), "1");
  EXPECT_EQ(reply.at("/result/stats/not modified"), "0");
  EXPECT_EQ(reply.at("/result/gather_error_summary"),
            "[{\"message\":\"No title\",\"error_count\":1}]");
  EXPECT_NE(reply.at("/result/object_error_summary/0/error_count"), "(nothing)");
  EXPECT_EQ(action("harvest_job_show?id=none").status, 404);
}

TEST_F(CkanHarvest, ListsJobsByStatus) {
  ASSERT_TRUE(harvest_.store().create_job("141003-source", "schedule",
                                          support::at("2024-06-15T00:00:00Z")));
  EXPECT_EQ(action("harvest_job_list").at("/result/0/status"), "\"New\"");
  EXPECT_EQ(action("harvest_job_list?status=Finished").at("/result/0/id"),
            "\"" + harvest_.job_id() + "\"");
  EXPECT_EQ(action("harvest_job_list?status=Finished").at("/result/1"), "(nothing)");
  EXPECT_EQ(action("harvest_job_list?status=Running").at("/result"), "[]");
  EXPECT_EQ(action("harvest_job_list?source_id=143821").at("/result"), "[]");
  EXPECT_EQ(action("harvest_job_list?limit=1&offset=1").at("/result/0/status"), "\"Finished\"");
  EXPECT_EQ(action("harvest_job_list?status=Asleep").status, 409);
}

TEST_F(CkanHarvest, ReportsAllErrorsOfAJob) {
  const auto reply = action("harvest_job_report?id=" + harvest_.job_id());
  EXPECT_EQ(reply.at("/result/gather_errors"), "[{\"message\":\"No title\"}]");
  EXPECT_EQ(reply.at("/result/object_errors/object-broken/guid"), "\"broken\"");
  EXPECT_EQ(reply.at("/result/object_errors/object-broken/errors/0/type"), "\"Import\"");
  EXPECT_THAT(reply.at("/result/object_errors/object-broken/errors/0/message"),
              HasSubstr("Bad name"));
  EXPECT_EQ(reply.at("/result/object_errors/object-broken/errors/0/line"), "null");
  EXPECT_EQ(reply.at("/result/object_errors/aed-r1/errors/0/type"), "\"File\"");
}

TEST_F(CkanHarvest, ShowsObjectsByIdAndByDataset) {
  const auto reply = action("harvest_object_show?id=object-aed");
  EXPECT_EQ(reply.at("/result/guid"), "\"aed\"");
  EXPECT_EQ(reply.at("/result/state"), "\"COMPLETE\"");
  EXPECT_EQ(reply.at("/result/report_status"), "\"added\"");
  EXPECT_EQ(reply.at("/result/current"), "true");
  EXPECT_EQ(reply.at("/result/package_id"), "\"aed-id\"");
  EXPECT_EQ(reply.at("/result/metadata_modified_date"), "\"2024-05-30T09:00:00\"");
  EXPECT_EQ(reply.at("/result/content"), "null");
  EXPECT_EQ(action("harvest_object_show?dataset_id=aed-id").at("/result/id"), "\"object-aed\"");
  const auto broken = action("harvest_object_show?id=object-broken");
  EXPECT_EQ(broken.at("/result/state"), "\"ERROR\"");
  EXPECT_EQ(broken.at("/result/current"), "false");
  EXPECT_EQ(broken.at("/result/errors/0/type"), "\"Import\"");
  EXPECT_EQ(action("harvest_object_show?id=none").status, 404);
  EXPECT_EQ(action("harvest_object_show").status, 409);
}

TEST_F(CkanHarvest, NamesItsHarvesters) {
  EXPECT_EQ(action("harvesters_info_show").at("/result/0/name"), "\"ckan\"");
  EXPECT_EQ(action("status_show").at("/result/extensions"), "[\"datastore\",\"harvest\"]");
}

TEST_F(CkanHarvest, WritingNeedsAnAccount) {
  const auto reply = post("/api/3/action/harvest_job_create", R"({"source_id": "141003"})");
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.at("/error/__type"), "\"Authorization Error\"");
  EXPECT_EQ(post("/api/3/action/harvest_source_create", "{}").status, 403);
}

}  // namespace
}  // namespace minato::http
