#include "storage/sqlite/tables/posting_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "storage/sqlite/tables/token_table.h"

namespace minato::storage::sqlite::tables {
namespace {

TEST(PostingBlock, GivesBackWhatWasPutIn) {
  std::string bytes;
  append_to_block("横浜", std::string("\0\1", 2), bytes);
  append_to_block(std::string(128, 'x'), std::string(8192, '\xFF'), bytes);
  PostingBlock block(bytes);
  ASSERT_TRUE(block.next());
  EXPECT_EQ(block.token(), "横浜");
  EXPECT_EQ(block.posting(), std::string("\0\1", 2));
  ASSERT_TRUE(block.next());
  EXPECT_EQ(block.token(), std::string(128, 'x'));
  EXPECT_EQ(block.posting().size(), 8192U);
  EXPECT_FALSE(block.next());
  EXPECT_FALSE(block.damaged());
}

TEST(PostingBlock, NoticesThatItWasCut) {
  std::string bytes;
  append_to_block("横浜", "abcd", bytes);
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    PostingBlock block(std::string_view(bytes).substr(0, size));
    EXPECT_FALSE(block.next()) << size;
    EXPECT_TRUE(block.damaged()) << size;
  }
}

TEST(TokenTable, NumbersTokensByOccurrenceAndSortsThemByBytes) {
  TokenTable table;
  std::vector<std::string> tokens;
  for (int i = 0; i < 20'000; ++i) tokens.push_back("横浜市" + std::to_string(i * 7919 % 20'000));
  tokens.emplace_back("a");
  tokens.emplace_back("ab");
  for (std::size_t i = 0; i < tokens.size(); ++i) EXPECT_EQ(table.number_of(tokens[i]), i);
  for (std::size_t i = 0; i < tokens.size(); ++i) EXPECT_EQ(table.number_of(tokens[i]), i);
  std::vector<std::string> in_order;
  for (const std::uint32_t number : table.sorted()) in_order.emplace_back(table.text(number));
  std::sort(tokens.begin(), tokens.end());
  EXPECT_EQ(in_order, tokens);
}

}  // namespace
}  // namespace minato::storage::sqlite::tables
