#include "text/numerals.h"

#include <gtest/gtest.h>

#include "text/blanks.h"

namespace minato::text {
namespace {

TEST(Numerals, ReadsIntegers) {
  const auto integer = [](std::string_view text) {
    const Numeral numeral = read_numeral(text);
    EXPECT_EQ(numeral.kind, NumeralKind::kInteger) << text;
    return numeral.integer;
  };
  EXPECT_EQ(integer("0"), 0);
  EXPECT_EQ(integer("1234"), 1234);
  EXPECT_EQ(integer("1,234,567"), 1234567);
  EXPECT_EQ(integer("１，２３４"), 1234);
  EXPECT_EQ(integer("-5"), -5);
  EXPECT_EQ(integer("－５"), -5);
  EXPECT_EQ(integer("−5"), -5);
  EXPECT_EQ(integer("‐5"), -5);
  EXPECT_EQ(integer("△1,234"), -1234);
  EXPECT_EQ(integer("▲ 3"), -3);
  EXPECT_EQ(integer("+7"), 7);
  EXPECT_EQ(integer("9223372036854775807"), INT64_MAX);
}

TEST(Numerals, ReadsDecimals) {
  const auto number = [](std::string_view text) {
    const Numeral numeral = read_numeral(text);
    EXPECT_EQ(numeral.kind, NumeralKind::kNumber) << text;
    return numeral.number;
  };
  EXPECT_DOUBLE_EQ(number("0.5"), 0.5);
  EXPECT_DOUBLE_EQ(number(".5"), 0.5);
  EXPECT_DOUBLE_EQ(number("-1.25"), -1.25);
  EXPECT_DOUBLE_EQ(number("△0.3"), -0.3);
  EXPECT_DOUBLE_EQ(number("1,234.5"), 1234.5);
  EXPECT_DOUBLE_EQ(number("1.5E+3"), 1500);
  EXPECT_DOUBLE_EQ(number("１．５"), 1.5);
  EXPECT_EQ(number("35.4437"), 35.4437);
  EXPECT_EQ(number("139.638026"), 139.638026);
  EXPECT_EQ(number("34.299999999999997"), 34.299999999999997);
}

TEST(Numerals, KeepsCodesApart) {
  for (const std::string_view text :
       {"012", "0001", "00.5", "-07", "０１", "9223372036854775808", "12345678901234567890"}) {
    EXPECT_EQ(read_numeral(text).kind, NumeralKind::kCode) << text;
  }
}

TEST(Numerals, RefusesWhatIsNoNumber) {
  for (const std::string_view text :
       {"",    "-",        "△",     "▲",           "1,12",  "1,2345", ",123",
        "12,", "1,234,56", "0,123", "1.",          "1.2.3", "52.7%",  "10人",
        "1 2", "1-2",      "e5",    "1e",          "1e+",   "--5",    "Infinity",
        "NaN", "0x10",     "○",     "1,234.567,8", "1e5e5", "\xFF",   "\xE2\x96"}) {
    EXPECT_EQ(read_numeral(text).kind, NumeralKind::kNone) << text;
  }
}

TEST(Numerals, TellsHowANumberWasWritten) {
  EXPECT_FALSE(read_numeral("1234").decorated);
  EXPECT_TRUE(read_numeral("1,234").decorated);
  EXPECT_TRUE(read_numeral("１２").decorated);
  EXPECT_TRUE(read_numeral("△1").decorated);
  EXPECT_TRUE(read_numeral("1.2E+11").exponent);
}

TEST(MissingMarks, AreSignsOrWords) {
  for (const std::string_view text :
       {"-",   "－", "―", "—",  "–", "ー",  "--",   "…",    "‥",    "...",
        "***", "*",  "x", "ｘ", "X", "N/A", "#N/A", "NULL", "null", "NaN"}) {
    EXPECT_EQ(missing_mark(text), MissingMark::kSign) << text;
  }
  for (const std::string_view text : {"不明", "なし", "無し", "該当なし", "未定"}) {
    EXPECT_EQ(missing_mark(text), MissingMark::kWord) << text;
  }
  for (const std::string_view text :
       {"", "0", ".", "○", "×", "△", "xx", "不明瞭", "N", "有", "無"}) {
    EXPECT_EQ(missing_mark(text), MissingMark::kNone) << text;
  }
  EXPECT_TRUE(is_dashes("――"));
  EXPECT_FALSE(is_dashes("…"));
}

TEST(Blanks, AreTakenFromTheOutsideOnly) {
  EXPECT_EQ(trimmed("  a b　"), "a b");
  EXPECT_EQ(trimmed("　\u00A0\r\n\t"), "");
  EXPECT_EQ(trimmed("　項　目　"), "項　目");
  EXPECT_EQ(trimmed("プ\x80"), "プ\x80");
}

}  // namespace
}  // namespace minato::text
