// Users, their tokens, and their roles in organizations and groups. Part of the catalogue's store
// (CatalogReader::accounts, CatalogWriter::accounts), so that a change and its audit entry are one
// transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/dataset.h"
#include "core/error.h"
#include "core/time.h"

namespace minato::storage {

struct User {
  std::string id;
  std::string name;  // as names of datasets; unique among users, deleted ones included
  std::string full_name;
  std::string email;
  std::string about;
  std::string image_url;
  bool sysadmin = false;
  core::State state = core::State::kActive;
  core::Timestamp created;
  bool operator==(const User&) const = default;
};

struct ApiToken {
  std::string id;  // uuid; CKAN's jti
  std::string user_id;
  std::string name;
  std::string hash;  // auth::token_hash() in hex, 64 digits; the token itself is kept nowhere
  std::vector<std::string> scopes;
  core::Timestamp created;
  std::optional<core::Timestamp> expires;
  std::optional<core::Timestamp> revoked;
  std::optional<core::Timestamp> last_used;  // to the minute; written by note_token_use() only
  bool operator==(const ApiToken&) const = default;
};

struct Membership {
  std::string group_id;  // organization or group
  std::string user_id;
  core::Role role = core::Role::kMember;
  core::Timestamp since;
  bool operator==(const Membership&) const = default;
};

struct UserListRequest {
  std::string query;  // substring of name, full name or e-mail, ASCII case ignored; empty: all
  bool include_deleted = false;
  std::int64_t offset = 0;
  std::int64_t limit = 1000;
};

class AccountReader {
 public:
  virtual ~AccountReader() = default;
  // By id or name, any state; nothing found is no error.
  virtual core::Result<std::optional<User>> user(std::string_view id_or_name) = 0;
  virtual core::Result<std::vector<User>> users(const UserListRequest& request) = 0;  // by name
  virtual core::Result<std::optional<ApiToken>> token_by_hash(std::string_view hash) = 0;
  virtual core::Result<std::optional<ApiToken>> token(std::string_view id) = 0;
  virtual core::Result<std::vector<ApiToken>> tokens_of(
      std::string_view user_id) = 0;  // newest first
  virtual core::Result<std::vector<Membership>> memberships_of_user(std::string_view user_id) = 0;
  virtual core::Result<std::vector<Membership>> memberships_of_group(std::string_view group_id) = 0;
};

class AccountWriter {
 public:
  virtual ~AccountWriter() = default;
  // kConflict "user-name-taken" when another user has the name.
  virtual core::Result<void> put_user(const User& user) = 0;
  // `last_used` is not written.
  virtual core::Result<void> put_token(const ApiToken& token) = 0;
  virtual core::Result<void> put_membership(const Membership& membership) = 0;
  // Not finding it is no error.
  virtual core::Result<void> remove_membership(std::string_view group_id,
                                               std::string_view user_id) = 0;
};

}  // namespace minato::storage
