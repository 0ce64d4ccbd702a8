#include "text/highlight.h"

#include <gtest/gtest.h>

#include "text/fold.h"

namespace minato::text {
namespace {

// The text with what is found in brackets.
std::string marked(std::string_view written, const std::vector<std::string>& words,
                   bool open_end = false) {
  std::vector<SoughtWord> sought;
  for (const std::string& word : words) sought.push_back({fold(word), open_end});
  std::string out;
  std::size_t at = 0;
  for (const Span& span : find_words(written, sought)) {
    out += written.substr(at, span.begin - at);
    out += "[" + std::string(written.substr(span.begin, span.end - span.begin)) + "]";
    at = span.end;
  }
  return out += written.substr(at);
}

TEST(Highlight, FindsWhatIsWrittenInAnotherWay) {
  EXPECT_EQ(marked("オープンデータの一覧", {"ﾃﾞｰﾀ"}), "オープン[データ]の一覧");
  EXPECT_EQ(marked("ｵｰﾌﾟﾝﾃﾞｰﾀの一覧", {"でーた"}), "ｵｰﾌﾟﾝ[ﾃﾞｰﾀ]の一覧");
  EXPECT_EQ(marked("ＡＥＤ設置場所", {"aed"}), "[ＡＥＤ]設置場所");
  EXPECT_EQ(marked("㈱港の帳簿", {"株"}), "[㈱]港の帳簿");
  EXPECT_EQ(marked("か\u3099いど", {"ガイド"}), "[か\u3099いど]");
}

TEST(Highlight, KeepsWhatStandsBeforeAndBehind) {
  EXPECT_EQ(marked("  令和５年度　人口　統計 ", {"人口 統計"}), "  令和５年度　[人口　統計] ");
  EXPECT_EQ(marked("人々の声", {"人人"}), "[人々]の声");
  EXPECT_EQ(marked("データ-一覧", {"一覧"}), "データ-[一覧]");
}

TEST(Highlight, JoinsWordsThatTouch) {
  EXPECT_EQ(marked("人口統計の人口", {"人口", "統計"}), "[人口統計]の[人口]");
  EXPECT_EQ(marked("人口統計", {"人口統", "口統計"}), "[人口統計]");
}

TEST(Highlight, FindsLettersOnlyWhereAWordBegins) {
  EXPECT_EQ(marked("Red and credit", {"red"}), "[Red] and credit");
  EXPECT_EQ(marked("statistics", {"stat"}), "statistics");
  EXPECT_EQ(marked("statistics", {"stat"}, true), "[stat]istics");
  EXPECT_EQ(marked("R5年度とR50", {"r5"}), "[R5]年度とR50");
}

TEST(Highlight, NothingIsFoundInNothing) {
  EXPECT_TRUE(find_words("", {{"人口", false}}).empty());
  EXPECT_TRUE(find_words("人口", {}).empty());
  EXPECT_TRUE(find_words("人口", {{"", true}}).empty());
}

TEST(Highlight, HostileTextsAreNoDanger) {
  const std::string broken = "\xE3\x81人口\xFF\xC0 \x80口";
  for (const Span& span : find_words(broken, {{"人口", false}, {"口", false}})) {
    EXPECT_LT(span.begin, span.end);
    EXPECT_LE(span.end, broken.size());
  }
  const std::string marks = std::string(5000, '\xCC') + "\u3099\u3099゛ヽヾゝゞ人口";
  EXPECT_LE(find_words(marks, {{"人口", false}}).size(), 1U);
}

}  // namespace
}  // namespace minato::text
