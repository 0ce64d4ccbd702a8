#include "service/publish/group_rules.h"

#include <algorithm>
#include <set>
#include <utility>

namespace minato::service {
namespace {

using core::ErrorCode;
using core::Group;
using core::GroupKind;
using core::Result;

// Longer chains of parents do not exist; whoever makes one has made a loop.
constexpr int kMaxDepth = 32;

Result<void> check_free_name(GroupEdit& edit, storage::CatalogReader& reader) {
  if (!core::check_name(edit.group.name).empty()) return {};  // said already
  for (const GroupKind kind : {GroupKind::kOrganization, GroupKind::kGroup}) {
    const auto other = reader.group(kind, edit.group.name);
    if (!other) return tl::unexpected(other.error());
    if (!*other || (*other)->id == edit.group.id) continue;
    if ((*other)->state == core::State::kDeleted) continue;
    edit.wrongs.push_back(group_wrong(
        "/name",
        {"この名前は別の組織かグループが使っています。", "Group name already exists in database"},
        {"別の名前にしてください。組織とグループの名前は共通です。",
         "Choose another name: organizations and groups share their names."}));
    return {};
  }
  return {};
}

void refuse_parent(GroupEdit& edit, core::LocalizedText message) {
  edit.wrongs.push_back(group_wrong("/parent", std::move(message),
                                    {"上位の組織の名前か ID を確かめてください。",
                                     "Check the name or id of the organization above."}));
}

// True when `id` is the group, or stands above `from`.
Result<bool> makes_loop(const std::string& id, Group from, storage::CatalogReader& reader) {
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    if (from.id == id) return true;
    if (from.parent.empty()) return false;
    auto above = reader.group(GroupKind::kOrganization, from.parent);
    if (!above) return tl::unexpected(std::move(above).error());
    if (!*above) return false;
    from = std::move(**above);
  }
  return true;
}

Result<void> settle_parent(GroupEdit& edit, const Group* before, storage::CatalogReader& reader) {
  std::string& parent = edit.group.parent;
  if (parent.empty() || (before != nullptr && before->parent == parent)) return {};
  if (edit.group.kind == GroupKind::kGroup) {
    refuse_parent(edit, {"グループに上位の組織はありません。", "A group has no parent"});
    return {};
  }
  const auto found = reader.group(GroupKind::kOrganization, parent);
  if (!found) return tl::unexpected(found.error());
  if (!*found || (*found)->state == core::State::kDeleted) {
    refuse_parent(edit, {"上位の組織がありません。", "Organization does not exist"});
    return {};
  }
  parent = (*found)->id;
  const auto loop = makes_loop(edit.group.id, **found, reader);
  if (!loop) return tl::unexpected(loop.error());
  if (*loop) {
    refuse_parent(edit, {"組織の上下関係が輪になります。",
                         "This parent would create a loop in the hierarchy"});
  }
  return {};
}

Result<void> leave(const Group& group, const std::string& dataset_id,
                   storage::CatalogWriter& writer) {
  auto dataset = writer.reader().dataset(dataset_id);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset || std::erase((*dataset)->groups, group.id) == 0) return {};
  return writer.put_dataset(**dataset);
}

tl::unexpected<core::Error> has_datasets(std::size_t count) {
  return core::fail(
      ErrorCode::kConflict, "organization-has-datasets",
      {"この組織にはデータセットが " + std::to_string(count) + " 件あるため、削除できません。",
       "Organization cannot be deleted while it still has datasets"},
      {"先にデータセットを別の組織へ移すか、削除（完全に消すときは purge）してください。",
       "Move its datasets to another organization or delete them first (purge them before a "
       "purge)."});
}

core::SearchRequest everything_in(const Group& group) {
  core::SearchExpr filter;
  filter.kind = core::SearchExpr::Kind::kEqual;
  const bool owner = group.kind == GroupKind::kOrganization;
  filter.field = owner ? "owner_org" : "groups";
  filter.value = owner ? group.id : group.name;
  core::SearchRequest request;
  request.filters.push_back(std::move(filter));
  request.sort = {{"id", false}};
  request.visibility.sysadmin = request.visibility.include_private = true;
  request.visibility.include_drafts = request.visibility.include_deleted = true;
  return request;
}

}  // namespace

core::ErrorDetail group_wrong(std::string_view param, core::LocalizedText message,
                              core::LocalizedText hint) {
  core::ErrorDetail detail;
  detail.param = param;
  detail.message = std::move(message);
  detail.hint = std::move(hint);
  return detail;
}

Result<void> settle_group(GroupEdit& edit, const Group* before, storage::CatalogReader& reader) {
  Group& group = edit.group;
  std::stable_sort(group.extras.begin(), group.extras.end(),
                   [](const auto& a, const auto& b) { return a.key < b.key; });
  auto wrongs = core::check_group(group);
  std::move(wrongs.begin(), wrongs.end(), std::back_inserter(edit.wrongs));
  if (before == nullptr || before->name != group.name || before->state != group.state) {
    if (auto checked = check_free_name(edit, reader); !checked) return checked;
  }
  if (auto settled = settle_parent(edit, before, reader); !settled) return settled;
  if (edit.wrongs.empty()) return {};
  auto failure = core::fail(ErrorCode::kInvalidArgument, "group-invalid",
                            {"組織・グループの項目に誤りがあります。",
                             "Fields of the organization or group are not valid."},
                            {"details の各項目を直して、もう一度送ってください。",
                             "Correct the fields named in the details and send it again."});
  failure.value().details = std::move(edit.wrongs);
  return failure;
}

Result<std::vector<storage::Membership>> settle_members(GroupEdit& edit,
                                                        storage::AccountReader& accounts,
                                                        core::Timestamp now) {
  std::vector<storage::Membership> members;
  for (const WantedMember& wanted : edit.members) {
    const auto user = accounts.user(wanted.user);
    if (!user) return tl::unexpected(user.error());
    if (!*user || (*user)->state == core::State::kDeleted) {
      edit.wrongs.push_back(group_wrong(
          "/users",
          {"利用者「" + wanted.user + "」は登録されていません。", "User not found: " + wanted.user},
          {"利用者の名前を確かめてください。", "Check the user's name."}));
      continue;
    }
    if (edit.group.kind == GroupKind::kGroup && wanted.role == core::Role::kEditor) {
      edit.wrongs.push_back(
          group_wrong("/users", {"グループの役割は admin か member です。", "role does not exist."},
                      {"editor は組織だけの役割です。", "Only organizations have editors."}));
      continue;
    }
    std::erase_if(members, [&](const auto& member) { return member.user_id == (*user)->id; });
    members.push_back({edit.group.id, (*user)->id, wanted.role, now});
  }
  return members;
}

Result<void> release_datasets(const Group& group, storage::CatalogWriter& writer) {
  const auto ids = writer.reader().datasets_in(group.id);
  if (!ids) return tl::unexpected(ids.error());
  if (group.kind == GroupKind::kOrganization) {
    if (!ids->empty()) return has_datasets(ids->size());
    return {};
  }
  for (const std::string& id : *ids) {
    if (auto left = leave(group, id, writer); !left) return left;
  }
  return {};
}

Result<void> release_all_datasets(const Group& group, storage::CatalogWriter& writer) {
  if (auto released = release_datasets(group, writer); !released) return released;
  core::SearchRequest request = everything_in(group);
  request.limit = 1000;
  std::set<std::string> ids;
  while (true) {
    request.offset = static_cast<std::int64_t>(ids.size());
    const auto found = writer.reader().search(request);
    if (!found) return tl::unexpected(found.error());
    for (const auto& dataset : found->datasets) ids.insert(dataset->id);
    if (found->datasets.size() < 1000) break;
  }
  if (group.kind == GroupKind::kOrganization) {
    if (!ids.empty()) return has_datasets(ids.size());
    return {};
  }
  for (const std::string& id : ids) {
    if (auto left = leave(group, id, writer); !left) return left;
  }
  return {};
}

}  // namespace minato::service
