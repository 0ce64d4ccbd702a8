// Kana in Latin letters by Hepburn's system, long vowels written short: とうきょう is "tokyo".
#pragma once

#include <string>
#include <string_view>

namespace minato::text {

// REQUIRES: hiragana and katakana; what else there is is dropped.
std::string hepburn(std::u32string_view kana);

}  // namespace minato::text
