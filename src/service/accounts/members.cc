// Roles in organizations and groups.
#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "service/accounts/account_documents.h"
#include "service/accounts/account_lookup.h"
#include "service/accounts/accounts.h"
#include "service/not_found.h"

namespace minato::service {

namespace {

using auth::Action;
using core::Result;
using storage::CatalogWriter;
using storage::Membership;

Result<std::optional<Membership>> membership_of(storage::AccountReader& accounts,
                                                const std::string& group_id,
                                                const std::string& user_id) {
  auto all = accounts.memberships_of_user(user_id);
  if (!all) return tl::unexpected(std::move(all).error());
  for (Membership& membership : *all) {
    if (membership.group_id == group_id) return std::move(membership);
  }
  return std::nullopt;
}

Result<core::Group> group_to_change(storage::CatalogReader& reader, std::string_view group,
                                    const core::Caller& caller) {
  auto found = any_group(reader, group);
  if (!found) return found;
  // Only admins give roles, and an admin has the highest: nobody gives one he does not have.
  if (auto allowed = auth::require(Action::kChangeMembers, caller, found->id); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  return found;
}

// Before anything is asked of the writer.
Result<void> require_known(const core::Caller& caller) {
  if (!caller.is_anonymous() || caller.sysadmin) return {};
  return auth::require(Action::kChangeMembers, caller);
}

tl::unexpected<core::Error> role_invalid() {
  return wrong_fields(
      "role-invalid",
      {"グループの役割は member か admin です。", "Roles in a group are member and admin."},
      {{"role",
        {"editor は組織だけの役割です。", "The role editor is for organizations."},
        "",
        "member, admin",
        "editor",
        {"member か admin を指定してください。", "Choose member or admin."}}});
}

}  // namespace

Result<Membership> Accounts::put_member(std::string_view group, std::string_view user,
                                        core::Role role, const WriteContext& context) {
  if (auto known = require_known(context.caller); !known) {
    return tl::unexpected(std::move(known).error());
  }
  Membership wanted;
  auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto in = group_to_change(writer.reader(), group, context.caller);
    if (!in) return tl::unexpected(std::move(in).error());
    if (in->state == core::State::kDeleted) return group_not_found(in->kind);
    if (in->kind == core::GroupKind::kGroup && role == core::Role::kEditor) return role_invalid();
    storage::AccountReader& accounts = writer.reader().accounts();
    auto who = live_user(accounts, user);
    if (!who) return tl::unexpected(std::move(who).error());
    auto before = membership_of(accounts, in->id, who->id);
    if (!before) return tl::unexpected(std::move(before).error());
    if (*before && (*before)->role == role) {
      wanted = **before;
      return Changes{};
    }
    wanted = {in->id, who->id, role, store_.clock().now()};
    if (auto done = writer.accounts().put_membership(wanted); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return Changes{{member_subject(*before ? &**before : nullptr, &wanted, *who)}, {}, ""};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  if (!written->replayed) return wanted;
  return membership_now(group, user, role);
}

Result<Membership> Accounts::membership_now(std::string_view group, std::string_view user,
                                            core::Role role) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto in = any_group(**view, group);
  if (!in) return tl::unexpected(std::move(in).error());
  auto who = any_user((*view)->accounts(), user);
  if (!who) return tl::unexpected(std::move(who).error());
  auto found = membership_of((*view)->accounts(), in->id, who->id);
  if (!found) return tl::unexpected(std::move(found).error());
  // Taken back since: what was answered then.
  return *found ? **found : Membership{in->id, who->id, role, store_.clock().now()};
}

Result<void> Accounts::remove_member(std::string_view group, std::string_view user,
                                     const WriteContext& context) {
  if (auto known = require_known(context.caller); !known) return known;
  auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto in = group_to_change(writer.reader(), group, context.caller);
    if (!in) return tl::unexpected(std::move(in).error());
    storage::AccountReader& accounts = writer.reader().accounts();
    auto who = any_user(accounts, user);
    if (!who) return tl::unexpected(std::move(who).error());
    auto before = membership_of(accounts, in->id, who->id);
    if (!before) return tl::unexpected(std::move(before).error());
    if (!*before) return Changes{};
    if (auto done = writer.accounts().remove_membership(in->id, who->id); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return Changes{{member_subject(&**before, nullptr, *who)}, {}, ""};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  return {};
}

Result<std::vector<Membership>> Accounts::members(std::string_view group,
                                                  const core::Caller& caller) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto in = any_group(**view, group);
  if (!in) return tl::unexpected(std::move(in).error());
  if (auto allowed = auth::require(Action::kListMembers, caller, in->id); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  // Deleted users have no roles: deletion takes them away.
  return (*view)->accounts().memberships_of_group(in->id);
}

}  // namespace minato::service
