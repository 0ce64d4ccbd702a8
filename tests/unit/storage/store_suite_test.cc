#include "unit/storage/store_suite.h"

#include <gmock/gmock.h>

namespace minato::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST_P(StoreSuite, ReturnsEveryFieldOfADataset) {
  put_surroundings();
  const core::Dataset dataset = full_dataset();
  ASSERT_TRUE(put(dataset).has_value());
  const auto by_id = get(dataset.id);
  ASSERT_TRUE(by_id.has_value());
  EXPECT_TRUE(without_tag_ids(*by_id) == dataset);
  const auto by_name = get(dataset.name);
  ASSERT_TRUE(by_name.has_value());
  EXPECT_TRUE(*by_name == *by_id);
}

TEST_P(StoreSuite, AnswersAMissingDatasetWithNothing) { EXPECT_FALSE(get("nowhere").has_value()); }

TEST_P(StoreSuite, ReplacesTheWholeDataset) {
  put_surroundings();
  ASSERT_TRUE(put(full_dataset()).has_value());
  core::Dataset bare = small_dataset("public-facility");
  bare.title = "新しい題名";
  ASSERT_TRUE(put(bare).has_value());
  const auto found = get(bare.id);
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(*found == bare);
}

TEST_P(StoreSuite, KeepsTextWithNulAndEmojiAndQuotes) {
  core::Dataset dataset = small_dataset("odd");
  dataset.notes = std::string("a\0b", 3) + "'\"; DROP TABLE dataset; --😀";
  ASSERT_TRUE(put(dataset).has_value());
  EXPECT_EQ(get("odd")->notes, dataset.notes);
}

TEST_P(StoreSuite, RefusesANameThatALiveDatasetHas) {
  ASSERT_TRUE(put(small_dataset("same")).has_value());
  core::Dataset other = small_dataset("other");
  other.name = "same";
  const auto refused = put(other);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kConflict);
  EXPECT_EQ(refused.error().id, "name-taken");
  EXPECT_FALSE(get(other.id).has_value());
}

TEST_P(StoreSuite, GivesTheNameOfADeletedDatasetToANewOne) {
  core::Dataset old = small_dataset("same");
  old.state = core::State::kDeleted;
  ASSERT_TRUE(put(old).has_value());
  EXPECT_EQ(get("same")->id, old.id);
  core::Dataset fresh = small_dataset("fresh");
  fresh.name = "same";
  ASSERT_TRUE(put(fresh).has_value());
  EXPECT_EQ(get("same")->id, fresh.id);
  EXPECT_EQ(get(old.id)->state, core::State::kDeleted);
}

TEST_P(StoreSuite, LeavesNothingOfAFailedChange) {
  const auto before = store_->revision();
  const auto failed = store_->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto done = writer.put_dataset(small_dataset("first")); !done) return done;
    return core::fail(core::ErrorCode::kInvalidArgument, "test-fault", {"誤り", "fault"});
  });
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().id, "test-fault");
  EXPECT_FALSE(get("first").has_value());
  EXPECT_EQ(store_->revision(), before);
}

TEST_P(StoreSuite, ShowsAChangeItsOwnWrites) {
  const auto done = store_->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto put_done = writer.put_dataset(small_dataset("mine")); !put_done) return put_done;
    const auto found = writer.reader().dataset("mine");
    EXPECT_TRUE(found.has_value() && found->has_value());
    return {};
  });
  EXPECT_TRUE(done.has_value());
}

TEST_P(StoreSuite, ShowsAReaderOneMomentOfTheCatalogue) {
  put_all({small_dataset("early")});
  const auto old_view = reader();
  const auto old_revision = old_view->revision();
  put_all({small_dataset("late")});
  EXPECT_FALSE(old_view->dataset("late")->has_value());
  EXPECT_EQ(old_view->revision(), old_revision);
  const auto new_view = reader();
  EXPECT_TRUE(new_view->dataset("late")->has_value());
  EXPECT_GT(new_view->revision(), old_revision);
  EXPECT_EQ(store_->revision(), new_view->revision());
}

TEST_P(StoreSuite, ListsNamesOfActivePublicDatasetsByPage) {
  core::Dataset hidden = small_dataset("b-private");
  hidden.is_private = true;
  core::Dataset draft = small_dataset("b-draft");
  draft.state = core::State::kDraft;
  core::Dataset deleted = small_dataset("b-deleted");
  deleted.state = core::State::kDeleted;
  put_all({small_dataset("c"), hidden, small_dataset("a"), draft, deleted, small_dataset("d")});
  const auto view = reader();
  EXPECT_THAT(*view->dataset_names(0, 10), ElementsAre("a", "c", "d"));
  EXPECT_THAT(*view->dataset_names(1, 1), ElementsAre("c"));
  EXPECT_THAT(*view->dataset_names(3, 10), IsEmpty());
}

TEST_P(StoreSuite, FindsTheDatasetOfAResource) {
  put_surroundings();
  const core::Dataset dataset = full_dataset();
  ASSERT_TRUE(put(dataset).has_value());
  EXPECT_EQ(*reader()->dataset_of_resource(dataset.resources[1].id), dataset.id);
  EXPECT_FALSE(reader()->dataset_of_resource("no-such-resource")->has_value());
}

TEST_P(StoreSuite, ReturnsEveryFieldOfAnOrganization) {
  const core::Group organization = full_organization();
  ASSERT_TRUE(put(organization).has_value());
  const auto view = reader();
  const auto kind = core::GroupKind::kOrganization;
  EXPECT_TRUE(**view->group(kind, organization.id) == organization);
  EXPECT_TRUE(**view->group(kind, "140007") == organization);
  EXPECT_FALSE(view->group(core::GroupKind::kGroup, "140007")->has_value());
}

TEST_P(StoreSuite, ListsGroupsOfAKindByTitle) {
  const auto organization = core::GroupKind::kOrganization;
  ASSERT_TRUE(put(small_group(organization, "142018", "B Yokosuka")).has_value());
  ASSERT_TRUE(put(small_group(organization, "141003", "A Yokohama")).has_value());
  ASSERT_TRUE(put(small_group(core::GroupKind::kGroup, "kosodate", "C Kosodate")).has_value());
  const auto names = [&](const storage::GroupListRequest& request) {
    std::vector<std::string> list;
    const auto groups = reader()->groups(request);
    for (const auto& group : *groups) list.push_back(group.name);
    return list;
  };
  EXPECT_THAT(names({organization, "", {}}), ElementsAre("141003", "142018"));
  EXPECT_THAT(names({organization, "YOKOH", {}}), ElementsAre("141003"));
  EXPECT_THAT(names({organization, "", {"142018", "kosodate"}}), ElementsAre("142018"));
  auto kana = small_group(organization, "142042", "鎌倉市");
  kana.title_kana = "カマクラシ";
  kana.title_en = "Kamakura City";
  ASSERT_TRUE(put(kana).has_value());
  EXPECT_THAT(names({organization, "kamakura c", {}}), ElementsAre("142042"));
  EXPECT_THAT(names({organization, "カマクラ", {}}), ElementsAre("142042"));
  EXPECT_THAT(names({core::GroupKind::kGroup, "", {}}), ElementsAre("kosodate"));
}

TEST_P(StoreSuite, SharesNamesBetweenOrganizationsAndGroups) {
  ASSERT_TRUE(put(small_group(core::GroupKind::kOrganization, "one", "One")).has_value());
  core::Group other = small_group(core::GroupKind::kGroup, "two", "Two");
  other.name = "one";
  const auto refused = put(other);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "name-taken");
}

TEST_P(StoreSuite, CountsActivePublicDatasetsOfOrganizationsAndGroups) {
  put_surroundings();
  core::Dataset hidden = small_dataset("hidden");
  hidden.owner_org = full_organization().id;
  hidden.is_private = true;
  put_all({full_dataset(), hidden, small_dataset("free")});
  EXPECT_THAT(*reader()->dataset_counts(core::GroupKind::kOrganization),
              UnorderedElementsAre(Pair(full_organization().id, 1)));
  EXPECT_THAT(*reader()->dataset_counts(core::GroupKind::kGroup),
              UnorderedElementsAre(Pair(full_dataset().groups[0], 1)));
}

TEST_P(StoreSuite, ListsTagsInUseOfOneVocabulary) {
  ASSERT_TRUE(put(core::Vocabulary{"v1", "seasons"}).has_value());
  core::Dataset dataset = small_dataset("tagged");
  dataset.tags = {{"", "Beta", ""}, {"", "alpha", ""}, {"", "haru", "v1"}};
  core::Dataset hidden = small_dataset("hidden");
  hidden.is_private = true;
  hidden.tags = {{"", "secret", ""}};
  put_all({dataset, hidden});
  const auto names = [&](const storage::TagListRequest& request) {
    std::vector<std::string> list;
    const auto tags = reader()->tags(request);
    for (const auto& tag : *tags) list.push_back(tag.name);
    return list;
  };
  EXPECT_THAT(names({"", ""}), ElementsAre("Beta", "alpha"));
  EXPECT_THAT(names({"BET", ""}), ElementsAre("Beta"));
  EXPECT_THAT(names({"", "v1"}), ElementsAre("haru"));
  EXPECT_THAT(names({"", "no-such-vocabulary"}), IsEmpty());
  EXPECT_EQ((*reader()->tag("haru", "v1"))->vocabulary_id, "v1");
  EXPECT_FALSE(reader()->tag("haru", "")->has_value());
}

TEST_P(StoreSuite, CountsFormatsOfActivePublicDatasets) {
  put_surroundings();
  core::Dataset hidden = small_dataset("hidden");
  hidden.is_private = true;
  hidden.resources = {full_resource(hidden.id)};
  put_all({full_dataset(), hidden});
  EXPECT_THAT(*reader()->formats(), UnorderedElementsAre(Pair("CSV", 1), Pair("PDF", 1)));
}

TEST_P(StoreSuite, KeepsOneOriginPerSourceAndRemoteId) {
  storage::Origin origin{"d1", "shipped", "r1", "{}", "hash-1", at(5), false};
  const auto save = [&](const storage::Origin& value) {
    return store_->write([&](storage::CatalogWriter& w) { return w.put_origin(value); });
  };
  ASSERT_TRUE(save(origin).has_value());
  origin.hash = "hash-2";
  origin.removed = true;
  ASSERT_TRUE(save(origin).has_value());
  ASSERT_TRUE(save({"d2", "harvest", "r1", "", "", at(6), false}).has_value());
  const auto origins = *reader()->origins("shipped");
  ASSERT_EQ(origins.size(), 1U);
  EXPECT_EQ(origins[0].dataset_id, "d1");
  EXPECT_EQ(origins[0].document, "{}");
  EXPECT_EQ(origins[0].hash, "hash-2");
  EXPECT_EQ(origins[0].seen, at(5));
  EXPECT_TRUE(origins[0].removed);
}

TEST_P(StoreSuite, FindsForgetsAndListsOriginsOfADataset) {
  const auto save = [&](const storage::Origin& value) {
    return store_->write([&](storage::CatalogWriter& w) { return w.put_origin(value); });
  };
  ASSERT_TRUE(save({"d1", "s1", "r1", "{}", "h1", at(5), false}).has_value());
  ASSERT_TRUE(save({"d1", "s2", "r9", "{}", "h2", at(6), false}).has_value());
  EXPECT_EQ(reader()->origin("s1", "r1")->value().hash, "h1");
  EXPECT_FALSE(reader()->origin("s1", "r9")->has_value());
  EXPECT_EQ(reader()->origins_of("d1")->size(), 2U);
  ASSERT_TRUE(store_->write([](storage::CatalogWriter& w) { return w.remove_origin("s1", "r1"); })
                  .has_value());
  ASSERT_EQ(reader()->origins_of("d1")->size(), 1U);
  EXPECT_EQ(reader()->origins_of("d1")->front().source, "s2");
}

TEST_P(StoreSuite, KeepsTheOwnersOfFieldsAndTheConfirmationOfSources) {
  const std::vector<storage::FieldOwner> owners{{"/notes", "user-1", at(2)},
                                                {"/title", "staff", at(1)}};
  ASSERT_TRUE(store_
                  ->write([&](storage::CatalogWriter& w) -> core::Result<void> {
                    if (auto done = w.put_field_owners("d1", owners); !done) return done;
                    return w.put_source_confirmation({"s1", "横浜市", "https://example.jp", at(7)});
                  })
                  .has_value());
  EXPECT_EQ(*reader()->field_owners("d1"), owners);
  EXPECT_TRUE(reader()->field_owners("d2")->empty());
  EXPECT_EQ(reader()->source_confirmation("s1")->value().confirmed, at(7));
  EXPECT_FALSE(reader()->source_confirmation("s2")->has_value());
  ASSERT_TRUE(store_->write([](storage::CatalogWriter& w) { return w.put_field_owners("d1", {}); })
                  .has_value());
  EXPECT_TRUE(reader()->field_owners("d1")->empty());
}

TEST_P(StoreSuite, ListsVocabulariesByName) {
  ASSERT_TRUE(put(core::Vocabulary{"v1", "zoo"}).has_value());
  ASSERT_TRUE(put(core::Vocabulary{"v2", "ark"}).has_value());
  const auto list = *reader()->vocabularies();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].id, "v2");
  EXPECT_EQ(list[1].name, "zoo");
}

TEST_P(StoreSuite, PurgesADatasetForGood) {
  put_surroundings();
  ASSERT_TRUE(put(full_dataset()).has_value());
  const auto purge = [&] {
    return store_->write(
        [](storage::CatalogWriter& w) { return w.purge_dataset(full_dataset().id); });
  };
  ASSERT_TRUE(purge().has_value());
  EXPECT_FALSE(get(full_dataset().id).has_value());
  EXPECT_FALSE(reader()->dataset_of_resource(full_dataset().resources[0].id)->has_value());
  EXPECT_TRUE(purge().has_value());
  EXPECT_TRUE(put(full_dataset()).has_value());
}

TEST_P(StoreSuite, SearchReturnsAPageOfWholeDatasets) {
  put_surroundings();
  put_all({full_dataset(), small_dataset("b"), small_dataset("c")});
  core::SearchRequest request;
  request.sort = {{"name", false}};
  request.offset = 1;
  request.limit = 2;
  const auto result = reader()->search(request);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->count, 3);
  ASSERT_EQ(result->datasets.size(), 2U);
  EXPECT_EQ(result->datasets[0]->name, "c");
  EXPECT_TRUE(without_tag_ids(*result->datasets[1]) == full_dataset());
}

TEST_P(StoreSuite, SearchForgetsWhatWasPurgedOrDeleted) {
  put_all({small_dataset("a"), small_dataset("b"), small_dataset("c")});
  ASSERT_EQ(reader()->search({})->count, 3);
  core::Dataset deleted = small_dataset("b");
  deleted.state = core::State::kDeleted;
  put_all({deleted});
  ASSERT_TRUE(
      store_
          ->write([](storage::CatalogWriter& w) { return w.purge_dataset(small_dataset("a").id); })
          .has_value());
  const auto result = reader()->search({});
  ASSERT_EQ(result->count, 1);
  EXPECT_EQ(result->datasets[0]->name, "c");
}

TEST_P(StoreSuite, SearchFollowsTheNameOfAnOrganization) {
  put_surroundings();
  put_all({full_dataset()});
  core::Group renamed = full_organization();
  renamed.name = "999999";
  ASSERT_TRUE(put(renamed).has_value());
  core::SearchRequest request;
  core::SearchExpr clause;
  clause.kind = core::SearchExpr::Kind::kEqual;
  clause.field = "organization";
  clause.value = "999999";
  request.filters = {clause};
  request.facets = {"organization"};
  const auto result = reader()->search(request);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->count, 1);
  ASSERT_EQ(result->facets.size(), 1U);
  ASSERT_EQ(result->facets[0].values.size(), 1U);
  EXPECT_EQ(result->facets[0].values[0].value, "999999");
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreSuite, ::testing::ValuesIn(all_stores()), factory_name);

}  // namespace
}  // namespace minato::test
