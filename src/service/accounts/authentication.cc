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

// An ended session stands among the keys of its user that were answered: signing out is a write
// that is done once and for all. Such a key is forgotten some time after its own.
std::string end_key(std::string_view session) { return "session.end " + std::string(session); }

// Told of the token: a session has no life of its own.
AuditSubject session_subject(std::string_view action, const Caller& caller) {
  AuditSubject subject;
  subject.action = action;
  subject.kind = "token";
  subject.id = caller.token_id;
  return subject;
}

}  // namespace

Accounts::Accounts(AuditedStore& store, AccountOptions options)
    : store_(store), options_(std::move(options)) {}

Result<std::unique_ptr<storage::CatalogReader>> Accounts::reader() {
  return store_.store().read(std::chrono::steady_clock::now() + options_.read_timeout);
}

Result<Caller> Accounts::authenticate(std::string_view token) {
  if (!auth::looks_like_token(token)) return Caller();
  return caller_of({auth::token_hash(options_.token_secret, token)});
}

Result<Caller> Accounts::caller_of_session(std::string_view token_id, std::string_view session) {
  if (token_id.empty() || session.empty()) return Caller();
  return caller_of({std::string(token_id), std::string(session)});
}

Result<void> Accounts::begin_session(const WriteContext& context) {
  const auto note = [&](storage::CatalogWriter&) -> Result<Changes> {
    return Changes{{session_subject("session.begin", context.caller)}, {}, {}};
  };
  auto written = store_.write(context, note);
  if (!written) return tl::unexpected(std::move(written).error());
  return {};
}

Result<void> Accounts::end_session(std::string_view session, core::Timestamp until,
                                   const WriteContext& context) {
  const std::string key = end_key(session);
  const std::string& user = context.caller.user_id;
  const auto end = [&](storage::CatalogWriter& writer) -> Result<Changes> {
    auto known = writer.reader().history().answered_key(user, key);
    if (!known) return tl::unexpected(std::move(known).error());
    if (*known) return Changes{};
    auto kept = writer.history().put_answered_key({user, key, {}, {}, until});
    if (!kept) return tl::unexpected(std::move(kept).error());
    return Changes{{session_subject("session.end", context.caller)}, {}, {}};
  };
  auto written = store_.write(context, end);
  if (!written) return tl::unexpected(std::move(written).error());
  return {};
}

Result<Caller> Accounts::caller_of(const TokenKey& key) {
  // Hashes and ids are not taken for one another.
  const bool is_session = !key.session.empty();
  const std::string name = is_session ? key.session + " of " + key.text : key.text;
  const core::Timestamp now = store_.clock().now();
  std::uint64_t revision = store_.store().revision();
  auto known = recall(name, revision, now);
  if (!known) {
    auto found = look_up(key, revision);
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
      known_.insert_or_assign(name, std::move(kept));
    }
  }
  if (is_over(known->expires, now)) return Caller();
  if (known->noted_minute != now.us / kMinuteUs) {
    store_.store().note_token_use(known->caller.token_id, now);
  }
  return std::move(known->caller);
}

std::optional<Accounts::Known> Accounts::recall(const std::string& key, std::uint64_t revision,
                                                core::Timestamp now) {
  const std::lock_guard lock(mutex_);
  if (revision > revision_) return std::nullopt;
  const auto found = known_.find(key);
  if (found == known_.end()) return std::nullopt;
  Known known = found->second;
  found->second.noted_minute = now.us / kMinuteUs;
  return known;
}

Result<std::optional<Accounts::Known>> Accounts::look_up(const TokenKey& key,
                                                         std::uint64_t& revision) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  revision = (*view)->revision();
  storage::AccountReader& accounts = (*view)->accounts();
  const bool is_session = !key.session.empty();
  auto token = is_session ? accounts.token(key.text) : accounts.token_by_hash(key.text);
  if (!token) return tl::unexpected(std::move(token).error());
  if (!*token || (*token)->revoked) return std::nullopt;
  auto user = accounts.user((*token)->user_id);
  if (!user) return tl::unexpected(std::move(user).error());
  if (!*user || (*user)->state != core::State::kActive) return std::nullopt;
  if (is_session) {
    auto end = (*view)->history().answered_key((*user)->id, end_key(key.session));
    if (!end) return tl::unexpected(std::move(end).error());
    if (*end) return std::nullopt;
  }
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
