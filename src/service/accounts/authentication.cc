// Who a token stands for.
#include <utility>

#include "auth/token.h"
#include "service/accounts/accounts.h"

namespace minato::service {

namespace {

using core::Caller;
using core::Result;

// Some hundred bytes each. Strangers' tokens are not kept, so only real ones fill it.
constexpr std::size_t kMaxKnown = 4096;
constexpr std::int64_t kMinuteUs = 60'000'000;

bool is_over(const std::optional<core::Timestamp>& expires, core::Timestamp now) {
  return expires && *expires <= now;
}

}  // namespace

Accounts::Accounts(AuditedStore& store, AccountOptions options)
    : store_(store), options_(std::move(options)) {}

Result<std::unique_ptr<storage::CatalogReader>> Accounts::reader() {
  return store_.store().read(std::chrono::steady_clock::now() + options_.read_timeout);
}

Result<Caller> Accounts::authenticate(std::string_view token) {
  if (!auth::looks_like_token(token)) return Caller();
  const std::string hash = auth::token_hash(options_.token_secret, token);
  const core::Timestamp now = store_.clock().now();
  std::uint64_t revision = store_.store().revision();
  auto known = recall(hash, revision, now);
  if (!known) {
    auto found = look_up(hash, revision);
    if (!found) return tl::unexpected(std::move(found).error());
    if (!*found) return Caller();
    known = std::move(*found);
    const std::lock_guard lock(mutex_);
    // What an older view of the catalogue says is not kept.
    if (revision >= revision_) {
      if (revision > revision_ || known_.size() >= kMaxKnown) known_.clear();
      revision_ = revision;
      Known kept = *known;
      kept.noted_minute = now.us / kMinuteUs;
      known_.insert_or_assign(hash, std::move(kept));
    }
  }
  if (is_over(known->expires, now)) return Caller();
  if (known->noted_minute != now.us / kMinuteUs) {
    store_.store().note_token_use(known->caller.token_id, now);
  }
  return std::move(known->caller);
}

std::optional<Accounts::Known> Accounts::recall(const std::string& hash, std::uint64_t revision,
                                                core::Timestamp now) {
  const std::lock_guard lock(mutex_);
  if (revision > revision_) return std::nullopt;
  const auto found = known_.find(hash);
  if (found == known_.end()) return std::nullopt;
  Known known = found->second;
  found->second.noted_minute = now.us / kMinuteUs;
  return known;
}

Result<std::optional<Accounts::Known>> Accounts::look_up(std::string_view hash,
                                                         std::uint64_t& revision) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  revision = (*view)->revision();
  storage::AccountReader& accounts = (*view)->accounts();
  auto token = accounts.token_by_hash(hash);
  if (!token) return tl::unexpected(std::move(token).error());
  if (!*token || (*token)->revoked) return std::nullopt;
  auto user = accounts.user((*token)->user_id);
  if (!user) return tl::unexpected(std::move(user).error());
  if (!*user || (*user)->state != core::State::kActive) return std::nullopt;
  auto roles = accounts.memberships_of_user((*user)->id);
  if (!roles) return tl::unexpected(std::move(roles).error());
  Known known;
  known.expires = (*token)->expires;
  known.caller.user_id = (*user)->id;
  known.caller.user_name = (*user)->name;
  known.caller.sysadmin = (*user)->sysadmin;
  known.caller.token_id = (*token)->id;
  known.caller.scopes = std::move((*token)->scopes);
  for (const storage::Membership& role : *roles) known.caller.roles[role.group_id] = role.role;
  return known;
}

core::Caller operator_caller() {
  Caller caller;
  caller.user_name = "operator";
  caller.sysadmin = true;
  return caller;
}

}  // namespace minato::service
