// Words of publishers carry no language: on English pages, those in Japanese letters are marked, so
// that they are read aloud as Japanese.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "web/frame/view.h"

namespace minato::web {

// "ja" for text with kana or kanji on an English page, else "".
std::string words_language(std::string_view text, core::Language page);

// Sets `key`, and "<key>_lang" for the lang attribute.
void put_words(View& view, const std::string& key, const std::string& text, core::Language page);

}  // namespace minato::web
