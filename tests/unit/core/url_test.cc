#include "core/url.h"

#include <gtest/gtest.h>

#include <string>

namespace minato::core {
namespace {

TEST(ParseUrl, SplitsAllParts) {
  const auto url = parse_url("HTTPS://user:pw@Example.JP:8443/a/b?x=1&y=2#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->user_info, "user:pw");
  EXPECT_EQ(url->host, "example.jp");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/a/b");
  EXPECT_EQ(url->query, "x=1&y=2");
  EXPECT_EQ(url->fragment, "part");
  EXPECT_EQ(url->origin(), "https://example.jp:8443");
  EXPECT_EQ(url->to_string(), "https://user:pw@example.jp:8443/a/b?x=1&y=2#part");
}

TEST(ParseUrl, KnowsTheDefaultPorts) {
  EXPECT_EQ(parse_url("http://a.jp")->port, 80);
  EXPECT_EQ(parse_url("https://a.jp/")->port, 443);
  EXPECT_EQ(parse_url("https://a.jp:443/x")->to_string(), "https://a.jp/x");
  EXPECT_EQ(parse_url("http://a.jp:/x")->to_string(), "http://a.jp/x");
}

TEST(ParseUrl, EncodesJapaneseAndSpaces) {
  EXPECT_EQ(parse_url(" http://a.jp/令和 7年.csv?q=あ\n")->to_string(),
            "http://a.jp/%E4%BB%A4%E5%92%8C%207%E5%B9%B4.csv?q=%E3%81%82");
  EXPECT_EQ(parse_url("http://a.jp/%E4%BB%A4")->to_string(), "http://a.jp/%E4%BB%A4");
}

TEST(ParseUrl, ReadsIpv6Hosts) {
  const auto url = parse_url("http://[::1]:8080/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "[::1]");
  EXPECT_EQ(url->port, 8080);
  EXPECT_EQ(parse_url("http://[::1]/")->port, 80);
}

TEST(ParseUrl, RefusesWhatCannotBeFetched) {
  for (const char* text : {"", "ftp://a.jp/", "mailto:a@b.jp", "javascript:alert(1)", "/a", "http:",
                           "http:///x", "http://a.jp:99999/", "http://a.jp:0/", "http://a.jp:8x/",
                           "http://a b.jp/", "http://%31.jp/", "http://[zz]/", "http://[::1/",
                           "http://.jp/", "file:///etc/passwd", "http://a\x80.jp/"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
  EXPECT_FALSE(parse_url("http://a.jp/" + std::string(9000, 'a')));
}

TEST(ResolveUrl, FollowsTheExamplesOfRfc3986) {
  const std::string base = "http://a/b/c/d;p?q";
  const std::pair<const char*, const char*> examples[] = {{"g", "http://a/b/c/g"},
                                                          {"./g", "http://a/b/c/g"},
                                                          {"g/", "http://a/b/c/g/"},
                                                          {"/g", "http://a/g"},
                                                          {"//g", "http://g/"},
                                                          {"?y", "http://a/b/c/d;p?y"},
                                                          {"g?y", "http://a/b/c/g?y"},
                                                          {"#s", "http://a/b/c/d;p?q#s"},
                                                          {"g#s", "http://a/b/c/g#s"},
                                                          {"g?y#s", "http://a/b/c/g?y#s"},
                                                          {";x", "http://a/b/c/;x"},
                                                          {"", "http://a/b/c/d;p?q"},
                                                          {".", "http://a/b/c/"},
                                                          {"./", "http://a/b/c/"},
                                                          {"..", "http://a/b/"},
                                                          {"../", "http://a/b/"},
                                                          {"../g", "http://a/b/g"},
                                                          {"../..", "http://a/"},
                                                          {"../../g", "http://a/g"},
                                                          {"../../../../g", "http://a/g"},
                                                          {"/./g", "http://a/g"},
                                                          {"/../g", "http://a/g"},
                                                          {"g.", "http://a/b/c/g."},
                                                          {"..g", "http://a/b/c/..g"},
                                                          {"./g/.", "http://a/b/c/g/"},
                                                          {"g/../h", "http://a/b/c/h"},
                                                          {"g?y/./x", "http://a/b/c/g?y/./x"},
                                                          {"g;x=1/../y", "http://a/b/c/y"}};
  for (const auto& [reference, expected] : examples) {
    EXPECT_EQ(resolve_url(base, reference), expected) << reference;
  }
}

TEST(ResolveUrl, ReadsWhatPagesWrite) {
  const std::string base = "https://www.city.example.jp/opendata/index.html";
  EXPECT_EQ(resolve_url(base, " \n data\\R7 人口.csv "),
            "https://www.city.example.jp/opendata/data/R7%20%E4%BA%BA%E5%8F%A3.csv");
  EXPECT_EQ(resolve_url(base, "%2e%2E/x.csv"), "https://www.city.example.jp/x.csv");
  EXPECT_EQ(resolve_url(base, "HTTP://Other.JP/x"), "http://other.jp/x");
  EXPECT_EQ(resolve_url(base, "//cdn.jp/x"), "https://cdn.jp/x");
}

TEST(ResolveUrl, HasNoAnswerForOtherSchemes) {
  EXPECT_FALSE(resolve_url("https://a.jp/", "mailto:x@a.jp"));
  EXPECT_FALSE(resolve_url("https://a.jp/", "javascript:void(0)"));
  EXPECT_FALSE(resolve_url("https://a.jp/", "tel:0451234567"));
  EXPECT_FALSE(resolve_url("not a base", "x.csv"));
}

TEST(NormalizeUrl, GivesOneSpellingToEquivalentUrls) {
  for (const char* text :
       {"HTTP://A.jp:80/%7euser/./x/../%e4%bb%a4?q=%41#top", "http://a.jp/~user/令?q=A"}) {
    EXPECT_EQ(normalize_url(text), "http://a.jp/~user/%E4%BB%A4?q=A") << text;
  }
  EXPECT_EQ(normalize_url("https://a.jp"), "https://a.jp/");
  EXPECT_EQ(normalize_url("https://a.jp/%2f%zz"), "https://a.jp/%2F%zz");
  EXPECT_NE(normalize_url("https://a.jp/x/"), normalize_url("https://a.jp/x"));
  EXPECT_NE(normalize_url("https://a.jp/x?"), normalize_url("https://a.jp/x"));
}

TEST(NormalizeEscapes, MakesSpellingsOfOneTextEqual) {
  EXPECT_EQ(normalize_escapes("/%7ea%2fb/あ"), "/~a%2Fb/%E3%81%82");
  EXPECT_EQ(normalize_escapes("/~a%2Fb/%e3%81%82"), "/~a%2Fb/%E3%81%82");
  EXPECT_EQ(normalize_escapes("100%"), "100%");
}

TEST(NormalizeUrl, LeavesOtherIdentifiersAlone) {
  EXPECT_EQ(normalize_url(" urn:uuid:1234 "), "urn:uuid:1234");
  EXPECT_EQ(normalize_url("t131032d0000000001"), "t131032d0000000001");
  EXPECT_EQ(normalize_url(""), "");
}

}  // namespace
}  // namespace minato::core
