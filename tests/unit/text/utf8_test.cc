#include "text/utf8.h"

#include <gtest/gtest.h>

namespace minato::text {
namespace {

TEST(Sanitized, KeepsWhatIsWellFormed) {
  const std::string good = "a\u00E9\u3042\U00020BB7\uD7FF\uE000\U0010FFFF";
  EXPECT_EQ(sanitized(good), good);
}

// The table of the Unicode Standard, chapter 3.9, "U+FFFD for maximal subparts".
TEST(Sanitized, ReplacesEachMaximalIllFormedPart) {
  EXPECT_EQ(sanitized("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            "a\uFFFD\uFFFD\uFFFD"
            "b\uFFFD"
            "c\uFFFD\uFFFD"
            "d");
  EXPECT_EQ(sanitized("\xC0\xAF"), "\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(sanitized("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // surrogate
  EXPECT_EQ(sanitized("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond U+10FFFF
  EXPECT_EQ(sanitized("\xE3\x81"), "\uFFFD");                            // cut off
}

TEST(Truncated, NeverCutsACharacter) {
  EXPECT_EQ(truncated("あい", 6), "あい");
  EXPECT_EQ(truncated("あい", 5), "あ");
  EXPECT_EQ(truncated("あい", 3), "あ");
  EXPECT_EQ(truncated("あい", 2), "");
  EXPECT_EQ(truncated("a𠮷", 4), "a");
  EXPECT_EQ(truncated("", 4), "");
}

TEST(Truncated, KeepsALimitOnBytesThatAreNoCharacters) {
  EXPECT_EQ(truncated("\x80\x80\x80\x80\x80\x80\x80\x80", 7).size(), 3U);
}

}  // namespace
}  // namespace minato::text
