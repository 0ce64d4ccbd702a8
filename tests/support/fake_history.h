// What happened to the catalogue, in memory: the part of FakeCatalogStore.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/dataset.h"
#include "storage/history.h"

namespace minato::support {

struct HistoryContents {
  std::vector<core::AuditEntry> audit;
  core::AuditHead head;
  std::vector<storage::Activity> activities;                          // in the order they came
  std::map<std::string, std::string, std::less<>> dataset_names;      // former name to id
  std::map<std::string, std::string, std::less<>> group_names;        // ditto
  std::map<std::string, storage::Tombstone, std::less<>> tombstones;  // by dataset id
  std::map<std::pair<std::string, std::string>, storage::AnsweredKey> keys;  // by user id and key
};

class FakeHistoryReader final : public storage::HistoryReader {
 public:
  FakeHistoryReader(const HistoryContents& contents,
                    const std::map<std::string, core::Dataset>& datasets,
                    const std::map<std::string, core::Group>& groups)
      : contents_(contents), datasets_(datasets), groups_(groups) {}

  core::Result<core::AuditHead> audit_head() override { return contents_.head; }
  core::Result<void> each_audit_entry(
      std::int64_t from, const std::function<bool(const core::AuditEntry&)>& visit) override {
    for (const auto& entry : contents_.audit) {
      if (entry.number >= from && !visit(entry)) break;
    }
    return {};
  }
  core::Result<std::vector<storage::Activity>> activities(
      const storage::ActivityRequest& request) override {
    std::vector<storage::Activity> found;
    for (const auto& activity : contents_.activities) {
      if (is_asked(activity, request)) found.push_back(activity);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    const bool forwards = request.after && !request.before;
    if (!forwards) std::reverse(found.begin(), found.end());
    std::vector<storage::Activity> page;
    std::int64_t place = 0;
    for (auto& activity : found) {
      if (place >= request.offset && place - request.offset < request.limit) {
        page.push_back(std::move(activity));
      }
      ++place;
    }
    if (forwards) std::reverse(page.begin(), page.end());
    return page;
  }
  core::Result<std::optional<storage::Activity>> activity(std::string_view id) override {
    for (const auto& activity : contents_.activities) {
      if (activity.id == id) return activity;
    }
    return std::nullopt;
  }
  core::Result<std::optional<std::string>> dataset_formerly(std::string_view name) override {
    return formerly(contents_.dataset_names, datasets_, name);
  }
  core::Result<std::optional<std::string>> group_formerly(std::string_view name) override {
    return formerly(contents_.group_names, groups_, name);
  }
  core::Result<std::optional<storage::Tombstone>> tombstone(std::string_view dataset_id) override {
    const auto found = contents_.tombstones.find(dataset_id);
    if (found == contents_.tombstones.end()) return std::nullopt;
    return found->second;
  }
  core::Result<std::optional<storage::AnsweredKey>> answered_key(std::string_view user_id,
                                                                 std::string_view key) override {
    const auto found = contents_.keys.find({std::string(user_id), std::string(key)});
    if (found == contents_.keys.end()) return std::nullopt;
    return found->second;
  }

 private:
  static bool has(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  }
  static bool is_asked(const storage::Activity& activity, const storage::ActivityRequest& request) {
    if (!request.object_id.empty()) {
      if (activity.object_id != request.object_id) return false;
    } else if (!request.organization_id.empty()) {
      if (activity.object_id != request.organization_id &&
          activity.organization_id != request.organization_id) {
        return false;
      }
    } else if (!request.user_id.empty() && activity.user_id != request.user_id) {
      return false;
    }
    return (request.types.empty() || has(request.types, activity.type)) &&
           !has(request.without_types, activity.type) &&
           (!request.before || activity.time < *request.before) &&
           (!request.after || activity.time > *request.after) &&
           (!request.public_only || activity.is_public);
  }
  template <typename Value>
  static std::optional<std::string> formerly(
      const std::map<std::string, std::string, std::less<>>& names,
      const std::map<std::string, Value>& values, std::string_view name) {
    for (const auto& [id, value] : values) {
      if (value.name == name && value.state != core::State::kDeleted) return std::nullopt;
    }
    const auto found = names.find(name);
    if (found == names.end()) return std::nullopt;
    const auto holder = values.find(found->second);
    if (holder == values.end() || holder->second.name == name) return std::nullopt;
    return found->second;
  }

  const HistoryContents& contents_;
  const std::map<std::string, core::Dataset>& datasets_;
  const std::map<std::string, core::Group>& groups_;
};

class FakeHistoryWriter final : public storage::HistoryWriter {
 public:
  explicit FakeHistoryWriter(HistoryContents& contents) : contents_(contents) {}

  core::Result<void> append_audit(const core::AuditEntry& entry,
                                  const core::AuditHead& head) override {
    if (entry.number != head.number || entry.number != contents_.head.number + 1) {
      return core::fail_internal("the audit entry does not follow the head");
    }
    contents_.audit.push_back(entry);
    contents_.head = head;
    return {};
  }
  core::Result<void> put_activity(const storage::Activity& activity) override {
    contents_.activities.push_back(activity);
    return {};
  }
  core::Result<void> put_former_dataset_name(std::string_view name,
                                             std::string_view dataset_id) override {
    contents_.dataset_names[std::string(name)] = dataset_id;
    return {};
  }
  core::Result<void> put_former_group_name(std::string_view name,
                                           std::string_view group_id) override {
    contents_.group_names[std::string(name)] = group_id;
    return {};
  }
  core::Result<void> put_tombstone(const storage::Tombstone& tombstone) override {
    contents_.tombstones[tombstone.dataset_id] = tombstone;
    return {};
  }
  core::Result<void> remove_tombstone(std::string_view dataset_id) override {
    contents_.tombstones.erase(std::string(dataset_id));
    return {};
  }
  core::Result<void> put_answered_key(const storage::AnsweredKey& key) override {
    contents_.keys[{key.user_id, key.key}] = key;
    return {};
  }
  core::Result<void> forget_answered_keys(core::Timestamp older_than) override {
    std::erase_if(contents_.keys,
                  [&](const auto& entry) { return entry.second.time < older_than; });
    return {};
  }

 private:
  HistoryContents& contents_;
};

}  // namespace minato::support
