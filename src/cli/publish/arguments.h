// The command lines of `minato publish` and `minato jobs`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "cli/settings_arguments.h"

namespace minato::cli {

// What the parser fills in; one for all commands, as only one runs.
struct PublishArguments {
  std::string data;
  std::string file;
  std::string organization;
  std::string dataset;
  std::string resource;
  std::string title;
  std::string notes;
  std::string license;
  std::string user;
  bool draft = false;
  bool confirm = false;
  bool review = false;
  bool json = false;
  // Of `minato jobs`.
  std::string job;
  std::string state;
  std::int64_t limit = 50;
  SettingsArguments settings;
};

void add_publish(CLI::App& app, PublishArguments& arguments);

// True for the subcommands that add_publish() made.
bool is_publish_command(const CLI::App& command);
// "publish", "jobs list", ... of the parsed subcommand.
std::string publish_command(const CLI::App& command);

}  // namespace minato::cli
