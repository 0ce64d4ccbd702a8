// Bodies that are pulled on the worker pool, over sockets: neighbours, clients that leave, a full
// pool, and the end of the server.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "e2e/server/client_socket.h"
#include "http/dispatcher.h"
#include "http/server/server.h"
#include "http/server/worker_pool.h"
#include "unit/http/decoded.h"

namespace minato::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Text in which every place looks different, and which differs by `seed`.
std::string numbered_lines(unsigned seed, std::size_t bytes) {
  std::string text;
  for (unsigned line = 0; text.size() < bytes; ++line) {
    text += std::to_string(seed) + "," + std::to_string(line * 2654435761U % 100'003U) + ",";
    text.append(80, static_cast<char>('a' + line % 26)) += '\n';
  }
  text.resize(bytes);
  return text;
}

// Counts how many sources live.
class Token {
 public:
  explicit Token(std::atomic<int>& living) : living_(living) { ++living_; }
  ~Token() { --living_; }
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;

 private:
  std::atomic<int>& living_;
};

class PooledBodies : public testing::Test {
 protected:
  void start(std::size_t threads = 2, std::size_t queue = 1000) {
    pool_ = std::make_unique<WorkerPool>(threads, queue);
    ServerOptions options;
    options.port = 0;
    options.spool_directory = std::filesystem::temp_directory_path();
    ServerCallbacks callbacks;
    callbacks.submit = [this](auto pull) {
      const bool taken = pool_->submit_modestly(std::move(pull));
      if (!taken) ++refused_;
      return taken;
    };
    server_ = Server::start(
                  options,
                  [this](auto request, auto responder) {
                    if (handler_) return handler_(std::move(request), std::move(responder));
                    Response response = answer(request->target);
                    responder->send(std::move(response));
                  },
                  std::move(callbacks))
                  .value();
  }

  // /text/{seed}: 300 KB and more, in pieces of odd sizes. /slow/{ms}: for ever, a line each time.
  // /failing: breaks off at the third piece. Else: the target.
  Response answer(const std::string& target) {
    Response response;
    const auto token = std::make_shared<Token>(living_);
    if (target.starts_with("/text/")) {
      const auto seed = static_cast<unsigned>(std::stoul(target.substr(6)));
      response.body = PooledSource{[token, text = numbered_lines(seed, size_of(seed)),
                                    at = std::size_t{0}](std::string& out) mutable {
        const auto piece = std::min<std::size_t>(1 + at % 90'000, text.size() - at);
        out.append(text, at, piece);
        at += piece;
        return at < text.size();
      }};
    } else if (target.starts_with("/slow/")) {
      const milliseconds wait(std::stoi(target.substr(6)));
      response.body = PooledSource{[token, wait](std::string& out) {
        std::this_thread::sleep_for(wait);
        out += "another line\n";
        return true;
      }};
    } else if (target == "/failing") {
      response.body =
          PooledSource{[token, calls = 0](std::string& out) mutable -> core::Result<bool> {
            if (++calls == 3) return core::fail_internal("secret");
            std::this_thread::sleep_for(milliseconds(20));
            out += "some line\n";
            return true;
          }};
    } else {
      response.body = target;
    }
    return response;
  }
  static std::size_t size_of(unsigned seed) { return 300'000 + seed * 997; }

  bool sources_go() const {
    const auto end = steady_clock::now() + std::chrono::seconds(10);
    while (living_ > 0) {
      if (steady_clock::now() > end) return false;
      std::this_thread::sleep_for(milliseconds(2));
    }
    return true;
  }

  std::atomic<int> living_ = 0;
  std::atomic<int> refused_ = 0;
  RequestHandler handler_;
  std::unique_ptr<WorkerPool> pool_;
  std::unique_ptr<Server> server_;
};

TEST_F(PooledBodies, ThatTakeLongDelayNoNeighbour) {
  start(2);
  std::vector<std::unique_ptr<ClientSocket>> streams;
  for (int i = 0; i < 10; ++i) {
    streams.push_back(std::make_unique<ClientSocket>(server_->port()));
    streams.back()->send(get("/slow/50"));
  }
  while (pool_->running() < 2) std::this_thread::sleep_for(milliseconds(1));
  ClientSocket neighbour(server_->port());
  std::vector<double> waited;
  for (int i = 0; i < 100; ++i) {
    const auto start = steady_clock::now();
    ASSERT_EQ(neighbour.ask(get("/near"))->body, "/near");
    waited.push_back(
        std::chrono::duration<double, std::milli>(steady_clock::now() - start).count());
    std::this_thread::sleep_for(milliseconds(3));
  }
  std::sort(waited.begin(), waited.end());
  EXPECT_LT(waited[90], 25);
}

TEST_F(PooledBodies, OfTwoHundredClientsArriveByteForByte) {
  start(4);
  std::vector<std::unique_ptr<ClientSocket>> clients;
  for (unsigned i = 0; i < 200; ++i) {
    clients.push_back(std::make_unique<ClientSocket>(server_->port()));
    const auto seed = std::to_string(i);
    clients.back()->send(get("/text/" + seed) + get("/behind/" + seed));
  }
  for (unsigned i = 0; i < 200; ++i) {
    const auto reply = clients[i]->read();
    ASSERT_TRUE(reply) << i;
    ASSERT_TRUE(reply->body == numbered_lines(i, size_of(i))) << i;
    ASSERT_EQ(clients[i]->read()->body, "/behind/" + std::to_string(i));
  }
  EXPECT_TRUE(sources_go());
}

TEST_F(PooledBodies, GoOnWhenThePoolHasRoomAgain) {
  start(1, 2);
  std::vector<std::unique_ptr<ClientSocket>> clients;
  for (unsigned i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<ClientSocket>(server_->port()));
    clients.back()->send(get("/text/" + std::to_string(i)));
  }
  for (unsigned i = 0; i < 40; ++i) {
    const auto reply = clients[i]->read();
    ASSERT_TRUE(reply) << i;
    ASSERT_TRUE(reply->body == numbered_lines(i, size_of(i))) << i;
  }
  EXPECT_GT(refused_, 0);
}

// Nothing happens on the connection when the room is there again: only the timer can see it.
TEST_F(PooledBodies, FindRoomWithoutAnEvent) {
  start(1, 0);
  std::atomic<bool> open = false;
  ASSERT_TRUE(pool_->submit([&] {
    while (!open) std::this_thread::sleep_for(milliseconds(1));
  }));
  ClientSocket client(server_->port());
  client.send(get("/text/1"));
  while (refused_ < 3) std::this_thread::sleep_for(milliseconds(1));
  open = true;
  EXPECT_EQ(client.read()->body, numbered_lines(1, size_of(1)));
}

TEST_F(PooledBodies, AreDestroyedWhenTheClientLeaves) {
  start(2);
  for (int round = 0; round < 2; ++round) {
    std::vector<std::unique_ptr<ClientSocket>> clients;
    for (int i = 0; i < 20; ++i) {
      clients.push_back(std::make_unique<ClientSocket>(server_->port()));
      clients.back()->send(get("/slow/5"));
    }
    while (living_ < 20) std::this_thread::sleep_for(milliseconds(1));
    EXPECT_EQ(clients.back()->skip(200), 200U);
    for (auto& client : clients) {
      if (round == 0) client->abort();
    }
    clients.clear();
    EXPECT_TRUE(sources_go());
  }
  EXPECT_EQ(ClientSocket(server_->port()).ask(get("/alive"))->body, "/alive");
}

TEST_F(PooledBodies, ThatFailAreVisiblyTruncated) {
  start();
  ClientSocket client(server_->port());
  client.send(get("/failing"));
  const std::string all = client.read_to_end();
  EXPECT_NE(all.find("\r\nsome line\n"), std::string::npos);
  EXPECT_FALSE(all.ends_with("0\r\n\r\n"));
  EXPECT_EQ(all.find("secret"), std::string::npos);
  EXPECT_TRUE(sources_go());
}

TEST_F(PooledBodies, AreSentToTheirEndWhileTheServerStops) {
  start();
  ClientSocket client(server_->port());
  handler_ = [this](auto, auto responder) {
    Response response;
    const auto token = std::make_shared<Token>(living_);
    response.body = PooledSource{[token, left = 20](std::string& out) mutable {
      std::this_thread::sleep_for(milliseconds(20));
      out += "x";
      return --left > 0;
    }};
    responder->send(std::move(response));
  };
  client.send(get("/"));
  while (living_ == 0) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_TRUE(server_->stop(std::chrono::seconds(10)));
  const auto reply = client.read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, std::string(20, 'x'));
  EXPECT_EQ(living_, 0);
}

TEST_F(PooledBodies, AreCutWhenTheGraceIsOver) {
  start();
  std::vector<std::unique_ptr<ClientSocket>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<ClientSocket>(server_->port()));
    clients.back()->send(get("/slow/30"));
  }
  clients.front()->skip(200);
  const auto start = steady_clock::now();
  EXPECT_FALSE(server_->stop(milliseconds(200)));
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_EQ(living_, 0);
  EXPECT_FALSE(clients.front()->read_to_end().ends_with("0\r\n\r\n"));
}

class CodedPooledBodies : public PooledBodies, public testing::WithParamInterface<Coding> {};

TEST_P(CodedPooledBodies, AreCodedAsTheyArePulled) {
  const core::SystemClock clock;
  const std::string text = numbered_lines(7, 3'000'000);
  Route route;
  route.operation = "export";
  route.method = "GET";
  route.pattern = "/export";
  route.handler = [&text](const Request&) -> core::Result<Response> {
    Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.body = PooledSource{[&text, at = std::size_t{0}](std::string& out) mutable {
      out.append(text, at, 50'000);
      at += 50'000;
      return at < text.size();
    }};
    return response;
  };
  DispatcherServices services;
  services.clock = &clock;
  Dispatcher dispatcher(RouteTable::make({route}).value(), {}, services);
  handler_ = [&](auto request, auto responder) {
    dispatcher.handle(std::move(request), std::move(responder));
  };
  start();
  ClientSocket client(server_->port());
  const std::string coding(coding_name(GetParam()));
  const auto reply =
      client.ask("GET /export HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + coding + "\r\n\r\n");
  ASSERT_TRUE(reply);
  EXPECT_NE(reply->head.find("Content-Encoding: " + coding), std::string::npos);
  EXPECT_LT(reply->body.size(), text.size() / 2);
  EXPECT_TRUE(decoded(reply->body, GetParam()) == text);
  server_.reset();
}

INSTANTIATE_TEST_SUITE_P(Codings, CodedPooledBodies, testing::Values(Coding::kGzip, Coding::kZstd));

}  // namespace
}  // namespace minato::http
