// Actions about the people behind groups, and the groups behind people.
#include <algorithm>
#include <array>
#include <map>

#include "auth/permissions.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/group_people.h"
#include "http/handlers/ckan/rendering.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

using core::GroupKind;
using core::Role;
using Roles = std::map<std::string, Role, std::less<>>;  // by id of the group

// The least role in an organization that CKAN gives a permission to.
Role least_role(std::string_view permission) {
  static constexpr std::array<std::string_view, 2> kMembers = {"read", "manage_group"};
  static constexpr std::array<std::string_view, 3> kEditors = {"create_dataset", "update_dataset",
                                                               "delete_dataset"};
  const auto is_in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), permission) != list.end();
  };
  if (is_in(kMembers)) return Role::kMember;
  return is_in(kEditors) ? Role::kEditor : Role::kAdmin;
}

// Whose groups are asked for: the caller's own, or another user's if a sysadmin asks.
struct Somebody {
  bool sysadmin = false;
  Roles roles;
};

Checked<Somebody> somebody(ActionCall& call, const std::string& id) {
  const core::Caller& caller = call.caller;
  if (id.empty() || id == caller.user_id || id == caller.user_name) {
    return Somebody{caller.sysadmin, caller.roles};
  }
  if (!caller.sysadmin || call.accounts == nullptr) {
    return access_denied("User " + caller.user_name +
                         " not authorized to see the organizations of another user");
  }
  const auto profile = call.accounts->user(id);
  if (!profile) {
    // As CKAN: somebody unknown is in no organization.
    if (profile.error().code == core::ErrorCode::kNotFound) return Somebody{};
    return failed(profile.error());
  }
  Somebody found{profile->user.sysadmin, {}};
  for (const storage::Membership& role : profile->roles) found.roles[role.group_id] = role.role;
  return found;
}

Outcome organization_list_for_user(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.text("id");
  std::string permission = checks.text("permission");
  if (permission.empty()) permission = "manage_group";
  const bool with_count = checks.boolean("include_dataset_count", false);
  if (checks.failed()) return checks.failure();
  json.begin_array();
  if (call.caller.is_anonymous()) {
    json.end_array();
    return {};
  }
  const auto who = somebody(call, id);
  if (!who) return tl::unexpected(who.error());
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());
  formats::CkanGroupOptions options;
  options.include_extras = options.include_groups = options.include_users = false;
  options.include_followers = false;
  for (const auto& group : shown->directory->groups(GroupKind::kOrganization)) {
    const auto role = who->roles.find(group.id);
    const bool has_role = role != who->roles.end() && role->second >= least_role(permission);
    if (!who->sysadmin && !has_role) continue;
    if (with_count) options.package_count = shown->directory->dataset_count(group.id);
    options.capacity = who->sysadmin ? "admin" : core::role_name(role->second);
    formats::write_ckan_group(json, group, options, shown->context);
  }
  json.end_array();
  return {};
}

Outcome group_list_authz(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const bool am_member = checks.boolean("am_member", false);
  if (checks.failed()) return checks.failure();
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());
  formats::CkanGroupOptions options;
  options.include_extras = options.include_groups = options.include_users = false;
  options.include_followers = false;
  json.begin_array();
  for (const auto& group : shown->directory->groups(GroupKind::kGroup)) {
    const bool may = am_member
                         ? call.caller.role_in(group.id).has_value()
                         : auth::is_allowed(auth::Action::kUpdateGroup, call.caller, group.id);
    if (!call.caller.is_anonymous() && may) {
      formats::write_ckan_group(json, group, options, shown->context);
    }
  }
  json.end_array();
  return {};
}

void write_row(formats::JsonWriter& json, std::string_view id, std::string_view type,
               std::string_view capacity) {
  json.begin_array().string(id).string(type).string(capacity).end_array();
}

// CKAN shows roles by their names for people here.
std::string_view role_title(Role role) {
  if (role == Role::kAdmin) return "Admin";
  return role == Role::kEditor ? "Editor" : "Member";
}

Outcome write_users(ActionCall& call, formats::JsonWriter& json, const core::Group& group,
                    const std::string& capacity) {
  if (call.caller.is_anonymous() || call.accounts == nullptr) {
    return access_denied(requires_user("member_list"));
  }
  const auto members = call.accounts->members(group.id, call.caller);
  if (!members) return failed(members.error());
  for (const storage::Membership& member : *members) {
    if (!capacity.empty() && capacity != core::role_name(member.role)) continue;
    write_row(json, member.user_id, "user", role_title(member.role));
  }
  return {};
}

Outcome member_list(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  const std::string type = checks.text("object_type");
  const std::string capacity = checks.text("capacity");
  if (checks.failed()) return checks.failure();
  const auto directory = call.catalog.directory();
  if (!directory) return failed(directory.error());
  const core::Group* group = find_any(**directory, id);
  if (group == nullptr) return not_found();
  json.begin_array();
  if (type.empty() || type == "user") {
    if (auto written = write_users(call, json, *group, capacity); !written) return written;
  }
  // Who belongs to an organization is for its members to know; which datasets, for everybody.
  if ((type.empty() || type == "package") && (capacity.empty() || capacity == "public")) {
    const auto visit = [&](const core::Dataset& dataset) {
      write_row(json, dataset.id, "package", "public");
      return true;
    };
    auto done = call.catalog.each_dataset(visit, {in_group(*group)});
    if (!done) return failed(std::move(done).error());
  }
  json.end_array();
  return {};
}

void write_role(formats::JsonWriter& json, std::string_view text, std::string_view value) {
  json.begin_object();
  json.field("text", text);
  json.field("value", value);
  json.end_object();
}

Outcome member_roles_list(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string type = checks.text("group_type");
  if (checks.failed()) return checks.failure();
  json.begin_array();
  write_role(json, "Admin", "admin");
  // Groups own no datasets that somebody could edit.
  if (type.empty() || type == "organization") write_role(json, "Editor", "editor");
  write_role(json, "Member", "member");
  json.end_array();
  return {};
}

}  // namespace

std::vector<Action> member_actions() {
  return {
      {"organization_list_for_user",
       organization_list_for_user,
       {"呼び出した人が権限を持つ組織の一覧です。匿名では空です。",
        "Organizations in which the caller has a permission; for anonymous callers none."},
       {{"id",
         {"利用者の名前か ID（ほかの人を指定できるのはシステム管理者だけ）",
          "name or id of a user (of another one: sysadmins only)"}},
        {"permission",
         {"read, manage_group, create_dataset, update_dataset, delete_dataset, membership, admin の"
          "いずれか（省略時 manage_group）",
          "read, manage_group, create_dataset, update_dataset, delete_dataset, membership or admin "
          "(manage_group)"}},
        {"include_dataset_count",
         {"データセット数を含める（省略時 false）", "with package_count (false)"}}},
       {"capacity の付いた組織の辞書のリスト",
        "a list of organization dictionaries with capacity"}},
      {"group_list_authz",
       group_list_authz,
       {"呼び出した人が編集できるグループの一覧です。匿名では空です。",
        "Groups that the caller may edit; for anonymous callers none."},
       {{"am_member",
         {"true なら役割を持つグループだけ（省略時 false）",
          "true: only those where the caller has a role (false)"}}},
       {"グループの辞書のリスト", "a list of group dictionaries"}},
      {"member_list",
       member_list,
       {"グループか組織の構成員とデータセットの一覧です。利用者は構成員にだけ見えます。",
        "Members and datasets of a group or organization; its users are shown to its members."},
       {{"id", {"名前か ID（必須）", "name or id (required)"}},
        {"object_type", {"user か package（省略時は両方）", "user or package (both)"}},
        {"capacity",
         {"admin, editor, member または public のものだけ",
          "only those with admin, editor, member or public"}}},
       {"[ID, 種類, 役割] のリスト", "a list of [id, type, capacity]"}},
      {"member_roles_list",
       member_roles_list,
       {"構成員の役割の一覧です。", "The roles that members can have."},
       {{"group_type",
         {"organization か group（省略時 organization）", "organization or group (organization)"}}},
       {"text と value の辞書のリスト", "a list of dictionaries of text and value"}},
  };
}

}  // namespace minato::http::ckan
