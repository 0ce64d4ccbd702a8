#include "service/rows/row_writes.h"

#include <chrono>
#include <string>
#include <utility>

#include "service/rows/column_plan.h"
#include "service/rows/new_version.h"
#include "service/rows/row_changes.h"
#include "service/rows/row_errors.h"
#include "service/rows/row_publication.h"
#include "service/rows/table_defining.h"

namespace minato::service {
namespace {

using core::Result;

constexpr std::chrono::seconds kSearchTimeout{120};
// Other processes and imports publish without asking for our lock.
constexpr int kAttempts = 8;

std::string_view audit_action(RowMethod method) {
  if (method == RowMethod::kInsert) return "table.insert";
  return method == RowMethod::kUpdate ? "table.update" : "table.upsert";
}

// Runs `attempt` again when somebody else published first.
template <typename Attempt>
Result<RowsWritten> with_retries(const Attempt& attempt) {
  for (int i = 1;; ++i) {
    Result<RowsWritten> done = attempt();
    if (done || i == kAttempts) return done;
    const std::string& id = done.error().id;
    if (id != "table-version-taken" && id != "table-version-missing") return done;
  }
}

Result<std::vector<std::int64_t>> matching_rows(const Workshop& shop, const storage::TableKey& key,
                                                const RowWrites::FilterOf& filter) {
  auto reader = shop.target.tables.read(key, std::chrono::steady_clock::now() + kSearchTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto condition = filter((*reader)->schema());
  if (!condition) return tl::unexpected(std::move(condition).error());
  core::RowQuery query;
  query.filter = *std::move(condition);
  query.columns = {core::Operand::kRowId};
  query.limit = -1;
  auto cursor = (*reader)->rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  std::vector<std::int64_t> rows;
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return rows;
    rows.push_back(std::get<std::int64_t>((*cursor)->values()[0]));
  }
}

// The key of the definition; a file that was imported since may lack its columns: then there is
// none.
std::vector<std::size_t> places_of_key(const TablePlace& place,
                                       const std::vector<core::TableColumn>& columns) {
  if (!place.definition) return {};
  auto places = key_places(place.definition->primary_key, columns);
  return places ? *std::move(places) : std::vector<std::size_t>{};
}

Result<RowsWritten> write_once(const Workshop& shop, const RowWriteRequest& request) {
  auto place = place_of(shop, request.resource_id, request.force);
  if (!place) return tl::unexpected(std::move(place).error());
  if (!place->current) return no_table();
  if (request.if_version && *request.if_version != place->current->version) {
    return version_changed(place->current->version);
  }
  NewVersion next(shop, *std::move(place), request.force);
  if (auto begun = next.begin(); !begun) return tl::unexpected(std::move(begun).error());
  storage::TableReviser& reviser = next.reviser();
  auto records = fit_records(request.records, reviser.schema().columns, request.method);
  if (!records) return tl::unexpected(std::move(records).error());
  std::vector<std::size_t> key = places_of_key(next.place(), reviser.schema().columns);
  auto unique = reviser.set_key(key);
  if (!unique) return tl::unexpected(std::move(unique).error());
  if (!*unique) return key_not_unique(next.place().definition->primary_key);
  RowChanges changes(reviser, std::move(key), request.method);
  if (auto applied = changes.apply(*records); !applied) {
    return tl::unexpected(std::move(applied).error());
  }
  if (request.dry_run || !changes.any()) return next.as_it_is(changes.written());
  return next.publish(changes.written(), audit_action(request.method), std::nullopt);
}

Result<RowsWritten> remove_once(const Workshop& shop, std::string_view id,
                                const RowWrites::FilterOf& filter, bool force) {
  auto place = place_of(shop, id, force);
  if (!place) return tl::unexpected(std::move(place).error());
  if (!place->current) return no_table();
  auto rows = matching_rows(shop, *place->key(), filter);
  if (!rows) return tl::unexpected(std::move(rows).error());
  NewVersion next(shop, *std::move(place), force);
  if (auto begun = next.begin(); !begun) return tl::unexpected(std::move(begun).error());
  RowChanges changes(next.reviser(), {}, RowMethod::kUpdate);
  if (auto removed = changes.remove(*rows); !removed) {
    return tl::unexpected(std::move(removed).error());
  }
  if (!changes.any()) return next.as_it_is(changes.written());
  return next.publish(changes.written(), "table.delete_rows", std::nullopt);
}

}  // namespace

RowWrites::RowWrites(AuditedStore& store, const ImportTarget& target, RowWriteOptions options)
    : store_(store), target_(target), options_(std::move(options)) {}

std::mutex& RowWrites::lock_of(std::string_view resource_id) {
  return locks_[std::hash<std::string_view>{}(resource_id) % locks_.size()];
}

Result<RowsWritten> RowWrites::define(std::string_view resource_id, const TableDefinition& wanted,
                                      std::vector<RowRecord> records, bool force,
                                      const WriteContext& context) {
  if (static_cast<std::int64_t>(records.size()) > options_.max_records) {
    return too_many_records(options_.max_records);
  }
  const Workshop shop{store_, target_, options_, context};
  const std::lock_guard lock(lock_of(resource_id));
  auto known = replayed_rows(store_, context);
  if (!known) return tl::unexpected(std::move(known).error());
  if (*known) return **std::move(known);
  return with_retries([&] { return define_once(shop, resource_id, wanted, records, force); });
}

Result<RowsWritten> RowWrites::write(const RowWriteRequest& request, const WriteContext& context) {
  if (static_cast<std::int64_t>(request.records.size()) > options_.max_records) {
    return too_many_records(options_.max_records);
  }
  const Workshop shop{store_, target_, options_, context};
  const std::lock_guard lock(lock_of(request.resource_id));
  auto known = replayed_rows(store_, context);
  if (!known) return tl::unexpected(std::move(known).error());
  if (*known) return **std::move(known);
  return with_retries([&] { return write_once(shop, request); });
}

Result<RowsWritten> RowWrites::remove(std::string_view resource_id, const FilterOf& filter,
                                      bool force, const WriteContext& context) {
  const Workshop shop{store_, target_, options_, context};
  const std::lock_guard lock(lock_of(resource_id));
  auto known = replayed_rows(store_, context);
  if (!known) return tl::unexpected(std::move(known).error());
  if (*known) return **std::move(known);
  return with_retries([&] { return remove_once(shop, resource_id, filter, force); });
}

Result<void> RowWrites::drop(std::string_view resource_id, bool force,
                             const WriteContext& context) {
  const Workshop shop{store_, target_, options_, context};
  const std::lock_guard lock(lock_of(resource_id));
  auto known = replayed_rows(store_, context);
  if (!known) return tl::unexpected(std::move(known).error());
  if (*known) return {};
  auto dropped = with_retries([&]() -> Result<RowsWritten> {
    auto place = place_of(shop, resource_id, force);
    if (!place) return tl::unexpected(std::move(place).error());
    if (!place->current) return no_table();
    const RowsWritten written;
    const RowPublication publication{*place, "table.drop", force, written, {}, {}, true};
    auto published = publish_rows(store_, options_, publication, context);
    if (!published) return tl::unexpected(std::move(published).error());
    return written;
  });
  if (!dropped) return tl::unexpected(std::move(dropped).error());
  return {};
}

}  // namespace minato::service
