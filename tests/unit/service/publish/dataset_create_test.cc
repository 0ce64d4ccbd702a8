#include <map>
#include <string>

#include "unit/service/publish/dataset_fixture.h"

namespace minato::service {
namespace {

using core::ErrorCode;
using testing::ElementsAre;

TEST_F(DatasetTest, CreatesADatasetAndFillsInWhatTheClientLeftOut) {
  DatasetEdit edit = wanted();
  edit.dataset.resources = {link("https://example.jp/jinko.csv"), link("https://example.jp/a")};
  edit.dataset.tags = {{"", "統計", ""}, {"", "人口", ""}, {"", "統計", ""}};
  edit.dataset.themes = {"人口・世帯"};
  edit.dataset.extras = {{"z", "1"}, {"frequency", "monthly"}, {"a", "2"}};
  const core::Dataset dataset = created(edit);
  EXPECT_TRUE(core::is_uuid(dataset.id));
  EXPECT_EQ(dataset.owner_org, "141003-id");
  EXPECT_EQ(dataset.creator_user_id, "ken-id");
  EXPECT_EQ(dataset.created, clock_.now());
  EXPECT_EQ(dataset.modified, clock_.now());
  EXPECT_EQ(dataset.frequency, "monthly");
  EXPECT_THAT(dataset.extras, ElementsAre(core::Extra{"a", "2"}, core::Extra{"z", "1"}));
  ASSERT_EQ(dataset.tags.size(), 2U);
  EXPECT_EQ(dataset.tags[0].name, "人口");
  EXPECT_FALSE(dataset.tags[0].id.empty());
  ASSERT_EQ(dataset.resources.size(), 2U);
  EXPECT_EQ(dataset.resources[0].format, "CSV");
  EXPECT_EQ(dataset.resources[1].format, "");
  EXPECT_EQ(dataset.resources[1].position, 1);
  EXPECT_EQ(dataset.resources[0].dataset_id, dataset.id);
  EXPECT_EQ(dataset.resources[0].created, clock_.now());
  EXPECT_EQ(dataset.resources[0].metadata_modified, clock_.now());
  EXPECT_EQ(dataset_now("jinko"), dataset);
}

TEST_F(DatasetTest, WritesOneAuditEntryAndOneActivityForACreation) {
  const core::Dataset dataset = created();
  const auto entries = audit();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].action, "dataset.create");
  EXPECT_EQ(entries[0].subject_kind, "dataset");
  EXPECT_EQ(entries[0].subject_id, dataset.id);
  EXPECT_EQ(entries[0].organization_id, "141003-id");
  EXPECT_EQ(entries[0].user_name, "ken");
  EXPECT_EQ(entries[0].before_hash, "");
  EXPECT_NE(entries[0].after_hash, "");
  const auto activities = activities_of(dataset.id);
  ASSERT_EQ(activities.size(), 1U);
  EXPECT_EQ(activities[0].type, "new package");
  EXPECT_EQ(activities[0].user_id, "ken-id");
  EXPECT_EQ(activities[0].organization_id, "141003-id");
  EXPECT_TRUE(activities[0].is_public);
  EXPECT_THAT(activities[0].data, testing::StartsWith(R"({"package":{"id":")" + dataset.id));
  EXPECT_THAT(activities[0].data, testing::EndsWith(R"(,"actor":"ken"})"));
}

TEST_F(DatasetTest, LetsOnlyEditorsOfTheOrganizationAddADataset) {
  const auto error = [&](const std::string& user, const std::string& owner) {
    DatasetEdit edit = wanted("by-" + user);
    edit.dataset.owner_org = owner;
    return id_of(datasets_.create(edit, false, by(user)));
  };
  EXPECT_EQ(error("", "141003"), "authentication-required");
  EXPECT_EQ(error("aya", "141003"), "permission-denied");
  EXPECT_EQ(error("mari", "141003"), "permission-denied");
  EXPECT_EQ(error("ken", "140007"), "permission-denied");
  EXPECT_EQ(error("ken", "141003"), "written");
  EXPECT_EQ(error("mika", "141003-id"), "written");
  EXPECT_EQ(error("emi", "140007"), "written");
  EXPECT_EQ(error("root", "140007"), "written");
  EXPECT_EQ(error("op", "140007"), "written");
}

TEST_F(DatasetTest, TellsWhoMayAddNothingAnywhereNothingOfOrganizations) {
  const auto error = [&](const std::string& user, const std::string& owner) {
    DatasetEdit edit = wanted();
    edit.dataset.owner_org = owner;
    return id_of(datasets_.create(edit, false, by(user)));
  };
  EXPECT_EQ(error("", ""), "authentication-required");
  EXPECT_EQ(error("aya", ""), "permission-denied");
  EXPECT_EQ(error("aya", "no-such"), "permission-denied");
}

TEST_F(DatasetTest, RefusesATokenWithoutTheScope) {
  WriteContext context = by("ken");
  context.caller.scopes = {"read"};
  EXPECT_EQ(id_of(datasets_.create(wanted(), false, context)), "token-scope");
}

TEST_F(DatasetTest, AsksForAnOrganizationInCkansWords) {
  DatasetEdit edit = wanted();
  edit.dataset.owner_org = "";
  EXPECT_THAT(wrongs(edit), ElementsAre("/owner_org: An organization must be provided"));
  edit.dataset.owner_org = "no-such";
  EXPECT_THAT(wrongs(edit), ElementsAre("/owner_org: Organization does not exist"));
  edit.dataset.owner_org = "bosai";  // a group
  EXPECT_THAT(wrongs(edit), ElementsAre("/owner_org: Organization does not exist"));
}

TEST_F(DatasetTest, LetsUsersOwnDatasetsWithoutOrganizationWhereThatIsAllowed) {
  PublishOptions options;
  options.allow_unowned_datasets = true;
  DatasetWrites writes(audited_, *storage_.tables, options);
  DatasetEdit edit = wanted();
  edit.dataset.owner_org = "";
  EXPECT_EQ(id_of(writes.create(edit, false, by(""))), "authentication-required");
  const core::Dataset dataset = valid(writes.create(edit, false, by("aya"))).dataset;
  EXPECT_EQ(dataset.owner_org, "");
  const auto rename = [](DatasetEdit& change) -> core::Result<void> {
    change.dataset.title = "人口と世帯";
    return {};
  };
  EXPECT_EQ(id_of(writes.change("jinko", rename, by("ken"))), "permission-denied");
  EXPECT_EQ(id_of(writes.change("jinko", rename, by("aya"))), "written");
  edit.dataset.name = "naisho";
  edit.dataset.is_private = true;
  const auto refused = writes.create(edit, false, by("aya"));
  ASSERT_FALSE(refused);
  EXPECT_THAT(wrongs_of(refused.error()),
              ElementsAre("/private: Datasets with no organization can't be private."));
}

TEST_F(DatasetTest, RefusesNamesInCkansWords) {
  created("taken");
  const auto message = [&](const std::string& name) {
    const auto list = wrongs(wanted(name));
    return list.size() == 1 ? list[0] : std::to_string(list.size());
  };
  EXPECT_EQ(message(""), "/name: Missing value");
  EXPECT_EQ(message("a"), "/name: Must be at least 2 characters long");
  EXPECT_EQ(message(std::string(101, 'a')), "/name: Name must be a maximum of 100 characters long");
  EXPECT_EQ(message("A B"),
            "/name: Must be purely lowercase alphanumeric (ascii) characters and these symbols: "
            "-_");
  EXPECT_EQ(message("人口"),
            "/name: Must be purely lowercase alphanumeric (ascii) characters and these symbols: "
            "-_");
  EXPECT_EQ(message("new"), "/name: That name cannot be used");
  EXPECT_EQ(message("taken"), "/name: That URL is already in use.");
  EXPECT_EQ(message("x'; DROP TABLE dataset; --"),
            "/name: Must be purely lowercase alphanumeric (ascii) characters and these symbols: "
            "-_");
  EXPECT_EQ(message("../../etc/passwd"),
            "/name: Must be purely lowercase alphanumeric (ascii) characters and these symbols: "
            "-_");
}

TEST_F(DatasetTest, NamesADatasetByItsTitleWhenAsked) {
  const auto named = [&](const std::string& title) {
    DatasetEdit edit = wanted("");
    edit.dataset.title = title;
    return valid(datasets_.create(edit, true, by("ken"))).dataset.name;
  };
  EXPECT_EQ(named("令和5年度 人口統計"), "reiwa5-jinko-tokei");
  EXPECT_EQ(named("令和5年度 人口統計"), "reiwa5-jinko-tokei-2");
  EXPECT_EQ(named("令和5年度 人口統計"), "reiwa5-jinko-tokei-3");
  for (int i = 4; i <= 9; ++i) named("令和5年度 人口統計");
  EXPECT_THAT(named("令和5年度 人口統計"), testing::MatchesRegex("reiwa5-jinko-tokei-[0-9a-f]{8}"));
  DatasetEdit nameless = wanted("");
  nameless.dataset.title = " ";
  const auto refused = datasets_.create(nameless, true, by("ken"));
  ASSERT_FALSE(refused);
  EXPECT_THAT(wrongs_of(refused.error()),
              ElementsAre("/title: Missing value", "/name: Missing value"));
}

TEST_F(DatasetTest, TakesTheNameForATitle) {
  DatasetEdit edit = wanted();
  edit.dataset.title = "";
  EXPECT_EQ(created(edit).title, "jinko");
}

TEST_F(DatasetTest, AsksForALicenceBeforePublication) {
  DatasetEdit edit = wanted();
  edit.dataset.license_id = "";
  EXPECT_THAT(wrongs(edit), ElementsAre("/license_id: Missing value"));
  edit.dataset.state = core::State::kDraft;
  EXPECT_EQ(created(edit).license_id, "");
  edit = wanted("naisho");
  edit.dataset.license_id = "";
  edit.dataset.is_private = true;
  EXPECT_EQ(created(edit).license_id, "");
}

TEST_F(DatasetTest, CallsALicenceByItsIdHoweverItWasWritten) {
  const std::map<std::string, std::string> written = {
      {"by-id", "cc-by-4.0"},
      {"by-title", "CC BY 4.0"},
      {"by-url", "https://creativecommons.org/licenses/by/4.0/"}};
  for (const auto& [name, license] : written) {
    DatasetEdit edit = wanted(name);
    edit.dataset.license_id = license;
    EXPECT_EQ(created(edit).license_id, "CC-BY-4.0") << license;
  }
  DatasetEdit edit = wanted("our-own");
  edit.dataset.license_id = "our own terms";
  EXPECT_EQ(created(edit).license_id, "our own terms");
}

TEST_F(DatasetTest, GivesTheDefaultLicence) {
  PublishOptions options;
  options.default_license = "notspecified";
  DatasetWrites writes(audited_, *storage_.tables, options);
  DatasetEdit edit = wanted();
  edit.dataset.license_id = "";
  EXPECT_EQ(valid(writes.create(edit, false, by("ken"))).dataset.license_id, "notspecified");
}

TEST_F(DatasetTest, LetsOnlySysadminsGiveIdsAndTimes) {
  const std::string id = core::random_uuid();
  DatasetEdit edit = wanted();
  edit.dataset.id = id;
  EXPECT_THAT(wrongs(edit), ElementsAre("/id: The input field id was not expected."));
  edit.dataset.creator_user_id = "aya-id";
  edit.dataset.created = support::at("2020-01-01T00:00:00Z");
  edit.dataset.modified = support::at("2021-01-01T00:00:00Z");
  const core::Dataset mirrored = created(edit, "root");
  EXPECT_EQ(mirrored.id, id);
  EXPECT_EQ(mirrored.creator_user_id, "aya-id");
  EXPECT_EQ(mirrored.modified, support::at("2021-01-01T00:00:00Z"));
  edit.dataset.name = "again";
  EXPECT_THAT(wrongs(edit, "root"), ElementsAre("/id: Dataset id already exists"));
  edit.dataset.id = "../x";
  EXPECT_THAT(wrongs(edit, "root"), ElementsAre("/id: Invalid id provided"));
  edit.dataset.id = "";
  EXPECT_EQ(created(edit).creator_user_id, "ken-id");
  EXPECT_EQ(dataset_now("again").modified, clock_.now());
}

TEST_F(DatasetTest, PutsDatasetsOnlyIntoGroupsTheCallerBelongsTo) {
  DatasetEdit edit = wanted();
  edit.dataset.groups = {"bosai"};
  EXPECT_EQ(id_of(datasets_.create(edit, false, by("ken"))), "permission-denied");
  EXPECT_THAT(created(edit, "mika").groups, ElementsAre("bosai-id"));
  // Somebody else may keep it there.
  EXPECT_EQ(id_of(change("jinko",
                         [](core::Dataset& dataset) {
                           dataset.groups = {"bosai"};
                           dataset.notes = "新しい説明";
                         })),
            "written");
  edit = wanted("other");
  edit.dataset.groups = {"bosai", "no-such"};
  EXPECT_THAT(wrongs(edit, "mika"),
              ElementsAre("/groups/1: That group name or ID does not exist."));
}

TEST_F(DatasetTest, KeepsTheIdsOfTagsThatExist) {
  DatasetEdit edit = wanted();
  edit.dataset.tags = {{"", "人口", ""}};
  const std::string id = created(edit).tags[0].id;
  edit = wanted("other");
  edit.dataset.tags = {{"made-up", "人口", ""}};
  EXPECT_EQ(created(edit).tags[0].id, id);
}

TEST_F(DatasetTest, TakesTagsOfVocabulariesByNameOrId) {
  valid(write([](storage::CatalogWriter& writer) {
    return writer.put_vocabulary({"v-id", "季節"});
  }));
  DatasetEdit edit = wanted();
  edit.dataset.tags = {{"", "春の", "季節"}, {"", "夏の", "v-id"}};
  for (const core::Tag& tag : created(edit).tags) EXPECT_EQ(tag.vocabulary_id, "v-id");
  edit = wanted("other");
  edit.dataset.tags = {{"", "春の", "no-such"}};
  EXPECT_THAT(wrongs(edit), ElementsAre("/tags/0: Tag vocabulary was not found."));
}

}  // namespace
}  // namespace minato::service
