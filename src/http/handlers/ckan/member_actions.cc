// Actions about the people behind groups. Nobody has an account yet, so every caller is anonymous.
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"

namespace minato::http::ckan {
namespace {

Outcome no_memberships(ActionCall&, formats::JsonWriter& json) {
  json.begin_array().end_array();
  return {};
}

Outcome member_list(ActionCall& call, formats::JsonWriter&) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto directory = call.catalog.directory();
  if (!directory) return failed(directory.error());
  if ((*directory)->find(core::GroupKind::kOrganization, id) == nullptr &&
      (*directory)->find(core::GroupKind::kGroup, id) == nullptr) {
    return not_found();
  }
  return access_denied(requires_user("member_list"));
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
       no_memberships,
       {"呼び出した人が権限を持つ組織の一覧です。匿名では空です。",
        "Organizations in which the caller has a permission; for anonymous callers none."},
       {},
       {"組織の辞書のリスト", "a list of organization dictionaries"}},
      {"group_list_authz",
       no_memberships,
       {"呼び出した人が編集できるグループの一覧です。匿名では空です。",
        "Groups that the caller may edit; for anonymous callers none."},
       {},
       {"グループの辞書のリスト", "a list of group dictionaries"}},
      {"member_list",
       member_list,
       {"グループか組織の構成員の一覧です。認証が必要です。",
        "Members of a group or organization; needs an authenticated user."},
       {{"id", {"名前か ID（必須）", "name or id (required)"}}},
       {"匿名では 403", "403 for anonymous callers"}},
      {"member_roles_list",
       member_roles_list,
       {"構成員の役割の一覧です。", "The roles that members can have."},
       {{"group_type",
         {"organization か group（省略時 organization）", "organization or group (organization)"}}},
       {"text と value の辞書のリスト", "a list of dictionaries of text and value"}},
  };
}

}  // namespace minato::http::ckan
