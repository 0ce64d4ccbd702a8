// HistoryReader and HistoryWriter over a connection of the catalogue.
#pragma once

#include "storage/history.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/plain_writes.h"

namespace minato::storage::sqlite {

class SqliteHistoryReader final : public HistoryReader {
 public:
  // REQUIRES: a transaction is open on `connection`.
  explicit SqliteHistoryReader(Connection& connection) : connection_(connection) {}

  core::Result<core::AuditHead> audit_head() override;
  core::Result<void> each_audit_entry(
      std::int64_t from, const std::function<bool(const core::AuditEntry&)>& visit) override;
  core::Result<std::vector<Activity>> activities(const ActivityRequest& request) override;
  core::Result<std::optional<Activity>> activity(std::string_view id) override;
  core::Result<std::optional<std::string>> dataset_formerly(std::string_view name) override;
  core::Result<std::optional<std::string>> group_formerly(std::string_view name) override;
  core::Result<std::optional<Tombstone>> tombstone(std::string_view dataset_id) override;
  core::Result<std::optional<AnsweredKey>> answered_key(std::string_view user_id,
                                                        std::string_view key) override;

 private:
  Connection& connection_;
};

class SqliteHistoryWriter final : public HistoryWriter {
 public:
  // `writes` is that of the transaction.
  SqliteHistoryWriter(Connection& connection, PlainWrites& writes)
      : connection_(connection), writes_(writes) {}

  core::Result<void> append_audit(const core::AuditEntry& entry,
                                  const core::AuditHead& head) override;
  core::Result<void> put_activity(const Activity& activity) override;
  core::Result<void> put_former_dataset_name(std::string_view name,
                                             std::string_view dataset_id) override;
  core::Result<void> put_former_group_name(std::string_view name,
                                           std::string_view group_id) override;
  core::Result<void> put_tombstone(const Tombstone& tombstone) override;
  core::Result<void> remove_tombstone(std::string_view dataset_id) override;
  core::Result<void> put_answered_key(const AnsweredKey& key) override;
  core::Result<void> forget_answered_keys(core::Timestamp older_than) override;

 private:
  Connection& connection_;
  PlainWrites& writes_;
};

}  // namespace minato::storage::sqlite
