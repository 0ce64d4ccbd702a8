#include "auth/permissions.h"

#include <algorithm>
#include <string>

namespace minato::auth {

namespace {

using core::Caller;
using core::ErrorCode;

constexpr std::string_view kRead = "read";
constexpr std::string_view kDatasets = "datasets";
constexpr std::string_view kMembers = "members";
constexpr std::string_view kAccounts = "accounts";

const Rule& rule_of(Action action) {
  const auto& rules = permission_table();
  return *std::find_if(rules.begin(), rules.end(),
                       [action](const Rule& rule) { return rule.action == action; });
}

bool has_scope(const Caller& caller, std::string_view scope) {
  return caller.scopes.empty() || scope == kRead ||
         std::find(caller.scopes.begin(), caller.scopes.end(), scope) != caller.scopes.end();
}

bool has_role(const Caller& caller, std::string_view group_id, core::Role least) {
  if (caller.is_anonymous() || group_id.empty()) return false;
  const auto role = caller.role_in(group_id);
  return role && *role >= least;
}

// Whatever the token's scopes say.
bool reaches(Need need, const Caller& caller, std::string_view group_id) {
  if (need == Need::kAnybody || caller.sysadmin) return true;
  switch (need) {
    case Need::kSomebody:
      return !caller.is_anonymous();
    case Need::kMember:
      return has_role(caller, group_id, core::Role::kMember);
    case Need::kEditor:
      return has_role(caller, group_id, core::Role::kEditor);
    case Need::kAdmin:
      return has_role(caller, group_id, core::Role::kAdmin);
    case Need::kAnybody:
    case Need::kSysadmin:
      break;
  }
  return false;
}

core::LocalizedText need_words(Need need) {
  switch (need) {
    case Need::kMember:
      return {"この団体の member 以上の役割", "the role member (or more) in this organization"};
    case Need::kEditor:
      return {"この団体の editor 以上の役割", "the role editor (or more) in this organization"};
    case Need::kAdmin:
      return {"この団体の admin の役割", "the role admin in this organization"};
    case Need::kSysadmin:
      return {"システム管理者の権限", "the rights of a system administrator"};
    case Need::kAnybody:
    case Need::kSomebody:
      break;
  }
  return {"利用者の登録", "an account"};
}

tl::unexpected<core::Error> authentication_required(const std::string& name) {
  return core::fail(
      ErrorCode::kUnauthenticated, "authentication-required",
      {"この操作（" + name + "）には API トークンが必要です。",
       "This action (" + name + ") needs an API token."},
      {"Authorization ヘッダーに有効なトークンを付けてください。期限の切れたものと取り消されたもの"
       "は使えません。",
       "Send a valid token in the Authorization header; expired and revoked ones do not count."});
}

tl::unexpected<core::Error> permission_denied(const std::string& name, Need need) {
  const core::LocalizedText words = need_words(need);
  return core::fail(
      ErrorCode::kPermissionDenied, "permission-denied",
      {"この操作（" + name + "）には" + words.ja + "が必要です。",
       "This action (" + name + ") needs " + words.en + "."},
      need == Need::kSysadmin
          ? core::LocalizedText{"システム管理者に依頼してください。", "Ask a system administrator."}
          : core::LocalizedText{"団体の admin に役割の付与を依頼してください。",
                                "Ask an admin of the organization for the role."});
}

tl::unexpected<core::Error> outside_scope(const std::string& name, std::string_view scope) {
  const std::string wanted(scope);
  return core::fail(ErrorCode::kPermissionDenied, "token-scope",
                    {"このトークンの範囲（scope）では、この操作（" + name + "）はできません。",
                     "The scopes of this token do not cover this action (" + name + ")."},
                    {"範囲に " + wanted + " を含むトークンを使ってください。",
                     "Use a token whose scopes include " + wanted + "."});
}

}  // namespace

const std::vector<std::string_view>& scopes() {
  static const std::vector<std::string_view> all{kRead, kDatasets, kMembers, kAccounts};
  return all;
}

const std::vector<Rule>& permission_table() {
  static const std::vector<Rule> rules{
      {Action::kReadPrivateDataset, Need::kMember, kRead, "read_private_dataset"},
      {Action::kReadDraft, Need::kEditor, kRead, "read_draft"},
      {Action::kCreateDataset, Need::kEditor, kDatasets, "create_dataset"},
      {Action::kUpdateDataset, Need::kEditor, kDatasets, "update_dataset"},
      {Action::kDeleteDataset, Need::kEditor, kDatasets, "delete_dataset"},
      {Action::kPurgeDataset, Need::kSysadmin, kDatasets, "purge_dataset"},
      {Action::kReadImportJobs, Need::kEditor, kRead, "read_import_jobs"},
      {Action::kCreateOrganization, Need::kSomebody, kMembers, "create_organization"},
      {Action::kUpdateOrganization, Need::kAdmin, kMembers, "update_organization"},
      {Action::kDeleteOrganization, Need::kAdmin, kMembers, "delete_organization"},
      {Action::kPurgeOrganization, Need::kSysadmin, kMembers, "purge_organization"},
      {Action::kCreateGroup, Need::kSysadmin, kMembers, "create_group"},
      {Action::kUpdateGroup, Need::kAdmin, kMembers, "update_group"},
      {Action::kDeleteGroup, Need::kAdmin, kMembers, "delete_group"},
      {Action::kPurgeGroup, Need::kSysadmin, kMembers, "purge_group"},
      {Action::kListMembers, Need::kMember, kRead, "list_members"},
      {Action::kChangeMembers, Need::kAdmin, kMembers, "change_members"},
      {Action::kListUsers, Need::kSomebody, kRead, "list_users"},
      {Action::kCreateUser, Need::kSysadmin, kAccounts, "create_user"},
      {Action::kUpdateOwnUser, Need::kSomebody, kAccounts, "update_own_user"},
      {Action::kUpdateAnyUser, Need::kSysadmin, kAccounts, "update_any_user"},
      {Action::kCreateOwnToken, Need::kSomebody, kAccounts, "create_own_token"},
      {Action::kManageAnyToken, Need::kSysadmin, kAccounts, "manage_any_token"},
      {Action::kChangeVocabularies, Need::kSysadmin, kDatasets, "change_vocabularies"},
      {Action::kSetIdentity, Need::kSysadmin, kDatasets, "set_identity"},
      {Action::kReadAudit, Need::kSysadmin, kAccounts, "read_audit"},
  };
  return rules;
}

bool is_allowed(Action action, const Caller& caller, std::string_view group_id) {
  const Rule& rule = rule_of(action);
  return reaches(rule.need, caller, group_id) && has_scope(caller, rule.scope);
}

bool may_read(const core::Dataset& dataset, const Caller& caller) {
  if (caller.sysadmin) return true;
  const auto may = [&](Action action) {
    return reaches(rule_of(action).need, caller, dataset.owner_org);
  };
  switch (dataset.state) {
    case core::State::kActive:
      return !dataset.is_private || may(Action::kReadPrivateDataset);
    case core::State::kDraft: {
      const bool own = !caller.is_anonymous() && dataset.creator_user_id == caller.user_id;
      return own || may(Action::kReadDraft);
    }
    case core::State::kDeleted:
      // To look at it again and to bring it back.
      return may(Action::kDeleteDataset);
  }
  return false;
}

core::Result<void> require(Action action, const Caller& caller, std::string_view group_id) {
  const Rule& rule = rule_of(action);
  const std::string name(rule.name);
  if (!reaches(rule.need, caller, group_id)) {
    return caller.is_anonymous() ? authentication_required(name)
                                 : permission_denied(name, rule.need);
  }
  if (!has_scope(caller, rule.scope)) return outside_scope(name, rule.scope);
  return {};
}

}  // namespace minato::auth
