#include "cli/publish/arguments.h"

namespace minato::cli {

namespace {

void add_data(CLI::App& command, PublishArguments& arguments) {
  command
      .add_option("--data", arguments.data,
                  "データの置き場所（サーバーが使用中でもよい） / Data directory; a server may be "
                  "running on it")
      ->required();
}

void add_settings(CLI::App& command, PublishArguments& arguments) {
  command.add_option("--config", arguments.settings.config,
                     "設定ファイル（TOML） / Configuration file (TOML)");
  command
      .add_option("--set", arguments.settings.set,
                  "KEY=VALUE: 設定を 1 つ変える / Changes one setting")
      ->allow_extra_args(false);  // a name may follow
}

void add_user(CLI::App& command, PublishArguments& arguments) {
  command.add_option("--user", arguments.user,
                     "この利用者として行う（省略すると運用者） / Act as this user; else as the "
                     "operator");
}

void add_json(CLI::App& command, PublishArguments& arguments) {
  command.add_flag("--json", arguments.json, "JSON で出力する / Print JSON");
}

void add_publish_command(CLI::App& app, PublishArguments& arguments) {
  CLI::App* publish = app.add_subcommand(
      "publish", "ファイルを公開する、または差し替える / Publish a file, or replace one");
  publish->add_option("FILE", arguments.file, "CSV, XLSX, PDF, ...")->required();
  add_data(*publish, arguments);
  publish->add_option(
      "--organization", arguments.organization,
      "団体コード（6 桁）。新しいデータセットに必要 / Municipality code of 6 digits; "
      "needed for a new dataset");
  publish->add_option("--title", arguments.title,
                      "新しいデータセットの題名 / Title of the new dataset");
  publish->add_option(
      "--dataset", arguments.dataset,
      "このデータセットに入れる。なければこの名前で作る / Into this dataset; made with "
      "this name when it is missing");
  publish->add_option("--resource", arguments.resource,
                      "このリソース（ID か名前）のファイルを差し替える / Replace the file of this "
                      "resource (id or name)");
  publish->add_option("--notes", arguments.notes, "新しいデータセットの説明 / Description");
  publish->add_option(
      "--license", arguments.license,
      "新しいデータセットのライセンス（CC-BY-4.0 など） / Licence of the new dataset");
  publish->add_flag("--draft", arguments.draft,
                    "新しいデータセットを下書きにする / Make the new dataset a draft");
  CLI::Option* confirm = publish->add_flag(
      "--confirm", arguments.confirm,
      "行や列が大きく減っていても公開する / Publish even when rows or columns are lost");
  publish
      ->add_flag(
          "--review", arguments.review,
          "公開の前に必ず止まる。結果を見て minato jobs confirm で公開する / Always stop before "
          "publication: look at the result, then minato jobs confirm")
      ->excludes(confirm);
  add_user(*publish, arguments);
  add_json(*publish, arguments);
  add_settings(*publish, arguments);
  publish->footer(
      "--dataset "
      "のデータセットに同じファイル名のリソースがあれば差し替え、なければ加える。終了コード: 0 "
      "公開した、3 確認待ち（minato jobs confirm）、1 失敗。\n"
      "A resource of the dataset whose file has the same name is replaced, else one is added. Exit "
      "code: 0 published, 3 held until minato jobs confirm, 1 failed.");
}

CLI::App* add_job_command(CLI::App& jobs, const char* name, const char* description,
                          PublishArguments& arguments) {
  CLI::App* command = jobs.add_subcommand(name, description);
  add_data(*command, arguments);
  return command;
}

void add_named_job(CLI::App& command, PublishArguments& arguments) {
  command.add_option("JOB", arguments.job, "取り込みの ID / Id of the import")->required();
}

void add_jobs(CLI::App& app, PublishArguments& arguments) {
  CLI::App* jobs = app.add_subcommand("jobs", "ファイルの取り込み / Imports of files");
  jobs->require_subcommand(1);
  CLI::App* list = add_job_command(*jobs, "list", "取り込みの一覧 / List the imports", arguments);
  list->add_option("--state", arguments.state, "この状態のものだけ / Only these")
      ->check(CLI::IsMember({"waiting", "running", "held", "done", "failed", "cancelled"}));
  list->add_option("--organization", arguments.organization, "団体コード / Municipality code");
  list->add_option("--limit", arguments.limit, "件数 / How many")->check(CLI::Range(1, 1000));
  add_json(*list, arguments);
  CLI::App* show = add_job_command(*jobs, "show", "結果と違い / Result and difference", arguments);
  add_named_job(*show, arguments);
  add_json(*show, arguments);
  CLI::App* confirm = add_job_command(
      *jobs, "confirm", "確認待ちの取り込みを公開する / Publish what is held", arguments);
  add_named_job(*confirm, arguments);
  add_user(*confirm, arguments);
  add_json(*confirm, arguments);
  add_settings(*confirm, arguments);
  CLI::App* cancel =
      add_job_command(*jobs, "cancel", "取り込みをやめる / Give an import up", arguments);
  add_named_job(*cancel, arguments);
  add_user(*cancel, arguments);
}

}  // namespace

void add_publish(CLI::App& app, PublishArguments& arguments) {
  add_publish_command(app, arguments);
  add_jobs(app, arguments);
}

bool is_publish_command(const CLI::App& command) {
  return command.get_name() == "publish" || command.get_name() == "jobs";
}

std::string publish_command(const CLI::App& command) {
  if (command.get_name() == "publish") return "publish";
  return "jobs " + command.get_subcommands().front()->get_name();
}

}  // namespace minato::cli
