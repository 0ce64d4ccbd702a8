// What the parts of an import (import.h) share while a batch is on its way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/harvest/import.h"

namespace minato::service {

// Origin::hash of a dataset that was deleted because it vanished: it comes back when the record
// does, unlike one that staff deleted.
inline constexpr std::string_view kVanished = "vanished";

struct ImportItem {
  const HarvestedDataset* given = nullptr;
  core::Dataset theirs;      // in our vocabularies; without id and name, resources by their keys
  std::string remote_name;   // as the remote has it
  std::string content_hash;  // of what the source said
  std::string origin_hash;   // of that, and of what we make of it
  std::vector<std::string> keys;
  std::optional<storage::HarvestRecord> record;  // under its remote id
  std::optional<storage::HarvestRecord> moved;   // the same dataset, under another one
  bool is_new = false;                           // result: has no dataset before
  bool wants_write = false;                      // result: the catalogue has to change
  ImportedRecord result;

  [[nodiscard]] const std::string& remote_id() const { return given->object.remote_id; }
};

struct ImportBatch {
  const HarvestImportContext& context;
  const HarvestTarget& target;
  std::string owner_org;            // id of the organization
  std::vector<std::string> groups;  // ids of options.default_groups
  core::Timestamp now;
  std::vector<ImportItem> items;

  [[nodiscard]] const core::HarvestSource& source() const { return context.source; }
};

}  // namespace minato::service
