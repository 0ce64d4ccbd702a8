#include "accounts_fixture.h"
#include "auth/token.h"
#include "cli/accounts/tokens.h"

namespace minato::cli {
namespace {

using core::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using TokenProgram = AccountsProgram;

TEST_F(TokenProgram, MakesDirectoryUserOrganizationRoleAndToken) {
  const std::string text =
      token({"--user", "hanako", "--organization", "142018", "--role", "editor"});
  EXPECT_TRUE(auth::looks_like_token(text));
  const core::Caller hanako = caller(text);
  EXPECT_EQ(hanako.user_name, "hanako");
  EXPECT_FALSE(hanako.sysadmin);
  const auto city = organization("142018");
  ASSERT_TRUE(city);
  EXPECT_EQ(city->title, "横須賀市");
  EXPECT_EQ(organization("140007")->title, "神奈川県");
  EXPECT_EQ(hanako.role_in(city->id), Role::kEditor);
  EXPECT_EQ(hanako.roles.size(), 1U);
  EXPECT_EQ(done({"audit", "verify"}).substr(0, 13), "ok 5 entries,");
}

TEST_F(TokenProgram, MakesASysadmin) {
  EXPECT_TRUE(caller(token({"--user", "root", "--sysadmin"})).sysadmin);
  token({"--user", "taro"});
  EXPECT_TRUE(caller(token({"--user", "taro", "--sysadmin"})).sysadmin) << "an existing user";
}

TEST_F(TokenProgram, LeavesAnExistingUserHisOtherRoles) {
  const std::string first =
      token({"--user", "hanako", "--organization", "142018", "--role", "admin"});
  const std::string second =
      token({"--user", "hanako", "--organization", "142034", "--role", "member"});
  EXPECT_NE(first, second);
  for (const std::string& text : {first, second}) {
    const core::Caller hanako = caller(text);
    EXPECT_EQ(hanako.role_in(organization("142018")->id), Role::kAdmin);
    EXPECT_EQ(hanako.role_in(organization("142034")->id), Role::kMember);
  }
  token({"--user", "hanako", "--organization", "142018", "--role", "editor"});
  EXPECT_EQ(caller(first).role_in(organization("142018")->id), Role::kEditor);
  token({"--user", "hanako"});
  EXPECT_EQ(caller(first).roles.size(), 2U);
}

TEST_F(TokenProgram, WorksBesideAServerThatHasTheDirectoryOpen) {
  auto server = storage();
  const core::SystemClock clock;
  const std::string secret = value_of(server_secret(data()));
  service::AuditedStore store(*server.catalog, clock, derived_secret(secret, "audit"));
  service::AccountOptions options;
  options.token_secret = derived_secret(secret, "token");
  service::Accounts accounts(store, options);
  const std::string text = token({"--user", "hanako"});
  EXPECT_EQ(value_of(accounts.authenticate(text)).user_name, "hanako");
}

TEST_F(TokenProgram, LimitsScopesAndLife) {
  const std::string text = token({"--user", "hanako", "--scope", "datasets", "--scope", "read",
                                  "--expires", "30", "--name", "夜間バッチ"});
  EXPECT_THAT(caller(text).scopes, ElementsAre("read", "datasets"));
  const std::string list = done({"token", "list", "--json"});
  EXPECT_THAT(list, HasSubstr("夜間バッチ"));
  EXPECT_THAT(list, HasSubstr("\"scopes\":[\"read\",\"datasets\"]"));
  EXPECT_THAT(list, Not(HasSubstr("\"expires\":null")));
  EXPECT_THAT(list, Not(HasSubstr(text)));
}

TEST_F(TokenProgram, RefusesWhatIsWrongBeforeItWritesAnything) {
  EXPECT_THAT(complaint({"token", "create", "--user", "花子"}), HasSubstr("[name"));
  EXPECT_THAT(complaint({"token", "create", "--user", "Hanako Sato"}), HasSubstr("[name"));
  EXPECT_THAT(complaint({"token", "create", "--user", "hanako", "--organization", "131016",
                         "--role", "editor"}),
              HasSubstr("組織"));
  EXPECT_THAT(complaint({"token", "create", "--user", "hanako", "--expires", "yesterday"}),
              HasSubstr("--expires"));
  EXPECT_THAT(complaint({"token", "create", "--user", "hanako", "--expires", "2020-01-01"}),
              HasSubstr("--expires"));
  EXPECT_EQ(done({"user", "list", "--json"}), "[]\n");
  EXPECT_EQ(done({"audit", "verify"}), "ok 0 entries, head -\n");
}

TEST_F(TokenProgram, RefusesOptionsThatDoNotGoTogether) {
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{"--organization", "142018"},
        {"--role", "editor"},
        {"--sysadmin", "--organization", "142018", "--role", "editor"},
        {"--organization", "142018", "--role", "owner"},
        {"--scope", "everything"}}) {
    std::vector<std::string> arguments{"token", "create", "--user", "hanako"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    complaint(arguments, 2);
  }
  complaint({"token", "create"}, 2);
}

TEST_F(TokenProgram, RefusesADeletedUserAndTellsHowToBringHimBack) {
  const std::string first = token({"--user", "hanako"});
  done({"user", "remove", "hanako"});
  EXPECT_TRUE(caller(first).is_anonymous());
  EXPECT_THAT(complaint({"token", "create", "--user", "hanako"}),
              HasSubstr("minato user set hanako --state active"));
  done({"user", "set", "hanako", "--state", "active"});
  EXPECT_EQ(caller(token({"--user", "hanako"})).user_name, "hanako");
  EXPECT_TRUE(caller(first).is_anonymous());
}

TEST_F(TokenProgram, ListsAndRevokes) {
  const std::string text = token({"--user", "hanako"});
  const std::string id = caller(text).token_id;
  token({"--user", "taro"});
  EXPECT_EQ(lines_of(done({"token", "list"})), 3U);
  EXPECT_EQ(lines_of(done({"token", "list", "--user", "hanako"})), 2U);
  done({"token", "revoke", id});
  EXPECT_TRUE(caller(text).is_anonymous());
  EXPECT_EQ(lines_of(done({"token", "list"})), 2U);
  EXPECT_EQ(lines_of(done({"token", "list", "--all"})), 3U);
  EXPECT_THAT(complaint({"token", "revoke", "nothing"}), HasSubstr("トークン"));
  EXPECT_THAT(complaint({"token", "list", "--user", "nobody"}), HasSubstr("利用者"));
}

TEST_F(TokenProgram, NeedsACatalogueForEverythingElse) {
  EXPECT_THAT(complaint({"token", "list"}), HasSubstr("カタログがありません"));
  EXPECT_THAT(complaint({"audit", "verify"}), HasSubstr("カタログがありません"));
  EXPECT_THAT(complaint({"user", "list"}), HasSubstr("カタログがありません"));
}

TEST(TokenExpiry, IsDaysOrTheEndOfADayInJapanOrATime) {
  const core::Timestamp now = core::parse_iso8601("2026-11-21T00:00:00Z").value();
  const auto at = [&](const std::string& text) {
    const auto expiry = parse_expiry(text, now);
    return expiry ? core::to_rfc3339(*expiry) : expiry.error().id;
  };
  EXPECT_EQ(at("90"), "2027-02-19T00:00:00Z");
  EXPECT_EQ(at("2027-03-31"), "2027-03-31T15:00:00Z");
  EXPECT_EQ(at("2027-03-31T12:00:00+09:00"), "2027-03-31T03:00:00Z");
  for (const char* text :
       {"0", "-1", "1826", "2027", "2027-03", "2027-02-30", "2026-11-19", "x", " ", "90 days"}) {
    EXPECT_EQ(at(text), "expires-invalid") << text;
  }
}

}  // namespace
}  // namespace minato::cli
