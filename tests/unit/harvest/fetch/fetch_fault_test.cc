// Servers that are slow, broken or malicious.
#include <chrono>
#include <thread>

#include "fetch_fixture.h"
#include "support/temp_dir.h"

namespace minato::harvest {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

RawServer::Handler after_robots(std::function<void(Wire&)> act) {
  return [act = std::move(act)](const RawRequest& request, Wire& wire) {
    if (request.target == "/robots.txt") {
      wire.send(reply("404 Not Found", "", ""));
    } else {
      act(wire);
    }
  };
}

TEST_F(FetchTest, EndsASlowDrip) {
  options_.limits.speed_window_ms = 200;
  options_.limits.min_bytes_per_second = 1'000;
  RawServer body(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    wire.send_for_ever("x", 20);
  }));
  EXPECT_EQ(outcome(body.url("/")), "harvest-too-slow");
  RawServer head(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\nX-Drip: ");
    wire.send_for_ever("x", 20);
  }));
  EXPECT_NE(outcome(head.url("/")), "ok");
}

TEST_F(FetchTest, EndsSilence) {
  options_.limits.speed_window_ms = 150;
  RawServer server(after_robots([](Wire& wire) { wire.hang(); }));
  const auto reply = get(server.url("/"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().id, "harvest-timeout");
  EXPECT_EQ(reply.error().code, core::ErrorCode::kDeadline);
}

TEST_F(FetchTest, EndsWhatTakesTooLongInAll) {
  options_.limits.total_timeout_ms = 200;
  options_.limits.min_bytes_per_second = 1;
  RawServer server(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\n\r\n");
    wire.send_for_ever("some bytes", 10);
  }));
  EXPECT_EQ(outcome(server.url("/")), "harvest-timeout");
}

TEST_F(FetchTest, NoticesABodyThatBreaksOff) {
  RawServer length(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    wire.close();
  }));
  EXPECT_EQ(outcome(length.url("/")), "harvest-truncated");
  EXPECT_EQ(length.requests().size(), 2U);  // it may have been bad luck once
  RawServer chunk(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
    wire.close();
  }));
  EXPECT_EQ(outcome(chunk.url("/")), "harvest-truncated");
  const std::string zipped = gzipped(std::string(1'000, 'x') + "end");
  RawServer gzip(
      always(reply("200 OK", "Content-Encoding: gzip\r\n", zipped.substr(0, zipped.size() - 6))));
  EXPECT_EQ(outcome(gzip.url("/")), "harvest-truncated");
}

TEST_F(FetchTest, NoticesABodyLongerThanAnnounced) {
  for (const std::size_t size : {std::size_t{20}, std::size_t{200'000}}) {
    for (const std::string connection : {"keep-alive", "close"}) {
      RawServer server(after_robots([&](Wire& wire) {
        wire.send("HTTP/1.1 200 OK\r\nConnection: " + connection + "\r\nContent-Length: " +
                  std::to_string(size - 10) + "\r\n\r\n" + std::string(size, 'x'));
      }));
      EXPECT_EQ(outcome(server.url("/")), "harvest-truncated") << size << connection;
    }
  }
}

TEST_F(FetchTest, NoticesWrongCodings) {
  RawServer plain(always(reply("200 OK", "Content-Encoding: gzip\r\n", "no gzip at all")));
  EXPECT_EQ(outcome(plain.url("/")), "harvest-truncated");
  RawServer unknown(always(reply("200 OK", "Content-Encoding: br\r\n", "????")));
  EXPECT_EQ(outcome(unknown.url("/")), "harvest-truncated");
}

TEST_F(FetchTest, RefusesTooLargeBodies) {
  FetchRequest request;
  request.max_bytes = 1'000;
  RawServer announced(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
    wire.hang();
  }));
  request.url = announced.url("/");
  EXPECT_EQ(outcome(request), "harvest-too-large");  // without waiting for the body
  RawServer endless(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\n\r\n");
    wire.send_for_ever(std::string(10'000, 'x'), 0);
  }));
  request.url = endless.url("/");
  EXPECT_EQ(outcome(request), "harvest-too-large");
  RawServer exact(always(reply("200 OK", "", std::string(1'000, 'x'))));
  request.url = exact.url("/");
  EXPECT_EQ(outcome(request), "ok");
}

TEST_F(FetchTest, DefusesGzipBombs) {
  const test::TempDir folder;
  const std::string bomb = gzipped(std::string(100'000'000, '\0'));  // 97 KB
  RawServer server(always(reply("200 OK", "Content-Encoding: gzip\r\n", bomb)));
  FetchRequest request;
  request.url = server.url("/");
  request.max_bytes = 1'000'000;
  request.to_file = folder.path() + "/bomb";
  const auto reply = fetcher().fetch(request);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().id, "harvest-too-large");
  EXPECT_EQ(reply.error().code, core::ErrorCode::kTooLarge);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(FetchTest, EndsEndlessHeaders) {
  RawServer many(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\n");
    wire.send_for_ever("X-More: of it\r\n", 0);
  }));
  EXPECT_EQ(outcome(many.url("/")), "harvest-protocol");
  RawServer interim(after_robots(
      [](Wire& wire) { wire.send_for_ever("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", 0); }));
  EXPECT_EQ(outcome(interim.url("/")), "harvest-protocol");
}

TEST_F(FetchTest, TakesOnlyHttp) {
  for (const std::string text : {"SSH-2.0-OpenSSH_9.2\r\n", "<html>old</html>", "\r\n\r\n"}) {
    RawServer server(after_robots([&](Wire& wire) {
      wire.send(text);
      wire.close();
    }));
    EXPECT_EQ(outcome(server.url("/")), "harvest-protocol") << text;
  }
}

TEST_F(FetchTest, TellsDeadHostsApart) {
  int port = 0;
  {
    RawServer gone(always(""));
    port = gone.port();
  }
  const std::string rest = "127.0.0.1:" + std::to_string(port) + "/";
  EXPECT_EQ(outcome("http://" + rest), "harvest-connect");
  RawServer plain(after_robots([](Wire& wire) { wire.close(); }));
  EXPECT_EQ(outcome(plain.url("/")), "harvest-connect");  // closes without a word
  EXPECT_EQ(outcome("http://no-such-host.invalid/"), "harvest-resolve");
  RawServer no_tls([](const RawRequest&, Wire&) {});
  std::string url = no_tls.url("/");
  url.replace(0, 4, "https");
  options_.limits.connect_timeout_ms = 300;
  fetcher_.reset();
  const std::string id = outcome(url);
  EXPECT_TRUE(id == "harvest-tls" || id == "harvest-connect") << id;
}

TEST_F(FetchTest, StopsSoonWhenToldTo) {
  RawServer server(after_robots([](Wire& wire) {
    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    wire.hang();
  }));
  std::atomic<bool> stop{false};
  FetchRequest request;
  request.url = server.url("/");
  request.stop = &stop;
  steady_clock::time_point told;
  std::thread teller([&] {
    while (server.requests().empty()) std::this_thread::sleep_for(milliseconds(5));
    told = steady_clock::now();
    stop = true;
  });
  const auto reply = fetcher().fetch(request);
  teller.join();
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().id, "harvest-stopped");
  EXPECT_EQ(reply.error().code, core::ErrorCode::kUnavailable);
  EXPECT_LT(steady_clock::now() - told, milliseconds(500));
}

TEST_F(FetchTest, EndsAtTheDeadline) {
  RawServer server(after_robots([](Wire& wire) { wire.hang(); }));
  FetchRequest request;
  request.url = server.url("/");
  const auto start = steady_clock::now();
  request.deadline = start + milliseconds(150);
  EXPECT_EQ(outcome(request), "harvest-stopped");
  EXPECT_LT(steady_clock::now() - start, milliseconds(700));
  request.deadline = start;
  EXPECT_EQ(outcome(request), "harvest-stopped");
}

}  // namespace
}  // namespace minato::harvest
