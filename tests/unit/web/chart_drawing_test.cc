// Axes, words and pictures of charts, without a table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "markup.h"
#include "web/table/chart_scale.h"
#include "web/table/chart_svg.h"
#include "web/table/chart_text.h"

namespace minato::web {
namespace {

using core::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> marks_of(const Scale& scale, Language language) {
  std::vector<std::string> out;
  for (const double mark : scale.marks()) out.push_back(mark_text(mark, scale, language));
  return out;
}

std::vector<std::string> texts_of(const std::vector<TimeMark>& marks) {
  std::vector<std::string> out;
  for (const TimeMark& mark : marks) out.push_back(mark.text);
  return out;
}

ChartPoint point(const std::string& label, std::optional<double> value, double place = 0) {
  return {label, place, value, value ? number_text(*value) : "none"};
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// The one for wide screens.
std::string wide(const ChartPicture& picture) {
  const std::string both = chart_svg(picture);
  return both.substr(0, both.find("</svg>") + 6);
}

TEST(ChartScale, MarksStandAtOneTwoOrFiveTimesAPowerOfTen) {
  EXPECT_THAT(marks_of(nice_scale(0, 87, 5), Language::kEn),
              ElementsAre("0", "20", "40", "60", "80", "100"));
  EXPECT_THAT(marks_of(nice_scale(-7, 12.5, 5), Language::kEn),
              ElementsAre("-10", "-5", "0", "5", "10", "15"));
  EXPECT_THAT(marks_of(nice_scale(0, 1.2, 6), Language::kEn),
              ElementsAre("0", "0.2", "0.4", "0.6", "0.8", "1", "1.2"));
}

TEST(ChartScale, ThingsThatAreCountedHaveNoMarksBetweenWholeNumbers) {
  EXPECT_THAT(marks_of(whole_scale(0, 2, 6), Language::kJa), ElementsAre("0", "1", "2"));
}

TEST(ChartScale, OneValueOrNoneHasAnAxisToo) {
  EXPECT_THAT(marks_of(nice_scale(0, 0, 5), Language::kJa), ElementsAre("0", "1"));
  EXPECT_THAT(marks_of(nice_scale(7, 7, 4), Language::kJa), ElementsAre("0", "2", "4", "6", "8"));
  EXPECT_THAT(marks_of(nice_scale(-7, -7, 4), Language::kJa),
              ElementsAre("-8", "-6", "-4", "-2", "0"));
}

TEST(ChartScale, LargeMarksAreWrittenInJapaneseNumberWords) {
  EXPECT_THAT(marks_of(nice_scale(0, 3'770'000, 4), Language::kJa),
              ElementsAre("0", "100万", "200万", "300万", "400万"));
  EXPECT_THAT(marks_of(nice_scale(0, 140'000'000, 3), Language::kJa),
              ElementsAre("0", "0.5億", "1億", "1.5億"));
  EXPECT_THAT(marks_of(nice_scale(0, 3'770'000, 4), Language::kEn),
              ElementsAre("0", "1 million", "2 million", "3 million", "4 million"));
  EXPECT_THAT(marks_of(nice_scale(0, 90'000, 5), Language::kEn),
              ElementsAre("0", "20,000", "40,000", "60,000", "80,000", "100,000"));
}

TEST(ChartScale, MarksOfANarrowRangeStayDifferentFromEachOther) {
  const auto marks = marks_of(nice_scale(123'456'000, 123'456'050, 5), Language::kJa);
  EXPECT_THAT(marks, ::testing::Contains("123,456,010"));
}

TEST(ChartScale, NumbersForPeopleKeepWhatMatters) {
  EXPECT_EQ(number_text(1234567), "1,234,567");
  EXPECT_EQ(number_text(12345.6789), "12,345.7");
  EXPECT_EQ(number_text(2.5), "2.5");
  EXPECT_EQ(number_text(1.0 / 3), "0.3333");
  EXPECT_EQ(number_text(0.00012345), "0.0001234");
  EXPECT_EQ(number_text(-1500.26), "-1,500.3");
  EXPECT_EQ(number_text(12.34567), "12.35");
  EXPECT_EQ(number_text(0), "0");
}

TEST(ChartScale, TimeHasMarksAtRoundMonthsAndYears) {
  EXPECT_THAT(
      texts_of(time_marks(day_number("2020-01-15"), day_number("2021-02-01"), 5, Language::kJa)),
      ElementsAre("2020/4", "2020/7", "2020/10", "2021/1"));
  EXPECT_THAT(texts_of(month_marks(12 * 2000, 12 * 2024, 5, Language::kJa)),
              ElementsAre("2000年", "2005年", "2010年", "2015年", "2020年"));
  EXPECT_THAT(
      texts_of(time_marks(day_number("2024-03-01"), day_number("2024-03-05"), 5, Language::kEn)),
      ElementsAre("1 Mar", "2 Mar", "3 Mar", "4 Mar", "5 Mar"));
}

TEST(ChartScale, DaysAreCountedAcrossLeapYears) {
  EXPECT_EQ(day_number("2024-03-01") - day_number("2024-02-28"), 2);
  EXPECT_EQ(day_number("2024-03-01T12:00:00") - day_number("2024-03-01"), 0.5);
  EXPECT_LT(day_number("2024-02-30"), -1e17);
}

TEST(ChartText, LinesBreakWhereTheRoomEnds) {
  EXPECT_THAT(wrap_text("横浜市", 10, 2), ElementsAre("横浜市"));
  EXPECT_THAT(wrap_text("地域子育て支援拠点", 5, 2), ElementsAre("地域子育て", "支援拠点"));
  EXPECT_THAT(wrap_text("地域子育て支援拠点の運営", 5, 2), ElementsAre("地域子育て", "支援拠点…"));
  EXPECT_THAT(wrap_text("open data portal", 6, 2), ElementsAre("open data ", "portal"));
}

TEST(ChartText, ControlCharactersAndTurnedTextBecomeSpaces) {
  EXPECT_THAT(wrap_text("a\n\u202Eb", 20, 1), ElementsAre("a  b"));
  EXPECT_THAT(wrap_text("\xFF", 20, 1), ElementsAre("\uFFFD"));
}

TEST(ChartText, CharactersStayTogetherWithTheirMarks) {
  // か and a combining dakuten.
  EXPECT_THAT(wrap_text("ああか\u3099い", 3, 2), ElementsAre("ああか\u3099", "い"));
}

TEST(ChartSvg, IsNamedAndDescribedInWords) {
  ChartPicture picture;
  picture.title = "<人口>";
  picture.description = "横浜市が\"最大\"です。";
  picture.points = {point("横浜市", 3'770'000), point("川崎市", 1'540'000)};
  const std::string svg = wide(picture);
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"chart-wide-title chart-wide-desc\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"chart-wide-title\">&lt;人口&gt;</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"chart-wide-desc\">横浜市が&quot;最大&quot;です。</desc>"));
  EXPECT_THAT(svg, Not(HasSubstr("style=")));
}

TEST(ChartSvg, HostileLabelsStayText) {
  ChartPicture picture;
  picture.points = {point("</svg><script>alert(1)</script>", 1), point("\"'&", 2)};
  const std::string svg = chart_svg(picture);
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(read_markup("<!DOCTYPE html><html>" + svg + "</html>").faults, ::testing::IsEmpty());
}

TEST(ChartSvg, BarsStandOnZeroAndAMissingValueIsNoBar) {
  ChartPicture picture;
  for (int i = 0; i < 8; ++i) picture.points.push_back(point("項目" + std::to_string(i), 100 + i));
  picture.points[3] = point("値なし", std::nullopt);
  EXPECT_FALSE(leaves_zero_out(picture));
  const std::string svg = wide(picture);
  EXPECT_EQ(occurrences(svg, "class=\"chart-bar\""), 7U);
  EXPECT_THAT(svg, HasSubstr(">none</text>"));
  EXPECT_THAT(svg, HasSubstr(">0</text>"));
}

TEST(ChartSvg, ALineBreaksWhereAValueIsMissing) {
  ChartPicture picture;
  picture.is_line = true;
  picture.axis = ChartAxis::kYears;
  picture.points = {point("2020", 10, 2020), point("2021", 20, 2021),
                    point("2022", std::nullopt, 2022), point("2023", 0, 2023),
                    point("2024", 15, 2024)};
  const std::string svg = wide(picture);
  std::smatch path;
  ASSERT_TRUE(std::regex_search(svg, path, std::regex("class=\"chart-line\" d=\"([^\"]*)\"")));
  EXPECT_EQ(occurrences(path[1], "M"), 2U);
  EXPECT_EQ(occurrences(path[1], "L"), 2U);
  EXPECT_EQ(occurrences(svg, "class=\"chart-dot\""), 4U);
}

TEST(ChartSvg, ALineFarFromZeroSaysSo) {
  ChartPicture picture;
  picture.is_line = true;
  picture.points = {point("a", 1000), point("b", 1010)};
  EXPECT_TRUE(leaves_zero_out(picture));
  picture.points.push_back(point("c", 10));
  EXPECT_FALSE(leaves_zero_out(picture));
}

TEST(ChartSvg, LongNamesLieBesideTheirBarsAndShortOnesOfAnOrderStandBelow) {
  ChartPicture months;
  months.axis = ChartAxis::kOrdered;
  for (int i = 1; i <= 12; ++i) months.points.push_back(point(std::to_string(i) + "月", i));
  EXPECT_THAT(wide(months), HasSubstr("viewBox=\"0 0 720 300\""));
  ChartPicture names;
  for (int i = 0; i < 12; ++i) {
    names.points.push_back(point("地域子育て支援拠点の運営に関する事業" + std::to_string(i), i));
  }
  EXPECT_THAT(wide(names), Not(HasSubstr("viewBox=\"0 0 720 300\"")));
}

}  // namespace
}  // namespace minato::web
