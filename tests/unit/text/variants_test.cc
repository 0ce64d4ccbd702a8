#include "text/variants.h"

#include <gtest/gtest.h>

#include "text/fold.h"
#include "text/utf8.h"

namespace minato::text {
namespace {

TEST(Variants, AreUnifiedInOneStep) {
  for (char32_t c = 0x3400; c < 0x30000; ++c) {
    const char32_t unified = unified_kanji(c);
    ASSERT_EQ(unified_kanji(unified), unified) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Variants, StayAsNormalizationLeavesThem) {
  for (char32_t c = 0x4E00; c < 0x30000; ++c) {
    if (unified_kanji(c) == c) continue;
    std::string variant;
    std::string unified;
    append(variant, c);
    append(unified, unified_kanji(c));
    ASSERT_EQ(fold(variant), unified);
  }
}

TEST(Variants, AreSomeHundred) {
  int variants = 0;
  for (char32_t c = 0x3400; c < 0x30000; ++c) variants += unified_kanji(c) != c ? 1 : 0;
  EXPECT_GT(variants, 500);
  EXPECT_EQ(unified_kanji(U'山'), U'山');
  EXPECT_EQ(unified_kanji(U'a'), U'a');
}

}  // namespace
}  // namespace minato::text
