// `minato jobs`.
#pragma once

#include "cli/publish/commands.h"

namespace minato::cli {

core::Result<int> list_jobs(PublishCommand& command);
core::Result<int> show_job(PublishCommand& command);
// Publishes it here, unless the server is quicker; exit status as `minato publish`.
core::Result<int> confirm_job(PublishCommand& command);
core::Result<int> cancel_job(PublishCommand& command);

}  // namespace minato::cli
