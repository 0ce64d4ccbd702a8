// From what a source says to datasets of the catalogue: vocabularies, names, identity, merge,
// deletion. No network.
//
// Identity is (source, remote id); the dataset's id follows from it, so that a repeated import
// after a crash meets its own work. Origin (catalogue) holds the base of the merge; the harvest
// store holds what may be lost.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"
#include "formats/remote/source_options.h"
#include "storage/catalog_store.h"
#include "storage/harvest_store.h"

namespace minato::service {

struct HarvestedDataset {
  storage::HarvestObject
      object;             // remote_id, url, remote_modified, id, job_id; content for its hash
  core::Dataset dataset;  // as harvest/sources/source.h describes it
};

// One field that an import changes, or would change: "/resources/<id>/name".
struct FieldDifference {
  std::string pointer;
  std::string before;
  std::string after;
};

struct ImportedRecord {
  core::RecordReport report = core::RecordReport::kNone;
  std::string dataset_id;
  std::string dataset_name;
  bool moved = false;
  std::string moved_from;                    // remote id
  std::string duplicate_of;                  // name of the dataset; kDuplicate
  std::vector<std::string> kept;             // fields that staff own, as JSON Pointers
  std::vector<FieldDifference> differences;  // filled when HarvestTarget::with_differences
  core::Error error;                         // kErrored
  std::vector<core::Resource> resources;     // as the catalogue holds them now
};

struct HarvestTarget {
  storage::CatalogStore& catalog;
  storage::HarvestStore& harvest;
  const core::Clock& clock;
  bool dry_run = false;  // writes nothing into the catalogue
  bool with_differences = false;
};

struct HarvestImportContext {
  const core::HarvestSource& source;
  const formats::SourceOptions& options;
  std::string job_id;
};

// Brings a batch into the catalogue in one transaction, writes records and keys, and tells what
// became of each, in the same order. A bad one is reported (kErrored), the others go on. Fails as
// the stores fail; then nothing of the batch has changed, or a repetition finds it done.
core::Result<std::vector<ImportedRecord>> import_harvested(
    const std::vector<HarvestedDataset>& batch, const HarvestImportContext& context,
    const HarvestTarget& target);

struct DeletionRules {
  std::int64_t grace_days = 7;
  std::int64_t grace_runs = 3;     // sightings of its absence
  std::int64_t hold_percent = 20;  // more vanishing at once than this: hold
};

struct VanishedReport {
  std::vector<std::string> missing;  // remote ids, within their grace
  std::vector<std::string> deleted;  // names of datasets
  bool held = false;                 // nothing was deleted: a person must confirm
  std::int64_t live = 0;             // records the source had
};

// After a job with a complete listing: counts absences, deletes what has been gone long enough
// (state kDeleted; a staff deletion is left alone), revives nothing (import does). Sets
// HarvestSource::deletions_held.
core::Result<VanishedReport> delete_vanished(const HarvestImportContext& context,
                                             const DeletionRules& rules,
                                             const HarvestTarget& target);

// A person agrees that what is missing now may go once its grace is over. Gives how many records.
core::Result<std::int64_t> confirm_deletions(std::string_view source_id,
                                             storage::HarvestStore& store);

// Writes the date at which the source was last seen whole into the catalogue.
core::Result<void> confirm_source(const core::HarvestSource& source, core::Timestamp now,
                                  storage::CatalogStore& catalog);

}  // namespace minato::service
