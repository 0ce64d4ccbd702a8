// Users, tokens and roles: who somebody is, and changing it. Every change is audited.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "core/time.h"
#include "service/audited_store.h"
#include "storage/accounts.h"

namespace minato::service {

struct AccountOptions {
  std::string token_secret;         // keys auth::token_hash()
  std::int64_t token_max_days = 0;  // longest life of a token; 0: may live for ever
  std::chrono::milliseconds read_timeout{5000};
};

struct NewToken {
  std::string user;  // id or name
  std::string name;  // for people: "受付システム"
  std::vector<std::string> scopes;
  std::optional<core::Timestamp> expires;
};

struct IssuedToken {
  storage::ApiToken token;
  std::string text;  // the one time it is shown
};

struct UserProfile {
  storage::User user;
  std::int64_t datasets = 0;  // created by this user, active and public
  std::vector<storage::Membership> roles;
  std::optional<core::Timestamp> last_active;
};

// What a caller wants a user to be; unset fields stay.
struct UserChange {
  std::optional<std::string> name, full_name, email, about, image_url;
  std::optional<bool> sysadmin;  // only sysadmins
  std::optional<core::State> state;
};

// Thread-safe.
class Accounts {
 public:
  Accounts(AuditedStore& store, AccountOptions options);

  // Who the text of a token stands for; unknown, expired and revoked ones, and those of deleted
  // users, are anonymous. Notes the use. Cheap for tokens seen lately: kept per catalogue revision.
  // Nothing here compares secrets: a token is looked up by its HMAC, so that how long that takes
  // tells nothing about tokens that exist.
  core::Result<core::Caller> authenticate(std::string_view token);

  // Sessions of the staff corner, by the id of the token they were begun with: who may sign in with
  // a token stays in as long as it is good, or until end_session().
  core::Result<core::Caller> caller_of_session(std::string_view token_id, std::string_view session);
  // Audited. REQUIRES: a caller whom authenticate() gave.
  core::Result<void> begin_session(const WriteContext& context);
  // Audited. No process takes the session up again; that is remembered until `until`, when it would
  // have ended anyway. Twice is no error.
  core::Result<void> end_session(std::string_view session, core::Timestamp until,
                                 const WriteContext& context);

  // In any state; kNotFound "user-not-found". Anybody who is known may look; e-mail is shown to the
  // user and sysadmins (the handlers see to it).
  core::Result<UserProfile> user(std::string_view id_or_name);
  // Deleted ones, and those found by their e-mail, for sysadmins only.
  core::Result<std::vector<storage::User>> users(const storage::UserListRequest& request,
                                                 const core::Caller& caller);
  // kInvalidArgument "user-invalid" with details named as CKAN's fields ("fullname"); kConflict
  // "user-name-taken".
  core::Result<storage::User> create_user(const UserChange& wanted, const WriteContext& context);
  // Name, state and sysadmin are for sysadmins to change. kConflict "last-sysadmin".
  core::Result<storage::User> change_user(std::string_view id_or_name, const UserChange& change,
                                          const WriteContext& context);
  // Soft; it loses its roles and its tokens for good. The last sysadmin cannot be deleted:
  // kConflict "last-sysadmin". Twice is no error.
  core::Result<void> delete_user(std::string_view id_or_name, const WriteContext& context);

  // kInvalidArgument "token-invalid" (details: name, scopes, expires), kPermissionDenied
  // "token-scope-wider" (than that of the caller's own token), kConflict "too-many-tokens", and
  // "token-already-issued" when the idempotency key comes again: the text cannot be shown again.
  core::Result<IssuedToken> issue_token(const NewToken& wanted, const WriteContext& context);
  core::Result<std::vector<storage::ApiToken>> tokens(std::string_view user,
                                                      const core::Caller& caller);
  // By id, or by the text of the token. kNotFound "token-not-found". Whatever its scopes, a token
  // may revoke itself. Twice is no error.
  core::Result<void> revoke_token(std::string_view id_or_text, const WriteContext& context);

  // kNotFound "organization-not-found", "group-not-found", "user-not-found". An editor's role in a
  // group that is no organization is kInvalidArgument "role-invalid".
  core::Result<storage::Membership> put_member(std::string_view group, std::string_view user,
                                               core::Role role, const WriteContext& context);
  // Not being a member is no error.
  core::Result<void> remove_member(std::string_view group, std::string_view user,
                                   const WriteContext& context);
  // Of users that are not deleted.
  core::Result<std::vector<storage::Membership>> members(std::string_view group,
                                                         const core::Caller& caller);

 private:
  // An answer of authenticate().
  struct Known {
    core::Caller caller;
    std::optional<core::Timestamp> expires;
    std::int64_t noted_minute = -1;
  };
  // How a token is asked for: by its hash (64 digits), or for a session by its id.
  struct TokenKey {
    std::string text;
    std::string session = {};  // empty: by hash
  };
  core::Result<core::Caller> caller_of(const TokenKey& key);
  // Empty: a stranger.
  core::Result<std::optional<Known>> look_up(const TokenKey& key, std::uint64_t& revision);
  std::optional<Known> recall(const std::string& key, std::uint64_t revision, core::Timestamp now);
  // What put_member() answers when its key comes again.
  core::Result<storage::Membership> membership_now(std::string_view group, std::string_view user,
                                                   core::Role role);
  core::Result<std::unique_ptr<storage::CatalogReader>> reader();

  AuditedStore& store_;
  AccountOptions options_;
  std::mutex mutex_;  // guards the two below
  std::uint64_t revision_ = 0;
  std::unordered_map<std::string, Known> known_;  // by hash of the token, or session
};

// The operator at the machine's own command line: a sysadmin without an account.
core::Caller operator_caller();

}  // namespace minato::service
