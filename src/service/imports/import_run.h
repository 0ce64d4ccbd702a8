// One job from its claim to its end.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/error.h"
#include "service/audited_store.h"
#include "service/imports/brakes.h"
#include "service/table_preparation.h"
#include "storage/push_store.h"

namespace minato::service {

struct ImportServices {
  AuditedStore& store;
  const ImportTarget& target;
  storage::PushStore& jobs;
};

struct ImportWatch {
  std::function<bool()> go_on;  // false: stop as soon as possible
  std::function<bool()> renew;  // the lease, durably; false: it is somebody else's
  std::function<void(std::int64_t rows)> progress;  // rows read; may be empty
};

// Reads, compares, and publishes or holds; fills state, report and error of the job. Only faults
// that the next try may not have are errors: a stop, a lost lease.
core::Result<void> run_import(storage::ImportJob& job, const ImportServices& services,
                              const BrakeOptions& brakes, const ImportWatch& watch);

// The job failed for good.
void fail_job(storage::ImportJob& job, const core::Error& error);

// kConflict "job-outdated".
core::Error job_outdated();

}  // namespace minato::service
