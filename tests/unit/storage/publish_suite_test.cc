// What publishing asks of every CatalogStore: due drafts, waiting files, definitions of tables, and
// the end of groups, vocabularies and tags.
#include <gmock/gmock.h>

#include "unit/storage/store_suite.h"

namespace minato::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

core::Resource kept_file(const core::Dataset& dataset, const std::string& id,
                         const std::string& blob) {
  core::Resource resource;
  resource.id = id;
  resource.dataset_id = dataset.id;
  resource.position = static_cast<std::int64_t>(dataset.resources.size());
  resource.blob = blob;
  return resource;
}

storage::TableVersion table(const std::string& resource_id, std::int64_t version,
                            const std::string& blob) {
  storage::TableVersion table;
  table.table_id = resource_id;
  table.resource_id = resource_id;
  table.version = version;
  table.blob = blob;
  return table;
}

class PublishSuite : public StoreSuite {
 protected:
  template <typename Work>
  core::Result<void> change(Work work) {
    return store_->write([&](storage::CatalogWriter& w) { return work(w); });
  }
  core::Result<void> publish(const std::string& resource_id,
                             const std::vector<storage::TableVersion>& tables) {
    return change([&](auto& w) { return w.publish_tables(resource_id, tables); });
  }
  core::Result<void> define(const storage::TableDefinition& definition) {
    return change([&](auto& w) { return w.put_table_definition(definition); });
  }
  std::int64_t hits(const std::string& field, const std::string& value) {
    core::SearchRequest request;
    core::SearchExpr expression;
    expression.kind = core::SearchExpr::Kind::kEqual;
    expression.field = field;
    expression.value = value;
    request.filters = {expression};
    return reader()->search(request)->count;
  }
};

TEST_P(PublishSuite, ADraftIsDueWhenItsTimeHasCome) {
  core::Dataset early = small_dataset("early");
  early.state = core::State::kDraft;
  early.publish_at = at(100);
  core::Dataset late = small_dataset("late");
  late.state = core::State::kDraft;
  late.publish_at = at(50);
  core::Dataset open_end = small_dataset("open-end");
  open_end.state = core::State::kDraft;
  core::Dataset active = small_dataset("active");
  active.publish_at = at(10);
  put_all({early, late, open_end, active});
  EXPECT_EQ(get("early")->publish_at, at(100));
  EXPECT_FALSE(get("open-end")->publish_at.has_value());
  EXPECT_THAT(*reader()->datasets_due({at(50).us - 1}), IsEmpty());
  EXPECT_THAT(*reader()->datasets_due(at(50)), ElementsAre(late.id));
  EXPECT_THAT(*reader()->datasets_due(at(100)), ElementsAre(late.id, early.id));
}

TEST_P(PublishSuite, AFileWaitsForItsImportUntilItsTableIsPublished) {
  core::Dataset dataset = small_dataset("files");
  dataset.resources.push_back(kept_file(dataset, "r1", "b1"));
  dataset.resources.push_back(kept_file(dataset, "r2", "b2"));
  dataset.resources.push_back(kept_file(dataset, "r3-link", ""));
  dataset.resources.push_back(kept_file(dataset, "r4-deleted", "b4"));
  dataset.resources[3].state = core::State::kDeleted;
  core::Dataset deleted = small_dataset("deleted");
  deleted.state = core::State::kDeleted;
  deleted.resources.push_back(kept_file(deleted, "r5", "b5"));
  put_all({dataset, deleted});
  EXPECT_THAT(*reader()->resources_to_import(), ElementsAre("r1", "r2"));
  ASSERT_TRUE(publish("r1", {table("r1", 1, "b1")}).has_value());
  EXPECT_THAT(*reader()->resources_to_import(), ElementsAre("r2"));
  dataset.resources[0].blob = "b1-new";
  ASSERT_TRUE(put(dataset).has_value());
  EXPECT_THAT(*reader()->resources_to_import(), ElementsAre("r1", "r2"));
}

TEST_P(PublishSuite, DatasetsOfAnOrganizationOrGroupAreListedWithoutDeletedOnes) {
  put_surroundings();
  const std::string organization = full_organization().id;
  const std::string group = core::stable_uuid("group", "kosodate");
  core::Dataset owned = small_dataset("owned");
  owned.owner_org = organization;
  core::Dataset draft = small_dataset("draft");
  draft.owner_org = organization;
  draft.state = core::State::kDraft;
  core::Dataset grouped = small_dataset("grouped");
  grouped.groups = {group};
  core::Dataset deleted = small_dataset("deleted");
  deleted.owner_org = organization;
  deleted.groups = {group};
  deleted.state = core::State::kDeleted;
  put_all({owned, draft, grouped, deleted});
  EXPECT_THAT(*reader()->datasets_in(organization),
              ::testing::UnorderedElementsAre(owned.id, draft.id));
  EXPECT_THAT(*reader()->datasets_in(group), ElementsAre(grouped.id));
  EXPECT_THAT(*reader()->datasets_in("nowhere"), IsEmpty());
}

TEST_P(PublishSuite, ADefinitionIsReplacedAndFoundByItsAliases) {
  EXPECT_FALSE(reader()->table_definition("r1")->has_value());
  ASSERT_TRUE(define({"r1", {"年", "地域"}, {"jinko", "人口"}}).has_value());
  auto found = *reader()->table_definition("r1");
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(found->primary_key, ElementsAre("年", "地域"));
  EXPECT_THAT(found->aliases, ElementsAre("jinko", "人口"));
  EXPECT_EQ(**reader()->resource_of_alias("人口"), "r1");
  ASSERT_TRUE(define({"r1", {}, {"population"}}).has_value());
  found = *reader()->table_definition("r1");
  EXPECT_THAT(found->primary_key, IsEmpty());
  EXPECT_THAT(found->aliases, ElementsAre("population"));
  EXPECT_FALSE(reader()->resource_of_alias("jinko")->has_value());
  const auto remove = [](auto& w) { return w.remove_table_definition("r1"); };
  ASSERT_TRUE(change(remove).has_value());
  ASSERT_TRUE(change(remove).has_value());
  EXPECT_FALSE(reader()->table_definition("r1")->has_value());
  EXPECT_FALSE(reader()->resource_of_alias("population")->has_value());
}

TEST_P(PublishSuite, AnAliasBelongsToOneTable) {
  ASSERT_TRUE(define({"r1", {}, {"jinko"}}).has_value());
  const auto refused = define({"r2", {"id"}, {"free", "jinko"}});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kConflict);
  EXPECT_EQ(refused.error().id, "alias-taken");
  EXPECT_FALSE(reader()->table_definition("r2")->has_value());
  EXPECT_FALSE(reader()->resource_of_alias("free")->has_value());
}

TEST_P(PublishSuite, ASupersededVersionCanBeForgottenTheCurrentOneCannot) {
  ASSERT_TRUE(publish("r1", {table("r1", 1, "b1")}).has_value());
  ASSERT_TRUE(publish("r1", {table("r1", 2, "b2")}).has_value());
  const auto forget = [&](std::int64_t version) {
    return change([&](auto& w) { return w.forget_table_version("r1", version); });
  };
  ASSERT_TRUE(forget(1).has_value());
  ASSERT_TRUE(forget(2).has_value());
  const auto versions = *reader()->table_versions("r1");
  ASSERT_EQ(versions.size(), 1U);
  EXPECT_EQ(versions[0].version, 2);
}

TEST_P(PublishSuite, APurgedDatasetLeavesNoDefinitions) {
  core::Dataset dataset = small_dataset("files");
  dataset.resources.push_back(kept_file(dataset, "r1", "b1"));
  put_all({dataset});
  ASSERT_TRUE(define({"r1", {"id"}, {"jinko"}}).has_value());
  ASSERT_TRUE(change([&](auto& w) { return w.purge_dataset(dataset.id); }).has_value());
  EXPECT_FALSE(reader()->table_definition("r1")->has_value());
}

TEST_P(PublishSuite, AGroupIsPurgedWithItsRolesAndFormerNames) {
  put_surroundings();
  const core::Group organization = full_organization();
  storage::User hanako;
  hanako.id = "u";
  hanako.name = "hanako";
  ASSERT_TRUE(change([&](auto& w) -> core::Result<void> {
                if (auto put = w.accounts().put_user(hanako); !put) return put;
                if (auto put = w.accounts().put_membership(
                        {organization.id, "u", core::Role::kAdmin, at(1)});
                    !put) {
                  return put;
                }
                return w.history().put_former_group_name("old", organization.id);
              }).has_value());
  const auto purge = [&](auto& w) { return w.purge_group(organization.id); };
  ASSERT_TRUE(change(purge).has_value());
  EXPECT_FALSE(reader()->group(core::GroupKind::kOrganization, organization.id)->has_value());
  EXPECT_THAT(*reader()->accounts().memberships_of_user("u"), IsEmpty());
  EXPECT_FALSE(reader()->history().group_formerly("old")->has_value());
  EXPECT_TRUE(change(purge).has_value());
}

TEST_P(PublishSuite, AGroupWithADeletedDatasetIsNotPurged) {
  put_surroundings();
  core::Dataset deleted = small_dataset("deleted");
  deleted.owner_org = full_organization().id;
  deleted.groups = {core::stable_uuid("group", "kosodate")};
  deleted.state = core::State::kDeleted;
  put_all({deleted});
  for (const std::string& id : {deleted.owner_org, deleted.groups[0]}) {
    const auto refused = change([&](auto& w) { return w.purge_group(id); });
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, core::ErrorCode::kConflict);
    EXPECT_EQ(refused.error().id, "group-in-use");
  }
}

TEST_P(PublishSuite, AVocabularyGoesWhenItsTagsAreGone) {
  const core::Vocabulary seasons{"v", "seasons"};
  const core::Tag spring{"t", "haru", "v"};
  ASSERT_TRUE(put(seasons).has_value());
  ASSERT_TRUE(change([&](auto& w) { return w.put_tag(spring); }).has_value());
  const auto remove = [](auto& w) { return w.remove_vocabulary("v"); };
  const auto refused = change(remove);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "vocabulary-has-tags");
  ASSERT_TRUE(change([](auto& w) { return w.remove_tag("t"); }).has_value());
  ASSERT_TRUE(change(remove).has_value());
  EXPECT_THAT(*reader()->vocabularies(), IsEmpty());
  EXPECT_TRUE(change(remove).has_value());
}

TEST_P(PublishSuite, ATagOfAVocabularyIsListedBeforeItIsUsed) {
  ASSERT_TRUE(put(core::Vocabulary{"v", "seasons"}).has_value());
  const core::Tag spring{"t", "haru", "v"};
  ASSERT_TRUE(change([&](auto& w) { return w.put_tag(spring); }).has_value());
  storage::TagListRequest request;
  request.vocabulary_id = "v";
  EXPECT_THAT(*reader()->tags(request), IsEmpty());
  request.include_unused = true;
  EXPECT_THAT(*reader()->tags(request), ElementsAre(spring));
  EXPECT_EQ(**reader()->tag("haru", "v"), spring);
  EXPECT_EQ(**reader()->tag("t", ""), spring);
}

TEST_P(PublishSuite, ATagIsRefusedWhenItsNameOrVocabularyIsWrong) {
  ASSERT_TRUE(put(core::Vocabulary{"v", "seasons"}).has_value());
  ASSERT_TRUE(change([](auto& w) { return w.put_tag({"t", "haru", "v"}); }).has_value());
  const auto taken = change([](auto& w) { return w.put_tag({"t2", "haru", "v"}); });
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().id, "name-taken");
  const auto nowhere = change([](auto& w) { return w.put_tag({"t3", "natsu", "w"}); });
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error().id, "vocabulary-not-found");
}

TEST_P(PublishSuite, ARemovedTagLeavesDatasetsAndSearch) {
  core::Dataset dataset = small_dataset("tagged");
  const core::Tag tourism{"t-kanko", "観光", ""};
  const core::Tag map{"t-chizu", "地図", ""};
  ASSERT_TRUE(change([&](auto& w) -> core::Result<void> {
                if (auto put = w.put_tag(tourism); !put) return put;
                return w.put_tag(map);
              }).has_value());
  dataset.tags = {map, tourism};
  ASSERT_TRUE(put(dataset).has_value());
  ASSERT_EQ(hits("tags", "観光"), 1);
  const auto remove = [](auto& w) { return w.remove_tag("t-kanko"); };
  ASSERT_TRUE(change(remove).has_value());
  EXPECT_THAT(get("tagged")->tags, ElementsAre(map));
  EXPECT_EQ(hits("tags", "観光"), 0);
  EXPECT_EQ(hits("tags", "地図"), 1);
  EXPECT_EQ(reader()->search({})->datasets.at(0)->tags.size(), 1U);
  EXPECT_TRUE(change(remove).has_value());
}

TEST_P(PublishSuite, ARenamedTagIsFoundByItsNewName) {
  core::Dataset dataset = small_dataset("tagged");
  ASSERT_TRUE(change([](auto& w) { return w.put_tag({"t", "観光", ""}); }).has_value());
  dataset.tags = {{"t", "観光", ""}};
  ASSERT_TRUE(put(dataset).has_value());
  ASSERT_TRUE(change([](auto& w) { return w.put_tag({"t", "観光地", ""}); }).has_value());
  EXPECT_EQ(hits("tags", "観光地"), 1);
  EXPECT_EQ(hits("tags", "観光"), 0);
}

INSTANTIATE_TEST_SUITE_P(Stores, PublishSuite, ::testing::ValuesIn(all_stores()), factory_name);

}  // namespace
}  // namespace minato::test
