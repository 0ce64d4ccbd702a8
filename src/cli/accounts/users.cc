#include "cli/accounts/users.h"

#include <limits>
#include <map>

#include "cli/harvest/words.h"
#include "cli/text_table.h"
#include "formats/json.h"

namespace minato::cli {

namespace {

using core::Result;
using storage::Membership;
using storage::User;

struct ListedUser {
  User user;
  std::vector<std::pair<std::string, core::Role>> roles;  // by code
};

using Names = std::map<std::string, std::string>;  // of groups, by id

Result<std::string> group_name(storage::CatalogReader& reader, const std::string& id,
                               Names& names) {
  if (const auto known = names.find(id); known != names.end()) return known->second;
  std::string name = id;
  for (const auto kind : {core::GroupKind::kOrganization, core::GroupKind::kGroup}) {
    auto group = reader.group(kind, id);
    if (!group) return tl::unexpected(std::move(group).error());
    if (*group) name = (*group)->name;
  }
  names[id] = name;
  return name;
}

Result<std::vector<ListedUser>> listed_users(const AccountCommand& command) {
  storage::UserListRequest request;
  request.include_deleted = command.arguments.all;
  request.limit = std::numeric_limits<std::int32_t>::max();
  auto reader = read_catalog(command);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto users = (*reader)->accounts().users(request);
  if (!users) return tl::unexpected(std::move(users).error());
  std::vector<ListedUser> listed;
  Names names;
  for (User& user : *users) {
    auto roles = (*reader)->accounts().memberships_of_user(user.id);
    if (!roles) return tl::unexpected(std::move(roles).error());
    ListedUser& row = listed.emplace_back(ListedUser{std::move(user), {}});
    for (const Membership& membership : *roles) {
      auto name = group_name(**reader, membership.group_id, names);
      if (!name) return tl::unexpected(std::move(name).error());
      row.roles.emplace_back(*std::move(name), membership.role);
    }
  }
  return listed;
}

void print_json(const std::vector<ListedUser>& users, std::ostream& out) {
  std::string text;
  formats::JsonWriter json(text);
  json.begin_array();
  for (const auto& [user, roles] : users) {
    json.begin_object().field("id", user.id).field("name", user.name);
    json.field("full_name", user.full_name).field("email", user.email);
    json.key("sysadmin").boolean(user.sysadmin);
    json.field("state", user.state == core::State::kDeleted ? "deleted" : "active");
    json.field("created", core::to_rfc3339(user.created)).key("roles").begin_object();
    for (const auto& [group, role] : roles) json.field(group, core::role_name(role));
    json.end_object().end_object();
  }
  json.end_array();
  out << text << "\n";
}

void print_table(const std::vector<ListedUser>& users, const AccountCommand& command) {
  const bool ja = command.language == core::Language::kJa;
  TextTable table;
  table.add(
      ja ? std::vector<std::string>{"名前", "氏名", "メール", "役割", "状態", "作成（日本時間）"}
         : std::vector<std::string>{"name", "full name", "e-mail", "roles", "state",
                                    "created (Japan)"});
  for (const auto& [user, roles] : users) {
    std::string words = user.sysadmin ? "sysadmin" : "";
    for (const auto& [group, role] : roles) {
      words += (words.empty() ? "" : " ") + group + ":" + std::string(core::role_name(role));
    }
    const bool deleted = user.state == core::State::kDeleted;
    table.add({user.name, or_dash(printable(user.full_name)), or_dash(printable(user.email)),
               or_dash(words), deleted ? (ja ? "削除" : "deleted") : (ja ? "有効" : "active"),
               japan_time(user.created)});
  }
  table.print(command.out);
}

service::UserChange wanted_user(const AccountArguments& given) {
  service::UserChange wanted;
  wanted.name = given.new_name;
  wanted.full_name = given.full_name;
  wanted.email = given.email;
  wanted.about = given.about;
  wanted.sysadmin = given.sysadmin;
  if (given.state) {
    wanted.state = *given.state == "deleted" ? core::State::kDeleted : core::State::kActive;
  }
  return wanted;
}

void say(const AccountCommand& command, const std::string& name, const core::LocalizedText& what) {
  command.out << name << ": " << what.in(command.language) << "\n";
}

}  // namespace

Result<int> list_users(const AccountCommand& command) {
  const auto users = listed_users(command);
  if (!users) return tl::unexpected(users.error());
  if (command.arguments.json) {
    print_json(*users, command.out);
  } else {
    print_table(*users, command);
  }
  return 0;
}

Result<int> add_user(const AccountCommand& command) {
  service::UserChange wanted = wanted_user(command.arguments);
  wanted.name = command.arguments.name;
  const auto user = command.accounts.create_user(wanted, command.context);
  if (!user) return tl::unexpected(user.error());
  say(command, user->name, {"加えました。", "added."});
  return 0;
}

Result<int> change_user(const AccountCommand& command) {
  const auto user = command.accounts.change_user(command.arguments.name,
                                                 wanted_user(command.arguments), command.context);
  if (!user) return tl::unexpected(user.error());
  say(command, user->name, {"変えました。", "changed."});
  return 0;
}

Result<int> remove_user(const AccountCommand& command) {
  const auto removed = command.accounts.delete_user(command.arguments.name, command.context);
  if (!removed) return tl::unexpected(removed.error());
  say(command, command.arguments.name, {"削除しました。", "deleted."});
  return 0;
}

}  // namespace minato::cli
