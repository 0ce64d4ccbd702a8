// Addresses, redirects and what must not leak.
#include "fetch_fixture.h"

namespace minato::harvest {
namespace {

std::string redirect_to(const std::string& url) {
  return reply("302 Found", "Location: " + url + "\r\n", "");
}

TEST_F(FetchTest, RefusesUrlsThatAreNotForFetching) {
  for (const char* url :
       {"", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "//127.0.0.1/",
        "http://", "http://user:pw@127.0.0.1/", "http://user@127.0.0.1/", "http://あ..jp/"}) {
    EXPECT_EQ(outcome(url), "harvest-url") << url;
  }
}

TEST_F(FetchTest, DoesNotRepeatPasswordsInItsMessages) {
  const auto reply = get("http://user:secret@example.jp/");
  EXPECT_EQ(reply.error().message.en.find("secret"), std::string::npos);
}

TEST_F(FetchTest, ConnectsToNoAddressThatIsNotPublic) {
  options_.allow_networks = {};
  RawServer server(always(reply("200 OK", "", "secret")));
  const std::string port = ":" + std::to_string(server.port()) + "/";
  for (const std::string host :
       {"127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "0.0.0.0", "[::1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "10.0.0.1", "192.168.0.1",
        "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]"}) {
    EXPECT_EQ(outcome("http://" + host + port), "harvest-address") << host;
  }
  EXPECT_TRUE(server.targets().empty());
}

TEST_F(FetchTest, ChecksTheAddressAfterEachRedirect) {
  options_.allow_networks = {"127.0.0.1/32"};
  RawServer inner(always(reply("200 OK", "", "secret")), "127.0.0.2");
  for (const std::string& target :
       {std::string("http://169.254.169.254/latest/meta-data/"), inner.url("/admin"),
        "http://localhost.:" + std::to_string(inner.port()) + "/", std::string("http://[::1]/")}) {
    RawServer server(always(redirect_to(target)));
    if (target.find("localhost") == std::string::npos) {
      EXPECT_EQ(outcome(server.url("/")), "harvest-address") << target;
    } else {
      EXPECT_NE(outcome(server.url("/")), "ok");
    }
  }
  EXPECT_TRUE(inner.targets().empty());
}

TEST_F(FetchTest, FollowsRedirectsToTheEnd) {
  RawServer other(always(reply("200 OK", "", "found")), "127.0.0.2");
  RawServer server([&](const RawRequest& request, Wire& wire) {
    if (request.target == "/a/start") {
      wire.send(reply("301 Moved Permanently", "Location: ../b?x=1\r\n", "moved"));
    } else if (request.target == "/b?x=1") {
      wire.send(redirect_to("//127.0.0.2:" + std::to_string(other.port()) + "/データ.csv"));
    } else {
      wire.send(reply("404 Not Found", "", ""));
    }
  });
  const auto reply = get(server.url("/a/start"));
  ASSERT_TRUE(reply) << reply.error().message.en;
  EXPECT_EQ(reply->body, "found");
  EXPECT_EQ(reply->final_url, other.url("/%E3%83%87%E3%83%BC%E3%82%BF.csv"));
}

TEST_F(FetchTest, KeepsKeysFromOtherHosts) {
  RawServer other(always(reply("200 OK", "", "x")), "127.0.0.2");
  RawServer server([&](const RawRequest& request, Wire& wire) {
    if (request.target == "/start") {
      wire.send(redirect_to("/same"));
    } else if (request.target == "/same") {
      wire.send(redirect_to(other.url("/other")));
    } else {
      wire.send(reply("404 Not Found", "", ""));
    }
  });
  FetchRequest request;
  request.url = server.url("/start");
  request.headers = {{"Authorization", "secret"}, {"X-CKAN-API-Key", "secret"}};
  ASSERT_EQ(outcome(request), "ok");
  for (const RawRequest& sent : server.requests()) {
    EXPECT_EQ(sent.fields.count("authorization"), 1U) << sent.target;
  }
  for (const std::string name : {"authorization", "x-ckan-api-key", "cookie", "referer"}) {
    EXPECT_EQ(other.requests().at(0).fields.count(name), 0U) << name;
  }
}

TEST_F(FetchTest, SendsNoHeaderWithLineBreaks) {
  RawServer server(always(reply("200 OK", "", "x")));
  FetchRequest request;
  request.url = server.url("/");
  request.headers = {{"Authorization", "a\r\nX-Evil: 1"}};
  EXPECT_EQ(outcome(request), "harvest-header");
  request.headers = {{"Bad Name:", "a"}};
  EXPECT_EQ(outcome(request), "harvest-header");
  request.headers.clear();
  request.etag = "\"a\"\nX-Evil: 1";
  EXPECT_EQ(outcome(request), "harvest-header");
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(FetchTest, EndsCirclesAndEndlessRedirects) {
  RawServer circle([&](const RawRequest& request, Wire& wire) {
    if (request.target == "/robots.txt") return (void)wire.send(reply("404 Not Found", "", ""));
    wire.send(redirect_to(request.target == "/a" ? "/b" : "/a"));
  });
  const auto turning = get(circle.url("/a"));
  ASSERT_FALSE(turning);
  EXPECT_EQ(turning.error().id, "harvest-redirects");
  EXPECT_NE(turning.error().message.en.find("circle"), std::string::npos);
  EXPECT_EQ(circle.requests().size(), 2U);

  RawServer endless([&](const RawRequest& request, Wire& wire) {
    if (request.target == "/robots.txt") return (void)wire.send(reply("404 Not Found", "", ""));
    wire.send(redirect_to(request.target + "x"));
  });
  EXPECT_EQ(outcome(endless.url("/")), "harvest-redirects");
  EXPECT_EQ(endless.requests().size(), 6U);
}

TEST_F(FetchTest, FollowsNoRedirectOutOfTheWeb) {
  for (const char* target : {"file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)",
                             "http://u:p@127.0.0.1/", "http://"}) {
    RawServer server(always(redirect_to(target)));
    EXPECT_EQ(outcome(server.url("/")), "harvest-redirects") << target;
  }
}

TEST_F(FetchTest, IgnoresProxiesOfTheEnvironment) {
  RawServer server(always(reply("200 OK", "", "x")));
  setenv("http_proxy", "http://127.0.0.1:1/", 1);
  EXPECT_EQ(outcome(server.url("/")), "ok");
  unsetenv("http_proxy");
}

TEST_F(FetchTest, KeepsNoCookies) {
  RawServer server(always(reply("200 OK", "Set-Cookie: a=b\r\n", "x")));
  ASSERT_EQ(outcome(server.url("/1")), "ok");
  ASSERT_EQ(outcome(server.url("/2")), "ok");
  EXPECT_EQ(server.requests()[1].fields.count("cookie"), 0U);
}

}  // namespace
}  // namespace minato::harvest
