#include "storage/sqlite/accounts/token_use_log.h"

#include <thread>

#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using storage::sqlite::TokenUseLog;

constexpr std::int64_t kMinute = 60'000'000;

class TokenUse : public SqliteFile {
 protected:
  static void put_token(Store& store) {
    ASSERT_TRUE(store
                    .write([](storage::CatalogWriter& w) -> core::Result<void> {
                      storage::User user;
                      user.id = "u";
                      user.name = "hanako";
                      if (auto put = w.accounts().put_user(user); !put) return put;
                      return w.accounts().put_token(token());
                    })
                    .has_value());
  }
  static storage::ApiToken token() {
    storage::ApiToken token;
    token.id = "t";
    token.user_id = "u";
    token.hash = "h";
    return token;
  }
  static std::optional<core::Timestamp> last_used(Store& store) {
    return (*read(store)->accounts().token("t"))->last_used;
  }
};

TEST_F(TokenUse, IsKeptToTheMinute) {
  {
    const auto store = opened();
    put_token(*store);
    EXPECT_FALSE(last_used(*store).has_value());
    store->note_token_use("t", {5 * kMinute + 7});
    store->note_token_use("unknown", {5 * kMinute});
  }
  EXPECT_EQ(last_used(*opened()), core::Timestamp{5 * kMinute});
}

TEST_F(TokenUse, IsWrittenWhileTheStoreRunsAndWithoutANewRevision) {
  auto eager = options();
  eager.chore_interval = std::chrono::milliseconds(1);
  const auto store = std::move(*Store::open(eager));
  put_token(*store);
  const auto before = read(*store)->revision();
  store->note_token_use("t", {kMinute});
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!last_used(*store) && std::chrono::steady_clock::now() < limit) {
    std::this_thread::yield();
  }
  EXPECT_EQ(last_used(*store), core::Timestamp{kMinute});
  EXPECT_EQ(read(*store)->revision(), before);
}

TEST_F(TokenUse, StaysWhenTheTokenIsPutAgain) {
  {
    const auto store = opened();
    put_token(*store);
    store->note_token_use("t", {kMinute});
  }
  const auto store = opened();
  put_token(*store);
  EXPECT_EQ(last_used(*store), core::Timestamp{kMinute});
}

TEST(TokenUseLog, NotesOnlyTheFirstUseOfAMinute) {
  TokenUseLog log;
  EXPECT_TRUE(log.add("t", {kMinute}));
  EXPECT_FALSE(log.add("t", {kMinute + 1}));
  ASSERT_EQ(log.take().size(), 1U);
  EXPECT_FALSE(log.add("t", {2 * kMinute - 1}));
  EXPECT_TRUE(log.empty());
  EXPECT_TRUE(log.add("t", {2 * kMinute}));
  EXPECT_FALSE(log.add("other", {2 * kMinute}));
  EXPECT_EQ(log.take().size(), 2U);
}

TEST(TokenUseLog, ForgetsWhatItKnowsWhenTokensAreTooMany) {
  TokenUseLog log;
  for (std::size_t i = 0; i < TokenUseLog::kMaxTokens; ++i) log.add(std::to_string(i), {kMinute});
  log.take();
  log.add("one more", {kMinute});
  log.add("0", {kMinute});
  EXPECT_EQ(log.take().size(), 2U);
}

}  // namespace
}  // namespace minato::test
