// Words that people type and that no dataset has as they stand.
#include <gmock/gmock.h>

#include "http/url.h"
#include "markup.h"
#include "support/program_fixture.h"
#include "web/catalogue/kindred_words.h"
#include "web/catalogue/word_pieces.h"

namespace minato {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Knows what is a part of one of these words, as a search does.
web::KnowsPiece part_of(std::vector<std::string> words) {
  return [words = std::move(words)](const std::string& piece) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return word.find(piece) != std::string::npos;
    });
  };
}

TEST(WordPieces, AreWordsWithoutBlanksBetween) {
  EXPECT_EQ(web::in_pieces("横浜市人口", part_of({"横浜市", "人口"})).query, "横浜市 人口");
  EXPECT_EQ(web::in_pieces("AED設置場所", part_of({"AED", "設置", "場所"})).query, "AED 設置 場所");
  EXPECT_EQ(web::in_pieces("防災 人口統計", part_of({"防災", "人口", "統計"})).query,
            "防災 人口 統計");
}

TEST(WordPieces, LeaveOutWhatStandsBetweenWords) {
  EXPECT_EQ(web::in_pieces("AEDの場所", part_of({"AED", "場所"})).query, "AED 場所");
  EXPECT_EQ(web::in_pieces("川崎市の保育園", part_of({"川崎市の", "保育園"})).query,
            "川崎市 保育園");
}

TEST(WordPieces, AreAsFewAsThereCanBe) {
  EXPECT_EQ(web::in_pieces("避難所一覧表", part_of({"避難", "避難所", "所一", "一覧表"})).query,
            "避難所 一覧表");
}

TEST(WordPieces, LoseHalfOfAWordAtMost) {
  EXPECT_EQ(web::in_pieces("避難諸", part_of({"避難"})).query, "避難");
  EXPECT_EQ(web::in_pieces("津波避難ビル", part_of({"避難"})).query, "");
}

TEST(WordPieces, SayWhetherAnythingWasLost) {
  EXPECT_TRUE(web::in_pieces("AEDの場所", part_of({"AED", "場所"})).is_whole);
  EXPECT_FALSE(web::in_pieces("避難諸", part_of({"避難"})).is_whole);
}

TEST(WordPieces, CutNothingThatIsKnownQuotedOrAReading) {
  EXPECT_EQ(web::in_pieces("横浜市 人口", part_of({"横浜市", "人口"})).query, "");
  EXPECT_EQ(web::in_pieces("\"横浜市人口\"", part_of({"横浜市", "人口"})).query, "");
  EXPECT_EQ(web::in_pieces("ひなんじょ", part_of({"ひなん", "じょ"})).query, "");
  EXPECT_EQ(web::in_pieces("evacuationmap", part_of({"evacuation", "map"})).query, "");
}

TEST(WordPieces, CostALimitedNumberOfSearches) {
  int searches = 0;
  std::string query;
  for (int i = 0; i < 60; ++i) query += "人口移動統計調査結果 ";
  web::in_pieces(query + "避難場所一覧地図表", [&searches](const std::string& piece) {
    ++searches;
    return piece.size() <= 6;
  });
  EXPECT_LE(searches, 60);
  EXPECT_EQ(web::in_pieces(std::string(3000, 'x') + "避", part_of({"避難"})).query, "");
}

TEST(KindredWords, AreOtherWordsForTheSameThing) {
  EXPECT_THAT(web::kindred_words("保育園"), Contains("保育所"));
  EXPECT_THAT(web::kindred_words("保育園"), Not(Contains("保育園")));
  EXPECT_THAT(web::kindred_words("ｺﾞﾐ"), Contains("廃棄物"));
  EXPECT_THAT(web::kindred_words("Shelter"), Contains("避難所"));
  EXPECT_THAT(web::kindred_words("ペンギン"), IsEmpty());
  EXPECT_THAT(web::kindred_words(""), IsEmpty());
}

TEST(KindredWords, AreFoundByTheirReading) {
  EXPECT_EQ(web::kindred_words("ひなんじょ").front(), "避難所");
  EXPECT_EQ(web::kindred_words("ヒナンジョ").front(), "避難所");
  EXPECT_EQ(web::kindred_words("hinanjo").front(), "避難所");
  EXPECT_THAT(web::kindred_words("ひなんじょ"), Contains("避難場所"));
}

class SearchWords : public ProgramTest {
 protected:
  std::string page(const http::Params& params, const std::string& path = "/dataset") {
    return support::call_route(table_, {"GET", path + "?" + http::build_query(params), {}, ""})
        .body;
  }
  void retitle(const std::string& name, const std::string& title) {
    core::Dataset dataset = *catalog_.dataset(name);
    dataset.title = title;
    store_.put(dataset);
  }
};

TEST_F(SearchWords, ThatStandNowhereTogetherFindWhatHasBoth) {
  const std::string html = page({{"q", "AED防災"}});
  EXPECT_THAT(html, HasSubstr("「AED防災」をこのまま含むデータセットはありません"));
  EXPECT_THAT(html, HasSubstr("<mark>AED</mark>"));
  // What is shown is what the box and all links say.
  EXPECT_THAT(html, HasSubstr("value=\"AED 防災\""));
  EXPECT_THAT(html, HasSubstr("/feeds/dataset.atom?q=AED%20%E9%98%B2%E7%81%BD"));
  EXPECT_TRUE(web::read_markup(html).faults.empty());
}

TEST_F(SearchWords, OfWhichOnlyAPartIsKnownAreProposedByThatPart) {
  const std::string html = page({{"q", "防災図"}});
  EXPECT_THAT(html, HasSubstr("見つかりませんでした"));
  EXPECT_THAT(html, HasSubstr("?q=%E9%98%B2%E7%81%BD\""));
}

TEST_F(SearchWords, ThatStandTogetherAreNotCut) {
  EXPECT_THAT(page({{"q", "設置場所"}}), Not(HasSubstr("このまま含む")));
}

TEST_F(SearchWords, HaveKindredOnesBesideTheResults) {
  retitle("aed", "保育所と避難所の一覧");
  EXPECT_THAT(page({{"q", "避難所"}}), Not(HasSubstr("近い言葉")));  // none of them finds anything
  retitle("population", "避難場所の一覧");
  const std::string html = page({{"q", "避難所"}, {"sort", "title"}});
  EXPECT_THAT(html, HasSubstr("近い言葉"));
  EXPECT_THAT(html, HasSubstr("?q=%E9%81%BF%E9%9B%A3%E5%A0%B4%E6%89%80&amp;sort=title\""));
  EXPECT_TRUE(web::read_markup(html).faults.empty());
}

TEST_F(SearchWords, ThatAreReadingsLeadToTheWord) {
  retitle("aed", "避難所の一覧");
  const std::string html = page({{"q", "ひなんじょ"}});
  EXPECT_THAT(html, HasSubstr("もしかして"));
  EXPECT_THAT(html, HasSubstr(">避難所</a>"));
}

TEST_F(SearchWords, AreMarkedWithoutTheSignsAroundThem) {
  EXPECT_THAT(page({{"q", "「AED」"}}), HasSubstr("<mark>AED</mark>"));
  EXPECT_THAT(page({{"q", "AED😀"}}), HasSubstr("<mark>AED</mark>"));
}

TEST_F(SearchWords, OfAnExclusionAloneAreNoProposal) {
  EXPECT_THAT(page({{"q", "ペンギン -AED"}}), Not(HasSubstr(">-AED</a>")));
}

}  // namespace
}  // namespace minato
