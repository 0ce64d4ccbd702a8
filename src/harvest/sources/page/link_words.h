// Reads words about a file's form one after the other: formats, sizes, encodings, "opens in a new
// window".
#pragma once

#include <cstddef>

#include "harvest/sources/page/link_text.h"
#include "harvest/sources/page/plain_text.h"

namespace minato::harvest {

class LinkWords {
 public:
  explicit LinkWords(const PlainText& text) : text_(text) {}

  // Behind the longest sequence of such words that begins at `from`; `claims` takes what they say.
  // It counts only when one of them is strong (CSV, 12KB): then `strong` becomes true.
  struct Sequence {
    std::size_t end = 0;
    bool strong = false;           // a word that can only be about the form
    std::size_t first_strong = 0;  // where the first of these begins
  };
  Sequence read(std::size_t from, std::size_t to, LinkText* claims) const;

 private:
  [[nodiscard]] std::size_t size_at(std::size_t at, LinkText* claims) const;  // its length; 0: none
  [[nodiscard]] std::size_t format_at(std::size_t at, LinkText* claims) const;
  [[nodiscard]] std::size_t encoding_at(std::size_t at, LinkText* claims) const;
  [[nodiscard]] std::size_t act_at(std::size_t at) const;
  [[nodiscard]] std::size_t weak_at(std::size_t at) const;
  // Letters of ASCII end where other characters begin.
  [[nodiscard]] bool ends_word(std::size_t at) const;
  [[nodiscard]] bool begins_word(std::size_t at) const;

  const PlainText& text_;
};

}  // namespace minato::harvest
