#include "harvest/run/file_stage.h"

#include <gmock/gmock.h>

#include "run_fixture.h"

namespace minato::harvest {
namespace {

using storage::HarvestFile;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kFirst = "https://portal.example.jp/files/r01.csv";

class FileStageTest : public RunFixture {
 protected:
  FileStageTest() {
    fill(2);
    serve_files();
  }
  HarvestFile first() { return files_of("141003-r01").at(0); }
  core::Resource first_resource() {
    auto reader = *catalog_->read(core::Deadline::max());
    return (**reader->dataset("141003-r01")).resources.at(0);
  }
  std::int64_t tables() {
    auto reader = *catalog_->read(core::Deadline::max());
    return static_cast<std::int64_t>(reader->table_versions(first_resource().id)->size());
  }
};

TEST_F(FileStageTest, AFileBecomesAVersionAndATable) {
  run();
  const HarvestFile file = first();
  EXPECT_EQ(file.state, HarvestFile::State::kDone);
  EXPECT_EQ(file.sha256, core::sha256_hex(served_[kFirst]));
  EXPECT_EQ(file.etag, "\"" + file.sha256.substr(0, 12) + "\"");
  EXPECT_EQ(file.changed, clock_.now());
  EXPECT_EQ(first_resource().blob, file.sha256);
  EXPECT_EQ(first_resource().url, kFirst);
  EXPECT_EQ(tables(), 1);
}

TEST_F(FileStageTest, FilesAreAskedForWithTheirValidators) {
  run();
  clock_.move(kDay);
  fetcher_.requests.clear();
  const RunResult second = run();
  ASSERT_THAT(fetcher_.requests, SizeIs(2));
  EXPECT_EQ(fetcher_.requests[0].etag, first().etag);
  EXPECT_EQ(second.job.counts.files_unchanged, 2);
  EXPECT_EQ(second.job.counts.files_changed, 0);
  EXPECT_EQ(second.job.received_bytes, 0);
  EXPECT_EQ(tables(), 1);
  EXPECT_EQ(first().unchanged_checks, 1);
}

TEST_F(FileStageTest, TheSameBytesWithoutValidatorsMakeNoNewVersion) {
  run();
  fetcher_.put(kFirst, served_[kFirst], "text/csv");
  clock_.move(kDay);
  const core::Resource before = first_resource();
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.files_unchanged, 2);
  EXPECT_EQ(first_resource(), before);
  EXPECT_EQ(tables(), 1);
}

TEST_F(FileStageTest, OtherBytesMakeANewVersion) {
  run();
  served_[kFirst] = "id,name\n1,new\n2,newer\n";
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.files_changed, 1);
  EXPECT_EQ(second.job.counts.tables, 1);
  EXPECT_EQ(tables(), 2);
  EXPECT_EQ(source().unchanged_runs, 0);
}

TEST_F(FileStageTest, FilesThatDoNotChangeAreAskedForEverMoreSeldom) {
  run();
  std::vector<int> days;
  std::size_t asked = fetcher_.requests.size();
  for (int day = 1; day <= 40; ++day) {
    clock_.move(kDay);
    run();
    if (fetcher_.requests.size() > asked) days.push_back(day);
    asked = fetcher_.requests.size();
  }
  EXPECT_THAT(days, ElementsAre(1, 3, 7, 14, 27));
}

TEST_F(FileStageTest, ARunByHandLooksAtEveryFile) {
  run();
  run();
  const std::size_t asked = fetcher_.requests.size();
  run("manual");
  EXPECT_EQ(fetcher_.requests.size(), asked + 2);
}

TEST_F(FileStageTest, TheFilesOfAChangedDatasetAreLookedAtAtOnce) {
  run();
  portal_.record("r01").title = "Changed";
  const std::size_t asked = fetcher_.requests.size();
  run();
  EXPECT_EQ(fetcher_.requests.size(), asked + 1);
}

TEST_F(FileStageTest, AFileThatCannotBeHadSaysWhyAndKeepsWhatWeHold) {
  run();
  const std::string held = first().sha256;
  fetcher_.put_error(kFirst, test::FakeFetcher::status_error(404));
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(second.job.outcome, core::JobOutcome::kSucceeded);
  EXPECT_EQ(second.job.counts.files_failed, 1);
  EXPECT_EQ(second.job.counts.files_unchanged, 1);
  EXPECT_THAT(fault_ids(second), ElementsAre("file harvest-status"));
  const HarvestFile file = first();
  EXPECT_EQ(faults(second)[0].record, file.resource_id);
  EXPECT_EQ(faults(second)[0].url, kFirst);
  EXPECT_EQ(file.state, HarvestFile::State::kFailed);
  EXPECT_EQ(file.error_id, "harvest-status");
  EXPECT_FALSE(file.message.ja.empty());
  EXPECT_EQ(file.sha256, held);
  EXPECT_EQ(first_resource().blob, held);
  EXPECT_EQ(file.failures, 1);
  serve_files();
  clock_.move(kDay);
  run();
  EXPECT_EQ(first().state, HarvestFile::State::kDone);
  EXPECT_EQ(first().failures, 0);
  EXPECT_EQ(first().error_id, "");
}

TEST_F(FileStageTest, ASourceOfOneFileFailsWithIt) {
  portal_.records.resize(1);
  ASSERT_TRUE(harvest_->change_source(
      source().id, [](core::HarvestSource& changed) { changed.kind = core::SourceKind::kFile; }));
  EXPECT_EQ(run().job.outcome, core::JobOutcome::kSucceeded);
  fetcher_.put_error(kFirst, test::FakeFetcher::status_error(404));
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(second.job.outcome, core::JobOutcome::kFailed);
  EXPECT_EQ(second.failure.id, "harvest-status");
  EXPECT_EQ(first_resource().blob, core::sha256_hex(served_[kFirst]));
}

TEST_F(FileStageTest, AWebPageInsteadOfAFileIsAFailure) {
  run();
  fetcher_.put(kFirst, "<!DOCTYPE html><html><body>お探しのページはありません</body></html>",
               "text/html");
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.files_failed, 1);
  EXPECT_EQ(first().error_id, "harvest-file-is-page");
  EXPECT_EQ(tables(), 1);
  EXPECT_EQ(first_resource().blob, core::sha256_hex(served_[kFirst]));
}

TEST_F(FileStageTest, AnEmptyFileIsAFailure) {
  run();
  fetcher_.put(kFirst, "", "text/csv");
  clock_.move(kDay);
  run();
  EXPECT_EQ(first().error_id, "harvest-file-empty");
  EXPECT_EQ(first_resource().blob, core::sha256_hex(served_[kFirst]));
}

TEST_F(FileStageTest, AFileThatIsNoTableIsKeptAndSaysWhyOnce) {
  served_[kFirst] = std::string("\x89PNG\r\n\x1a\n\0\0\0", 11) + std::string(100, 'x');
  const RunResult first_run = run();
  EXPECT_EQ(first_run.job.counts.files_failed, 1);
  EXPECT_THAT(fault_ids(first_run), SizeIs(1));
  const std::string reason = first().error_id;
  EXPECT_NE(reason, "");
  EXPECT_EQ(first().sha256, core::sha256_hex(served_[kFirst]));
  clock_.move(kDay);
  const RunResult second = run();
  EXPECT_EQ(second.job.counts.files_unchanged, 2);
  EXPECT_THAT(fault_ids(second), IsEmpty());
  EXPECT_EQ(first().state, HarvestFile::State::kFailed);
  EXPECT_EQ(first().error_id, reason);
}

TEST_F(FileStageTest, ASilentHostIsAskedThreeTimesInAJob) {
  fill(0);
  portal_.records.clear();
  fill(9);
  for (const auto& [url, body] : served_) fetcher_.put_error(url, error_of("harvest-connect"));
  const RunResult result = run();
  EXPECT_THAT(fetcher_.requests, SizeIs(3));
  EXPECT_EQ(result.job.counts.files_failed, 9);
  EXPECT_EQ(result.job.outcome, core::JobOutcome::kSucceeded);
}

TEST_F(FileStageTest, OneJobFetchesNoMoreFilesThanItsLimit) {
  portal_.records.clear();
  fill(8);
  serve_files();
  RunnerOptions few = options();
  few.max_files = 5;
  const RunResult result = run_with(few);
  EXPECT_EQ(result.job.counts.files_changed, 5);
  EXPECT_EQ(result.job.counts.files_waiting, 3);
  EXPECT_THAT(fault_ids(result), ElementsAre("file harvest-too-many-files"));
  EXPECT_EQ(run().job.counts.files_changed, 3);
}

TEST_F(FileStageTest, SourcesMayBeHarvestedWithoutRows) {
  ASSERT_TRUE(harvest_->change_source(
      source().id, [](core::HarvestSource& source) { source.options = R"({"rows": false})"; }));
  const RunResult result = run();
  EXPECT_EQ(result.job.counts.added, 2);
  EXPECT_THAT(fetcher_.requests, IsEmpty());
}

TEST_F(FileStageTest, APermissionIsForTheSourcesOwnSiteAlone) {
  ASSERT_TRUE(harvest_->change_source(source().id, [](core::HarvestSource& source) {
    source.options = R"({"robots_permission": "横浜市 2026-01-05"})";
  }));
  portal_.record("r02").files = {"https://files.example.com/a.csv"};
  run();
  ASSERT_THAT(fetcher_.requests, SizeIs(2));
  EXPECT_EQ(fetcher_.requests[0].robots_permission, "横浜市 2026-01-05");
  EXPECT_EQ(fetcher_.requests[1].robots_permission, "");
}

TEST_F(FileStageTest, AResourceThatStaffReplacedIsLeftAloneAndNotFetched) {
  run();
  auto reader = *catalog_->read(core::Deadline::max());
  core::Dataset dataset = **reader->dataset("141003-r01");
  reader.reset();
  dataset.resources[0].url = "https://example.jp/better.csv";
  catalog_->put(dataset);
  clock_.move(kDay);
  const std::size_t asked = fetcher_.requests.size();
  const RunResult second = run();
  EXPECT_EQ(fetcher_.requests.size(), asked + 1);
  EXPECT_EQ(second.job.counts.files_failed, 0);
  EXPECT_EQ(first().error_id, "harvest-file-superseded");
}

TEST_F(FileStageTest, AFileThatBreaksTheProgramAgainAndAgainIsGivenUp) {
  int crashes = 0;
  while (true) {
    support::BreakingHarvestStore breaking(*harvest_);
    fetcher_.put(kFirst, [&](const FetchRequest& request) -> core::Result<FetchReply> {
      breaking.break_at_write(1);
      ++crashes;
      return test::FakeFetcher::reply(request, served_[kFirst], "text/csv");
    });
    const auto result = try_run(breaking);
    if (result) break;
    ASSERT_LT(crashes, 20);
    clock_.move(120);
  }
  EXPECT_EQ(crashes, 5);
  EXPECT_EQ(first().error_id, "harvest-file-poison");
  EXPECT_EQ(only_job().counts.files_failed, 1);
  EXPECT_EQ(only_job().counts.files_changed, 1);
}

}  // namespace
}  // namespace minato::harvest
