// Harvests are killed at random moments; another run goes on where they ended.
//
// HARVEST_KILL_ROUNDS=50 is the soak of `ctest -L soak`; without it there are a few rounds.
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <set>
#include <thread>

#include "core/harvest.h"
#include "e2e/harvest/harvest_house.h"
#include "e2e/harvest/shown_catalogue.h"
#include "support/pretend_prefecture/dice.h"

namespace minato::test {
namespace {

using pretend::Prefecture;
using std::chrono::steady_clock;

int rounds() {
  const char* text = std::getenv("HARVEST_KILL_ROUNDS");
  return text == nullptr ? 8 : std::atoi(text);
}

pretend::PrefectureOptions some() {
  pretend::PrefectureOptions options;
  options.only = {"141500", "142123", "142069", "142158", "141305", "142042", "142051", "142174"};
  return options;
}

std::chrono::milliseconds time_of(const HarvestHouse& house) {
  const auto begin = steady_clock::now();
  const RunReport report = house.run();
  EXPECT_EQ(report.status, 0) << report.err;
  return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begin);
}

// In which stages jobs were left behind, over all rounds.
std::set<std::string>& interrupted_stages() {
  static std::set<std::string> stages;
  return stages;
}

void note_stages(const HarvestHouse& house) {
  rapidjson::Document all;
  all.Parse(house.harvest({"status", "--json"}).c_str());
  for (const auto& one : all.GetArray()) {
    const auto& job = one["last_job"];
    if (job.IsObject() && std::string(job["state"].GetString()) == "running") {
      interrupted_stages().insert(job["stage"].GetString());
    }
  }
}

// Kills a run at some moment of the time that one takes: gathering, importing, fetching files.
void kill_one(const HarvestHouse& house, std::chrono::milliseconds whole, pretend::Dice& dice) {
  const auto run = house.start_run();
  const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(whole.count(), 20));
  std::this_thread::sleep_for(std::chrono::milliseconds(dice.below(limit)));
  run->signal(SIGKILL);
  run->wait(std::chrono::seconds(10));
  note_stages(house);
}

// With enough rounds no stage is spared.
void expect_every_stage() {
  if (rounds() < 50) return;
  std::set<std::string> wanted;
  for (const auto stage :
       {core::JobStage::kGather, core::JobStage::kFetchImport, core::JobStage::kFiles}) {
    wanted.emplace(core::job_stage_name(stage));
  }
  EXPECT_THAT(interrupted_stages(), testing::IsSupersetOf(wanted));
}

TEST(KilledHarvest, IsTakenUpAgainAndEndsAsIfNothingHadHappened) {
  Prefecture prefecture(some());
  const std::vector<std::string> settings = {"grace_days = 0", "grace_runs = 1",
                                             "hold_percent = 60"};
  pretend::Dice dice("kill");
  for (int edition = 1; edition <= 2; ++edition) {
    prefecture.set_edition(edition);
    HarvestHouse calm(settings);
    calm.add_sources(prefecture);
    const auto whole = time_of(calm);
    const std::string wanted = full_text(read_catalogue(*calm.serve()));
    for (int round = 0; round < rounds() / 2; ++round) {
      HarvestHouse house(settings);
      house.add_sources(prefecture);
      for (std::size_t kills = 1 + dice.below(3); kills > 0; --kills) {
        kill_one(house, whole, dice);
      }
      const RunReport report = house.run();
      EXPECT_EQ(report.status, 0) << report.err;
      for (const auto& [name, line] : report.lines) {
        EXPECT_EQ(line.status, "succeeded") << line.text;
        EXPECT_EQ(line.deleted + line.errored, 0) << line.text;
      }
      EXPECT_EQ(full_text(read_catalogue(*house.serve())), wanted) << "round " << round;
      const RunReport quiet = house.run();  // and nothing is left over
      for (const auto& [name, line] : quiet.lines) {
        EXPECT_EQ(line.added + line.updated + line.deleted + line.errored, 0) << line.text;
      }
      if (testing::Test::HasFailure()) return;
    }
  }
  expect_every_stage();
}

// The same with a catalogue that exists already: updates and deletions are interrupted, too.
TEST(KilledHarvest, OfANewEditionLosesAndDoublesNothing) {
  Prefecture prefecture(some());
  const std::vector<std::string> settings = {"grace_days = 0", "grace_runs = 1",
                                             "hold_percent = 60"};
  HarvestHouse calm(settings);
  HarvestHouse shaken(settings);
  calm.add_sources(prefecture);
  shaken.add_sources(prefecture);
  std::ignore = time_of(calm);
  std::ignore = time_of(shaken);
  pretend::Dice dice("editions");
  for (int round = 0; round < rounds() / 2; ++round) {
    prefecture.set_edition(2 + round % 3);
    const auto whole = time_of(calm);
    kill_one(shaken, whole, dice);
    kill_one(shaken, whole, dice);
    EXPECT_EQ(shaken.run().status, 0);
    EXPECT_EQ(full_text(read_catalogue(*shaken.serve())), full_text(read_catalogue(*calm.serve())))
        << "round " << round;
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace minato::test
