// Jobs that end before their work is done, and those that go on with them.
#include <gmock/gmock.h>

#include <filesystem>
#include <set>
#include <string>

#include "core/process_owner.h"
#include "run_fixture.h"

namespace minato::harvest {
namespace {

using core::JobOutcome;
using core::JobState;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class InterruptionTest : public RunFixture {
 protected:
  // Files of all datasets were fetched exactly once, and every record was added exactly once.
  void expect_all_done(int records, const core::HarvestJob& job) {
    EXPECT_EQ(job.outcome, JobOutcome::kSucceeded);
    EXPECT_EQ(job.counts.added, records);
    EXPECT_EQ(job.counts.updated, 0);
    EXPECT_EQ(job.counts.not_modified, 0);
    EXPECT_EQ(job.counts.errored, 0);
    EXPECT_THAT(titles(), SizeIs(records));
    EXPECT_EQ(*harvest_->count_records(source().id), records);
    for (const auto& [name, title] : titles()) {
      const auto files = files_of(name);
      ASSERT_THAT(files, SizeIs(1)) << name;
      EXPECT_EQ(files[0].state, storage::HarvestFile::State::kDone) << name;
    }
    auto reader = *catalog_->read(core::Deadline::max());
    EXPECT_THAT(*reader->resources_with_table(), SizeIs(records));
  }
};

TEST_F(InterruptionTest, AStopAtAnyStepLosesAndDoublesNothing) {
  fill(6);
  serve_files();
  portal_.record("r03").in_listing = false;
  portal_.record("r04").in_listing = false;
  int stops = 0;
  RunResult result;
  // Each run is stopped at the first step that no run was stopped at before.
  std::set<std::string> done;
  portal_.at = [&](const std::string& step) {
    if (stop_.load() || !done.insert(step).second) return;
    ++stops;
    stop_ = true;
  };
  do {
    stop_ = false;
    result = run();
    if (result.job.state != JobState::kFinished) {
      EXPECT_EQ(result.failure.id, "harvest-stopped");
      EXPECT_THAT(work_folders(), IsEmpty());
    }
    ASSERT_LT(stops, 100);
  } while (result.job.state != JobState::kFinished);
  EXPECT_GT(stops, 10);
  EXPECT_EQ(only_job().attempts, stops + 1);
  expect_all_done(6, result.job);
}

TEST_F(InterruptionTest, ACrashAtAnyWriteLosesAndDoublesNothing) {
  fill(5);
  serve_files();
  portal_.record("r03").in_listing = false;
  for (std::int64_t n = 1;; ++n) {
    ASSERT_LT(n, 100);
    SCOPED_TRACE("write " + std::to_string(n));
    start_over();
    support::BreakingHarvestStore breaking(*harvest_);
    breaking.break_at_write(n);
    const auto first = try_run(breaking);
    if (!breaking.is_broken()) break;
    EXPECT_FALSE(first);
    clock_.move(120);  // the lease of this process, which lives, runs out
    const auto jobs = *harvest_->jobs({});
    const bool was_done = !jobs.empty() && jobs[0].state == JobState::kFinished;
    const core::HarvestJob job = was_done ? jobs[0] : run().job;
    EXPECT_EQ(harvest_->jobs({})->size(), 1);
    expect_all_done(5, job);
    EXPECT_THAT(work_folders(), IsEmpty());
    if (HasFailure()) return;
  }
}

TEST_F(InterruptionTest, AChangedRecordIsCountedOnceAfterACrash) {
  fill(2);
  for (std::int64_t n = 1;; ++n) {
    ASSERT_LT(n, 100);
    SCOPED_TRACE("write " + std::to_string(n));
    start_over();
    portal_.record("r01").title = "Record 1";
    portal_.record("r02").read_error = "";
    run();
    clock_.move(kDay);
    portal_.record("r01").title = "Changed";
    portal_.record("r02").read_error = "bad";
    portal_.record("r02").title = "Changed " + std::to_string(n);
    support::BreakingHarvestStore breaking(*harvest_);
    breaking.break_at_write(n);
    const auto first = try_run(breaking);
    if (!breaking.is_broken()) break;
    clock_.move(120);
    const auto jobs = *harvest_->jobs({});
    const bool was_done = jobs.size() == 2 && jobs[0].state == JobState::kFinished;
    const core::HarvestJob job = was_done ? jobs[0] : run().job;
    EXPECT_EQ(job.counts.updated, 1);
    EXPECT_EQ(job.counts.errored, 1);
    EXPECT_EQ(job.counts.added + job.counts.not_modified, 0);
    if (HasFailure()) return;
  }
}

TEST_F(InterruptionTest, AnotherLivingOwnerKeepsItsJob) {
  fill(1);
  const auto job = *harvest_->create_job(source().id, "manual", clock_.now());
  const core::Timestamp until{clock_.now().us + 60'000'000};
  const auto nobody = [](const std::string&) { return false; };
  ASSERT_TRUE(
      *harvest_->claim_job(job.id, {core::make_lease_owner(), clock_.now(), until}, nobody));
  const auto result = try_run(*harvest_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().id, "harvest-job-running");
  clock_.move(61);
  EXPECT_EQ(run().job.id, job.id);
}

TEST_F(InterruptionTest, AnAbortByAnOperatorEndsTheWorkAndIsNotUndone) {
  fill(20);
  RunnerOptions quick = options();
  quick.lease_s = 60;
  portal_.at = [&](const std::string& step) {
    if (step == "gathered") {
      ASSERT_TRUE(harvest_->abort_job(only_job().id, clock_.now()));
    }
  };
  const RunResult result = run_with(quick);
  EXPECT_EQ(result.job.state, JobState::kFinished);
  EXPECT_EQ(result.job.outcome, JobOutcome::kAborted);
  EXPECT_EQ(result.failure.id, "harvest-lease-lost");
  EXPECT_THAT(titles(), IsEmpty());
  EXPECT_GT(source().next_run->us, clock_.now().us);
}

TEST_F(InterruptionTest, AJobThatWasTakenOverIsLeftAtOnce) {
  fill(20);
  std::string other;
  portal_.at = [&](const std::string& step) {
    if (step != "gathered") return;
    clock_.move(61);  // this process stood still
    other = core::make_lease_owner();
    const core::Timestamp until{clock_.now().us + 60'000'000};
    const auto nobody = [](const std::string&) { return false; };
    ASSERT_TRUE(*harvest_->claim_job(only_job().id, {other, clock_.now(), until}, nobody));
  };
  const RunResult result = run();
  EXPECT_EQ(result.failure.id, "harvest-lease-lost");
  EXPECT_EQ(only_job().lease_owner, other);
  EXPECT_EQ(only_job().state, JobState::kRunning);
  EXPECT_THAT(titles(), IsEmpty());
}

TEST_F(InterruptionTest, StandingStillCostsNothingWhenNobodyTookTheJob) {
  fill(3);
  portal_.at = [&](const std::string& step) {
    if (step == "gathered") clock_.move(300);
  };
  EXPECT_EQ(run().job.counts.added, 3);
}

TEST_F(InterruptionTest, TheDeadlineAbortsAJobInItsListingOrImport) {
  for (const char* place : {"gather r05", "read r05"}) {
    start_over();
    portal_.records.clear();
    fill(9);
    portal_.at = [&](const std::string& step) {
      if (step == place) clock_.move(7 * kHour);
    };
    const RunResult result = run();
    EXPECT_EQ(result.job.state, JobState::kFinished) << place;
    EXPECT_EQ(result.job.outcome, JobOutcome::kAborted) << place;
    EXPECT_EQ(result.failure.id, "harvest-deadline") << place;
    EXPECT_THAT(fault_ids(result), ElementsAre("gather harvest-deadline")) << place;
    EXPECT_EQ(source().failures, 1) << place;
    portal_.at = nullptr;
    EXPECT_EQ(run().job.counts.added, 9) << place;
  }
}

TEST_F(InterruptionTest, AJobLeftBehindBeyondItsDeadlineIsEnded) {
  fill(3);
  portal_.at = [&](const std::string& step) {
    if (step == "read r02") stop_ = true;
  };
  run();
  portal_.at = nullptr;
  stop_ = false;
  clock_.move(7 * kHour);
  const RunResult result = run();
  EXPECT_EQ(result.job.outcome, JobOutcome::kAborted);
  EXPECT_EQ(only_job().state, JobState::kFinished);
}

TEST_F(InterruptionTest, TheDeadlineInTheFilesStageLeavesFilesForTheNextRun) {
  fill(5);
  serve_files();
  fetcher_.put("https://portal.example.jp/files/r03.csv",
               [&](const FetchRequest& request) -> core::Result<FetchReply> {
                 clock_.move(7 * kHour);
                 return test::FakeFetcher::reply(request, served_[request.url], "text/csv");
               });
  const RunResult result = run();
  EXPECT_EQ(result.job.outcome, JobOutcome::kSucceeded);
  EXPECT_EQ(result.job.counts.files_changed, 3);
  EXPECT_EQ(result.job.counts.files_waiting, 2);
  EXPECT_THAT(fault_ids(result), ElementsAre("file harvest-deadline"));
  EXPECT_EQ(source().failures, 0);
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.files_changed, 2);
}

TEST_F(InterruptionTest, ARecordThatBreaksTheProgramAgainAndAgainIsGivenUp) {
  fill(5);
  serve_files();
  // The process dies whenever r03 is read.
  int crashes = 0;
  while (true) {
    support::BreakingHarvestStore breaking(*harvest_);
    portal_.at = [&](const std::string& step) {
      if (step == "read r03") breaking.break_at_write(1), ++crashes;
    };
    const auto result = try_run(breaking);
    if (result) break;
    ASSERT_LT(crashes, 20);
    clock_.move(120);
  }
  portal_.at = nullptr;
  EXPECT_EQ(crashes, 5);
  const auto job = only_job();
  EXPECT_EQ(job.outcome, JobOutcome::kSucceeded);
  EXPECT_EQ(job.counts.added, 4);
  EXPECT_EQ(job.counts.errored, 1);
  const auto faults = *harvest_->faults(job.id, 0, 10);
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_EQ(faults[0].error_id, "harvest-record-poison");
  EXPECT_EQ(faults[0].record, "r03");
}

TEST_F(InterruptionTest, StopsInOrderAreNoCrashes) {
  fill(3);
  for (int i = 0; i < 8; ++i) {
    portal_.at = [&](const std::string& step) {
      if (step == "read r02") stop_ = true;
    };
    stop_ = false;
    run();
  }
  portal_.at = nullptr;
  stop_ = false;
  const RunResult result = run();
  EXPECT_EQ(result.job.counts.added, 3);
  EXPECT_EQ(result.job.counts.errored, 0);
}

TEST_F(InterruptionTest, FoldersOfCrashedJobsAreRemoved) {
  fill(1);
  const std::string work = folder_->path() + "/work";
  const std::string left = work + "/99999999-2222-4333-8444-555555555555";
  std::filesystem::create_directories(left);
  std::filesystem::create_directories(work + "/somebody-elses");
  run();
  EXPECT_THAT(work_folders(), ElementsAre("somebody-elses"));
}

}  // namespace
}  // namespace minato::harvest
