#include "cli/accounts/arguments.h"

namespace minato::cli {

namespace {

CLI::App* add_room(CLI::App& app, const char* name, const char* description) {
  CLI::App* room = app.add_subcommand(name, description);
  room->require_subcommand(1);
  return room;
}

CLI::App* add_command(CLI::App& room, const char* name, const char* description,
                      AccountArguments& arguments) {
  CLI::App* command = room.add_subcommand(name, description);
  command
      ->add_option("--data", arguments.data,
                   "データの置き場所（サーバーが使用中でもよい） / Data directory; a server may be "
                   "running on it")
      ->required();
  return command;
}

void add_name(CLI::App& command, const char* name, const char* description,
              AccountArguments& arguments) {
  command.add_option(name, arguments.name, description)->required();
}

void add_json(CLI::App& command, AccountArguments& arguments) {
  command.add_flag("--json", arguments.json, "JSON で出力する / Print JSON");
}

void add_profile(CLI::App& command, AccountArguments& arguments) {
  command.add_option("--full-name", arguments.full_name, "氏名・部署名 / Full name");
  command.add_option("--email", arguments.email, "メールアドレス / E-mail address");
  command.add_option("--about", arguments.about, "説明 / About the user");
}

void add_users(CLI::App& app, AccountArguments& arguments) {
  CLI::App* users = add_room(app, "user", "利用者 / Users");
  CLI::App* list = add_command(*users, "list", "利用者の一覧 / List the users", arguments);
  list->add_flag("--all", arguments.all, "削除した利用者も / Deleted ones too");
  add_json(*list, arguments);

  CLI::App* add = add_command(*users, "add", "利用者を加える / Add a user", arguments);
  add_name(*add, "NAME", "名前（半角の英小文字・数字・-_） / Name: a-z, 0-9, - and _", arguments);
  add_profile(*add, arguments);
  add->add_flag("--sysadmin", arguments.sysadmin, "システム管理者にする / System administrator");

  CLI::App* set = add_command(*users, "set", "利用者を変える / Change a user", arguments);
  add_name(*set, "NAME", "名前か ID / Name or id", arguments);
  add_profile(*set, arguments);
  set->add_option("--name", arguments.new_name, "新しい名前 / New name");
  set->add_flag("--sysadmin,!--no-sysadmin", arguments.sysadmin,
                "システム管理者にする（やめさせる） / System administrator, or no longer one");
  set->add_option("--state", arguments.state,
                  "active で削除した利用者を戻す / active brings a deleted user back")
      ->check(CLI::IsMember({"active", "deleted"}));

  CLI::App* remove = add_command(
      *users, "remove",
      "利用者を削除する（役割とトークンも失う） / Delete a user, with roles and tokens", arguments);
  add_name(*remove, "NAME", "名前か ID / Name or id", arguments);
}

void add_role(CLI::App& command, AccountArguments& arguments) {
  command
      .add_option("--role", arguments.role, "member（閲覧）、editor（編集）、admin（管理） / Role")
      ->check(CLI::IsMember({"member", "editor", "admin"}));
}

void add_token_create(CLI::App& tokens, AccountArguments& arguments) {
  CLI::App* create = add_command(
      tokens, "create",
      "トークンを発行し、標準出力に出す（再表示はできない） / Make a token and print it, this once",
      arguments);
  create
      ->add_option("--user", arguments.user,
                   "利用者の名前（いなければ作る） / User's name; made when missing")
      ->required();
  auto* sysadmin = create->add_flag("--sysadmin", arguments.make_sysadmin,
                                    "システム管理者にする / Make the user a system administrator");
  auto* organization = create->add_option(
      "--organization", arguments.organization,
      "団体コード: この団体の役割を与える / Code of the organization to give a role in");
  auto* role = create
                   ->add_option("--role", arguments.role,
                                "member（閲覧）、editor（編集）、admin（管理） / Role")
                   ->check(CLI::IsMember({"member", "editor", "admin"}));
  organization->needs(role)->excludes(sysadmin);
  role->needs(organization);
  create->add_option("--name", arguments.token_name, "トークンの名前 / Name of the token");
  create->add_option("--expires", arguments.expires,
                     "期限: 日付（その日の終わり、日本時間）か日数 / A date (its end in Japan) or "
                     "a number of days; for ever when left out");
  create
      ->add_option("--scope", arguments.scopes,
                   "できることを絞る（くり返せる） / Limit what it may do; may be repeated")
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"read", "datasets", "members", "accounts"}));
  create->footer(
      "データの置き場所も利用者もなければ作る。利用者がいれば、ほかの役割はそのまま残る。神奈川県と"
      "県内の市町村の団体は、カタログになければ団体コードから作る。\n"
      "Makes the data directory and the user when they are missing. A user who is there keeps his "
      "other roles. The prefecture and its municipalities are made from their code when the "
      "catalogue lacks them.");
}

void add_tokens(CLI::App& app, AccountArguments& arguments) {
  CLI::App* tokens = add_room(app, "token", "API トークン / API tokens");
  add_token_create(*tokens, arguments);
  CLI::App* list = add_command(*tokens, "list", "トークンの一覧 / List the tokens", arguments);
  list->add_option("--user", arguments.user, "この利用者だけ / Only this user's");
  list->add_flag("--all", arguments.all, "期限切れと取り消し済みも / Expired and revoked ones too");
  add_json(*list, arguments);
  CLI::App* revoke =
      add_command(*tokens, "revoke", "トークンを取り消す / Revoke a token", arguments);
  add_name(*revoke, "ID",
           "トークンの ID（token list の 1 列目） / Id of the token, from token list", arguments);
}

void add_organization_fields(CLI::App& command, AccountArguments& arguments) {
  command.add_option("--title", arguments.title, "名称 / Title");
  command.add_option("--title-kana", arguments.title_kana, "名称のカナ / Title in kana");
  command.add_option("--title-en", arguments.title_en, "英語の名称 / Title in English");
  command.add_option("--description", arguments.description, "説明 / Description");
  command.add_option("--homepage", arguments.homepage, "公式サイトの URL / URL of the web site");
  command.add_option("--parent", arguments.parent, "上位の団体のコード / Code of the parent");
}

void add_members(CLI::App& organizations, AccountArguments& arguments) {
  CLI::App* list =
      add_command(organizations, "members", "団体の役割の一覧 / List the members", arguments);
  add_name(*list, "CODE", "団体コード / Code of the organization", arguments);
  add_json(*list, arguments);
  CLI::App* add = add_command(organizations, "add-member", "役割を与える / Give a role", arguments);
  add_name(*add, "CODE", "団体コード / Code of the organization", arguments);
  add->add_option("USER", arguments.user, "利用者 / User")->required();
  add_role(*add, arguments);
  add->get_option("--role")->required();
  CLI::App* remove =
      add_command(organizations, "remove-member", "役割を取り上げる / Take a role away", arguments);
  add_name(*remove, "CODE", "団体コード / Code of the organization", arguments);
  remove->add_option("USER", arguments.user, "利用者 / User")->required();
}

void add_organizations(CLI::App& app, AccountArguments& arguments) {
  CLI::App* organizations =
      add_room(app, "organization", "公開する団体と役割 / Publishing organizations and roles");
  add_json(*add_command(*organizations, "list", "団体の一覧 / List the organizations", arguments),
           arguments);
  CLI::App* add = add_command(*organizations, "add",
                              "団体を加える（県内の市町村はコードだけでよい） / Add an "
                              "organization; a code is enough for the prefecture's municipalities",
                              arguments);
  add_name(*add, "CODE", "団体コード（6 桁） / Code of 6 digits", arguments);
  add_organization_fields(*add, arguments);
  CLI::App* set =
      add_command(*organizations, "set", "団体を変える / Change an organization", arguments);
  add_name(*set, "CODE", "団体コードか ID / Code or id", arguments);
  add_organization_fields(*set, arguments);
  CLI::App* remove = add_command(*organizations, "remove",
                                 "団体を削除する（データセットがあればできない） / Delete an "
                                 "organization that has no datasets",
                                 arguments);
  add_name(*remove, "CODE", "団体コードか ID / Code or id", arguments);
  remove->add_flag("--purge", arguments.purge, "跡を残さない / For good");
  add_members(*organizations, arguments);
}

void add_audit(CLI::App& app, AccountArguments& arguments) {
  CLI::App* audit = add_room(app, "audit", "監査ログ / The audit log");
  CLI::App* verify = add_command(
      *audit, "verify",
      "監査ログに改ざん・欠落・入れ替えがないことを確かめる / Find changed, missing and reordered "
      "entries",
      arguments);
  verify->add_option(
      "--expect", arguments.expect,
      "以前の verify が出した HASH がまだあることも確かめる / A hash that an earlier "
      "verify printed must still be there");
  verify->footer(
      "正常なら「ok N entries, head HASH」を 1 行出す。HASH "
      "を別の場所に控えておくと、末尾を切り詰めて"
      "古い状態に戻されたことも --expect で分かる。異常があれば標準エラー出力に出し、終了コード "
      "1。\n"
      "Prints one line, \"ok N entries, head HASH\". With HASH noted elsewhere, --expect also "
      "finds "
      "a log that was cut back to an older state. Faults go to standard error, with exit code 1.");
  CLI::App* print = add_command(
      *audit, "export", "監査ログを NDJSON で出力する / Print the log as NDJSON", arguments);
  print->add_option("--from", arguments.from, "この番号から / First number")
      ->check(CLI::PositiveNumber);
}

}  // namespace

void add_accounts(CLI::App& app, AccountArguments& arguments) {
  add_users(app, arguments);
  add_tokens(app, arguments);
  add_organizations(app, arguments);
  add_audit(app, arguments);
}

bool is_account_command(const CLI::App& command) {
  const std::string name = command.get_name();
  return name == "user" || name == "token" || name == "organization" || name == "audit";
}

std::string account_command(const CLI::App& command) {
  return command.get_name() + " " + command.get_subcommands().front()->get_name();
}

}  // namespace minato::cli
