#include "harvest/run/scheduler.h"

#include <gmock/gmock.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "core/process_owner.h"
#include "run_fixture.h"

namespace minato::harvest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

// Portals of their own for each source, which may be asked from several threads.
class SchedulerTest : public RunFixture {
 protected:
  SchedulerTest() {
    EXPECT_TRUE(harvest_->remove_source(source().id));
    options_ = options();
    options_.make_source = [this](const SourceContext& context) {
      return portals_.at(context.source.name).make(context);
    };
  }

  void add(const std::string& name, std::optional<core::Timestamp> next_run) {
    core::HarvestSource source;
    source.id = name + "1111-2222-4333-8444-555555555555";
    source.name = name;
    source.title = name;
    source.url = "https://" + name + ".example.jp/";
    source.organization = "141003";
    source.schedule = "every 24h";
    source.options = R"({"rows": false})";
    source.created = source.modified = clock_.now();
    source.next_run = next_run;
    ASSERT_TRUE(harvest_->put_source(source));
    portals_[name].records = {{"a-" + name, "Of " + name}};
  }

  SchedulerOptions scheduling() {
    SchedulerOptions scheduling;
    scheduling.poll_ms = 5;
    scheduling.ended = [this](const core::HarvestSource& source,
                              const core::Result<RunResult>& result) {
      const std::lock_guard lock(mutex_);
      ended_.push_back(source.name);
      if (result) outcomes_.push_back(result->job.outcome);
    };
    return scheduling;
  }

  std::vector<std::string> ended() {
    const std::lock_guard lock(mutex_);
    return ended_;
  }
  // False: not within ten seconds.
  template <typename Condition>
  static bool wait_until(const Condition& condition) {
    for (int i = 0; i < 2000 && !condition(); ++i) std::this_thread::sleep_for(5ms);
    return condition();
  }

  RunnerOptions options_;
  std::map<std::string, Portal> portals_;
  std::mutex mutex_;
  std::vector<std::string> ended_;
  std::vector<core::JobOutcome> outcomes_;
};

TEST_F(SchedulerTest, RunsWhatIsDueAndNothingElse) {
  add("due", clock_.now());
  add("later", core::Timestamp{clock_.now().us + 1});
  add("paused", clock_.now());
  ASSERT_TRUE(harvest_->change_source((*harvest_->source("paused"))->id, [](auto& source) {
    source.state = core::SourceState::kPaused;
  }));
  Runner runner(stores(*harvest_), fetcher_, options_);
  Scheduler scheduler(stores(*harvest_), runner, scheduling());
  ASSERT_TRUE(wait_until([&] { return !ended().empty(); }));
  std::this_thread::sleep_for(50ms);
  EXPECT_THAT(ended(), ElementsAre("due"));
  EXPECT_GT((*harvest_->source("due"))->next_run->us, clock_.now().us);
  EXPECT_EQ(scheduler.figures().finished, 1);
  EXPECT_EQ(scheduler.figures().running, 0);
  // Another process asks for a run.
  ASSERT_TRUE(harvest_->change_source((*harvest_->source("due"))->id,
                                      [&](auto& source) { source.next_run = clock_.now(); }));
  EXPECT_TRUE(wait_until([&] { return ended().size() == 2; }));
}

TEST_F(SchedulerTest, ASourceWithoutAPlanGetsOne) {
  add("new", std::nullopt);
  add("old", std::nullopt);
  ASSERT_TRUE(harvest_->change_source((*harvest_->source("old"))->id,
                                      [&](auto& source) { source.last_success = clock_.now(); }));
  Runner runner(stores(*harvest_), fetcher_, options_);
  Scheduler scheduler(stores(*harvest_), runner, scheduling());
  ASSERT_TRUE(wait_until([&] { return !ended().empty(); }));
  ASSERT_TRUE(wait_until([&] { return (*harvest_->source("old"))->next_run.has_value(); }));
  EXPECT_GT((*harvest_->source("old"))->next_run->us, clock_.now().us);
  EXPECT_THAT(ended(), ElementsAre("new"));
}

TEST_F(SchedulerTest, ASourceThatHangsDelaysNobodyAndEndsWithTheScheduler) {
  add("hanging", clock_.now());
  std::atomic<bool> hangs{false};
  // Fetcher and adapters watch SourceContext::stop; so does this one.
  options_.make_source = [&](const SourceContext& context) {
    Portal& portal = portals_.at(context.source.name);
    if (context.source.name == "hanging") {
      portal.at = [&hangs, stop = context.stop](const std::string&) {
        hangs = true;
        while (!stop->load()) std::this_thread::sleep_for(1ms);
      };
    }
    return portal.make(context);
  };
  for (int i = 0; i < 6; ++i) add("quick" + std::to_string(i), clock_.now());
  Runner runner(stores(*harvest_), fetcher_, options_);
  {
    Scheduler scheduler(stores(*harvest_), runner, scheduling());
    ASSERT_TRUE(wait_until([&] { return ended().size() == 6; }));
    ASSERT_TRUE(wait_until([&] { return hangs.load(); }));
    EXPECT_EQ(scheduler.figures().running, 1);
  }
  const auto jobs = *harvest_->jobs({"", true, 0, 10});
  ASSERT_EQ(jobs.size(), 1);
  EXPECT_EQ(jobs[0].source_id, (*harvest_->source("hanging"))->id);
}

TEST_F(SchedulerTest, NoMoreJobsRunAtOnceThanAllowed) {
  std::atomic<int> now{0};
  std::atomic<int> most{0};
  for (int i = 0; i < 6; ++i) {
    const std::string name = "s" + std::to_string(i);
    add(name, clock_.now());
    portals_[name].at = [&](const std::string& step) {
      if (step == "gathered") {
        --now;
        return;
      }
      if (!step.starts_with("gather ")) return;
      most = std::max(most.load(), ++now);
      std::this_thread::sleep_for(10ms);
    };
  }
  SchedulerOptions two = scheduling();
  two.max_parallel = 2;
  Runner runner(stores(*harvest_), fetcher_, options_);
  Scheduler scheduler(stores(*harvest_), runner, two);
  ASSERT_TRUE(wait_until([&] { return ended().size() == 6; }));
  EXPECT_EQ(most.load(), 2);
}

TEST_F(SchedulerTest, JobsLeftBehindAreTakenUpUnlessTheirOwnerLives) {
  const core::Timestamp later{clock_.now().us + 1'000'000'000};
  add("left", later);
  add("owned", later);
  const auto nobody = [](const std::string&) { return false; };
  const core::Timestamp until{clock_.now().us + 60'000'000};
  for (const char* name : {"left", "owned"}) {
    const auto job = *harvest_->create_job((*harvest_->source(name))->id, "manual", clock_.now());
    const bool lives = std::string(name) == "owned";
    const storage::Lease lease{core::make_lease_owner(), clock_.now(),
                               lives ? until : clock_.now()};
    ASSERT_TRUE(*harvest_->claim_job(job.id, lease, nobody));
  }
  Runner runner(stores(*harvest_), fetcher_, options_);
  Scheduler scheduler(stores(*harvest_), runner, scheduling());
  ASSERT_TRUE(wait_until([&] { return !ended().empty(); }));
  std::this_thread::sleep_for(100ms);
  EXPECT_THAT(ended(), ElementsAre("left"));
}

TEST_F(SchedulerTest, AFailedRunIsTold) {
  add("ill", clock_.now());
  portals_["ill"].gather_error = error_of("harvest-timeout");
  Runner runner(stores(*harvest_), fetcher_, options_);
  Scheduler scheduler(stores(*harvest_), runner, scheduling());
  ASSERT_TRUE(wait_until([&] { return scheduler.figures().failed == 1; }));
  ASSERT_TRUE(wait_until([&] { return !ended().empty(); }));
  const std::lock_guard lock(mutex_);
  EXPECT_THAT(outcomes_, ElementsAre(core::JobOutcome::kFailed));
}

}  // namespace
}  // namespace minato::harvest
