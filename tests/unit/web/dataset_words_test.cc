// The words of a dataset's page: descriptions, freshness, citations.
#include <gtest/gtest.h>

#include "support/sample_catalog.h"
#include "web/catalogue/citation.h"
#include "web/catalogue/freshness.h"
#include "web/catalogue/prose.h"
#include "web/catalogue/resource_title.h"
#include "web/catalogue/words_language.h"
#include "web/frame/ago.h"
#include "web/frame/templates.h"

namespace minato::web {
namespace {

using support::at;

std::string shown(std::string_view text) {
  View view = object();
  put(view, "blocks", prose(text));
  std::string html = render_template("prose", core::Language::kJa, view);
  std::erase(html, '\n');
  return html;
}

TEST(ResourceTitle, AFileWithoutATitleIsCalledByItsName) {
  const auto title = [](const char* name, const char* type, const char* url) {
    core::Resource resource;
    resource.name = name;
    resource.url_type = type;
    resource.url = url;
    return resource_title(resource, Texts::in(core::Language::kJa));
  };
  EXPECT_EQ(title("施設", "upload", "a.csv"), "施設");
  EXPECT_EQ(title("", "upload", "公共施設.csv"), "公共施設.csv");
  EXPECT_EQ(title("", "", "https://example.jp/data/%E8%A1%A8.csv"), "表.csv");
  for (const char* url :
       {"", "https://example.jp", "https://example.jp/data/", "not an address.csv",
        "https://example.jp/file.php?id=1", "https://example.jp/%ff.csv"}) {
    EXPECT_EQ(title("", "", url), "名称のないファイル") << url;
  }
}

TEST(Prose, LineEndsStayAndBlankLinesPart) {
  EXPECT_EQ(shown("一行目\r\n二行目\n\n\n次の段落"), "<p>一行目<br>二行目</p><p>次の段落</p>");
  EXPECT_EQ(shown(" \n\n "), "");
}

TEST(Prose, ListsAndHeadingsAreKept) {
  EXPECT_EQ(shown("注意\n- 一つ\n・二つ\n続き\n## 出典\n【更新】"),
            "<p>注意</p><ul><li>一つ</li><li>二つ</li></ul><p>続き</p>"
            "<p class=\"prose-heading\"><strong>出典</strong></p>"
            "<p class=\"prose-heading\"><strong>更新</strong></p>");
}

TEST(Prose, AddressesAreLinksWithoutThePunctuationAroundThem) {
  const auto link = [](const std::string& href, const std::string& text) {
    return "<a href=\"" + href + "\" rel=\"external nofollow\">" + text + "</a>";
  };
  EXPECT_EQ(shown("詳しくは（https://example.jp/a?b=1&c=2）。"),
            "<p>詳しくは（" +
                link("https://example.jp/a?b=1&amp;c=2", "https://example.jp/a?b=1&amp;c=2") +
                "）。</p>");
  EXPECT_EQ(shown("See http://example.jp/x_(y), or"),
            "<p>See " + link("http://example.jp/x_(y)", "http://example.jp/x_(y)") + ", or</p>");
  EXPECT_EQ(shown("[県のページ](https://example.jp/)を見る"),
            "<p>" + link("https://example.jp/", "県のページ") + "を見る</p>");
}

TEST(Prose, NothingElseBecomesALinkOrMarkup) {
  EXPECT_EQ(shown("[x](javascript:alert(1)) https:// ftp://a <b>c</b>"),
            "<p>[x](javascript:alert(1)) https:// ftp://a &lt;b&gt;c&lt;/b&gt;</p>");
  EXPECT_EQ(shown("https://a\"onclick=x"),
            "<p><a href=\"https://a\" rel=\"external nofollow\">https://a</a>&quot;onclick=x</p>");
}

TEST(FirstSentence, IsOneLine) {
  EXPECT_EQ(first_sentence(" 人口です。世帯数も。"), "人口です。");
  EXPECT_EQ(first_sentence("Population. Households."), "Population.");
  EXPECT_EQ(first_sentence("見出し\n本文です。"), "見出し");
  EXPECT_EQ(first_sentence("あいうえお", 3), "あいう…");
  EXPECT_EQ(first_sentence(""), "");
}

core::Dataset updated(const std::string& frequency, const std::string& time) {
  core::Dataset dataset;
  dataset.frequency = frequency;
  dataset.modified = at("2024-06-14T00:00:00Z");
  core::Resource resource;
  resource.last_modified = at(time);
  dataset.resources = {resource};
  return dataset;
}

bool is_late(const std::string& frequency, const std::string& time) {
  return freshness_of(updated(frequency, time), at("2024-06-15T12:00:00Z")).is_late;
}

TEST(Freshness, LateIsWhatIsClearlyBehindItsPeriod) {
  EXPECT_FALSE(is_late("daily", "2024-06-05T00:00:00Z"));
  EXPECT_TRUE(is_late("daily", "2024-05-31T00:00:00Z"));
  EXPECT_FALSE(is_late("weekly", "2024-05-27T00:00:00Z"));
  EXPECT_TRUE(is_late("weekly", "2024-05-20T00:00:00Z"));
  EXPECT_FALSE(is_late("monthly", "2024-04-25T00:00:00Z"));
  EXPECT_TRUE(is_late("monthly", "2024-04-01T00:00:00Z"));
  EXPECT_FALSE(is_late("annual", "2023-01-15T00:00:00Z"));
  EXPECT_TRUE(is_late("annual", "2022-11-01T00:00:00Z"));
  EXPECT_FALSE(is_late("hourly", "2024-06-06T00:00:00Z"));
  EXPECT_TRUE(is_late("semimonthly", "2024-05-01T00:00:00Z"));
}

TEST(Freshness, WhatHasNoPeriodIsNeverLate) {
  for (const char* frequency :
       {"irregular", "as_needed", "never", "unknown", "continuous", "", "そのうち"}) {
    EXPECT_FALSE(is_late(frequency, "1999-01-01T00:00:00Z")) << frequency;
    EXPECT_FALSE(freshness_of(updated(frequency, "2024-01-01"), at("2024-06-15")).is_periodic);
  }
}

TEST(Freshness, DaysAreThoseOfJapan) {
  // 23:30 and 00:30 in Japan.
  const core::Dataset dataset = updated("daily", "2024-06-14T14:30:00Z");
  EXPECT_EQ(freshness_of(dataset, at("2024-06-14T14:59:00Z")).days, 0);
  EXPECT_EQ(freshness_of(dataset, at("2024-06-14T15:30:00Z")).days, 1);
  // A clock that is ahead.
  EXPECT_EQ(freshness_of(dataset, at("2024-06-01T00:00:00Z")).days, 0);
}

TEST(Freshness, WithoutDatesOfFilesTheEntryCounts) {
  core::Dataset dataset = updated("monthly", "2020-01-01");
  dataset.resources.front().last_modified.reset();
  EXPECT_EQ(freshness_of(dataset, at("2024-06-15")).newest, dataset.modified);
  dataset = updated("monthly", "2020-01-01");
  dataset.resources.front().state = core::State::kDeleted;
  EXPECT_EQ(freshness_of(dataset, at("2024-06-15")).newest, dataset.modified);
}

TEST(AgeText, CountsInTheUnitOnePersonWouldUse) {
  const Texts& texts = Texts::in(core::Language::kJa);
  EXPECT_EQ(age_text(0, texts), "今日");
  EXPECT_EQ(age_text(1, texts), "昨日");
  EXPECT_EQ(age_text(59, texts), "59日前");
  EXPECT_EQ(age_text(60, texts), "2か月前");
  EXPECT_EQ(age_text(106, texts), "3か月前");
  EXPECT_EQ(age_text(730, texts), "24か月前");
  EXPECT_EQ(age_text(731, texts), "2年前");
  EXPECT_EQ(age_text(60, Texts::in(core::Language::kEn)), "2 months ago");
}

TEST(WordsLanguage, JapaneseWordsOnEnglishPagesAreMarked) {
  EXPECT_EQ(words_language("表 A", core::Language::kEn), "ja");
  EXPECT_EQ(words_language("ﾃﾞｰﾀ", core::Language::kEn), "ja");
  EXPECT_EQ(words_language("Table A – “x”", core::Language::kEn), "");
  EXPECT_EQ(words_language("表 A", core::Language::kJa), "");
}

TEST(Citation, IsASentenceInEitherLanguage) {
  const CitedWork work{"jinko",
                       "人口",
                       "神奈川県",
                       "見本",
                       "https://x.jp/dataset/jinko",
                       "第2版",
                       "CC BY",
                       at("2024-04-30T16:00:00Z")};
  EXPECT_EQ(citation_text(work, core::Language::kJa),
            "神奈川県「人口」（第2版）見本、2024年5月1日更新、https://x.jp/dataset/jinko");
  EXPECT_EQ(citation_text(work, core::Language::kEn),
            "神奈川県. \"人口\" (第2版) [dataset]. 見本, updated 1 May 2024. "
            "https://x.jp/dataset/jinko");
}

TEST(Citation, BibtexEscapesWhatLatexWouldRun) {
  CitedWork work{"a-b", "50% \\input{x} {y} $z$ ^~#&_\n2", "", "S", "https://x.jp/a", "",
                 "",    at("2024-12-31T16:00:00Z")};
  EXPECT_EQ(citation_bibtex(work),
            "@misc{a-b,\n"
            "  title = {{50\\% \\textbackslash{}input\\{x\\} \\{y\\} \\$z\\$ "
            "\\textasciicircum{}\\textasciitilde{}\\#\\&\\_ 2}},\n"
            "  year = {2025},\n"
            "  publisher = {S},\n"
            "  howpublished = {\\url{https://x.jp/a}},\n"
            "}");
}

}  // namespace
}  // namespace minato::web
