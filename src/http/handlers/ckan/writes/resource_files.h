// Files that come with a resource, and the tables they become.
#pragma once

#include <string>
#include <string_view>

#include "core/dataset.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {

// Puts the file among those we keep. Nothing is kept of a caller who may not change datasets of
// that organization. Failures are those of the field "upload".
Checked<service::StoredFile> keep_file(const WriteCall& call, const UploadedPart& part,
                                       std::string_view organization);

// Makes it the file of a resource that has none yet.
void put_file(core::Resource& resource, const service::StoredFile& file, core::Timestamp now);

struct FileImport {
  std::string resource_id;
  service::StoredFile file;
  // The resource has another file, which stays until this one is published.
  bool replaces = false;
};

// Starts the import, waits for it as long as the limits say, and tells how it stands. Fails when
// the new file is not published because something looks like a mistake, or it cannot be read.
Checked<storage::ImportJob> import_file(const WriteCall& call, const FileImport& wanted);

// "waiting", "running", "held", "done", "failed", "cancelled".
std::string_view job_state_name(storage::ImportJob::State state);

}  // namespace minato::http::ckan
