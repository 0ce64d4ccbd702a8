#include "formats/ckan_query.h"

#include <gtest/gtest.h>

#include <random>

#include "expression_text.h"
#include "fixed_clock.h"

namespace minato::formats {
namespace {

std::string parsed(std::string_view query) {
  const auto expr = parse_ckan_fq(query, FixedClock());
  if (!expr) return expr.error().id + " " + expr.error().details.at(0).position;
  return to_text(*expr);
}

struct Example {
  const char* query;
  const char* expected;
};

TEST(CkanQuery, ReadsWhatClientsReallySend) {
  constexpr Example kExamples[] = {
      {"metadata_modified:[2024-01-01T00:00:00Z TO *]",
       "metadata_modified[2024-01-01T00:00:00.000000..*]"},
      {"metadata_modified:[2015-10-23T14:51:13.282361Z TO NOW]",
       "metadata_modified[2015-10-23T14:51:13.282361..2024-03-31T12:34:56.789000]"},
      {"organization:pref", "organization=pref"},
      {"organization:\"pref\"", "organization=pref"},
      {"+organization:a -groups:b", "and(organization=a, not(groups=b))"},
      {"tags:\"観光 施設\"", "tags=観光 施設"},
      {"res_format:(CSV OR XLSX)", "or(res_format=CSV, res_format=XLSX)"},
      {"(groups:a OR groups:b)", "or(groups=a, groups=b)"},
      {"-dataset_type:harvest", "not(dataset_type=harvest)"},
      {"num_tags:[3 TO *]", "num_tags[3..*]"},
      {"title:AED*", "title^AED"},
      {"name:\"x\" OR id:\"x\"", "or(name=x, id=x)"},
      {"extras_harvest_source_id:6b1f0c52-9d3e", "extras_harvest_source_id=6b1f0c52-9d3e"},
      {"*:*", "all"},
      {"-tags:*", "not(tags!)"},
      {"tags:[* TO *]", "tags!"},
      {"organization:a OR organization:b metadata_modified:[2024-01-01T00:00:00Z TO *]",
       "and(or(organization=a, organization=b), "
       "metadata_modified[2024-01-01T00:00:00.000000..*])"},
      {"", "all"},
      {"  \xE3\x80\x80 ", "all"},
  };
  for (const Example& example : kExamples)
    EXPECT_EQ(parsed(example.query), example.expected) << example.query;
}

TEST(CkanQuery, BindsAndBeforeOrBeforeSideBySide) {
  constexpr Example kExamples[] = {
      {"a AND b OR c", "or(and(~a, ~b), ~c)"},
      {"a OR b AND c", "or(~a, and(~b, ~c))"},
      {"a OR b c", "and(or(~a, ~b), ~c)"},
      {"a b OR c", "and(~a, or(~b, ~c))"},
      {"a && b || !c", "or(and(~a, ~b), not(~c))"},
      {"NOT a AND b", "and(not(~a), ~b)"},
      {"a AND NOT b", "and(~a, not(~b))"},
      {"a OR -b", "or(~a, not(~b))"},
      {"NOT NOT a", "not(not(~a))"},
      {"(a OR b) (c OR (d e))", "and(or(~a, ~b), or(~c, and(~d, ~e)))"},
      {"a\xE3\x80\x80"
       "b",
       "and(~a, ~b)"},
      {"a OR(b)AND(c)", "or(~a, and(~b, ~c))"},
      {"ANDROID ORDER NOTE", "and(~ANDROID, ~ORDER, ~NOTE)"},
      {"and or not", "and(~and, ~or, ~not)"},
  };
  for (const Example& example : kExamples)
    EXPECT_EQ(parsed(example.query), example.expected) << example.query;
}

TEST(CkanQuery, KnowsEveryKindOfValue) {
  constexpr Example kExamples[] = {
      {"te?t", "?te?t"},
      {"title:*港*", "title?*港*"},
      {"title:*", "title!"},
      {"text:*", "all"},
      {"*", "all"},
      {"title:\"港 まつり\"~3^2.5", "title~港 まつり"},
      {"title:港^4 notes:海^0.5", "and(title~港, notes~海)"},
      {"title:(港 -海 tags:空)", "and(title~港, not(title~海), tags=空)"},
      {"name:{a TO b]", "name{a..b]"},
      {"name:[a TO b}", "name[a..b}"},
      {"name:[\"a b\" TO c\\]d]", "name[a b..c]d]"},
      {"tags:[\"\" TO *]", "tags!"},
      {"isopen:True", "isopen=true"},
      {"private:false", "private=false"},
      {"num_resources:3", "num_resources=3"},
      {"name:a\\:b\\ c\\*", "name=a:b c*"},
      {"url:http\\://example.jp/a", "url=http://example.jp/a"},
      {"res_url:https://example.jp/a.csv", "res_url=https://example.jp/a.csv"},
      {"更新頻度:月次", "extras_更新頻度=月次"},
      {"extras_frequency:monthly", "extras_frequency=monthly"},
      {"title : 港", "syntax"},
      {"R&D a|b", "and(~R&D, ~a|b)"},
      {"title:\"a*\"", "title~a*"},
      {"name:\"a\\\"b\\\\\"", "name=a\"b\\"},
      {"AI-OCR", "~AI-OCR"},
      {"name:-5", "name=-5"},
  };
  for (const Example& example : kExamples) {
    if (std::string_view(example.expected) == "syntax") {
      EXPECT_TRUE(parsed(example.query).starts_with("search-syntax")) << example.query;
    } else {
      EXPECT_EQ(parsed(example.query), example.expected) << example.query;
    }
  }
}

TEST(CkanQuery, CalculatesDatesAsSolrDoes) {
  constexpr Example kExamples[] = {
      {"NOW", "2024-03-31T12:34:56.789000"},
      {"NOW-7DAYS", "2024-03-24T12:34:56.789000"},
      {"NOW/DAY", "2024-03-31T00:00:00.000000"},
      {"NOW/HOUR+30MINUTES", "2024-03-31T12:30:00.000000"},
      {"NOW-1MONTH", "2024-02-29T12:34:56.789000"},
      {"NOW-13MONTHS", "2023-02-28T12:34:56.789000"},
      {"NOW-1YEAR/MONTH+2DAYS", "2023-03-03T00:00:00.000000"},
      {"NOW/YEAR-1SECOND", "2023-12-31T23:59:59.000000"},
      {"2024-02-29T00:00:00Z+1YEAR", "2025-02-28T00:00:00.000000"},
      {"2024-01-01T09:00:00+09:00", "2024-01-01T00:00:00.000000"},
      {"NOW+1MILLI", "2024-03-31T12:34:56.790000"},
  };
  for (const Example& example : kExamples) {
    EXPECT_EQ(parsed(std::string("metadata_created:") + example.query),
              std::string("metadata_created=") + example.expected)
        << example.query;
  }
  EXPECT_EQ(parsed("metadata_created:2024-02"),
            "metadata_created[2024-02-01T00:00:00.000000..2024-02-29T23:59:59.999999]");
  EXPECT_EQ(parsed("metadata_created:[2023 TO 2024-02-29]"),
            "metadata_created[2023-01-01T00:00:00.000000..2024-02-29T23:59:59.999999]");
  EXPECT_EQ(parsed("metadata_created:{2023 TO 2024-02-29}"),
            "metadata_created{2023-12-31T23:59:59.999999..2024-02-29T00:00:00.000000}");
  for (const char* bad :
       {"NOW-", "NOW-7", "NOW-7WEEKS", "NOW/", "NOW*2DAYS", "NOW+99999999999YEARS", "NOW-9000YEARS",
        "2024-02-30", "yesterday", "NOW-1DAYx", "NOW+10000000DAYS"}) {
    EXPECT_TRUE(parsed(std::string("metadata_created:") + bad).starts_with("search-syntax byte 17"))
        << bad;
  }
}

TEST(CkanQuery, TellsTheByteOfAMistake) {
  constexpr Example kExamples[] = {
      {"{!lucene}a", "search-syntax byte 0"},
      {"a AND", "search-syntax byte 5"},
      {"AND a", "search-syntax byte 0"},
      {"a OR OR b", "search-syntax byte 5"},
      {"(a", "search-syntax byte 0"},
      {"a)", "search-syntax byte 1"},
      {")", "search-syntax byte 0"},
      {"()", "search-syntax byte 1"},
      {"title:", "search-syntax byte 6"},
      {"title:)", "search-syntax byte 6"},
      {":a", "search-syntax byte 0"},
      {"\"a", "search-syntax byte 0"},
      {"name:[a TO b", "search-syntax byte 5"},
      {"name:[a b]", "search-syntax byte 8"},
      {"name:[a to b]", "search-syntax byte 8"},
      {"name:[TO b]", "search-syntax byte 6"},
      {"title:[a TO b]", "search-syntax byte 6"},
      {"num_tags:many", "search-syntax byte 9"},
      {"isopen:maybe", "search-syntax byte 7"},
      {"metadata_modified:2024*", "search-syntax byte 18"},
      {"roam~0.8", "search-syntax byte 4"},
      {"a^b", "search-syntax byte 2"},
      {"a\\", "search-syntax byte 1"},
      {"*:a", "search-syntax byte 0"},
      {"t*:a", "search-syntax byte 0"},
      {"name:a\\**", "search-syntax byte 5"},
      {"a \xFF", "search-syntax byte 0"},
      {"港 -", "search-syntax byte 5"},
  };
  for (const Example& example : kExamples)
    EXPECT_EQ(parsed(example.query), example.expected) << example.query;
}

TEST(CkanQuery, ExplainsInBothLanguages) {
  const auto failure = parse_ckan_fq("title:(港", FixedClock());
  ASSERT_FALSE(failure);
  EXPECT_EQ(failure.error().message.en, "This ( is not closed. (at byte 6)");
  EXPECT_EQ(failure.error().message.ja, "検索式の 6 バイト目: ( が閉じていません。");
  EXPECT_EQ(failure.error().hint.ja, ") を補ってください。");
  EXPECT_EQ(failure.error().code, core::ErrorCode::kInvalidArgument);
}

TEST(CkanQuery, HasLimits) {
  EXPECT_TRUE(parsed(std::string(8193, 'a')).starts_with("search-syntax"));
  EXPECT_EQ(parsed(std::string(8192, 'a')), "~" + std::string(8192, 'a'));
  EXPECT_EQ(parsed(std::string(31, '(') + "a" + std::string(31, ')')), "~a");
  EXPECT_TRUE(
      parsed(std::string(32, '(') + "a" + std::string(32, ')')).starts_with("search-syntax"));
  EXPECT_TRUE(parsed(std::string(4000, '(')).starts_with("search-syntax"));
  EXPECT_TRUE(parsed(std::string(4000, '-') + "a").starts_with("search-syntax"));
  std::string clauses;
  for (int i = 0; i < 200; ++i) clauses += "a ";
  EXPECT_TRUE(parsed(clauses).starts_with("and("));
  EXPECT_TRUE(parsed(clauses + "a").starts_with("search-syntax"));
}

TEST(CkanQ, WithoutAColonIsPlainWords) {
  const auto q = [](std::string_view text) {
    const auto expr = parse_ckan_q(text, FixedClock());
    return expr ? to_text(*expr) : expr.error().id;
  };
  EXPECT_EQ(q(""), "all");
  EXPECT_EQ(q("\"\""), "all");
  EXPECT_EQ(q("''"), "all");
  EXPECT_EQ(q("*:*"), "all");
  EXPECT_EQ(q("*"), "all");
  EXPECT_EQ(q("人口"), "~人口");
  EXPECT_EQ(q("人口\xE3\x80\x80統計"), "and(~人口, ~統計)");
  EXPECT_EQ(q("\"公衆 トイレ\" AED"), "and(~公衆 トイレ, ~AED)");
  EXPECT_EQ(q("(unbalanced [what"), "and(~(unbalanced, ~[what)");
  EXPECT_EQ(q("観光 -統計"), "and(~観光, not(~統計))");
  EXPECT_EQ(q("観光*"), "^観光");
  EXPECT_EQ(q("a OR b"), "or(~a, ~b)");
  EXPECT_EQ(q("OR"), "~OR");
  EXPECT_EQ(q("!!!"), "~!!!");
  EXPECT_EQ(q("title:人口"), "title~人口");
  EXPECT_EQ(q("title:("), "search-syntax");
  EXPECT_EQ(q("{!frange l=1}a"), "search-syntax");
}

TEST(SearchBox, NeverFailsAndLeavesTheLastWordOpen) {
  const auto box = [](std::string_view text) { return to_text(parse_search_box(text)); };
  EXPECT_EQ(box(""), "all");
  EXPECT_EQ(box(" \xE3\x80\x80"), "all");
  EXPECT_EQ(box("人口"), "^人口");
  EXPECT_EQ(box("人口 "), "~人口");
  EXPECT_EQ(box("人口\xE3\x80\x80"), "~人口");
  EXPECT_EQ(box("神奈川 人口"), "and(~神奈川, ^人口)");
  EXPECT_EQ(box("“公衆 トイレ”"), "~公衆 トイレ");
  EXPECT_EQ(box("-\"公衆 トイレ\" 港"), "and(not(~公衆 トイレ), ^港)");
  EXPECT_EQ(box("港 -海"), "and(~港, not(~海))");
  EXPECT_EQ(box("title:港 AND ("), "and(~title:港, ~AND)");
  EXPECT_EQ(box("\"never closed"), "~never closed");
  EXPECT_EQ(box("？"), "~？");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "語 ";
  EXPECT_EQ(parse_search_box(many).children.size(), 50U);
}

TEST(CkanSort, ReadsKeysAndRefusesUnknownFields) {
  const auto keys = parse_ckan_sort("title_string ASC, metadata_modified desc ,id asc");
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 3U);
  EXPECT_EQ((*keys)[1].field, "metadata_modified");
  EXPECT_TRUE((*keys)[1].descending);
  EXPECT_FALSE((*keys)[2].descending);
  EXPECT_TRUE(parse_ckan_sort("")->empty());
  for (const char* bad : {"nofield asc", "name", "name up", "name asc,", ",name asc",
                          "name asc desc", "name asc;drop", "title asc"}) {
    const auto failure = parse_ckan_sort(bad);
    ASSERT_FALSE(failure) << bad;
    EXPECT_EQ(failure.error().id, "search-sort");
  }
}

TEST(CkanQuery, SurvivesRandomTokens) {
  constexpr const char* kTokens[] = {"a",   "港", ":",   "(",    ")",    "[",   "]",  "{",
                                     "}",   "\"", "*",   "?",    "~",    "^",   "\\", "+",
                                     "-",   "!",  " ",   "AND",  "OR",   "TO",  "&&", "/",
                                     "NOT", "||", "NOW", "tags", "2024", "\xE3"};
  std::mt19937 random(7);
  std::uniform_int_distribution<std::size_t> token(0, std::size(kTokens) - 1);
  std::uniform_int_distribution<int> length(0, 40);
  int sound = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string query;
    for (int n = length(random); n > 0; --n) query += kTokens[token(random)];
    const FixedClock clock;
    sound += parse_ckan_fq(query, clock) ? 1 : 0;
    parse_ckan_q(query, clock);
    parse_search_box(query);
    parse_ckan_sort(query);
  }
  EXPECT_GT(sound, 100);
}

}  // namespace
}  // namespace minato::formats
