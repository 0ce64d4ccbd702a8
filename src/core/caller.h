// Who calls. Made from a token by service::Accounts; what they may do is decided by auth/permissions.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/search.h"

namespace minato::core {

// In one organization or group. Each may do what the ones before it may.
enum class Role { kMember, kEditor, kAdmin };

// "member", "editor", "admin": CKAN's words.
std::string_view role_name(Role role);
std::optional<Role> role_of(std::string_view name);

// Plain value; the default is an anonymous visitor.
struct Caller {
  std::string user_id;  // empty: anonymous
  std::string user_name;
  bool sysadmin = false;
  std::map<std::string, Role, std::less<>> roles;  // by id of the organization or group
  std::string token_id;
  std::vector<std::string> scopes;  // of the token; empty: everything the user may do
  std::string address;              // of the client
  std::string request_id;

  [[nodiscard]] bool is_anonymous() const { return user_id.empty(); }
  [[nodiscard]] std::optional<Role> role_in(std::string_view group_id) const;
  // Which datasets are seen. The include_* flags stay false: they belong to a search.
  [[nodiscard]] Visibility visibility() const;
};

}  // namespace minato::core
