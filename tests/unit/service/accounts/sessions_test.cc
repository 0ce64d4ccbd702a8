// Whom a session stands for that was begun with a token: known by the token's id alone.
#include "accounts_fixture.h"

namespace minato::service {
namespace {

class TokenSessions : public AccountsTest {
 protected:
  core::Caller of(const std::string& token_id) {
    return value_of(accounts_.caller_of_session(token_id, "session"));
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

TEST_F(TokenSessions, ThatWereEndedStayEndedInEveryProcess) {
  const core::Caller hanako = editor("hanako");
  const core::Timestamp until{clock_.time.us + 7 * kDayUs};
  const auto is_in = [&](Accounts& accounts, const char* session) {
    return !value_of(accounts.caller_of_session(hanako.token_id, session)).is_anonymous();
  };
  Accounts other(store_, options());
  for (const char* session : {"one", "two"}) {
    ASSERT_TRUE(is_in(accounts_, session));
    ASSERT_TRUE(is_in(other, session));
  }
  value_of(accounts_.end_session("one", until, by(hanako)));
  value_of(accounts_.end_session("one", until, by(hanako)));
  // Keys of other writes are forgotten after two days; this one is not before its time.
  clock_.time.us += 6 * kDayUs;
  WriteContext keyed = by_operator();
  keyed.idempotency_key = "some other write";
  value_of(store_.write(keyed, [](storage::CatalogWriter&) { return core::Result<Changes>(); }));
  Accounts restarted(store_, options());
  for (Accounts* accounts : {&accounts_, &other, &restarted}) {
    EXPECT_FALSE(is_in(*accounts, "one"));
    EXPECT_TRUE(is_in(*accounts, "two"));
  }
  // The token itself is as good as ever.
  EXPECT_FALSE(value_of(accounts_.caller_of_session(hanako.token_id, "three")).is_anonymous());
}

TEST_F(TokenSessions, AreAudited) {
  core::Caller hanako = editor("hanako");
  hanako.address = "192.0.2.7";
  value_of(accounts_.begin_session(by(hanako)));
  value_of(accounts_.end_session("one", {clock_.time.us + kMinuteUs}, by(hanako)));
  value_of(accounts_.end_session("one", {clock_.time.us + kMinuteUs}, by(hanako)));
  std::vector<std::string> actions;
  value_of(reader()->history().each_audit_entry(1, [&](const core::AuditEntry& entry) {
    if (!entry.action.starts_with("session.")) return true;
    actions.push_back(entry.action + " " + entry.user_name + " " + entry.address);
    EXPECT_EQ(entry.subject_id, hanako.token_id);
    return true;
  }));
  EXPECT_THAT(actions, testing::ElementsAre("session.begin hanako 192.0.2.7",
                                            "session.end hanako 192.0.2.7"));
}

}  // namespace
}  // namespace minato::service
