#include "cli/harvest/retry.h"
#include "unit/cli/harvest_fixture.h"

namespace minato::cli {
namespace {

using core::RecordReport;
using State = storage::HarvestObject::State;

// The source "a1" with one finished job: "good" was added, "bad" failed, "gone" is missing.
class HarvestReport : public HarvestProgram {
 protected:
  HarvestReport() : stores_(storage()) {
    add_source("a1");
    source_ = value_of(stores_.harvest->source("a1")).value();
    job_ = value_of(stores_.harvest->create_job(source_.id, "manual", at(0))).id;
    value_of(
        stores_.harvest->add_objects(job_, {object("good", State::kComplete, RecordReport::kAdded),
                                            object("bad", State::kError, RecordReport::kErrored)}));
    auto gone = record("gone");
    gone.missing_since = at(1);
    gone.missing_runs = 2;
    value_of(stores_.harvest->put_records({record("good"), record("bad"), gone}));
    storage::HarvestFault fault;
    fault.job_id = job_;
    fault.object_id = "object-bad";
    fault.stage = "import";
    fault.record = "bad";
    fault.error_id = "dataset-title";
    fault.message = {"題名が\x1b[31mありません。", "It has no\x1b[31m title."};
    value_of(stores_.harvest->add_faults({fault, file_fault()}));
    finish();
  }

  static core::Timestamp at(std::int64_t second) { return {second * 1'000'000}; }
  static storage::HarvestObject object(const std::string& id, State state, RecordReport report) {
    storage::HarvestObject object;
    object.id = "object-" + id;
    object.remote_id = id;
    object.state = state;
    object.report = report;
    return object;
  }
  storage::HarvestRecord record(const std::string& id) const {
    storage::HarvestRecord record;
    record.source_id = source_.id;
    record.remote_id = id;
    record.dataset_id = "dataset-" + id;
    record.content_hash = "hash";
    record.remote_modified = "2024";
    return record;
  }
  storage::HarvestFault file_fault() const {
    storage::HarvestFault fault;
    fault.job_id = job_;
    fault.stage = "file";
    fault.record = "resource";
    fault.error_id = "harvest-status";
    fault.message = {"404 でした。", "It was 404."};
    return fault;
  }
  void finish() {
    auto job = value_of(stores_.harvest->job(job_)).value();
    job.state = core::JobState::kFinished;
    job.outcome = core::JobOutcome::kSucceeded;
    job.finished = at(60);
    value_of(stores_.harvest->save_job(job));
  }

  storage::sqlite::Storage stores_;
  core::HarvestSource source_;
  std::string job_;
};

TEST_F(HarvestReport, StatusShowsEverySource) {
  add_source("b1", "http://127.0.0.1:9/b");
  const Finished table = harvest({"status"});
  EXPECT_EQ(table.status, 0) << table.err;
  EXPECT_NE(table.out.find("a1"), std::string::npos) << table.out;
  EXPECT_NE(table.out.find("+1 ~0 =0 -0 !1"), std::string::npos) << table.out;
  const auto json = json_of(harvest({"status", "--json"}).out);
  ASSERT_EQ(json.Size(), 2U);
  EXPECT_STREQ(json[0]["source"]["name"].GetString(), "a1");
  EXPECT_STREQ(json[0]["last_job"]["outcome"].GetString(), "succeeded");
  EXPECT_EQ(json[0]["last_job"]["added"].GetInt(), 1);
  EXPECT_TRUE(json[1]["last_job"].IsNull());
}

TEST_F(HarvestReport, ShowTellsFaultsInPlainWordsAndWhatIsMissing) {
  const Finished page = harvest({"show", "a1"});
  EXPECT_EQ(page.status, 0) << page.err;
  EXPECT_NE(page.out.find("ありません。"), std::string::npos) << page.out;
  EXPECT_EQ(page.out.find('\x1b'), std::string::npos) << "a terminal obeys escape sequences";
  EXPECT_NE(page.out.find("gone"), std::string::npos) << page.out;
  const auto json = json_of(harvest({"show", source_.id, "--json"}).out);
  EXPECT_STREQ(json["source"]["name"].GetString(), "a1");
  EXPECT_EQ(json["records"].GetInt(), 3);
  EXPECT_EQ(json["jobs"].Size(), 1U);
  EXPECT_EQ(json["faults"].Size(), 2U);
  EXPECT_EQ(json["missing_count"].GetInt(), 1);
  EXPECT_STREQ(json["missing"][0]["remote_id"].GetString(), "gone");
  EXPECT_EQ(json["kept_fields"].Size(), 0U);
}

TEST_F(HarvestReport, ShowListsFieldsThatStaffOwnAndHidesSecrets) {
  core::Dataset dataset;
  dataset.id = "dataset-good";
  dataset.name = "good";
  dataset.title = "良いもの";
  value_of(stores_.catalog->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto put = writer.put_dataset(dataset); !put) return put;
    return writer.put_field_owners(dataset.id, {{"/title", "staff", at(1)}});
  }));
  value_of(stores_.harvest->change_source(source_.id, [](core::HarvestSource& source) {
    source.options = R"({"api_key":"very secret","rows":false})";
  }));
  const auto json = json_of(harvest({"show", "a1", "--json"}).out);
  ASSERT_EQ(json["kept_fields"].Size(), 1U);
  EXPECT_STREQ(json["kept_fields"][0]["field"].GetString(), "/title");
  EXPECT_STREQ(json["options"]["api_key"].GetString(), "...");
  EXPECT_FALSE(json["options"]["rows"].GetBool());
  const Finished page = harvest({"show", "a1"});
  EXPECT_EQ(page.out.find("very secret"), std::string::npos);
  EXPECT_NE(page.out.find("/title"), std::string::npos) << page.out;
}

TEST_F(HarvestReport, RetryForgetsWhatFailedAndNothingElse) {
  storage::HarvestFile file;
  file.resource_id = "resource";
  file.source_id = source_.id;
  file.state = storage::HarvestFile::State::kFailed;
  file.next_check = at(1'000'000);
  value_of(stores_.harvest->save_file(file));
  value_of(mark_failed_for_retry(source_, *stores_.harvest));
  EXPECT_EQ(value_of(stores_.harvest->record(source_.id, "bad"))->content_hash, "");
  EXPECT_EQ(value_of(stores_.harvest->record(source_.id, "bad"))->remote_modified, "");
  EXPECT_EQ(value_of(stores_.harvest->record(source_.id, "good"))->content_hash, "hash");
  EXPECT_EQ(value_of(stores_.harvest->file("resource"))->next_check, std::nullopt);
}

TEST_F(HarvestReport, RetryHarvestsTheSource) {
  const Finished failed =
      run({"harvest", "retry", "--data", folder_.path(), "--set", "harvest.max_retries=0", "a1"});
  EXPECT_EQ(failed.status, 1);
  EXPECT_STREQ(json_of(failed.out)["source"].GetString(), "a1");
  EXPECT_EQ(value_of(stores_.harvest->count_jobs(source_.id)), 2);
}

TEST_F(HarvestReport, ConfirmAgreesToTheDeletions) {
  const Finished confirmed = harvest({"confirm", "a1"});
  EXPECT_EQ(confirmed.status, 0) << confirmed.err;
  EXPECT_NE(confirmed.out.find("1"), std::string::npos);
  EXPECT_TRUE(value_of(stores_.harvest->record(source_.id, "gone"))->missing_confirmed);
}

TEST_F(HarvestReport, AbortEndsTheRunningJobOrSaysThatNothingRuns) {
  EXPECT_EQ(harvest({"abort", "a1"}).status, 1);
  const auto job = value_of(stores_.harvest->create_job(source_.id, "manual", at(100)));
  EXPECT_EQ(harvest({"abort", "a1"}).status, 0);
  EXPECT_EQ(value_of(stores_.harvest->job(job.id))->outcome, core::JobOutcome::kAborted);
}

}  // namespace
}  // namespace minato::cli
