#include "tabular/types/plain_cell.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/japanese_date.h"
#include "text/numerals.h"

namespace minato::tabular {
namespace {

// Every text of up to five of these characters.
std::vector<std::string> short_texts() {
  std::vector<std::string> texts{""};
  std::size_t from = 0;
  for (int length = 1; length <= 5; ++length) {
    const std::size_t end = texts.size();
    for (; from < end; ++from) {
      for (const char c : {'0', '1', '7', '.', '-', ':', ',', 'E'})
        texts.push_back(texts[from] + c);
    }
  }
  texts.erase(texts.begin());
  return texts;
}

TEST(PlainCell, NumeralsAreWhatTheCarefulReaderMakesOfThem) {
  for (const std::string& text : short_texts()) {
    const CellClass plain = plain_numeral_class(text);
    if (plain == CellClass::kText) continue;
    const text::Numeral numeral = text::read_numeral(text);
    const CellClass careful = numeral.kind == text::NumeralKind::kInteger  ? CellClass::kInteger
                              : numeral.kind == text::NumeralKind::kNumber ? CellClass::kNumber
                              : numeral.kind == text::NumeralKind::kCode   ? CellClass::kCode
                                                                           : CellClass::kText;
    EXPECT_EQ(plain, careful) << text;
    EXPECT_FALSE(numeral.decorated || numeral.exponent) << text;
  }
}

TEST(PlainCell, TimesAreWhatTheCarefulReaderMakesOfThem) {
  int times = 0;
  for (const std::string& text : short_texts()) {
    if (!is_plain_time(text)) continue;
    text::Moment moment;
    ASSERT_EQ(text::read_moment(text, moment), text::Reading::kOk) << text;
    EXPECT_TRUE(moment.has_time && !moment.has_date) << text;
    std::string iso(text::kMaxIsoBytes, '\0');
    iso.resize(text::write_time(moment.time, iso.data()));
    EXPECT_EQ(text + ":00", iso);
    ++times;
  }
  EXPECT_GT(times, 10);
}

TEST(PlainCell, DatesAreIsoDates) {
  for (const std::string text : {"2024-04-01", "1900-01-28", "2099-12-28"}) {
    ASSERT_TRUE(is_plain_date(text)) << text;
    text::Moment moment;
    ASSERT_EQ(text::read_moment(text, moment), text::Reading::kOk) << text;
    std::string iso(text::kMaxIsoBytes, '\0');
    iso.resize(text::write_date(moment.date, iso.data()));
    EXPECT_EQ(text, iso);
  }
  for (const std::string text : {"2024-13-01", "2024-00-01", "2024-04-00", "2024-02-30",
                                 "1872-01-01", "2024/04/01", "2024-4-01", "20240401"}) {
    EXPECT_FALSE(is_plain_date(text)) << text;
  }
}

}  // namespace
}  // namespace minato::tabular
