#include "harvest/run/job_keeper.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "core/process_owner.h"
#include "harvest/run/job_claim.h"
#include "run_fixture.h"

namespace minato::harvest {
namespace {

using End = JobKeeper::End;
using namespace std::chrono_literals;

class JobKeeperTest : public RunFixture {
 protected:
  ClaimedJob claim(std::int64_t lease_s) {
    return *claim_source_job({source(), "manual", lease_s}, *harvest_, clock_);
  }
  core::HarvestJob stored() { return only_job(); }
  template <typename Condition>
  static bool wait_until(const Condition& condition) {
    for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(5ms);
    return condition();
  }
};

TEST_F(JobKeeperTest, RenewsTheLeaseByItself) {
  JobKeeper keeper(*harvest_, clock_, claim(1).lease, stop_);
  clock_.move(100);
  EXPECT_TRUE(wait_until([&] { return stored().lease_until->us > clock_.now().us; }));
  EXPECT_EQ(keeper.ended(), End::kNone);
}

TEST_F(JobKeeperTest, NoticesThatAnOperatorAbortedTheJob) {
  JobKeeper keeper(*harvest_, clock_, claim(1).lease, stop_);
  ASSERT_TRUE(harvest_->abort_job(stored().id, clock_.now()));
  EXPECT_TRUE(wait_until([&] { return keeper.stop_flag()->load(); }));
  EXPECT_EQ(keeper.ended(), End::kLeaseLost);
  EXPECT_EQ(keeper.check().error().id, "harvest-lease-lost");
}

TEST_F(JobKeeperTest, StopsTransfersWhenItsOwnerStops) {
  JobKeeper keeper(*harvest_, clock_, claim(60).lease, stop_);
  EXPECT_FALSE(keeper.stop_flag()->load());
  stop_ = true;
  EXPECT_TRUE(wait_until([&] { return keeper.stop_flag()->load(); }));
  EXPECT_EQ(keeper.ended(), End::kStopped);
}

TEST_F(JobKeeperTest, EndsAtTheDeadline) {
  JobKeeper keeper(*harvest_, clock_, claim(60).lease, stop_);
  keeper.set_deadline({clock_.now().us + 10'000'000});
  EXPECT_EQ(keeper.ended(), End::kNone);
  EXPECT_LT(keeper.deadline(), std::chrono::steady_clock::now() + 11s);
  clock_.move(10);
  EXPECT_EQ(keeper.check().error().id, "harvest-deadline");
}

TEST_F(JobKeeperTest, AStoreThatFailsLosesTheLeaseOnlyWhenItIsOver) {
  support::BreakingHarvestStore breaking(*harvest_);
  JobKeeper keeper(breaking, clock_, claim(60).lease, stop_);
  breaking.break_at_write(1);
  (void)breaking.prune_jobs("", 0);
  clock_.move(59);
  EXPECT_EQ(keeper.ended(), End::kNone);
  clock_.move(1);
  EXPECT_EQ(keeper.ended(), End::kLeaseLost);
}

TEST_F(JobKeeperTest, WhatIsGivenUpCanBeTakenAtOnceAndDidNotBreakOff) {
  {
    JobKeeper keeper(*harvest_, clock_, claim(60).lease, stop_);
    EXPECT_FALSE(claim_source_job({source(), "manual", 60}, *harvest_, clock_));
    keeper.give_up();
  }
  const ClaimedJob again = claim(60);
  EXPECT_FALSE(again.broke_off);
  EXPECT_EQ(again.job.attempts, 2);
  clock_.move(61);
  EXPECT_TRUE(claim(60).broke_off);
}

}  // namespace
}  // namespace minato::harvest
