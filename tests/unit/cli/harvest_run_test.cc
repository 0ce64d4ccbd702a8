#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "cli/harvest/wait.h"
#include "cli/stop_signals.h"
#include "cli/text_table.h"
#include "unit/cli/harvest_fixture.h"

namespace minato::cli {
namespace {

using namespace std::chrono_literals;

class HarvestRunProgram : public HarvestProgram {
 protected:
  [[nodiscard]] Finished run_harvest(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "run");
    arguments.insert(arguments.end(),
                     {"--set", "harvest.max_retries=0", "--set", "harvest.delay_ms=0"});
    return harvest(arguments);
  }
};

TEST_F(HarvestRunProgram, WithoutActiveSourcesDoesNothing) {
  add_source("a1");
  ASSERT_EQ(harvest({"sources", "pause", "a1"}).status, 0);
  const Finished nothing = run_harvest({});
  EXPECT_EQ(nothing.status, 0) << nothing.err;
  EXPECT_EQ(nothing.out, "");
}

TEST_F(HarvestRunProgram, PrintsALinePerSourceAndFailsWithThem) {
  add_source("a1");
  add_source("b1", "http://127.0.0.1:9/b");
  const Finished failed = run_harvest({"--set", "harvest.allow_networks=127.0.0.0/8"});
  EXPECT_EQ(failed.status, 1);
  EXPECT_EQ(lines_of(failed.out), 2U) << failed.out;
  EXPECT_EQ(lines_of(failed.err), 1U) << failed.err;
  std::istringstream lines(failed.out);
  for (std::string text; std::getline(lines, text);) {
    const auto line = json_of(text);
    EXPECT_STREQ(line["status"].GetString(), "failed");
    EXPECT_GT(line["error"].GetStringLength(), 0U);
    for (const char* key : {"added", "updated", "not_modified", "deleted", "errored", "moved",
                            "duplicates", "missing", "files_changed", "files_failed", "tables"}) {
      EXPECT_TRUE(line[key].IsInt64()) << key;
    }
    EXPECT_TRUE(line["seconds"].IsNumber());
  }
}

TEST_F(HarvestRunProgram, OfAPausedSourceRunsWhenItIsNamed) {
  add_source("a1");
  add_source("b1", "http://127.0.0.1:9/b");
  ASSERT_EQ(harvest({"sources", "pause", "a1"}).status, 0);
  const Finished failed = run_harvest({"--source", "a1", "--source", "a1"});
  EXPECT_EQ(failed.status, 1);
  ASSERT_EQ(lines_of(failed.out), 1U) << failed.out;
  EXPECT_STREQ(json_of(failed.out)["source"].GetString(), "a1");
}

TEST_F(HarvestRunProgram, DryRunLeavesNoJobBehind) {
  add_source("a1");
  const Finished failed = run_harvest({"--dry-run"});
  EXPECT_EQ(failed.status, 1);
  EXPECT_TRUE(json_of(failed.out)["dry_run"].GetBool());
  EXPECT_TRUE(json_of(failed.out)["job"].IsNull());
  EXPECT_EQ(value_of(storage().harvest->count_jobs("")), 0);
}

TEST_F(HarvestRunProgram, WaitsForTheProcessThatIsAtItAndTellsWhatBecameOfIt) {
  add_source("a1");
  auto stores = storage();
  const auto source = value_of(stores.harvest->source("a1")).value();
  const core::SystemClock clock;
  auto job = value_of(stores.harvest->create_job(source.id, "schedule", clock.now()));
  const core::Timestamp later{clock.now().us + 600'000'000};
  ASSERT_TRUE(value_of(stores.harvest->claim_job(job.id, {"elsewhere", clock.now(), later}, {})));
  std::thread elsewhere([&] {
    std::this_thread::sleep_for(300ms);
    job.state = core::JobState::kFinished;
    job.outcome = core::JobOutcome::kSucceeded;
    value_of(stores.harvest->save_job(job));
  });
  const Finished waited = run_harvest({"--source", "a1"});
  elsewhere.join();
  EXPECT_EQ(waited.status, 0) << waited.err;
  const auto line = json_of(waited.out);
  EXPECT_STREQ(line["job"].GetString(), job.id.c_str());
  EXPECT_STREQ(line["status"].GetString(), "succeeded");
}

TEST(HarvestRunLine, TellsWhatBecameOfAJob) {
  core::HarvestSource source;
  source.name = "a1";
  harvest::RunResult result;
  const auto status = [&] { return run_line(source, result, core::Language::kEn).status; };
  EXPECT_EQ(status(), "interrupted");
  result.job.state = core::JobState::kFinished;
  result.job.outcome = core::JobOutcome::kSucceeded;
  EXPECT_EQ(status(), "succeeded");
  result.job.outcome = core::JobOutcome::kAborted;
  EXPECT_EQ(status(), "aborted");
  result.job.outcome = core::JobOutcome::kFailed;
  EXPECT_NE(run_line(source, result, core::Language::kEn).error, "");
  const auto broken = core::fail(core::ErrorCode::kUpstream, "some-id", {"だめ", "bad"});
  const auto line = run_line(source, broken, core::Language::kEn);
  EXPECT_EQ(line.status, "failed");
  EXPECT_EQ(line.error_id, "some-id");
  EXPECT_EQ(line.error, "bad");
}

TEST(HarvestRunLine, OfADryRunTellsEveryField) {
  harvest::RecordNote note;
  note.source_name = "a1";
  note.remote_id = "r";
  note.imported.report = core::RecordReport::kUpdated;
  note.imported.dataset_name = "141003-r";
  note.imported.differences = {{"/title", "旧", "新"}};
  note.imported.kept = {"/notes"};
  const auto parsed = formats::parse_json(
      formats::write_harvest_difference(difference_of(note), core::Language::kJa));
  ASSERT_TRUE(parsed.has_value());
  EXPECT_STREQ((*parsed)["type"].GetString(), "difference");
  EXPECT_STREQ((*parsed)["report"].GetString(), "updated");
  EXPECT_STREQ((*parsed)["fields"][0]["field"].GetString(), "/title");
  EXPECT_STREQ((*parsed)["fields"][0]["before"].GetString(), "旧");
  EXPECT_STREQ((*parsed)["fields"][0]["after"].GetString(), "新");
  EXPECT_STREQ((*parsed)["kept"][0].GetString(), "/notes");
  EXPECT_FALSE(parsed->HasMember("error"));
}

TEST(StopSignals, TheFirstOneRaisesTheFlag) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const StopSignals signals;
    EXPECT_FALSE(signals.stop().load());
    ASSERT_EQ(kill(getpid(), signal), 0);
    for (int i = 0; i < 200 && signals.received() == 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_TRUE(signals.stop().load());
    EXPECT_EQ(signals.received(), signal);
  }
}

TEST(TextTable, AlignsWideCharacters) {
  TextTable table;
  table.add({"名前", "x"});
  table.add({"ab", "y"});
  table.add({"abcdef"});
  std::ostringstream out;
  table.print(out);
  EXPECT_EQ(out.str(), "名前    x\nab      y\nabcdef\n");
  EXPECT_EQ(printable("a\x1b[1m\nb\xC2\x9Bz"), "a [1m b  z");
}

}  // namespace
}  // namespace minato::cli
