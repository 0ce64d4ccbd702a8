// The small parts of the index by themselves.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "storage/sqlite/search/document_record.h"
#include "storage/sqlite/search/ranking.h"
#include "storage/sqlite/search/strengths.h"
#include "storage/sqlite/search/term_column.h"
#include "storage/sqlite/search/wildcard.h"

namespace minato::storage::sqlite::search {
namespace {

TEST(Wildcard, MatchesAnyAndOne) {
  EXPECT_TRUE(wildcard_matches("*", ""));
  EXPECT_TRUE(wildcard_matches("a*c", "abbc"));
  EXPECT_TRUE(wildcard_matches("a*b*c", "a-b-b-c"));
  EXPECT_TRUE(wildcard_matches("観?", "観光"));
  EXPECT_TRUE(wildcard_matches("*光?設", "観光施設"));
  EXPECT_FALSE(wildcard_matches("?", ""));
  EXPECT_FALSE(wildcard_matches("?", "ab"));
  EXPECT_FALSE(wildcard_matches("観?", "観"));
  EXPECT_FALSE(wildcard_matches("a*c", "abcd"));
  EXPECT_FALSE(wildcard_matches("", "a"));
}

TEST(Wildcard, StaysQuickOnManyStars) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "a*";
  EXPECT_FALSE(wildcard_matches(pattern + "b", std::string(300, 'a')));
  EXPECT_FALSE(TextPattern(pattern + "b").matches(std::string(300, 'a')));
}

TEST(DocumentRecord, ComesBackFromItsBytes) {
  DocumentRecord record;
  record.id = "id";
  record.name = "name";
  record.title = "題名";
  record.created = -5;
  record.modified = 1'700'000'000'000'000;
  record.state = core::State::kDeleted;
  record.is_private = true;
  record.num_tags = 3;
  record.num_resources = 4;
  record.tokens = 500;
  record.title_tokens = 6;
  record.texts = 0x7FF;
  record.values = {{1, "a"}, {300, ""}};
  const std::string bytes = encode(record);
  DocumentRecord back;
  ASSERT_TRUE(decode_record(bytes, back));
  EXPECT_EQ(encode(back), bytes);
  EXPECT_EQ(back.created, -5);
  EXPECT_EQ(back.values, record.values);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_record(std::string_view(bytes).substr(0, size), back)) << size;
  }
}

TEST(DocumentRecord, RefusesAnyOtherBytes) {
  std::mt19937 random(5);
  for (int round = 0; round < 5'000; ++round) {
    std::string bytes;
    for (std::size_t n = random() % 40; n > 0; --n) bytes += static_cast<char>(random() % 256);
    DocumentRecord record;
    const bool good = decode_record(bytes, record);
    ASSERT_TRUE(!good || record.values.size() <= bytes.size());
  }
}

TEST(Strengths, AreFoundAgainInListsAndTables) {
  std::mt19937 random(6);
  constexpr std::uint32_t kSlots = 140'000;  // more than two blocks
  for (const std::uint32_t every : {1U, 50U, 5000U}) {
    Strengths strengths;
    std::vector<std::uint8_t> expected(kSlots + 100'000);
    for (std::uint32_t slot = 0; slot < kSlots; ++slot) {
      if (random() % every != 0) continue;
      expected[slot] = static_cast<std::uint8_t>(1 + random() % 240);
      strengths.append(slot, expected[slot]);
      if (slot > 100'000 && slot < 100'100) strengths.pack();
    }
    strengths.pack();
    for (const std::uint32_t asked : {3U, 1000U}) {
      std::vector<std::uint32_t> slots;
      for (std::uint32_t slot = 0; slot < expected.size(); ++slot) {
        if (random() % asked == 0) slots.push_back(slot);
      }
      std::vector<std::uint8_t> found(slots.size());
      strengths.visit(slots, [&](std::size_t i, std::uint8_t value) { found[i] = value; });
      for (std::size_t i = 0; i < slots.size(); ++i) {
        ASSERT_EQ(found[i], expected[slots[i]]) << slots[i];
      }
    }
  }
}

// Few and many values, few and many slots asked for: both ways of counting.
TEST(TermColumn, CountsWhatEachSlotHas) {
  std::mt19937 random(7);
  for (const unsigned values : {3U, 2000U}) {
    TermColumn column;
    std::vector<std::set<std::string>> expected(5000);
    for (std::uint32_t slot = 0; slot < 4000; ++slot) {  // the last 1,000 have none
      for (auto left = random() % 4; left > 0; --left) {
        expected[slot].insert("v" + std::to_string(random() % values));
      }
      const std::vector<std::string_view> views(expected[slot].begin(), expected[slot].end());
      column.add(slot, views);
    }
    for (const unsigned asked : {1U, 50U, 6000U}) {
      std::vector<std::uint32_t> slots;
      std::map<std::string, std::uint32_t> counts;
      for (std::uint32_t slot = 0; slot < expected.size(); ++slot) {
        if (random() % asked != 0) continue;
        slots.push_back(slot);
        for (const auto& value : expected[slot]) ++counts[value];
      }
      const auto found = column.count(slots);
      ASSERT_EQ(found.size(), column.term_count());
      for (std::uint32_t term = 0; term < found.size(); ++term) {
        ASSERT_EQ(found[term], counts[column.value(term)]) << column.value(term);
      }
    }
  }
}

TEST(Ranking, NeverLetsAWorseTierWin) {
  for (int tier = 0; tier + 1 < kTiers; ++tier) {
    const MatchShape strong{static_cast<Tier>(tier), 255, 5, 5, 5};
    const MatchShape weak{static_cast<Tier>(tier + 1), 1, 1, 500, 100'000};
    EXPECT_LT(weights()[strength_of(strong)], weights()[strength_of(weak)]);
    EXPECT_GT(strength_of(strong), 0);
  }
}

TEST(Ranking, GivesRareWordsMore) {
  EXPECT_GT(idf(1000, 1), idf(1000, 10));
  EXPECT_GT(idf(1000, 999), 0);
  EXPECT_GT(idf(10, 1000), 0);
}

}  // namespace
}  // namespace minato::storage::sqlite::search
