#include "service/table_import.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace minato::service {

namespace {

using core::Resource;
using core::Result;
using storage::TableVersion;

constexpr std::chrono::seconds kReadTimeout{30};

// What the catalogue knows of the tables of a resource so far.
struct Known {
  std::vector<TableVersion> current;
  std::optional<storage::TableRefusal> refusal;
};

Result<Known> load_known(const Resource& resource, storage::CatalogStore& catalog) {
  auto reader = catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto current = (*reader)->tables_of(resource.id);
  if (!current) return tl::unexpected(std::move(current).error());
  auto refusal = (*reader)->table_refusal(resource.id);
  if (!refusal) return tl::unexpected(std::move(refusal).error());
  return Known{*std::move(current), *std::move(refusal)};
}

bool is_done(const Known& known, const std::string& input_hash) {
  if (known.refusal && known.refusal->input_hash == input_hash) return true;
  return !known.current.empty() &&
         std::all_of(known.current.begin(), known.current.end(),
                     [&](const auto& table) { return table.input_hash == input_hash; });
}

Result<std::vector<Resource>> resources_with_file(const std::vector<std::string>& names,
                                                  storage::CatalogStore& catalog) {
  auto reader = catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  std::vector<Resource> resources;
  for (const std::string& name : names) {
    auto dataset = (*reader)->dataset(name);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    if (!*dataset) continue;
    for (Resource& resource : (*dataset)->resources) {
      if (!resource.blob.empty() && resource.state == core::State::kActive) {
        resources.push_back(std::move(resource));
      }
    }
  }
  return resources;
}

}  // namespace

Result<ImportOutcome> import_resource(const Resource& resource, const ImportTarget& target) {
  if (resource.blob.empty()) return ImportOutcome{};
  auto known = load_known(resource, target.catalog);
  if (!known) return tl::unexpected(std::move(known).error());
  if (is_done(*known, input_hash_of(resource))) {
    return ImportOutcome{ImportOutcome::Kind::kUnchanged, std::move(known->current), {}};
  }
  auto prepared = prepare_tables(resource, target);
  if (!prepared) return tl::unexpected(std::move(prepared).error());
  auto published = target.catalog.write([&](storage::CatalogWriter& writer) {
    return publish_tables(writer, *prepared, target.clock.now());
  });
  if (!published) return tl::unexpected(std::move(published).error());
  prepared->keep();
  if (prepared->refusal()) {
    return ImportOutcome{ImportOutcome::Kind::kRefused, {}, *prepared->refusal()};
  }
  ImportOutcome outcome{ImportOutcome::Kind::kImported, {}, {}};
  for (const PreparedTable& table : prepared->tables()) outcome.tables.push_back(table.version);
  return outcome;
}

Result<ImportSummary> import_datasets(
    const std::vector<std::string>& names, const ImportTarget& target,
    const std::function<void(const Resource&, const Result<ImportOutcome>&)>& note) {
  auto resources = resources_with_file(names, target.catalog);
  if (!resources) return tl::unexpected(std::move(resources).error());
  ImportSummary summary;
  for (const Resource& resource : *resources) {
    const auto outcome = import_resource(resource, target);
    if (outcome) {
      for (const TableVersion& table : outcome->tables) {
        summary.tables.push_back({table.table_id, table.version});
      }
    }
    if (!outcome) {
      ++summary.failed;
    } else if (outcome->kind == ImportOutcome::Kind::kImported) {
      summary.imported += static_cast<std::int64_t>(outcome->tables.size());
    } else if (outcome->kind == ImportOutcome::Kind::kRefused) {
      ++summary.refused;
    } else {
      continue;
    }
    note(resource, outcome);
  }
  return summary;
}

}  // namespace minato::service
