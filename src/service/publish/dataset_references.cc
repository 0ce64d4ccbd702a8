#include "service/publish/dataset_references.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace minato::service {

namespace {

using auth::Action;
using core::Dataset;
using core::Result;

// Stands for the organization of datasets that have none: their creator is its editor.
constexpr std::string_view kUnowned = "unowned";

Result<void> require_unowned(Action action, const DatasetScope& scope) {
  core::Caller caller = scope.caller;
  if (!caller.is_anonymous()) {
    caller.roles.insert_or_assign(std::string(kUnowned), core::Role::kEditor);
  }
  return auth::require(action, caller, kUnowned);
}

// Of an organization that is not deleted.
Result<std::optional<std::string>> group_id(const DatasetScope& scope, core::GroupKind kind,
                                            const std::string& id_or_name) {
  auto group = scope.reader().group(kind, id_or_name);
  if (!group) return tl::unexpected(std::move(group).error());
  if (!*group || (*group)->state == core::State::kDeleted) return std::nullopt;
  return std::optional((*group)->id);
}

bool may_create_somewhere(const core::Caller& caller) {
  return std::any_of(caller.roles.begin(), caller.roles.end(), [&](const auto& role) {
    return auth::is_allowed(Action::kCreateDataset, caller, role.first);
  });
}

}  // namespace

Result<void> allow_creation(const DatasetScope& scope, const Dataset& wanted) {
  if (!wanted.owner_org.empty()) {
    auto id = group_id(scope, core::GroupKind::kOrganization, wanted.owner_org);
    if (!id) return tl::unexpected(std::move(id).error());
    if (*id) return auth::require(Action::kCreateDataset, scope.caller, **id);
  } else if (scope.options.allow_unowned_datasets) {
    return require_unowned(Action::kCreateDataset, scope);
  }
  if (may_create_somewhere(scope.caller)) return {};
  return auth::require(Action::kCreateDataset, scope.caller);
}

Result<void> allow_change(const DatasetScope& scope, Action action, const Dataset& dataset) {
  if (scope.by_program) return {};
  const bool is_own = dataset.owner_org.empty() && !scope.caller.is_anonymous() &&
                      dataset.creator_user_id == scope.caller.user_id;
  if (is_own) return require_unowned(action, scope);
  return auth::require(action, scope.caller, dataset.owner_org);
}

Result<void> settle_owner(const DatasetScope& scope, const Dataset* before, DatasetEdit& edit) {
  std::string& owner = edit.dataset.owner_org;
  if (before != nullptr && owner == before->owner_org) return {};
  if (owner.empty()) {
    if (!scope.options.allow_unowned_datasets) {
      add_wrong(edit.wrongs, "/owner_org",
                {"公開する組織を指定してください。", "An organization must be provided"},
                {"owner_org に団体コードを書いてください（例: 140007）。",
                 "Write the organization's name into owner_org: 140007."});
    }
    return {};
  }
  auto id = group_id(scope, core::GroupKind::kOrganization, owner);
  if (!id) return tl::unexpected(std::move(id).error());
  if (!*id) {
    add_wrong(edit.wrongs, "/owner_org", {"この組織はありません。", "Organization does not exist"},
              {"組織は団体コード (6 桁) または ID で指定します。",
               "Organizations are named by their 6-digit code or their id."});
    return {};
  }
  owner = **std::move(id);
  const bool moves = before != nullptr && owner != before->owner_org;
  if (moves && !auth::is_allowed(Action::kCreateDataset, scope.caller, owner)) {
    add_wrong(edit.wrongs, "/owner_org",
              {"この組織にデータセットを追加する権限がありません。",
               "You cannot add a dataset to this organization"},
              {"その組織の管理者に、編集者の役割を付けてもらってください。",
               "Ask an admin of that organization for the editor's role."});
  }
  return {};
}

Result<void> settle_groups(const DatasetScope& scope, const Dataset* before, DatasetEdit& edit) {
  static const std::vector<std::string> kNone;
  const std::vector<std::string>& known = before == nullptr ? kNone : before->groups;
  const auto is_in = [](const std::vector<std::string>& list, const std::string& id) {
    return std::find(list.begin(), list.end(), id) != list.end();
  };
  if (edit.dataset.groups.size() > core::kMaxTags) return {};  // check_dataset() says no
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < edit.dataset.groups.size(); ++i) {
    std::string group = edit.dataset.groups[i];
    if (!is_in(known, group)) {
      auto id = group_id(scope, core::GroupKind::kGroup, group);
      if (!id) return tl::unexpected(std::move(id).error());
      if (!*id) {
        add_wrong(edit.wrongs, item_pointer("/groups", i),
                  {"このグループはありません。", "That group name or ID does not exist."});
        continue;
      }
      group = **std::move(id);
      if (!is_in(known, group) && !scope.caller.sysadmin && !scope.caller.role_in(group)) {
        return core::fail(
            core::ErrorCode::kPermissionDenied, "permission-denied",
            {"このグループにデータセットを入れる権限がありません（" + group + "）。",
             "User " + scope.caller.user_name + " not authorized to edit these groups: " + group},
            {"グループの管理者にメンバーにしてもらってください。",
             "Ask an admin of the group to make you a member."});
      }
    }
    if (!is_in(ids, group)) ids.push_back(std::move(group));
  }
  // The order says nothing: another one is no change.
  if (std::is_permutation(ids.begin(), ids.end(), known.begin(), known.end())) ids = known;
  edit.dataset.groups = std::move(ids);
  return {};
}

namespace {

bool is_before(const core::Tag& a, const core::Tag& b) {
  return a.name == b.name ? a.vocabulary_id < b.vocabulary_id : a.name < b.name;
}

bool is_same(const core::Tag& a, const core::Tag& b) {
  return a.name == b.name && a.vocabulary_id == b.vocabulary_id;
}

// The id of the tag with this name in this vocabulary, as before, in the catalogue, or as the
// catalogue will give it.
Result<std::string> tag_id(const DatasetScope& scope, const Dataset* before, const core::Tag& tag) {
  if (before != nullptr) {
    for (const core::Tag& known : before->tags) {
      if (is_same(known, tag)) return known.id;
    }
  }
  auto found = scope.reader().tag(tag.name, tag.vocabulary_id);
  if (!found) return tl::unexpected(std::move(found).error());
  return *found && is_same(**found, tag) ? (*found)->id : std::string();
}

}  // namespace

Result<void> settle_tags(const DatasetScope& scope, const Dataset* before, DatasetEdit& edit) {
  std::vector<core::Tag>& tags = edit.dataset.tags;
  std::optional<std::vector<core::Vocabulary>> vocabularies;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[i].vocabulary_id.empty()) continue;
    if (!vocabularies) {
      auto all = scope.reader().vocabularies();
      if (!all) return tl::unexpected(std::move(all).error());
      vocabularies = std::move(*all);
    }
    const auto known = std::find_if(
        vocabularies->begin(), vocabularies->end(), [&](const core::Vocabulary& vocabulary) {
          return vocabulary.id == tags[i].vocabulary_id || vocabulary.name == tags[i].vocabulary_id;
        });
    if (known == vocabularies->end()) {
      add_wrong(edit.wrongs, item_pointer("/tags", i),
                {"この語彙はありません。", "Tag vocabulary was not found."});
    } else {
      tags[i].vocabulary_id = known->id;
    }
  }
  // Pointers of wrongs name places in the client's list: it is put in order only when it is right.
  for (std::size_t i = 0; i < tags.size(); ++i) {
    for (core::ErrorDetail& wrong : core::check_tag_name(tags[i].name, item_pointer("/tags", i))) {
      edit.wrongs.push_back(std::move(wrong));
    }
  }
  if (!edit.wrongs.empty()) return {};
  std::stable_sort(tags.begin(), tags.end(), is_before);
  tags.erase(std::unique(tags.begin(), tags.end(), is_same), tags.end());
  for (core::Tag& tag : tags) {
    auto id = tag_id(scope, before, tag);
    if (!id) return tl::unexpected(std::move(id).error());
    tag.id = *std::move(id);
  }
  return {};
}

}  // namespace minato::service
