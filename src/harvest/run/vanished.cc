#include "harvest/run/vanished.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "core/uuid.h"
#include "harvest/run/faults.h"

namespace minato::harvest {

namespace {

using core::Result;

constexpr std::chrono::seconds kReadTimeout{30};

core::Error held_error(const service::VanishedReport& report, const core::HarvestSource& source) {
  const std::string missing = std::to_string(report.missing.size());
  const std::string live = std::to_string(report.live);
  return core::fail(core::ErrorCode::kConflict, "harvest-deletions-held",
                    {"一覧から一度に多くのレコードが消えたため (" + live + " 件中 " + missing +
                         " 件)、削除を止めています。",
                     "Too many records vanished at once (" + missing + " of " + live +
                         "), so nothing is deleted."},
                    {"公開元を確かめ、正しければ minato harvest confirm " + source.name +
                         " で承認してください。",
                     "Look at the publisher's site; if it is right, run minato harvest confirm " +
                         source.name + "."})
      .value();
}

// The deleted among those that were not seen, as rows of the job: they make its count.
Result<std::vector<storage::HarvestObject>> deletion_notes(
    const JobRun& run, const std::vector<storage::HarvestRecord>& unseen,
    const std::vector<std::string>& names) {
  auto reader = run.stores.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  std::vector<storage::HarvestObject> notes;
  for (const storage::HarvestRecord& record : unseen) {
    auto dataset = (*reader)->dataset(record.dataset_id);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    if (!*dataset || std::find(names.begin(), names.end(), (*dataset)->name) == names.end()) {
      continue;
    }
    storage::HarvestObject note;
    note.id = core::random_uuid();
    note.job_id = run.job.id;
    note.source_id = run.source.id;
    note.remote_id = record.remote_id;
    note.dataset_id = record.dataset_id;
    note.url = record.url;
    note.state = storage::HarvestObject::State::kComplete;
    note.report = core::RecordReport::kDeleted;
    note.gathered = run.stores.clock.now();
    note.imported = note.gathered;
    service::ImportedRecord deleted;
    deleted.report = core::RecordReport::kDeleted;
    deleted.dataset_id = record.dataset_id;
    deleted.dataset_name = (*dataset)->name;
    run.note({run.source.name, record.remote_id, std::move(deleted)});
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace

Result<void> remove_vanished(JobRun& run) {
  if (!run.job.complete_listing) return {};
  auto unseen = run.stores.harvest.unseen_records(run.source.id, run.job.id);
  if (!unseen) return tl::unexpected(std::move(unseen).error());
  auto report = service::delete_vanished(run.import_context(), run.limits.deletions, run.target());
  if (!report) return tl::unexpected(std::move(report).error());
  if (!report->deleted.empty()) {
    auto notes = deletion_notes(run, *unseen, report->deleted);
    if (!notes) return tl::unexpected(std::move(notes).error());
    if (auto done = run.stores.harvest.add_objects(run.job.id, *notes); !done) return done;
  }
  if (!report->held) return {};
  return add_fault(run.stores.harvest, {run.job.id, "gather", "", "", run.source.url},
                   held_error(*report, run.source), run.stores.clock.now());
}

}  // namespace minato::harvest
