#include "web/table/snippets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "http/url.h"
#include "web/frame/quoting.h"
#include "web/table/cell_html.h"
#include "web/table/column_kind.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHostile = "a'b\"c\\d$(id)`e`#(lf){{x}}</script>\n; rm -rf /\xE2\x80\xAE";

SnippetQuestion question(const http::Params& parameters) {
  return {"https://data.example.jp", "/api/v1/tables/r1", parameters, {"コード"}};
}

TEST(Quoting, EndsALiteralOnlyAtItsEnd) {
  EXPECT_EQ(shell_quoted("it's $(x) \"y\""), "'it'\\''s $(x) \"y\"'");
  EXPECT_EQ(python_literal("a\"b\\c\n"), "\"a\\\"b\\\\c\\n\"");
  EXPECT_EQ(javascript_literal("a\"b\\c\r"), "\"a\\\"b\\\\c\\r\"");
  EXPECT_EQ(r_literal("図書館\t"), "\"図書館\\t\"");
  EXPECT_EQ(m_literal("a\"b#(lf)"), "\"a\"\"b#(#)(lf)\"");
}

TEST(Quoting, WritesWhatNobodySeesAsEscapes) {
  const std::string turned = "\xE2\x80\xAEtxt";
  EXPECT_EQ(python_literal(turned), "\"\\u202etxt\"");
  EXPECT_EQ(javascript_literal(turned), "\"\\u202etxt\"");
  EXPECT_EQ(r_literal(turned), "\"\\u202etxt\"");
  EXPECT_EQ(m_literal(turned), "\"#(202E)txt\"");
  EXPECT_EQ(python_literal("\xF3\xA0\x80\x81"), "\"\\U000e0001\"");
  EXPECT_EQ(javascript_literal("\xF3\xA0\x80\x81"), "\"\\u{e0001}\"");
  EXPECT_EQ(m_literal("\xF3\xA0\x80\x81"), "\"#(000E0001)\"");
  EXPECT_TRUE(has_unseen(turned));
  EXPECT_TRUE(has_unseen("a\nb"));
  EXPECT_FALSE(has_unseen("ふつうの値 1'\""));
}

TEST(Snippets, CurlNamesColumnsEncodedAndValuesAsTheyAre) {
  const std::string text = curl_snippet(question({{"区分", "図書館"}}), "/export.csv");
  EXPECT_EQ(text,
            "curl -fsS -G 'https://data.example.jp/api/v1/tables/r1/export.csv' \\\n"
            "  --data-urlencode '%E5%8C%BA%E5%88%86=図書館' \\\n"
            "  -o table.csv");
  EXPECT_EQ(curl_snippet(question({}), "/rows"),
            "curl -fsS 'https://data.example.jp/api/v1/tables/r1/rows'");
}

TEST(Snippets, CurlGetsValuesThatTheShellCannotEscapeEncoded) {
  const std::string text = curl_snippet(question({{"a=b", kHostile}}), "/rows");
  EXPECT_THAT(text, HasSubstr("-d 'a%3Db=" + http::percent_encode(kHostile) + "'"));
}

TEST(Snippets, HostileNamesAndValuesStayInsideTheirLiterals) {
  const SnippetQuestion asked = question({{kHostile, kHostile}});
  EXPECT_THAT(python_snippet(asked),
              HasSubstr("(" + python_literal(kHostile) + ", " + python_literal(kHostile) + "),"));
  EXPECT_THAT(javascript_snippet(asked), HasSubstr("append(" + javascript_literal(kHostile) + ", " +
                                                   javascript_literal(kHostile) + ");"));
  EXPECT_THAT(r_snippet(asked), HasSubstr("values <- c(" + r_literal(kHostile) + ")"));
  EXPECT_THAT(power_query_snippet(asked),
              HasSubstr("Query = [#" + m_literal(kHostile) + " = " + m_literal(kHostile) + "]"));
  for (const std::string& text :
       {python_snippet(asked), javascript_snippet(asked), r_snippet(asked),
        power_query_snippet(asked), curl_snippet(asked, "/rows")}) {
    EXPECT_THAT(text, Not(HasSubstr("\n; rm"))) << text;
    EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE"))) << text;
  }
}

TEST(Snippets, ColumnsOfTextAreReadAsText) {
  EXPECT_THAT(python_snippet(question({})), HasSubstr("dict.fromkeys([\"コード\"], str)"));
  EXPECT_THAT(r_snippet(question({})), HasSubstr("c(\"コード\")"));
  SnippetQuestion wide = question({});
  wide.texts.assign(500, "x");
  EXPECT_THAT(python_snippet(wide), HasSubstr("dtype=str)"));
  EXPECT_LT(r_snippet(wide).size(), 500U);
}

TEST(Snippets, PowerQueryTakesTheWholeAddressWhereANameIsThereTwice) {
  const std::string text = power_query_snippet(question({{"a__gte", "1"}, {"a__gte", "2"}}));
  EXPECT_THAT(text, HasSubstr("export.csv?a__gte=1&a__gte=2\")"));
}

class Cells : public ::testing::Test {
 protected:
  std::string cell(const core::ValueView& value, bool grouped = false) {
    std::string html;
    writer_.append(html, {value, grouped, grouped, false}, "/row/1");
    return html;
  }
  CellWriter writer_{Texts::in(core::Language::kJa)};
};

TEST_F(Cells, AreEscapedWhateverTheyHold) {
  EXPECT_EQ(cell(std::string_view("<b>&\"'")), "<td>&lt;b&gt;&amp;&quot;&#39;</td>");
  EXPECT_THAT(cell(std::string_view("javascript:alert(1)")), Not(HasSubstr("<a")));
  EXPECT_THAT(cell(std::string_view("https://example.jp/\"onclick=x")), Not(HasSubstr("<a")));
  EXPECT_THAT(cell(std::string_view("https://example.jp/?a=1&b=2")),
              HasSubstr("href=\"https://example.jp/?a=1&amp;b=2\" rel=\"nofollow noopener"));
}

TEST_F(Cells, GroupAmountsAndLeaveOtherNumbers) {
  EXPECT_EQ(cell(std::int64_t{-1234567}, true), "<td class=\"number\">-1,234,567</td>");
  EXPECT_EQ(cell(std::int64_t{2024}), "<td>2024</td>");
  EXPECT_EQ(cell(12345.5, true), "<td class=\"number\">12,345.5</td>");
  EXPECT_EQ(cell(35.45), "<td>35.45</td>");
  EXPECT_EQ(cell(999.0, true), "<td class=\"number\">999</td>");
}

TEST_F(Cells, SayThatTheyAreEmpty) {
  EXPECT_THAT(cell(std::monostate{}), HasSubstr("<span class=\"hidden\">空欄</span>"));
}

TEST_F(Cells, FoldLongTextsAndAPageOfThemStaysSmall) {
  const std::string long_text(1'000, 'x');
  EXPECT_THAT(cell(std::string_view(long_text)), HasSubstr("<details"));
  const std::string huge(100'000, 'y');
  EXPECT_THAT(cell(std::string_view(huge)), HasSubstr("href=\"/row/1\""));
  std::size_t bytes = 0;
  for (int i = 0; i < 5'000; ++i) bytes += cell(std::string_view(huge)).size();
  EXPECT_LT(bytes, 2'000'000U);
}

TEST_F(Cells, AreCutBetweenCharacters) {
  EXPECT_EQ(first_characters("図書館", 2).text, "図書");
  EXPECT_TRUE(first_characters("図書館", 2).is_cut);
  EXPECT_FALSE(first_characters("図書館", 3).is_cut);
}

TEST(Columns, YearsCodesAndSerialNumbersAreNoAmounts) {
  core::TableColumn column;
  column.type = core::ColumnType::kInteger;
  column.statistics.min = std::int64_t{1};
  column.statistics.max = std::int64_t{90'000};
  column.statistics.distinct = 50;
  column.name = "利用者数";
  EXPECT_TRUE(is_amount(column, 100));
  column.name = "width";
  EXPECT_TRUE(is_amount(column, 100));
  for (const char* name :
       {"施設コード", "郵便番号", "facility_id", "ID", "緯度", "lng", "抽出元テキストの行", "連番",
        "順番", "月", "調査_日", "行", "開設年（西暦）"}) {
    column.name = name;
    EXPECT_FALSE(is_amount(column, 100)) << name;
  }
  for (const char* name : {"年間利用者数", "令和2年", "2020年度", "平成３０年", "銀行数", "月額",
                           "日照時間", "年齢別人口"}) {
    column.name = name;
    EXPECT_TRUE(is_amount(column, 100)) << name;
  }
  column.statistics.min = std::int64_t{1998};
  column.statistics.max = std::int64_t{2024};
  column.name = "年度";
  EXPECT_FALSE(is_amount(column, 100));
  column.name = "項番";
  column.statistics.min = std::int64_t{1};
  column.statistics.max = std::int64_t{5'000};
  column.statistics.distinct = 5'000;
  EXPECT_FALSE(is_amount(column, 5'000));
  column.type = core::ColumnType::kString;
  EXPECT_FALSE(is_amount(column, 10));
}

}  // namespace
}  // namespace minato::web
