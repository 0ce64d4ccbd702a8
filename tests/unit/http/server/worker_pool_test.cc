#include "http/server/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>

namespace minato::http {
namespace {

TEST(WorkerPool, RunsTasksOnItsThreads) {
  WorkerPool pool(2, 10);
  std::promise<std::thread::id> ran_on;
  ASSERT_TRUE(pool.submit([&] { ran_on.set_value(std::this_thread::get_id()); }));
  EXPECT_NE(ran_on.get_future().get(), std::this_thread::get_id());
}

TEST(WorkerPool, SaysWhenItIsFull) {
  std::promise<void> gate;
  std::promise<void> started;
  WorkerPool pool(1, 2);
  ASSERT_TRUE(pool.submit([&] {
    started.set_value();
    gate.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_FALSE(pool.submit([] {}));
  EXPECT_EQ(pool.queued(), 2U);
  EXPECT_EQ(pool.running(), 1U);
  gate.set_value();
}

TEST(WorkerPool, KeepsHalfOfTheQueueFromTheModest) {
  std::promise<void> gate;
  std::promise<void> started;
  WorkerPool pool(1, 4);
  ASSERT_TRUE(pool.submit_modestly([&] {
    started.set_value();
    gate.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.submit_modestly([] {}));
  EXPECT_TRUE(pool.submit_modestly([] {}));
  EXPECT_FALSE(pool.submit_modestly([] {}));
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_FALSE(pool.submit([] {}));
  gate.set_value();
}

TEST(WorkerPool, SurvivesTasksThatThrow) {
  WorkerPool pool(1, 10);
  std::promise<int> after;
  ASSERT_TRUE(pool.submit([] { throw 42; }));
  ASSERT_TRUE(pool.submit([&] { after.set_value(1); }));
  EXPECT_EQ(after.get_future().get(), 1);
}

TEST(WorkerPool, StopFinishesWhatRunsAndDestroysWhatWaits) {
  std::promise<void> gate;
  std::promise<void> started;
  std::atomic<int> finished = 0;
  auto captured = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = captured;
  WorkerPool pool(1, 10);
  ASSERT_TRUE(pool.submit([&] {
    started.set_value();
    gate.get_future().wait();
    ++finished;
  }));
  started.get_future().wait();
  ASSERT_TRUE(pool.submit([&finished, held = std::move(captured)] { finished += 10; }));
  std::thread opener([&] { gate.set_value(); });
  pool.stop();
  opener.join();
  EXPECT_FALSE(pool.submit([] {}));
  EXPECT_TRUE(finished == 1 || finished == 11);  // the thread may have been faster than stop()
  EXPECT_TRUE(watch.expired());
}

}  // namespace
}  // namespace minato::http
