// `minato token create`.
#include <algorithm>
#include <charconv>
#include <optional>

#include "cli/accounts/organizations.h"
#include "cli/accounts/tokens.h"

namespace minato::cli {

namespace {

using core::Result;
using storage::User;

constexpr std::int64_t kHourUs = std::int64_t{3600} * 1'000'000;
constexpr std::int64_t kDayUs = 24 * kHourUs;
constexpr std::int64_t kJapanUs = 9 * kHourUs;
// Five years. More are written as a date: "2027" is meant as a year.
constexpr std::int64_t kMaxDays = 1'825;

Result<std::optional<User>> find_user(const AccountCommand& command) {
  auto reader = read_catalog(command);
  if (!reader) return tl::unexpected(std::move(reader).error());
  return (*reader)->accounts().user(command.arguments.user);
}

tl::unexpected<core::Error> user_deleted(const std::string& name) {
  return core::fail(
      core::ErrorCode::kConflict, "user-deleted",
      {"利用者 " + name + " は削除されています。", "The user " + name + " is deleted."},
      {"minato user set " + name + " --state active で戻せます。",
       "Bring it back with: minato user set " + name + " --state active"});
}

Result<User> made_user(const AccountCommand& command) {
  service::UserChange wanted;
  wanted.name = command.arguments.user;
  wanted.sysadmin = command.arguments.make_sysadmin;
  return command.accounts.create_user(wanted, command.context);
}

// The user with this name, made when missing, a sysadmin when that is wanted.
Result<User> settled_user(const AccountCommand& command) {
  auto found = find_user(command);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) {
    auto made = made_user(command);
    // Somebody else made it meanwhile: scripts run this side by side.
    if (made || made.error().id != "user-name-taken") return made;
    found = find_user(command);
    if (!found) return tl::unexpected(std::move(found).error());
    if (!*found) return made;
  }
  if ((*found)->state == core::State::kDeleted) return user_deleted((*found)->name);
  if (!command.arguments.make_sysadmin || (*found)->sysadmin) return std::move(**found);
  service::UserChange promotion;
  promotion.sysadmin = true;
  return command.accounts.change_user((*found)->id, promotion, command.context);
}

}  // namespace

Result<core::Timestamp> parse_expiry(const std::string& text, core::Timestamp now) {
  std::int64_t days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (error == std::errc() && end == text.data() + text.size() && days > 0 && days <= kMaxDays) {
    return core::Timestamp{now.us + days * kDayUs};
  }
  constexpr std::size_t kDateLength = 10;
  if (text.size() >= kDateLength) {
    if (const auto time = core::parse_iso8601(text)) {
      const bool whole_day = text.size() == kDateLength;
      const core::Timestamp expiry{whole_day ? time->us + kDayUs - kJapanUs : time->us};
      if (expiry > now) return expiry;
    }
  }
  return core::fail(
      core::ErrorCode::kInvalidArgument, "expires-invalid",
      {"--expires の値が正しくありません: " + text, "Bad value of --expires: " + text},
      {"日数（90、1825 まで）か、これからの日付（2027-03-31）を書いてください。",
       "Write a number of days (90, at most 1825) or a date to come (2027-03-31)."});
}

Result<int> create_token(const AccountCommand& command) {
  const AccountArguments& given = command.arguments;
  service::NewToken wanted;
  wanted.name = given.token_name;
  wanted.scopes = given.scopes;
  if (!given.expires.empty()) {
    auto expiry = parse_expiry(given.expires, command.store.clock().now());
    if (!expiry) return tl::unexpected(std::move(expiry).error());
    wanted.expires = *expiry;
  }
  // What can be wrong comes before what is written.
  if (!given.organization.empty()) {
    auto known = check_organization(command, given.organization);
    if (!known) return tl::unexpected(std::move(known).error());
  }
  auto user = settled_user(command);
  if (!user) return tl::unexpected(std::move(user).error());
  wanted.user = user->id;
  if (!given.organization.empty()) {
    auto organization = ensure_organization(command, given.organization);
    if (!organization) return tl::unexpected(std::move(organization).error());
    // The command line lets no other words pass.
    auto member = command.accounts.put_member(organization->id, user->id,
                                              core::role_of(given.role).value(), command.context);
    if (!member) return tl::unexpected(std::move(member).error());
  }
  auto issued = command.accounts.issue_token(wanted, command.context);
  if (!issued) return tl::unexpected(std::move(issued).error());
  command.out << issued->text << "\n";
  return 0;
}

}  // namespace minato::cli
