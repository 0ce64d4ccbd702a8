#include "service/shipped_datasets.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "unit/service/shipped_fixture.h"

namespace minato::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class ShippedDatasets : public ShippedFixture {};

std::string extra(const std::vector<core::Extra>& extras, std::string_view key) {
  for (const core::Extra& extra : extras) {
    if (extra.key == key) return extra.value;
  }
  return "(none)";
}

TEST_F(ShippedDatasets, CreatesADatasetWithStableIdsAndItsFile) {
  write_libraries();
  EXPECT_THAT(load().created, ElementsAre("libraries"));

  const core::Dataset dataset = stored("libraries");
  EXPECT_EQ(dataset.id, core::stable_uuid("dataset", "libraries"));
  EXPECT_EQ(dataset.owner_org, core::stable_uuid("organization", "140007"));
  EXPECT_EQ(dataset.created, clock.time);
  ASSERT_EQ(dataset.resources.size(), 1U);
  const core::Resource& resource = dataset.resources[0];
  EXPECT_EQ(resource.id, core::stable_uuid("resource", "libraries/data.csv"));
  EXPECT_EQ(resource.url, "libraries.csv");
  EXPECT_EQ(resource.url_type, "upload");
  EXPECT_EQ(resource.size, 25);
  EXPECT_EQ(resource.last_modified, clock.time);
  EXPECT_EQ(resource.columns[1].title, "入館者数");
  EXPECT_EQ(extra(resource.extras, "encoding"), "UTF-8");
  auto bytes = blobs.open(resource.blob);
  ASSERT_TRUE(bytes);
  ::close(*bytes);
}

TEST_F(ShippedDatasets, WritesNothingOnASecondRun) {
  write_libraries();
  load();
  const std::uint64_t revision = store.revision();
  EXPECT_THAT(load().unchanged, ElementsAre("libraries"));
  EXPECT_EQ(store.revision(), revision);
}

TEST_F(ShippedDatasets, TakesWhatTheFolderChangesAndKeepsWhatStaffChanged) {
  write_libraries();
  load();
  core::Dataset edited = stored("libraries");
  edited.title = "図書館を訪れた人の数";
  edited.license_id = "CC-BY-4.0";
  store.put(edited);

  document = replaced(document, "図書館の入館者数", "県立図書館の入館者数");
  document = replaced(document, "Library visitors", "Visitors of libraries");
  write_libraries();
  const ShippedReport report = load();

  EXPECT_THAT(report.updated, ElementsAre("libraries"));
  const core::Dataset dataset = stored("libraries");
  EXPECT_EQ(dataset.title, "図書館を訪れた人の数");
  EXPECT_EQ(dataset.title_en, "Visitors of libraries");
  EXPECT_EQ(dataset.license_id, "CC-BY-4.0");
  EXPECT_EQ(dataset.modified, clock.time);
  ASSERT_EQ(report.kept.size(), 1U);
  EXPECT_THAT(report.kept[0].fields, ElementsAre("/title", "/license_id"));
}

TEST_F(ShippedDatasets, ReplacesTheFileAndKeepsItsResource) {
  write_libraries();
  load();
  const core::Resource before = stored("libraries").resources[0];
  write("libraries/data.csv", "year,visitors\r\n2023,120\r\n2024,130\r\n");
  EXPECT_THAT(load().updated, ElementsAre("libraries"));

  const core::Resource after = stored("libraries").resources[0];
  EXPECT_EQ(after.id, before.id);
  EXPECT_NE(after.blob, before.blob);
  EXPECT_EQ(after.created, before.created);
  EXPECT_EQ(after.last_modified, clock.time);
  EXPECT_EQ(after.metadata_modified, clock.time);
}

TEST_F(ShippedDatasets, ChangesNoDateWhenOnlyTheWritingOfTheDocumentChanges) {
  write_libraries();
  load();
  const core::Dataset before = stored("libraries");
  document += "\n";
  write_libraries();
  EXPECT_THAT(load().unchanged, ElementsAre("libraries"));
  EXPECT_EQ(stored("libraries"), before);
}

TEST_F(ShippedDatasets, NeverBringsBackWhatStaffDeleted) {
  write_libraries();
  load();
  core::Dataset deleted = stored("libraries");
  deleted.state = core::State::kDeleted;
  store.put(deleted);
  document = replaced(document, "図書館の入館者数", "県立図書館の入館者数");
  write_libraries();
  EXPECT_THAT(load().removed_by_staff, ElementsAre("libraries"));
  EXPECT_THAT(load().removed_by_staff, ElementsAre("libraries"));
  EXPECT_EQ(stored(deleted.id).state, core::State::kDeleted);
  EXPECT_EQ(stored(deleted.id).title, "図書館の入館者数");
}

TEST_F(ShippedDatasets, NeverBringsBackWhatStaffPurged) {
  write_libraries();
  load();
  const std::string id = stored("libraries").id;
  ASSERT_TRUE(store.write([&](storage::CatalogWriter& w) { return w.purge_dataset(id); }));
  document += " ";
  write_libraries();
  EXPECT_THAT(load().removed_by_staff, ElementsAre("libraries"));
  EXPECT_THROW(stored("libraries"), std::runtime_error);
}

TEST_F(ShippedDatasets, FollowsADatasetThatStaffRenamed) {
  write_libraries();
  load();
  core::Dataset renamed = stored("libraries");
  renamed.name = "toshokan";
  store.put(renamed);
  document = replaced(document, "Library visitors", "Visitors");
  write_libraries();
  EXPECT_THAT(load().updated, ElementsAre("libraries"));
  EXPECT_EQ(stored("toshokan").title_en, "Visitors");
}

TEST_F(ShippedDatasets, LeavesTheDatasetOfAVanishedFolderAndSaysSo) {
  write_libraries();
  load();
  std::filesystem::remove_all(root() / "libraries");
  EXPECT_THAT(load().vanished, ElementsAre("libraries"));
  EXPECT_EQ(stored("libraries").title, "図書館の入館者数");
}

TEST_F(ShippedDatasets, KeepsADatasetWhoseHistoryIsUnknown) {
  core::Dataset own;
  own.id = core::stable_uuid("dataset", "libraries");
  own.name = "libraries";
  own.title = "手で作ったもの";
  store.put(own);
  write_libraries();
  const ShippedReport report = load();
  EXPECT_THAT(report.errors, IsEmpty());
  EXPECT_EQ(stored("libraries").title, "手で作ったもの");
}

TEST_F(ShippedDatasets, ReportsANameThatAnotherDatasetHas) {
  core::Dataset other;
  other.id = core::random_uuid();
  other.name = "libraries";
  store.put(other);
  write_libraries();
  const ShippedReport report = load();
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_EQ(report.errors[0].folder, "libraries");
  EXPECT_EQ(report.errors[0].error.id, "name-taken");
}

TEST_F(ShippedDatasets, LoadsTheOthersBesideABadFolder) {
  write_libraries();
  write("broken/dataset.json", "{");
  write("README.md", "not a folder");
  write(".git/config", "hidden");
  const ShippedReport report = load();
  EXPECT_THAT(report.created, ElementsAre("libraries"));
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_EQ(report.errors[0].folder, "broken");
  EXPECT_EQ(report.errors[0].file, "dataset.json");
}

TEST_F(ShippedDatasets, LeavesADatasetAsItWasWhenItsFolderBreaks) {
  write_libraries();
  load();
  const core::Dataset before = stored("libraries");
  write("libraries/dataset.json", "{}");
  EXPECT_EQ(load().errors.size(), 1U);
  EXPECT_EQ(stored("libraries"), before);
}

TEST_F(ShippedDatasets, FailsWhenTheFolderIsMissing) {
  const auto report = load_shipped_datasets((root() / "none").string(), {store, blobs, clock});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().id, "shipped-folder-missing");
}

}  // namespace
}  // namespace minato::service
