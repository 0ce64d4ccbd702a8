#include <gmock/gmock.h>

#include "run_fixture.h"

namespace minato::harvest {
namespace {

using testing::Contains;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class DryRunTest : public RunFixture {
 protected:
  RunResult dry_run() {
    RunCallbacks callbacks;
    callbacks.record = [this](const RecordNote& note) { notes_.push_back(note); };
    Runner runner(stores(*harvest_), fetcher_, options());
    auto result = runner.dry_run(source(), callbacks, stop_);
    if (!result) throw std::runtime_error(result.error().id + result.error().internal);
    return *std::move(result);
  }
  std::vector<RecordNote> notes_;
};

TEST_F(DryRunTest, TellsWhatWouldHappenAndChangesNothing) {
  fill(4);
  serve_files();
  run();
  portal_.record("r02").title = "New title";
  portal_.record("r03").read_error = "bad";
  portal_.record("r03").title = "Unreadable";
  portal_.records.push_back({"r99", "Brand new"});
  const std::uint64_t revision = catalog_->revision();
  const core::HarvestSource before = source();
  const std::size_t requests = fetcher_.requests.size();
  clock_.move(kDay);
  const RunResult result = dry_run();
  EXPECT_EQ(result.job.counts.added, 1);
  EXPECT_EQ(result.job.counts.updated, 1);
  EXPECT_EQ(result.job.counts.errored, 1);
  EXPECT_EQ(result.job.counts.not_modified, 2);
  EXPECT_EQ(catalog_->revision(), revision);
  EXPECT_EQ(source(), before);
  EXPECT_EQ(*harvest_->count_jobs(source().id), 1);
  EXPECT_EQ(fetcher_.requests.size(), requests);
  EXPECT_THAT(work_folders(), IsEmpty());
  ASSERT_THAT(notes_, SizeIs(3));
  for (const RecordNote& note : notes_) {
    EXPECT_EQ(note.source_name, "141003");
    if (note.remote_id != "r02") continue;
    EXPECT_THAT(note.imported.differences,
                Contains(Field(&service::FieldDifference::pointer, "/title")));
  }
}

TEST_F(DryRunTest, GoesBesideAJobThatSomebodyElseHas) {
  fill(2);
  const auto job = *harvest_->create_job(source().id, "manual", clock_.now());
  EXPECT_EQ(dry_run().job.counts.added, 2);
  EXPECT_EQ((*harvest_->job(job.id))->state, core::JobState::kQueued);
  EXPECT_THAT(titles(), IsEmpty());
}

TEST_F(DryRunTest, TellsWhatWouldBeDeleted) {
  fill(10);
  run();
  portal_.records.pop_back();
  for (int i = 0; i < 2; ++i) {
    clock_.move(4 * kDay);
    run();
  }
  clock_.move(4 * kDay);
  EXPECT_EQ(dry_run().job.counts.deleted, 1);
  ASSERT_THAT(notes_, SizeIs(1));
  EXPECT_EQ(notes_[0].imported.dataset_name, "141003-r10");
  EXPECT_THAT(titles(), SizeIs(10));
}

TEST_F(DryRunTest, ASourceThatFailsSaysWhy) {
  portal_.gather_error = error_of("harvest-timeout");
  const RunResult result = dry_run();
  EXPECT_EQ(result.job.outcome, core::JobOutcome::kFailed);
  EXPECT_EQ(result.failure.id, "harvest-timeout");
}

}  // namespace
}  // namespace minato::harvest
