#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "cli/accounts/commands.h"
#include "cli/harvest/commands.h"
#include "cli/inspect.h"
#include "cli/maintenance.h"
#include "cli/publish/commands.h"
#include "cli/serve.h"
#include "cli/settings_arguments.h"
#include "cli/version.h"

namespace minato::cli {

namespace {

// What the parser fills in; one for all commands, as only one runs.
struct Arguments {
  std::string data;
  std::string datasets;
  SettingsArguments settings;
  bool print_config = false;
  std::int64_t limit = 100;
  std::string file;
  HarvestArguments harvest;
  AccountArguments accounts;
  PublishArguments publish;
};

core::Result<void> run_serve(const Arguments& arguments, std::ostream& out) {
  auto settings = settings_of(arguments.settings);
  if (!settings) return tl::unexpected(settings.error());
  if (arguments.print_config) {
    out << print_config(*settings, terminal_language());
    return {};
  }
  if (arguments.data.empty()) {
    return core::fail(core::ErrorCode::kInvalidArgument, "data-dir-missing",
                      {"--data でデータの置き場所を指定してください。", "--data DIR is required."});
  }
  return serve({arguments.data, arguments.datasets, *std::move(settings), terminal_language()});
}

void add_serve(CLI::App& app, Arguments& arguments) {
  CLI::App* serve = app.add_subcommand("serve", "カタログを公開する / Serve the catalogue");
  serve->add_option("--data", arguments.data,
                    "データの置き場所（なければ作る） / Data directory, made when missing");
  serve->add_option("--listen", arguments.settings.listen, "HOST:PORT (server.listen)");
  serve->add_option("--datasets", arguments.datasets,
                    "同梱データセットのフォルダー / Folder of shipped datasets");
  serve->add_option("--config", arguments.settings.config,
                    "設定ファイル（TOML） / Configuration file (TOML)");
  serve->add_option("--set", arguments.settings.set,
                    "KEY=VALUE: 設定を 1 つ変える / Changes one setting");
  serve->add_flag("--print-config", arguments.print_config,
                  "有効な設定を出力して終わる / Print the effective configuration");
}

void add_maintenance(CLI::App& app, Arguments& arguments) {
  CLI::App* check =
      app.add_subcommand("check", "カタログの整合性を確かめる / Check the catalogue's integrity");
  check->add_option("--data", arguments.data, "データの置き場所 / Data directory")->required();
  CLI::App* missed = app.add_subcommand(
      "missed-searches", "見つからなかった検索語の一覧 / What people looked for and did not find");
  missed->add_option("--data", arguments.data, "データの置き場所 / Data directory")->required();
  missed->add_option("--limit", arguments.limit, "件数 / How many")->check(CLI::Range(1, 10'000));
  CLI::App* inspect = app.add_subcommand(
      "inspect", "ファイルの読み取り結果を JSON で出力する / Print how a file is read, as JSON");
  inspect->add_option("FILE", arguments.file, "CSV, TSV, XLSX, XLS")->required();
  app.add_subcommand("settings-reference", "docs/settings.md を出力する / Print docs/settings.md");
}

// For those that end with status 0 when nothing is wrong.
core::Result<int> succeeded(const core::Result<void>& done) {
  if (!done) return tl::unexpected(done.error());
  return 0;
}

core::Result<int> run_command(const CLI::App& command, const Arguments& arguments,
                              std::ostream& out, std::ostream& err) {
  const std::string name = command.get_name();
  if (name == "serve") return succeeded(run_serve(arguments, out));
  if (name == "check") return succeeded(check_data(arguments.data, out));
  if (name == "inspect") {
    return succeeded(inspect_file(arguments.file, terminal_language(), out));
  }
  if (name == "missed-searches") {
    return succeeded(list_missed_searches(arguments.data, arguments.limit, out));
  }
  if (is_account_command(command)) {
    return run_accounts(account_command(command), arguments.accounts, out, err);
  }
  if (is_publish_command(command)) {
    return run_publish(publish_command(command), arguments.publish, out, err);
  }
  if (name == "harvest") {
    return run_harvest(harvest_command(command), arguments.harvest, out, err);
  }
  out << settings_markdown();
  return 0;
}

}  // namespace

core::Language terminal_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("en") ? core::Language::kEn : core::Language::kJa;
  }
  return core::Language::kJa;
}

std::string error_line(const core::Error& error, core::Language language) {
  std::string line = "minato: " + error.message.in(language);
  for (const core::ErrorDetail& detail : error.details) {
    line += " [" + detail.param + (detail.position.empty() ? "" : " " + detail.position) + ": " +
            detail.message.in(language) + "]";
  }
  if (!error.hint.empty()) line += " " + error.hint.in(language);
  if (!error.internal.empty()) line += " (" + error.internal + ")";
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

int run_program(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  // A file-size limit that is reached shall be an error of the write, not the end of the process.
  std::signal(SIGXFSZ, SIG_IGN);
  CLI::App app("Minato: オープンデータ公開サービス / an open data publishing service", "minato");
  app.set_version_flag("--version", std::string("minato ") + kVersion);
  app.require_subcommand(1);
  Arguments values;
  add_serve(app, values);
  add_maintenance(app, values);
  add_harvest(app, values.harvest);
  add_accounts(app, values.accounts);
  add_publish(app, values.publish);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help, out, err);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version, out, err);
  } catch (const CLI::ParseError& error) {
    std::string what = error.what();
    std::replace(what.begin(), what.end(), '\n', ' ');
    err << "minato: " << what << " (minato --help)\n";
    return 2;
  }
  const auto done = run_command(*app.get_subcommands().front(), values, out, err);
  if (done) return *done;
  err << error_line(done.error(), terminal_language()) << "\n";
  return 1;
}

}  // namespace minato::cli
