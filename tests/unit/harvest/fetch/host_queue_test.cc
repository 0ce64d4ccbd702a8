#include "harvest/fetch/host_queue.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "support/temp_dir.h"

namespace minato::harvest {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kHost = "https://example.jp";

Patience short_patience() { return {steady_clock::now() + milliseconds(80), nullptr}; }

TEST(HostQueue, GivesTheTurnToOneAtATime) {
  const core::SystemClock clock;
  HostQueue queue("", 1'000, clock);
  auto turn = queue.wait_for_turn(kHost, 0, {});
  ASSERT_TRUE(turn);
  EXPECT_EQ(queue.wait_for_turn(kHost, 0, short_patience()).error().id, "harvest-stopped");
  EXPECT_TRUE(queue.wait_for_turn("http://example.jp", 0, short_patience()));
  EXPECT_TRUE(queue.wait_for_turn("https://example.jp:8443", 0, short_patience()));
  { const auto ended = std::move(*turn); }
  EXPECT_TRUE(queue.wait_for_turn(kHost, 0, short_patience()));
}

TEST(HostQueue, KeepsTheOrderOfThreads) {
  const core::SystemClock clock;
  HostQueue queue("", 1'000, clock);
  std::vector<int> order;
  std::vector<std::thread> threads;
  {
    const auto turn = queue.wait_for_turn(kHost, 0, {});
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        const auto mine = queue.wait_for_turn(kHost, 0, {});
        order.push_back(i);
      });
      std::this_thread::sleep_for(milliseconds(20));
    }
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
}

TEST(HostQueue, PausesForOthersThatShareTheFolder) {
  const core::SystemClock clock;
  const test::TempDir folder;
  HostQueue first(folder.path(), 1'000, clock);
  HostQueue second(folder.path(), 1'000, clock);
  {
    const auto turn = first.wait_for_turn(kHost, 100, {});
    ASSERT_TRUE(turn) << turn.error().internal;
    EXPECT_FALSE(second.wait_for_turn(kHost, 0, short_patience()));
  }
  const auto start = steady_clock::now();
  ASSERT_TRUE(second.wait_for_turn(kHost, 100, {}));
  EXPECT_GE(steady_clock::now() - start, milliseconds(90));
}

TEST(HostQueue, TellsOthersToLeaveAHostAlone) {
  const core::SystemClock clock;
  const test::TempDir folder;
  HostQueue first(folder.path(), 60'000, clock);
  HostQueue second(folder.path(), 60'000, clock);
  first.wait_for_turn(kHost, 0, {})->back_off(30'000);
  const auto start = steady_clock::now();
  const auto refused = second.wait_for_turn(kHost, 0, short_patience());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.en.find("30 s"), std::string::npos)
      << refused.error().message.en;
  EXPECT_LT(steady_clock::now() - start, milliseconds(60));  // known at once
  HostQueue hurried(folder.path(), 20, clock);               // believes no waits over 20 ms
  EXPECT_TRUE(hurried.wait_for_turn(kHost, 0, {}));
}

TEST(HostQueue, IsFreeAgainWhenAProcessDies) {
  const core::SystemClock clock;
  const test::TempDir folder;
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    HostQueue queue(folder.path(), 1'000, clock);
    const auto turn = queue.wait_for_turn(kHost, 0, {});
    const char byte = turn ? 'y' : 'n';
    if (write(pipe_ends[1], &byte, 1) != 1) _exit(1);
    pause();
    _exit(0);
  }
  char byte = 0;
  ASSERT_EQ(read(pipe_ends[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  HostQueue queue(folder.path(), 1'000, clock);
  EXPECT_FALSE(queue.wait_for_turn(kHost, 0, short_patience()));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  const auto start = steady_clock::now();
  EXPECT_TRUE(queue.wait_for_turn(kHost, 150, {}));
  EXPECT_LT(steady_clock::now() - start, milliseconds(400));
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

TEST(HostQueue, SurvivesBrokenFilesAndStrangeNames) {
  const core::SystemClock clock;
  const test::TempDir folder;
  const std::string origin = "http://../../" + std::string(300, 'a') + ":99";
  { HostQueue(folder.path(), 1'000, clock).wait_for_turn(origin, 0, {}); }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++files;
    std::filesystem::resize_file(entry.path(), 0);
  }
  EXPECT_EQ(files, 1);
  HostQueue queue(folder.path(), 1'000, clock);
  EXPECT_TRUE(queue.wait_for_turn(origin, 60'000, short_patience()));
}

TEST(HostQueue, SaysWhenItsFolderCannotBeUsed) {
  const core::SystemClock clock;
  HostQueue queue("/dev/null/locks", 1'000, clock);
  EXPECT_EQ(queue.wait_for_turn(kHost, 0, {}).error().id, "storage-io");
  EXPECT_EQ(queue.wait_for_turn(kHost, 0, {}).error().id, "storage-io");  // and holds no turn
}

TEST(HostQueue, EndsItsWaitWhenTold) {
  const core::SystemClock clock;
  HostQueue queue("", 60'000, clock);
  queue.wait_for_turn(kHost, 0, {})->back_off(50'000);
  std::atomic<bool> stop{false};
  std::thread teller([&] {
    std::this_thread::sleep_for(milliseconds(30));
    stop = true;
  });
  EXPECT_EQ(queue.wait_for_turn(kHost, 0, {core::Deadline::max(), &stop}).error().id,
            "harvest-stopped");
  teller.join();
}

}  // namespace
}  // namespace minato::harvest
