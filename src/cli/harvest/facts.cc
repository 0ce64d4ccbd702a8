#include "cli/harvest/facts.h"

#include <chrono>

namespace minato::cli {

namespace {

using core::Result;

constexpr std::int64_t kJobs = 10;
constexpr std::int64_t kFaults = 20;
constexpr std::size_t kMissing = 50;
constexpr std::size_t kKept = 50;
constexpr std::chrono::seconds kReadLimit{30};

Result<void> read_faults(storage::HarvestStore& store, HarvestFacts& facts) {
  for (const core::HarvestJob& job : facts.jobs) {
    auto faults = store.faults(job.id, 0, kFaults);
    if (!faults) return tl::unexpected(faults.error());
    if (faults->empty()) {
      if (job.state == core::JobState::kFinished) return {};
      continue;
    }
    auto gather = store.fault_summary(job.id, true, kFaults);
    if (!gather) return tl::unexpected(gather.error());
    auto others = store.fault_summary(job.id, false, kFaults);
    if (!others) return tl::unexpected(others.error());
    facts.faults = *std::move(faults);
    facts.gather_faults = *std::move(gather);
    facts.fault_summary = *std::move(others);
    return {};
  }
  return {};
}

Result<void> read_missing(storage::HarvestStore& store, HarvestFacts& facts) {
  auto missing = store.missing_records(facts.source.id);
  if (!missing) return tl::unexpected(missing.error());
  facts.missing_count = missing->size();
  if (missing->size() > kMissing) missing->resize(kMissing);
  facts.missing = *std::move(missing);
  return {};
}

Result<void> read_kept(storage::sqlite::Storage& storage, HarvestFacts& facts) {
  // No job has this id: all live records.
  const auto records = storage.harvest->unseen_records(facts.source.id, "none");
  if (!records) return tl::unexpected(records.error());
  auto reader = storage.catalog->read(std::chrono::steady_clock::now() + kReadLimit);
  if (!reader) return tl::unexpected(reader.error());
  for (const storage::HarvestRecord& record : *records) {
    const auto owners = (*reader)->field_owners(record.dataset_id);
    if (!owners) return tl::unexpected(owners.error());
    for (const storage::FieldOwner& owner : *owners) {
      facts.kept.push_back({record.dataset_id, owner.pointer, owner.owner});
      if (facts.kept.size() == kKept) return {};
    }
  }
  return {};
}

}  // namespace

Result<HarvestFacts> gather_harvest_facts(const core::HarvestSource& source,
                                          storage::sqlite::Storage& storage) {
  HarvestFacts facts;
  facts.source = source;
  const auto records = storage.harvest->count_records(source.id);
  if (!records) return tl::unexpected(records.error());
  facts.records = *records;
  auto jobs = storage.harvest->jobs({source.id, false, 0, kJobs});
  if (!jobs) return tl::unexpected(jobs.error());
  facts.jobs = *std::move(jobs);
  Result<void> done = read_faults(*storage.harvest, facts);
  if (done) done = read_missing(*storage.harvest, facts);
  if (done) done = read_kept(storage, facts);
  if (!done) return tl::unexpected(done.error());
  return facts;
}

Result<std::optional<core::HarvestJob>> newest_job(const core::HarvestSource& source,
                                                   storage::HarvestStore& store) {
  auto jobs = store.jobs({source.id, false, 0, 1});
  if (!jobs) return tl::unexpected(jobs.error());
  if (jobs->empty()) return std::nullopt;
  return std::move(jobs->front());
}

}  // namespace minato::cli
