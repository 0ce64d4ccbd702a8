#include "harvest/run/runner.h"

#include <gmock/gmock.h>

#include "run_fixture.h"

namespace minato::harvest {
namespace {

using core::JobOutcome;
using core::JobState;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

class RunnerTest : public RunFixture {};

TEST_F(RunnerTest, AFirstRunAddsEveryRecordAndPlansTheNextOne) {
  fill(25);
  serve_files();
  const RunResult result = run();
  EXPECT_EQ(result.job.outcome, JobOutcome::kSucceeded);
  EXPECT_EQ(result.job.state, JobState::kFinished);
  EXPECT_TRUE(result.job.complete_listing);
  EXPECT_EQ(result.job.counts.added, 25);
  EXPECT_EQ(result.job.counts.errored, 0);
  EXPECT_EQ(result.job.counts.files_changed, 25);
  EXPECT_EQ(result.job.counts.tables, 25);
  EXPECT_EQ(result.job.requests, 25);
  EXPECT_THAT(result.failure.id, IsEmpty());
  EXPECT_THAT(titles(), SizeIs(25));
  EXPECT_THAT(titles(), Contains(Pair("141003-r07", "Record 7")));
  EXPECT_THAT(fault_ids(result), IsEmpty());
  EXPECT_THAT(work_folders(), IsEmpty());
  const core::HarvestSource after = source();
  EXPECT_EQ(after.last_success, clock_.now());
  EXPECT_GE(after.next_run->us, clock_.now().us + kDay * 1'000'000);
  EXPECT_LE(after.next_run->us, clock_.now().us + kDay * 1'050'000);
}

TEST_F(RunnerTest, ASecondRunWithoutChangesWritesNothingIntoTheCatalogue) {
  fill(25);
  serve_files();
  run();
  const std::uint64_t revision = catalog_->revision();
  portal_.read.clear();
  clock_.move(2 * kHour);
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.not_modified, 25);
  EXPECT_EQ(second.job.counts.added + second.job.counts.updated, 0);
  EXPECT_EQ(catalog_->revision(), revision);
  EXPECT_THAT(portal_.read, IsEmpty());
  EXPECT_EQ(second.job.requests, 0);  // files are not due
  EXPECT_EQ(source().unchanged_runs, 1);
}

TEST_F(RunnerTest, AChangedRecordIsUpdated) {
  fill(3);
  serve_files();
  run();
  portal_.record("r02").title = "Renamed";
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.updated, 1);
  EXPECT_EQ(second.job.counts.not_modified, 2);
  EXPECT_THAT(titles(), Contains(Pair("141003-r02", "Renamed")));
}

TEST_F(RunnerTest, OtherOptionsReadUnchangedRecordsAnew) {
  fill(3);
  run();
  clock_.move(kHour);
  auto changed = harvest_->change_source(source().id, [&](core::HarvestSource& source) {
    source.options = R"({"default_tags": ["防災"]})";
    source.modified = clock_.now();
  });
  ASSERT_TRUE(changed);
  clock_.move(kHour);
  EXPECT_EQ(run().job.counts.updated, 3);
}

TEST_F(RunnerTest, OneBadRecordIsOneErrorAndTheOthersGoOn) {
  fill(12);
  serve_files();
  portal_.record("r03").read_error = "ckan-record-bad";
  portal_.record("r05").read_error = "throw";
  portal_.record("r07").in_listing = false;
  portal_.record("r07").fetch_error = "harvest-status";
  portal_.record("r08").in_listing = false;
  portal_.record("r09").in_listing = false;
  portal_.record("r09").fetch_error = "throw";
  const RunResult result = run();
  EXPECT_EQ(result.job.outcome, JobOutcome::kSucceeded);
  EXPECT_EQ(result.job.counts.added, 8);
  EXPECT_EQ(result.job.counts.errored, 4);
  EXPECT_THAT(fault_ids(result),
              testing::UnorderedElementsAre("import ckan-record-bad", "import harvest-broke-off",
                                            "fetch harvest-status", "fetch harvest-broke-off"));
  for (const auto& fault : faults(result)) {
    EXPECT_FALSE(fault.record.empty());
    EXPECT_FALSE(fault.message.ja.empty());
  }
  // The bad ones are tried again, and not only when they change.
  for (auto& record : portal_.records) record.read_error = record.fetch_error = "";
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.added, 4);
  EXPECT_EQ(second.job.counts.not_modified, 8);
}

TEST_F(RunnerTest, ARecordThatIsListedTwiceIsOneDatasetAndAFault) {
  fill(3);
  portal_.records.push_back(portal_.record("r02"));
  portal_.records.push_back({"", "Without id"});
  const RunResult result = run();
  EXPECT_EQ(result.job.counts.added, 3);
  EXPECT_THAT(fault_ids(result), testing::IsSupersetOf({"gather harvest-record-repeated",
                                                        "gather harvest-record-id"}));
  EXPECT_TRUE(result.job.complete_listing);
}

TEST_F(RunnerTest, AFailedListingFailsTheJobKeepsWhatWasListedAndDeletesNothing) {
  fill(10);
  serve_files();
  run();
  portal_.records.resize(2);
  portal_.records.push_back({"new", "New"});
  portal_.gather_error = error_of("harvest-timeout");
  clock_.move(kDay);
  const RunResult result = run();
  EXPECT_EQ(result.job.outcome, JobOutcome::kFailed);
  EXPECT_EQ(result.failure.id, "harvest-timeout");
  EXPECT_EQ(result.job.counts.added, 1);
  EXPECT_EQ(result.job.counts.missing, 0);
  EXPECT_FALSE(result.job.complete_listing);
  EXPECT_THAT(titles(), SizeIs(11));
  EXPECT_EQ(source().failures, 1);
  EXPECT_THAT(fault_ids(result), Contains("gather harvest-timeout"));
}

TEST_F(RunnerTest, AnIncompleteListingTakesNothingForVanished) {
  fill(10);
  run();
  portal_.records.pop_back();
  portal_.is_whole = false;
  clock_.move(kDay);
  const RunResult result = run();
  EXPECT_EQ(result.job.outcome, JobOutcome::kSucceeded);
  EXPECT_FALSE(result.job.complete_listing);
  EXPECT_EQ(result.job.counts.missing, 0);
}

TEST_F(RunnerTest, WhatVanishedIsDeletedAfterItsGraceAndCounted) {
  fill(10);
  run();
  portal_.records.pop_back();
  for (int day = 0; day < 8; day += 4) {
    clock_.move(4 * kDay);
    const RunResult result = run();
    EXPECT_EQ(result.job.counts.missing, 1);
    EXPECT_EQ(result.job.counts.deleted, 0);
  }
  clock_.move(4 * kDay);
  std::vector<std::string> told;
  RunCallbacks callbacks;
  callbacks.record = [&](const RecordNote& note) {
    told.push_back(note.remote_id + " " + note.imported.dataset_name);
  };
  const RunResult result = run_with(options(), callbacks);
  EXPECT_EQ(result.job.counts.deleted, 1);
  EXPECT_EQ(result.job.counts.missing, 0);
  EXPECT_THAT(titles(), SizeIs(9));
  EXPECT_THAT(told, ElementsAre("r10 141003-r10"));
}

TEST_F(RunnerTest, ManyVanishingAtOnceAreHeldWithAFault) {
  fill(10);
  serve_files();
  run();
  portal_.records.resize(6);
  for (int i = 0; i < 4; ++i) {
    clock_.move(4 * kDay);
    const RunResult result = run();
    EXPECT_EQ(result.job.counts.deleted, 0);
    EXPECT_THAT(fault_ids(result), ElementsAre("gather harvest-deletions-held"));
  }
  EXPECT_TRUE(source().deletions_held);
  EXPECT_THAT(titles(), SizeIs(10));
}

TEST_F(RunnerTest, ExceptionsOfAnAdapterAreTheJobsFailure) {
  for (const char* place : {"make", "gather"}) {
    portal_.throws = place;
    const RunResult result = run();
    EXPECT_EQ(result.job.outcome, JobOutcome::kFailed) << place;
    EXPECT_EQ(result.job.state, JobState::kFinished) << place;
    EXPECT_EQ(result.failure.id, "harvest-broke-off") << place;
    EXPECT_THAT(fault_ids(result), ElementsAre("gather harvest-broke-off")) << place;
  }
  EXPECT_EQ(source().failures, 2);
  portal_.throws = "";
  EXPECT_EQ(run().job.outcome, JobOutcome::kSucceeded);
  EXPECT_EQ(source().failures, 0);
}

TEST_F(RunnerTest, UnreadableOptionsAreTheJobsFailure) {
  ASSERT_TRUE(harvest_->change_source(
      source().id, [](core::HarvestSource& source) { source.options = R"({"no_such": 1})"; }));
  EXPECT_EQ(run().failure.id, "harvest-options");
}

TEST_F(RunnerTest, ADisabledSourceIsRefused) {
  ASSERT_TRUE(harvest_->change_source(source().id, [](core::HarvestSource& source) {
    source.state = core::SourceState::kDisabled;
  }));
  const auto result = try_run(*harvest_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().id, "harvest-source-disabled");
}

TEST_F(RunnerTest, TooManyRecordsFailTheListing) {
  fill(10);
  RunnerOptions few = options();
  few.max_records = 7;
  const RunResult result = run_with(few);
  EXPECT_EQ(result.job.outcome, JobOutcome::kFailed);
  EXPECT_EQ(result.failure.id, "harvest-too-many-records");
  EXPECT_EQ(result.job.counts.added, 7);
}

TEST_F(RunnerTest, ASourceThatStopsAnsweringFailsAfterTenRecords) {
  fill(30);
  for (auto& record : portal_.records) {
    record.in_listing = false;
    record.fetch_error = "harvest-connect";
  }
  const RunResult result = run();
  EXPECT_EQ(result.job.outcome, JobOutcome::kFailed);
  EXPECT_EQ(result.failure.id, "harvest-connect");
  EXPECT_THAT(portal_.fetched, SizeIs(10));
  EXPECT_EQ(result.job.counts.errored, 31);  // and the fault of the job itself
  EXPECT_TRUE(
      harvest_->next_objects(result.job.id, storage::HarvestObject::State::kWaiting, 100)->empty());
}

TEST_F(RunnerTest, KnownStatesAreNotAskedForAgain) {
  fill(10);
  portal_.tells_changes = true;
  for (auto& record : portal_.records) record.in_listing = false;
  run();
  EXPECT_FALSE(portal_.since.has_value());
  const core::Timestamp first = clock_.now();
  portal_.fetched.clear();
  portal_.record("r04").modified = "2026-02-02";
  portal_.record("r04").title = "New title";
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(portal_.since, first);
  EXPECT_THAT(portal_.fetched, ElementsAre("r04"));
  EXPECT_EQ(second.job.counts.not_modified, 9);
  EXPECT_EQ(second.job.counts.updated, 1);
  EXPECT_EQ(second.job.counts.missing, 0);
}

TEST_F(RunnerTest, AfterARunWithErrorsEverythingIsAskedForAgain) {
  fill(3);
  portal_.record("r02").read_error = "bad";
  run();
  clock_.move(kDay);
  run();
  EXPECT_FALSE(portal_.since.has_value());
}

TEST_F(RunnerTest, AJobThatWasFilledByRetryIsWorkedOnWithoutListing) {
  fill(3);
  auto job = *harvest_->create_job(source().id, "manual", clock_.now());
  storage::HarvestObject object;
  object.id = "66666666-2222-4333-8444-555555555555";
  object.job_id = job.id;
  object.source_id = source().id;
  object.remote_id = "r02";
  object.gathered = clock_.now();
  ASSERT_TRUE(harvest_->add_objects(job.id, {object}));
  job.stage = core::JobStage::kFetchImport;
  ASSERT_TRUE(harvest_->save_job(job));
  const RunResult result = run("manual");
  EXPECT_EQ(result.job.id, job.id);
  EXPECT_EQ(result.job.outcome, JobOutcome::kSucceeded);
  EXPECT_EQ(result.job.counts.added, 1);
  EXPECT_FALSE(source().last_success.has_value());
}

TEST_F(RunnerTest, OldJobsAreForgotten) {
  fill(1);
  RunnerOptions few = options();
  few.keep_jobs = 3;
  for (int i = 0; i < 5; ++i) {
    clock_.move(kDay);
    run_with(few);
  }
  EXPECT_EQ(*harvest_->count_jobs(source().id), 3);
}

TEST_F(RunnerTest, ProgressTellsHowFarTheJobIs) {
  fill(25);
  serve_files();
  int calls = 0;
  RunCallbacks callbacks;
  callbacks.progress = [&](const core::HarvestJob& job) {
    ++calls;
    EXPECT_EQ(job.source_id, source().id);
  };
  run_with(options(), callbacks);
  EXPECT_GE(calls, 1);
}

}  // namespace
}  // namespace minato::harvest
