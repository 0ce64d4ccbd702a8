// Where a dataset came from: what the import wrote into its extras (harvest_provenance.h), and what
// the catalogue knows of its source now.
#include <algorithm>

#include "service/catalog.h"

namespace minato::service {
namespace {

std::string extra_of(const core::Dataset& dataset, std::string_view key) {
  const auto found = std::find_if(dataset.extras.begin(), dataset.extras.end(),
                                  [key](const core::Extra& extra) { return extra.key == key; });
  return found == dataset.extras.end() ? std::string() : found->value;
}

}  // namespace

core::Result<std::optional<core::Provenance>> Catalog::provenance(const core::Dataset& dataset) {
  core::Provenance provenance;
  provenance.source = extra_of(dataset, "harvest_source_id");
  if (provenance.source.empty()) return std::nullopt;
  provenance.source_title = extra_of(dataset, "harvest_source_title");
  provenance.url = extra_of(dataset, "harvest_url");
  if (const auto time = core::parse_iso8601(extra_of(dataset, "harvest_fetched"))) {
    provenance.fetched = core::to_rfc3339(*time);
  }
  provenance.remote_modified = extra_of(dataset, "harvest_modified");
  provenance.hash = extra_of(dataset, "harvest_hash");
  const auto view = reader();
  if (!view) return tl::unexpected(view.error());
  const auto confirmed = (*view)->source_confirmation(provenance.source);
  if (!confirmed) return tl::unexpected(confirmed.error());
  if (*confirmed) provenance.last_confirmed = (*confirmed)->confirmed;
  const auto owners = (*view)->field_owners(dataset.id);
  if (!owners) return tl::unexpected(owners.error());
  for (const storage::FieldOwner& owner : *owners) {
    provenance.kept_fields.push_back(owner.pointer);
  }
  return provenance;
}

}  // namespace minato::service
