// Users, tokens and roles in memory: the part of FakeCatalogStore.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/dataset.h"
#include "storage/accounts.h"

namespace minato::support {

struct AccountContents {
  std::map<std::string, storage::User, std::less<>> users;       // by id
  std::map<std::string, storage::ApiToken, std::less<>> tokens;  // by id
  std::vector<storage::Membership> memberships;
};

class FakeAccountReader final : public storage::AccountReader {
 public:
  explicit FakeAccountReader(const AccountContents& contents) : contents_(contents) {}

  core::Result<std::optional<storage::User>> user(std::string_view id_or_name) override {
    const auto found = contents_.users.find(id_or_name);
    if (found != contents_.users.end()) return found->second;
    for (const auto& [id, user] : contents_.users) {
      if (user.name == id_or_name) return user;
    }
    return std::nullopt;
  }
  core::Result<std::vector<storage::User>> users(const storage::UserListRequest& request) override {
    std::map<std::string, storage::User> by_name;
    for (const auto& [id, user] : contents_.users) {
      const bool shown = request.include_deleted || user.state != core::State::kDeleted;
      const bool asked = contains(user.name, request.query) ||
                         contains(user.full_name, request.query) ||
                         contains(user.email, request.query);
      if (shown && asked) by_name.emplace(user.name, user);
    }
    std::vector<storage::User> page;
    std::int64_t place = 0;
    for (auto& [name, user] : by_name) {
      if (place >= request.offset && place - request.offset < request.limit) page.push_back(user);
      ++place;
    }
    return page;
  }
  core::Result<std::optional<storage::ApiToken>> token_by_hash(std::string_view hash) override {
    for (const auto& [id, token] : contents_.tokens) {
      if (token.hash == hash) return token;
    }
    return std::nullopt;
  }
  core::Result<std::optional<storage::ApiToken>> token(std::string_view id) override {
    const auto found = contents_.tokens.find(id);
    if (found == contents_.tokens.end()) return std::nullopt;
    return found->second;
  }
  core::Result<std::vector<storage::ApiToken>> tokens_of(std::string_view user_id) override {
    std::vector<storage::ApiToken> tokens;
    for (const auto& [id, token] : contents_.tokens) {
      if (token.user_id == user_id) tokens.push_back(token);
    }
    std::stable_sort(tokens.begin(), tokens.end(),
                     [](const auto& a, const auto& b) { return a.created > b.created; });
    return tokens;
  }
  core::Result<std::vector<storage::Membership>> memberships_of_user(
      std::string_view user_id) override {
    return memberships([&](const auto& membership) { return membership.user_id == user_id; });
  }
  core::Result<std::vector<storage::Membership>> memberships_of_group(
      std::string_view group_id) override {
    return memberships([&](const auto& membership) { return membership.group_id == group_id; });
  }

 private:
  static bool contains(std::string_view text, std::string_view query) {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    return std::search(text.begin(), text.end(), query.begin(), query.end(), same) != text.end() ||
           query.empty();
  }
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
  template <typename Wanted>
  std::vector<storage::Membership> memberships(Wanted wanted) const {
    std::vector<storage::Membership> found;
    for (const auto& membership : contents_.memberships) {
      if (wanted(membership)) found.push_back(membership);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      return std::tie(a.group_id, a.user_id) < std::tie(b.group_id, b.user_id);
    });
    return found;
  }

  const AccountContents& contents_;
};

class FakeAccountWriter final : public storage::AccountWriter {
 public:
  FakeAccountWriter(AccountContents& contents, const std::map<std::string, core::Group>& groups)
      : contents_(contents), groups_(groups) {}

  core::Result<void> put_user(const storage::User& user) override {
    for (const auto& [id, other] : contents_.users) {
      if (id == user.id || other.name != user.name) continue;
      return core::fail(core::ErrorCode::kConflict, "user-name-taken",
                        {"利用者名は使われています。", "The user name is taken."});
    }
    contents_.users[user.id] = user;
    return {};
  }
  core::Result<void> put_token(const storage::ApiToken& token) override {
    if (!contents_.users.contains(token.user_id)) return missing("user-not-found");
    const auto known = contents_.tokens.find(token.id);
    storage::ApiToken kept = token;
    kept.last_used.reset();
    if (known != contents_.tokens.end()) kept.last_used = known->second.last_used;
    contents_.tokens[token.id] = kept;
    return {};
  }
  core::Result<void> put_membership(const storage::Membership& membership) override {
    if (!contents_.users.contains(membership.user_id)) return missing("user-not-found");
    if (!groups_.contains(membership.group_id)) return missing("group-not-found");
    static_cast<void>(remove_membership(membership.group_id, membership.user_id));
    contents_.memberships.push_back(membership);
    return {};
  }
  core::Result<void> remove_membership(std::string_view group_id,
                                       std::string_view user_id) override {
    std::erase_if(contents_.memberships, [&](const auto& membership) {
      return membership.group_id == group_id && membership.user_id == user_id;
    });
    return {};
  }

 private:
  static tl::unexpected<core::Error> missing(std::string_view id) {
    return core::fail(core::ErrorCode::kNotFound, id, {"登録されていません。", "Not registered."});
  }

  AccountContents& contents_;
  const std::map<std::string, core::Group>& groups_;
};

}  // namespace minato::support
