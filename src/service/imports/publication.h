// The end of an import: the file becomes the resource's and its tables become current, in one
// transaction with the audit entry.
#pragma once

#include <functional>

#include "core/dataset.h"
#include "core/error.h"
#include "service/audited_store.h"
#include "service/table_preparation.h"
#include "storage/push_store.h"

namespace minato::service {

struct Publication {
  const storage::ImportJob& job;
  const core::Resource& resource;            // with the file in it
  const PreparedTables* prepared = nullptr;  // null: its tables are current already
  std::function<bool()> is_ours;  // asked inside the transaction; false: nobody else's work is
                                  // overwritten, kConflict "job-lease-lost"
};

// The resource has that file, under that name and format.
bool has_file(const core::Resource& resource, const core::Resource& wanted);

// kConflict "table-version-taken": somebody else published meanwhile. kNotFound
// "resource-not-found". Nothing to change is no error, and leaves no entry.
core::Result<void> publish_file(const Publication& publication, AuditedStore& store);

}  // namespace minato::service
