#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harvest/sources/page/link_text.h"

namespace minato::harvest {
namespace {

struct Case {
  std::string text;
  std::string name;
  std::string format;
  std::string encoding;
  std::int64_t size;  // -1: none
};

TEST(PageLinkText, LeavesTheNameAndKeepsWhatWasSaidOfTheFile) {
  for (const Case& c : std::vector<Case>{
           {"AED設置箇所一覧（CSV：12KB）", "AED設置箇所一覧", "CSV", "", 12288},
           {"AED設置箇所一覧[CSVファイル／34KB]", "AED設置箇所一覧", "CSV", "", 34816},
           {"公園一覧 (エクセル：1.2MB)", "公園一覧", "XLS", "", 1258291},
           {"公園一覧 PDF形式：340 キロバイト", "公園一覧", "PDF", "", 348160},
           {"避難所（別ウィンドウで開く）", "避難所", "", "", -1},
           {"避難所(CSV)(別ウインドウで開く)", "避難所", "CSV", "", -1},
           {"ＡＥＤ（ＣＳＶ：１，２３４ＫＢ）", "ＡＥＤ", "CSV", "", 1263616},
           {"AED一覧 CSV(UTF-8)", "AED一覧", "CSV", "utf-8", -1},
           {"AED一覧（CSV（Shift_JIS）：12KB）", "AED一覧", "CSV", "cp932", 12288},
           {"AED一覧【文字コード：Shift-JIS】", "AED一覧", "", "cp932", -1},
           {"【CSV】AED一覧", "AED一覧", "CSV", "", -1},
           {"CSV：AED一覧", "AED一覧", "CSV", "", -1},
           {"AED設置箇所データ", "AED設置箇所データ", "", "", -1},
           {"AED設置箇所データのダウンロード", "AED設置箇所データ", "", "", -1},
           {"AED設置箇所（CSVデータ）", "AED設置箇所", "CSV", "", -1},
           {"ごみ分別辞典（Excel2016形式）", "ごみ分別辞典", "XLS", "", -1},
           {"人口（令和6年4月1日現在）（CSV：5KB）", "人口（令和6年4月1日現在）", "CSV", "", 5120},
           {"人口(令和6年)", "人口(令和6年)", "", "", -1},
           {"shisetsu.csv", "shisetsu", "CSV", "", -1},
           {"→公園一覧", "公園一覧", "", "", -1}}) {
    const LinkText read = read_link_text(c.text);
    EXPECT_EQ(read.name, c.name) << c.text;
    EXPECT_EQ(read.format, c.format) << c.text;
    EXPECT_EQ(read.encoding, c.encoding) << c.text;
    EXPECT_EQ(read.size.value_or(-1), c.size) << c.text;
  }
}

TEST(PageLinkText, NamesNothingWhenItOnlyTellsFormOrUse) {
  for (const std::string text :
       {"CSV", "CSV形式", "CSVダウンロード", "ダウンロード", "こちら", "[CSVファイル／34KB]",
        "PDF：1.2MB", "CSV(UTF-8)", "Excel版", "ダウンロードはこちら", "データ", "UTF-8", "",
        "（CSV）", "CSVファイルはこちら", "12KB"}) {
    EXPECT_EQ(read_link_text(text).name, "") << text;
  }
}

TEST(PageLinkText, CutsNoWordThatOnlyEndsLikeOne) {
  for (const std::string text :
       {"OpenCSV", "公園ファイル", "CSVの使い方", "避難所データ", "標準版", "Web用データ"}) {
    EXPECT_EQ(read_link_text(text).name, text);
  }
}

TEST(PageLinkText, SurvivesAnyBytes) {
  EXPECT_NO_THROW(read_link_text(std::string(10000, '(')));
  EXPECT_NO_THROW(read_link_text(std::string(10000, ')') + "\xff\xc3"));
  EXPECT_NO_THROW(read_link_text("99999999999999999999KB"));
}

}  // namespace
}  // namespace minato::harvest
