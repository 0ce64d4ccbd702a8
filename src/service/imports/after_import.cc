#include "service/imports/after_import.h"

#include <chrono>
#include <utility>
#include <vector>

namespace minato::service {

namespace {

using core::Result;
using storage::TableVersion;

constexpr std::chrono::seconds kReadTimeout{30};
constexpr std::int64_t kHourUs = std::int64_t{3600} * 1'000'000;

// Of one table, newest first.
std::vector<TableVersion> superfluous(const std::vector<TableVersion>& versions, std::int64_t keep,
                                      core::Timestamp now) {
  std::vector<TableVersion> old;
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const core::Timestamp replaced = versions[i - 1].created;
    if (static_cast<std::int64_t>(i) >= keep && replaced.us + kHourUs <= now.us) {
      old.push_back(versions[i]);
    }
  }
  return old;
}

// Files of versions that were written and never published: of a process that ended in between. No
// number below the current one can be published any more.
Result<void> remove_leftovers(const std::vector<TableVersion>& versions,
                              storage::TableStore& tables) {
  if (versions.size() < 2) return {};
  for (std::int64_t number = versions[1].version + 1; number < versions[0].version; ++number) {
    if (auto removed = tables.remove({versions[0].table_id, number}); !removed) return removed;
  }
  return {};
}

Result<void> prune(const TableVersion& current, const ImportServices& services, std::int64_t keep) {
  auto reader = services.target.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  const auto versions = (*reader)->table_versions(current.table_id);
  reader->reset();
  if (!versions) return tl::unexpected(versions.error());
  if (auto removed = remove_leftovers(*versions, services.target.tables); !removed) return removed;
  if (keep <= 0) return {};
  const auto old = superfluous(*versions, keep, services.target.clock.now());
  if (old.empty()) return {};
  auto forgotten = services.target.catalog.write([&](storage::CatalogWriter& writer) {
    for (const TableVersion& version : old) {
      auto done = writer.forget_table_version(version.table_id, version.version);
      if (!done) return done;
    }
    return Result<void>();
  });
  if (!forgotten) return forgotten;
  for (const TableVersion& version : old) {
    auto removed = services.target.tables.remove({version.table_id, version.version});
    if (!removed) return removed;
  }
  return {};
}

}  // namespace

Result<void> keep_tidy(std::string_view resource_id, const ImportServices& services,
                       const Upkeep& upkeep, const std::atomic<bool>& stop) {
  if (auto done = services.jobs.forget_jobs(upkeep.keep_jobs); !done) return done;
  auto reader = services.target.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  const auto current = (*reader)->tables_of(resource_id);
  reader->reset();
  if (!current) return tl::unexpected(current.error());
  for (const TableVersion& table : *current) {
    if (auto done = prune(table, services, upkeep.keep_versions); !done) return done;
    if (stop.load()) return {};
    auto indexed = services.target.tables.index_text({table.table_id, table.version}, &stop);
    if (!indexed && !stop.load()) return indexed;
  }
  return {};
}

}  // namespace minato::service
