#include "service/publish/group_writes.h"

#include "core/uuid.h"
#include "group_fixture.h"

namespace minato::service {
namespace {

using core::GroupKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr GroupKind kOrganization = GroupKind::kOrganization;
constexpr GroupKind kGroup = GroupKind::kGroup;

GroupWrites::Edit title(const std::string& text) {
  return [text](GroupEdit& edit) -> core::Result<void> {
    edit.group.title = text;
    return {};
  };
}

GroupWrites::Edit name(const std::string& text) {
  return [text](GroupEdit& edit) -> core::Result<void> {
    edit.group.name = text;
    return {};
  };
}

GroupWrites::Edit parent(const std::string& text) {
  return [text](GroupEdit& edit) -> core::Result<void> {
    edit.group.parent = text;
    return {};
  };
}

TEST_F(GroupTest, ACreatedOrganizationIsThereWithItsHistoryAndItsAdmin) {
  GroupEdit wanted = organization("kanagawa-water", "神奈川県企業庁");
  wanted.group.parent = "140007";
  const auto made = valid(groups_.create(wanted, as("root")));
  EXPECT_TRUE(core::is_uuid(made.id));
  EXPECT_EQ(made.created, clock_.now());
  EXPECT_EQ(made.parent, "140007-id");
  EXPECT_EQ(*valid(reader()->group(kOrganization, "kanagawa-water")), made);

  const auto members = valid(reader()->accounts().memberships_of_group(made.id));
  ASSERT_THAT(members, SizeIs(1));
  EXPECT_EQ(members[0].user_id, "root-id");
  EXPECT_EQ(members[0].role, core::Role::kAdmin);

  const auto entries = audit();
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].action, "organization.create");
  EXPECT_EQ(entries[0].subject_kind, "organization");
  EXPECT_EQ(entries[0].subject_id, made.id);
  EXPECT_EQ(entries[0].organization_id, made.id);
  EXPECT_EQ(entries[0].before_hash, "");
  EXPECT_NE(entries[0].after_hash, "");

  const auto activities = activities_of(made.id);
  ASSERT_THAT(activities, SizeIs(1));
  EXPECT_EQ(activities[0].type, "new organization");
  EXPECT_THAT(activities[0].data, HasSubstr("\"title\":\"神奈川県企業庁\""));
  EXPECT_THAT(activities[0].data, HasSubstr("\"actor\":\"root\""));
}

TEST_F(GroupTest, AMunicipalityHasTheIdThatTheListOfPublishersGivesIt) {
  const auto made = valid(groups_.create(organization("141305", "川崎市"), as("root")));
  EXPECT_EQ(made.id, core::stable_uuid("organization", "141305"));
}

TEST_F(GroupTest, MembersAreCreatedWithTheirOrganization) {
  GroupEdit wanted = organization("library");
  wanted.members = {{"ken", core::Role::kEditor}, {"aya-id", core::Role::kMember}};
  const auto made = valid(groups_.create(wanted, as("root")));
  std::vector<std::pair<std::string, core::Role>> roles;
  for (const auto& member : valid(reader()->accounts().memberships_of_group(made.id))) {
    roles.emplace_back(member.user_id, member.role);
  }
  EXPECT_THAT(roles, UnorderedElementsAre(std::pair("root-id", core::Role::kAdmin),
                                          std::pair("ken-id", core::Role::kEditor),
                                          std::pair("aya-id", core::Role::kMember)));
}

TEST_F(GroupTest, AllWrongsAreToldAtOnceAndNothingIsKept) {
  GroupEdit wanted = organization("A B");
  wanted.wrongs.push_back({"/type", {"種類", "not this type"}, "", "", "", {}});
  wanted.group.id = "not-a-uuid";
  wanted.group.parent = "999999";
  wanted.members = {{"nobody", core::Role::kMember}};
  const auto made = groups_.create(wanted, as("root"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().id, "group-invalid");
  EXPECT_EQ(made.error().code, core::ErrorCode::kInvalidArgument);
  EXPECT_THAT(
      wrongs_of(made.error()),
      ElementsAre("/type: not this type", "/id: Invalid id provided",
                  "/users: User not found: nobody",
                  "/name: Must be purely lowercase alphanumeric (ascii) characters and these "
                  "symbols: -_",
                  "/parent: Organization does not exist"));
  EXPECT_THAT(audit(), IsEmpty());
  EXPECT_THAT(valid(reader()->groups({kOrganization, "", {}})), SizeIs(2));
}

TEST_F(GroupTest, OrganizationsAndGroupsShareTheirNames) {
  for (const char* taken : {"141003", "bosai"}) {
    const auto made = groups_.create(organization(taken), as("root"));
    ASSERT_FALSE(made) << taken;
    EXPECT_THAT(wrongs_of(made.error()),
                ElementsAre("/name: Group name already exists in database"));
  }
}

TEST_F(GroupTest, TheNameOfADeletedOneIsFree) {
  valid(groups_.remove(kGroup, "bosai", as("mika")));
  EXPECT_TRUE(groups_.create(organization("bosai"), as("root")));
}

TEST_F(GroupTest, AnIdIsTakenFromSysadminsOnly) {
  const std::string id = "6a40a23f-1f48-4b5c-9b8c-0d4f3e1a7f10";
  GroupEdit wanted = organization("with-id");
  wanted.group.id = id;
  EXPECT_EQ(valid(groups_.create(wanted, as("root"))).id, id);
  wanted.group.name = "again";
  EXPECT_THAT(wrongs_of(groups_.create(wanted, as("root")).error()),
              ElementsAre("/id: Group id already exists"));
  GroupWrites open(audited_, OrganizationCreators::kUsers);
  EXPECT_THAT(wrongs_of(open.create(wanted, as("aya")).error()),
              ElementsAre("/id: The input field id was not expected."));
}

struct CreationCase {
  OrganizationCreators creators;
  std::vector<std::string> allowed;
};

TEST_F(GroupTest, WhoMayCreateOrganizationsIsASetting) {
  const std::vector<CreationCase> cases = {
      {OrganizationCreators::kSysadmins, {"root"}},
      {OrganizationCreators::kAdmins, {"root", "mika"}},
      {OrganizationCreators::kUsers, {"root", "mika", "ken", "aya"}},
  };
  int number = 0;
  for (const auto& [creators, allowed] : cases) {
    GroupWrites writes(audited_, creators);
    std::vector<std::string> did;
    for (const char* user : {"root", "mika", "ken", "aya"}) {
      const auto made = writes.create(organization("org-" + std::to_string(++number)), as(user));
      if (made) {
        did.emplace_back(user);
      } else {
        EXPECT_EQ(made.error().id, "organization-creation-denied");
        EXPECT_EQ(made.error().message.en,
                  "User " + std::string(user) + " not authorized to create organizations");
      }
    }
    EXPECT_EQ(did, allowed);
    EXPECT_EQ(writes.create(organization("anonymous"), as("")).error().id,
              "authentication-required");
  }
}

TEST_F(GroupTest, GroupsAreCreatedBySysadmins) {
  GroupEdit wanted;
  wanted.group.kind = kGroup;
  wanted.group.name = "kosodate";
  EXPECT_EQ(groups_.create(wanted, as("mika")).error().id, "permission-denied");
  EXPECT_TRUE(groups_.create(wanted, as("root")));
}

TEST_F(GroupTest, AdminsChangeTheirOrganizationAndNobodyElseDoes) {
  for (const char* user : {"ken", "aya"}) {
    EXPECT_EQ(groups_.change(kOrganization, "141003", title("乗っ取り"), as(user)).error().id,
              "permission-denied");
  }
  EXPECT_EQ(groups_.change(kOrganization, "141003", title("乗っ取り"), as("")).error().id,
            "authentication-required");
  EXPECT_EQ(groups_.change(kOrganization, "140007", title("乗っ取り"), as("mika")).error().id,
            "permission-denied");
  const auto changed =
      valid(groups_.change(kOrganization, "141003", title("横浜市役所"), as("mika")));
  EXPECT_EQ(changed.title, "横浜市役所");
  EXPECT_EQ(valid(reader()->group(kOrganization, "141003-id"))->title, "横浜市役所");
  EXPECT_THAT(audited_actions(), ElementsAre("organization.update"));
  EXPECT_EQ(activities_of("141003-id").at(0).type, "changed organization");
}

TEST_F(GroupTest, NothingChangedLeavesNoTrace) {
  valid(groups_.change(kOrganization, "141003", title("横浜市"), as("mika")));
  EXPECT_THAT(audit(), IsEmpty());
  EXPECT_THAT(activities_of("141003-id"), IsEmpty());
}

TEST_F(GroupTest, AGroupIsNoOrganization) {
  EXPECT_EQ(groups_.change(kOrganization, "bosai", title("x"), as("root")).error().id,
            "organization-not-found");
  EXPECT_EQ(groups_.change(kGroup, "141003", title("x"), as("root")).error().id, "group-not-found");
  EXPECT_EQ(groups_.remove(kGroup, "nope", as("root")).error().id, "group-not-found");
}

TEST_F(GroupTest, TheOldNameOfARenamedOneStillLeadsToIt) {
  valid(groups_.change(kGroup, "bosai", name("saigai"), as("mika")));
  EXPECT_EQ(valid(reader()->history().group_formerly("bosai")), "bosai-id");
  EXPECT_THAT(wrongs_of(groups_.change(kGroup, "saigai", name("141003"), as("mika")).error()),
              ElementsAre("/name: Group name already exists in database"));
}

TEST_F(GroupTest, OrganizationsMakeNoLoops) {
  valid(groups_.change(kOrganization, "141003", parent("140007"), as("root")));
  for (const char* above : {"141003", "140007"}) {
    EXPECT_THAT(
        wrongs_of(groups_.change(kOrganization, "140007", parent(above), as("root")).error()),
        ElementsAre("/parent: This parent would create a loop in the hierarchy"));
  }
  EXPECT_THAT(wrongs_of(groups_.change(kGroup, "bosai", parent("140007"), as("root")).error()),
              ElementsAre("/parent: A group has no parent"));
}

TEST_F(GroupTest, AnOrganizationGoesWhenItsDatasetsAreGone) {
  put(dataset("aed", "141003-id"));
  const auto refused = groups_.remove(kOrganization, "141003", as("mika"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::ErrorCode::kConflict);
  EXPECT_EQ(refused.error().id, "organization-has-datasets");
  EXPECT_EQ(refused.error().message.en,
            "Organization cannot be deleted while it still has datasets");

  core::Dataset gone = dataset("aed", "141003-id");
  gone.state = core::State::kDeleted;
  put(gone);
  EXPECT_EQ(groups_.remove(kOrganization, "141003", as("ken")).error().id, "permission-denied");
  valid(groups_.remove(kOrganization, "141003", as("mika")));
  EXPECT_EQ(valid(reader()->group(kOrganization, "141003"))->state, core::State::kDeleted);
  EXPECT_THAT(audited_actions(), ElementsAre("organization.delete"));
  EXPECT_EQ(activities_of("141003-id").at(0).type, "deleted organization");
  EXPECT_EQ(groups_.remove(kOrganization, "141003", as("mika")).error().id,
            "organization-not-found");
}

TEST_F(GroupTest, TheStateCannotBeUsedToGetAroundThat) {
  put(dataset("aed", "141003-id"));
  const auto to = [](core::State state) {
    return [state](GroupEdit& edit) -> core::Result<void> {
      edit.group.state = state;
      return {};
    };
  };
  EXPECT_EQ(
      groups_.change(kOrganization, "141003", to(core::State::kDeleted), as("mika")).error().id,
      "organization-has-datasets");
  valid(groups_.change(kOrganization, "140007", to(core::State::kDeleted), as("root")));
  EXPECT_THAT(audited_actions(), ElementsAre("organization.delete"));
  valid(groups_.change(kOrganization, "140007-id", to(core::State::kActive), as("root")));
  EXPECT_EQ(valid(reader()->group(kOrganization, "140007"))->state, core::State::kActive);
}

TEST_F(GroupTest, DeletedOnesAreFoundBySysadminsOnly) {
  valid(groups_.remove(kGroup, "bosai", as("mika")));
  EXPECT_EQ(groups_.change(kGroup, "bosai", title("x"), as("mika")).error().id, "group-not-found");
  EXPECT_TRUE(groups_.change(kGroup, "bosai", title("x"), as("root")));
}

TEST_F(GroupTest, DatasetsLeaveADeletedGroup) {
  put(dataset("aed", "141003-id", {"bosai-id"}));
  core::Dataset draft = dataset("plan", "141003-id", {"bosai-id"});
  draft.state = core::State::kDraft;
  put(draft);
  valid(groups_.remove(kGroup, "bosai", as("mika")));
  EXPECT_THAT(dataset_now("aed").groups, IsEmpty());
  EXPECT_THAT(dataset_now("plan-id").groups, IsEmpty());
  EXPECT_THAT(audited_actions(), ElementsAre("group.delete"));
}

TEST_F(GroupTest, OnlySysadminsPurgeAndOnlyWhatHoldsNothing) {
  EXPECT_EQ(groups_.purge(kOrganization, "141003", as("mika")).error().id, "permission-denied");
  core::Dataset gone = dataset("aed", "141003-id");
  gone.state = core::State::kDeleted;
  put(gone);
  EXPECT_EQ(groups_.purge(kOrganization, "141003", as("root")).error().id,
            "organization-has-datasets");
  valid(
      store().write([](storage::CatalogWriter& writer) { return writer.purge_dataset("aed-id"); }));
  valid(groups_.purge(kOrganization, "141003", as("root")));
  EXPECT_FALSE(valid(reader()->group(kOrganization, "141003-id")));
  EXPECT_THAT(valid(reader()->accounts().memberships_of_user("ken-id")), IsEmpty());
  const auto entries = audit();
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].action, "organization.purge");
  EXPECT_EQ(entries[0].after_hash, "");
}

TEST_F(GroupTest, AllDatasetsLeaveAPurgedGroupDeletedOnesToo) {
  core::Dataset hidden = dataset("hidden", "141003-id", {"bosai-id"});
  hidden.is_private = true;
  put(hidden);
  core::Dataset gone = dataset("gone", "141003-id", {"bosai-id"});
  gone.state = core::State::kDeleted;
  put(gone);
  valid(groups_.purge(kGroup, "bosai", as("root")));
  EXPECT_THAT(dataset_now("hidden-id").groups, IsEmpty());
  EXPECT_THAT(dataset_now("gone-id").groups, IsEmpty());
  EXPECT_FALSE(valid(reader()->group(kGroup, "bosai-id")));
}

TEST_F(GroupTest, TheSameKeyCreatesOnce) {
  WriteContext context = as("root");
  context.idempotency_key = "key-1";
  context.request_hash = std::string(64, 'a');
  const auto first = valid(groups_.create(organization("once"), context));
  const auto second = valid(groups_.create(organization("once"), context));
  EXPECT_EQ(first, second);
  EXPECT_THAT(audited_actions(), ElementsAre("organization.create"));
}

TEST_F(GroupTest, DatasetsJoinAndLeaveAGroupByItsAdmins) {
  put(dataset("aed", "140007-id"));
  EXPECT_EQ(groups_.add_dataset("bosai", "aed", as("ken")).error().id, "permission-denied");
  EXPECT_EQ(groups_.add_dataset("bosai", "nope", as("mika")).error().id, "dataset-not-found");
  EXPECT_EQ(groups_.add_dataset("141003", "aed", as("mika")).error().id, "group-not-found");
  valid(groups_.add_dataset("bosai", "aed", as("mika")));
  valid(groups_.add_dataset("bosai", "aed", as("mika")));
  EXPECT_THAT(dataset_now("aed").groups, ElementsAre("bosai-id"));
  valid(groups_.remove_dataset("bosai", "aed-id", as("mika")));
  valid(groups_.remove_dataset("bosai", "aed-id", as("mika")));
  EXPECT_THAT(dataset_now("aed").groups, IsEmpty());
  EXPECT_THAT(audited_actions(), ElementsAre("dataset.update", "dataset.update"));
  EXPECT_EQ(audit().at(0).organization_id, "140007-id");
}

TEST_F(GroupTest, WhatOneMayNotSeeOneMayNotGroup) {
  core::Dataset hidden = dataset("hidden", "140007-id");
  hidden.is_private = true;
  put(hidden);
  EXPECT_EQ(groups_.add_dataset("bosai", "hidden", as("mika")).error().id, "dataset-access-denied");
  EXPECT_THAT(audit(), IsEmpty());
}

TEST_F(GroupTest, TheGroupsOfAHarvestedDatasetBecomeAPersons) {
  put(dataset("aed", "141003-id"));
  valid(store().write([&](storage::CatalogWriter& writer) {
    return writer.put_origin({"aed-id", "source", "remote", "{}", "hash", clock_.now(), false});
  }));
  valid(groups_.add_dataset("bosai", "aed", as("mika")));
  const auto owners = valid(reader()->field_owners("aed-id"));
  ASSERT_THAT(owners, SizeIs(1));
  EXPECT_EQ(owners[0].pointer, "/groups");
  EXPECT_EQ(owners[0].owner, "mika-id");
}

}  // namespace
}  // namespace minato::service
