#include <gtest/gtest.h>

#include "web/catalogue/dataset_count.h"
#include "web/catalogue/marked_text.h"
#include "web/catalogue/paging.h"
#include "web/catalogue/similar_words.h"
#include "web/catalogue/tag_initial.h"

namespace minato::web {
namespace {

TEST(SimilarWords, AreThoseWithFewOtherLetters) {
  EXPECT_EQ(likeness("人口", "人口"), 1);
  EXPECT_GT(likeness("人口移働", "人口移動"), 0.7);
  EXPECT_EQ(likeness("人口", "避難所の一覧"), 0);
  EXPECT_EQ(likeness("", "人口"), 0);
  EXPECT_EQ(likeness(std::string(500, 'a'), std::string(500, 'a')), 0);  // too long to be a word
}

TEST(SimilarWords, AreFoundHoweverTheyAreWrittenBestFirst) {
  const std::vector<std::string_view> known = {"サーバー", "サーフィン", "予算", "サーバ"};
  const std::vector<std::size_t> expected = {0};
  EXPECT_EQ(alike("ｻｰﾊﾞ", known, 1), expected);
  EXPECT_TRUE(alike("決算書類", known, 5).empty());
  // What is asked for is no proposal.
  EXPECT_TRUE(alike("予算", {known.data() + 2, known.data() + 3}, 5).empty());
}

TEST(SimilarWords, QueriesAreCutAtBlanksOutsideOfQuotes) {
  const std::vector<std::string> expected = {"人口", "\"横浜 市\"", "-町"};
  EXPECT_EQ(box_words("  人口　\"横浜 市\"\t-町 "), expected);
  EXPECT_TRUE(box_words(" 　").empty());
  EXPECT_EQ(box_words("\"never closed").size(), 1U);
}

TEST(TagInitial, IsTheRowOfTheReadingOrTheLetter) {
  EXPECT_EQ(tag_initial("がっこう"), "か");
  EXPECT_EQ(tag_initial("ﾊﾟｿｺﾝ"), "は");
  EXPECT_EQ(tag_initial("ん"), "わ");
  EXPECT_EQ(tag_initial("ａｅｄ"), "A");
  EXPECT_EQ(tag_initial("21世紀"), "0-9");
  EXPECT_EQ(tag_initial("人口"), "さ");
  EXPECT_EQ(tag_initial("鸞"), "漢字");
  EXPECT_EQ(tag_initial(""), "漢字");
}

TEST(Excerpt, ShowsTheFirstOfTheWordsInOneLine) {
  EXPECT_EQ(excerpt(" 一\n\n二 ", {}), "一 二");
  std::string text;
  for (int i = 0; i < 300; ++i) text += "あ";
  const std::string long_text = text + "人口" + text;
  const std::string shown = excerpt(long_text, {{"人口", false}});
  EXPECT_NE(shown.find("人口"), std::string::npos);
  EXPECT_TRUE(shown.starts_with("…"));
  EXPECT_TRUE(shown.ends_with("…"));
  EXPECT_LT(shown.size(), 450U);
  EXPECT_TRUE(excerpt(text, {}).starts_with("あ"));
}

TEST(DatasetCount, HasASingularInEnglish) {
  EXPECT_EQ(datasets_in_words(1, Texts::in(core::Language::kEn)), "1 dataset");
  EXPECT_EQ(datasets_in_words(1234, Texts::in(core::Language::kEn)), "1,234 datasets");
}

TEST(Paging, AlwaysHasALastPage) {
  EXPECT_EQ((Paging{1, 20, 0, "", {}}.last()), 1);
  EXPECT_EQ((Paging{1, 20, 20, "", {}}.last()), 1);
  EXPECT_EQ((Paging{1, 20, 21, "", {}}.last()), 2);
}

}  // namespace
}  // namespace minato::web
