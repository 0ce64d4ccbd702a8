#include "harvest/run/job_claim.h"

#include <utility>

#include "core/process_owner.h"

namespace minato::harvest {

namespace {

using core::HarvestJob;
using core::Result;

tl::unexpected<core::Error> running_elsewhere(const core::HarvestSource& source) {
  return core::fail(core::ErrorCode::kConflict, "harvest-job-running",
                    {"収集元 " + source.name + " は別のプロセスが収集中です。",
                     "Another process is harvesting the source " + source.name + "."},
                    {"終わるのを待つか、minato harvest status で状態を確かめてください。",
                     "Wait for its end, or look at it with minato harvest status."});
}

Result<HarvestJob> job_to_do(const ClaimRequest& request, storage::HarvestStore& store,
                             core::Timestamp now) {
  auto open = unfinished_job(request.source.id, store);
  if (!open) return tl::unexpected(std::move(open).error());
  if (*open) return **std::move(open);
  auto created = store.create_job(request.source.id, request.trigger, now);
  if (created || created.error().id != "harvest-job-exists") return created;
  open = unfinished_job(request.source.id, store);  // somebody else was quicker
  if (!open) return tl::unexpected(std::move(open).error());
  if (!*open) return running_elsewhere(request.source);
  return **std::move(open);
}

}  // namespace

Result<std::optional<HarvestJob>> unfinished_job(std::string_view source_id,
                                                 storage::HarvestStore& store) {
  auto jobs = store.jobs({std::string(source_id), true, 0, 1});
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  if (jobs->empty()) return std::nullopt;
  return std::move(jobs->front());
}

Result<ClaimedJob> claim_source_job(const ClaimRequest& request, storage::HarvestStore& store,
                                    const core::Clock& clock) {
  const core::Timestamp now = clock.now();
  auto job = job_to_do(request, store, now);
  if (!job) return tl::unexpected(std::move(job).error());
  ClaimedJob claimed;
  claimed.broke_off = job->attempts > 0 && job->lease_until && *job->lease_until != kLeaseGivenUp;
  claimed.lease = {
      job->id, core::make_lease_owner(), {now.us + request.lease_s * 1'000'000}, request.lease_s};
  auto ours = store.claim_job(job->id, {claimed.lease.owner, now, claimed.lease.until},
                              core::is_dead_owner);
  if (!ours) return tl::unexpected(std::move(ours).error());
  if (!*ours) return running_elsewhere(request.source);
  auto fresh = store.job(job->id);
  if (!fresh) return tl::unexpected(std::move(fresh).error());
  if (!*fresh) return running_elsewhere(request.source);
  claimed.job = **std::move(fresh);
  return claimed;
}

}  // namespace minato::harvest
