#include "storage/sqlite/tables/posting_block.h"

namespace minato::storage::sqlite::tables {

void append_to_block(std::string_view token, std::string_view posting, std::string& block) {
  block += static_cast<char>(token.size());
  block += token;
  block += static_cast<char>(posting.size() & 0xFFU);
  block += static_cast<char>(posting.size() >> 8U);
  block += posting;
}

bool PostingBlock::take(std::size_t bytes, std::string_view& part) {
  if (rest_.size() < bytes) {
    damaged_ = true;
    return false;
  }
  part = rest_.substr(0, bytes);
  rest_.remove_prefix(bytes);
  return true;
}

bool PostingBlock::next() {
  if (rest_.empty() || damaged_) return false;
  std::string_view length;
  if (!take(1, length) || !take(static_cast<unsigned char>(length[0]), token_) ||
      !take(2, length)) {
    return false;
  }
  const std::size_t bytes = static_cast<std::size_t>(static_cast<unsigned char>(length[0])) |
                            static_cast<std::size_t>(static_cast<unsigned char>(length[1])) << 8U;
  return take(bytes, posting_);
}

}  // namespace minato::storage::sqlite::tables
