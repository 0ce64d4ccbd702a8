// Settings as the command line, the environment and the configuration file give them.
#pragma once

#include <string>
#include <vector>

#include "cli/settings.h"
#include "core/error.h"

namespace minato::cli {

struct SettingsArguments {
  std::string config;            // --config; empty: none
  std::vector<std::string> set;  // --set KEY=VALUE
  std::string listen;            // --listen; empty: not given
};

// As load_settings(); "config-invalid-value" also for a --set without "=".
core::Result<Settings> settings_of(const SettingsArguments& arguments);

}  // namespace minato::cli
