// The command line of `minato harvest`.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/settings_arguments.h"

namespace minato::cli {

// What the parser fills in; one for all commands, as only one runs.
struct HarvestArguments {
  std::string data;
  std::string name;  // NAME of most commands, --name of `sources add`
  std::string title;
  std::string kind;
  std::string url;
  std::string organization;
  std::string options = "{}";
  std::string schedule;
  std::string notice;
  // Of `sources set`: what is not given stays as it is.
  std::optional<std::string> new_title;
  std::optional<std::string> new_url;
  std::optional<std::string> new_options;
  std::optional<std::string> new_schedule;
  std::vector<std::string> sources;  // --source of `run`
  SettingsArguments settings;
  bool dry_run = false;
  bool json = false;
};

void add_harvest(CLI::App& app, HarvestArguments& arguments);

// "sources list", "run", ... of the parsed `harvest` subcommand.
std::string harvest_command(const CLI::App& harvest);

}  // namespace minato::cli
