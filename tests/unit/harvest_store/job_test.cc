#include "unit/harvest_store/harvest_fixture.h"

namespace minato::test {
namespace {

using core::JobOutcome;
using core::JobStage;
using core::JobState;
using storage::JobQuery;
using storage::Lease;

class HarvestJobs : public HarvestStoreTest {
 protected:
  bool claim(storage::HarvestStore& store, const std::string& id, const std::string& owner,
             std::int64_t at) {
    return value_of(store.claim_job(id, Lease{owner, after(at), after(at + 60)},
                                    [](const std::string& who) { return who == "dead"; }));
  }
  bool renew(const std::string& id, const std::string& owner, std::int64_t at) {
    return value_of(store_->renew_lease(id, Lease{owner, after(at), after(at + 60)}));
  }
};

TEST_F(HarvestJobs, StartQueued) {
  const auto job = value_of(store_->create_job("id-a", "schedule", kNow));
  EXPECT_EQ(job.state, JobState::kQueued);
  EXPECT_EQ(job.trigger, "schedule");
  EXPECT_EQ(job.source_id, "id-a");
  EXPECT_EQ(job.created, kNow);
  EXPECT_EQ(job.attempts, 0);
  EXPECT_EQ(job.counts, core::JobCounts{});
  EXPECT_EQ(value_of(store_->job(job.id))->id, job.id);
}

TEST_F(HarvestJobs, AreUnfinishedOnlyOncePerSource) {
  const std::string first = new_job();
  EXPECT_EQ(id_of(store_->create_job("id-a", "manual", kNow)), "harvest-job-exists");
  finish(first);
  EXPECT_NE(new_job(), first);
}

TEST_F(HarvestJobs, NeedASource) {
  EXPECT_EQ(id_of(store_->create_job("id-x", "manual", kNow)), "harvest-source-not-found");
}

TEST_F(HarvestJobs, SavingWritesAllButLeaseAndCounts) {
  core::HarvestJob job = this->job(new_job());
  ASSERT_TRUE(claim(*store_, job.id, "me", 0));
  job.state = JobState::kRunning;
  job.stage = JobStage::kFiles;
  job.complete_listing = true;
  job.gather_started = after(1);
  job.gather_finished = after(2);
  job.deadline = after(3);
  job.requests = 4;
  job.received_bytes = 5;
  job.counts.added = 99;
  job.lease_owner = "another";
  value_of(store_->save_job(job));
  const auto saved = this->job(job.id);
  EXPECT_EQ(saved.stage, JobStage::kFiles);
  EXPECT_TRUE(saved.complete_listing);
  EXPECT_EQ(saved.gather_started, after(1));
  EXPECT_EQ(saved.gather_finished, after(2));
  EXPECT_EQ(saved.deadline, after(3));
  EXPECT_EQ(saved.requests, 4);
  EXPECT_EQ(saved.received_bytes, 5);
  EXPECT_EQ(saved.counts.added, 0);
  EXPECT_EQ(saved.lease_owner, "me");
}

TEST_F(HarvestJobs, FinishingGivesTheLeaseUpAndIsFinal) {
  const std::string id = new_job();
  ASSERT_TRUE(claim(*store_, id, "me", 0));
  finish(id);
  EXPECT_EQ(job(id).lease_owner, "");
  EXPECT_EQ(job(id).lease_until, std::nullopt);
  EXPECT_EQ(job(id).outcome, JobOutcome::kSucceeded);
  EXPECT_FALSE(renew(id, "me", 1));
  EXPECT_FALSE(claim(*store_, id, "me", 1000));
  EXPECT_EQ(id_of(store_->save_job(job(id))), "harvest-job-finished");
  EXPECT_EQ(id_of(store_->save_job(core::HarvestJob{})), "harvest-job-not-found");
}

TEST_F(HarvestJobs, AreTakenByOneOnly) {
  const std::string id = new_job();
  const Store other = opened();
  EXPECT_TRUE(claim(*store_, id, "one", 0));
  EXPECT_FALSE(claim(*other, id, "two", 10));
  EXPECT_FALSE(claim(*other, id, "one", 10)) << "another thread of the same process";
  const auto taken = job(id);
  EXPECT_EQ(taken.state, JobState::kRunning);
  EXPECT_EQ(taken.lease_owner, "one");
  EXPECT_EQ(taken.lease_until, after(60));
  EXPECT_EQ(taken.attempts, 1);
  EXPECT_FALSE(claim(*store_, "no such job", "one", 0));
}

TEST_F(HarvestJobs, AreTakenUpWhenTheLeaseHasRunOut) {
  const std::string id = new_job();
  const Store other = opened();
  ASSERT_TRUE(claim(*store_, id, "one", 0));
  ASSERT_TRUE(renew(id, "one", 30));
  EXPECT_FALSE(claim(*other, id, "two", 89));
  EXPECT_TRUE(claim(*other, id, "two", 90));
  EXPECT_EQ(job(id).attempts, 2);
  EXPECT_FALSE(renew(id, "one", 91)) << "the lease was lost";
  EXPECT_TRUE(value_of(other->renew_lease(id, Lease{"two", after(91), after(200)})));
}

TEST_F(HarvestJobs, AreTakenFromTheDeadAtOnce) {
  const std::string id = new_job();
  ASSERT_TRUE(claim(*store_, id, "dead", 0));
  EXPECT_TRUE(claim(*store_, id, "two", 1));
}

TEST_F(HarvestJobs, AbortEndsThemWhoeverHasThem) {
  const std::string id = new_job();
  ASSERT_TRUE(claim(*store_, id, "one", 0));
  auto done = some_object("done");
  done.state = HarvestObject::State::kComplete;
  done.report = core::RecordReport::kAdded;
  value_of(store_->add_objects(id, {some_object("open", "content"), done}));
  value_of(opened()->abort_job(id, after(5)));
  const auto aborted = job(id);
  EXPECT_EQ(aborted.state, JobState::kFinished);
  EXPECT_EQ(aborted.outcome, JobOutcome::kAborted);
  EXPECT_EQ(aborted.finished, after(5));
  EXPECT_EQ(aborted.lease_owner, "");
  EXPECT_EQ(aborted.counts.errored, 1);
  EXPECT_EQ(aborted.counts.added, 1);
  EXPECT_EQ(value_of(store_->object("object-open"))->state, HarvestObject::State::kError);
  EXPECT_EQ(value_of(store_->object("object-open"))->content, "");
  EXPECT_FALSE(renew(id, "one", 6));
  EXPECT_EQ(id_of(store_->add_objects(id, {some_object("late")})), "harvest-job-finished");
  EXPECT_EQ(id_of(store_->mark_seen(id, "id-a", {"x"}, kNow)), "harvest-job-finished");
  value_of(store_->abort_job(id, after(50)));
  EXPECT_EQ(job(id).finished, after(5)) << "aborted twice";
  EXPECT_EQ(id_of(store_->abort_job("x", kNow)), "harvest-job-not-found");
}

TEST_F(HarvestJobs, AreListedNewestFirstInPages) {
  value_of(store_->put_source(some_source("b")));
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(new_job());
    finish(ids.back());
  }
  ids.push_back(value_of(store_->create_job("id-b", "manual", kNow)).id);
  const auto listed = [&](const JobQuery& query) {
    std::vector<std::string> found;
    for (const auto& job : value_of(store_->jobs(query))) found.push_back(job.id);
    return found;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(listed({}), (Ids{ids[3], ids[2], ids[1], ids[0]}));
  EXPECT_EQ(listed({"id-a"}), (Ids{ids[2], ids[1], ids[0]}));
  EXPECT_EQ(listed({"id-a", false, 1, 1}), (Ids{ids[1]}));
  EXPECT_EQ(listed({"", true}), (Ids{ids[3]}));
  EXPECT_EQ(listed({"id-a", true}), Ids{});
  EXPECT_EQ(value_of(store_->count_jobs("id-a")), 3);
  EXPECT_EQ(value_of(store_->count_jobs("")), 4);
}

TEST_F(HarvestJobs, PruningDropsTheOldestFinishedOnes) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(new_job());
    auto object = some_object("r");
    object.id = "object-" + std::to_string(i);
    value_of(store_->add_objects(ids.back(), {object}));
    storage::HarvestFault fault;
    fault.job_id = ids.back();
    value_of(store_->add_faults({fault}));
    if (i < 4) finish(ids.back());
  }
  value_of(store_->prune_jobs("id-a", 2));
  EXPECT_FALSE(value_of(store_->job(ids[0])).has_value());
  EXPECT_FALSE(value_of(store_->job(ids[1])).has_value());
  EXPECT_FALSE(value_of(store_->object("object-1")).has_value());
  EXPECT_TRUE(value_of(store_->faults(ids[1], 0, 10)).empty());
  for (const int kept : {2, 3, 4}) {
    EXPECT_TRUE(value_of(store_->job(ids[static_cast<std::size_t>(kept)])).has_value()) << kept;
    EXPECT_TRUE(value_of(store_->object("object-" + std::to_string(kept))).has_value()) << kept;
  }
  value_of(store_->prune_jobs("id-a", 2));
  EXPECT_EQ(value_of(store_->count_jobs("id-a")), 3);
}

}  // namespace
}  // namespace minato::test
