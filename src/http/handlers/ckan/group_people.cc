#include "http/handlers/ckan/group_people.h"

#include <utility>

#include "auth/permissions.h"
#include "formats/json.h"
#include "http/handlers/ckan/rendering.h"
#include "http/handlers/ckan/user_json.h"

namespace minato::http::ckan {

const core::Group* find_any(const service::Directory& directory, std::string_view id_or_name) {
  const core::Group* group = directory.find(core::GroupKind::kOrganization, id_or_name);
  return group != nullptr ? group : directory.find(core::GroupKind::kGroup, id_or_name);
}

Checked<std::string> users_of(service::Accounts* accounts, const core::Group& group,
                              const core::Caller& caller) {
  if (accounts == nullptr || !auth::is_allowed(auth::Action::kListMembers, caller, group.id)) {
    return std::string("[]");
  }
  auto members = accounts->members(group.id, caller);
  if (!members) return failed(std::move(members).error());
  std::string list;
  formats::JsonWriter json(list);
  json.begin_array();
  for (const storage::Membership& member : *members) {
    auto profile = accounts->user(member.user_id);
    if (!profile) return failed(std::move(profile).error());
    if (profile->user.state == core::State::kDeleted) continue;
    json.begin_object();
    write_user_members(json, *profile, sees_email(profile->user, caller));
    json.field("capacity", core::role_name(member.role));
    json.end_object();
  }
  json.end_array();
  return list;
}

core::SearchExpr in_group(const core::Group& group) {
  if (group.kind == core::GroupKind::kOrganization) return equals("owner_org", group.id);
  return equals("groups", group.name);
}

}  // namespace minato::http::ckan
