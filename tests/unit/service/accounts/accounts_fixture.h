// Accounts over a catalogue of its own, with a clock that stands still.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "auth/audit_chain.h"
#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "storage/sqlite/open_storage.h"
#include "support/temp_dir.h"

namespace minato::service {

struct StandingClock final : core::Clock {
  [[nodiscard]] core::Timestamp now() const override { return time; }
  core::Timestamp time{1'790'000'000'000'000};
};

inline constexpr std::int64_t kMinuteUs = 60'000'000;
inline constexpr std::int64_t kDayUs = 24 * 60 * kMinuteUs;
inline constexpr const char* kAuditKey = "audit key";

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().id + ": " + result.error().message.en + " " +
                             result.error().internal);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

template <typename T>
std::string error_of(const core::Result<T>& result) {
  return result ? "no error" : result.error().id;
}

class AccountsTest : public testing::Test {
 protected:
  AccountsTest()
      : storage_(value_of(storage::sqlite::open_storage(folder_.path(), {}))),
        store_(*storage_.catalog, clock_, kAuditKey),
        accounts_(store_, options()) {
    put_group("city-id", "141003", core::GroupKind::kOrganization);
    put_group("town-id", "143847", core::GroupKind::kOrganization);
    put_group("theme-id", "disaster", core::GroupKind::kGroup);
  }

  static AccountOptions options() {
    AccountOptions options;
    options.token_secret = "token key";
    return options;
  }

  void put_group(const char* id, const char* name, core::GroupKind kind) {
    core::Group group;
    group.id = id;
    group.kind = kind;
    group.name = name;
    group.title = name;
    value_of(storage_.catalog->write(
        [&](storage::CatalogWriter& writer) { return writer.put_group(group); }));
  }

  // As the operator.
  static WriteContext by_operator() { return {operator_caller(), "", ""}; }
  static WriteContext by(const core::Caller& caller) { return {caller, "", ""}; }

  storage::User add_user(const std::string& name, bool sysadmin = false) {
    UserChange wanted;
    wanted.name = name;
    wanted.sysadmin = sysadmin;
    return value_of(accounts_.create_user(wanted, by_operator()));
  }
  std::string token_of(const std::string& user, std::vector<std::string> scopes = {}) {
    return value_of(accounts_.issue_token({user, "test", std::move(scopes), {}}, by_operator()))
        .text;
  }
  // The caller that a new token of the user stands for.
  core::Caller caller(const std::string& user, std::vector<std::string> scopes = {}) {
    return value_of(accounts_.authenticate(token_of(user, std::move(scopes))));
  }
  core::Caller editor(const std::string& name, const char* organization = "141003") {
    add_user(name);
    give(name, organization, core::Role::kEditor);
    return caller(name);
  }
  void give(const std::string& user, const char* organization, core::Role role) {
    value_of(accounts_.put_member(organization, user, role, by_operator()));
  }

  std::unique_ptr<storage::CatalogReader> reader() {
    return value_of(
        storage_.catalog->read(std::chrono::steady_clock::now() + std::chrono::seconds(10)));
  }
  std::vector<core::AuditEntry> log() {
    std::vector<core::AuditEntry> entries;
    value_of(reader()->history().each_audit_entry(1, [&](const core::AuditEntry& entry) {
      entries.push_back(entry);
      return true;
    }));
    return entries;
  }
  // Actions of the entries that `work` leaves.
  template <typename Work>
  std::vector<std::string> actions_of(const Work& work) {
    const std::size_t before = log().size();
    work();
    std::vector<std::string> actions;
    const auto entries = log();
    for (std::size_t i = before; i < entries.size(); ++i) actions.push_back(entries[i].action);
    return actions;
  }
  std::vector<auth::AuditFault> faults() {
    auth::AuditVerifier verifier(kAuditKey);
    for (const core::AuditEntry& entry : log()) verifier.entry(entry);
    verifier.head(value_of(reader()->history().audit_head()));
    return verifier.faults();
  }

  test::TempDir folder_;
  StandingClock clock_;
  storage::sqlite::Storage storage_;
  AuditedStore store_;
  Accounts accounts_;
};

}  // namespace minato::service
