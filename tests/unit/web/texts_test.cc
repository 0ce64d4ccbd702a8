#include "web/frame/texts.h"

#include <embedded/pieces.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "web/frame/display.h"
#include "web/site/error_catalogue.h"

namespace minato::web {
namespace {

std::set<std::string> keys(core::Language language) {
  std::set<std::string> keys;
  for (const auto& [key, text] : Texts::in(language).all()) keys.insert(key);
  return keys;
}

std::multiset<std::string> placeholders(const std::string& text) {
  static const std::regex pattern("\\{[a-z]+\\}");
  return {std::sregex_token_iterator(text.begin(), text.end(), pattern), {}};
}

TEST(Texts, BothLanguagesHaveTheSameKeysAndPlaceholders) {
  EXPECT_EQ(keys(core::Language::kJa), keys(core::Language::kEn));
  for (const auto& [key, text] : Texts::in(core::Language::kJa).all()) {
    EXPECT_FALSE(text.empty()) << key;
    EXPECT_EQ(placeholders(text), placeholders(Texts::in(core::Language::kEn)[key])) << key;
  }
}

TEST(Texts, EveryKeyThatATemplateUsesExists) {
  static const std::regex pattern("\\{\\{t\\.([a-z_]+)\\}\\}");
  std::size_t uses = 0;
  for (const auto& piece : pieces::files()) {
    const std::string text(piece.bytes);
    for (std::sregex_iterator use(text.begin(), text.end(), pattern), end; use != end; ++use) {
      EXPECT_TRUE(keys(core::Language::kJa).contains((*use)[1])) << piece.name << ' ' << (*use)[1];
      ++uses;
    }
  }
  EXPECT_GT(uses, 50U);
}

TEST(Texts, PutValuesIntoPlaceholders) {
  EXPECT_EQ(Texts::in(core::Language::kEn).with("found", {{"count", "{count}"}}),
            "{count} datasets");
}

TEST(Texts, AnUnknownKeyIsABug) {
  EXPECT_THROW(static_cast<void>(Texts::in(core::Language::kJa)["none"]), std::logic_error);
}

TEST(Display, DaysAreThoseOfJapan) {
  const core::Timestamp evening = *core::parse_iso8601("2024-03-31T15:00:00Z");
  EXPECT_EQ(display_day(evening, core::Language::kJa), "2024年4月1日");
  EXPECT_EQ(display_day(evening, core::Language::kEn), "1 April 2024");
}

TEST(Display, IncompleteAndStrangeDatesStayAsTheyAre) {
  for (const char* date : {"2024", "2024-04", "2024-13-01", "令和6年4月1日", "2024-4-01x"}) {
    EXPECT_EQ(display_date(date, core::Language::kJa), date);
  }
}

TEST(Display, SizesChangeTheirUnitBeforeTheyReachAThousand) {
  EXPECT_EQ(display_size(999), "999 B");
  EXPECT_EQ(display_size(1000), "1.0 kB");
  EXPECT_EQ(display_size(999'949), "999.9 kB");
  EXPECT_EQ(display_size(999'950), "1.0 MB");
}

TEST(Display, CountsHaveCommas) {
  EXPECT_EQ(display_count(0), "0");
  EXPECT_EQ(display_count(999), "999");
  EXPECT_EQ(display_count(1234567), "1,234,567");
}

TEST(Display, OnlyWebAddressesBecomeLinks) {
  EXPECT_EQ(web_address("https://example.jp/"), "https://example.jp/");
  EXPECT_EQ(web_address("javascript:alert(1)"), "");
  EXPECT_EQ(web_address("//example.jp"), "");
}

TEST(ErrorCatalogue, ReadsEntriesAndPassesOverProse) {
  const auto errors = parse_error_catalogue(
      "# Errors\nprose\n\n## a-b\nStatus 404\n\n- ja: 無い\n- ja cure: 探す\n- en: none\n- en "
      "cure: look\n\n## c");
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].id, "a-b");
  EXPECT_EQ(errors[0].status, "404");
  EXPECT_EQ(errors[0].meaning.ja, "無い");
  EXPECT_EQ(errors[0].cure.en, "look");
  EXPECT_EQ(errors[1].id, "c");
}

}  // namespace
}  // namespace minato::web
