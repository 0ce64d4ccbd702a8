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

}  // namespace
}  // namespace minato::service
