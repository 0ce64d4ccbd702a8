#include "unit/service/harvest_fixture.h"

namespace minato::service {
namespace {

using core::RecordReport;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class HarvestVanished : public HarvestFixture {
 protected:
  // Ten records "r0" to "r9", of which those from `first` on are there.
  std::vector<ImportedRecord> import_from(int first, int count = 10) {
    std::vector<HarvestedDataset> batch;
    for (int i = first; i < count; ++i) {
      const std::string id = "r" + std::to_string(i);
      batch.push_back(record(id, "データ " + id));
    }
    return import(batch);
  }
  VanishedReport next_job(int first, std::int64_t days) {
    clock.pass_days(days);
    begin_job();
    import_from(first);
    return value_of(delete_vanished(context(), {}, target()));
  }
  bool is_held() { return value_of(store->source(source.id))->deletions_held; }
  core::State state(const std::string& name) { return dataset(name).state; }
};

TEST_F(HarvestVanished, DeletesAfterSevenDaysAndThreeSightings) {
  import_from(0);
  EXPECT_THAT(next_job(1, 1).missing, ElementsAre("r0"));
  EXPECT_EQ(remembered("r0").missing_runs, 1);
  EXPECT_EQ(remembered("r0").missing_since, clock.now());
  EXPECT_THAT(next_job(1, 5).missing, ElementsAre("r0"));
  EXPECT_THAT(next_job(1, 1).missing, ElementsAre("r0"));  // three, but six days
  EXPECT_EQ(state("141003-r0"), core::State::kActive);
  const VanishedReport report = next_job(1, 1);
  EXPECT_THAT(report.missing, IsEmpty());
  EXPECT_THAT(report.deleted, ElementsAre("141003-r0"));
  EXPECT_EQ(report.live, 10);
  EXPECT_FALSE(report.held);
  EXPECT_EQ(state("141003-r0"), core::State::kDeleted);
  EXPECT_TRUE(remembered("r0").deleted);
  EXPECT_FALSE(origin("r0")->removed);
  EXPECT_THAT(next_job(1, 1).deleted, IsEmpty());
}

TEST_F(HarvestVanished, NeedsThreeSightingsHoweverLongItTakes) {
  import_from(0);
  EXPECT_THAT(next_job(1, 30).deleted, IsEmpty());
  EXPECT_THAT(next_job(1, 30).deleted, IsEmpty());
  EXPECT_THAT(next_job(1, 30).deleted, SizeIs(1));
}

TEST_F(HarvestVanished, CountsAJobOnceAlsoWhenItComesAgain) {
  import_from(0);
  next_job(1, 1);
  for (int i = 0; i < 3; ++i) value_of(delete_vanished(context(), {}, target()));
  EXPECT_EQ(remembered("r0").missing_runs, 1);
}

TEST_F(HarvestVanished, CountsNoJobWhoseListingWasIncomplete) {
  import_from(0);
  next_job(1, 1);
  clock.pass_days(1);
  begin_job();
  job.complete_listing = false;
  expect_ok(store->save_job(job));
  next_job(1, 1);
  EXPECT_EQ(remembered("r0").missing_runs, 2);
}

TEST_F(HarvestVanished, ForgetsTheAbsenceOfARecordThatIsSeenAgain) {
  import_from(0);
  next_job(1, 5);
  next_job(1, 5);
  EXPECT_THAT(next_job(0, 5).missing, IsEmpty());
  EXPECT_FALSE(remembered("r0").missing_since);
  EXPECT_THAT(next_job(1, 5).missing, ElementsAre("r0"));
  EXPECT_EQ(remembered("r0").missing_runs, 1);
}

TEST_F(HarvestVanished, HoldsAllDeletionsWhenMoreThanAFifthVanishes) {
  import_from(0);
  EXPECT_FALSE(next_job(2, 1).held);  // exactly 20 %
  for (int i = 0; i < 5; ++i) {
    const VanishedReport report = next_job(3, 10);
    EXPECT_TRUE(report.held);
    EXPECT_THAT(report.deleted, IsEmpty());
    EXPECT_THAT(report.missing, UnorderedElementsAre("r0", "r1", "r2"));
  }
  EXPECT_TRUE(is_held());
  EXPECT_EQ(state("141003-r0"), core::State::kActive);

  EXPECT_EQ(value_of(confirm_deletions(source.id, *store)), 3);
  EXPECT_FALSE(is_held());
  source = *value_of(store->source(source.id));
  EXPECT_THAT(next_job(3, 1).deleted, UnorderedElementsAre("141003-r0", "141003-r1", "141003-r2"));
}

TEST_F(HarvestVanished, EndsTheHoldWhenTheRecordsComeBack) {
  import_from(0);
  next_job(5, 1);
  EXPECT_TRUE(is_held());
  source = *value_of(store->source(source.id));
  EXPECT_FALSE(next_job(0, 1).held);
  EXPECT_FALSE(is_held());
}

TEST_F(HarvestVanished, BringsBackWhatReappears) {
  import_from(0);
  for (int i = 0; i < 3; ++i) next_job(1, 10);
  ASSERT_EQ(state("141003-r0"), core::State::kDeleted);
  begin_job();
  const auto results = import_from(0);
  EXPECT_EQ(results[0].report, RecordReport::kUpdated);
  EXPECT_EQ(results[1].report, RecordReport::kUnchanged);
  EXPECT_EQ(state("141003-r0"), core::State::kActive);
  EXPECT_FALSE(remembered("r0").deleted);
  // Also when the harvest store was lost meanwhile: the catalogue knows why it was deleted.
  for (int i = 0; i < 3; ++i) next_job(1, 10);
  expect_ok(store->remove_source(source.id));
  expect_ok(store->put_source(source));
  job = {};
  begin_job();
  EXPECT_EQ(import_from(0)[0].report, RecordReport::kUpdated);
  EXPECT_EQ(state("141003-r0"), core::State::kActive);
}

TEST_F(HarvestVanished, GivesAnotherNameWhenTheOldOneIsTakenMeanwhile) {
  import_from(0);
  for (int i = 0; i < 3; ++i) next_job(1, 10);
  core::Dataset own;
  own.id = "own";
  own.name = "141003-r0";
  put(own);
  begin_job();
  EXPECT_EQ(import_from(0)[0].dataset_name, "141003-r0-2");
}

TEST_F(HarvestVanished, LeavesDeletionsOfStaffAlone) {
  import_from(0);
  core::Dataset deleted = dataset("141003-r0");
  deleted.state = core::State::kDeleted;
  put(deleted);
  for (int i = 0; i < 2; ++i) next_job(1, 10);
  EXPECT_THAT(next_job(1, 10).deleted, IsEmpty());
  EXPECT_TRUE(origin("r0")->removed);
  begin_job();
  import_from(0);
  EXPECT_EQ(dataset(deleted.id).state, core::State::kDeleted);
}

TEST_F(HarvestVanished, DeletesNothingThatWentOnUnderAnotherId) {
  import_from(0);
  for (int i = 0; i < 2; ++i) next_job(1, 10);
  storage::Origin moved = *origin("r0");
  moved.remote_id = "new";
  expect_ok(catalog->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto done = writer.remove_origin(source.id, "r0"); !done) return done;
    return writer.put_origin(moved);
  }));
  EXPECT_THAT(next_job(1, 10).deleted, IsEmpty());
  EXPECT_EQ(state("141003-r0"), core::State::kActive);
}

TEST_F(HarvestVanished, ADryRunOnlyTells) {
  import_from(0);
  for (int i = 0; i < 2; ++i) next_job(1, 10);
  clock.pass_days(10);
  begin_job();
  import_from(1);
  dry_run = true;
  EXPECT_THAT(value_of(delete_vanished(context(), {}, target())).deleted, ElementsAre("141003-r0"));
  EXPECT_EQ(state("141003-r0"), core::State::kActive);
  EXPECT_FALSE(remembered("r0").deleted);
}

}  // namespace
}  // namespace minato::service
