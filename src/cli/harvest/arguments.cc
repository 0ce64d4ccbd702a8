#include "cli/harvest/arguments.h"

namespace minato::cli {

namespace {

CLI::App* add_command(CLI::App& parent, const char* name, const char* description,
                      HarvestArguments& arguments) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->add_option("--data", arguments.data,
                      "データの置き場所（サーバーが使用中でもよい） / Data directory; a server may "
                      "be running on it");
  return command;
}

CLI::App* add_named(CLI::App& parent, const char* name, const char* description,
                    HarvestArguments& arguments) {
  CLI::App* command = add_command(parent, name, description, arguments);
  command->add_option("NAME", arguments.name, "収集元の名前か ID / Name or id of the source")
      ->required();
  return command;
}

void add_json(CLI::App& command, HarvestArguments& arguments) {
  command.add_flag("--json", arguments.json, "JSON で出力する / Print JSON");
}

void add_settings(CLI::App& command, HarvestArguments& arguments) {
  command.add_option("--config", arguments.settings.config,
                     "設定ファイル（TOML） / Configuration file (TOML)");
  command
      .add_option("--set", arguments.settings.set,
                  "KEY=VALUE: 設定を 1 つ変える / Changes one setting")
      ->allow_extra_args(false);  // a NAME may follow
}

void add_new_source(CLI::App& sources, HarvestArguments& arguments) {
  CLI::App* add = add_command(sources, "add", "収集元を加える / Add a source", arguments);
  add->add_option("--name", arguments.name,
                  "名前（省略すると団体コード） / Name; the organization's code when left out");
  add->add_option("--kind", arguments.kind, "種類 / How the publisher shows its catalogue")
      ->required()
      ->check(CLI::IsMember({"ckan", "dcat", "list", "page", "file"}));
  add->add_option("--url", arguments.url, "http または https の URL / URL")->required();
  add->add_option("--organization", arguments.organization,
                  "団体コード（6 桁） / Municipality code of 6 digits")
      ->required();
  add->add_option("--title", arguments.title, "表示名 / Title; the organization's when left out");
  add->add_option("--options", arguments.options,
                  "オプション（JSON、docs/harvesting.md） / Options as JSON");
  add->add_option("--schedule", arguments.schedule,
                  "予定（every 24h、cron の 5 項目、manual） / every 24h, 5 cron fields, manual");
}

void add_change(CLI::App& sources, HarvestArguments& arguments) {
  CLI::App* set = add_named(sources, "set",
                            "収集元の URL・オプション・予定を変える / Change a source", arguments);
  set->add_option("--url", arguments.new_url, "http または https の URL / URL");
  set->add_option("--title", arguments.new_title, "表示名 / Title");
  set->add_option("--options", arguments.new_options,
                  "オプション全体（JSON、docs/harvesting.md） / All options as JSON");
  set->add_option("--schedule", arguments.new_schedule,
                  "予定（every 24h、cron の 5 項目、manual） / every 24h, 5 cron fields, manual");
}

void add_sources(CLI::App& harvest, HarvestArguments& arguments) {
  CLI::App* sources =
      add_command(harvest, "sources", "収集元の一覧と変更 / List and change sources", arguments);
  add_json(*sources, arguments);
  sources->require_subcommand(0, 1);
  add_json(*add_command(*sources, "list", "収集元の一覧 / List the sources", arguments), arguments);
  add_new_source(*sources, arguments);
  add_change(*sources, arguments);
  add_named(*sources, "pause", "予定の収集を止める / No scheduled runs until resumed", arguments);
  add_named(*sources, "resume", "収集を再開する / Run again on schedule", arguments);
  add_named(*sources, "freeze", "理由を公開して収集を止める / Pause, and tell the public why",
            arguments)
      ->add_option("--notice", arguments.notice, "公開する理由 / Why, for the public")
      ->required();
  add_named(*sources, "remove",
            "収集元を消す（データセットは残る） / Remove a source; its datasets stay", arguments);
}

void add_run(CLI::App& harvest, HarvestArguments& arguments) {
  CLI::App* run =
      add_command(harvest, "run", "いま収集し、終わるまで待つ / Harvest now and wait", arguments);
  run->add_option("--source", arguments.sources,
                  "この収集元だけ（停止中でもよい） / Only this source, even a paused one")
      ->allow_extra_args(false);
  run->add_flag("--dry-run", arguments.dry_run,
                "何も変えず、変わるはずの項目を出力する / Change nothing, print what would change");
  add_settings(*run, arguments);
  run->footer(
      "標準出力に収集元ごとに 1 行の JSON を出す: source, status, added, updated, not_modified, "
      "deleted, errored, moved, duplicates, missing, files_changed, files_unchanged, files_failed, "
      "tables, seconds, job, deletions_held。status が failed なら error に理由、cure "
      "に対処。--dry-run ではその"
      "前に、変わるデータセットごとに type が difference の行を出す。収集元全体が失敗したら終了"
      "コード 1。\n"
      "One JSON line per source on standard output, with these keys; `error` tells why when the "
      "status is failed, `cure` what to do. With --dry-run, a line of type \"difference\" for each "
      "dataset that would "
      "change comes before it. Exit code 1 when a source failed as a whole. SIGINT and SIGTERM "
      "stop in order; the next run goes on.");
}

}  // namespace

void add_harvest(CLI::App& app, HarvestArguments& arguments) {
  CLI::App* harvest = app.add_subcommand(
      "harvest", "県と市町村のサイトから収集する / Collect from the publishers' sites");
  harvest->require_subcommand(1);
  add_sources(*harvest, arguments);
  add_run(*harvest, arguments);
  add_json(
      *add_command(*harvest, "status", "それぞれの収集元の状態 / State of each source", arguments),
      arguments);
  add_json(*add_named(*harvest, "show", "収集元の記録、失敗の理由 / Jobs and faults of a source",
                      arguments),
           arguments);
  add_settings(
      *add_named(*harvest, "retry",
                 "前回失敗したものをもう一度収集する / Harvest again what failed last time",
                 arguments),
      arguments);
  add_named(*harvest, "confirm", "保留中の削除を認める / Agree to the deletions that are held",
            arguments);
  add_named(*harvest, "abort", "実行中の収集を中止する / End a running harvest", arguments);
}

std::string harvest_command(const CLI::App& harvest) {
  std::string command;
  for (const CLI::App* app = &harvest; !app->get_subcommands().empty();) {
    app = app->get_subcommands().front();
    command += (command.empty() ? "" : " ") + app->get_name();
  }
  return command == "sources" ? "sources list" : command;
}

}  // namespace minato::cli
