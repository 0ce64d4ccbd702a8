// Users: looking at them, making, changing and deleting them.
#include <algorithm>
#include <limits>
#include <utility>

#include "auth/permissions.h"
#include "core/uuid.h"
#include "service/accounts/account_documents.h"
#include "service/accounts/account_lookup.h"
#include "service/accounts/accounts.h"
#include "service/accounts/user_rules.h"

namespace minato::service {

namespace {

using auth::Action;
using core::Result;
using core::State;
using storage::CatalogWriter;
using storage::User;

bool holds_ignoring_case(std::string_view text, std::string_view part) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [&](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

Result<std::int64_t> datasets_of(storage::CatalogReader& reader, const std::string& user_id) {
  core::SearchRequest request;
  core::SearchExpr creator;
  creator.kind = core::SearchExpr::Kind::kEqual;
  creator.field = "creator_user_id";
  creator.value = user_id;
  request.filters.push_back(std::move(creator));
  request.limit = 0;
  auto found = reader.search(request);
  if (!found) return tl::unexpected(std::move(found).error());
  return found->count;
}

// Who may make this change of this user.
Result<void> check_right(const User& before, const User& after, const core::Caller& caller) {
  const bool own = !caller.is_anonymous() && before.id == caller.user_id;
  const bool only_profile =
      before.name == after.name && before.sysadmin == after.sysadmin && before.state == after.state;
  return auth::require(own && only_profile ? Action::kUpdateOwnUser : Action::kUpdateAnyUser,
                       caller);
}

bool rules_the_site(const User& user) { return user.sysadmin && user.state == State::kActive; }

Result<AuditSubject> replace_user(CatalogWriter& writer, const User& before, const User& after,
                                  core::Timestamp now) {
  if (rules_the_site(before) && !rules_the_site(after)) {
    auto another = require_another_sysadmin(writer.reader().accounts(), before);
    if (!another) return tl::unexpected(std::move(another).error());
  }
  const bool deleted = before.state != State::kDeleted && after.state == State::kDeleted;
  AuditSubject subject = user_subject(deleted ? "user.delete" : "user.update", &before, after);
  if (deleted) {
    auto taken = take_away_rights(writer, before, now);
    if (!taken) return tl::unexpected(std::move(taken).error());
    subject.detail = *std::move(taken);
  }
  if (auto done = writer.accounts().put_user(after); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return subject;
}

}  // namespace

Result<UserProfile> Accounts::user(std::string_view id_or_name) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  storage::AccountReader& accounts = (*view)->accounts();
  UserProfile profile;
  auto found = any_user(accounts, id_or_name);
  if (!found) return tl::unexpected(std::move(found).error());
  profile.user = *std::move(found);
  auto datasets = datasets_of(**view, profile.user.id);
  if (!datasets) return tl::unexpected(std::move(datasets).error());
  profile.datasets = *datasets;
  auto roles = accounts.memberships_of_user(profile.user.id);
  if (!roles) return tl::unexpected(std::move(roles).error());
  profile.roles = *std::move(roles);
  auto tokens = accounts.tokens_of(profile.user.id);
  if (!tokens) return tl::unexpected(std::move(tokens).error());
  for (const storage::ApiToken& token : *tokens) {
    profile.last_active = std::max(profile.last_active, token.last_used);
  }
  return profile;
}

Result<std::vector<User>> Accounts::users(const storage::UserListRequest& request,
                                          const core::Caller& caller) {
  if (auto allowed = auth::require(Action::kListUsers, caller); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  if (caller.sysadmin) return (*view)->accounts().users(request);
  storage::UserListRequest narrowed = request;
  narrowed.include_deleted = false;
  if (request.query.empty()) return (*view)->accounts().users(narrowed);
  narrowed.offset = 0;
  narrowed.limit = std::numeric_limits<std::int32_t>::max();
  auto found = (*view)->accounts().users(narrowed);
  if (!found) return found;
  std::erase_if(*found, [&](const User& user) {
    return !holds_ignoring_case(user.name, request.query) &&
           !holds_ignoring_case(user.full_name, request.query);
  });
  const auto size = static_cast<std::int64_t>(found->size());
  const std::int64_t first = std::clamp<std::int64_t>(request.offset, 0, size);
  const std::int64_t count = std::clamp<std::int64_t>(request.limit, 0, size - first);
  return std::vector<User>(found->begin() + first, found->begin() + first + count);
}

Result<User> Accounts::create_user(const UserChange& wanted, const WriteContext& context) {
  if (auto allowed = auth::require(Action::kCreateUser, context.caller); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  User blank;
  blank.id = core::random_uuid();
  blank.created = store_.clock().now();
  auto user = changed_user(std::move(blank), wanted);
  if (!user) return user;
  auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    if (auto done = writer.accounts().put_user(*user); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return Changes{{user_subject("user.create", nullptr, *user)},
                   {user_activity("new user", *user)},
                   id_result(user->id)};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  if (!written->replayed) return user;
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  return any_user((*view)->accounts(), id_of_result(written->result));
}

Result<User> Accounts::change_user(std::string_view id_or_name, const UserChange& change,
                                   const WriteContext& context) {
  // The least it takes, before anything is asked of the writer.
  if (auto allowed = auth::require(Action::kUpdateOwnUser, context.caller); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  User changed;
  auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto before = any_user(writer.reader().accounts(), id_or_name);
    if (!before) return tl::unexpected(std::move(before).error());
    auto after = changed_user(*before, change);
    // Who may not change this user at all is not told what is wrong with the change.
    const User& wanted = after ? *after : *before;
    if (auto allowed = check_right(*before, wanted, context.caller); !allowed) {
      return tl::unexpected(std::move(allowed).error());
    }
    if (!after) return tl::unexpected(std::move(after).error());
    changed = *after;
    if (*after == *before) return Changes{{}, {}, id_result(before->id)};
    auto subject = replace_user(writer, *before, *after, store_.clock().now());
    if (!subject) return tl::unexpected(std::move(subject).error());
    return Changes{
        {*std::move(subject)}, {user_activity("changed user", *after)}, id_result(before->id)};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  if (!written->replayed) return changed;
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  return any_user((*view)->accounts(), id_of_result(written->result));
}

Result<void> Accounts::delete_user(std::string_view id_or_name, const WriteContext& context) {
  // Nobody deletes himself, so this is no change of one's own profile.
  if (auto allowed = auth::require(Action::kUpdateAnyUser, context.caller); !allowed) {
    return allowed;
  }
  UserChange deletion;
  deletion.state = State::kDeleted;
  auto deleted = change_user(id_or_name, deletion, context);
  if (!deleted) return tl::unexpected(std::move(deleted).error());
  return {};
}

}  // namespace minato::service
