// Every write that a person causes goes through here: the change, its audit entries, its activities
// and the key that makes it repeatable are one transaction.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "core/time.h"
#include "storage/catalog_store.h"

namespace minato::service {

struct WriteContext {
  core::Caller caller;
  std::string idempotency_key;  // as the client sent it; empty: none
  std::string request_hash;     // SHA-256 (hex) of what was asked; with a key
};

// One thing that was changed: one audit entry.
struct AuditSubject {
  std::string action;  // "dataset.update"
  std::string kind;    // core::AuditEntry::subject_kind
  std::string id;
  std::string name;
  std::string organization_id;
  std::string before;  // documents, hashed into the entry; empty: there was (is) nothing
  std::string after;
  std::string detail;  // JSON object; may be empty
};

struct Changes {
  std::vector<AuditSubject> subjects;  // none: nothing was changed, and only the key is noted
  std::vector<storage::Activity> activities;  // id, time and user are filled in here
  std::string result;                         // JSON, given back when the same key comes again
};

struct Written {
  bool replayed = false;  // the key came before: nothing was done now
  std::string result;     // Changes::result, of now or of then
};

// Thread-safe.
class AuditedStore {
 public:
  // Keeps references. `audit_key`: auth/audit_chain.h.
  AuditedStore(storage::CatalogStore& store, const core::Clock& clock, std::string audit_key);

  using Change = std::function<core::Result<Changes>(storage::CatalogWriter&)>;
  // Durable when it returns. Fails with the error of `change`, and then nothing has changed; with
  // kConflict "idempotency-key-reused" when the key came before with another request. Keys are kept
  // for 48 hours.
  core::Result<Written> write(const WriteContext& context, const Change& change);

  [[nodiscard]] storage::CatalogStore& store() { return store_; }
  [[nodiscard]] const core::Clock& clock() const { return clock_; }

 private:
  // Some times an hour.
  core::Result<void> forget_old_keys(storage::CatalogWriter& writer, core::Timestamp now);

  storage::CatalogStore& store_;
  const core::Clock& clock_;
  const std::string audit_key_;
  std::atomic<std::int64_t> next_forgetting_us_{0};
};

}  // namespace minato::service
