#include "unit/harvest_store/harvest_fixture.h"

namespace minato::test {
namespace {

using storage::HarvestFile;
using State = HarvestFile::State;
using Ids = std::vector<std::string>;

class HarvestFiles : public HarvestStoreTest {
 protected:
  HarvestFiles() : job_(new_job()) {}
  static storage::HarvestFile some_file(const std::string& resource_id) {
    storage::HarvestFile file;
    file.resource_id = resource_id;
    file.dataset_id = "dataset-1";
    file.source_id = "id-a";
    file.url = "https://a.example/" + resource_id + ".csv";
    return file;
  }
  // As it is after a fetch: to be looked at again at after(1000).
  static storage::HarvestFile fetched_file(const std::string& resource_id) {
    auto file = some_file(resource_id);
    file.state = State::kDone;
    file.etag = "\"e\"";
    file.last_modified = "Wed, 01 Jan 2025 00:00:00 GMT";
    file.sha256 = "abcd";
    file.checked = after(1);
    file.changed = after(2);
    file.next_check = after(1000);
    file.unchanged_checks = 3;
    file.job_id = "an earlier job";
    return file;
  }
  Ids waiting(std::int64_t limit = 100) {
    Ids ids;
    for (const auto& file : value_of(store_->waiting_files(job_, limit))) {
      ids.push_back(file.resource_id);
    }
    return ids;
  }
  storage::HarvestFile file(const std::string& id) { return value_of(store_->file(id)).value(); }
  std::string job_;
};

TEST_F(HarvestFiles, GiveBackWhatWasSaved) {
  auto saved = fetched_file("r");
  saved.state = State::kFailed;
  saved.failures = 4;
  saved.error_id = "harvest-status";
  saved.message = {"だめ", "bad"};
  value_of(store_->save_file(some_file("r")));
  value_of(store_->save_file(saved));
  const auto kept = file("r");
  EXPECT_EQ(kept.dataset_id, saved.dataset_id);
  EXPECT_EQ(kept.source_id, saved.source_id);
  EXPECT_EQ(kept.url, saved.url);
  EXPECT_EQ(kept.state, State::kFailed);
  EXPECT_EQ(kept.etag, saved.etag);
  EXPECT_EQ(kept.last_modified, saved.last_modified);
  EXPECT_EQ(kept.sha256, saved.sha256);
  EXPECT_EQ(kept.checked, saved.checked);
  EXPECT_EQ(kept.changed, saved.changed);
  EXPECT_EQ(kept.next_check, saved.next_check);
  EXPECT_EQ(kept.unchanged_checks, 3);
  EXPECT_EQ(kept.failures, 4);
  EXPECT_EQ(kept.error_id, "harvest-status");
  EXPECT_EQ(kept.message.ja, "だめ");
  EXPECT_EQ(kept.message.en, "bad");
  EXPECT_EQ(kept.job_id, saved.job_id);
  EXPECT_FALSE(value_of(store_->file("x")).has_value());
  ASSERT_EQ(value_of(store_->files_of_dataset("dataset-1")).size(), 1U);
  EXPECT_TRUE(value_of(store_->files_of_dataset("dataset-2")).empty());
}

TEST_F(HarvestFiles, NewOnesWaitInTheirOrder) {
  value_of(store_->queue_files(job_, {some_file("b"), some_file("a")}, kNow));
  EXPECT_EQ(waiting(), (Ids{"b", "a"}));
  EXPECT_EQ(waiting(1), Ids{"b"});
  EXPECT_EQ(counts(job_).files_waiting, 2);
  auto done = file("b");
  done.state = State::kDone;
  value_of(store_->save_file(done));
  EXPECT_EQ(waiting(), Ids{"a"});
  EXPECT_EQ(counts(job_).files_waiting, 1);
}

TEST_F(HarvestFiles, KnownOnesWaitWhenTheyAreDue) {
  value_of(store_->save_file(fetched_file("r")));
  value_of(store_->queue_files(job_, {some_file("r")}, after(999)));
  EXPECT_TRUE(waiting().empty());
  value_of(store_->queue_files(job_, {some_file("r")}, after(1000)));
  EXPECT_EQ(waiting(), Ids{"r"});
  const auto queued = file("r");
  EXPECT_EQ(queued.etag, "\"e\"");
  EXPECT_EQ(queued.last_modified, fetched_file("r").last_modified);
  EXPECT_EQ(queued.sha256, "abcd");
  EXPECT_EQ(queued.unchanged_checks, 3);
  EXPECT_EQ(queued.job_id, job_);
}

TEST_F(HarvestFiles, AnotherUrlIsDueAtOnceAndWithoutValidators) {
  value_of(store_->save_file(fetched_file("r")));
  auto renamed = some_file("r");
  renamed.url = "https://a.example/R7_r.csv";
  value_of(store_->queue_files(job_, {renamed}, kNow));
  EXPECT_EQ(waiting(), Ids{"r"});
  EXPECT_EQ(file("r").url, renamed.url);
  EXPECT_EQ(file("r").etag, "");
  EXPECT_EQ(file("r").last_modified, "");
  EXPECT_EQ(file("r").sha256, "abcd");
}

TEST_F(HarvestFiles, ThatAnAbortedJobLeftBehindAreTakenByTheNext) {
  value_of(store_->save_file(fetched_file("r")));
  auto renamed = some_file("r");
  renamed.url = "https://a.example/R7_r.csv";
  value_of(store_->queue_files(job_, {renamed}, kNow));
  value_of(store_->abort_job(job_, kNow));
  EXPECT_EQ(counts(job_).files_waiting, 0);
  job_ = new_job();
  value_of(store_->queue_files(job_, {renamed}, kNow));
  EXPECT_EQ(waiting(), Ids{"r"});
}

TEST_F(HarvestFiles, KeepToTheirDatasetEvenWhenTheyAreNotDue) {
  value_of(store_->save_file(fetched_file("r")));
  auto moved = some_file("r");
  moved.dataset_id = "dataset-2";
  value_of(store_->queue_files(job_, {moved}, kNow));
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(file("r").dataset_id, "dataset-2");
}

TEST_F(HarvestFiles, OfRecordsThatWereSeenAreQueuedWhenDue) {
  value_of(store_->put_records({some_record("1"), some_record("2"), some_record("3")}));
  auto due = fetched_file("due");
  auto not_due = fetched_file("not due");
  due.next_check = after(5);
  auto unseen = due;
  unseen.resource_id = "unseen";
  unseen.dataset_id = "dataset-2";
  auto of_deleted = due;
  of_deleted.resource_id = "of deleted";
  of_deleted.dataset_id = "dataset-3";
  for (const auto& file : {due, not_due, unseen, of_deleted}) value_of(store_->save_file(file));
  value_of(store_->mark_seen(job_, "id-a", {"1", "3"}, kNow));
  auto deleted = record("3");
  deleted.deleted = true;
  value_of(store_->put_records({deleted}));
  value_of(store_->queue_due_files(job_, "id-a", after(6)));
  EXPECT_EQ(waiting(), Ids{"due"});
}

TEST_F(HarvestFiles, AreCountedByWhatCameOfThem) {
  value_of(store_->count_file(job_, true, false, 3));
  value_of(store_->count_file(job_, true, false, 0));
  value_of(store_->count_file(job_, false, false, 0));
  value_of(store_->count_file(job_, false, true, 0));
  const auto counted = counts(job_);
  EXPECT_EQ(counted.files_changed, 2);
  EXPECT_EQ(counted.files_unchanged, 1);
  EXPECT_EQ(counted.files_failed, 1);
  EXPECT_EQ(counted.tables, 3);
  EXPECT_EQ(id_of(store_->count_file("x", true, false, 0)), "harvest-job-not-found");
}

}  // namespace
}  // namespace minato::test
