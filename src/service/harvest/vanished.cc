// delete_vanished(): records that a source no longer lists, told from those it lists badly today.
#include <algorithm>
#include <chrono>
#include <utility>

#include "service/harvest/batch.h"
#include "service/harvest/import.h"

namespace minato::service {

namespace {

using core::Result;
using storage::HarvestRecord;
using storage::Origin;

constexpr std::chrono::seconds kReadTimeout{30};
constexpr std::int64_t kDayUs = std::int64_t{24} * 3600 * 1'000'000;
constexpr std::size_t kDeletionsPerWrite = 200;
constexpr std::int64_t kJobsLookedAt = 1000;

class Deletion {
 public:
  Deletion(const HarvestImportContext& context, const DeletionRules& rules,
           const HarvestTarget& target)
      : context_(context), rules_(rules), target_(target), now_(target.clock.now()) {}

  Result<VanishedReport> run() {
    auto live = target_.harvest.count_records(context_.source.id);
    if (!live) return tl::unexpected(std::move(live).error());
    report_.live = *live;
    auto unseen = target_.harvest.unseen_records(context_.source.id, context_.job_id);
    if (!unseen) return tl::unexpected(std::move(unseen).error());
    if (auto done = count_sightings(*unseen); !done) return tl::unexpected(done.error());
    const auto unconfirmed =
        std::count_if(unseen->begin(), unseen->end(),
                      [](const HarvestRecord& record) { return !record.missing_confirmed; });
    report_.held = unconfirmed * 100 > rules_.hold_percent * report_.live;
    if (auto done = note_hold(); !done) return tl::unexpected(done.error());
    if (auto done = put(*unseen); !done) return tl::unexpected(done.error());
    auto due = report_.held ? unseen->end() : split_due(*unseen);
    for (auto record = unseen->begin(); record != due; ++record) {
      report_.missing.push_back(record->remote_id);
    }
    std::vector<HarvestRecord> gone(due, unseen->end());
    if (auto done = delete_all(gone); !done) return tl::unexpected(done.error());
    return std::move(report_);
  }

 private:
  // Those whose grace is over go to the end; where they begin.
  std::vector<HarvestRecord>::iterator split_due(std::vector<HarvestRecord>& records) const {
    return std::stable_partition(records.begin(), records.end(), [&](const HarvestRecord& record) {
      return record.missing_runs < rules_.grace_runs ||
             now_.us - record.missing_since->us < rules_.grace_days * kDayUs;
    });
  }

  // Counted from the jobs that saw the whole listing, not one by one, so that a job which comes
  // here twice (a crash) counts once.
  Result<void> count_sightings(std::vector<HarvestRecord>& records) {
    if (records.empty()) return {};
    storage::JobQuery query;
    query.source_id = context_.source.id;
    query.limit = kJobsLookedAt;
    auto jobs = target_.harvest.jobs(query);
    if (!jobs) return tl::unexpected(std::move(jobs).error());
    for (HarvestRecord& record : records) {
      record.missing_runs = 1;                     // this one
      for (const core::HarvestJob& job : *jobs) {  // newest first
        if (job.id == record.last_job) break;
        if (job.id != context_.job_id && job.complete_listing) ++record.missing_runs;
      }
      if (!record.missing_since) record.missing_since = now_;
    }
    return {};
  }

  Result<void> note_hold() {
    if (target_.dry_run || context_.source.deletions_held == report_.held) return {};
    auto changed = target_.harvest.change_source(
        context_.source.id,
        [&](core::HarvestSource& source) { source.deletions_held = report_.held; });
    if (!changed) return tl::unexpected(std::move(changed).error());
    return {};
  }

  Result<void> put(const std::vector<HarvestRecord>& records) {
    if (target_.dry_run || records.empty()) return {};
    return target_.harvest.put_records(records);
  }

  Result<void> delete_all(std::vector<HarvestRecord>& gone) {
    for (std::size_t begin = 0; begin < gone.size(); begin += kDeletionsPerWrite) {
      const std::size_t end = std::min(gone.size(), begin + kDeletionsPerWrite);
      std::vector<HarvestRecord> some(gone.begin() + static_cast<std::ptrdiff_t>(begin),
                                      gone.begin() + static_cast<std::ptrdiff_t>(end));
      std::vector<std::string> names;
      if (auto done = delete_some(some, names); !done) return done;
      report_.deleted.insert(report_.deleted.end(), names.begin(), names.end());
      for (HarvestRecord& record : some) record.deleted = true;
      if (auto done = put(some); !done) return done;
    }
    return {};
  }

  Result<void> delete_some(const std::vector<HarvestRecord>& records,
                           std::vector<std::string>& names) {
    const auto each = [&](storage::CatalogReader& reader,
                          storage::CatalogWriter* writer) -> Result<void> {
      names.clear();
      for (const HarvestRecord& record : records) {
        auto name = delete_one(record, reader, writer);
        if (!name) return tl::unexpected(std::move(name).error());
        if (!name->empty()) names.push_back(*std::move(name));
      }
      return {};
    };
    if (!target_.dry_run) {
      return target_.catalog.write(
          [&](storage::CatalogWriter& writer) { return each(writer.reader(), &writer); });
    }
    auto reader = target_.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
    if (!reader) return tl::unexpected(std::move(reader).error());
    return each(**reader, nullptr);
  }

  // The dataset's name; empty: there is nothing to delete any more, or staff did it.
  Result<std::string> delete_one(const HarvestRecord& record, storage::CatalogReader& reader,
                                 storage::CatalogWriter* writer) {
    auto origin = reader.origin(record.source_id, record.remote_id);
    if (!origin) return tl::unexpected(std::move(origin).error());
    // Without one it goes on under another remote id: a move that was interrupted.
    if (!*origin || (*origin)->removed) return std::string();
    auto dataset = reader.dataset((*origin)->dataset_id);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    Origin next = **origin;
    const bool is_done = next.hash == kVanished;  // before a crash
    const bool is_gone = !*dataset || (*dataset)->state == core::State::kDeleted;
    if (is_gone) {
      next.removed = !is_done;  // by staff
      if (writer != nullptr && next.removed) {
        if (auto put = writer->put_origin(next); !put) return tl::unexpected(put.error());
      }
      return is_done && *dataset ? (*dataset)->name : std::string();
    }
    (*dataset)->state = core::State::kDeleted;
    (*dataset)->modified = now_;
    next.hash = kVanished;
    if (writer != nullptr) {
      if (auto put = writer->put_dataset(**dataset); !put) return tl::unexpected(put.error());
      if (auto put = writer->put_origin(next); !put) return tl::unexpected(put.error());
    }
    return (*dataset)->name;
  }

  const HarvestImportContext& context_;
  const DeletionRules& rules_;
  const HarvestTarget& target_;
  core::Timestamp now_;
  VanishedReport report_;
};

}  // namespace

Result<VanishedReport> delete_vanished(const HarvestImportContext& context,
                                       const DeletionRules& rules, const HarvestTarget& target) {
  return Deletion(context, rules, target).run();
}

Result<std::int64_t> confirm_deletions(std::string_view source_id, storage::HarvestStore& store) {
  auto missing = store.missing_records(source_id);
  if (!missing) return tl::unexpected(std::move(missing).error());
  for (HarvestRecord& record : *missing) record.missing_confirmed = true;
  if (auto done = store.put_records(*missing); !done) return tl::unexpected(done.error());
  auto changed = store.change_source(
      source_id, [](core::HarvestSource& source) { source.deletions_held = false; });
  if (!changed) return tl::unexpected(std::move(changed).error());
  return static_cast<std::int64_t>(missing->size());
}

}  // namespace minato::service
