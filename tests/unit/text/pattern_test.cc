#include "text/pattern.h"

#include <gtest/gtest.h>

#include <chrono>

namespace minato::text {
namespace {

Pattern pattern(std::string_view expression) {
  auto made = Pattern::make(expression);
  EXPECT_TRUE(made.has_value()) << expression;
  return made.value();
}

TEST(Pattern, FindsAnywhereAndTellsItsGroups) {
  const auto found = pattern("aed_(\\d{4})(\\d\\d)?\\.csv$").match("https://a.jp/aed_2025.csv");
  ASSERT_TRUE(found.has_value() && found->has_value());
  EXPECT_EQ((*found)->text, "aed_2025.csv");
  EXPECT_EQ((*found)->groups, (std::vector<std::string>{"2025", ""}));
  EXPECT_FALSE(pattern("^aed").found_in("https://a.jp/aed.csv").value());
}

TEST(Pattern, KnowsJapaneseText) {
  EXPECT_TRUE(pattern("令和\\d+年度").found_in("人口（令和6年度）").value());
  EXPECT_TRUE(pattern("^\\p{Han}+$").found_in("人口").value());
}

TEST(Pattern, RefusesWhatIsNoExpressionAndTellsWhere) {
  for (const std::string& bad :
       {std::string(), std::string("(a"), std::string("[z"), std::string("a{2,1}"),
        std::string(201, 'a'), std::string("\xff")}) {
    const auto made = Pattern::make(bad);
    ASSERT_FALSE(made.has_value()) << bad;
    EXPECT_EQ(made.error().id, "harvest-pattern");
    EXPECT_EQ(made.error().code, core::ErrorCode::kInvalidArgument);
    EXPECT_FALSE(made.error().hint.ja.empty());
  }
  EXPECT_NE(Pattern::make("ab(c").error().message.en.find("character 4"), std::string::npos);
}

TEST(Pattern, EndsExponentialMatchingWithAnError) {
  const auto start = std::chrono::steady_clock::now();
  const auto found = pattern("^((a+)+)+$").found_in(std::string(2000, 'a') + "b");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().id, "harvest-pattern");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(Pattern, LooksAtNoSubjectBeyondTwoKilobytes) {
  EXPECT_TRUE(pattern("a$").found_in(std::string(2048, 'a')).value());
  EXPECT_FALSE(pattern("a$").found_in(std::string(2049, 'a')).value());
}

}  // namespace
}  // namespace minato::text
