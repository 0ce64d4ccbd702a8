#include "storage/sqlite/history/sqlite_history.h"

#include <utility>

#include "storage/sqlite/ask.h"
#include "storage/sqlite/history/activity_rows.h"
#include "storage/sqlite/history/answered_key_rows.h"
#include "storage/sqlite/history/audit_rows.h"
#include "storage/sqlite/history/former_name_rows.h"

namespace minato::storage::sqlite {
namespace {

using core::Result;

// `work` returns nothing.
template <typename Work>
Result<void> plain(PlainWrites& writes, Work&& work) {
  return writes.run([&]() -> Result<void> {
    std::forward<Work>(work)();
    return {};
  });
}

}  // namespace

Result<core::AuditHead> SqliteHistoryReader::audit_head() {
  return ask(connection_, [&] { return load_audit_head(connection_); });
}

Result<void> SqliteHistoryReader::each_audit_entry(
    std::int64_t from, const std::function<bool(const core::AuditEntry&)>& visit) {
  return ask(connection_, [&] { visit_audit_entries(connection_, from, visit); });
}

Result<std::vector<Activity>> SqliteHistoryReader::activities(const ActivityRequest& request) {
  return ask(connection_, [&] { return list_activities(connection_, request); });
}

Result<std::optional<Activity>> SqliteHistoryReader::activity(std::string_view id) {
  return ask(connection_, [&] { return find_activity(connection_, id); });
}

Result<std::optional<std::string>> SqliteHistoryReader::dataset_formerly(std::string_view name) {
  return ask(connection_, [&] { return find_dataset_formerly(connection_, name); });
}

Result<std::optional<std::string>> SqliteHistoryReader::group_formerly(std::string_view name) {
  return ask(connection_, [&] { return find_group_formerly(connection_, name); });
}

Result<std::optional<Tombstone>> SqliteHistoryReader::tombstone(std::string_view dataset_id) {
  return ask(connection_, [&] { return find_tombstone(connection_, dataset_id); });
}

Result<std::optional<AnsweredKey>> SqliteHistoryReader::answered_key(std::string_view user_id,
                                                                     std::string_view key) {
  return ask(connection_, [&] { return find_answered_key(connection_, user_id, key); });
}

Result<void> SqliteHistoryWriter::append_audit(const core::AuditEntry& entry,
                                               const core::AuditHead& head) {
  return writes_.run([&]() -> Result<void> {
    if (append_audit_entry(connection_, entry, head)) return {};
    return core::fail_internal("audit entry " + std::to_string(entry.number) +
                               " does not follow the head of the log");
  });
}

Result<void> SqliteHistoryWriter::put_activity(const Activity& activity) {
  return plain(writes_, [&] { save_activity(connection_, activity); });
}

Result<void> SqliteHistoryWriter::put_former_dataset_name(std::string_view name,
                                                          std::string_view dataset_id) {
  return plain(writes_, [&] { save_former_dataset_name(connection_, name, dataset_id); });
}

Result<void> SqliteHistoryWriter::put_former_group_name(std::string_view name,
                                                        std::string_view group_id) {
  return plain(writes_, [&] { save_former_group_name(connection_, name, group_id); });
}

Result<void> SqliteHistoryWriter::put_tombstone(const Tombstone& tombstone) {
  return plain(writes_, [&] { save_tombstone(connection_, tombstone); });
}

Result<void> SqliteHistoryWriter::remove_tombstone(std::string_view dataset_id) {
  return plain(writes_, [&] { delete_tombstone(connection_, dataset_id); });
}

Result<void> SqliteHistoryWriter::put_answered_key(const AnsweredKey& key) {
  return plain(writes_, [&] { save_answered_key(connection_, key); });
}

Result<void> SqliteHistoryWriter::forget_answered_keys(core::Timestamp older_than) {
  return plain(writes_, [&] { delete_answered_keys(connection_, older_than); });
}

}  // namespace minato::storage::sqlite
