// The command lines of `minato user`, `token`, `organization` and `audit`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace minato::cli {

// What the parser fills in; one for all commands, as only one runs.
struct AccountArguments {
  std::string data;
  std::string name;  // of the user or organization the command is about; the id of a token
  std::string user;  // --user, or the second name of add-member
  std::string organization;
  std::string role;
  std::string token_name = "command line";
  std::string expires;
  std::vector<std::string> scopes;
  bool make_sysadmin = false;  // token create
  bool purge = false;
  bool all = false;
  bool json = false;
  // Of users; what is not given stays as it is.
  std::optional<std::string> new_name, full_name, email, about;
  std::optional<bool> sysadmin;
  std::optional<std::string> state;
  // Of organizations, ditto.
  std::optional<std::string> title, title_kana, title_en, description, homepage, parent;
  std::int64_t from = 1;  // audit export
  std::string expect;     // audit verify
};

void add_accounts(CLI::App& app, AccountArguments& arguments);

// True for the subcommands that add_accounts() made.
bool is_account_command(const CLI::App& command);
// "token create", ... of the parsed subcommand.
std::string account_command(const CLI::App& command);

}  // namespace minato::cli
