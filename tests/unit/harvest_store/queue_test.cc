#include "unit/harvest_store/harvest_fixture.h"

namespace minato::test {
namespace {

using core::RecordReport;
using State = HarvestObject::State;

class HarvestQueue : public HarvestStoreTest {
 protected:
  HarvestQueue() : job_(new_job()) {}
  std::vector<std::string> next(State state, std::int64_t limit = 10) {
    std::vector<std::string> ids;
    for (const auto& object : value_of(store_->next_objects(job_, state, limit))) {
      ids.push_back(object.remote_id);
    }
    return ids;
  }
  // Saves the object of that remote id with another state and report.
  void set(const std::string& remote_id, State state, RecordReport report) {
    auto object = value_of(store_->object("object-" + remote_id)).value();
    object.state = state;
    object.report = report;
    value_of(store_->save_objects({object}));
  }
  std::string job_;
};
using Ids = std::vector<std::string>;

TEST_F(HarvestQueue, GivesObjectsInTheirOrder) {
  value_of(store_->add_objects(job_, {some_object("c"), some_object("a")}));
  value_of(store_->add_objects(job_, {some_object("b")}));
  EXPECT_EQ(next(State::kWaiting), (Ids{"c", "a", "b"}));
  EXPECT_EQ(next(State::kWaiting, 2), (Ids{"c", "a"}));
  set("c", State::kFetched, RecordReport::kNone);
  EXPECT_EQ(next(State::kWaiting), (Ids{"a", "b"}));
  EXPECT_EQ(next(State::kFetched), (Ids{"c"}));
  set("c", State::kComplete, RecordReport::kAdded);
  EXPECT_EQ(next(State::kFetched), Ids{});
  EXPECT_EQ(next(State::kComplete), (Ids{"c"}));
  const auto page = value_of(store_->objects(job_, 1, 1));
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].remote_id, "a");
}

TEST_F(HarvestQueue, KeepsEveryField) {
  HarvestObject object = some_object("r", std::string("large\0 人口", 13));
  object.url = "https://a.example/r";
  object.remote_modified = "2024-05-06";
  value_of(store_->add_objects(job_, {object}));
  object.state = State::kFetched;
  object.dataset_id = "dataset";
  object.moved = true;
  object.attempts = 3;
  object.fetched = after(20);
  object.imported = after(30);
  value_of(store_->save_objects({object}));
  const auto kept = value_of(store_->object(object.id)).value();
  EXPECT_EQ(kept.job_id, job_);
  EXPECT_EQ(kept.source_id, "id-a");
  EXPECT_EQ(kept.url, object.url);
  EXPECT_EQ(kept.remote_modified, object.remote_modified);
  EXPECT_EQ(kept.content, object.content);
  EXPECT_EQ(kept.dataset_id, "dataset");
  EXPECT_TRUE(kept.moved);
  EXPECT_EQ(kept.attempts, 3);
  EXPECT_EQ(kept.gathered, after(10));
  EXPECT_EQ(kept.fetched, after(20));
  EXPECT_EQ(kept.imported, after(30));
  EXPECT_FALSE(value_of(store_->object("x")).has_value());
}

TEST_F(HarvestQueue, DropsContentThatIsDoneWith) {
  const std::string content(3 << 20, 'x');
  value_of(store_->add_objects(job_, {some_object("r", content), some_object("bad", content)}));
  EXPECT_EQ(value_of(store_->object("object-r"))->content, content);
  set("r", State::kComplete, RecordReport::kAdded);
  set("bad", State::kError, RecordReport::kErrored);
  EXPECT_EQ(value_of(store_->object("object-r"))->content, "");
  EXPECT_EQ(value_of(store_->object("object-bad"))->content, "");
}

TEST_F(HarvestQueue, TakesARemoteIdOnlyOnce) {
  auto repeated = some_object("r", "later");
  repeated.id = "another";
  value_of(store_->add_objects(job_, {some_object("r", "first"), repeated}));
  value_of(store_->add_objects(job_, {repeated}));
  const auto all = value_of(store_->objects(job_, 0, 10));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].content, "first");
}

TEST_F(HarvestQueue, ABadBatchLeavesNothingBehind) {
  auto same_id = some_object("second");
  same_id.id = "object-first";
  EXPECT_EQ(id_of(store_->add_objects(job_, {some_object("first"), same_id})), "internal");
  EXPECT_TRUE(value_of(store_->objects(job_, 0, 10)).empty());
  value_of(store_->add_objects(job_, {some_object("first")}));
  EXPECT_EQ(value_of(store_->objects(job_, 0, 10)).size(), 1U);
}

TEST_F(HarvestQueue, CountsByReport) {
  std::vector<HarvestObject> objects;
  for (const char* id : {"1", "2", "3", "4", "5", "6", "7", "8"}) {
    objects.push_back(some_object(id));
  }
  value_of(store_->add_objects(job_, objects));
  set("1", State::kComplete, RecordReport::kAdded);
  set("2", State::kComplete, RecordReport::kAdded);
  set("3", State::kComplete, RecordReport::kUpdated);
  set("4", State::kComplete, RecordReport::kUnchanged);
  set("5", State::kComplete, RecordReport::kDuplicate);
  set("6", State::kError, RecordReport::kErrored);
  set("7", State::kComplete, RecordReport::kDeleted);
  auto moved = value_of(store_->object("object-3")).value();
  moved.moved = true;
  value_of(store_->save_objects({moved}));
  const auto counted = counts(job_);
  EXPECT_EQ(counted.added, 2);
  EXPECT_EQ(counted.updated, 1);
  EXPECT_EQ(counted.not_modified, 1);
  EXPECT_EQ(counted.duplicates, 1);
  EXPECT_EQ(counted.errored, 1);
  EXPECT_EQ(counted.deleted, 1);
  EXPECT_EQ(counted.moved, 1);
}

TEST_F(HarvestQueue, GivesThoseThatFailed) {
  value_of(store_->add_objects(job_, {some_object("1"), some_object("2"), some_object("3")}));
  set("2", State::kError, RecordReport::kErrored);
  set("1", State::kError, RecordReport::kErrored);
  set("3", State::kComplete, RecordReport::kAdded);
  const auto failed = value_of(store_->failed_objects(job_));
  ASSERT_EQ(failed.size(), 2U);
  EXPECT_EQ(failed[0].remote_id, "1");
  EXPECT_EQ(failed[1].remote_id, "2");
}

TEST_F(HarvestQueue, FaultsAreKeptInOrderAndSummedUp) {
  const auto fault = [&](const std::string& stage, const std::string& record,
                         const std::string& message) {
    storage::HarvestFault f;
    f.job_id = job_;
    f.object_id = "object-" + record;
    f.stage = stage;
    f.record = record;
    f.url = "https://a.example/" + record;
    f.error_id = "harvest-status";
    f.message = {message, message + " (en)"};
    f.created = after(7);
    return f;
  };
  const std::vector<storage::HarvestFault> all = {
      fault("gather", "p1", "page"), fault("fetch", "r1", "one"), fault("import", "r2", "two"),
      fault("fetch", "r3", "two"), fault("file", "r4", "two")};
  value_of(store_->add_faults(all));
  value_of(store_->add_faults({all[0], all[1]}));  // a step that is repeated after a crash
  const auto listed = value_of(store_->faults(job_, 0, 100));
  ASSERT_EQ(listed.size(), all.size());
  EXPECT_EQ(listed[1].job_id, job_);
  EXPECT_EQ(listed[1].object_id, "object-r1");
  EXPECT_EQ(listed[1].stage, "fetch");
  EXPECT_EQ(listed[1].record, "r1");
  EXPECT_EQ(listed[1].url, "https://a.example/r1");
  EXPECT_EQ(listed[1].error_id, "harvest-status");
  EXPECT_EQ(listed[1].message.ja, "one");
  EXPECT_EQ(listed[1].message.en, "one (en)");
  EXPECT_EQ(listed[1].created, after(7));
  EXPECT_EQ(value_of(store_->faults(job_, 4, 100)).size(), 1U);
  EXPECT_EQ(value_of(store_->faults(job_, 0, 2)).size(), 2U);
  const auto summary = value_of(store_->fault_summary(job_, false, 10));
  ASSERT_EQ(summary.size(), 2U);
  EXPECT_EQ(summary[0].message.ja, "two");
  EXPECT_EQ(summary[0].count, 3);
  EXPECT_EQ(summary[1].count, 1);
  const auto of_gather = value_of(store_->fault_summary(job_, true, 10));
  ASSERT_EQ(of_gather.size(), 1U);
  EXPECT_EQ(of_gather[0].message.ja, "page");
  EXPECT_EQ(value_of(store_->fault_summary(job_, false, 1)).size(), 1U);
  EXPECT_EQ(counts(job_).errored, 1) << "only faults of the gather stage count by themselves";
  storage::HarvestFault lost;
  lost.job_id = "x";
  EXPECT_EQ(id_of(store_->add_faults({lost})), "harvest-job-not-found");
}

}  // namespace
}  // namespace minato::test
