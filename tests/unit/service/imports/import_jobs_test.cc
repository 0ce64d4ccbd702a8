#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "core/sha256.h"
#include "imports_fixture.h"
#include "service/imports/import_subject.h"

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ImportJobs : public ImportsFixture {
 protected:
  ImportJobs() { add_dataset(); }
};

TEST_F(ImportJobs, AFileBecomesTheResourcesAndATable) {
  const auto job = import(people(3));
  ASSERT_EQ(job.state, State::kDone) << job.error_id << job.message.en;
  const core::Resource now = resource();
  EXPECT_EQ(now.url, "人口統計.csv");
  EXPECT_EQ(now.url_type, "upload");
  EXPECT_EQ(now.format, "CSV");
  EXPECT_EQ(now.mimetype, "text/csv");
  EXPECT_EQ(now.blob, core::sha256_hex(people(3)));
  EXPECT_EQ(now.hash, now.blob);
  EXPECT_EQ(now.size, static_cast<std::int64_t>(people(3).size()));
  EXPECT_TRUE(now.last_modified);
  ASSERT_THAT(current(), SizeIs(1));
  EXPECT_EQ(current()[0].rows, 3);
  EXPECT_EQ(current()[0].version, 1);
  EXPECT_THAT(job.report, HasSubstr("\"version\":1,\"rows\":3"));
  EXPECT_THAT(job.report, HasSubstr("\"type\":\"integer\""));
}

TEST_F(ImportJobs, LeaveOneAuditEntryAndOneActivity) {
  import(people(3));
  ASSERT_THAT(audit(), SizeIs(1));
  const core::AuditEntry entry = audit()[0];
  EXPECT_EQ(entry.action, "file.publish");
  EXPECT_EQ(entry.user_name, "suzuki");
  EXPECT_EQ(entry.address, "192.0.2.7");
  EXPECT_EQ(entry.organization_id, kOrganization);
  EXPECT_THAT(entry.detail, HasSubstr("\"rows\":3"));
  EXPECT_NE(entry.before_hash, entry.after_hash);
  const auto activities = value_of(read()->history().activities({}));
  ASSERT_THAT(activities, SizeIs(1));
  EXPECT_EQ(activities[0].type, "changed package");
  EXPECT_EQ(activities[0].object_id, kDataset);
}

TEST_F(ImportJobs, TheSameFileAgainChangesNothing) {
  import(people(3));
  const auto revision = storage_->catalog->revision();
  const auto again = import(people(3));
  EXPECT_EQ(again.state, State::kDone);
  EXPECT_EQ(storage_->catalog->revision(), revision);
  EXPECT_THAT(audit(), SizeIs(1));
  EXPECT_EQ(current()[0].version, 1);
}

TEST_F(ImportJobs, AFileThatIsNoTableIsPublishedAsAFile) {
  const auto job = import("%PDF-1.7\n...", "計画.pdf");
  ASSERT_EQ(job.state, State::kDone) << job.message.en;
  EXPECT_EQ(resource().format, "PDF");
  EXPECT_EQ(resource().mimetype, "application/pdf");
  EXPECT_THAT(current(), IsEmpty());
  EXPECT_EQ(value_of(read()->table_refusal(kResource))->error_id, "format-not-tabular");
  EXPECT_THAT(job.report, HasSubstr("\"refusal\":{\"id\":\"format-not-tabular\""));
}

TEST_F(ImportJobs, ANewFileIsComparedWithTheOld) {
  import(people(10));
  const auto job = import(people(9) + "新館,1\r\n");
  ASSERT_EQ(job.state, State::kDone) << job.message.en;
  EXPECT_THAT(job.report, HasSubstr("\"old_version\":1,\"rows_before\":10,\"rows_after\":10,"
                                    "\"rows_added\":1,\"rows_removed\":1,\"rows_changed\":0,"
                                    "\"compared_by\":\"unique_column\""));
}

TEST_F(ImportJobs, AReportIsCutToItsFirstHundred) {
  check(storage_->catalog->write([&](storage::CatalogWriter& writer) {
    core::Dataset now = *value_of(writer.reader().dataset(kDataset));
    now.resources[0].columns = {{"名称", "", "string", "", ""}, {"人数", "", "integer", "", ""}};
    return writer.put_dataset(now);
  }));
  std::string csv = "名称,人数\r\n";
  for (int i = 0; i < 3000; ++i) {
    csv += "a" + std::to_string(i) + "," + (i % 20 == 0 ? "不明な値" : "5") + "\r\n";
  }
  const auto job = import(csv);
  ASSERT_EQ(job.state, State::kDone);
  std::size_t rejects = 0;
  for (std::size_t at = 0; (at = job.report.find("\"reason\":", at)) != std::string::npos; ++at) {
    ++rejects;
  }
  EXPECT_EQ(rejects, 100U);
  EXPECT_THAT(job.report, HasSubstr("\"reject_count\":150"));
}

TEST_F(ImportJobs, OfSomebodyElsesDatasetAreRefused) {
  const StoredFile file = stored(people(1));
  WriteContext context = editor();
  context.caller.roles = {{"elsewhere", core::Role::kAdmin}};
  EXPECT_EQ(imports_->submit(kResource, file, context).error().id, "permission-denied");
  EXPECT_EQ(imports_->submit(kResource, file, {}).error().id, "authentication-required");
  EXPECT_EQ(imports_->submit("none", file, editor()).error().id, "resource-not-found");
  EXPECT_THAT(value_of(imports_->jobs({}, editor().caller)), IsEmpty());
  const auto job = submit(people(1));
  EXPECT_TRUE(imports_->job(job.id, context.caller)) << "their own";
  EXPECT_EQ(imports_->confirm(job.id, context).error().id, "permission-denied");
  context.caller.user_id = "user-2";
  EXPECT_EQ(imports_->job(job.id, context.caller).error().id, "job-not-found");
  EXPECT_EQ(imports_->confirm(job.id, context).error().id, "job-not-found");
  EXPECT_EQ(imports_->cancel(job.id, context).error().id, "job-not-found");
}

TEST_F(ImportJobs, TheListShowsThoseOfOnesOrganizations) {
  submit(people(1));
  core::Caller other;
  other.user_id = "user-9";
  EXPECT_THAT(value_of(imports_->jobs({}, other)), IsEmpty());
  other.roles["elsewhere"] = core::Role::kAdmin;
  EXPECT_THAT(value_of(imports_->jobs({}, other)), IsEmpty());
  other.roles[kOrganization] = core::Role::kEditor;
  EXPECT_THAT(value_of(imports_->jobs({}, other)), SizeIs(1));
  core::Caller sysadmin;
  sysadmin.sysadmin = true;
  EXPECT_THAT(value_of(imports_->jobs({}, sysadmin)), SizeIs(1));
}

TEST_F(ImportJobs, ARepeatedRequestFindsItsJob) {
  WriteContext context = editor();
  context.idempotency_key = "key-1";
  context.request_hash = "h";
  const StoredFile file = stored(people(3));
  const auto job = value_of(imports_->submit(kResource, file, context));
  EXPECT_EQ(value_of(imports_->submit(kResource, file, context)).id, job.id);
  const auto other = imports_->submit(kResource, stored(people(4)), context);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().id, "idempotency-key-reused");
}

TEST_F(ImportJobs, ThreadsWorkOnJobsAndWaitTellsTheEnd) {
  imports_->start();
  const auto job = submit(people(50));
  const auto ended = value_of(imports_->wait(job.id, std::chrono::seconds(30)));
  EXPECT_EQ(ended.state, State::kDone);
  imports_->stop();
  const auto later = submit(people(51));
  EXPECT_EQ(value_of(imports_->wait(later.id, std::chrono::milliseconds(5))).state,
            State::kWaiting);
}

TEST_F(ImportJobs, JobsOfAResourceAreDoneInOrder) {
  submit(people(5));
  submit(people(6));
  const auto last = submit(people(7));
  EXPECT_EQ(value_of(imports_->run(last.id)).state, State::kDone);
  EXPECT_EQ(current()[0].version, 3);
  EXPECT_EQ(current()[0].rows, 7);
}

TEST_F(ImportJobs, OfADatasetFromElsewhereTheFileBelongsToTheUserNow) {
  check(storage_->catalog->write([&](storage::CatalogWriter& writer) {
    return writer.put_origin({kDataset, "source", "remote", "{}", "h", clock_.now(), false});
  }));
  import(people(3));
  const auto owners = value_of(read()->field_owners(kDataset));
  const auto bytes = std::find_if(owners.begin(), owners.end(), [&](const auto& field) {
    return field.pointer == std::string("/resources/") + kResource + "/url";
  });
  ASSERT_NE(bytes, owners.end());
  EXPECT_EQ(bytes->owner, "user-1");
}

TEST_F(ImportJobs, AResourceThatIsGoneFailsTheJob) {
  const auto job = submit(people(3));
  check(storage_->catalog->write([&](storage::CatalogWriter& writer) {
    core::Dataset now = *value_of(writer.reader().dataset(kDataset));
    now.state = core::State::kDeleted;
    return writer.put_dataset(now);
  }));
  const auto ended = value_of(imports_->run(job.id));
  EXPECT_EQ(ended.state, State::kFailed);
  EXPECT_EQ(ended.error_id, "resource-not-found");
  EXPECT_EQ(table_files(), 0U);
}

TEST_F(ImportJobs, OldVersionsGoWhenTheSettingSaysSo) {
  options_.keep_versions = 2;
  open();
  for (int rows = 10; rows < 14; ++rows) {
    import(people(rows));
    clock_.move(2 * 3600);
  }
  EXPECT_THAT(value_of(read()->table_versions(kResource)), SizeIs(2));
  import(people(14));
  EXPECT_THAT(value_of(read()->table_versions(kResource)), SizeIs(2));
  import(people(15));
  EXPECT_THAT(value_of(read()->table_versions(kResource)), SizeIs(3))
      << "somebody may still read the one that was replaced just now";
  EXPECT_EQ(table_files(), 3U);
}

TEST_F(ImportJobs, EndedJobsAreForgotten) {
  options_.keep_jobs = 2;
  open();
  for (int rows = 10; rows < 15; ++rows) import(people(rows));
  EXPECT_THAT(value_of(imports_->jobs({}, editor().caller)), SizeIs(2));
}

TEST_F(ImportJobs, AResourceWhoseFileWasNeverImportedIsTakenUp) {
  const StoredFile file = stored(people(4));
  check(storage_->catalog->write([&](storage::CatalogWriter& writer) {
    core::Dataset now = *value_of(writer.reader().dataset(kDataset));
    now.resources[0] = with_file(now.resources[0], file, people(4));
    return writer.put_dataset(now);
  }));
  open();
  imports_->start();
  for (int i = 0; i < 300 && current().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  imports_->stop();
  ASSERT_THAT(current(), SizeIs(1));
  EXPECT_EQ(current()[0].rows, 4);
  ASSERT_THAT(audit(), SizeIs(1));
  EXPECT_EQ(audit()[0].subject_kind, "table");
  EXPECT_EQ(audit()[0].user_id, "");
}

}  // namespace
}  // namespace minato::service
