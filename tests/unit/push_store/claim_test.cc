#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "unit/push_store/push_fixture.h"

namespace minato::test {
namespace {

using State = ImportJob::State;

class PushClaims : public PushStoreTest {};

TEST_F(PushClaims, TheOldestComesFirst) {
  add("second", "r2", 2);
  add("first", "r1", 1);
  EXPECT_EQ(claim("a", 10), "first");
  EXPECT_EQ(claim("b", 10), "second");
  EXPECT_EQ(claim("c", 10), "");
  const ImportJob first = job("first");
  EXPECT_EQ(first.state, State::kRunning);
  EXPECT_EQ(first.owner, "a");
  EXPECT_EQ(first.lease_until, second(20));
  EXPECT_EQ(first.started, second(10));
  EXPECT_EQ(first.attempts, 1);
}

TEST_F(PushClaims, OfOneResourceNeverTwoRunAndTheirOrderIsKept) {
  add("r1-new", "r1", 3);
  add("r1-old", "r1", 1);
  add("r2", "r2", 2);
  EXPECT_EQ(claim("a", 10), "r1-old");
  EXPECT_EQ(claim("b", 10), "r2");
  EXPECT_EQ(claim("c", 10), "") << "r1 is being worked on";
  EXPECT_FALSE(
      value_of(store_->claim_job_named("r1-new", "c", second(10), second(20))).has_value());
  ASSERT_TRUE(end("r1-old", "a", State::kDone));
  EXPECT_EQ(claim("c", 11), "r1-new");
}

TEST_F(PushClaims, AJobMadeInTheSameMomentFollowsTheOneBefore) {
  add("one", "r1", 1);
  add("two", "r1", 1);
  EXPECT_EQ(claim("a", 10), "one");
  EXPECT_EQ(claim("b", 10), "");
}

TEST_F(PushClaims, AHeldJobDoesNotKeepNewerOnesOfItsResource) {
  add("held", "r1", 1);
  ASSERT_EQ(claim("a", 10), "held");
  ASSERT_TRUE(end("held", "a", State::kHeld));
  add("newer", "r1", 2);
  EXPECT_EQ(claim("a", 11), "newer");
  ASSERT_TRUE(value_of(store_->confirm_job("held")));
  EXPECT_EQ(claim("b", 12), "") << "the newer one runs";
  ASSERT_TRUE(end("newer", "a", State::kDone));
  EXPECT_EQ(claim("b", 13), "held");
}

TEST_F(PushClaims, AJobWhoseLeaseIsOverIsTakenUpByAnother) {
  add("j1", "r1", 1);
  add("j2", "r1", 2);
  ASSERT_EQ(claim("dead", 10), "j1");
  EXPECT_EQ(claim("b", 19), "");
  EXPECT_EQ(claim("b", 20), "j1") << "before the one that came later";
  EXPECT_EQ(job("j1").attempts, 2);
  EXPECT_FALSE(value_of(store_->renew_job("j1", "dead", second(30))));
  EXPECT_FALSE(end("j1", "dead", State::kDone)) << "it is somebody else's by now";
  EXPECT_EQ(job("j1").state, State::kRunning);
  EXPECT_TRUE(end("j1", "b", State::kDone));
}

TEST_F(PushClaims, ARenewedLeaseKeepsTheJob) {
  add("j1", "r1", 1);
  ASSERT_EQ(claim("a", 10), "j1");
  EXPECT_TRUE(value_of(store_->renew_job("j1", "a", second(40))));
  EXPECT_EQ(claim("b", 30), "");
  EXPECT_EQ(claim("b", 40), "j1");
}

TEST_F(PushClaims, ANamedJobIsClaimedWhenItMayRun) {
  add("j1", "r1", 1);
  add("j2", "r2", 2);
  const auto named = [&](const std::string& id) {
    return value_of(store_->claim_job_named(id, "cli", second(10), second(20)));
  };
  EXPECT_FALSE(named("").has_value());
  EXPECT_FALSE(named("nowhere").has_value());
  ASSERT_TRUE(named("j2").has_value());
  EXPECT_FALSE(named("j2").has_value()) << "it runs";
  EXPECT_EQ(job("j1").state, State::kWaiting);
}

TEST_F(PushClaims, AnEndedJobTellsHowItEnded) {
  add("j1", "r1", 1);
  ASSERT_EQ(claim("a", 10), "j1");
  ImportJob failed = job("j1");
  failed.state = State::kFailed;
  failed.ended = second(12);
  failed.report = R"({"tables": []})";
  failed.error_id = "table-not-found";
  failed.message = {"表がありません。", "No table."};
  failed.hint = {"表を入れてください。", "Put one in."};
  EXPECT_TRUE(value_of(store_->end_job(failed, "a")));
  EXPECT_FALSE(value_of(store_->end_job(failed, "a"))) << "it has ended";
  const ImportJob found = job("j1");
  EXPECT_EQ(found.state, State::kFailed);
  EXPECT_EQ(found.ended, second(12));
  EXPECT_EQ(found.report, failed.report);
  EXPECT_EQ(found.error_id, failed.error_id);
  EXPECT_EQ(found.message.ja, failed.message.ja);
  EXPECT_EQ(found.message.en, failed.message.en);
  EXPECT_EQ(found.hint.ja, failed.hint.ja);
  EXPECT_EQ(found.hint.en, failed.hint.en);
  EXPECT_EQ(found.owner, "");
}

// Two stores on one file are two processes to each other.
TEST_F(PushClaims, ManyWorkersOfTwoProcessesNeverShareAJobOrAResource) {
  constexpr int kJobs = 60;
  constexpr int kResources = 7;
  for (int n = 0; n < kJobs; ++n) {
    add("j" + std::to_string(n), "r" + std::to_string(n % kResources), n);
  }
  const auto other = another();
  std::mutex mutex;
  std::map<std::string, int> running;           // by resource
  std::map<std::string, core::Timestamp> last;  // by resource: when its last job was made
  std::atomic<int> done{0};
  std::atomic<int> faults{0};
  std::vector<std::thread> workers;
  for (int w = 0; w < 4; ++w) {
    workers.emplace_back([&, w] {
      storage::PushStore& store = w % 2 == 0 ? *store_ : *other;
      const std::string owner = "worker " + std::to_string(w);
      while (done < kJobs) {
        auto claimed = value_of(store.claim_job(owner, second(1000), second(2000)));
        if (!claimed) continue;
        {
          const std::lock_guard lock(mutex);
          if (running[claimed->resource_id]++ != 0) ++faults;
          if (claimed->created < last[claimed->resource_id]) ++faults;
          last[claimed->resource_id] = claimed->created;
        }
        std::this_thread::yield();
        {
          const std::lock_guard lock(mutex);
          --running[claimed->resource_id];
        }
        claimed->state = State::kDone;
        if (!value_of(store.end_job(*claimed, owner))) ++faults;
        ++done;
      }
    });
  }
  for (auto& worker : workers) worker.join();
  EXPECT_EQ(faults, 0);
  EXPECT_EQ(done, kJobs);
}

}  // namespace
}  // namespace minato::test
