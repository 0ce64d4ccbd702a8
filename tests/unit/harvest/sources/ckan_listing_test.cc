// Listings that shift, lie or do not end, and those that tell changes only.
#include <gtest/gtest.h>

#include "ckan_source_run.h"

namespace minato::harvest {
namespace {

using Texts = std::vector<std::string>;

// What we hold after a run over all of the portal's records.
void hold_all(CkanRun& run) {
  for (const auto& record : run.portal.records) run.sink.known[record.id] = record.modified;
  run.since = core::parse_iso8601("2024-03-01T12:00:00");
}

TEST(CkanListing, ReadsAShiftingListingOnceMore) {
  CkanRun run;
  run.portal.fill(400);
  bool is_deleted = false;
  run.portal.before_page = [&](std::int64_t start) {
    if (start == 0 || is_deleted) return;
    run.portal.records.erase(run.portal.records.begin());
    is_deleted = true;
  };
  ASSERT_TRUE(run.gather());
  // The 201st slid onto the first page while the second was asked for.
  EXPECT_EQ(run.sink.records.size(), 400U);
  EXPECT_TRUE(run.sink.faults.empty());
  EXPECT_EQ(run.fetcher.requests.size(), 4U);
}

TEST(CkanListing, IsNotWholeWhenTheCountIsNeverReached) {
  CkanRun run;
  run.portal.fill(10);
  run.portal.extra_count = 3;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 10U);
  ASSERT_EQ(run.sink.faults.size(), 1U);
  EXPECT_EQ(run.sink.faults[0].error.id, "harvest-incomplete");
  EXPECT_FALSE(run.sink.faults[0].whole);
}

TEST(CkanListing, IsWholeWhenTheShortfallAreDoubles) {
  CkanRun run;
  run.portal.fill(10);
  run.portal.records.push_back(run.portal.records[3]);
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 10U);
  EXPECT_TRUE(run.sink.faults.empty());
}

TEST(CkanListing, EndsWhenPagesRepeat) {
  CkanRun run;
  run.portal.fill(900);
  run.portal.knows_start = false;
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-paging");
  EXPECT_EQ(run.fetcher.requests.size(), 2U);
}

TEST(CkanListing, OfAPortalWithoutCountEndsAtTheEmptyPage) {
  CkanRun run;
  run.portal.fill(250);
  run.portal.tells_count = false;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 250U);
  EXPECT_TRUE(run.sink.faults.empty());
}

TEST(CkanListing, OfAPortalWithoutPagesIsWhole) {
  CkanRun run;
  run.portal.fill(50);
  run.portal.tells_count = false;
  run.portal.knows_start = false;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 50U);
  EXPECT_TRUE(run.sink.faults.empty());
}

TEST(CkanListing, EndsWhenItGrowsForEver) {
  CkanRun run;
  run.portal.fill(300);
  run.portal.before_page = [&](std::int64_t) { run.portal.fill(300); };
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-paging");
  EXPECT_LT(run.fetcher.requests.size(), 20U);
}

TEST(CkanListing, ReportsAFailureInTheMiddle) {
  CkanRun run;
  run.portal.fill(1000);
  run.fetcher.put(
      "https://data.example.jp/api/3/action/package_search?rows=200&start=400&sort="
      "id%20asc",
      [](const FetchRequest&) -> core::Result<FetchReply> {
        return tl::unexpected(test::FakeFetcher::status_error(503));
      });
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-status");
  EXPECT_EQ(run.sink.records.size(), 400U);
}

TEST(CkanListing, AsksForChangesAndForWhatIsStillThere) {
  CkanRun run;
  run.portal.fill(1200);
  hold_all(run);
  run.portal.records[5].modified = "2024-03-01T11:30:00.000000";
  run.portal.records.erase(run.portal.records.begin() + 100);
  run.portal.fill(1);
  run.portal.records.back().id = "new";
  ASSERT_TRUE(run.gather());
  // Modified within the hour before the last run: found by the query; "new" bears an old date.
  EXPECT_EQ(run.query(0)["fq"], "+metadata_modified:[2024-03-01T11:00:00Z TO *]");
  EXPECT_EQ(run.ids(), (Texts{"id-00005", "new"}));
  EXPECT_FALSE(run.sink.records[0].content.empty());
  EXPECT_EQ(run.sink.seen.size(), 1198U);
  EXPECT_TRUE(run.sink.faults.empty());
  EXPECT_EQ(run.fetcher.requests.size(), 3U);
  const GatheredRecord& unseen = run.sink.records[1];
  EXPECT_TRUE(unseen.content.empty());
  const auto content = run.adapter->fetch(unseen);
  ASSERT_TRUE(content);
  EXPECT_NE(content->find("name-new"), std::string::npos);
}

TEST(CkanListing, TakesWholeRecordsFromPortalsThatIgnoreFl) {
  CkanRun run;
  run.portal.fill(20);
  hold_all(run);
  run.portal.knows_fl = false;
  run.portal.records[3].modified = "2024-02-01T00:00:00.000000";
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.ids(), (Texts{"id-00003"}));
  EXPECT_FALSE(run.sink.records[0].content.empty());
  EXPECT_EQ(run.sink.seen.size(), 19U);
}

TEST(CkanListing, RepeatsFlForOldPortals) {
  CkanRun run;
  run.portal.fill(20);
  hold_all(run);
  run.portal.wants_fl_repeated = true;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.seen.size(), 20U);
  EXPECT_TRUE(run.sink.records.empty());
  EXPECT_TRUE(run.sink.faults.empty());
  EXPECT_TRUE(run.query(2)["fl"].starts_with("id|name|"));
}

TEST(CkanListing, IsGatheredWholeWhenForced) {
  CkanRun run;
  run.portal.fill(20);
  hold_all(run);
  run.options.force_all = true;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.sink.records.size(), 20U);
  EXPECT_EQ(run.query(0).count("fl"), 0U);
}

TEST(CkanListing, KeepsChangesOfOtherOrganizationsOut) {
  CkanRun run;
  run.portal.fill(3, "142018");
  run.portal.fill(3, "other");
  hold_all(run);
  run.source.url = "https://data.example.jp/organization/142018";
  for (auto& record : run.portal.records) record.modified = "2024-04-01T00:00:00.000000";
  run.portal.knows_fq = false;
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.query(0)["fq"],
            "+organization:(142018) +metadata_modified:[2024-03-01T11:00:00Z TO *]");
  EXPECT_EQ(run.ids(), (Texts{"id-00000", "id-00001", "id-00002"}));
}

}  // namespace
}  // namespace minato::harvest
