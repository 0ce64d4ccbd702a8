#include "service/publish/group_writes.h"

#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "core/uuid.h"
#include "service/not_found.h"
#include "service/publish/group_record.h"
#include "service/publish/group_rules.h"

namespace minato::service {
namespace {

using auth::Action;
using core::ErrorCode;
using core::Group;
using core::GroupKind;
using core::Result;
using core::State;
using storage::CatalogWriter;

Action action_of(GroupKind kind, Action organization, Action group) {
  return kind == GroupKind::kOrganization ? organization : group;
}

// The one that Changes::result names; also when its write was only replayed.
std::string id_as_json(const std::string& id) { return "\"" + id + "\""; }

Result<Group> replayed_group(AuditedStore& store, GroupKind kind, const std::string& result) {
  using namespace std::chrono_literals;
  auto reader = store.store().read(std::chrono::steady_clock::now() + 5s);
  if (!reader) return tl::unexpected(std::move(reader).error());
  const std::string id = result.size() < 2 ? std::string() : result.substr(1, result.size() - 2);
  auto group = (*reader)->group(kind, id);
  if (!group) return tl::unexpected(std::move(group).error());
  if (!*group) return group_not_found(kind);
  return std::move(**group);
}

// The group as one may change it; deleted ones exist for sysadmins only.
Result<Group> find_group(storage::CatalogReader& reader, GroupKind kind,
                         std::string_view id_or_name, bool with_deleted) {
  auto group = reader.group(kind, id_or_name);
  if (!group) return tl::unexpected(std::move(group).error());
  if (!*group || ((*group)->state == State::kDeleted && !with_deleted)) {
    return group_not_found(kind);
  }
  return std::move(**group);
}

// Municipalities have the same id in every installation, as the list of publishers gives them.
Result<std::string> new_id(const Group& group, storage::CatalogReader& reader) {
  if (group.kind == GroupKind::kOrganization &&
      core::check_municipality_code(group.name, "/name").empty()) {
    std::string id = core::stable_uuid("organization", group.name);
    const auto known = reader.group(group.kind, id);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return id;
  }
  return core::random_uuid();
}

Result<void> settle_id(GroupEdit& edit, const core::Caller& caller,
                       storage::CatalogReader& reader) {
  std::string& id = edit.group.id;
  if (id.empty()) {
    auto made = new_id(edit.group, reader);
    if (!made) return tl::unexpected(std::move(made).error());
    id = std::move(*made);
    return {};
  }
  if (!caller.sysadmin) {
    edit.wrongs.push_back(group_wrong(
        "/id",
        {"ID を指定できるのはシステム管理者だけです。", "The input field id was not expected."},
        {"id を省いてください。", "Leave the id out."}));
  } else if (!core::is_uuid(id)) {
    edit.wrongs.push_back(group_wrong("/id", {"ID は UUID です。", "Invalid id provided"}));
  } else {
    for (const GroupKind kind : {GroupKind::kOrganization, GroupKind::kGroup}) {
      const auto known = reader.group(kind, id);
      if (!known) return tl::unexpected(known.error());
      if (*known) {
        edit.wrongs.push_back(
            group_wrong("/id", {"この ID は既にあります。", "Group id already exists"}));
      }
    }
  }
  return {};
}

// Its creator is an admin; the operator at the command line has no account to be one.
Result<void> put_members(std::vector<storage::Membership> members, const Group& group,
                         const core::Caller& caller, CatalogWriter& writer) {
  const auto creator = writer.reader().accounts().user(caller.user_id);
  if (!creator) return tl::unexpected(creator.error());
  if (*creator) {
    std::erase_if(members, [&](const auto& member) { return member.user_id == caller.user_id; });
    members.push_back({group.id, (*creator)->id, core::Role::kAdmin, group.created});
  }
  for (const storage::Membership& member : members) {
    if (auto put = writer.accounts().put_membership(member); !put) return put;
  }
  return {};
}

}  // namespace

GroupWrites::GroupWrites(AuditedStore& store, OrganizationCreators creators)
    : store_(store), creators_(creators) {}

Result<void> GroupWrites::require_creation(GroupKind kind, const core::Caller& caller) const {
  if (kind == GroupKind::kGroup) return auth::require(Action::kCreateGroup, caller);
  if (auto known = auth::require(Action::kCreateOrganization, caller); !known) return known;
  if (caller.sysadmin || creators_ == OrganizationCreators::kUsers) return {};
  const bool is_admin = std::any_of(caller.roles.begin(), caller.roles.end(), [](const auto& role) {
    return role.second == core::Role::kAdmin;
  });
  if (creators_ == OrganizationCreators::kAdmins && is_admin) return {};
  const bool admins = creators_ == OrganizationCreators::kAdmins;
  return core::fail(ErrorCode::kPermissionDenied, "organization-creation-denied",
                    {"利用者 " + caller.user_name + " は組織を作成できません。",
                     "User " + caller.user_name + " not authorized to create organizations"},
                    {admins ? "組織の admin かシステム管理者に依頼してください。"
                            : "システム管理者に依頼してください。",
                     admins ? "Ask an admin of an organization or a system administrator."
                            : "Ask a system administrator."});
}

Result<Group> GroupWrites::create(GroupEdit wanted, const WriteContext& context) {
  const GroupKind kind = wanted.group.kind;
  if (auto allowed = require_creation(kind, context.caller); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto& reader = writer.reader();
    Group& group = wanted.group;
    group.created = store_.clock().now();
    group.state = State::kActive;
    if (auto done = settle_id(wanted, context.caller, reader); !done) {
      return tl::unexpected(std::move(done).error());
    }
    auto members = settle_members(wanted, reader.accounts(), group.created);
    if (!members) return tl::unexpected(std::move(members).error());
    if (auto done = settle_group(wanted, nullptr, reader); !done) {
      return tl::unexpected(std::move(done).error());
    }
    if (auto put = writer.put_group(group); !put) return tl::unexpected(put.error());
    if (auto put = put_members(std::move(*members), group, context.caller, writer); !put) {
      return tl::unexpected(std::move(put).error());
    }
    return Changes{{group_subject("create", nullptr, &group)},
                   {group_activity("new", group, context.caller)},
                   id_as_json(group.id)};
  });
  if (!written) return tl::unexpected(written.error());
  if (written->replayed) return replayed_group(store_, kind, written->result);
  return std::move(wanted.group);
}

Result<Group> GroupWrites::change(GroupKind kind, std::string_view id_or_name, const Edit& edit,
                                  const WriteContext& context) {
  Group after;
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto& reader = writer.reader();
    const auto before = find_group(reader, kind, id_or_name, context.caller.sysadmin);
    if (!before) return tl::unexpected(before.error());
    const Action update = action_of(kind, Action::kUpdateOrganization, Action::kUpdateGroup);
    if (auto allowed = auth::require(update, context.caller, before->id); !allowed) {
      return tl::unexpected(std::move(allowed).error());
    }
    GroupEdit changed{*before, {}};
    if (auto done = edit(changed); !done) return tl::unexpected(std::move(done).error());
    changed.group.id = before->id;
    changed.group.kind = kind;
    changed.group.created = before->created;
    if (auto done = settle_group(changed, &*before, reader); !done) {
      return tl::unexpected(std::move(done).error());
    }
    after = std::move(changed.group);
    Changes changes;
    changes.result = id_as_json(after.id);
    if (after == *before) return changes;
    const bool removed = after.state == State::kDeleted && before->state != State::kDeleted;
    if (removed) {
      if (auto done = release_datasets(after, writer); !done) {
        return tl::unexpected(std::move(done).error());
      }
    }
    if (auto put = writer.put_group(after); !put) return tl::unexpected(std::move(put).error());
    if (after.name != before->name) {
      auto kept = writer.history().put_former_group_name(before->name, after.id);
      if (!kept) return tl::unexpected(std::move(kept).error());
    }
    changes.subjects.push_back(group_subject(removed ? "delete" : "update", &*before, &after));
    changes.activities.push_back(
        group_activity(removed ? "deleted" : "changed", after, context.caller));
    return changes;
  });
  if (!written) return tl::unexpected(written.error());
  if (written->replayed) return replayed_group(store_, kind, written->result);
  return after;
}

Result<void> GroupWrites::remove(GroupKind kind, std::string_view id_or_name,
                                 const WriteContext& context) {
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    const auto before = find_group(writer.reader(), kind, id_or_name, false);
    if (!before) return tl::unexpected(before.error());
    const Action action = action_of(kind, Action::kDeleteOrganization, Action::kDeleteGroup);
    if (auto allowed = auth::require(action, context.caller, before->id); !allowed) {
      return tl::unexpected(std::move(allowed).error());
    }
    if (auto done = release_datasets(*before, writer); !done) {
      return tl::unexpected(std::move(done).error());
    }
    Group after = *before;
    after.state = State::kDeleted;
    if (auto put = writer.put_group(after); !put) return tl::unexpected(std::move(put).error());
    return Changes{{group_subject("delete", &*before, &after)},
                   {group_activity("deleted", after, context.caller)},
                   "null"};
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

Result<void> GroupWrites::purge(GroupKind kind, std::string_view id_or_name,
                                const WriteContext& context) {
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto& reader = writer.reader();
    const auto before = find_group(reader, kind, id_or_name, true);
    if (!before) return tl::unexpected(before.error());
    const Action action = action_of(kind, Action::kPurgeOrganization, Action::kPurgeGroup);
    if (auto allowed = auth::require(action, context.caller, before->id); !allowed) {
      return tl::unexpected(std::move(allowed).error());
    }
    if (auto done = release_all_datasets(*before, writer); !done) {
      return tl::unexpected(std::move(done).error());
    }
    const auto members = reader.accounts().memberships_of_group(before->id);
    if (!members) return tl::unexpected(members.error());
    for (const storage::Membership& member : *members) {
      auto gone = writer.accounts().remove_membership(member.group_id, member.user_id);
      if (!gone) return tl::unexpected(std::move(gone).error());
    }
    if (auto gone = writer.purge_group(before->id); !gone) {
      return tl::unexpected(std::move(gone).error());
    }
    return Changes{{group_subject("purge", &*before, nullptr)}, {}, "null"};
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace minato::service
