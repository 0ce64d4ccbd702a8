#include "accounts_fixture.h"
#include "auth/token.h"
#include "core/sha256.h"

namespace minato::service {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Tokens : public AccountsTest {
 protected:
  core::Result<IssuedToken> issue(const core::Caller& caller, const std::string& user,
                                  std::vector<std::string> scopes = {}) {
    return accounts_.issue_token({user, "test", std::move(scopes), {}}, by(caller));
  }
};

TEST_F(Tokens, AreShownOnceAndKeptAsTheirHash) {
  add_user("hanako");
  const IssuedToken issued =
      value_of(accounts_.issue_token({"hanako", "受付システム", {}, {}}, by_operator()));
  EXPECT_TRUE(auth::looks_like_token(issued.text));
  const auto kept = value_of(reader()->accounts().token(issued.token.id));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->name, "受付システム");
  EXPECT_EQ(kept->hash, auth::token_hash("token key", issued.text));
  EXPECT_EQ(kept->created, clock_.time);
  EXPECT_EQ(kept->expires, std::nullopt);
  EXPECT_THAT(kept->scopes, IsEmpty());
}

TEST_F(Tokens, LeaveNeitherTextNorHashInTheAuditLog) {
  add_user("hanako");
  const IssuedToken issued = value_of(accounts_.issue_token({"hanako", "", {}, {}}, by_operator()));
  value_of(accounts_.revoke_token(issued.text, by_operator()));
  for (const core::AuditEntry& entry : log()) {
    for (const std::string& text : {entry.detail, entry.subject_name, entry.subject_id}) {
      EXPECT_THAT(text, Not(HasSubstr(issued.text)));
      EXPECT_THAT(text, Not(HasSubstr(issued.token.hash)));
    }
  }
  EXPECT_EQ(log().back().action, "token.revoke");
  EXPECT_EQ(log().back().subject_id, issued.token.id);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Tokens, AreMadeByTheirUserOrASysadmin) {
  const core::Caller hanako = editor("hanako");
  add_user("taro");
  EXPECT_THAT(actions_of([&] { EXPECT_TRUE(issue(hanako, "hanako")); }),
              ElementsAre("token.create"));
  EXPECT_TRUE(issue(hanako, hanako.user_id));
  EXPECT_EQ(error_of(issue(hanako, "taro")), "permission-denied");
  EXPECT_EQ(error_of(issue({}, "taro")), "authentication-required");
  add_user("root", true);
  EXPECT_TRUE(issue(caller("root"), "taro"));
  EXPECT_EQ(error_of(issue(operator_caller(), "nobody")), "user-not-found");
  value_of(accounts_.delete_user("taro", by_operator()));
  EXPECT_EQ(error_of(issue(operator_caller(), "taro")), "user-not-found");
}

TEST_F(Tokens, NeverMakeOneThatMayDoMoreThanThemselves) {
  add_user("hanako");
  const core::Caller narrow = caller("hanako", {"accounts", "datasets"});
  for (const std::vector<std::string>& wider :
       {std::vector<std::string>{}, {"members"}, {"datasets", "members"}}) {
    const auto refused = issue(narrow, "hanako", wider);
    EXPECT_EQ(error_of(refused), "token-scope-wider");
    EXPECT_EQ(refused.error().code, ErrorCode::kPermissionDenied);
  }
  EXPECT_TRUE(issue(narrow, "hanako", {"datasets"}));
  EXPECT_TRUE(issue(narrow, "hanako", {"read"}));
  EXPECT_TRUE(issue(narrow, "hanako", {"accounts", "datasets", "read"}));
  EXPECT_EQ(error_of(issue(caller("hanako", {"datasets"}), "hanako", {"datasets"})), "token-scope");
  // A sysadmin's narrow token is no way round either.
  add_user("root", true);
  EXPECT_EQ(error_of(issue(caller("root", {"accounts"}), "hanako")), "token-scope-wider");
}

TEST_F(Tokens, WithUnknownScopesBadNamesAndPastExpiriesAreRefused) {
  add_user("hanako");
  NewToken wanted{"hanako", std::string("a\nb"), {"read", "write"}, clock_.time};
  const auto refused = accounts_.issue_token(wanted, by_operator());
  ASSERT_EQ(error_of(refused), "token-invalid");
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  ASSERT_THAT(refused.error().details, SizeIs(3));
  EXPECT_EQ(refused.error().details[0].param, "name");
  EXPECT_EQ(refused.error().details[1].param, "scopes");
  EXPECT_EQ(refused.error().details[1].expected, "read, datasets, members, accounts");
  EXPECT_EQ(refused.error().details[2].param, "expires");
  wanted = {"hanako", std::string(101, 'x'), {}, {}};
  EXPECT_EQ(error_of(accounts_.issue_token(wanted, by_operator())), "token-invalid");
}

TEST_F(Tokens, LiveNoLongerThanTheSiteAllows) {
  add_user("hanako");
  AccountOptions strict = options();
  strict.token_max_days = 30;
  Accounts accounts(store_, strict);
  const core::Timestamp most{clock_.time.us + 30 * kDayUs};
  EXPECT_EQ(value_of(accounts.issue_token({"hanako", "", {}, {}}, by_operator())).token.expires,
            most);
  EXPECT_TRUE(accounts.issue_token({"hanako", "", {}, most}, by_operator()));
  const core::Timestamp later{most.us + 1};
  EXPECT_EQ(error_of(accounts.issue_token({"hanako", "", {}, later}, by_operator())),
            "token-invalid");
}

TEST_F(Tokens, AreNotShownAgainUnderTheSameKey) {
  add_user("hanako");
  WriteContext context = by_operator();
  context.idempotency_key = "key";
  context.request_hash = "hash";
  value_of(accounts_.issue_token({"hanako", "", {}, {}}, context));
  EXPECT_EQ(error_of(accounts_.issue_token({"hanako", "", {}, {}}, context)),
            "token-already-issued");
  EXPECT_THAT(value_of(accounts_.tokens("hanako", operator_caller())), SizeIs(1));
}

TEST_F(Tokens, AreListedForTheirUserAndSysadmins) {
  const core::Caller hanako = editor("hanako");
  const core::Caller taro = editor("taro");
  EXPECT_THAT(value_of(accounts_.tokens("hanako", hanako)), SizeIs(1));
  EXPECT_EQ(error_of(accounts_.tokens("hanako", taro)), "permission-denied");
  EXPECT_EQ(error_of(accounts_.tokens("hanako", {})), "authentication-required");
  EXPECT_THAT(value_of(accounts_.tokens("hanako", operator_caller())), SizeIs(1));
  EXPECT_EQ(error_of(accounts_.tokens("nobody", operator_caller())), "user-not-found");
}

TEST_F(Tokens, AreRevokedByIdOrTextByTheirUserOrASysadmin) {
  const core::Caller hanako = editor("hanako");
  const core::Caller taro = editor("taro");
  const IssuedToken first = value_of(issue(hanako, "hanako"));
  const IssuedToken second = value_of(issue(hanako, "hanako"));
  EXPECT_EQ(error_of(accounts_.revoke_token(first.token.id, by(taro))), "permission-denied");
  EXPECT_EQ(error_of(accounts_.revoke_token(first.text, by(taro))), "permission-denied");
  EXPECT_EQ(error_of(accounts_.revoke_token(first.text, {})), "authentication-required");
  EXPECT_TRUE(accounts_.revoke_token(first.token.id, by(hanako)));
  EXPECT_TRUE(accounts_.revoke_token(second.text, by_operator()));
  for (const std::string& text : {first.text, second.text}) {
    EXPECT_TRUE(value_of(accounts_.authenticate(text)).is_anonymous());
  }
  EXPECT_EQ(error_of(accounts_.revoke_token("no-such-id", by(hanako))), "token-not-found");
  EXPECT_EQ(error_of(accounts_.revoke_token(auth::make_token(), by(hanako))), "token-not-found");
}

TEST_F(Tokens, RevokedTwiceKeepTheFirstTime) {
  add_user("hanako");
  const IssuedToken issued = value_of(accounts_.issue_token({"hanako", "", {}, {}}, by_operator()));
  value_of(accounts_.revoke_token(issued.token.id, by_operator()));
  const core::Timestamp then = clock_.time;
  clock_.time.us += kDayUs;
  EXPECT_THAT(actions_of([&] { value_of(accounts_.revoke_token(issued.token.id, by_operator())); }),
              IsEmpty());
  EXPECT_EQ(value_of(reader()->accounts().token(issued.token.id))->revoked, then);
}

TEST_F(Tokens, MayRevokeThemselvesWhateverTheirScopes) {
  add_user("hanako");
  const std::string text = token_of("hanako", {"read"});
  const core::Caller narrow = value_of(accounts_.authenticate(text));
  const std::string other = token_of("hanako");
  EXPECT_EQ(error_of(accounts_.revoke_token(other, by(narrow))), "token-scope");
  EXPECT_TRUE(accounts_.revoke_token(text, by(narrow)));
  EXPECT_TRUE(value_of(accounts_.authenticate(text)).is_anonymous());
}

}  // namespace
}  // namespace minato::service
