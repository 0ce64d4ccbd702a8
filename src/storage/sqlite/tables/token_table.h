// The tokens of one chunk of rows, numbered in the order of their first occurrence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace minato::storage::sqlite::tables {

class TokenTable {
 public:
  TokenTable() : slots_(kFirstSlots) {}

  std::uint32_t number_of(std::string_view token);
  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] std::string_view text(std::uint32_t number) const {
    return std::string_view(texts_).substr(tokens_[number].begin, tokens_[number].length);
  }
  // All numbers, in the order of the tokens' bytes.
  [[nodiscard]] std::vector<std::uint32_t> sorted() const;

 private:
  static constexpr std::size_t kFirstSlots = 4096;  // a power of two
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t next = 0;  // number + 1; 0 is free
  };
  struct Token {
    std::uint64_t hash;
    std::uint32_t begin;
    std::uint32_t length;
  };
  void grow();

  std::vector<Slot> slots_;  // open addressing
  std::vector<Token> tokens_;
  std::string texts_;
};

}  // namespace minato::storage::sqlite::tables
