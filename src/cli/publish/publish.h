// `minato publish FILE`.
#pragma once

#include "cli/publish/commands.h"

namespace minato::cli {

core::Result<int> publish_file(PublishCommand& command);

}  // namespace minato::cli
