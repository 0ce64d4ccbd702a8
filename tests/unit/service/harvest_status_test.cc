#include "service/harvest/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/catalog.h"
#include "support/fake_blob_store.h"
#include "support/sample_harvest.h"

namespace minato::service {
namespace {

class HarvestStatusTest : public ::testing::Test {
 protected:
  HarvestStatusTest() {
    support::fill_sample_catalog(store_);
    harvest_.fill();
  }
  std::string period_of(const std::string& schedule) {
    auto changed = harvest_.store().change_source(
        "141003-source", [&](core::HarvestSource& source) { source.schedule = schedule; });
    EXPECT_TRUE(changed);
    return harvest_.status().source("141003").value().period;
  }

  support::FakeCatalogStore store_;
  support::SampleHarvest harvest_{store_};
};

TEST_F(HarvestStatusTest, HidesOptionsAndLeaseOwners) {
  ASSERT_TRUE(
      harvest_.store().create_job("143821-source", "manual", support::at("2024-06-15T00:00:00Z")));
  const auto sources = harvest_.status().sources();
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources->size(), 2U);
  for (const core::SourceStatus& status : *sources) {
    EXPECT_EQ(status.source.options, "{}");
    ASSERT_TRUE(status.last_job);
    EXPECT_EQ(status.last_job->job.lease_owner, "");
  }
  EXPECT_EQ(sources->at(0).organization_title, "横浜市");
  EXPECT_EQ(sources->at(1).organization_title, "");
}

TEST_F(HarvestStatusTest, TellsCkansFrequencyOfASchedule) {
  EXPECT_EQ(period_of(""), "DAILY");
  EXPECT_EQ(period_of("manual"), "MANUAL");
  EXPECT_EQ(period_of("every 6h"), "ALWAYS");
  EXPECT_EQ(period_of("every 24h"), "DAILY");
  EXPECT_EQ(period_of("30 3 * * 1"), "WEEKLY");
  EXPECT_EQ(period_of("every 14d"), "BIWEEKLY");
  EXPECT_EQ(period_of("0 4 1 * *"), "MONTHLY");
}

TEST_F(HarvestStatusTest, CountsAndPagesJobsOfAState) {
  JobListRequest request;
  request.state = core::JobState::kFinished;
  auto list = harvest_.status().jobs(request);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->count, 1);
  ASSERT_EQ(list->jobs.size(), 1U);
  EXPECT_EQ(list->jobs[0].source_name, "141003");
  request.offset = 1;
  list = harvest_.status().jobs(request);
  EXPECT_EQ(list->count, 1);
  EXPECT_TRUE(list->jobs.empty());
  request = {};
  request.source = "nowhere";
  EXPECT_EQ(harvest_.status().jobs(request).error().id, "harvest-source-not-found");
}

TEST_F(HarvestStatusTest, ObjectsOfDatasetsAreThoseThatMadeThem) {
  const auto object = harvest_.status().object_of_dataset("aed-id");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->remote_id, "aed");
  EXPECT_TRUE(object->current);
  EXPECT_EQ(harvest_.status().object_of_dataset("population-id").error().id,
            "harvest-object-not-found");
  EXPECT_EQ(harvest_.status().job("nothing").error().id, "harvest-job-not-found");
}

TEST_F(HarvestStatusTest, OnlyHarvestedDatasetsHaveAProvenance) {
  support::FakeBlobStore blobs;
  support::StoppedClock clock;
  Catalog catalog(store_, blobs, clock, {});
  const auto aed = catalog.provenance(*catalog.dataset("aed"));
  ASSERT_TRUE(aed && *aed);
  EXPECT_EQ((*aed)->source, "141003-source");
  EXPECT_THAT((*aed)->kept_fields, testing::ElementsAre("/title"));
  const auto population = catalog.provenance(*catalog.dataset("population"));
  ASSERT_TRUE(population);
  EXPECT_FALSE(*population);
}

}  // namespace
}  // namespace minato::service
