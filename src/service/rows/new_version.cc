#include "service/rows/new_version.h"

#include <chrono>
#include <string>
#include <utility>

#include "service/rows/row_publication.h"

namespace minato::service {
namespace {

using core::Result;

constexpr std::chrono::seconds kReadTimeout{30};

Result<std::int64_t> next_version(const Workshop& shop, const std::string& table_id) {
  auto reader = shop.store.store().read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto versions = (*reader)->table_versions(table_id);
  if (!versions) return tl::unexpected(std::move(versions).error());
  const std::int64_t last = versions->empty() ? 0 : versions->front().version;
  return shop.target.tables.free_version(table_id, last + 1);
}

}  // namespace

Result<TablePlace> place_of(const Workshop& shop, std::string_view id, bool force) {
  auto reader = shop.store.store().read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  return find_place(**reader, id, shop.context.caller, force);
}

Result<void> NewVersion::begin() {
  key_.table_id = place_.current ? place_.current->table_id : place_.resource.id;
  auto version = next_version(shop_, key_.table_id);
  if (!version) return tl::unexpected(std::move(version).error());
  key_.version = *version;
  auto reviser = shop_.target.tables.revise(place_.key(), key_);
  if (!reviser) return tl::unexpected(std::move(reviser).error());
  reviser_ = *std::move(reviser);
  return {};
}

RowsWritten NewVersion::as_it_is(RowsWritten written) const {
  written.rows = reviser_->rows();
  written.columns = reviser_->schema().columns;
  return written;
}

Result<RowsWritten> NewVersion::publish(RowsWritten written, std::string_view action,
                                        std::optional<storage::TableDefinition> definition) {
  auto schema = reviser_->finish();
  if (!schema) return tl::unexpected(std::move(schema).error());
  written.rows = schema->rows;
  written.version = key_.version;
  const RowPublication publication{place_,  std::string(action), force_,
                                   written, version_of(*schema), std::move(definition),
                                   false};
  auto published = publish_rows(shop_.store, shop_.options, publication, shop_.context);
  if (!published || published->written.replayed) {
    // Nobody's by now; a leftover is only disk space.
    (void)shop_.target.tables.remove(key_);
  }
  if (!published) return tl::unexpected(std::move(published).error());
  if (published->written.replayed) return replayed(written);
  for (const auto& old : published->superseded) (void)shop_.target.tables.remove(old);
  if (shop_.options.published) shop_.options.published(key_);
  written.columns = std::move(schema->columns);
  return written;
}

// The same key was answered while this call was under way.
Result<RowsWritten> NewVersion::replayed(const RowsWritten& written) {
  auto known = replayed_rows(shop_.store, shop_.context);
  if (!known) return tl::unexpected(std::move(known).error());
  return *known ? **std::move(known) : written;
}

storage::TableVersion NewVersion::version_of(const core::TableSchema& schema) const {
  // The file stays the one it came from, so that it is not imported again.
  storage::TableVersion version = place_.current.value_or(storage::TableVersion{});
  version.table_id = key_.table_id;
  version.resource_id = place_.resource.id;
  version.version = key_.version;
  version.created = shop_.target.clock.now();
  version.rows = schema.rows;
  version.columns = static_cast<std::int64_t>(schema.columns.size());
  version.container = kRowsContainer;
  return version;
}

}  // namespace minato::service
