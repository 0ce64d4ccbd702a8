// `minato publish` and `minato jobs`: publishing files from scripts on the server's machine. All of
// it works beside a running server and is audited.
#pragma once

#include <ostream>
#include <string>

#include "cli/publish/arguments.h"
#include "cli/writing_services.h"
#include "core/error.h"
#include "service/audited_store.h"
#include "storage/sqlite/open_storage.h"

namespace minato::cli {

// Exit status when a file waits for a person's agreement.
inline constexpr int kHeldStatus = 3;

struct PublishCommand {
  const PublishArguments& arguments;
  storage::sqlite::Storage& storage;
  WritingServices& services;
  service::WriteContext context;
  core::Language language;
  std::ostream& out;
  std::ostream& err;
};

// Runs "publish", "jobs list", ... and gives the exit status. Errors are for the caller to print.
core::Result<int> run_publish(const std::string& command, const PublishArguments& arguments,
                              std::ostream& out, std::ostream& err);

}  // namespace minato::cli
