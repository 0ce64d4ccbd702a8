#include <gmock/gmock.h>

#include "http/url.h"
#include "markup.h"
#include "support/program_fixture.h"

namespace minato {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SearchPage : public ProgramTest {
 protected:
  support::RouteReply reply(const http::Params& params, const std::string& path = "/dataset") {
    const std::string query = http::build_query(params);
    return support::call_route(table_, {"GET", query.empty() ? path : path + "?" + query, {}, ""});
  }
  std::string page(const http::Params& params, const std::string& path = "/dataset") {
    return reply(params, path).body;
  }
  void change(const std::string& name, const std::function<void(core::Dataset&)>& edit) {
    core::Dataset dataset = *catalog_.dataset(name);
    edit(dataset);
    store_.put(dataset);
  }
  // As links on the page write it.
  static std::string link(const http::Params& params) {
    std::string out = "href=\"/dataset?";
    for (const char c : http::build_query(params)) out += c == '&' ? "&amp;" : std::string(1, c);
    return out + "\"";
  }
};

TEST_F(SearchPage, MarksTheWordsHoweverTheyAreWritten) {
  EXPECT_THAT(page({{"q", "aed"}}), HasSubstr("<mark>AED</mark>設置場所"));
  EXPECT_THAT(page({{"q", "ae"}}), HasSubstr("<mark>AE</mark>D設置場所"));
  EXPECT_THAT(page({{"q", "人口"}}), HasSubstr("県内の<mark>人口</mark>と世帯数。"));
}

TEST_F(SearchPage, HostileTitlesAreEscapedAroundTheMarks) {
  change("aed", [](core::Dataset& d) { d.title = "<b>AED</b> & \"{{t.search}}\""; });
  const std::string html = page({{"q", "AED"}});
  EXPECT_THAT(html,
              HasSubstr("&lt;b&gt;<mark>AED</mark>&lt;/b&gt; &amp; &quot;{{t.search}}&quot;"));
  EXPECT_TRUE(web::read_markup(html).faults.empty());
}

TEST_F(SearchPage, SaysWhatAHitWasFoundByWhenItsTitleDoesNotShowIt) {
  EXPECT_THAT(page({{"q", "防災"}}), HasSubstr("タグ: <span><mark>防災</mark></span>"));
}

TEST_F(SearchPage, FacetsHaveTitlesCountsAndLinksThatKeepTheState) {
  const std::string html = page({{"q", "一覧"}, {"sort", "title"}});
  EXPECT_THAT(html,
              HasSubstr(link({{"q", "一覧"}, {"sort", "title"}, {"organization", "141003"}})));
  EXPECT_THAT(html, HasSubstr("<span>横浜市</span> <span class=\"count\">1<"));
}

TEST_F(SearchPage, AListWithAChoiceCountsWhatTheOthersWouldAdd) {
  const std::string html = page({{"organization", "140007"}});
  EXPECT_THAT(html, HasSubstr(link({{"organization", "140007"}, {"organization", "141003"}})));
  EXPECT_THAT(html, HasSubstr("<span>横浜市</span> <span class=\"count\">2<"));
  EXPECT_THAT(html, HasSubstr("aria-current=\"true\"><span>神奈川県</span>"));
}

TEST_F(SearchPage, SpansOfTimeAreLinksWithCounts) {
  // It is 15 June 2024.
  const std::string html = page({});
  EXPECT_THAT(html, HasSubstr(link({{"modified_since", "2023-06-16"}})));
  EXPECT_THAT(html, Not(HasSubstr("modified_since=2024-06-08")));  // nothing in the last week
  EXPECT_THAT(page({{"modified_since", "2024-05-16"}}), HasSubstr("2024年5月16日以降"));
}

TEST_F(SearchPage, ADayBeginsInJapan) {
  change("aed", [](core::Dataset& d) { d.modified = support::at("2024-05-31T15:00:00Z"); });
  EXPECT_THAT(page({{"modified_since", "2024-06-01"}}), HasSubstr("1 件のデータセット"));
}

TEST_F(SearchPage, ChipsNameWhatIsChosenAndTakeItAway) {
  const std::string html =
      page({{"q", "AED"}, {"organization", "141003"}, {"license_id", "cc-by"}, {"utm", "x"}});
  EXPECT_THAT(html, HasSubstr("公開団体:</span> <span>横浜市</span>"));
  EXPECT_THAT(html, HasSubstr(link({{"q", "AED"}, {"license", "cc-by"}})));
  EXPECT_THAT(html, HasSubstr(link({{"q", "AED"}})));  // all away
  EXPECT_THAT(html, Not(HasSubstr("utm")));
}

TEST_F(SearchPage, TheFormKeepsWhatIsChosen) {
  const std::string html = page({{"q", "AED"}, {"tag", "防災"}, {"sort", "title"}});
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"tag\" value=\"防災\">"));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"sort\" value=\"title\">"));
}

TEST_F(SearchPage, BehindTheEndIsTheLastPage) {
  const std::string html = page({{"q", "AED"}, {"page", "7"}});
  EXPECT_THAT(html, HasSubstr("<mark>AED</mark>"));
}

TEST_F(SearchPage, LongListsHavePagesByNumber) {
  for (int i = 0; i < 130; ++i) {
    core::Dataset dataset = *catalog_.dataset("aed");
    dataset.id = "copy-" + std::to_string(i);
    dataset.name = dataset.id;
    store_.put(dataset);
  }
  const std::string html = page({{"q", "AED"}, {"page", "4"}});
  EXPECT_THAT(html, HasSubstr("131 件のデータセット <span class=\"page-note\">4 / 7 ページ"));
  EXPECT_THAT(html, HasSubstr("rel=\"prev\""));
  EXPECT_THAT(html, HasSubstr(link({{"q", "AED"}, {"page", "6"}})));
  EXPECT_THAT(html, HasSubstr("aria-current=\"page\"><span class=\"hidden\">ページ </span>4</a>"));
  EXPECT_THAT(page({}, "/en/dataset"), HasSubstr("href=\"/en/dataset?page=2\""));
}

TEST_F(SearchPage, HasAFeedOfTheSearch) {
  const std::string html = page({{"q", "AED"}, {"tag", "防災"}, {"sort", "title"}});
  const std::string feed = "/feeds/dataset.atom?q=AED&amp;tag=%E9%98%B2%E7%81%BD";
  EXPECT_THAT(html, HasSubstr("type=\"application/atom+xml\" href=\"" + feed + "\""));
  EXPECT_THAT(html, HasSubstr("<a href=\"" + feed + "\""));
}

TEST_F(SearchPage, NothingFoundProposesFewerWordsWithWhatTheyFind) {
  const std::string html = page({{"q", "AED 存在しない"}});
  EXPECT_THAT(html, HasSubstr("見つかりませんでした"));
  EXPECT_THAT(html, HasSubstr(link({{"q", "AED"}})));
  EXPECT_THAT(html, Not(HasSubstr(link({{"q", "存在しない"}}))));
}

TEST_F(SearchPage, NothingFoundProposesFewerWordsWithoutFiltersWhereThoseStandInTheWay) {
  const std::string html = page({{"q", "AED 存在しない"}, {"format", "CSV"}});
  EXPECT_THAT(html, HasSubstr(link({{"q", "AED"}})));
  EXPECT_THAT(html, HasSubstr("AED（絞り込みなし）"));
}

TEST_F(SearchPage, JapaneseWordsOnAnEnglishPageSaySo) {
  const std::string html = page({}, "/en/dataset");
  EXPECT_THAT(html, HasSubstr("<span lang=\"ja\">防災</span>"));
  EXPECT_THAT(html, HasSubstr("<span lang=\"ja\">横浜市</span>"));
  EXPECT_THAT(html, HasSubstr("<span>Kanagawa Prefecture</span>"));
}

TEST_F(SearchPage, NothingFoundProposesFewerFilters) {
  const std::string html = page({{"q", "AED"}, {"organization", "140007"}});
  EXPECT_THAT(html, HasSubstr("「神奈川県」を外す"));
  EXPECT_THAT(html, HasSubstr(link({{"q", "AED"}})));
}

TEST_F(SearchPage, NothingFoundProposesWhatWasMeant) {
  EXPECT_THAT(page({{"q", "避難場"}}), HasSubstr(link({{"q", "避難所"}})));
  EXPECT_THAT(page({{"q", "人口統系"}}), HasSubstr("href=\"/dataset/population\""));
  EXPECT_THAT(page({{"q", "世帯人口動態"}}), HasSubstr("/dataset?theme=2\""));
}

TEST_F(SearchPage, HelpSearchesAreNotCountedAsMissed) {
  page({{"q", "zzz yyy"}, {"tag", "防災"}});
  const std::map<std::string, std::int64_t> once = {{"zzz yyy", 1}};
  EXPECT_EQ(store_.missed_searches(), once);
}

TEST_F(SearchPage, HostileQueriesAreShownAsTheyAre) {
  for (const std::string& q :
       {std::string("<script>alert(1)</script>"), std::string("\" onfocus=\"x"),
        std::string("{{t.search}} {{{q}}}"), std::string("\"\"\"\" - + *"), std::string(1000, 'a'),
        std::string("\u202Eabc\u2066"), std::string("%_' OR 1=1 --")}) {
    for (const char* path : {"/dataset", "/en/dataset", "/tag"}) {
      const auto got = reply({{"q", q}, {"tag", q.substr(0, 90)}}, path);
      EXPECT_EQ(got.status, 200) << path << q;
      EXPECT_TRUE(web::read_markup(got.body).faults.empty()) << path << q;
      EXPECT_THAT(got.body, Not(HasSubstr("<script>alert"))) << path;
    }
  }
}

TEST_F(SearchPage, TagsAreListedByUseAndByLetter) {
  const std::string html = page({}, "/tag");
  EXPECT_THAT(html, HasSubstr("よく使われるタグ"));
  EXPECT_LT(html.find("防災"), html.find("避難所"));
  EXPECT_THAT(html, HasSubstr("/dataset?tag=%E9%98%B2%E7%81%BD\""));
  EXPECT_THAT(page({{"q", "ﾎﾞｳ"}}, "/tag"), HasSubstr("0 種類"));
  EXPECT_THAT(page({{"q", "難"}}, "/tag"), HasSubstr("1 種類"));
}

TEST_F(SearchPage, ManyTagsAreShownALetterAtATime) {
  change("aed", [](core::Dataset& dataset) {
    for (int i = 0; i < 450; ++i) {
      const std::string name = (i % 2 == 0 ? "さくら" : "Zebra") + std::to_string(i);
      dataset.tags.push_back({"id-" + name, name, ""});
    }
  });
  const std::string html = page({}, "/tag");
  EXPECT_THAT(html, HasSubstr("/tag?initial=Z#"));
  EXPECT_THAT(html, Not(HasSubstr("Zebra449")));
  const std::string letter = page({{"initial", "Z"}}, "/tag");
  EXPECT_THAT(letter, HasSubstr("Zebra449"));
  EXPECT_THAT(letter, Not(HasSubstr("さくら448")));
}

TEST_F(SearchPage, ThemesHaveDescriptionsCountsAndTheirNewest) {
  const std::string html = page({}, "/theme");
  EXPECT_EQ(web::read_markup(html).count("h2"), 17U);
  EXPECT_THAT(html, HasSubstr("<strong>1 件のデータセット</strong>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/dataset/population\">人口統計 令和5年度</a>"));
}

}  // namespace
}  // namespace minato
