#include "core/utf8.h"

#include <gtest/gtest.h>

#include "core/word_characters.h"

namespace minato::core {
namespace {

TEST(Utf8, RefusesOverlongFormsSurrogatesAndCutSequences) {
  EXPECT_TRUE(is_valid_utf8("港 Minato 𠮷野家"));
  for (const char* bad : {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xE6\xB8", "\xFF", "a\xC3", "\xF0\x80\x80\xAF"}) {
    EXPECT_FALSE(is_valid_utf8(bad)) << bad;
  }
}

TEST(Utf8, CountsCharactersAndEachBadByteAsOne) {
  EXPECT_EQ(count_code_points("港𠮷a"), 3U);
  EXPECT_EQ(count_code_points("a\xFF\xFE"), 3U);
}

TEST(Utf8, EveryScalarValueReadsBack) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    std::string text;
    append_utf8(text, c);
    std::size_t offset = 0;
    ASSERT_EQ(next_code_point(text, offset), c);
    ASSERT_EQ(offset, text.size());
  }
}

TEST(WordCharacters, AreThoseOfPython) {
  for (const char32_t c : U"AZaz09_éßЖ港観あんアンｱﾝーｰ々〇ヶゝヽ髙﨑𠮷ⅣⅠ①１ａ한") {
    if (c != 0) {
      EXPECT_TRUE(is_word_character(c)) << std::hex << static_cast<unsigned>(c);
    }
  }
  for (const char32_t c : U" -.,・、。（）「」〜～―!?/㎡℡\u3099\u0301\u3000😀") {
    if (c != 0) {
      EXPECT_FALSE(is_word_character(c)) << std::hex << static_cast<unsigned>(c);
    }
  }
  EXPECT_FALSE(is_word_character(0x10FFFF));
}

}  // namespace
}  // namespace minato::core
