#include "text/romanize.h"

#include <gtest/gtest.h>

#include <string>

#include "text/hepburn.h"
#include "text/readings.h"

namespace minato::text {
namespace {

TEST(Hepburn, WritesLongVowelsShort) {
  EXPECT_EQ(hepburn(U"とうきょう"), "tokyo");
  EXPECT_EQ(hepburn(U"おおいそ"), "oiso");
  EXPECT_EQ(hepburn(U"くうこう"), "kuko");
  EXPECT_EQ(hepburn(U"データ"), "deta");
  EXPECT_EQ(hepburn(U"せいかつ"), "seikatsu");
}

TEST(Hepburn, KnowsContractedAndForeignSounds) {
  EXPECT_EQ(hepburn(U"ちゃがま"), "chagama");
  EXPECT_EQ(hepburn(U"ぎゅうにゅう"), "gyunyu");
  EXPECT_EQ(hepburn(U"しょうぼうしょ"), "shobosho");
  EXPECT_EQ(hepburn(U"ファイル"), "fairu");
  EXPECT_EQ(hepburn(U"パーティー"), "pati");
  EXPECT_EQ(hepburn(U"ウィーク"), "wiku");
  EXPECT_EQ(hepburn(U"シェア"), "shea");
  EXPECT_EQ(hepburn(U"ヴァイオリン"), "vaiorin");
}

TEST(Hepburn, DoublesTheConsonantBehindASmallTsu) {
  EXPECT_EQ(hepburn(U"がっこう"), "gakko");
  EXPECT_EQ(hepburn(U"まっちゃ"), "matcha");
  EXPECT_EQ(hepburn(U"ヨット"), "yotto");
  EXPECT_EQ(hepburn(U"あっ"), "a");
}

TEST(Romanize, ReadsTitlesOfOpenData) {
  EXPECT_EQ(romanize("令和5年度 人口統計"), "reiwa5-jinko-tokei");
  EXPECT_EQ(romanize("指定緊急避難場所一覧（令和6年4月1日現在）"),
            "shitei-kinkyu-hinan-basho-ichiran-reiwa6-4-1");
  EXPECT_EQ(romanize("横浜市の図書館 利用者数"), "yokohama-shi-no-toshokan-riyoshasu");
  EXPECT_EQ(romanize("公衆無線LANアクセスポイント一覧"), "koshu-musen-lan-access-pointo-ichiran");
  EXPECT_EQ(romanize("オープンデータカタログ"), "open-data-catalog");
  EXPECT_EQ(romanize("市長からのお知らせ"), "shi-karano-oshirase");
}

TEST(Romanize, TakesTheLongestWord) {
  EXPECT_EQ(romanize("避難所"), "hinanjo");
  EXPECT_EQ(romanize("避難"), "hinan");
  EXPECT_EQ(romanize("市町村別人口"), "shichosonbetsu-jinko");
}

TEST(Romanize, ReadsYearsOfErasAndOfTheWesternCalendar) {
  EXPECT_EQ(romanize("平成31年"), "heisei31");
  EXPECT_EQ(romanize("令和元年度決算"), "reiwa1-kessan");
  EXPECT_EQ(romanize("2024年度予算"), "2024-yosan");
  EXPECT_EQ(romanize("年度別"), "nendo-betsu");
  EXPECT_EQ(romanize("昭和の記録"), "showa-no");
}

TEST(Romanize, NarrowsFullWidthLettersAndDigits) {
  EXPECT_EQ(romanize("ＡＥＤ設置場所２０２４"), "aed-setchi-basho-2024");
  EXPECT_EQ(romanize("ﾊﾞｽ停"), "bus-stop");
  EXPECT_EQ(romanize("Open Data / ver.2"), "open-data-ver-2");
}

TEST(Romanize, FindsLoanWordsOnlyAsWholeWords) {
  EXPECT_EQ(romanize("バス"), "bus");
  EXPECT_EQ(romanize("アルバス"), "arubasu");
  EXPECT_EQ(romanize("バスト"), "basuto");
  EXPECT_EQ(romanize("のごみ収集日"), "no-gomi-shushubi");
}

TEST(Romanize, DropsWhatItCannotRead) {
  EXPECT_EQ(romanize("鬱薔薇"), "");
  EXPECT_EQ(romanize("鬱と人口"), "to-jinko");
  EXPECT_EQ(romanize(""), "");
  EXPECT_EQ(romanize("（・、）"), "");
  EXPECT_EQ(romanize("../../etc/passwd"), "etc-passwd");
  EXPECT_EQ(romanize(std::string("a\0b", 3)), "a-b");
  EXPECT_EQ(romanize("\xFF\xFE"), "");
}

TEST(Romanize, GivesOnlyCharactersOfNames) {
  for (const auto& [word, latin] : word_readings()) {
    EXPECT_FALSE(latin.empty()) << word;
    EXPECT_EQ(latin.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos)
        << word;
    EXPECT_FALSE(romanize(word).empty()) << word;
  }
}

}  // namespace
}  // namespace minato::text
