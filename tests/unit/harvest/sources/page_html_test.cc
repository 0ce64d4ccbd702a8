#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "harvest/sources/page/html_decode.h"
#include "harvest/sources/page/html_document.h"
#include "harvest/sources/page/html_text.h"
#include "text/encoding.h"

namespace minato::harvest {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::string cp932(std::string_view text) {
  std::string out;
  EXPECT_EQ(text::encode_cp932(text, out), 0);
  return out;
}

TEST(PageHtml, ReadsEachEncodingAsDeclared) {
  const std::string euc = "\xbf\xcd\xb8\xfd";  // 人口
  EXPECT_EQ(decode_html("人口", "utf-8"), "人口");
  EXPECT_EQ(decode_html("\xEF\xBB\xBF人口", ""), "人口");
  EXPECT_EQ(decode_html(cp932("人口①"), "Shift_JIS"), "人口①");
  EXPECT_EQ(decode_html("<meta charset='x-sjis'>" + cp932("避難所"), ""),
            "<meta charset='x-sjis'>避難所");
  EXPECT_EQ(
      decode_html("<META http-equiv=Content-Type content=\"text/html; charset=EUC-JP\">" + euc, ""),
      "<META http-equiv=Content-Type content=\"text/html; charset=EUC-JP\">人口");
}

TEST(PageHtml, SurvivesWrongDeclarations) {
  EXPECT_EQ(decode_html(cp932("公共施設の一覧"), "utf-8"), "公共施設の一覧");
  EXPECT_EQ(decode_html("公共施設の一覧", "shift_jis"), "公共施設の一覧");
  EXPECT_EQ(decode_html("<meta charset=utf-8>" + cp932("公共施設の一覧です。"), "no-such"),
            "<meta charset=utf-8>公共施設の一覧です。");
}

TEST(PageHtml, GivesTextAsItIsSeen) {
  const auto page = HtmlDocument::parse(
      decode_html("<p>町\n名　一覧<br>A&amp;B</p><script>x</script><style>y</style><!-- z -->"
                  "<table><tr><td>1</td><td>2</td></tr></table><ruby>座間<rt>ざま</rt></ruby>\x01!",
                  "utf-8"));
  EXPECT_EQ(lines_of(*page, 0), (std::vector<std::string>{"町 名 一覧", "A&B", "1 2", "座間 !"}));
}

TEST(PageHtml, RepairsWhatIsNotClosed) {
  const auto page = HtmlDocument::parse("<ul><li>a<li>b<table><td>c<td>d</ul>");
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(text_of(*page, 0), "a b c d");
}

TEST(PageHtml, RefusesWhatCostsTooMuch) {
  std::string attributes = "<p";
  for (int i = 0; i < 100000; ++i) attributes += " a" + std::to_string(i) + "=1";
  std::string fonts;
  for (int i = 0; i < 1000; ++i) fonts += "<font size=" + std::to_string(i) + ">";
  for (const std::string& page : {repeated("<div>", 100000), repeated("<a>", 300000),
                                  attributes + ">", "<p>" + fonts + repeated("<p>x", 60000),
                                  std::string(6 * 1024 * 1024, 'a'), repeated("<b><i>", 5000)}) {
    const auto start = std::chrono::steady_clock::now();
    const auto parsed = HtmlDocument::parse(page);
    ASSERT_FALSE(parsed.has_value()) << page.substr(0, 40);
    EXPECT_EQ(parsed.error().id, "harvest-page-complex");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  }
}

TEST(PageHtml, CopesWithDeepAndLongPages) {
  for (const std::string& page :
       {repeated("<div>", 1400), repeated("<li>x", 20000), repeated("<table><tr><td>", 700),
        repeated("<p>", 50000), repeated("</div></p></table>", 50000), repeated("<svg><a>", 700),
        std::string("<"), std::string("<!--"), std::string("<a href='"),
        std::string("\0<p>\0x\0</p>", 11), std::string()}) {
    EXPECT_TRUE(HtmlDocument::parse(page).has_value()) << page.substr(0, 40);
  }
}

}  // namespace
}  // namespace minato::harvest
