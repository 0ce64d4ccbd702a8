#include "harvest/run/batch_import.h"

#include <chrono>
#include <map>
#include <utility>

#include "core/sha256.h"
#include "harvest/run/faults.h"
#include "harvest/run/file_queue.h"
#include "harvest/run/known_state.h"

namespace minato::harvest {

namespace {

using core::RecordReport;
using core::Result;
using storage::HarvestObject;

constexpr std::chrono::seconds kReadTimeout{30};

bool is_done(const HarvestObject& object) {
  return object.state == HarvestObject::State::kComplete ||
         object.state == HarvestObject::State::kError;
}

}  // namespace

BatchImport::BatchImport(JobRun& run, ObjectResults& results)
    : run_(run), results_(results), reading_mark_(reading_mark(run.source)) {}

Result<void> BatchImport::run(Objects& objects) {
  if (auto done = complete_unchanged(objects); !done) return done;
  std::vector<service::HarvestedDataset> batch;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (is_done(objects[i])) continue;
    service::HarvestedDataset harvested;
    if (!read_one(objects[i], harvested)) continue;
    batch.push_back(std::move(harvested));
    places.push_back(i);
  }
  if (!batch.empty()) {
    if (auto going = run_.keeper.check(); !going) return going;
    if (auto done = import_read(objects, places, batch); !done) return done;
  }
  return results_.save(objects);
}

Result<void> BatchImport::complete_unchanged(Objects& objects) {
  std::vector<std::string> ids;
  for (const HarvestObject& object : objects) ids.push_back(object.remote_id);
  auto records = run_.stores.harvest.records(run_.source.id, ids);
  if (!records) return tl::unexpected(std::move(records).error());
  std::map<std::string_view, const storage::HarvestRecord*> known;
  for (const storage::HarvestRecord& record : *records) known[record.remote_id] = &record;
  for (HarvestObject& object : objects) {
    const auto record = known.find(object.remote_id);
    // One that was in hand as a process died is imported again: its files may not be queued yet.
    if (object.attempts > 0 || record == known.end() || !is_settled(*record->second)) continue;
    core::Sha256 hash;
    hash.add(object.content);
    hash.add(reading_mark_);
    if (hash.hex() != record->second->content_hash) continue;
    object.dataset_id = record->second->dataset_id;
    results_.complete(object, RecordReport::kUnchanged);
  }
  return {};
}

bool BatchImport::read_one(HarvestObject& object, service::HarvestedDataset& harvested) {
  GatheredRecord record{object.remote_id, object.remote_modified, object.url,
                        std::move(object.content)};
  auto dataset = guarded([&] { return run_.adapter.read(record); });
  if (!dataset) {
    results_.fail(object, "import", dataset.error());
    return false;
  }
  harvested.dataset = *std::move(dataset);
  harvested.object = object;
  harvested.object.content = std::move(record.content) + reading_mark_;
  return true;
}

Result<void> BatchImport::import_read(Objects& objects, const std::vector<std::size_t>& places,
                                      const std::vector<service::HarvestedDataset>& batch) {
  auto imported = service::import_harvested(batch, run_.import_context(), run_.target());
  if (!imported) return tl::unexpected(std::move(imported).error());
  if (imported->size() != batch.size()) return core::fail_internal("an import lost records");
  for (std::size_t i = 0; i < places.size(); ++i) {
    HarvestObject& object = objects[places[i]];
    if (auto done = correct_repetition(object, (*imported)[i]); !done) return done;
    take_result(object, (*imported)[i]);
  }
  return queue_imported_files(run_, *imported);
}

void BatchImport::take_result(HarvestObject& object, const service::ImportedRecord& imported) {
  if (imported.report == RecordReport::kErrored) {
    results_.fail(object, "import", imported.error);
    return;
  }
  object.dataset_id = imported.dataset_id;
  object.moved = imported.moved;
  results_.complete(object, imported.report);
  if (imported.report != RecordReport::kUnchanged || imported.moved) {
    run_.note({run_.source.name, object.remote_id, imported});
  }
}

// A crash between the catalogue's commit and ours makes the second import find nothing to do.
Result<void> BatchImport::correct_repetition(const HarvestObject& object,
                                             service::ImportedRecord& imported) {
  if (object.attempts == 0 || imported.report != RecordReport::kUnchanged) return {};
  auto reader = run_.stores.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto dataset = (*reader)->dataset(imported.dataset_id);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset) return {};
  if ((*dataset)->created >= object.gathered) {
    imported.report = RecordReport::kAdded;
  } else if ((*dataset)->modified >= object.gathered) {
    imported.report = RecordReport::kUpdated;
  }
  return {};
}

}  // namespace minato::harvest
