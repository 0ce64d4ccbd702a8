// What a character is to the tokenizer.
#pragma once

namespace minato::text {

enum class CharacterClass {
  kSeparator,  // blanks, punctuation, symbols
  kCjk,        // kanji, kana, ー, Hangul, Bopomofo: written without blanks, indexed by bigrams
  kLetter,     // letters of other scripts and the marks on them
  kDigit,      // decimal digits and other numbers
};

CharacterClass class_of(char32_t c);
bool is_han(char32_t c);  // kanji, 々 and 〇 included
bool is_white_space(char32_t c);

}  // namespace minato::text
