#include "cli/accounts/audit.h"

#include <functional>

#include "auth/audit_chain.h"
#include "formats/json.h"

namespace minato::cli {

namespace {

using core::AuditEntry;
using core::AuditHead;
using core::Result;
using formats::JsonWriter;

constexpr std::size_t kShownFaults = 20;
// Entries per view of the catalogue: a long-held view keeps its files from being tidied.
constexpr int kEntriesPerView = 10'000;

// Gives the head as it was when the last entry was read. Entries never change, so views taken one
// after the other show one log.
Result<AuditHead> each_entry(const AccountCommand& command, std::int64_t from,
                             const std::function<bool(const AuditEntry&)>& visit) {
  for (;;) {
    auto reader = read_catalog(command);
    if (!reader) return tl::unexpected(std::move(reader).error());
    bool more = false;
    int seen = 0;
    auto done = (*reader)->history().each_audit_entry(from, [&](const AuditEntry& entry) {
      if (seen++ == kEntriesPerView) {
        more = true;
        from = entry.number;
        return false;
      }
      return visit(entry);
    });
    if (!done) return tl::unexpected(std::move(done).error());
    if (!more) return (*reader)->history().audit_head();
  }
}

tl::unexpected<core::Error> hash_invalid() {
  return core::fail(core::ErrorCode::kInvalidArgument, "audit-hash-invalid",
                    {"--expect には 64 桁の 16 進数を指定してください。",
                     "--expect takes 64 hexadecimal digits."},
                    {"minato audit verify が出した head の値を使ってください。",
                     "Use the head that minato audit verify printed."});
}

int report(const AccountCommand& command, const std::vector<auth::AuditFault>& faults) {
  const bool ja = command.language == core::Language::kJa;
  for (std::size_t i = 0; i < faults.size() && i < kShownFaults; ++i) {
    command.err << "minato: " << (ja ? "監査ログ " : "audit entry ") << faults[i].number << ": "
                << faults[i].what.in(command.language) << "\n";
  }
  if (faults.size() > kShownFaults) {
    command.err << "minato: " << (ja ? "ほかにも異常があります。" : "There are more faults.")
                << "\n";
  }
  return 1;
}

std::string entry_json(const AuditEntry& entry) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("number").integer(entry.number);
  json.field("time", core::to_ckan_time(entry.time) + "Z");
  json.field_or_null("user_id", entry.user_id).field_or_null("user_name", entry.user_name);
  json.field_or_null("token_id", entry.token_id).field_or_null("address", entry.address);
  json.field_or_null("request_id", entry.request_id).field("action", entry.action);
  json.field("subject_kind", entry.subject_kind).field("subject_id", entry.subject_id);
  json.field("subject_name", entry.subject_name);
  json.field_or_null("organization_id", entry.organization_id);
  json.field_or_null("before_hash", entry.before_hash);
  json.field_or_null("after_hash", entry.after_hash).key("detail");
  // As text when it is no JSON: a damaged log shall be readable above all.
  if (entry.detail.empty()) {
    json.null();
  } else if (formats::parse_json(entry.detail)) {
    json.raw(entry.detail);
  } else {
    json.string(entry.detail);
  }
  json.field_or_null("previous", entry.previous).field("hash", entry.hash).end_object();
  return text;
}

}  // namespace

Result<int> verify_audit(const AccountCommand& command) {
  const std::string& expected = command.arguments.expect;
  const bool is_hash =
      expected.size() == 64 && expected.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!expected.empty() && !is_hash) return hash_invalid();
  auth::AuditVerifier verifier(command.audit_key);
  bool found = expected.empty();
  const auto head = each_entry(command, 1, [&](const AuditEntry& entry) {
    verifier.entry(entry);
    found = found || entry.hash == expected;
    return true;
  });
  if (!head) return tl::unexpected(head.error());
  verifier.head(*head);
  std::vector<auth::AuditFault> faults = verifier.faults();
  if (!found) {
    faults.push_back({head->number,
                      {"控えの HASH（--expect）が監査ログにありません。末尾が切り詰められたか、"
                       "置き換えられています。",
                       "The expected hash is not in the log: it was cut back or replaced."}});
  }
  if (!faults.empty()) return report(command, faults);
  command.out << "ok " << verifier.entries() << " entries, head "
              << (head->hash.empty() ? "-" : head->hash) << "\n";
  return 0;
}

Result<int> export_audit(const AccountCommand& command) {
  auto done = each_entry(command, command.arguments.from, [&](const AuditEntry& entry) {
    command.out << entry_json(entry) << "\n";
    return command.out.good();
  });
  if (!done) return tl::unexpected(done.error());
  return 0;
}

}  // namespace minato::cli
