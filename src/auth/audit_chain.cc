#include "auth/audit_chain.h"

#include "auth/hmac.h"

namespace minato::auth {

namespace {

constexpr std::size_t kMaxFaults = 100;

// Eight bytes of length, then the field.
void append_field(std::string& bytes, std::string_view field) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(
        static_cast<std::uint64_t>(field.size()) >> static_cast<unsigned>(shift) & 0xFFU);
  }
  bytes += field;
}

}  // namespace

std::string audit_hash(std::string_view key, const core::AuditEntry& entry) {
  std::string bytes;
  append_field(bytes, "minato audit entry 1");
  append_field(bytes, std::to_string(entry.number));
  append_field(bytes, std::to_string(entry.time.us));
  for (const std::string* field :
       {&entry.user_id, &entry.user_name, &entry.token_id, &entry.address, &entry.request_id,
        &entry.action, &entry.subject_kind, &entry.subject_id, &entry.subject_name,
        &entry.organization_id, &entry.before_hash, &entry.after_hash, &entry.detail,
        &entry.previous}) {
    append_field(bytes, *field);
  }
  return hmac_sha256_hex(key, bytes);
}

std::string audit_seal(std::string_view key, const core::AuditHead& head) {
  std::string bytes;
  append_field(bytes, "minato audit head 1");
  append_field(bytes, std::to_string(head.number));
  append_field(bytes, head.hash);
  return hmac_sha256_hex(key, bytes);
}

void AuditVerifier::entry(const core::AuditEntry& entry) {
  ++entries_;
  const std::string computed = audit_hash(key_, entry);
  if (computed != entry.hash) {
    fault(entry.number, {"記録の内容が変えられています。", "The entry was changed."});
  }
  if (entry.number <= last_number_) {
    fault(entry.number, {"記録の順序が変わっています。", "The entry is out of order."});
    return;  // it says nothing about where the chain goes on
  }
  if (entry.number > last_number_ + 1) {
    missing(last_number_ + 1, entry.number - 1);
  } else if (computed == entry.hash && !is_last_hash(entry.previous)) {
    fault(entry.number,
          {"直前の記録とつながっていません。", "The entry does not follow the one before it."});
  }
  last_number_ = entry.number;
  last_hash_ = entry.hash;
  last_computed_ = computed;
}

void AuditVerifier::head(const core::AuditHead& head) {
  if (entries_ == 0 && head == core::AuditHead{}) return;
  if (audit_seal(key_, head) != head.seal) {
    fault(head.number, {"末尾の印が変えられています。", "The seal of the log's end was changed."});
  }
  if (head.number > last_number_) {
    missing(last_number_ + 1, head.number);
  } else if (head.number < last_number_) {
    fault(head.number + 1, {"末尾の印より後の記録があります。",
                            "There are entries behind the sealed end of the log."});
  } else if (!is_last_hash(head.hash)) {
    fault(head.number, {"末尾の印が最後の記録と合いません。",
                        "The sealed end of the log does not fit the last entry."});
  }
}

void AuditVerifier::fault(std::int64_t number, core::LocalizedText what) {
  if (faults_.size() < kMaxFaults) faults_.push_back({number, std::move(what)});
}

void AuditVerifier::missing(std::int64_t first, std::int64_t last) {
  const std::string from = std::to_string(first);
  const std::string to = std::to_string(last);
  if (first == last) {
    fault(first, {"記録がありません。", "The entry is missing."});
  } else {
    fault(first, {from + " から " + to + " までの記録がありません。",
                  "The entries " + from + " to " + to + " are missing."});
  }
}

bool AuditVerifier::is_last_hash(std::string_view hash) const {
  return hash == last_hash_ || hash == last_computed_;
}

}  // namespace minato::auth
