#include "harvest/fetch/robots.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

RobotsRules rules(std::string_view text) { return RobotsRules::parse(text, "minato"); }

TEST(Robots, AllowsEverythingWithoutRules) {
  EXPECT_TRUE(RobotsRules().permits("/api/3/action"));
  EXPECT_TRUE(rules("").permits("/"));
  EXPECT_TRUE(rules("<!DOCTYPE html><html><body>Disallow: / is no rule here").permits("/"));
  EXPECT_TRUE(rules("Disallow: /\n").permits("/x"));  // belongs to no group
  EXPECT_TRUE(rules("User-agent: *\nDisallow:\n").permits("/x"));
}

TEST(Robots, ReadsTheFileOfStockCkan) {
  const auto ckan = rules(
      "User-agent: *\nDisallow: /dataset/rate/\nDisallow: /revision/\nDisallow: "
      "/dataset/*/history\n"
      "Disallow: /api/\nCrawl-Delay: 10\n");
  EXPECT_FALSE(ckan.permits("/api/3/action/package_search?rows=10"));
  EXPECT_EQ(ckan.deciding_line("/api/3/action/package_search"), "Disallow: /api/");
  EXPECT_FALSE(ckan.permits("/dataset/jinko/history"));
  EXPECT_TRUE(ckan.permits("/dataset/jinko"));
  EXPECT_TRUE(ckan.permits("/apis"));
  EXPECT_EQ(ckan.crawl_delay_ms(), 10'000);
}

TEST(Robots, PrefersTheGroupThatNamesUs) {
  const std::string_view text =
      "User-agent: *\nDisallow: /\n\n"
      "User-agent: BadBot\nUser-agent: MINATO/1.0\nDisallow: /private\n\n"
      "User-agent: GoodBot\nDisallow: /good\n\n"
      "user-agent : minato # again\nDisallow: /more\n";
  EXPECT_TRUE(rules(text).permits("/"));
  EXPECT_FALSE(rules(text).permits("/private/x"));
  EXPECT_FALSE(rules(text).permits("/more"));
  EXPECT_TRUE(rules(text).permits("/good"));
  EXPECT_FALSE(RobotsRules::parse(text, "other").permits("/public"));
}

TEST(Robots, DoesNotTakeLongerNamesForOurs) {
  const std::string_view text = "User-agent: minatomirai\nDisallow: /\n";
  EXPECT_TRUE(rules(text).permits("/"));
}

TEST(Robots, LetsTheLongestRuleDecideAndAllowWinTies) {
  const auto r = rules(
      "User-agent: *\nDisallow: /api/\nAllow: /api/3/\nDisallow: /same\nAllow: /same\n"
      "Allow: /p\nDisallow: /\n");
  EXPECT_TRUE(r.permits("/api/3/action"));
  EXPECT_FALSE(r.permits("/api/2/"));
  EXPECT_TRUE(r.permits("/same"));
  EXPECT_TRUE(r.permits("/page"));
  EXPECT_FALSE(r.permits("/x"));
  EXPECT_TRUE(r.permits("/robots.txt"));
}

TEST(Robots, KnowsStarsAndTheEnd) {
  const auto r = rules(
      "User-agent: *\nDisallow: /*.zip$\nDisallow: /a*b*c\nDisallow: /*?*\nDisallow: /end$\n"
      "Disallow: *q\n");
  EXPECT_FALSE(r.permits("/data/x.zip"));
  EXPECT_TRUE(r.permits("/data/x.zip2"));
  EXPECT_FALSE(r.permits("/a1b2c3"));
  EXPECT_TRUE(r.permits("/a1c2"));
  EXPECT_FALSE(r.permits("/x?y"));
  EXPECT_FALSE(r.permits("/end"));
  EXPECT_TRUE(r.permits("/ending"));
  EXPECT_FALSE(r.permits("/xq1"));
}

TEST(Robots, ComparesPathsByMeaning) {
  const auto r = rules("User-agent: *\nDisallow: /%7Euser\nDisallow: /令和\nDisallow: /a%3cb\n");
  EXPECT_FALSE(r.permits("/~user/x"));
  EXPECT_FALSE(r.permits("/%E4%BB%A4%E5%92%8C/7"));
  EXPECT_FALSE(r.permits("/a%3Cb"));
}

TEST(Robots, ReadsAnyLineEndAndByteOrderMark) {
  EXPECT_FALSE(rules("\xEF\xBB\xBFUser-agent: *\rDisallow: /x\r").permits("/x"));
  EXPECT_FALSE(rules("User-agent: *\r\n\r\nDisallow: /x#comment\r\n").permits("/x"));
  EXPECT_FALSE(
      rules("User-agent:*\nSitemap: http://a.jp/s.xml\nUnknown\nDisallow:/x").permits("/x"));
}

TEST(Robots, CapsTheCrawlDelay) {
  EXPECT_EQ(rules("User-agent: *\nCrawl-delay: 0.5\n").crawl_delay_ms(), 500);
  EXPECT_EQ(rules("User-agent: *\nCrawl-delay: 86400\n").crawl_delay_ms(), kMaxCrawlDelayMs);
  for (const char* bad : {"-1", "soon", "nan", "inf", ""}) {
    EXPECT_EQ(rules("User-agent: *\nCrawl-delay: " + std::string(bad)).crawl_delay_ms(), 0) << bad;
  }
}

TEST(Robots, ReadsNoFurtherThanItsCap) {
  std::string text = "User-agent: *\nDisallow: /early\n";
  text.append(kMaxRobotsBytes, '#');
  text += "\nDisallow: /late\n";
  EXPECT_FALSE(rules(text).permits("/early"));
  EXPECT_TRUE(rules(text).permits("/late"));
}

TEST(Robots, StaysFastWithManyStars) {
  std::string text = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 20'000; ++i) text += "*a";
  EXPECT_TRUE(rules(text + "$\n").permits("/" + std::string(8'000, 'a') + "b"));
}

}  // namespace
}  // namespace minato::harvest
