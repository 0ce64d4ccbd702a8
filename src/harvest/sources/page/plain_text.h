// Text of a page beside its plain spelling, character by character: rules are written against the
// plain one, and what is kept comes from the original.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace minato::harvest {

// ASCII for full-width forms, lower case, one kind of bracket "(" ")", dash "-", wave "~", blank.
struct PlainText {
  std::u32string original;
  std::u32string plain;  // of the same length

  [[nodiscard]] std::size_t size() const { return plain.size(); }
  [[nodiscard]] bool has(std::size_t at, std::u32string_view word) const {
    return std::u32string_view(plain)
        .substr(at < plain.size() ? at : plain.size())
        .starts_with(word);
  }
  void erase(std::size_t from, std::size_t to);
  void push(char32_t as_written, char32_t as_plain);
};

// At most `max_characters`; the rest is left out. Bad UTF-8 becomes U+FFFD, control characters
// blanks.
PlainText plain_text(std::string_view utf8, std::size_t max_characters = 1000);
std::string utf8_of(std::u32string_view text);

bool is_digit(char32_t c);
bool is_ascii_letter(char32_t c);  // of plain text: lower case

}  // namespace minato::harvest
