#include "service/dataset_merge.h"

#include <gmock/gmock.h>

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr core::Timestamp kNow{2'000'000};

core::Resource resource(const std::string& id, const std::string& blob) {
  core::Resource made;
  made.id = id;
  made.name = "名前 " + id;
  made.url = id + ".csv";
  made.url_type = "upload";
  made.blob = blob;
  return made;
}

core::Dataset base() {
  core::Dataset dataset;
  dataset.id = "d";
  dataset.name = "libraries";
  dataset.title = "図書館";
  dataset.tags = {{"t1", "本", ""}, {"t2", "館", ""}};
  dataset.themes = {"12"};
  dataset.extras = {{"a", "1"}, {"b", "2"}};
  dataset.resources = {resource("r1", "x1"), resource("r2", "x2")};
  dataset.resources[0].dataset_id = dataset.resources[1].dataset_id = "d";
  dataset.resources[1].position = 1;
  return dataset;
}

struct Versions {
  core::Dataset base = minato::service::base();
  core::Dataset theirs = base;
  core::Dataset current = base;
  [[nodiscard]] DatasetMerge merge() const { return merge_dataset({base, theirs, current}, kNow); }
};

std::vector<std::string> names(const std::vector<core::Tag>& tags) {
  std::vector<std::string> list;
  for (const core::Tag& tag : tags) list.push_back(tag.name);
  return list;
}

std::vector<std::string> ids(const std::vector<core::Resource>& resources) {
  std::vector<std::string> list;
  for (const core::Resource& item : resources) list.push_back(item.id);
  return list;
}

TEST(DatasetMerge, ChangesNothingWhenTheSourceSaysTheSame) {
  Versions v;
  v.current.title = "staff";
  const DatasetMerge merge = v.merge();
  EXPECT_FALSE(merge.changed);
  EXPECT_EQ(merge.dataset, v.current);
  EXPECT_THAT(merge.kept, ElementsAre("/title"));
}

TEST(DatasetMerge, DoesNotCallEqualChangesKept) {
  Versions v;
  v.theirs.title = v.current.title = "both";
  EXPECT_THAT(v.merge().kept, IsEmpty());
  EXPECT_FALSE(v.merge().changed);
}

TEST(DatasetMerge, MergesTagsOneByOne) {
  Versions v;
  v.theirs.tags = {{"t1", "本", ""}, {"t2", "館", ""}, {"n", "雑誌", ""}};
  v.current.tags = {{"other-id", "館", ""}, {"s", "職員", ""}};  // removed 本, added 職員
  const DatasetMerge merge = v.merge();
  EXPECT_THAT(names(merge.dataset.tags), testing::UnorderedElementsAre("館", "職員", "雑誌"));
  EXPECT_THAT(merge.kept, ElementsAre("/tags"));
}

TEST(DatasetMerge, DropsATagTheSourceDropped) {
  Versions v;
  v.theirs.tags = {{"t1", "本", ""}};
  v.current.tags[1].id = "the-store's-own";
  EXPECT_THAT(names(v.merge().dataset.tags), ElementsAre("本"));
  EXPECT_THAT(v.merge().kept, IsEmpty());
}

TEST(DatasetMerge, MergesExtrasByKey) {
  Versions v;
  v.theirs.extras = {{"a", "10"}, {"b", "20"}, {"c", "30"}};
  v.current.extras = {{"a", "1"}, {"b", "staff"}, {"z", "staff"}};
  const DatasetMerge merge = v.merge();
  EXPECT_THAT(merge.dataset.extras, ElementsAre(core::Extra{"a", "10"}, core::Extra{"b", "staff"},
                                                core::Extra{"c", "30"}, core::Extra{"z", "staff"}));
  EXPECT_THAT(merge.kept, ElementsAre("/extras/b", "/extras"));
}

TEST(DatasetMerge, KeepsAFileThatStaffReplaced) {
  Versions v;
  v.theirs.resources[0].blob = "x1-new";
  v.theirs.resources[0].description = "新しい説明";
  v.current.resources[0].blob = "staff";
  const DatasetMerge merge = v.merge();
  EXPECT_EQ(merge.dataset.resources[0].blob, "staff");
  EXPECT_EQ(merge.dataset.resources[0].description, "新しい説明");
  EXPECT_THAT(merge.kept, ElementsAre("/resources/r1/url"));
}

TEST(DatasetMerge, DatesOnlyTheResourceThatChanged) {
  Versions v;
  v.theirs.resources[1].blob = "x2-new";
  v.theirs.resources[1].last_modified = kNow;
  const DatasetMerge merge = v.merge();
  EXPECT_EQ(merge.dataset.resources[0], v.current.resources[0]);
  EXPECT_EQ(merge.dataset.resources[1].metadata_modified, kNow);
  EXPECT_EQ(merge.dataset.resources[1].last_modified, kNow);
  EXPECT_EQ(merge.dataset.modified, kNow);
}

TEST(DatasetMerge, DoesNotBringBackAResourceThatStaffRemoved) {
  Versions v;
  v.theirs.resources[0].description = "新しい説明";
  v.current.resources.erase(v.current.resources.begin());
  EXPECT_THAT(ids(v.merge().dataset.resources), ElementsAre("r2"));
}

TEST(DatasetMerge, DropsAResourceTheSourceDroppedUnlessStaffChangedIt) {
  Versions v;
  v.theirs.resources.clear();
  v.current.resources[1].name = "staff";
  EXPECT_THAT(ids(v.merge().dataset.resources), ElementsAre("r2"));
  EXPECT_EQ(v.merge().dataset.resources[0].position, 0);
}

TEST(DatasetMerge, TakesTheOrderOfTheSourceAndPutsStaffsOwnBehind) {
  Versions v;
  v.theirs.resources = {resource("r3", "x3"), v.base.resources[1], v.base.resources[0]};
  EXPECT_THAT(ids(v.merge().dataset.resources), ElementsAre("r3", "r2", "r1"));
  v.current.resources.push_back(resource("own", "o"));
  EXPECT_THAT(ids(v.merge().dataset.resources), ElementsAre("r3", "r2", "r1", "own"));
}

TEST(DatasetMerge, KeepsTheOrderThatStaffChose) {
  Versions v;
  v.theirs.resources.push_back(resource("r3", "x3"));
  std::swap(v.current.resources[0], v.current.resources[1]);
  EXPECT_THAT(ids(v.merge().dataset.resources), ElementsAre("r2", "r1", "r3"));
}

TEST(DatasetMerge, KeepsPrivacyAndState) {
  Versions v;
  v.current.is_private = true;
  v.theirs.title = "new";
  EXPECT_TRUE(v.merge().dataset.is_private);
}

struct Owned : Versions {
  KeptFields owned;
  [[nodiscard]] DatasetMerge merge() const {
    return merge_dataset({base, theirs, current, owned}, kNow);
  }
};

TEST(DatasetMerge, LeavesOwnedFieldsAloneThoughTheyEqualTheBase) {
  Owned v;
  v.owned = {"/title", "/extras/a", "/resources/r1/name", "/temporal/start"};
  v.theirs.title = "new";
  v.theirs.notes = "new";
  v.theirs.extras[0].value = "new";
  v.theirs.extras[1].value = "new";
  v.theirs.temporal = {"2024", "2025"};
  v.theirs.resources[0].name = "new";
  v.theirs.resources[1].name = "new";
  const DatasetMerge merge = v.merge();
  EXPECT_EQ(merge.dataset.title, v.current.title);
  EXPECT_EQ(merge.dataset.notes, "new");
  EXPECT_EQ(merge.dataset.extras[0].value, "1");
  EXPECT_EQ(merge.dataset.extras[1].value, "new");
  EXPECT_EQ(merge.dataset.temporal, core::Period{});
  EXPECT_EQ(merge.dataset.resources[0].name, v.current.resources[0].name);
  EXPECT_EQ(merge.dataset.resources[1].name, "new");
  EXPECT_THAT(merge.kept, ElementsAre("/title", "/temporal", "/extras/a", "/resources/r1/name"));
}

TEST(DatasetMerge, CountsOwnedFieldsAsKeptOnlyWhereTheyDiffer) {
  Owned v;
  v.owned = {"/title", "/tags", "/themes", "/extras/a", "/resources/r1/url"};
  const DatasetMerge merge = v.merge();
  EXPECT_FALSE(merge.changed);
  EXPECT_THAT(merge.kept, IsEmpty());
}

TEST(DatasetMerge, LeavesOwnedListsAlone) {
  Owned v;
  v.owned = {"/tags", "/themes", "/extras", "/resources"};
  v.theirs.tags = {{"t3", "新", ""}};
  v.theirs.themes = {"13"};
  v.theirs.extras = {};
  v.theirs.resources.pop_back();
  const DatasetMerge merge = v.merge();
  EXPECT_FALSE(merge.changed);
  EXPECT_THAT(merge.kept, ElementsAre("/themes", "/tags", "/extras", "/resources"));
}

TEST(DatasetMerge, AnOwnedExtraOrResourceOutlivesItsSource) {
  Owned v;
  v.owned = {"/extras/a", "/resources/r1"};
  v.theirs.extras.erase(v.theirs.extras.begin());
  v.theirs.resources.erase(v.theirs.resources.begin());
  const DatasetMerge merge = v.merge();
  EXPECT_EQ(merge.dataset.extras.size(), 2U);
  EXPECT_THAT(ids(merge.dataset.resources), testing::UnorderedElementsAre("r1", "r2"));
}

TEST(DatasetMerge, AnOwnedExtraThatIsNotThereStaysAway) {
  Owned v;
  v.owned = {"/extras/c"};
  v.theirs.extras.push_back({"c", "3"});
  const DatasetMerge merge = v.merge();
  EXPECT_EQ(merge.dataset.extras.size(), 2U);
  EXPECT_THAT(merge.kept, ElementsAre("/extras/c"));
}

TEST(DatasetMerge, AnOwnedFileStaysWithItsColumns) {
  Owned v;
  v.owned = {"/resources/r1/url"};
  v.theirs.resources[0].url = "new.csv";
  v.theirs.resources[0].columns = {{"a", "", "", "", ""}};
  const DatasetMerge merge = v.merge();
  EXPECT_FALSE(merge.changed);
  EXPECT_THAT(merge.kept, ElementsAre("/resources/r1/url"));
}

TEST(DatasetMerge, EscapesKeysInPointers) {
  Owned v;
  v.base.extras = v.theirs.extras = v.current.extras = {{"a/b~c", "1"}};
  v.theirs.extras[0].value = "2";
  v.owned = {"/extras/a~1b~0c"};
  EXPECT_THAT(v.merge().kept, ElementsAre("/extras/a~1b~0c"));
}

}  // namespace
}  // namespace minato::service
