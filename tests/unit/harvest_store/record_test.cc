#include "unit/harvest_store/harvest_fixture.h"

namespace minato::test {
namespace {

using Key = storage::HarvestStore::Key;
using Ids = std::vector<std::string>;

class HarvestRecords : public HarvestStoreTest {
 protected:
  static Ids ids_of(const std::vector<HarvestRecord>& records) {
    Ids ids;
    for (const auto& record : records) ids.push_back(record.remote_id);
    return ids;
  }
  void put(const std::vector<std::string>& remote_ids) {
    std::vector<HarvestRecord> records;
    for (const auto& id : remote_ids) records.push_back(some_record(id));
    value_of(store_->put_records(records));
  }
  void make_missing(const std::string& remote_id) {
    auto missing = record(remote_id);
    missing.missing_since = kNow;
    missing.missing_runs = 2;
    missing.missing_confirmed = true;
    value_of(store_->put_records({missing}));
  }
};

TEST_F(HarvestRecords, GiveBackWhatWasPut) {
  HarvestRecord put = some_record("r");
  value_of(store_->put_records({put}));
  put.missing_since = after(9);
  put.missing_runs = 3;
  put.missing_confirmed = true;
  put.deleted = true;
  put.duplicate_of = "other";
  put.content_hash = "ff";
  value_of(store_->put_records({put}));
  const auto kept = record("r");
  EXPECT_EQ(kept.dataset_id, put.dataset_id);
  EXPECT_EQ(kept.url, put.url);
  EXPECT_EQ(kept.remote_modified, put.remote_modified);
  EXPECT_EQ(kept.content_hash, "ff");
  EXPECT_EQ(kept.object_id, put.object_id);
  EXPECT_EQ(kept.fetched, put.fetched);
  EXPECT_EQ(kept.last_job, put.last_job);
  EXPECT_EQ(kept.last_seen, put.last_seen);
  EXPECT_EQ(kept.missing_since, after(9));
  EXPECT_EQ(kept.missing_runs, 3);
  EXPECT_TRUE(kept.missing_confirmed);
  EXPECT_TRUE(kept.deleted);
  EXPECT_EQ(kept.duplicate_of, "other");
  EXPECT_FALSE(value_of(store_->record("id-a", "x")).has_value());
}

TEST_F(HarvestRecords, AreFoundByIdsAndByDataset) {
  put({"1", "2", "3"});
  EXPECT_EQ(ids_of(value_of(store_->records("id-a", {"3", "x", "1"}))), (Ids{"3", "1"}));
  EXPECT_TRUE(value_of(store_->records("id-b", {"1"})).empty());
  EXPECT_EQ(ids_of(value_of(store_->records_of_dataset("dataset-2"))), Ids{"2"});
  auto never_imported = some_record("4");
  never_imported.dataset_id = "";
  value_of(store_->put_records({never_imported}));
  EXPECT_TRUE(value_of(store_->records_of_dataset("")).empty());
}

TEST_F(HarvestRecords, SeenOnesAreCountedOnceAsNotModified) {
  put({"1", "2", "3"});
  const std::string job = new_job();
  value_of(store_->mark_seen(job, "id-a", {"1", "2", "unknown", "1"}, after(50)));
  value_of(store_->mark_seen(job, "id-a", {"2"}, after(60)));  // the gathering is repeated
  EXPECT_EQ(counts(job).not_modified, 2);
  EXPECT_EQ(record("1").last_job, job);
  EXPECT_EQ(record("1").last_seen, after(50));
  EXPECT_EQ(record("3").last_job, "an earlier job");
  EXPECT_EQ(ids_of(value_of(store_->unseen_records("id-a", job))), Ids{"3"});
  finish(job);
  const std::string second = new_job();
  value_of(store_->mark_seen(second, "id-a", {"1"}, after(70)));
  EXPECT_EQ(counts(second).not_modified, 1);
  EXPECT_EQ(counts(job).not_modified, 2) << "what a finished job counted stays";
  EXPECT_EQ(id_of(store_->mark_seen(second, "id-b", {"1"}, kNow)), "harvest-job-not-found");
}

TEST_F(HarvestRecords, QueuedOnesAreSeenAndCountedByTheirReport) {
  put({"1", "2"});
  const std::string job = new_job();
  value_of(store_->add_objects(job, {some_object("1")}));
  EXPECT_EQ(record("1").last_job, job);
  value_of(store_->mark_seen(job, "id-a", {"1"}, kNow));
  EXPECT_EQ(counts(job).not_modified, 0) << "its object will tell";
  value_of(store_->mark_seen(job, "id-a", {"2"}, kNow));
  EXPECT_EQ(counts(job).not_modified, 1);
  value_of(store_->add_objects(job, {some_object("2")}));  // listed twice, the second time changed
  EXPECT_EQ(counts(job).not_modified, 0);
  value_of(store_->put_records({record("2")}));
  EXPECT_EQ(counts(job).not_modified, 0);
}

TEST_F(HarvestRecords, ThatAreSeenAreMissingNoMore) {
  put({"1", "2", "3", "4"});
  for (const char* id : {"1", "2", "3"}) make_missing(id);
  EXPECT_EQ(ids_of(value_of(store_->missing_records("id-a"))), (Ids{"1", "2", "3"}));
  const std::string job = new_job();
  EXPECT_EQ(counts(job).missing, 3);
  value_of(store_->mark_seen(job, "id-a", {"1"}, kNow));
  value_of(store_->add_objects(job, {some_object("2")}));
  EXPECT_EQ(ids_of(value_of(store_->missing_records("id-a"))), Ids{"3"});
  EXPECT_EQ(record("1").missing_runs, 0);
  EXPECT_FALSE(record("2").missing_confirmed);
  EXPECT_EQ(counts(job).missing, 1);
  finish(job);
  make_missing("4");
  EXPECT_EQ(counts(job).missing, 1) << "as it was when the job ended";
}

TEST_F(HarvestRecords, TheNoteOfADeletionIsNoSighting) {
  put({"1"});
  make_missing("1");
  const std::string job = new_job();
  auto note = some_object("1");
  note.state = HarvestObject::State::kComplete;
  note.report = core::RecordReport::kDeleted;
  value_of(store_->add_objects(job, {note}));
  EXPECT_EQ(counts(job).deleted, 1);
  EXPECT_EQ(record("1").last_job, "an earlier job");
  EXPECT_TRUE(record("1").missing_since.has_value());
}

TEST_F(HarvestRecords, DeletedAndNeverImportedOnesAreNotLookedFor) {
  put({"1", "2", "3"});
  auto deleted = record("1");
  deleted.deleted = true;
  deleted.missing_since = kNow;
  auto never_imported = record("2");
  never_imported.dataset_id = "";
  value_of(store_->put_records({deleted, never_imported}));
  EXPECT_EQ(ids_of(value_of(store_->unseen_records("id-a", "job"))), Ids{"3"});
  EXPECT_TRUE(value_of(store_->missing_records("id-a")).empty());
  EXPECT_EQ(value_of(store_->count_records("id-a")), 2);
}

TEST_F(HarvestRecords, KeysAreReplacedPerRecord) {
  value_of(store_->put_keys("id-a", {"1", "2"},
                            {{"k1", "id-a", "1"}, {"both", "id-a", "1"}, {"both", "id-a", "2"}}));
  const auto holders = [&](const std::vector<std::string>& keys) {
    std::string text;
    for (const Key& key : value_of(store_->find_keys(keys))) {
      text += key.key + "=" + key.source_id + "/" + key.remote_id + " ";
    }
    return text;
  };
  EXPECT_EQ(holders({"both"}), "both=id-a/1 both=id-a/2 ");
  EXPECT_EQ(holders({"k1", "x"}), "k1=id-a/1 ");
  value_of(store_->put_keys("id-a", {"1"}, {{"k2", "id-a", "1"}, {"k2", "id-a", "1"}}));
  EXPECT_EQ(holders({"k1", "both", "k2"}), "both=id-a/2 k2=id-a/1 ");
}

TEST_F(HarvestRecords, MoveWithTheirKeys) {
  put({"old"});
  value_of(store_->put_keys("id-a", {"old"}, {{"k", "id-a", "old"}}));
  value_of(store_->move_record("id-a", "old", "new"));
  EXPECT_FALSE(value_of(store_->record("id-a", "old")).has_value());
  EXPECT_EQ(record("new").dataset_id, "dataset-old");
  EXPECT_EQ(value_of(store_->find_keys({"k"})).at(0).remote_id, "new");
  value_of(store_->move_record("id-a", "old", "new"));  // again, after a crash
  EXPECT_EQ(record("new").dataset_id, "dataset-old");
}

TEST_F(HarvestRecords, MoveOverOneWithoutADatasetOnly) {
  put({"old", "live"});
  auto failed_before = some_record("new");
  failed_before.dataset_id = "";
  value_of(store_->put_records({failed_before}));
  EXPECT_EQ(id_of(store_->move_record("id-a", "old", "live")), "harvest-record-exists");
  EXPECT_EQ(record("old").dataset_id, "dataset-old");
  value_of(store_->move_record("id-a", "old", "new"));
  EXPECT_EQ(record("new").dataset_id, "dataset-old");
}

}  // namespace
}  // namespace minato::test
