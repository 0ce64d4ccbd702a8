// robots.txt, turns and pauses, and patience with servers that are overloaded.
#include <chrono>
#include <thread>
#include <vector>

#include "fetch_fixture.h"
#include "support/temp_dir.h"

namespace minato::harvest {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class FixedClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return {us_}; }
  void advance_seconds(std::int64_t seconds) { us_ += seconds * 1'000'000; }

 private:
  std::atomic<std::int64_t> us_{1'790'000'000'000'000};
};

RawServer::Handler with_robots(std::string robots) {
  return [robots = std::move(robots)](const RawRequest& request, Wire& wire) {
    wire.send(request.target == "/robots.txt" ? robots : reply("200 OK", "", "x"));
  };
}
std::string robots_file(std::string_view text) { return reply("200 OK", "", text); }

TEST_F(FetchTest, AsksRobotsOncePerHost) {
  RawServer server(with_robots(robots_file("User-agent: *\nDisallow: /api/\n")));
  EXPECT_EQ(outcome(server.url("/a")), "ok");
  EXPECT_EQ(outcome(server.url("/b")), "ok");
  const auto refused = get(server.url("/api/3/x"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "harvest-robots");
  EXPECT_EQ(refused.error().code, core::ErrorCode::kPermissionDenied);
  EXPECT_NE(refused.error().message.ja.find("Disallow: /api/"), std::string::npos);
  EXPECT_EQ(server.targets(), (std::vector<std::string>{"/robots.txt", "/a", "/b"}));
}

TEST_F(FetchTest, AsksRobotsAgainAfterADay) {
  RawServer server(with_robots(robots_file("")));
  const FixedClock fixed;
  FixedClock& clock = const_cast<FixedClock&>(fixed);
  fetcher_ = std::move(*CurlFetcher::create(options_, fixed));
  EXPECT_EQ(outcome(server.url("/a")), "ok");
  clock.advance_seconds(23 * 3'600);
  EXPECT_EQ(outcome(server.url("/b")), "ok");
  clock.advance_seconds(2 * 3'600);
  EXPECT_EQ(outcome(server.url("/c")), "ok");
  EXPECT_EQ(server.targets(),
            (std::vector<std::string>{"/robots.txt", "/a", "/b", "/robots.txt", "/c"}));
}

TEST_F(FetchTest, LetsAPersonPermitWhatRobotsForbids) {
  RawServer server(with_robots(robots_file("User-agent: *\nDisallow: /\nCrawl-delay: 0.2\n")));
  FetchRequest request;
  request.url = server.url("/api");
  EXPECT_EQ(outcome(request), "harvest-robots");
  request.robots_permission = "2026-11-01 デジタル戦略課の許可";
  const auto start = steady_clock::now();
  EXPECT_EQ(outcome(request), "ok");
  EXPECT_EQ(outcome(request), "ok");
  EXPECT_GE(steady_clock::now() - start, milliseconds(180));  // the pause is kept all the same
}

TEST_F(FetchTest, TakesAnAbsentRobotsForConsent) {
  for (const char* status : {"404 Not Found", "403 Forbidden", "410 Gone", "401 Unauthorized"}) {
    RawServer server(with_robots(reply(status, "", "User-agent: *\nDisallow: /\n")));
    EXPECT_EQ(outcome(server.url("/a")), "ok") << status;
  }
}

TEST_F(FetchTest, KeepsAwayWhileRobotsCannotBeRead) {
  options_.retries.max_retries = 0;
  std::atomic<bool> is_ill{true};
  RawServer server([&](const RawRequest& request, Wire& wire) {
    const bool fails = is_ill && request.target == "/robots.txt";
    wire.send(fails ? reply("503 Service Unavailable", "", "") : reply("200 OK", "", ""));
  });
  FixedClock clock;
  fetcher_ = std::move(*CurlFetcher::create(options_, clock));
  EXPECT_EQ(outcome(server.url("/a")), "harvest-robots-unreachable");
  EXPECT_EQ(outcome(server.url("/a")), "harvest-robots-unreachable");
  EXPECT_EQ(server.targets().size(), 1U);  // not asked again at once
  FetchRequest permitted;
  permitted.url = server.url("/b");
  permitted.robots_permission = "allowed by the city, 2026-11-01";
  EXPECT_EQ(outcome(permitted), "ok");
  is_ill = false;
  clock.advance_seconds(301);
  EXPECT_EQ(outcome(server.url("/a")), "ok");
}

TEST_F(FetchTest, AsksTheRobotsOfEveryHostOnTheWay) {
  RawServer other(with_robots(robots_file("User-agent: minato\nDisallow: /closed\n")), "127.0.0.2");
  RawServer server(always(reply("302 Found", "Location: " + other.url("/closed/x") + "\r\n", "")));
  EXPECT_EQ(outcome(server.url("/")), "harvest-robots");
  EXPECT_EQ(other.targets(), std::vector<std::string>{"/robots.txt"});
}

TEST_F(FetchTest, FollowsRedirectsOfRobotsAndReadsOnlyItsBeginning) {
  RawServer server([](const RawRequest& request, Wire& wire) {
    if (request.target == "/robots.txt") {
      wire.send(reply("301 Moved", "Location: /r2\r\n", ""));
    } else if (request.target == "/r2") {
      wire.send("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /closed\n");
      wire.send_for_ever("# endless comment\n", 0);
    } else {
      wire.send(reply("200 OK", "", "x"));
    }
  });
  EXPECT_EQ(outcome(server.url("/closed")), "harvest-robots");
  EXPECT_EQ(outcome(server.url("/open")), "ok");
}

TEST_F(FetchTest, SendsOneRequestAtATimeToAHost) {
  RawServer server([](const RawRequest&, Wire& wire) {
    std::this_thread::sleep_for(milliseconds(3));
    wire.send(reply("200 OK", "", "x"));
  });
  fetcher();
  std::atomic<int> fine{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 3; ++j) fine += outcome(server.url("/")) == "ok" ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fine, 24);
  EXPECT_EQ(server.most_at_once(), 1);
  EXPECT_EQ(server.targets().size(), 25U);
}

TEST_F(FetchTest, NeverWaitsForAnotherHost) {
  RawServer slow([](const RawRequest&, Wire& wire) { wire.hang(); });
  RawServer quick(always(reply("200 OK", "", "x")), "127.0.0.2");
  fetcher();
  std::atomic<bool> stop{false};
  std::thread waiting([&] {
    FetchRequest request;
    request.url = slow.url("/");
    request.stop = &stop;
    EXPECT_EQ(outcome(request), "harvest-stopped");
  });
  while (slow.targets().empty()) std::this_thread::sleep_for(milliseconds(2));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(outcome(quick.url("/")), "ok");
  stop = true;
  waiting.join();
}

TEST_F(FetchTest, PausesBetweenRequests) {
  RawServer server(always(reply("200 OK", "", "x")));
  FetchRequest request;
  request.url = server.url("/");
  request.min_delay_ms = 60;
  const auto start = steady_clock::now();
  ASSERT_EQ(outcome(request), "ok");  // robots.txt and the page
  ASSERT_EQ(outcome(request), "ok");
  EXPECT_GE(steady_clock::now() - start, milliseconds(118));
}

TEST_F(FetchTest, ComesBackWhenAnOverloadedServerSaysSo) {
  for (const char* status : {"429 Too Many Requests", "503 Service Unavailable"}) {
    std::atomic<int> refusals{2};
    RawServer server([&](const RawRequest& request, Wire& wire) {
      const bool refuses = request.target != "/robots.txt" && refusals-- > 0;
      wire.send(refuses ? reply(status, "Retry-After: 0\r\n", "busy") : reply("200 OK", "", "x"));
    });
    EXPECT_EQ(outcome(server.url("/")), "ok") << status;
    EXPECT_EQ(server.requests().size(), 3U);
  }
}

TEST_F(FetchTest, WaitsAsLongAsRetryAfterAsks) {
  std::atomic<bool> refuses{true};
  RawServer server([&](const RawRequest& request, Wire& wire) {
    const bool refused = request.target != "/robots.txt" && refuses.exchange(false);
    wire.send(refused ? reply("429 Too Many Requests", "Retry-After: 1\r\n", "")
                      : reply("200 OK", "", "x"));
  });
  const auto start = steady_clock::now();
  EXPECT_EQ(outcome(server.url("/")), "ok");
  EXPECT_GE(steady_clock::now() - start, milliseconds(990));
}

TEST_F(FetchTest, GivesUpAtOnceWhenTheWaitIsTooLong) {
  RawServer server(always(reply("429 Too Many Requests", "Retry-After: 100\r\n", "")));
  FetchRequest request;
  request.url = server.url("/");
  const auto start = steady_clock::now();
  request.deadline = start + std::chrono::seconds(5);
  const auto reply = fetcher().fetch(request);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().id, "harvest-status");
  EXPECT_NE(reply.error().message.en.find("Retry-After: 100"), std::string::npos);
  // Others leave the host alone too, and say why.
  const auto next = fetcher().fetch(request);
  ASSERT_FALSE(next);
  EXPECT_EQ(next.error().id, "harvest-stopped");
  EXPECT_NE(next.error().message.en.find(" s, which is more than the time left"),
            std::string::npos);
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(2));
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(FetchTest, RefusesToWaitLongerThanTheCap) {
  options_.retries.max_retry_after_ms = 10'000;
  RawServer server(always(reply("503 Service Unavailable", "Retry-After: 11\r\n", "")));
  EXPECT_EQ(outcome(server.url("/")), "harvest-status");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(FetchTest, TriesALimitedNumberOfTimes) {
  for (const char* status :
       {"500 Internal Server Error", "502 Bad Gateway", "504 Timeout", "503 Service Unavailable"}) {
    RawServer server(always(reply(status, "", "")));
    const auto reply = get(server.url("/"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().id, "harvest-status");
    EXPECT_EQ(reply.error().details.at(0).got, std::string(status).substr(0, 3));
    EXPECT_EQ(server.requests().size(), 3U);
  }
}

TEST_F(FetchTest, TriesAgainWhenTheConnectionFails) {
  std::atomic<bool> closes{true};
  RawServer server([&](const RawRequest& request, Wire& wire) {
    if (request.target != "/robots.txt" && closes.exchange(false)) return wire.close();
    wire.send(reply("200 OK", "", "x"));
  });
  EXPECT_EQ(outcome(server.url("/")), "ok");
}

}  // namespace
}  // namespace minato::harvest
