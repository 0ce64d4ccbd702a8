#include <atomic>
#include <thread>

#include "accounts_fixture.h"
#include "auth/token.h"

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

class Authentication : public AccountsTest {
 protected:
  core::Caller who(const std::string& token) { return value_of(accounts_.authenticate(token)); }
  std::optional<core::Timestamp> last_used(const std::string& user) {
    return value_of(reader()->accounts().tokens_of(value_of(accounts_.user(user)).user.id))
        .front()
        .last_used;
  }
  // Uses are written behind the requests' backs.
  bool becomes_used(const std::string& user, core::Timestamp minute) {
    for (int i = 0; i < 500; ++i) {
      if (last_used(user) == minute) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
};

TEST_F(Authentication, KnowsUserRolesAndScopesOfAToken) {
  const storage::User hanako = add_user("hanako");
  give("hanako", "141003", core::Role::kEditor);
  give("hanako", "143847", core::Role::kMember);
  const core::Caller caller = who(token_of("hanako", {"datasets", "read"}));
  EXPECT_EQ(caller.user_id, hanako.id);
  EXPECT_EQ(caller.user_name, "hanako");
  EXPECT_FALSE(caller.sysadmin);
  EXPECT_THAT(caller.roles, UnorderedElementsAre(Pair("city-id", core::Role::kEditor),
                                                 Pair("town-id", core::Role::kMember)));
  EXPECT_THAT(caller.scopes, ElementsAre("read", "datasets"));
  EXPECT_EQ(caller.token_id.size(), 36U);
  add_user("root", true);
  EXPECT_TRUE(who(token_of("root")).sysadmin);
}

TEST_F(Authentication, TakesStrangersForAnonymous) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  for (const std::string& text :
       {std::string(), std::string("x"), auth::make_token(), token.substr(0, token.size() - 1),
        token + "a", std::string("minato_") + std::string(43, '\0')}) {
    EXPECT_TRUE(who(text).is_anonymous()) << text;
    EXPECT_FALSE(who(text).sysadmin);
  }
}

TEST_F(Authentication, AnswersAgainFromMemoryUntilTheCatalogueChanges) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  EXPECT_EQ(who(token).user_name, "hanako");
  EXPECT_EQ(who(token).user_name, "hanako");
  EXPECT_TRUE(who(token).roles.empty());
  give("hanako", "141003", core::Role::kAdmin);
  EXPECT_EQ(who(token).role_in("city-id"), core::Role::kAdmin);
  value_of(accounts_.remove_member("141003", "hanako", by_operator()));
  EXPECT_TRUE(who(token).roles.empty());
}

TEST_F(Authentication, EndsWithRevocation) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  const std::string other = token_of("hanako");
  ASSERT_FALSE(who(token).is_anonymous());
  value_of(accounts_.revoke_token(token, by_operator()));
  EXPECT_TRUE(who(token).is_anonymous());
  EXPECT_FALSE(who(other).is_anonymous());
}

TEST_F(Authentication, EndsWithRevocationByAnotherProcess) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  ASSERT_FALSE(who(token).is_anonymous());
  auto storage = value_of(storage::sqlite::open_storage(folder_.path(), {}));
  AuditedStore store(*storage.catalog, clock_, kAuditKey);
  Accounts elsewhere(store, options());
  value_of(elsewhere.revoke_token(token, by_operator()));
  bool ended = false;
  for (int i = 0; i < 500 && !ended; ++i) {
    ended = who(token).is_anonymous();
    if (!ended) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(ended);
}

TEST_F(Authentication, EndsAtTheExpiryAlsoOfAKnownToken) {
  add_user("hanako");
  const core::Timestamp expiry{clock_.time.us + kDayUs};
  const auto issued = value_of(accounts_.issue_token({"hanako", "", {}, expiry}, by_operator()));
  clock_.time.us = expiry.us - 1;
  EXPECT_FALSE(who(issued.text).is_anonymous());
  clock_.time = expiry;
  EXPECT_TRUE(who(issued.text).is_anonymous());
}

TEST_F(Authentication, EndsWithTheUserAndDoesNotReturnWithIt) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  ASSERT_FALSE(who(token).is_anonymous());
  value_of(accounts_.delete_user("hanako", by_operator()));
  EXPECT_TRUE(who(token).is_anonymous());
  UserChange back;
  back.state = core::State::kActive;
  value_of(accounts_.change_user("hanako", back, by_operator()));
  EXPECT_TRUE(who(token).is_anonymous());
  EXPECT_FALSE(who(token_of("hanako")).is_anonymous());
}

TEST_F(Authentication, NeedsTheSecretThatTheTokenWasMadeWith) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  AccountOptions other = options();
  other.token_secret = "another key";
  Accounts elsewhere(store_, other);
  EXPECT_TRUE(value_of(elsewhere.authenticate(token)).is_anonymous());
}

TEST_F(Authentication, NotesTheUseToTheMinute) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  EXPECT_EQ(last_used("hanako"), std::nullopt);
  const std::uint64_t revision = storage_.catalog->revision();
  who(token);
  const core::Timestamp minute{clock_.time.us / kMinuteUs * kMinuteUs};
  EXPECT_TRUE(becomes_used("hanako", minute));
  clock_.time.us += kMinuteUs;
  who(token);
  EXPECT_TRUE(becomes_used("hanako", {minute.us + kMinuteUs}));
  EXPECT_EQ(storage_.catalog->revision(), revision) << "caches stay";
}

TEST_F(Authentication, IsSafeFromManyThreads) {
  add_user("hanako");
  const std::string token = token_of("hanako");
  std::atomic<int> known{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) known += who(token).user_name == "hanako" ? 1 : 0;
    });
  }
  for (int i = 0; i < 10; ++i)
    give("hanako", "141003", i % 2 == 0 ? core::Role::kAdmin : core::Role::kMember);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(known, 2000);
}

}  // namespace
}  // namespace minato::service
