#include "text/japanese_date.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace minato::text {
namespace {

// ISO text; "impossible" or "other" where there is none.
std::string iso(std::string_view text) {
  Moment moment;
  switch (read_moment(text, moment)) {
    case Reading::kOther:
      return "other";
    case Reading::kImpossible:
      return "impossible";
    case Reading::kOk:
      break;
  }
  std::array<char, kMaxIsoBytes> out{};
  std::size_t size = 0;
  if (!moment.has_date) {
    size = write_time(moment.time, out.data());
  } else if (!moment.has_time) {
    size = write_date(moment.date, out.data());
  } else {
    size = write_datetime(moment, out.data());
  }
  return {out.data(), size};
}

TEST(JapaneseDate, ReadsEras) {
  for (const std::string_view text :
       {"令和6年4月1日", "令和６年４月１日", "令和 6年 4月 1日", "令6年4月1日", "R6.4.1", "r6.4.1",
        "Ｒ６．４．１", "R06/04/01", "R6-4-1", "㋿6年4月1日", "令6. 4. 1", "令和6年4月1日(月)",
        "令和6年4月1日（月）"}) {
    EXPECT_EQ(iso(text), "2024-04-01") << text;
  }
  EXPECT_EQ(iso("昭32. 7. 1"), "1957-07-01");
  EXPECT_EQ(iso("令4. 10. 5"), "2022-10-05");
  EXPECT_EQ(iso("H31/4/30"), "2019-04-30");
  EXPECT_EQ(iso("令和元年5月1日"), "2019-05-01");
  EXPECT_EQ(iso("大正15年12月25日"), "1926-12-25");
  EXPECT_EQ(iso("明治45年7月30日"), "1912-07-30");
  EXPECT_EQ(iso("㍻10年1月2日"), "1998-01-02");
}

TEST(JapaneseDate, ReadsWesternDates) {
  for (const std::string_view text : {"2024-04-01", "2024/4/1", "2024年4月1日", "2024.4.1",
                                      "２０２４／４／１", "2024年４月１日(月)"}) {
    EXPECT_EQ(iso(text), "2024-04-01") << text;
  }
  EXPECT_EQ(iso("2024-02-29"), "2024-02-29");
}

TEST(JapaneseDate, ReadsTimes) {
  EXPECT_EQ(iso("9:00"), "09:00:00");
  EXPECT_EQ(iso("09:00:30"), "09:00:30");
  EXPECT_EQ(iso("９：３０"), "09:30:00");
  EXPECT_EQ(iso("9時30分"), "09:30:00");
  EXPECT_EQ(iso("17時"), "17:00:00");
  EXPECT_EQ(iso("24:00"), "24:00:00");
  EXPECT_EQ(iso("24:01"), "impossible");
  EXPECT_EQ(iso("25:00"), "impossible");
  EXPECT_EQ(iso("9:60"), "impossible");
  EXPECT_EQ(iso("9:0"), "other");
  EXPECT_EQ(iso("9:00～17:00"), "other");
}

TEST(JapaneseDate, ReadsDatesWithTimes) {
  EXPECT_EQ(iso("2024/04/01 0:00:00"), "2024-04-01T00:00:00");
  EXPECT_EQ(iso("2024-04-01T09:30:00Z"), "2024-04-01T09:30:00Z");
  EXPECT_EQ(iso("2024-04-01T09:30:00.123+0900"), "2024-04-01T09:30:00+09:00");
  EXPECT_EQ(iso("令和6年4月1日 9時30分"), "2024-04-01T09:30:00");
  EXPECT_EQ(iso("2024-04-01 24:00"), "impossible");
}

TEST(JapaneseDate, RefusesWhatNeverWas) {
  for (const std::string_view text :
       {"平成99年1月1日", "昭和65年1月1日", "2024-02-30", "2023-02-29", "2024/13/1", "2024-00-10",
        "平成31年5月1日", "昭和64年1月8日", "平成元年1月7日", "令和元年4月30日", "大正15年12月26日",
        "明治5年12月2日", "R0.1.1"}) {
    EXPECT_EQ(iso(text), "impossible") << text;
  }
}

TEST(JapaneseDate, LeavesOtherTextAlone) {
  for (const std::string_view text :
       {"令和6年4月", "平成18年", "平成24年度", "24/4/1", "20240401", "1-2-3", "2024-4/1", "A6.4.1",
        "2024年4月1", "大和市", "平塚市", "明石町1-2-3", "S-1", "R6", "2024-04-01 about", "",
        "2024-04-01T", "令和6年4月1日から"}) {
    EXPECT_EQ(iso(text), "other") << text;
  }
}

TEST(JapaneseDate, ReadsEightDigitsOnlyWhenAsked) {
  CalendarDate date;
  EXPECT_EQ(read_compact_date("20240401", date), Reading::kOk);
  EXPECT_EQ(date.month, 4);
  EXPECT_EQ(read_compact_date("20240431", date), Reading::kImpossible);
  EXPECT_EQ(read_compact_date("2024041", date), Reading::kOther);
  EXPECT_EQ(read_compact_date("2024-4-1", date), Reading::kOther);
}

TEST(JapaneseDate, SurvivesAnyBytes) {
  for (int first = 0; first < 256; ++first) {
    for (const std::string_view rest : {"", "1", "\xE5\xB9",
                                        "\xB4"
                                        "2024/1/1",
                                        "////////"}) {
      std::string text(1, static_cast<char>(first));
      text += rest;
      EXPECT_NE(iso(text), "2024-01-01");
    }
  }
}

}  // namespace
}  // namespace minato::text
