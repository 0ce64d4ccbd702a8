// organization_member_create, group_member_create, member_create, and their _delete twins.
#include <utility>

#include "auth/permissions.h"
#include "core/uuid.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/group_people.h"
#include "http/handlers/ckan/writes/validation_error.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

using core::GroupKind;

constexpr std::string_view kNoRole = "role does not exist.";

void write_membership(formats::JsonWriter& json, const core::Group& group, std::string_view type,
                      std::string_view object, std::string_view capacity) {
  json.begin_object();
  json.field("id", core::stable_uuid("member", group.id + "/" + std::string(object)));
  json.field("group_id", group.id).field("table_name", type).field("table_id", object);
  json.field("capacity", capacity).field("state", "active");
  json.end_object();
}

// Empty: there is none.
Checked<std::optional<core::Group>> find_group(const WriteCall& call, std::string_view id,
                                               std::optional<GroupKind> kind) {
  const auto directory = call.sources.catalog.directory();
  if (!directory) return failed(directory.error());
  const core::Group* group = kind ? (*directory)->find(*kind, id) : find_any(**directory, id);
  if (group == nullptr) return std::nullopt;
  return *group;
}

Checked<std::optional<storage::User>> find_user(const WriteCall& call, std::string_view id) {
  auto profile = call.sources.accounts.user(id);
  if (profile) {
    if (profile->user.state == core::State::kDeleted) return std::nullopt;
    return std::move(profile->user);
  }
  if (profile.error().code == core::ErrorCode::kNotFound) return std::nullopt;
  return failed(std::move(profile).error());
}

Outcome require_change(const WriteCall& call, const core::Group& group) {
  auto allowed = auth::require(auth::Action::kChangeMembers, call.caller, group.id);
  if (!allowed) return failed(std::move(allowed).error());
  return {};
}

Outcome put_member(WriteCall& call, formats::JsonWriter& json, const core::Group& group,
                   const storage::User& user, core::Role role) {
  const bool own = user.id == call.caller.user_id;
  if (own && !call.caller.sysadmin && role != core::Role::kAdmin &&
      call.caller.role_in(group.id) == core::Role::kAdmin) {
    return access_denied("Administrators cannot revoke their own admin status");
  }
  const auto put = call.sources.accounts.put_member(group.id, user.id, role, call.context());
  if (!put) return write_failed(put.error());
  write_membership(json, group, "user", put->user_id, core::role_name(put->role));
  return {};
}

Outcome create_of_kind(WriteCall& call, formats::JsonWriter& json, GroupKind kind) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  const std::string username = checks.required("username");
  const std::string role_text = checks.required("role");
  const auto group = find_group(call, id, kind);
  if (!group) return tl::unexpected(group.error());
  if (*group) {
    if (auto may = require_change(call, **group); !may) return may;
  } else if (!id.empty()) {
    checks.fail("id", "That group name or ID does not exist.");
  }
  const auto user = find_user(call, username);
  if (!user) return tl::unexpected(user.error());
  if (!*user && !username.empty()) checks.fail("username", "Not found: User");
  const auto role = core::role_of(role_text);
  if (!role && !role_text.empty()) checks.fail("role", kNoRole);
  if (checks.failed()) return checks.failure();
  return put_member(call, json, **group, **user, *role);
}

Outcome remove_member(WriteCall& call, formats::JsonWriter& json, std::string_view group_id,
                      std::string_view user_id) {
  auto gone = call.sources.accounts.remove_member(group_id, user_id, call.context());
  if (!gone) return write_failed(std::move(gone).error());
  json.null();
  return {};
}

Outcome delete_of_kind(WriteCall& call, formats::JsonWriter& json, GroupKind kind) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  // CKAN takes the user under either name.
  const bool by_id =
      call.arguments.find("username") == nullptr && call.arguments.find("user_id") != nullptr;
  const std::string username = checks.required(by_id ? "user_id" : "username");
  if (checks.failed()) return checks.failure();
  const auto group = find_group(call, id, kind);
  if (!group) return tl::unexpected(group.error());
  if (!*group) {
    return not_found(kind == GroupKind::kOrganization ? "Organization was not found."
                                                      : "Group was not found.");
  }
  if (auto may = require_change(call, **group); !may) return may;
  const auto user = find_user(call, username);
  if (!user) return tl::unexpected(user.error());
  if (!*user) return not_found("User was not found.");
  return remove_member(call, json, (*group)->id, (*user)->id);
}

// What member_create and member_delete have in common.
struct Membership {
  core::Group group;
  std::string object;
  std::string type;  // "user" or "package"
  std::string capacity;
};

Checked<Membership> read_membership(WriteCall& call, bool with_capacity) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  Membership wanted;
  wanted.object = checks.required("object");
  wanted.type = checks.required("object_type");
  if (with_capacity) wanted.capacity = checks.required("capacity");
  if (checks.failed()) return checks.failure();
  if (wanted.type != "user" && wanted.type != "package") {
    return invalid("object_type", shortened(wanted.type) + " isn't a valid model");
  }
  auto group = find_group(call, id, std::nullopt);
  if (!group) return tl::unexpected(std::move(group).error());
  if (!*group) return not_found("Group was not found.");
  wanted.group = std::move(**group);
  if (wanted.type == "package" && wanted.group.kind == GroupKind::kOrganization) {
    return invalid("object_type", "Datasets join an organization by their owner_org");
  }
  return wanted;
}

Checked<storage::User> user_of(WriteCall& call, const Membership& wanted) {
  if (auto may = require_change(call, wanted.group); !may) return tl::unexpected(may.error());
  auto user = find_user(call, wanted.object);
  if (!user) return tl::unexpected(std::move(user).error());
  if (!*user) return not_found("User was not found.");
  return std::move(**user);
}

tl::unexpected<Failure> dataset_failed(core::Error error) {
  if (error.code == core::ErrorCode::kNotFound) return not_found("Package was not found.");
  return write_failed(std::move(error));
}

Outcome member_create(WriteCall& call, formats::JsonWriter& json) {
  const auto wanted = read_membership(call, true);
  if (!wanted) return tl::unexpected(wanted.error());
  if (wanted->type == "package") {
    const auto added =
        call.sources.groups.add_dataset(wanted->group.id, wanted->object, call.context());
    if (!added) return dataset_failed(added.error());
    const auto dataset = call.sources.catalog.dataset(wanted->object, call.caller);
    if (!dataset) return failed(dataset.error());
    write_membership(json, wanted->group, "package", dataset->id, wanted->capacity);
    return {};
  }
  const auto user = user_of(call, *wanted);
  if (!user) return tl::unexpected(user.error());
  const auto role = core::role_of(wanted->capacity);
  if (!role) return invalid("capacity", kNoRole);
  return put_member(call, json, wanted->group, *user, *role);
}

Outcome member_delete(WriteCall& call, formats::JsonWriter& json) {
  const auto wanted = read_membership(call, false);
  if (!wanted) return tl::unexpected(wanted.error());
  if (wanted->type == "package") {
    const auto removed =
        call.sources.groups.remove_dataset(wanted->group.id, wanted->object, call.context());
    if (!removed) return dataset_failed(removed.error());
    json.null();
    return {};
  }
  const auto user = user_of(call, *wanted);
  if (!user) return tl::unexpected(user.error());
  return remove_member(call, json, wanted->group.id, user->id);
}

template <Outcome (*run)(WriteCall&, formats::JsonWriter&, GroupKind), GroupKind kind>
Outcome of_kind(WriteCall& call, formats::JsonWriter& json) {
  return run(call, json, kind);
}

const ActionParameter kId = {
    "id",
    {"組織かグループの名前か ID（必須）", "name or id of the organization or group (required)"}};
const ActionParameter kUser = {"username",
                               {"利用者の名前か ID（必須）", "name or id of the user (required)"}};
const ActionParameter kObject = {
    "object",
    {"利用者かデータセットの名前か ID（必須）", "name or id of the user or dataset (required)"}};
const ActionParameter kType = {"object_type",
                               {"user か package（必須）", "user or package (required)"}};
const ActionParameter kRole = {
    "role", {"member, editor, admin（必須）", "member, editor or admin (required)"}};
const ActionParameter kCapacity = {"capacity",
                                   {"利用者の役割。データセットでは public（必須）",
                                    "the user's role; of datasets: public (required)"}};
const core::LocalizedText kRow = {
    "id, group_id, table_name, table_id, capacity, state の辞書",
    "a dictionary of id, group_id, table_name, table_id, capacity and state"};
const core::LocalizedText kNull = {"null", "null"};

}  // namespace

std::vector<WriteAction> member_write_actions() {
  return {
      {"organization_member_create",
       of_kind<create_of_kind, GroupKind::kOrganization>,
       {"利用者を組織の構成員にするか、役割を変えます。組織の admin ができます。",
        "Makes a user a member of an organization, or changes the role; for its admins."},
       {kId, kUser, kRole},
       kRow},
      {"group_member_create",
       of_kind<create_of_kind, GroupKind::kGroup>,
       {"利用者をグループの構成員にするか、役割を変えます。グループの admin ができます。",
        "Makes a user a member of a group, or changes the role; for its admins."},
       {kId, kUser, {"role", {"member, admin（必須）", "member or admin (required)"}}},
       kRow},
      {"organization_member_delete",
       of_kind<delete_of_kind, GroupKind::kOrganization>,
       {"利用者を組織から外します。", "Takes a user out of an organization."},
       {kId, kUser},
       kNull},
      {"group_member_delete",
       of_kind<delete_of_kind, GroupKind::kGroup>,
       {"利用者をグループから外します。", "Takes a user out of a group."},
       {kId, kUser},
       kNull},
      {"member_create",
       member_create,
       {"利用者を組織かグループに、データセットをグループに入れます。",
        "Puts a user into an organization or group, or a dataset into a group."},
       {kId, kObject, kType, kCapacity},
       kRow},
      {"member_delete",
       member_delete,
       {"利用者を組織かグループから、データセットをグループから外します。",
        "Takes a user out of an organization or group, or a dataset out of a group."},
       {kId, kObject, kType},
       kNull},
  };
}

}  // namespace minato::http::ckan
