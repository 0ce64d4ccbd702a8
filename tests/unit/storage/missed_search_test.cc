#include "storage/sqlite/missed_search_log.h"

#include "storage/sqlite/connection.h"
#include "storage/sqlite/origin_rows.h"
#include "text/fold.h"
#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using storage::sqlite::MissedSearchLog;

class MissedSearch : public SqliteFile {};

TEST_F(MissedSearch, CountsWhatFoldsToTheSameText) {
  {
    const auto store = opened();
    for (const char* text : {"ＲＰＡ", "rpa", " RPA ", "水道", "", "   "}) {
      store->note_missed_search(text);
    }
  }
  const auto store = opened();
  const auto missed = *read(*store)->missed_searches(10);
  ASSERT_EQ(missed.size(), 2U);
  EXPECT_EQ(missed[0].text, "rpa");
  EXPECT_EQ(missed[0].count, 3);
  EXPECT_GT(missed[0].last.us, 0);
  EXPECT_EQ(missed[1].text, text::fold("水道"));
}

TEST_F(MissedSearch, IsWrittenWhileTheStoreRunsAndWithoutANewRevision) {
  auto eager = options();
  eager.chore_interval = std::chrono::milliseconds(1);
  const auto store = std::move(*Store::open(eager));
  const auto before = read(*store)->revision();
  store->note_missed_search("nothing");
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (read(*store)->missed_searches(1)->empty() && std::chrono::steady_clock::now() < limit) {
    std::this_thread::yield();
  }
  EXPECT_EQ(read(*store)->missed_searches(1)->size(), 1U);
  EXPECT_EQ(read(*store)->revision(), before);
}

TEST(MissedSearchLog, CutsLongTextsAtACharacter) {
  MissedSearchLog log;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "港";
  log.add(text, at(1));
  const auto taken = log.take();
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].text.size(), MissedSearchLog::kMaxCharacters * 3);
}

TEST(MissedSearchLog, DropsNewTextsWhileTooManyWait) {
  MissedSearchLog log;
  for (std::size_t i = 0; i < MissedSearchLog::kMaxWaiting + 50; ++i) {
    log.add("t" + std::to_string(i), at(1));
  }
  log.add("t0", at(2));
  const auto taken = log.take();
  EXPECT_EQ(taken.size(), MissedSearchLog::kMaxWaiting);
  EXPECT_TRUE(log.empty());
}

TEST_F(MissedSearch, KeepsTheMostFrequentTexts) {
  const auto store = opened();
  storage::sqlite::ConnectionOptions writing;
  writing.path = path();
  writing.access = storage::sqlite::ConnectionOptions::Access::kWrite;
  storage::sqlite::Connection connection(writing);
  storage::sqlite::add_missed_searches(
      connection, {{"often", 5, at(1)}, {"old", 1, at(2)}, {"new", 1, at(3)}}, 2);
  const auto missed = *read(*store)->missed_searches(10);
  ASSERT_EQ(missed.size(), 2U);
  EXPECT_EQ(missed[0].text, "often");
  EXPECT_EQ(missed[1].text, "new");
}

}  // namespace
}  // namespace minato::test
