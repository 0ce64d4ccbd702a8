// Getting a local file into the data directory.
#pragma once

#include <string>

#include "cli/publish/commands.h"
#include "cli/publish/progress.h"
#include "core/error.h"
#include "service/imports/uploads.h"

namespace minato::cli {

// kNotFound "publish-file-unreadable", and the errors of service::Uploads. The file may be larger
// than memory.
core::Result<service::StoredFile> send_file(const std::string& path, PublishCommand& command,
                                            FileProgress& progress);

}  // namespace minato::cli
