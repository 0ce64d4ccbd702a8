#include "service/audited_store.h"

#include <chrono>
#include <utility>

#include "auth/audit_chain.h"
#include "core/sha256.h"
#include "core/uuid.h"

namespace minato::service {

namespace {

using core::Result;
using storage::CatalogWriter;

constexpr std::chrono::microseconds kKeyLife = std::chrono::hours(48);
// Forgetting reads an index for nothing most of the time: not at each write.
constexpr std::chrono::microseconds kForgetInterval = std::chrono::minutes(10);

std::string hash_of(const std::string& document) {
  return document.empty() ? std::string() : core::sha256_hex(document);
}

core::AuditEntry entry_of(const core::Caller& caller, const AuditSubject& subject,
                          core::Timestamp now) {
  core::AuditEntry entry;
  entry.time = now;
  entry.user_id = caller.user_id;
  entry.user_name = caller.user_name;
  entry.token_id = caller.token_id;
  entry.address = caller.address;
  entry.request_id = caller.request_id;
  entry.action = subject.action;
  entry.subject_kind = subject.kind;
  entry.subject_id = subject.id;
  entry.subject_name = subject.name;
  entry.organization_id = subject.organization_id;
  entry.before_hash = hash_of(subject.before);
  entry.after_hash = hash_of(subject.after);
  entry.detail = subject.detail;
  return entry;
}

// One write, inside its transaction.
class Recorder {
 public:
  Recorder(const WriteContext& context, CatalogWriter& writer, core::Timestamp now)
      : context_(context), writer_(writer), now_(now) {}

  // What the key was answered with before; empty: it is new, or there is none.
  Result<std::optional<std::string>> answered() {
    if (context_.idempotency_key.empty()) return std::nullopt;
    auto known =
        writer_.reader().history().answered_key(context_.caller.user_id, context_.idempotency_key);
    if (!known) return tl::unexpected(std::move(known).error());
    // Also when nobody has forgotten it yet.
    if (!*known || (*known)->time.us < now_.us - kKeyLife.count()) return std::nullopt;
    if ((*known)->request_hash == context_.request_hash) return std::move((*known)->result);
    return core::fail(core::ErrorCode::kConflict, "idempotency-key-reused",
                      {"この Idempotency-Key は別の要求で使われています。",
                       "This Idempotency-Key was used with another request."},
                      {"要求ごとに新しいキーを付け、再送のときだけ同じキーを使ってください。",
                       "Make a new key for each request; repeat one only to send the same request "
                       "again."});
  }

  Result<void> append(const std::vector<AuditSubject>& subjects, const std::string& audit_key) {
    auto head = writer_.reader().history().audit_head();
    if (!head) return tl::unexpected(std::move(head).error());
    for (const AuditSubject& subject : subjects) {
      core::AuditEntry entry = entry_of(context_.caller, subject, now_);
      entry.number = head->number + 1;
      entry.previous = head->hash;
      entry.hash = auth::audit_hash(audit_key, entry);
      head->number = entry.number;
      head->hash = entry.hash;
      head->seal = auth::audit_seal(audit_key, *head);
      if (auto done = writer_.history().append_audit(entry, *head); !done) return done;
    }
    return {};
  }

  Result<void> put(std::vector<storage::Activity>& activities) {
    for (storage::Activity& activity : activities) {
      activity.id = core::random_uuid();
      activity.time = now_;
      activity.user_id = context_.caller.user_id;
      if (auto done = writer_.history().put_activity(activity); !done) return done;
    }
    return {};
  }

  Result<void> remember_answer(const std::string& result) {
    if (context_.idempotency_key.empty()) return {};
    return writer_.history().put_answered_key(
        {context_.caller.user_id, context_.idempotency_key, context_.request_hash, result, now_});
  }

 private:
  const WriteContext& context_;
  CatalogWriter& writer_;
  core::Timestamp now_;
};

}  // namespace

AuditedStore::AuditedStore(storage::CatalogStore& store, const core::Clock& clock,
                           std::string audit_key)
    : store_(store), clock_(clock), audit_key_(std::move(audit_key)) {}

Result<Written> AuditedStore::write(const WriteContext& context, const Change& change) {
  Written written;
  auto done = store_.write([&](CatalogWriter& writer) -> Result<void> {
    const core::Timestamp now = clock_.now();
    Recorder recorder(context, writer, now);
    auto answered = recorder.answered();
    if (!answered) return tl::unexpected(std::move(answered).error());
    if (*answered) {
      written = {true, std::move(**answered)};
      return {};
    }
    auto changes = change(writer);
    if (!changes) return tl::unexpected(std::move(changes).error());
    if (!changes->subjects.empty()) {
      if (auto kept = recorder.append(changes->subjects, audit_key_); !kept) return kept;
      if (auto kept = recorder.put(changes->activities); !kept) return kept;
    }
    // Also when nothing had to be changed: a repetition must not undo what came in between.
    if (auto kept = recorder.remember_answer(changes->result); !kept) return kept;
    written = {false, std::move(changes->result)};
    return context.idempotency_key.empty() ? Result<void>() : forget_old_keys(writer, now);
  });
  if (!done) return tl::unexpected(std::move(done).error());
  return written;
}

Result<void> AuditedStore::forget_old_keys(CatalogWriter& writer, core::Timestamp now) {
  if (now.us < next_forgetting_us_.load()) return {};
  next_forgetting_us_.store(now.us + kForgetInterval.count());
  return writer.history().forget_answered_keys({now.us - kKeyLife.count()});
}

}  // namespace minato::service
