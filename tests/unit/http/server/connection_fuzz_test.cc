// Mutated request streams: whatever comes, the connection ends, answers or waits, and never hangs.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "unit/http/server/connection_harness.h"

namespace minato::http {
namespace {

constexpr int kStreams = 30'000;

constexpr std::array<std::string_view, 6> kSeeds = {
    "GET /api/3/action/package_search?q=%E5%9B%B3 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n"
    "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789GET /n HTTP/1.1\r\nHost: "
    "a\r\n\r\n",
    "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5;x=y\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nT: v\r\n\r\nGET / HTTP/1.0\r\n\r\n",
    "PUT /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nCookie: a; b=c\r\n\r\n\r\n\r\nGET http://h/p "
    "HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET /stream HTTP/1.1\r\nHost: a\r\n\r\nGET /later HTTP/1.1\r\nHost: a\r\n\r\nGET /none "
    "HTTP/1.1\r\nHost: a\r\n\r\n"};

constexpr std::array<std::string_view, 12> kSplices = {"\r\n",
                                                       "\n",
                                                       "\r",
                                                       "\r\n\r\n",
                                                       " ",
                                                       ":",
                                                       "Content-Length: 5\r\n",
                                                       "Transfer-Encoding: chunked\r\n",
                                                       "0\r\n\r\n",
                                                       "ffffffffffffffff\r\n",
                                                       "HTTP/1.1",
                                                       "Expect: 100-continue\r\n"};

std::string mutated(std::mt19937& random) {
  std::string stream(kSeeds[random() % kSeeds.size()]);
  for (auto times = random() % 6; times > 0 && !stream.empty(); --times) {
    const std::size_t at = random() % stream.size();
    switch (random() % 5) {
      case 0:
        stream[at] = static_cast<char>(random());
        break;
      case 1:
        stream.erase(at, random() % 20 + 1);
        break;
      case 2:
        stream.insert(at, kSplices[random() % kSplices.size()]);
        break;
      case 3:
        stream.insert(at, std::string(random() % 20'000, stream[at]));
        break;
      default:
        stream.insert(at, stream.substr(at / 2, random() % 200));
        break;
    }
  }
  return stream;
}

void answer(const std::shared_ptr<Request>& request, const std::shared_ptr<Responder>& responder,
            std::vector<std::shared_ptr<Responder>>& later) {
  if (request->target == "/later") {
    later.push_back(responder);
  } else if (request->target == "/stream") {
    Response response;
    response.body = BodySource([left = 3](std::string& out) mutable {
      out += "piece";
      return --left > 0;
    });
    responder->send(std::move(response));
  } else if (request->target != "/none") {
    responder->send({});
  }
}

TEST(ConnectionFuzz, EndsAnswersOrWaitsWhateverComes) {
  std::mt19937 random(20240401);
  ConnectionHarness harness;
  std::vector<std::shared_ptr<Responder>> later;
  harness.handler = [&](auto request, auto responder) { answer(request, responder, later); };
  std::array<int, 600> statuses{};
  for (int i = 0; i < kStreams; ++i) {
    const std::string stream = mutated(random);
    harness.requests.clear();
    harness.open();
    harness.max_write = random() % 3 == 0 ? 7 : SIZE_MAX;
    std::string replies;
    for (std::size_t at = 0; at < stream.size() && harness.wants != Connection::Want::kClose;) {
      const std::size_t size = random() % 2 == 0 ? stream.size() : random() % 97 + 1;
      replies += harness.send(std::string_view(stream).substr(at, size));
      while (harness.wants == Connection::Want::kAnswer) {
        for (auto& responder : std::exchange(later, {})) responder->send({});
        replies += harness.deliver();
      }
      at += size;
    }
    // Time passes: everything comes to its end.
    for (int steps = 0; harness.connection->next() != Connection::Want::kClose; ++steps) {
      ASSERT_LT(steps, 10) << stream;
      harness.connection->expire();
      replies += harness.run();
    }
    ++statuses.at(static_cast<std::size_t>(status_of(replies)));
  }
  harness.connection.reset();
  EXPECT_EQ(harness.context.server->counters.requests_in_flight, 0U);
  for (const std::size_t status : {200U, 400U, 408U, 414U, 431U})
    EXPECT_GT(statuses[status], 10) << status;
  EXPECT_EQ(statuses[500] + statuses[200] + statuses[100] + statuses[400] + statuses[408] +
                statuses[413] + statuses[414] + statuses[417] + statuses[431] + statuses[501] +
                statuses[505] + statuses[0],
            kStreams);
}

}  // namespace
}  // namespace minato::http
