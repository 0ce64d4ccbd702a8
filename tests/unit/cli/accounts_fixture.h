// `minato user`, `token`, `organization` and `audit` on a data directory of their own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/server_secret.h"
#include "core/time.h"
#include "harvest_fixture.h"
#include "service/accounts/accounts.h"
#include "storage/sqlite/open_storage.h"
#include "support/temp_dir.h"

namespace minato::cli {

inline std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

class AccountsProgram : public testing::Test {
 protected:
  // Not there at first.
  [[nodiscard]] std::string data() const { return folder_.path() + "/data"; }

  [[nodiscard]] Finished minato(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--data", data()});
    return run(arguments);
  }
  // One that has to work.
  std::string done(const std::vector<std::string>& arguments) const {
    const Finished finished = minato(arguments);
    if (finished.status != 0) throw std::runtime_error(finished.err);
    EXPECT_EQ(finished.err, "");
    return finished.out;
  }
  // The text of a new token.
  std::string token(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"token", "create"});
    std::string text = done(arguments);
    EXPECT_EQ(lines_of(text), 1U) << text;
    text.pop_back();
    return text;
  }
  // The one line on standard error of a command that fails.
  std::string complaint(const std::vector<std::string>& arguments, int status = 1) const {
    const Finished finished = minato(arguments);
    EXPECT_EQ(finished.status, status) << finished.err;
    EXPECT_EQ(finished.out, "");
    EXPECT_EQ(lines_of(finished.err), 1U) << finished.err;
    return finished.err;
  }

  [[nodiscard]] storage::sqlite::Storage storage() const {
    return value_of(storage::sqlite::open_storage(data(), {}));
  }
  // As a server on the same directory sees the token.
  [[nodiscard]] core::Caller caller(const std::string& token) const {
    auto stores = storage();
    const core::SystemClock clock;
    const std::string secret = value_of(server_secret(data()));
    service::AuditedStore store(*stores.catalog, clock, derived_secret(secret, "audit"));
    service::AccountOptions options;
    options.token_secret = derived_secret(secret, "token");
    return value_of(service::Accounts(store, options).authenticate(token));
  }
  [[nodiscard]] std::optional<core::Group> organization(const std::string& code) const {
    auto stores = storage();
    auto reader =
        value_of(stores.catalog->read(std::chrono::steady_clock::now() + std::chrono::seconds(10)));
    return value_of(reader->group(core::GroupKind::kOrganization, code));
  }

  test::TempDir folder_;
};

}  // namespace minato::cli
