// `minato organization members`, `add-member`, `remove-member`.
#include "cli/accounts/organizations.h"
#include "cli/harvest/words.h"
#include "cli/text_table.h"
#include "formats/json.h"

namespace minato::cli {

namespace {

using core::Result;
using storage::Membership;
using storage::User;

struct ListedMember {
  User user;
  Membership membership;
};

Result<std::vector<ListedMember>> listed_members(const AccountCommand& command) {
  const auto members = command.accounts.members(command.arguments.name, command.context.caller);
  if (!members) return tl::unexpected(members.error());
  auto reader = read_catalog(command);
  if (!reader) return tl::unexpected(std::move(reader).error());
  std::vector<ListedMember> listed;
  for (const Membership& membership : *members) {
    auto user = (*reader)->accounts().user(membership.user_id);
    if (!user) return tl::unexpected(std::move(user).error());
    if (*user) listed.push_back({std::move(**user), membership});
  }
  return listed;
}

void print_json(const std::vector<ListedMember>& members, std::ostream& out) {
  std::string text;
  formats::JsonWriter json(text);
  json.begin_array();
  for (const auto& [user, membership] : members) {
    json.begin_object().field("user", user.name).field("full_name", user.full_name);
    json.field("role", core::role_name(membership.role));
    json.field("since", core::to_rfc3339(membership.since)).end_object();
  }
  json.end_array();
  out << text << "\n";
}

void say(const AccountCommand& command, const core::LocalizedText& what) {
  command.out << command.arguments.name << " " << command.arguments.user << ": "
              << what.in(command.language) << "\n";
}

}  // namespace

Result<int> list_members(const AccountCommand& command) {
  const auto members = listed_members(command);
  if (!members) return tl::unexpected(members.error());
  if (command.arguments.json) {
    print_json(*members, command.out);
    return 0;
  }
  const bool ja = command.language == core::Language::kJa;
  TextTable table;
  table.add(ja ? std::vector<std::string>{"利用者", "氏名", "役割", "付与（日本時間）"}
               : std::vector<std::string>{"user", "full name", "role", "since (Japan)"});
  for (const auto& [user, membership] : *members) {
    table.add({user.name, or_dash(printable(user.full_name)),
               std::string(core::role_name(membership.role)), japan_time(membership.since)});
  }
  table.print(command.out);
  return 0;
}

Result<int> add_member(const AccountCommand& command) {
  const AccountArguments& given = command.arguments;
  if (auto organization = ensure_organization(command, given.name); !organization) {
    return tl::unexpected(std::move(organization).error());
  }
  // The command line lets no other words pass.
  auto member = command.accounts.put_member(given.name, given.user,
                                            core::role_of(given.role).value(), command.context);
  if (!member) return tl::unexpected(std::move(member).error());
  say(command, {given.role + " にしました。", "is " + given.role + " now."});
  return 0;
}

Result<int> remove_member(const AccountCommand& command) {
  auto removed = command.accounts.remove_member(command.arguments.name, command.arguments.user,
                                                command.context);
  if (!removed) return tl::unexpected(std::move(removed).error());
  say(command, {"役割を取り上げました。", "has no role any more."});
  return 0;
}

}  // namespace minato::cli
