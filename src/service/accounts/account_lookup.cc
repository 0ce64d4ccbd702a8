#include "service/accounts/account_lookup.h"

#include <utility>

#include "core/utf8.h"
#include "service/not_found.h"

namespace minato::service {

namespace {

using core::Result;

core::ErrorDetail wrong(std::string_view param, core::LocalizedText message) {
  core::ErrorDetail detail;
  detail.param = param;
  detail.message = std::move(message);
  return detail;
}

bool has_control_character(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto c = core::next_code_point(text, offset);
    if (!c || *c < 0x20 || (*c >= 0x7F && *c < 0xA0)) return true;
  }
  return false;
}

}  // namespace

tl::unexpected<core::Error> user_not_found() {
  return core::fail(core::ErrorCode::kNotFound, "user-not-found",
                    {"利用者が見つかりません。", "There is no such user."},
                    {"利用者の名前か ID を確かめてください。", "Check the user's name or id."});
}

Result<storage::User> any_user(storage::AccountReader& accounts, std::string_view id_or_name) {
  auto found = accounts.user(id_or_name);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return user_not_found();
  return std::move(**found);
}

Result<storage::User> live_user(storage::AccountReader& accounts, std::string_view id_or_name) {
  auto found = any_user(accounts, id_or_name);
  if (found && found->state == core::State::kDeleted) return user_not_found();
  return found;
}

Result<core::Group> any_group(storage::CatalogReader& reader, std::string_view id_or_name) {
  for (const auto kind : {core::GroupKind::kOrganization, core::GroupKind::kGroup}) {
    auto found = reader.group(kind, id_or_name);
    if (!found) return tl::unexpected(std::move(found).error());
    if (*found) return std::move(**found);
  }
  return group_not_found(core::GroupKind::kOrganization);
}

core::ErrorDetails check_label(std::string_view text, std::string_view param,
                               std::size_t max_length) {
  if (has_control_character(text)) {
    return {wrong(param, {"制御文字や不正な UTF-8 は使えません。",
                          "Control characters and broken UTF-8 are not allowed"})};
  }
  if (core::count_code_points(text) > max_length) {
    const std::string most = std::to_string(max_length);
    return {wrong(param, {most + " 文字以内にしてください。",
                          "Must be at most " + most + " characters long"})};
  }
  return {};
}

tl::unexpected<core::Error> wrong_fields(std::string_view id, core::LocalizedText what,
                                         core::ErrorDetails details) {
  return tl::unexpected(core::Error{core::ErrorCode::kInvalidArgument,
                                    std::string(id),
                                    std::move(what),
                                    {"示した項目を直してください。", "Correct the fields named."},
                                    std::move(details),
                                    {}});
}

}  // namespace minato::service
