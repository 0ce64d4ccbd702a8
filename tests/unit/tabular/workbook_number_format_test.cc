#include <gtest/gtest.h>

#include "tabular/workbook/cell_text.h"
#include "tabular/workbook/number_format.h"
#include "tabular/workbook/sheet_findings.h"

namespace minato::tabular {
namespace {

std::string number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST(AppendNumber, WritesFifteenDigitsAndNoExponentWhereReadable) {
  EXPECT_EQ(number(0.1 + 0.2), "0.3");
  EXPECT_EQ(number(1.0 / 3), "0.333333333333333");
  EXPECT_EQ(number(35.443707), "35.443707");
  EXPECT_EQ(number(-139.638026), "-139.638026");
  EXPECT_EQ(number(1e20), "100000000000000000000");
  EXPECT_EQ(number(1e21), "1e21");
  EXPECT_EQ(number(1.25e-11), "1.25e-11");
  EXPECT_EQ(number(99999999999999999.0), "100000000000000000");
}

TEST(NumberFormat, SurvivesCodesThatAreNone) {
  for (const char* code : {"", "\"", "[", "\\", "_", "*", ";;;;", "[<=]", "[<=x]0", "[h", "[]", "y",
                           "0;", "\"open", "[<=9]00;[<=99]00"}) {
    std::string out;
    NumberFormat(code).render(45383, false, out);
    EXPECT_FALSE(out.empty()) << code;
  }
}

TEST(NumberFormat, TellsMinutesFromMonths) {
  using Shape = NumberFormat::Shape;
  EXPECT_EQ(NumberFormat("h:mm").shape(), Shape::kTime);
  EXPECT_EQ(NumberFormat("mm:ss.0").shape(), Shape::kTime);
  EXPECT_EQ(NumberFormat("m").shape(), Shape::kDate);
  EXPECT_EQ(NumberFormat("yyyy/mm/dd hh:mm:ss").shape(), Shape::kDatetime);
  EXPECT_EQ(NumberFormat("[mm]:ss").shape(), Shape::kElapsed);
  EXPECT_EQ(NumberFormat("[Red]0").shape(), Shape::kNumber);
  EXPECT_EQ(NumberFormat("[$¥-411]#,##0").shape(), Shape::kNumber);
  EXPECT_EQ(NumberFormat("General\"年\"").shape(), Shape::kNumber);
}

TEST(CleanCellText, LeavesWhatOnlyLooksLikeAnEscape) {
  std::string text = "_x00_ _xZZZZ_ _x000";
  clean_cell_text(text);
  EXPECT_EQ(text, "_x00_ _xZZZZ_ _x000");
  text = "a_x0000_b";
  clean_cell_text(text);
  EXPECT_EQ(text, "ab");
}

TEST(ColumnLetters, CountsLikeExcel) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(16'383), "XFD");
}

}  // namespace
}  // namespace minato::tabular
