// What happened to the catalogue: audit log, activities, former names, tombstones, answered keys.
// Part of the catalogue's store, so that each is written in the transaction it tells of.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit.h"
#include "core/dataset.h"
#include "core/error.h"
#include "core/time.h"

namespace minato::storage {

// CKAN's activity stream.
struct Activity {
  std::string id;
  core::Timestamp time;
  std::string user_id;
  std::string object_id;        // dataset, organization, group or user
  std::string organization_id;  // of a dataset: its owner then; of others: empty
  std::string type;             // CKAN's words: "new package", "changed package", "deleted package"
  std::string data;             // JSON object: {"package": {...}, "actor": "..."}
  bool is_public = true;        // of a dataset that everybody could see then
};

struct ActivityRequest {
  std::string object_id;                   // one of these three, or none: everything
  std::string organization_id;             // activities of the organization and of its datasets
  std::string user_id;                     // what this user did
  std::vector<std::string> types;          // only these; empty: all
  std::vector<std::string> without_types;  // none of these
  std::optional<core::Timestamp> before;
  std::optional<core::Timestamp> after;
  bool public_only = true;
  std::int64_t offset = 0;
  std::int64_t limit = 31;
};

// A deleted dataset as its page tells of it.
struct Tombstone {
  std::string dataset_id;
  std::string reason;  // for the public; may be empty
  std::string user_id;
  core::Timestamp time;
};

// A write that was answered under a client's Idempotency-Key.
struct AnsweredKey {
  std::string user_id;
  std::string key;
  std::string request_hash;  // SHA-256 (hex) of method, path and body
  std::string result;        // what the service gave, JSON; enough to answer again
  core::Timestamp time;
};

class HistoryReader {
 public:
  virtual ~HistoryReader() = default;
  virtual core::Result<core::AuditHead> audit_head() = 0;
  // From that number on, in order, until `visit` returns false.
  virtual core::Result<void> each_audit_entry(
      std::int64_t from, const std::function<bool(const core::AuditEntry&)>& visit) = 0;
  virtual core::Result<std::vector<Activity>> activities(const ActivityRequest& request) = 0;
  virtual core::Result<std::optional<Activity>> activity(std::string_view id) = 0;
  // The id of the dataset, or group, that had this name last, and has another now.
  virtual core::Result<std::optional<std::string>> dataset_formerly(std::string_view name) = 0;
  virtual core::Result<std::optional<std::string>> group_formerly(std::string_view name) = 0;
  virtual core::Result<std::optional<Tombstone>> tombstone(std::string_view dataset_id) = 0;
  virtual core::Result<std::optional<AnsweredKey>> answered_key(std::string_view user_id,
                                                                std::string_view key) = 0;
};

class HistoryWriter {
 public:
  virtual ~HistoryWriter() = default;
  // REQUIRES: entry.number == head.number == the old head's + 1. The log only grows: the tables
  // refuse UPDATE and DELETE of entries (triggers).
  virtual core::Result<void> append_audit(const core::AuditEntry& entry,
                                          const core::AuditHead& head) = 0;
  virtual core::Result<void> put_activity(const Activity& activity) = 0;
  // From now on the name leads to that dataset (group) unless a live one has it.
  virtual core::Result<void> put_former_dataset_name(std::string_view name,
                                                     std::string_view dataset_id) = 0;
  virtual core::Result<void> put_former_group_name(std::string_view name,
                                                   std::string_view group_id) = 0;
  virtual core::Result<void> put_tombstone(const Tombstone& tombstone) = 0;
  // Not finding it is no error.
  virtual core::Result<void> remove_tombstone(std::string_view dataset_id) = 0;
  virtual core::Result<void> put_answered_key(const AnsweredKey& key) = 0;
  virtual core::Result<void> forget_answered_keys(core::Timestamp older_than) = 0;
};

}  // namespace minato::storage
