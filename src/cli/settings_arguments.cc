#include "cli/settings_arguments.h"

#include <map>
#include <string_view>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace minato::cli {

namespace {

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> all;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view pair(*entry);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos)
      all.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return all;
}

}  // namespace

core::Result<Settings> settings_of(const SettingsArguments& arguments) {
  SettingSources sources;
  sources.file = arguments.config;
  sources.environment = environment();
  if (!arguments.listen.empty()) sources.overrides.emplace_back("server.listen", arguments.listen);
  for (const std::string& pair : arguments.set) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) {
      return core::fail(
          core::ErrorCode::kInvalidArgument, "config-invalid-value",
          {"--set は KEY=VALUE の形で書きます: " + pair, "--set takes KEY=VALUE: " + pair});
    }
    sources.overrides.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return load_settings(sources);
}

}  // namespace minato::cli
