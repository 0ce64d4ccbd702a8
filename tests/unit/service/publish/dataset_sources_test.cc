// Datasets that come from somewhere else and are changed by people.
#include "formats/dataset_document.h"
#include "service/harvest/batch.h"
#include "service/harvest/owned.h"
#include "service/publish/dataset_owners.h"
#include "unit/service/publish/dataset_fixture.h"

namespace minato::service {
namespace {

using core::Dataset;
using testing::ElementsAre;
using testing::IsEmpty;

class SourcesTest : public DatasetTest {
 protected:
  SourcesTest() {
    Dataset dataset = GroupTest::dataset("kosui", "141003-id");
    dataset.title = "降水量";
    dataset.tags = {{"", "雨量", ""}};
    dataset.extras = {
        {"harvest_source_id", "s1"}, {"harvest_url", "https://example.jp/1"}, {"note/1", "元"}};
    core::Resource file;
    file.id = core::stable_uuid("test", "file");
    file.dataset_id = dataset.id;
    file.name = "雨量";
    file.url = "https://example.jp/1.csv";
    file.format = "CSV";
    dataset.resources = {file};
    valid(write([&](storage::CatalogWriter& writer) -> core::Result<void> {
      valid(writer.put_dataset(dataset));
      return writer.put_origin({dataset.id, "s1", "1", formats::write_dataset_document(dataset),
                                "hash", clock_.now(), false});
    }));
    source_ = dataset_now("kosui");
  }

  std::vector<std::string> owned() {
    std::vector<std::string> list;
    for (const auto& field : valid(reader()->field_owners(source_.id))) {
      list.push_back(field.pointer + " " + field.owner);
    }
    return list;
  }
  // What the next update of the source leaves in the catalogue.
  Dataset merged(const Dataset& theirs) {
    const KeptFields kept = owned_fields(valid(reader()->field_owners(source_.id)), {});
    return merge_dataset({source_, theirs, dataset_now(source_.id), kept}, clock_.now()).dataset;
  }
  storage::Origin origin() { return valid(reader()->origins_of(source_.id)).at(0); }

  Dataset source_;
};

TEST_F(SourcesTest, GiveEveryChangedFieldToThePersonWhoChangedIt) {
  valid(change("kosui", [](Dataset& d) {
    d.title = "雨量の記録";
    d.contact.email = "ame@example.jp";
    d.tags.push_back({"", "天気", ""});
    d.extras.push_back({"a~b", "新"});
    d.extras[2].value = "直した";
    d.resources[0].name = "雨量（10 分ごと）";
    d.resources.push_back({});
    d.resources[1].url = "https://example.jp/2.csv";
  }));
  EXPECT_THAT(owned(), ElementsAre("/contact ken-id", "/extras/a~0b ken-id",
                                   "/extras/note~11 ken-id", "/resources staff",
                                   "/resources/" + source_.resources[0].id + "/name ken-id",
                                   "/tags ken-id", "/title ken-id"));
}

TEST_F(SourcesTest, KeepThoseFieldsWhenTheyUpdate) {
  valid(change("kosui", [](Dataset& d) {
    d.title = "雨量の記録";
    d.resources[0].url = "https://example.jp/better.csv";
  }));
  Dataset theirs = source_;
  theirs.title = "降水量（改題）";
  theirs.notes = "新しい説明";
  theirs.resources[0].url = "https://example.jp/moved.csv";
  theirs.resources[0].description = "10 分ごと";
  const Dataset after = merged(theirs);
  EXPECT_EQ(after.title, "雨量の記録");
  EXPECT_EQ(after.notes, "新しい説明");
  EXPECT_EQ(after.resources[0].url, "https://example.jp/better.csv");
  EXPECT_EQ(after.resources[0].description, "10 分ごと");
}

TEST_F(SourcesTest, KeepAFieldThatAPersonSetBackToTheirOwnWord) {
  valid(change("kosui", [](Dataset& d) { d.title = "雨量の記録"; }));
  valid(change("kosui", [](Dataset& d) { d.title = "降水量"; }));
  Dataset theirs = source_;
  theirs.title = "降水量（改題）";
  EXPECT_EQ(merged(theirs).title, "降水量");
}

TEST_F(SourcesTest, AddTheirNewResourcesBesideThoseOfPeople) {
  valid(change("kosui", [](Dataset& d) {
    d.resources.push_back({});
    d.resources[1].url = "https://example.jp/staff.csv";
  }));
  Dataset theirs = source_;
  theirs.resources.push_back(theirs.resources[0]);
  theirs.resources[1].id = core::stable_uuid("test", "new file");
  EXPECT_EQ(merged(theirs).resources.size(), 3U);
}

TEST_F(SourcesTest, BelongToNobodyWithoutAChange) {
  valid(change("kosui", [](Dataset& d) { d.resources[0].format = "csv"; }));
  EXPECT_THAT(owned(), IsEmpty());
  valid(change("kosui", [](Dataset& d) { d.is_private = true; }));
  EXPECT_THAT(owned(), IsEmpty());
}

TEST_F(SourcesTest, ClaimNothingOfDatasetsWithoutOrigin) {
  created();
  valid(change("jinko", [](Dataset& d) { d.title = "新"; }));
  EXPECT_THAT(valid(reader()->field_owners(dataset_now("jinko").id)), IsEmpty());
}

TEST_F(SourcesTest, AloneSayWhereADatasetCameFrom) {
  const Dataset after = valid(change("kosui", [](Dataset& d) {
                          d.extras = {{"harvest_url", "https://evil.example"}, {"own", "1"}};
                        })).dataset;
  EXPECT_THAT(after.extras, ElementsAre(core::Extra{"harvest_source_id", "s1"},
                                        core::Extra{"harvest_url", "https://example.jp/1"},
                                        core::Extra{"own", "1"}));
  DatasetEdit edit = wanted();
  edit.dataset.extras = {{"harvest_source_id", "s1"}};
  EXPECT_THAT(created(edit).extras, IsEmpty());
}

TEST_F(SourcesTest, NeverBringBackWhatStaffRemoved) {
  valid(datasets_.remove("kosui", "誤りが多いため", by("ken")));
  EXPECT_TRUE(origin().removed);
  valid(change("kosui", [](Dataset& d) { d.state = core::State::kActive; }));
  EXPECT_FALSE(origin().removed);
}

TEST_F(SourcesTest, NeverBringBackWhatStaffRemovedAfterItVanished) {
  valid(write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    Dataset gone = source_;
    gone.state = core::State::kDeleted;
    valid(writer.put_dataset(gone));
    storage::Origin vanished = valid(writer.reader().origins_of(source_.id)).at(0);
    vanished.hash = kVanished;
    return writer.put_origin(vanished);
  }));
  valid(datasets_.remove("kosui", "", by("ken")));
  EXPECT_TRUE(origin().removed);
  EXPECT_NE(origin().hash, kVanished);
  EXPECT_TRUE(valid(reader()->history().tombstone(source_.id)));
}

TEST_F(SourcesTest, NeverBringBackWhatWasPurged) {
  valid(datasets_.purge("kosui", by("root")));
  EXPECT_TRUE(origin().removed);
  EXPECT_THAT(valid(reader()->field_owners(source_.id)), IsEmpty());
}

TEST(ClaimFields, KeepsTheTimeOfAnEarlierClaim) {
  const std::vector<storage::FieldOwner> before = {{"/title", "ken-id", {1}},
                                                   {"/url", "staff", {1}}};
  const auto after = claim_fields(before, {{"/notes", "/title", "/url"}, "ken-id", {5}});
  EXPECT_THAT(after, ElementsAre(storage::FieldOwner{"/notes", "ken-id", {5}},
                                 storage::FieldOwner{"/title", "ken-id", {1}},
                                 storage::FieldOwner{"/url", "ken-id", {5}}));
}

}  // namespace
}  // namespace minato::service
