#include "http/router.h"

#include <gtest/gtest.h>

#include "http/segment_pattern.h"
#include "http/url.h"

namespace minato::http {
namespace {

Route row(std::string method, std::string pattern) {
  Route route;
  route.operation = method + " " + pattern;
  route.method = std::move(method);
  route.pattern = std::move(pattern);
  route.handler = [](const Request&) -> core::Result<Response> { return Response{}; };
  return route;
}

RouteTable table_of(std::vector<Route> rows) {
  auto table = RouteTable::make(std::move(rows));
  EXPECT_TRUE(table.has_value());
  return std::move(table.value());
}

RouteTable sample() {
  return table_of({row("GET", "/"), row("GET", "/api/v1/datasets"),
                   row("GET", "/api/v1/datasets/{id}"), row("POST", "/api/v1/datasets/{id}"),
                   row("GET", "/api/v1/datasets/recent"), row("GET", "/catalog.{ext}"),
                   row("GET", "/feeds/{kind}/{id}.atom"), row("GET", "/feeds/{kind}/{id}"),
                   row("GET", "/t/{id}.{n}"), row("GET", "/api/"), row("GET", "/static/{file...}"),
                   row("GET", "/static/app.js"),
                   row("GET", "/dataset/{id}/resource/{rid}/download/{name}")});
}

// "operation|name=value|..." of the row found, "405 ..." or "404".
std::string find(const RouteTable& table, std::string_view method, std::string_view path) {
  const RouteMatch match = table.match(method, decode_path(path).value());
  if (match.route == nullptr) {
    return match.allowed.empty() ? "404" : "405 " + allow_header(match.allowed);
  }
  std::string text = match.route->operation;
  for (const auto& [name, value] : match.params) text += "|" + name + "=" + value;
  return text;
}

TEST(Router, FindsLiteralsAndCaptures) {
  const RouteTable table = sample();
  EXPECT_EQ(find(table, "GET", "/"), "GET /");
  EXPECT_EQ(find(table, "GET", "/api/v1/datasets"), "GET /api/v1/datasets");
  EXPECT_EQ(find(table, "GET", "/api/v1/datasets/a%2Fb%20%E4%BA%BA"),
            "GET /api/v1/datasets/{id}|id=a/b 人");
  EXPECT_EQ(find(table, "GET", "/dataset/d1/resource/r2/download/x.csv"),
            "GET /dataset/{id}/resource/{rid}/download/{name}|id=d1|rid=r2|name=x.csv");
}

TEST(Router, PrefersLiteralThenMixedThenCaptureThenRest) {
  const RouteTable table = sample();
  EXPECT_EQ(find(table, "GET", "/api/v1/datasets/recent"), "GET /api/v1/datasets/recent");
  EXPECT_EQ(find(table, "GET", "/feeds/group/x.atom"),
            "GET /feeds/{kind}/{id}.atom|kind=group|id=x");
  EXPECT_EQ(find(table, "GET", "/feeds/group/x.rss"), "GET /feeds/{kind}/{id}|kind=group|id=x.rss");
  EXPECT_EQ(find(table, "GET", "/static/app.js"), "GET /static/app.js");
  EXPECT_EQ(find(table, "GET", "/static/css/a.css"), "GET /static/{file...}|file=css/a.css");
}

TEST(Router, ARowOfAnotherMethodHidesNothing) {
  const RouteTable table = sample();
  EXPECT_EQ(find(table, "POST", "/api/v1/datasets/recent"), "POST /api/v1/datasets/{id}|id=recent");
}

TEST(Router, MatchesPartsOfSegments) {
  const RouteTable table = sample();
  EXPECT_EQ(find(table, "GET", "/catalog.ttl"), "GET /catalog.{ext}|ext=ttl");
  EXPECT_EQ(find(table, "GET", "/catalog."), "404");
  EXPECT_EQ(find(table, "GET", "/catalog"), "404");
  EXPECT_EQ(find(table, "GET", "/t/a.b.3"), "GET /t/{id}.{n}|id=a.b|n=3");
  EXPECT_EQ(find(table, "GET", "/t/.3"), "404");
  EXPECT_EQ(find(table, "GET", "/feeds/group/.atom"), "GET /feeds/{kind}/{id}|kind=group|id=.atom");
}

TEST(Router, EmptySegmentsMatchNothingButATrailingSlashRow) {
  const RouteTable table = sample();
  EXPECT_EQ(find(table, "GET", "/api/"), "GET /api/");
  EXPECT_EQ(find(table, "GET", "/api"), "404");
  EXPECT_EQ(find(table, "GET", "//"), "404");
  EXPECT_EQ(find(table, "GET", "/api//datasets"), "404");
  EXPECT_EQ(find(table, "GET", "/api/v1/datasets/"), "404");
  EXPECT_EQ(find(table, "GET", "/static/"), "404");
}

TEST(Router, AnswersHeadByGetAndTellsWhatIsAllowed) {
  const RouteTable table = sample();
  EXPECT_EQ(find(table, "HEAD", "/catalog.csv"), "GET /catalog.{ext}|ext=csv");
  EXPECT_EQ(find(table, "DELETE", "/api/v1/datasets/x"), "405 GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(find(table, "OPTIONS", "/catalog.csv"), "405 GET, HEAD, OPTIONS");
  EXPECT_EQ(find(table, "get", "/"), "405 GET, HEAD, OPTIONS");
  EXPECT_EQ(find(table, "DELETE", "/nothing"), "404");
}

TEST(Router, KeepsEachRowsOwnCaptureNames) {
  const RouteTable table =
      table_of({row("GET", "/x/{a}"), row("POST", "/x/{b}/"), row("PUT", "/x/{c}")});
  EXPECT_EQ(find(table, "PUT", "/x/1"), "PUT /x/{c}|c=1");
  EXPECT_EQ(find(table, "GET", "/x/1"), "GET /x/{a}|a=1");
}

TEST(Router, AnswersHostilePathsQuickly) {
  const RouteTable table = sample();
  std::string slashes(14300, '/');
  EXPECT_EQ(find(table, "GET", slashes), "404");
  std::string deep;
  for (int i = 0; i < 4000; ++i) deep += "/a";
  EXPECT_EQ(find(table, "GET", deep), "404");
  const std::string tail = "/static" + deep;
  EXPECT_EQ(find(table, "GET", tail), "GET /static/{file...}|file=" + deep.substr(1));
}

TEST(Router, RefusesAFaultyTable) {
  const auto fails = [](std::vector<Route> rows) {
    const auto table = RouteTable::make(std::move(rows));
    return table.has_value() ? std::string() : table.error().internal;
  };
  EXPECT_NE(fails({row("GET", "/a/{x}"), row("GET", "/a/{y}")}).find("declared twice"),
            std::string::npos);
  EXPECT_NE(fails({row("GET", "a")}), "");
  EXPECT_NE(fails({row("GET", "/{a}{b}")}), "");
  EXPECT_NE(fails({row("GET", "/{")}), "");
  EXPECT_NE(fails({row("GET", "/{}")}), "");
  EXPECT_NE(fails({row("GET", "/a}")}), "");
  EXPECT_NE(fails({row("GET", "/{a...}/b")}), "");
  EXPECT_NE(fails({row("GET", "/{a}/{a}")}), "");
  Route twice = row("POST", "/b");
  twice.operation = "GET /a";
  EXPECT_NE(fails({row("GET", "/a"), twice}).find("not unique"), std::string::npos);
  Route silent = row("GET", "/c");
  silent.handler = nullptr;
  EXPECT_NE(fails({silent}), "");
  EXPECT_EQ(fails({row("GET", "/a"), row("POST", "/a")}), "");
}

TEST(Router, KeepsRowsAtTheirPositions) {
  const RouteTable table = sample();
  const RouteMatch match = table.match("GET", {"catalog.csv"});
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(table.position(*match.route), 5u);
  EXPECT_EQ(&table.rows()[5], match.route);
}

TEST(SegmentPattern, LeavesCapturesAloneWhenItDoesNotMatch) {
  const auto pattern = SegmentPattern::parse("a-{x}-b-{y}.z");
  ASSERT_TRUE(pattern.has_value());
  std::vector<std::string> captures{"kept"};
  EXPECT_FALSE(pattern->match("a-1-b-.z", captures));
  EXPECT_FALSE(pattern->match("a-1-c-2.z", captures));
  EXPECT_EQ(captures.size(), 1u);
  EXPECT_TRUE(pattern->match("a-1-b-2-b-3.z", captures));
  EXPECT_EQ(captures, (std::vector<std::string>{"kept", "1-b-2", "3"}));
}

}  // namespace
}  // namespace minato::http
