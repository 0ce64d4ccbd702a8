// The one table of permissions: which action needs which role. Everybody who decides asks here.
#pragma once

#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/dataset.h"
#include "core/error.h"

namespace minato::auth {

enum class Action {
  // On the organization that owns the dataset:
  kReadPrivateDataset,
  kReadDraft,
  kCreateDataset,
  kUpdateDataset,  // resources, files, tables, publication, and imports' confirmation too
  kDeleteDataset,
  kPurgeDataset,
  kReadImportJobs,
  // On an organization or group itself:
  kCreateOrganization,  // who may is a setting
  kUpdateOrganization,
  kDeleteOrganization,
  kPurgeOrganization,
  kCreateGroup,
  kUpdateGroup,
  kDeleteGroup,
  kPurgeGroup,
  kListMembers,
  kChangeMembers,
  // On users and the site:
  kListUsers,
  kCreateUser,
  kUpdateOwnUser,
  kUpdateAnyUser,
  kCreateOwnToken,
  kManageAnyToken,
  kChangeVocabularies,
  kSetIdentity,  // ids, metadata_modified and creators given by the client
  kReadAudit,
};

// What a token may be limited to: "read", "datasets" (and files, rows, jobs), "members"
// (organizations, groups, members), "accounts" (users, tokens, site). Every scope includes "read".
const std::vector<std::string_view>& scopes();

// What an action needs at least. kSomebody: any known user.
enum class Need { kAnybody, kSomebody, kMember, kEditor, kAdmin, kSysadmin };

struct Rule {
  Action action;
  Need need;
  std::string_view scope;
  std::string_view name;  // "update_dataset": for documents and messages
};
const std::vector<Rule>& permission_table();

// `group_id`: of the organization or group the action is on; empty: on none (then only kSomebody
// and sysadmins pass). A sysadmin may everything the token's scopes allow. Pure.
bool is_allowed(Action action, const core::Caller& caller, std::string_view group_id = {});

// Drafts are their creator's as well.
bool may_read(const core::Dataset& dataset, const core::Caller& caller);

// Ok, or kUnauthenticated "authentication-required" for anonymous callers, kPermissionDenied
// "token-scope" when only the token's scopes are in the way, kPermissionDenied "permission-denied"
// else. Messages name the action and the role it needs.
core::Result<void> require(Action action, const core::Caller& caller,
                           std::string_view group_id = {});

}  // namespace minato::auth
