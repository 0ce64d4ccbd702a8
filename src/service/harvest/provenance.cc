#include "service/harvest/provenance.h"

#include "service/harvest/extras.h"
#include "service/harvest/text.h"

namespace minato::service {

void set_provenance(core::Dataset& dataset, const ImportItem& item, const ImportBatch& batch) {
  const storage::HarvestObject& object = item.given->object;
  const core::HarvestSource& source = batch.source();
  std::string modified = clean_text(object.remote_modified, TextShape::kLine);
  if (modified.empty() && item.given->dataset.modified.us != 0) {
    modified = core::to_ckan_time(item.given->dataset.modified);
  }
  std::string url = clean_text(object.url, TextShape::kLine);
  if (url.empty()) url = item.theirs.url;
  auto& extras = dataset.extras;
  set_extra(extras, "harvest_source_id", source.id);
  set_extra(extras, "harvest_source_title", clean_text(source.title, TextShape::kLine));
  set_extra(extras, "harvest_object_id", object.id);
  set_extra(extras, "harvest_url", std::move(url));
  set_extra(extras, "harvest_fetched", core::to_ckan_time(object.fetched.value_or(batch.now)));
  set_extra(extras, "harvest_modified", std::move(modified));
  set_extra(extras, "harvest_hash", item.content_hash);
}

void keep_provenance(const core::Dataset& before, core::Dataset& dataset) {
  for (const core::Extra& extra : before.extras) {
    if (is_provenance_key(extra.key)) set_extra(dataset.extras, extra.key, extra.value);
  }
}

}  // namespace minato::service
