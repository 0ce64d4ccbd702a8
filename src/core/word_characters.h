// Which characters make a word: Unicode letters and numbers and "_", as Python's \w has it, because
// CKAN's rule for tags is written in it. Kana, kanji, "々", "〇" and "ー" are; "・", "（" and "、"
// are not.
#pragma once

namespace minato::core {

bool is_word_character(char32_t code_point);

}  // namespace minato::core
