// One entry of the audit log: who changed what, when, from where, and what it was before and after.
#pragma once

#include <cstdint>
#include <string>

#include "core/time.h"

namespace minato::core {

struct AuditEntry {
  std::int64_t number = 0;  // from 1, without gaps
  Timestamp time;
  std::string user_id;  // empty: the program itself (scheduled publication)
  std::string user_name;
  std::string token_id;
  std::string address;
  std::string request_id;
  std::string action;        // "dataset.create", "dataset.update", "member.put", ...
  std::string subject_kind;  // "dataset", "organization", "group", "user", "token", "member",
                             // "vocabulary", "tag", "table", "job"
  std::string subject_id;
  std::string subject_name;
  std::string organization_id;  // that the subject belongs to; empty: none
  std::string before_hash;      // SHA-256 (hex) of the subject's document; empty: did not exist
  std::string after_hash;       // ditto; empty: is gone
  std::string detail;           // what else is worth telling, a JSON object; may be empty
  std::string previous;         // hash of the entry before; empty: the first one
  std::string hash;             // auth::audit_hash() of everything above
  bool operator==(const AuditEntry&) const = default;
};

// The end of the log, sealed, so that entries missing at the end are noticed.
struct AuditHead {
  std::int64_t number = 0;  // 0: the log is empty
  std::string hash;
  std::string seal;  // auth::audit_seal()
  bool operator==(const AuditHead&) const = default;
};

}  // namespace minato::core
