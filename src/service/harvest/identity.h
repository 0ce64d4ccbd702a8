// Which records are the same dataset: one that changed its id (a move), one that another source
// publishes already (a duplicate).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "service/harvest/batch.h"

namespace minato::service {

// "id:<uuid>", "landing:<url>", "files:<hash>": what other sources may know the dataset by. Landing
// pages are the one that the dataset names and the one where the source shows the record. The
// dataset as normalize_harvested() leaves it.
std::vector<std::string> identity_keys(const core::Dataset& dataset,
                                       const storage::HarvestObject& object,
                                       const core::HarvestSource& source);

// The holders of the keys of a batch.
class Identities {
 public:
  static core::Result<Identities> load(const ImportBatch& batch);

  // The record of this source that goes on under the item's remote id: it has the same landing page
  // as nobody else, and this job, whose listing is complete, did not see it.
  core::Result<std::optional<storage::HarvestRecord>> moved_from(const ImportItem& item);

  // The dataset (not deleted) of another source that is the same as the item's, which would be
  // published as `theirs`.
  core::Result<std::optional<core::Dataset>> duplicate_of(const ImportItem& item,
                                                          const core::Dataset& theirs,
                                                          storage::CatalogReader& reader) const;

 private:
  explicit Identities(const ImportBatch& batch) : batch_(&batch) {}
  [[nodiscard]] bool is_shared(const std::string& landing, const ImportItem& item) const;
  core::Result<bool> is_listing_complete();

  const ImportBatch* batch_;
  std::map<std::string, std::vector<storage::HarvestStore::Key>> holders_;  // by key
  std::map<std::string, int> landings_;                                     // in this batch
  std::optional<bool> is_complete_;
};

}  // namespace minato::service
