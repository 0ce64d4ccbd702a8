// No client ever gets another one's reply, also when clients leave while their replies are under
// way and descriptor numbers are used again at once.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "e2e/server/client_socket.h"
#include "e2e/server/server_process.h"

namespace minato::http {
namespace {

constexpr std::uint64_t kReplies = 1'000'000;
constexpr int kBatch = 100;

struct Score {
  std::atomic<std::uint64_t> right = 0;
  std::atomic<std::uint64_t> wrong = 0;
  std::atomic<std::uint64_t> lost = 0;
  std::atomic<std::uint64_t> aborted = 0;
  std::atomic<bool> done = false;
};

// Pipelined requests, every reply looked at; a new connection now and then.
void check(std::uint16_t port, int who, Score& score) {
  for (std::uint64_t number = 0; !score.done;) {
    ClientSocket client(port);
    for (int batch = 0; batch < 20 && !score.done; ++batch) {
      std::string requests;
      std::vector<std::string> expected;
      for (int i = 0; i < kBatch; ++i) {
        expected.push_back(std::to_string(who) + "-" + std::to_string(number++));
        requests += get((i % 8 == 0 ? "/pool/" : "/id/") + expected.back());
      }
      if (!client.send(requests)) ++score.lost;
      for (const auto& name : expected) {
        const auto reply = client.read();
        if (!reply) {
          ++score.lost;
          break;
        }
        ++(reply->body == name ? score.right : score.wrong);
      }
      if (score.right >= kReplies) score.done = true;
    }
  }
}

// Clients that ask for answers from another thread and leave, politely or not.
void leave(std::uint16_t port, int who, Score& score) {
  std::mt19937 random(static_cast<unsigned>(who));
  while (!score.done) {
    ClientSocket client(port);
    std::string requests;
    for (auto count = random() % 10 + 1; count > 0; --count) requests += get("/pool/aborted");
    client.send(requests);
    if (random() % 4 == 0) client.read();
    if (random() % 2 == 0) client.abort();
    ++score.aborted;
    if (random() % 64 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST(ServerCrossedReplies, NoneOfAMillionWhileClientsLeave) {
  ServerProcess server({"threads=2"});
  Score score;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&, i] { check(server.port(), i, score); });
  threads.emplace_back([&] { leave(server.port(), 1, score); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(score.wrong, 0U);
  EXPECT_EQ(score.lost, 0U);
  EXPECT_GE(score.right, kReplies);
  EXPECT_GT(score.aborted, 1000U);
  RecordProperty("aborted", std::to_string(score.aborted));
}

TEST(ServerCrossedReplies, AnswersForClientsThatLeftAreDropped) {
  ServerProcess server({"pool_threads=8"});
  const std::size_t before = server.open_descriptors();
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 50; ++i) {
      ClientSocket client(server.port());
      client.send(get("/sleep/20/ghost"));
      if (i % 2 == 0) client.abort();
    }
    for (int i = 0; i < 50; ++i) {
      ClientSocket client(server.port());
      const std::string name = std::to_string(i);
      ASSERT_EQ(client.ask(get("/id/" + name))->body, name);
    }
  }
  EXPECT_TRUE(server.descriptors_fall_to(before));
}

}  // namespace
}  // namespace minato::http
