#include "text/fold.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/utf8.h"

namespace minato::text {
namespace {

TEST(Fold, MakesSpellingsOfTheSameWordEqual) {
  const std::vector<std::vector<std::string>> same = {
      {"ｵｰﾌﾟﾝﾃﾞｰﾀ", "オープンデータ", "おーぷんでーた", "ｵ-ﾌﾟﾝﾃﾞ-ﾀ", "オ－プンデ―タ",
       "オ‐プンデ−タ"},
      {"ＲＰＡ", "rpa", "RPA", "Ｒｐa"},
      {"髙橋", "高橋"},
      {"茅ヶ崎市", "茅ケ崎市", "茅ヶ﨑市"},
      {"渡邊", "渡邉", "渡辺"},
      {"齋藤", "齊藤", "斎藤", "斉藤"},
      {"濵", "濱", "浜"},
      {"澤", "沢"},
      {"嶋", "島", "嶌"},
      {"淵", "渕"},
      {"廣", "広"},
      {"國學院", "国学院"},
      {"眞", "真"},
      {"惠", "恵"},
      {"横瀨", "橫瀬"},
      {"德", "徳"},
      {"𠮷野", "吉野"},
      {"佐々木", "佐佐木"},
      {"馬鹿々々しい", "馬鹿馬鹿しい"},
      {"いすゞ", "イスヾ", "いすず"},
      {"つゝじ", "つつじ"},
      {"バナヽ", "ばなな"},
      {"㈱神奈川", "(株)神奈川"},
      {"㍻30年", "平成30年"},
      {"①", "1", "１"},
      {"神奈川　県", "神奈川 県", " 神奈川\t\n県 ", "神奈川\u00A0県"},
      {"葛\U000E0100城", "葛城"},
      {"STRASSE", "straße"},
      {"か\u3099", "が", "ガ", "ｶﾞ"},
      {"a\u200Bb", "ab"},
  };
  for (const auto& words : same) {
    for (const auto& word : words) EXPECT_EQ(fold(word), fold(words.front())) << word;
  }
}

TEST(Fold, KeepsDifferentWordsApart) {
  const std::vector<std::pair<std::string, std::string>> different = {
      {"はは", "ばば"},     {"はは", "ぱぱ"},
      {"ひよう", "びょう"}, {"サーバ", "サーバー"},
      {"予算", "矛盾"},     {"メガネ-眼鏡", "メガネー眼鏡"},
      {"ア-1", "アー1"},    {"2020-2021", "2020ー2021"},
      {"a b", "ab"}};
  for (const auto& [a, b] : different) EXPECT_NE(fold(a), fold(b)) << a << " " << b;
}

TEST(Fold, YieldsLowerCaseHiraganaWithoutOuterBlanks) {
  EXPECT_EQ(fold("  AED（自動体外式除細動器）　設置 箇所 "), "aed(自動体外式除細動器) 設置 箇所");
  EXPECT_EQ(fold("横浜ベイ・クォーター"), "横浜べい・くぉーたー");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold(" \t"), "");
}

TEST(Fold, LeavesMarksWithNothingToRepeat) {
  EXPECT_EQ(fold("々"), "々");
  EXPECT_EQ(fold("あ々"), "あ々");
  EXPECT_EQ(fold("ゝゞ"), "ゝゞ");
  EXPECT_EQ(fold("山 々"), "山 々");
}

TEST(Fold, ReplacesBadBytes) {
  EXPECT_EQ(fold("\xFF"), "\uFFFD");
  EXPECT_EQ(fold("神\xE5\xA5奈"), "神\uFFFD奈");
  EXPECT_EQ(fold("A\xC0\xAF"), "a\uFFFD\uFFFD");
  EXPECT_EQ(fold(std::string_view("a\0B", 3)), std::string_view("a\0b", 3));
}

// Random texts of the characters that the rules speak of, and of any bytes.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> parts = {"カ",
                                                 "か",
                                                 "ｶ",
                                                 "ﾞ",
                                                 "\u3099",
                                                 "\u309A",
                                                 "ヶ",
                                                 "ヵ",
                                                 "-",
                                                 "－",
                                                 "―",
                                                 "ー",
                                                 "ｰ",
                                                 "々",
                                                 "〻",
                                                 "ゝ",
                                                 "ゞ",
                                                 "ヽ",
                                                 "山",
                                                 "髙",
                                                 "齋",
                                                 "﨑",
                                                 "A",
                                                 "ß",
                                                 "é",
                                                 "e\u0301",
                                                 "\u0301",
                                                 "１",
                                                 "0",
                                                 " ",
                                                 "　",
                                                 "・",
                                                 "〜",
                                                 "～",
                                                 "\u200D",
                                                 "\uFE0F",
                                                 "㈱",
                                                 "ﷺ",
                                                 "𠮷",
                                                 "İ",
                                                 "ǰ",
                                                 "\u0345",
                                                 "한",
                                                 "\u1100",
                                                 "\u1161",
                                                 "\xFF",
                                                 "\xE3\x81",
                                                 "\xED\xA0\x80",
                                                 "\xF4\x90\x80\x80"};
  std::string text;
  for (std::size_t n = random() % 12; n > 0; --n) {
    if (random() % 8 == 0) {
      text += static_cast<char>(random() % 256);
    } else {
      text += parts[random() % parts.size()];
    }
  }
  return text;
}

TEST(Fold, IsDoneAfterOnePassOnAnyBytes) {
  std::mt19937 random(20240401);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random_text(random);
    const std::string once = fold(text);
    ASSERT_EQ(fold(once), once) << testing::PrintToString(text);
    ASSERT_EQ(sanitized(once), once);
    ASSERT_LE(once.size(), 12 * text.size());
  }
}

TEST(Fold, TakesLongTexts) {
  std::string text;
  while (text.size() < 3'000'000) text += "オープンデータ";
  const std::string folded = fold(text);
  EXPECT_EQ(folded.size(), text.size());
  EXPECT_EQ(folded.find("オ"), std::string::npos);
}

}  // namespace
}  // namespace minato::text
