// Start and stop.
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "e2e/server/client_socket.h"
#include "e2e/server/server_process.h"
#include "http/server/server.h"

namespace minato::http {
namespace {

using std::chrono::milliseconds;

void answer_target(const std::shared_ptr<Request>& request,
                   const std::shared_ptr<Responder>& responder) {
  Response response;
  response.body = request->target + " for " + request->peer;
  responder->send(std::move(response));
}

ServerOptions any_port() {
  ServerOptions options;
  options.port = 0;
  options.spool_directory = std::filesystem::temp_directory_path();
  return options;
}

std::size_t own_descriptors() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    count += entry.path().empty() ? 0 : 1;
  }
  return count;
}

struct Load {
  std::atomic<bool> ended = false;  // the server was told to stop
  std::atomic<int> answered = 0;
  std::atomic<int> lost = 0;
};

// One request after the other, each on a connection of its own or all on one, until the server is
// told to stop or says that it closes.
void ask_until_stopped(std::uint16_t port, bool keep, Load& load) {
  auto client = std::make_unique<ClientSocket>(port);
  while (!load.ended) {
    const auto reply = client->ask(get("/sleep/30/x"));
    ++(reply && reply->body == "x" ? load.answered : load.lost);
    if (reply && reply->closes()) return;
    if (!keep) client = std::make_unique<ClientSocket>(port);
  }
}

TEST(ServerLifecycle, LosesNoRequestInFlightWhenItStops) {
  for (int round = 0; round < 3; ++round) {
    ServerProcess server({"pool_threads=16", "threads=2"});
    Load load;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&, i] { ask_until_stopped(server.port(), i % 2 == 0, load); });
    }
    std::thread downloader([&] {
      ClientSocket client(server.port());
      client.send(get("/stream/200"));
      load.lost += client.skip(200U << 20) < (200U << 20) ? 1 : 0;
    });
    std::this_thread::sleep_for(milliseconds(300));
    server.process().signal(SIGTERM);
    load.ended = true;
    for (auto& thread : threads) thread.join();
    downloader.join();
    EXPECT_EQ(server.process().wait(std::chrono::seconds(15)), 0);
    EXPECT_EQ(load.lost, 0);
    EXPECT_GT(load.answered, 20);
  }
}

TEST(ServerLifecycle, TellsNewClientsToCloseWhileItStops) {
  ServerProcess server;
  ClientSocket busy(server.port());
  busy.send(get("/sleep/800/busy"));
  ClientSocket idle(server.port());
  idle.ask(get("/id/x"));
  std::this_thread::sleep_for(milliseconds(100));
  server.process().signal(SIGTERM);
  std::this_thread::sleep_for(milliseconds(100));
  const auto reply = ClientSocket(server.port()).ask(get("/id/late"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "late");
  EXPECT_TRUE(reply->closes());
  EXPECT_EQ(busy.read()->body, "busy");
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(server.process().wait(std::chrono::seconds(15)), 0);
}

TEST(ServerLifecycle, GivesUpWhenTheGraceIsOver) {
  ServerProcess server({"grace_ms=300"});
  ClientSocket client(server.port());
  client.send(get("/sleep/1500/late"));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(server.stop(), 3);
}

TEST(ServerLifecycle, StartsAndStopsManyTimesInOneProcess) {
  std::size_t before = 0;
  constexpr std::size_t kRounds = 10;
  for (std::size_t round = 0; round <= kRounds; ++round) {
    if (round == 1) before = own_descriptors();
    auto server = Server::start(any_port(), answer_target);
    ASSERT_TRUE(server);
    ClientSocket client((*server)->port());
    ASSERT_EQ(client.ask(get("/a"))->body, "/a for 127.0.0.1");
    ClientSocket silent((*server)->port());
    EXPECT_EQ((*server)->stats().requests, 1U);
    EXPECT_TRUE((*server)->stop(milliseconds(20)));
    EXPECT_TRUE((*server)->stop(milliseconds(20)));
    EXPECT_EQ((*server)->stats().open_connections, 0U);
    EXPECT_TRUE(client.ended());
  }
  // The library never closes three of its own event descriptors; nothing else may stay.
  EXPECT_LE(own_descriptors(), before + 3 * kRounds);
}

TEST(ServerLifecycle, FreesItsPort) {
  auto first = Server::start(any_port(), answer_target);
  ASSERT_TRUE(first);
  auto options = any_port();
  options.port = (*first)->port();
  const auto taken = Server::start(options, answer_target);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().id, "listen-address-in-use");
  first->reset();
  EXPECT_TRUE(Server::start(options, answer_target));
}

TEST(ServerLifecycle, RefusesASpoolDirectoryItCannotUse) {
  auto options = any_port();
  options.spool_directory = "/does/not/exist";
  const auto started = Server::start(options, answer_target);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().id, "spool-directory-unusable");
}

TEST(ServerLifecycle, CountsWhatItDoes) {
  auto server = Server::start(any_port(), answer_target);
  ASSERT_TRUE(server);
  ClientSocket client((*server)->port());
  client.ask(get("/a"));
  client.ask(get("/b"));
  // The reply is here a moment before it is counted.
  while ((*server)->stats().requests_in_flight > 0) std::this_thread::yield();
  const auto stats = (*server)->stats();
  EXPECT_EQ(stats.accepted, 1U);
  EXPECT_EQ(stats.open_connections, 1U);
  EXPECT_EQ(stats.requests, 2U);
  EXPECT_EQ(stats.received_bytes, 2 * get("/a").size());
  EXPECT_GT(stats.sent_bytes, 100U);
}

TEST(ServerLifecycle, AnswersMayOutliveTheServer) {
  std::shared_ptr<Responder> kept;
  std::atomic<bool> asked = false;
  auto server = Server::start(any_port(), [&](auto, auto responder) {
    kept = std::move(responder);
    asked = true;
  });
  ASSERT_TRUE(server);
  ClientSocket client((*server)->port());
  client.send(get("/a"));
  while (!asked) std::this_thread::yield();
  EXPECT_FALSE((*server)->stop(milliseconds(20)));
  server->reset();
  kept->send({});
  kept.reset();
}

}  // namespace
}  // namespace minato::http
