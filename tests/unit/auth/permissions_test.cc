#include "auth/permissions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace minato::auth {
namespace {

using core::Caller;
using core::Role;

constexpr const char* kCity = "city-id";
constexpr const char* kPrefecture = "prefecture-id";

Caller user() {
  Caller caller;
  caller.user_id = "user-id";
  caller.user_name = "hanako";
  return caller;
}

Caller with_role(Role role, const char* organization) {
  Caller caller = user();
  caller.roles[organization] = role;
  return caller;
}

Caller sysadmin() {
  Caller caller = user();
  caller.sysadmin = true;
  return caller;
}

// The columns of the table below.
const std::vector<std::pair<const char*, Caller>>& callers() {
  static const std::vector<std::pair<const char*, Caller>> all{
      {"anonymous", Caller()},
      {"known user", user()},
      {"member", with_role(Role::kMember, kCity)},
      {"editor", with_role(Role::kEditor, kCity)},
      {"admin", with_role(Role::kAdmin, kCity)},
      {"member elsewhere", with_role(Role::kMember, "town-id")},
      {"editor elsewhere", with_role(Role::kEditor, "town-id")},
      {"admin elsewhere", with_role(Role::kAdmin, "town-id")},
      {"admin of the prefecture", with_role(Role::kAdmin, kPrefecture)},
      {"sysadmin", sysadmin()},
  };
  return all;
}

struct Cells {
  Action action;
  const char* allowed;  // one character per caller: '+' or '.'
  const char* scope;
};

constexpr const char* kMembersOf = "..+++....+";
constexpr const char* kEditorsOf = "...++....+";
constexpr const char* kAdminsOf = "....+....+";
constexpr const char* kKnown = ".+++++++++";
constexpr const char* kSysadmins = ".........+";

constexpr Cells kCells[] = {
    {Action::kReadPrivateDataset, kMembersOf, "read"},
    {Action::kReadDraft, kEditorsOf, "read"},
    {Action::kCreateDataset, kEditorsOf, "datasets"},
    {Action::kUpdateDataset, kEditorsOf, "datasets"},
    {Action::kDeleteDataset, kEditorsOf, "datasets"},
    {Action::kPurgeDataset, kSysadmins, "datasets"},
    {Action::kReadImportJobs, kEditorsOf, "read"},
    {Action::kCreateOrganization, kKnown, "members"},
    {Action::kUpdateOrganization, kAdminsOf, "members"},
    {Action::kDeleteOrganization, kAdminsOf, "members"},
    {Action::kPurgeOrganization, kSysadmins, "members"},
    {Action::kCreateGroup, kSysadmins, "members"},
    {Action::kUpdateGroup, kAdminsOf, "members"},
    {Action::kDeleteGroup, kAdminsOf, "members"},
    {Action::kPurgeGroup, kSysadmins, "members"},
    {Action::kListMembers, kMembersOf, "read"},
    {Action::kChangeMembers, kAdminsOf, "members"},
    {Action::kListUsers, kKnown, "read"},
    {Action::kCreateUser, kSysadmins, "accounts"},
    {Action::kUpdateOwnUser, kKnown, "accounts"},
    {Action::kUpdateAnyUser, kSysadmins, "accounts"},
    {Action::kCreateOwnToken, kKnown, "accounts"},
    {Action::kManageAnyToken, kSysadmins, "accounts"},
    {Action::kChangeVocabularies, kSysadmins, "datasets"},
    {Action::kSetIdentity, kSysadmins, "datasets"},
    {Action::kReadAudit, kSysadmins, "accounts"},
};

TEST(PermissionTable, HasEachActionOnceAndEachIsTestedHere) {
  std::set<Action> actions;
  std::set<std::string_view> names;
  for (const Rule& rule : permission_table()) {
    EXPECT_TRUE(actions.insert(rule.action).second) << rule.name;
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_THAT(scopes(), testing::Contains(rule.scope));
  }
  EXPECT_EQ(actions.size(), static_cast<std::size_t>(Action::kReadAudit) + 1);
  std::set<Action> tested;
  for (const Cells& row : kCells) tested.insert(row.action);
  EXPECT_EQ(tested, actions);
}

TEST(PermissionTable, AnswersEachCell) {
  for (const Cells& row : kCells) {
    for (std::size_t i = 0; i < callers().size(); ++i) {
      const auto& [name, caller] = callers()[i];
      const bool expected = row.allowed[i] == '+';
      EXPECT_EQ(is_allowed(row.action, caller, kCity), expected)
          << name << ", action " << static_cast<int>(row.action);
      const auto required = require(row.action, caller, kCity);
      ASSERT_EQ(required.has_value(), expected) << name;
      if (expected) continue;
      EXPECT_EQ(required.error().id,
                caller.is_anonymous() ? "authentication-required" : "permission-denied");
      EXPECT_EQ(required.error().code, caller.is_anonymous() ? core::ErrorCode::kUnauthenticated
                                                             : core::ErrorCode::kPermissionDenied);
    }
  }
}

TEST(PermissionTable, LimitsATokenToItsScopesInEachCell) {
  for (const Cells& row : kCells) {
    for (std::size_t i = 0; i < callers().size(); ++i) {
      Caller caller = callers()[i].second;
      const bool by_role = row.allowed[i] == '+';
      for (const std::string_view scope : scopes()) {
        caller.scopes = {std::string(scope)};
        const bool in_scope = std::string_view(row.scope) == "read" || scope == row.scope;
        const auto required = require(row.action, caller, kCity);
        ASSERT_EQ(required.has_value(), by_role && in_scope)
            << callers()[i].first << ", action " << static_cast<int>(row.action) << ", " << scope;
        EXPECT_EQ(is_allowed(row.action, caller, kCity), by_role && in_scope);
        if (by_role && !in_scope) {
          EXPECT_EQ(required.error().id, "token-scope");
          EXPECT_NE(required.error().hint.en.find(row.scope), std::string::npos);
        }
      }
      caller.scopes = {"read", "datasets", "members", "accounts"};
      EXPECT_EQ(is_allowed(row.action, caller, kCity), by_role);
      caller.scopes = {"unheard-of"};
      EXPECT_EQ(is_allowed(row.action, caller, kCity),
                by_role && std::string_view(row.scope) == "read");
    }
  }
}

TEST(PermissionTable, WithoutAnOrganizationLetsNoRolePass) {
  Caller caller = with_role(Role::kAdmin, kCity);
  caller.roles[""] = Role::kAdmin;
  for (const Cells& row : kCells) {
    const bool expected = std::string_view(row.allowed) == kKnown;
    EXPECT_EQ(is_allowed(row.action, caller), expected) << static_cast<int>(row.action);
    EXPECT_TRUE(is_allowed(row.action, sysadmin()));
  }
}

TEST(PermissionTable, TakesASysadminWithoutAnAccount) {
  Caller caller;
  caller.sysadmin = true;
  for (const Cells& row : kCells) EXPECT_TRUE(require(row.action, caller, kCity));
}

TEST(PermissionDenied, NamesTheActionAndWhatItNeeds) {
  const auto denied = require(Action::kUpdateDataset, user(), kCity);
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().message.en,
            "This action (update_dataset) needs the role editor (or more) in this organization.");
  EXPECT_NE(denied.error().message.ja.find("update_dataset"), std::string::npos);
  EXPECT_FALSE(denied.error().hint.empty());
}

// Who sees a dataset, per state: one character per caller as above.
struct SeenBy {
  core::State state;
  bool is_private;
  const char* seen;
};

TEST(MayRead, FollowsStateAndPrivacy) {
  constexpr SeenBy kRows[] = {
      {core::State::kActive, false, "++++++++++"}, {core::State::kActive, true, kMembersOf},
      {core::State::kDraft, false, kEditorsOf},    {core::State::kDraft, true, kEditorsOf},
      {core::State::kDeleted, false, kEditorsOf},  {core::State::kDeleted, true, kEditorsOf},
  };
  for (const SeenBy& row : kRows) {
    core::Dataset dataset;
    dataset.owner_org = kCity;
    dataset.creator_user_id = "somebody-else";
    dataset.state = row.state;
    dataset.is_private = row.is_private;
    for (std::size_t i = 0; i < callers().size(); ++i) {
      Caller caller = callers()[i].second;
      EXPECT_EQ(may_read(dataset, caller), row.seen[i] == '+') << callers()[i].first;
      caller.scopes = {"members"};  // every scope includes reading
      EXPECT_EQ(may_read(dataset, caller), row.seen[i] == '+') << callers()[i].first;
    }
  }
}

TEST(MayRead, GivesDraftsButNotPrivateOrDeletedOnesToTheirCreator) {
  core::Dataset dataset;
  dataset.owner_org = kCity;
  dataset.creator_user_id = "user-id";
  dataset.state = core::State::kDraft;
  EXPECT_TRUE(may_read(dataset, user()));
  dataset.state = core::State::kDeleted;
  EXPECT_FALSE(may_read(dataset, user()));
  dataset.state = core::State::kActive;
  dataset.is_private = true;
  EXPECT_FALSE(may_read(dataset, user()));
}

TEST(MayRead, OfADraftWithoutCreatorOrOwnerIsForSysadmins) {
  core::Dataset dataset;
  dataset.state = core::State::kDraft;
  EXPECT_FALSE(may_read(dataset, Caller()));
  EXPECT_FALSE(may_read(dataset, user()));
  EXPECT_TRUE(may_read(dataset, sysadmin()));
}

}  // namespace
}  // namespace minato::auth
