// Reading tables: which version of a table somebody asks for, and whether they may.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/error.h"
#include "core/table.h"
#include "service/catalog.h"
#include "storage/catalog_store.h"
#include "storage/table_store.h"

namespace minato::service {

// One version of a table with what it belongs to.
struct FoundTable {
  storage::TableVersion version;
  bool is_current = true;
  core::Dataset dataset;
  core::Resource resource;
  std::shared_ptr<const core::TableSchema> schema;  // with statistics

  [[nodiscard]] storage::TableKey key() const { return {version.table_id, version.version}; }
};

using FoundTablePointer = std::shared_ptr<const FoundTable>;

struct TableVersions {
  std::vector<storage::TableVersion> all;  // newest first
  std::int64_t current = 0;                // 0: none is
};

struct TablesOptions {
  std::chrono::milliseconds query_timeout{5000};
  std::chrono::milliseconds export_timeout{3'600'000};  // a slow client takes its time
};

// The resource of a table id: "{resource id}" or "{resource id}.{part}".
std::string resource_of_table(std::string_view table_id);

// Thread-safe.
class Tables {
 public:
  // Keeps references: they must outlive it.
  Tables(Catalog& catalog, storage::CatalogStore& store, storage::TableStore& tables,
         TablesOptions options);

  // The current version, or that one. kNotFound "table-missing" (the resource has none; the
  // message says why), kGone "table-version-gone", or as Catalog::resource(). What anonymous
  // visitors find is kept for one revision of the catalogue.
  core::Result<FoundTablePointer> find(std::string_view table_id,
                                       std::optional<std::int64_t> version = std::nullopt,
                                       const core::Caller& caller = {});
  // Fails as find() when there are none. A sheet that is gone from its file has versions still.
  core::Result<TableVersions> versions(std::string_view table_id, const core::Caller& caller = {});
  // Current tables of a resource, by part; empty when it has none.
  core::Result<std::vector<storage::TableVersion>> of_resource(std::string_view resource_id,
                                                               const core::Caller& caller = {});
  // Ids of the resources that have a table and that the caller may see, sorted.
  core::Result<std::vector<std::string>> table_ids(const core::Caller& caller);
  // The same as find(), also by an alias of the resource (DataStore's).
  core::Result<FoundTablePointer> find_named(std::string_view id_or_alias,
                                             const core::Caller& caller);
  // Other names of the resource's table, sorted.
  core::Result<std::vector<std::string>> aliases(const FoundTable& table);
  core::Result<storage::ReadingNotes> notes(const FoundTable& table);
  core::Result<std::int64_t> stored_bytes(const FoundTable& table);

  // For one answer, within the query time limit.
  core::Result<std::unique_ptr<storage::TableReader>> read(const FoundTable& table);
  // For a download that goes on as long as its client reads.
  core::Result<std::unique_ptr<storage::TableReader>> read_for_export(const FoundTable& table);

  [[nodiscard]] Catalog& catalog() { return catalog_; }

 private:
  core::Result<std::unique_ptr<storage::CatalogReader>> reader();
  core::Result<FoundTablePointer> look_up(std::string_view table_id,
                                          std::optional<std::int64_t> version,
                                          const core::Caller& caller);
  FoundTablePointer remembered(const std::string& key, std::uint64_t revision);
  void remember(const std::string& key, std::uint64_t revision, FoundTablePointer found);

  Catalog& catalog_;
  storage::CatalogStore& store_;
  storage::TableStore& tables_;
  TablesOptions options_;
  std::mutex mutex_;  // guards the two below
  std::uint64_t found_revision_ = 0;
  std::unordered_map<std::string, FoundTablePointer> found_;
};

}  // namespace minato::service
