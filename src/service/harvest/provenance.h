// Where a harvested dataset came from, as extras: the three of CKAN's harvester and ours.
#pragma once

#include "service/harvest/batch.h"

namespace minato::service {

// Writes what is known of this fetch.
void set_provenance(core::Dataset& dataset, const ImportItem& item, const ImportBatch& batch);
// Takes over what an earlier fetch wrote, so that it makes no difference.
void keep_provenance(const core::Dataset& before, core::Dataset& dataset);

}  // namespace minato::service
