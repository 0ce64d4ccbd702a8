// The chain of the audit log: each entry's hash is an HMAC-SHA256 over its fields and the hash of
// the entry before, so that nobody without the server's secret changes, drops or reorders one
// unnoticed.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/audit.h"
#include "core/error.h"

namespace minato::auth {

// What the chain cannot show by itself: that its end was cut off together with an older head put
// back, or that the whole log was emptied. Heads noted elsewhere show that (`minato audit verify
// --expect`).

// Of every field but `hash`, each with its length in front (no two entries have the same bytes).
std::string audit_hash(std::string_view key, const core::AuditEntry& entry);
// Of the head's number and hash.
std::string audit_seal(std::string_view key, const core::AuditHead& head);

struct AuditFault {
  std::int64_t number = 0;
  core::LocalizedText what;
};

// Fed with all entries in the order of the log, then with the head. One change is one fault: an
// entry whose fields or hash were changed does not make the next one wrong.
class AuditVerifier {
 public:
  explicit AuditVerifier(std::string key) : key_(std::move(key)) {}
  void entry(const core::AuditEntry& entry);
  void head(const core::AuditHead& head);
  // At most 100.
  [[nodiscard]] const std::vector<AuditFault>& faults() const { return faults_; }
  [[nodiscard]] std::int64_t entries() const { return entries_; }

 private:
  void fault(std::int64_t number, core::LocalizedText what);
  // Of the numbers from `first` to `last`.
  void missing(std::int64_t first, std::int64_t last);
  // What the next entry, or the head, may tell about the last one.
  [[nodiscard]] bool is_last_hash(std::string_view hash) const;

  std::string key_;
  std::int64_t entries_ = 0;
  std::int64_t last_number_ = 0;
  std::string last_hash_;      // as it stands in the log
  std::string last_computed_;  // as it must be
  std::vector<AuditFault> faults_;
};

}  // namespace minato::auth
