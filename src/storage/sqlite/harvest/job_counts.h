// What a job has counted. May throw SQLite::Exception.
#pragma once

#include <cstdint>

#include "core/harvest.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::harvest {

// Completes counts that hold what the job's row keeps (files, tables, missing, and the unchanged
// that were not queued as not_modified) by what is derived: reports of objects, faults of the
// gather stage, waiting files; `missing` of a job that goes on.
void derive_counts(Connection& connection, std::int64_t job_no, core::HarvestJob& job);

}  // namespace minato::storage::sqlite::harvest
