// The server is killed at random moments under mixed pushes; whatever it acknowledged is there
// afterwards.
//
// PUSH_KILL_ROUNDS=200 is the soak of `make soak`; without it there are a few rounds.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

#include "e2e/push/pushers.h"

namespace minato::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

int rounds() {
  const char* text = std::getenv("PUSH_KILL_ROUNDS");
  return text == nullptr ? 5 : std::atoi(text);
}

class KilledPush : public testing::Test {
 protected:
  // New pushers every ten rounds, so that checking does not take longer and longer.
  void hire(int generation) {
    const std::string name = "kill-" + std::to_string(generation);
    pushers_.clear();
    pushers_.push_back(std::make_unique<DatasetPusher>(name + "-d"));
    pushers_.push_back(std::make_unique<DatasetPusher>(name + "-e"));
    pushers_.push_back(std::make_unique<RowPusher>(name + "-r"));
    pushers_.push_back(std::make_unique<RowPusher>(name + "-s"));
    pushers_.push_back(std::make_unique<FilePusher>(name + "-f"));
    pushers_.push_back(std::make_unique<PartPusher>(name + "-p"));
  }

  void push_and_kill(milliseconds after) {
    const PushClient client = house_.client(token_);
    std::vector<std::thread> threads;
    threads.reserve(pushers_.size());
    for (auto& pusher : pushers_) {
      threads.emplace_back([&pusher, &client] { pusher->push(client); });
    }
    std::this_thread::sleep_for(after);
    house_.program().process().signal(SIGKILL);
    for (std::thread& thread : threads) thread.join();
    house_.kill();
  }

  milliseconds restart() {
    const auto begin = steady_clock::now();
    house_.start();
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
  }

  void check() {
    const PushClient client = house_.client(token_);
    for (auto& pusher : pushers_) {
      pusher->check(client);
      if (HasFatalFailure()) return;
    }
  }

  PushHouse house_;
  std::string token_ = house_.token("oshi", "141003");
  std::vector<std::unique_ptr<Pusher>> pushers_;
};

TEST_F(KilledPush, LosesNothingThatWasAcknowledgedAndLeavesNothingHalf) {
  std::mt19937 dice(20261121);  // NOLINT: the same moments in every run, as far as they can be
  std::uniform_int_distribution<int> moment(5, 900);
  milliseconds slowest{0};
  std::int64_t acknowledged = 0;
  house_.start();
  for (int round = 0; round < rounds(); ++round) {
    if (round % 10 == 0) hire(round / 10);
    push_and_kill(milliseconds(moment(dice)));
    slowest = std::max(slowest, restart());
    check();
    ASSERT_FALSE(HasFailure()) << "round " << round;
    if (round % 10 == 9 || round + 1 == rounds()) {
      for (const auto& pusher : pushers_) {
        if (rounds() >= 20) {
          EXPECT_GT(pusher->acknowledged(), 0);
        }
        acknowledged += pusher->acknowledged();
      }
    }
  }
  EXPECT_GT(acknowledged, rounds());
  EXPECT_LT(slowest, std::chrono::seconds(10)) << "a restart took long";
  EXPECT_NO_THROW(house_.run({"audit", "verify"}));
  EXPECT_NO_THROW(house_.run({"check"}));
  std::cout << rounds() << " rounds, " << acknowledged << " acknowledged writes, slowest restart "
            << slowest.count() << " ms\n";
}

}  // namespace
}  // namespace minato::test
