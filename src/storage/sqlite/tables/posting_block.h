// Posting lists of neighbouring tokens in one blob: a row of the database for each token would cost
// more than its list. Of each token: its length (1 byte), its bytes, the length of the list (2
// bytes, little-endian), the list (postings.h). Ascending by token.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace minato::storage::sqlite::tables {

// A block ends behind so many: few lists are long, so most blocks stay within a page of the
// database.
inline constexpr std::size_t kBlockBytes = 1000;

void append_to_block(std::string_view token, std::string_view posting, std::string& block);

class PostingBlock {
 public:
  explicit PostingBlock(std::string_view bytes) : rest_(bytes) {}
  // False at the end, or where the block is damaged.
  bool next();
  [[nodiscard]] bool damaged() const { return damaged_; }
  [[nodiscard]] std::string_view token() const { return token_; }
  [[nodiscard]] std::string_view posting() const { return posting_; }

 private:
  bool take(std::size_t bytes, std::string_view& part);

  std::string_view rest_;
  std::string_view token_;
  std::string_view posting_;
  bool damaged_ = false;
};

}  // namespace minato::storage::sqlite::tables
