#include "service/harvest/import.h"

#include "unit/service/harvest_fixture.h"

namespace minato::service {
namespace {

using core::RecordReport;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class HarvestImport : public HarvestFixture {
 protected:
  std::vector<std::string> pointers(const ImportedRecord& record) {
    std::vector<std::string> list;
    for (const FieldDifference& difference : record.differences) {
      list.push_back(difference.pointer);
    }
    return list;
  }
};

TEST_F(HarvestImport, PublishesANewDatasetWithItsProvenance) {
  HarvestedDataset given = record("population", "人口");
  given.object.remote_modified = "2026-04-01T00:00:00";
  const ImportedRecord result = import(given);
  EXPECT_EQ(result.report, RecordReport::kAdded);
  EXPECT_EQ(result.dataset_name, "141003-population");

  const core::Dataset dataset = this->dataset("141003-population");
  EXPECT_EQ(dataset.id, core::stable_uuid("harvest", source.id + "\npopulation"));
  EXPECT_EQ(result.dataset_id, dataset.id);
  EXPECT_EQ(dataset.title, "人口");
  EXPECT_EQ(dataset.owner_org, core::stable_uuid("organization", "141003"));
  EXPECT_EQ(dataset.created, clock.now());
  EXPECT_EQ(dataset.license_id, "CC-BY-4.0");
  EXPECT_EQ(extra(dataset.extras, "harvest_source_id"), source.id);
  EXPECT_EQ(extra(dataset.extras, "harvest_source_title"), "オープンデータ 141003");
  EXPECT_EQ(extra(dataset.extras, "harvest_object_id"),
            core::stable_uuid("object", job.id + "population"));
  EXPECT_EQ(extra(dataset.extras, "harvest_url"), source.url + "/dataset/population");
  EXPECT_EQ(extra(dataset.extras, "harvest_fetched"), core::to_ckan_time(clock.now()));
  EXPECT_EQ(extra(dataset.extras, "harvest_modified"), "2026-04-01T00:00:00");
  EXPECT_EQ(extra(dataset.extras, "harvest_hash"), remembered("population").content_hash);
  ASSERT_THAT(dataset.resources, SizeIs(1));
  EXPECT_EQ(dataset.resources[0].id,
            core::stable_uuid("harvest-resource", dataset.id + "\npopulation-r1"));
  EXPECT_EQ(result.resources, dataset.resources);
  EXPECT_EQ(remembered("population").dataset_id, dataset.id);
  EXPECT_EQ(remembered("population").remote_modified, "2026-04-01T00:00:00");
}

TEST_F(HarvestImport, WritesNothingWhenNothingChanged) {
  import(record("population", "人口"));
  const core::Dataset before = dataset("141003-population");
  const auto revision = catalog->revision();
  begin_job();
  clock.pass_days(1);
  const ImportedRecord result = import(record("population", "人口"));
  EXPECT_EQ(result.report, RecordReport::kUnchanged);
  EXPECT_EQ(result.dataset_id, before.id);
  EXPECT_EQ(result.resources, before.resources);
  EXPECT_EQ(catalog->revision(), revision);
  EXPECT_EQ(dataset(before.id), before);
  EXPECT_EQ(remembered("population").last_job, job.id);
  EXPECT_EQ(remembered("population").last_seen, clock.now());
}

TEST_F(HarvestImport, LeavesTheDatasetAloneWhenOnlyTheWritingOfTheRecordChanged) {
  import(record("population", "人口"));
  const core::Dataset before = dataset("141003-population");
  begin_job();
  clock.pass_days(1);
  HarvestedDataset again = record("population", " 人口 ");
  const ImportedRecord result = import(again);
  EXPECT_EQ(result.report, RecordReport::kUnchanged);
  EXPECT_EQ(dataset(before.id), before);
  // The next time not even the origin is written.
  const auto revision = catalog->revision();
  EXPECT_EQ(import(again).report, RecordReport::kUnchanged);
  EXPECT_EQ(catalog->revision(), revision);
}

TEST_F(HarvestImport, UpdatesWhatChangedAndItsProvenance) {
  import(record("population", "人口"));
  const core::Dataset before = dataset("141003-population");
  begin_job();
  clock.pass_days(1);
  HarvestedDataset changed = record("population", "人口と世帯");
  changed.dataset.resources.push_back(resource("r2", source.url + "/r2.xlsx"));
  const ImportedRecord result = import(changed);
  EXPECT_EQ(result.report, RecordReport::kUpdated);
  EXPECT_THAT(pointers(result), Contains("/title"));
  EXPECT_THAT(pointers(result), Contains("/resources/" + result.resources[1].id + "/url"));
  const core::Dataset after = dataset(before.id);
  EXPECT_EQ(after.name, before.name);
  EXPECT_EQ(after.title, "人口と世帯");
  EXPECT_EQ(after.created, before.created);
  EXPECT_EQ(after.modified, clock.now());
  EXPECT_THAT(after.resources, SizeIs(2));
  EXPECT_EQ(after.resources[0].created, before.resources[0].created);
  EXPECT_EQ(extra(after.extras, "harvest_fetched"), core::to_ckan_time(clock.now()));
  EXPECT_NE(extra(after.extras, "harvest_hash"), extra(before.extras, "harvest_hash"));
}

TEST_F(HarvestImport, KeepsEditsOfStaffFieldByFieldAndListsThem) {
  import(record("population", "人口"));
  core::Dataset edited = dataset("141003-population");
  edited.title = "横浜市の人口";
  edited.tags = {{core::stable_uuid("tag", "職員"), "職員", ""}};
  put(edited);
  begin_job();
  clock.pass_days(1);
  HarvestedDataset changed = record("population", "人口（新）");
  changed.dataset.notes = "説明";
  const ImportedRecord result = import(changed);
  EXPECT_EQ(result.report, RecordReport::kUpdated);
  EXPECT_THAT(result.kept, ElementsAre("/title", "/tags"));
  core::Dataset after = dataset(edited.id);
  EXPECT_EQ(after.title, "横浜市の人口");
  EXPECT_EQ(after.notes, "説明");
  const auto known = owners(edited.id);
  ASSERT_THAT(known, SizeIs(2));
  EXPECT_EQ(known[1], (storage::FieldOwner{"/title", "staff", clock.now()}));

  // Also when staff's word is the source's by chance: it stays theirs.
  after.title = "人口（新）";
  put(after);
  begin_job();
  const ImportedRecord later = import(record("population", "人口（もっと新）"));
  EXPECT_EQ(dataset(edited.id).title, "人口（新）");
  EXPECT_THAT(later.kept, Contains("/title"));
  EXPECT_EQ(owners(edited.id), known);
}

TEST_F(HarvestImport, MergesTagsItemByItemAfterStaffAddedOne) {
  HarvestedDataset given = record("population", "人口");
  given.dataset.tags = {{"", "人口", ""}};
  import(given);
  core::Dataset edited = dataset("141003-population");
  edited.tags.push_back({core::stable_uuid("tag", "職員"), "職員", ""});
  put(edited);
  for (const char* tag : {"世帯", "統計"}) {
    begin_job();
    given.dataset.tags.push_back({"", tag, ""});
    import(given);
  }
  EXPECT_THAT(dataset(edited.id).tags, SizeIs(4));
}

TEST_F(HarvestImport, LeavesFieldsAloneThatTheOptionsKeep) {
  options.keep_fields = {"/title"};
  import(record("population", "人口"));
  begin_job();
  HarvestedDataset changed = record("population", "人口（新）");
  changed.dataset.notes = "説明";
  EXPECT_THAT(import(changed).kept, ElementsAre("/title"));
  EXPECT_EQ(dataset("141003-population").title, "人口");
  EXPECT_THAT(owners(dataset("141003-population").id), IsEmpty());
}

TEST_F(HarvestImport, GivesNamesThatAreFreeAndNeverChangesThem) {
  core::Dataset own;
  own.id = "own";
  own.name = "141003-population";
  put(own);
  const auto results = import({record("population", "人口"), record("jinko", "人口"), [&] {
                                 HarvestedDataset other = record("other", "人口");
                                 other.dataset.name = "jinko";
                                 return other;
                               }()});
  EXPECT_EQ(results[0].dataset_name, "141003-population-2");
  EXPECT_EQ(results[1].dataset_name, "141003-jinko");
  EXPECT_EQ(results[2].dataset_name, "141003-jinko-2");
  begin_job();
  HarvestedDataset renamed = record("population", "人口（新）");
  renamed.dataset.name = "new-name";
  EXPECT_EQ(import(renamed).dataset_name, "141003-population-2");
  EXPECT_EQ(dataset("141003-population-2").title, "人口（新）");
}

TEST_F(HarvestImport, ReportsABadRecordAndGoesOn) {
  HarvestedDataset bad = record("bad", "悪い");
  bad.dataset.resources.resize(1);
  options.default_extras = {};
  bad.dataset.license_id = "CC0";
  core::Dataset& dataset = bad.dataset;
  dataset.resources[0].id = "taken";
  // A resource id that another dataset has: the catalogue refuses the record.
  core::Dataset own;
  own.id = "own";
  own.name = "own";
  own.resources.resize(1);
  own.resources[0].id = core::stable_uuid(
      "harvest-resource", core::stable_uuid("harvest", source.id + "\nbad") + "\ntaken");
  own.resources[0].dataset_id = "own";
  put(own);
  const auto results = import({record("a", "甲"), bad, record("b", "乙")});
  EXPECT_EQ(results[0].report, RecordReport::kAdded);
  EXPECT_EQ(results[1].report, RecordReport::kErrored);
  EXPECT_FALSE(results[1].error.id.empty());
  EXPECT_EQ(results[2].report, RecordReport::kAdded);
  EXPECT_TRUE(stored("141003-b"));
  EXPECT_FALSE(stored("141003-bad"));
  EXPECT_EQ(remembered("bad").dataset_id, "");
}

TEST_F(HarvestImport, TellsWhichFieldBreaksARule) {
  options.default_extras = {{"title", "x"}};  // names a field
  const ImportedRecord result = import(record("a", "甲"));
  EXPECT_EQ(result.report, RecordReport::kErrored);
  EXPECT_EQ(result.error.id, "harvest-record-invalid");
  EXPECT_THAT(result.error.message.ja, HasSubstr("/extras/"));
}

TEST_F(HarvestImport, FailsWithoutTheOrganization) {
  source.organization = "999999";
  const auto result = import_harvested({record("a", "甲")}, context(), target());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().id, "harvest-organization-unknown");
}

TEST_F(HarvestImport, FailsWithoutAGroupThatTheOptionsName) {
  options.default_groups = {"bosai"};
  const auto result = import_harvested({record("a", "甲")}, context(), target());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().id, "harvest-group-unknown");
}

TEST_F(HarvestImport, AnUnreadableNoteOfThePastCostsOneRecordOnly) {
  import({record("a", "甲"), record("b", "乙")});
  storage::Origin broken = *origin("a");
  broken.document = "{";
  expect_ok(
      catalog->write([&](storage::CatalogWriter& writer) { return writer.put_origin(broken); }));
  begin_job();
  const auto results = import({record("a", "甲（新）"), record("b", "乙（新）")});
  EXPECT_EQ(results[0].error.id, "harvest-origin-unreadable");
  EXPECT_EQ(results[1].report, RecordReport::kUpdated);
  EXPECT_EQ(dataset("141003-a").title, "甲");
}

TEST_F(HarvestImport, ARecordThatIsTooLargeIsRefused) {
  HarvestedDataset given = record("a", "甲");
  const std::string words(60'000, 'x');
  for (int i = 0; i < 250; ++i) {
    given.dataset.resources.push_back(resource("k" + std::to_string(i), ""));
    given.dataset.resources.back().description = words;
  }
  EXPECT_EQ(import(given).error.id, "harvest-record-too-large");
  EXPECT_FALSE(stored("141003-a"));
}

TEST_F(HarvestImport, FindsItsWorkDoneAfterACrashBetweenTheStores) {
  const core::Dataset first = [&] {
    import(record("population", "人口"));
    return dataset("141003-population");
  }();
  // The harvest store knows nothing of it.
  expect_ok(store->remove_source(source.id));
  expect_ok(store->put_source(source));
  job = {};
  begin_job();
  const auto revision = catalog->revision();
  EXPECT_EQ(import(record("population", "人口")).report, RecordReport::kUnchanged);
  EXPECT_EQ(catalog->revision(), revision);
  EXPECT_EQ(dataset("141003-population"), first);
  EXPECT_EQ(remembered("population").dataset_id, first.id);
}

TEST_F(HarvestImport, AppliesNewOptionsToRecordsThatDidNotChange) {
  import(record("population", "人口"));
  begin_job();
  options.default_tags = {"横浜"};
  source.options = R"({"default_tags":["横浜"]})";
  EXPECT_EQ(import(record("population", "人口")).report, RecordReport::kUpdated);
  EXPECT_EQ(dataset("141003-population").tags[0].name, "横浜");
}

TEST_F(HarvestImport, NeverBringsBackWhatStaffDeleted) {
  import(record("population", "人口"));
  core::Dataset deleted = dataset("141003-population");
  deleted.state = core::State::kDeleted;
  put(deleted);
  begin_job();
  EXPECT_EQ(import(record("population", "人口（新）")).report, RecordReport::kUnchanged);
  EXPECT_EQ(dataset(deleted.id).state, core::State::kDeleted);
  EXPECT_TRUE(origin("population")->removed);
  expect_ok(catalog->write(
      [&](storage::CatalogWriter& writer) { return writer.purge_dataset(deleted.id); }));
  const auto revision = catalog->revision();
  EXPECT_EQ(import(record("population", "人口（新）")).report, RecordReport::kUnchanged);
  EXPECT_FALSE(stored(deleted.id));
  EXPECT_EQ(catalog->revision(), revision);
}

TEST_F(HarvestImport, KeepsTheHarvestedFileWhenTheMetadataChanges) {
  HarvestedDataset given = record("population", "人口");
  given.dataset.resources[0].size = 1000;  // a claim
  import(given);
  // What harvest_files does, in the resource and in the origin.
  core::Dataset held = dataset("141003-population");
  held.resources[0].blob = held.resources[0].hash = std::string(64, 'a');
  held.resources[0].size = 42;
  storage::Origin base = *origin("population");
  const auto place = base.document.find("\"size\":1000");
  ASSERT_NE(place, std::string::npos);
  base.document.replace(place, 11,
                        "\"size\":42,\"hash\":\"" + std::string(64, 'a') + "\",\"blob\":\"" +
                            std::string(64, 'a') + "\"");
  expect_ok(catalog->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto done = writer.put_dataset(held); !done) return done;
    return writer.put_origin(base);
  }));
  begin_job();
  given.dataset.title = "人口（新）";
  given.dataset.resources[0].url = source.url + "/population-2.csv";
  const ImportedRecord result = import(given);
  EXPECT_EQ(result.report, RecordReport::kUpdated);
  EXPECT_THAT(result.kept, IsEmpty());
  const core::Resource resource = dataset(held.id).resources[0];
  EXPECT_EQ(resource.url, source.url + "/population-2.csv");
  EXPECT_EQ(resource.blob, std::string(64, 'a'));
  EXPECT_EQ(resource.size, 42);

  // No table any more: the old rows must not stand beside a PDF.
  begin_job();
  given.dataset.resources[0].url = source.url + "/population.pdf";
  given.dataset.resources[0].format = "pdf";
  import(given);
  EXPECT_EQ(dataset(held.id).resources[0].blob, "");
}

TEST_F(HarvestImport, ADryRunWritesNothingAndTellsTheDifferences) {
  import(record("population", "人口"));
  begin_job();
  HarvestedDataset changed = record("population", std::string(300, 'x'));
  HarvestedDataset fresh = record("new", "新");
  expect_ok(store->add_objects(job.id, {changed.object, fresh.object}));
  const auto revision = catalog->revision();
  const auto before = remembered("population");
  dry_run = true;
  const auto results = value_of(import_harvested({changed, fresh}, context(), target()));
  EXPECT_EQ(results[0].report, RecordReport::kUpdated);
  ASSERT_THAT(results[0].differences, SizeIs(1));
  EXPECT_EQ(results[0].differences[0].pointer, "/title");
  EXPECT_EQ(results[0].differences[0].before, "人口");
  EXPECT_EQ(results[0].differences[0].after, std::string(200, 'x') + "…");
  EXPECT_EQ(results[1].report, RecordReport::kAdded);
  EXPECT_EQ(results[1].dataset_name, "141003-new");
  EXPECT_THAT(pointers(results[1]), Contains("/license_id"));
  EXPECT_EQ(catalog->revision(), revision);
  EXPECT_EQ(remembered("population").content_hash, before.content_hash);
  EXPECT_FALSE(value_of(store->record(source.id, "new")));
}

TEST_F(HarvestImport, SaysWhenTheSourceWasLastSeenWhole) {
  expect_ok(confirm_source(source, clock.now(), *catalog));
  const auto confirmation =
      value_of(value_of(catalog->read(core::Deadline::max()))->source_confirmation(source.id));
  ASSERT_TRUE(confirmation);
  EXPECT_EQ(confirmation->title, source.title);
  EXPECT_EQ(confirmation->confirmed, clock.now());
}

}  // namespace
}  // namespace minato::service
