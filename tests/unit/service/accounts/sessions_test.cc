// Whom a session stands for that was begun with a token: known by the token's id alone.
#include "accounts_fixture.h"

namespace minato::service {
namespace {

class TokenSessions : public AccountsTest {
 protected:
  core::Caller of(const std::string& token_id) {
    return value_of(accounts_.caller_of_token(token_id));
  }
};

TEST_F(TokenSessions, AreTheUserOfTheToken) {
  const core::Caller signed_in = editor("hanako");
  const core::Caller caller = of(signed_in.token_id);
  EXPECT_EQ(caller.user_name, "hanako");
  EXPECT_EQ(caller.roles, signed_in.roles);
  EXPECT_EQ(caller.token_id, signed_in.token_id);
  EXPECT_TRUE(of("").is_anonymous());
  EXPECT_TRUE(of("none").is_anonymous());
}

TEST_F(TokenSessions, AreNotBegunWithATokensHashOrText) {
  add_user("hanako");
  const std::string text = token_of("hanako");
  const auto tokens =
      value_of(reader()->accounts().tokens_of(value_of(accounts_.user("hanako")).user.id));
  EXPECT_TRUE(of(text).is_anonymous());
  EXPECT_TRUE(of(tokens.front().hash).is_anonymous());
  // Nor after the token itself was used.
  value_of(accounts_.authenticate(text));
  EXPECT_TRUE(of(tokens.front().hash).is_anonymous());
}

TEST_F(TokenSessions, EndWithTheToken) {
  const core::Caller hanako = editor("hanako");
  ASSERT_FALSE(of(hanako.token_id).is_anonymous());
  value_of(accounts_.revoke_token(hanako.token_id, by(hanako)));
  EXPECT_TRUE(of(hanako.token_id).is_anonymous());
}

TEST_F(TokenSessions, EndWhenTheTokenExpires) {
  add_user("hanako");
  const auto issued = value_of(accounts_.issue_token(
      {"hanako", "test", {}, core::Timestamp{clock_.time.us + kDayUs}}, by_operator()));
  EXPECT_FALSE(of(issued.token.id).is_anonymous());
  clock_.time.us += kDayUs;
  EXPECT_TRUE(of(issued.token.id).is_anonymous());
}

TEST_F(TokenSessions, EndWithTheUserAndFollowRoles) {
  const core::Caller hanako = editor("hanako");
  ASSERT_FALSE(of(hanako.token_id).roles.empty());
  value_of(accounts_.remove_member("141003", "hanako", by_operator()));
  EXPECT_TRUE(of(hanako.token_id).roles.empty());
  value_of(accounts_.delete_user("hanako", by_operator()));
  EXPECT_TRUE(of(hanako.token_id).is_anonymous());
}

TEST_F(TokenSessions, ThatWereEndedAreRememberedUntilTheirTime) {
  const core::Timestamp until{clock_.time.us + kMinuteUs};
  EXPECT_FALSE(accounts_.has_ended("one"));
  accounts_.end_session("one", until);
  EXPECT_TRUE(accounts_.has_ended("one"));
  EXPECT_FALSE(accounts_.has_ended("two"));
  clock_.time.us += 2 * kMinuteUs;
  accounts_.end_session("two", {clock_.time.us + kMinuteUs});
  EXPECT_FALSE(accounts_.has_ended("one"));  // its cookie is over by itself
  EXPECT_TRUE(accounts_.has_ended("two"));
}

}  // namespace
}  // namespace minato::service
