#include "core/caller.h"

namespace minato::core {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::kEditor:
      return "editor";
    case Role::kAdmin:
      return "admin";
    case Role::kMember:
      break;
  }
  return "member";
}

std::optional<Role> role_of(std::string_view name) {
  for (const Role role : {Role::kMember, Role::kEditor, Role::kAdmin}) {
    if (name == role_name(role)) return role;
  }
  return std::nullopt;
}

std::optional<Role> Caller::role_in(std::string_view group_id) const {
  const auto found = roles.find(group_id);
  if (found == roles.end()) return std::nullopt;
  return found->second;
}

Visibility Caller::visibility() const {
  Visibility seen;
  seen.sysadmin = sysadmin;
  seen.user_id = user_id;
  for (const auto& [group, role] : roles) {
    seen.member_of.push_back(group);
    if (role >= Role::kEditor) seen.editor_of.push_back(group);
  }
  return seen;
}

}  // namespace minato::core
