// Bodies that are pulled on the worker pool. The pool is a list here: jobs run when a test says so.
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "unit/http/server/connection_harness.h"

namespace minato::http {
namespace {

class PooledBodyTest : public testing::Test {
 protected:
  PooledBodyTest() {
    harness_.context.server->callbacks.submit = [this](std::function<void()> job) {
      if (full_) return false;
      jobs_.push_back(std::move(job));
      return true;
    };
  }

  void answer_with(BodySource pull) {
    harness_.handler = [pull = std::move(pull)](auto request, auto responder) {
      Response response;
      if (request->target == "/") {
        response.body = PooledSource{pull};
      } else {
        response.body = request->target;
      }
      responder->send(std::move(response));
    };
  }
  std::string get(std::string_view version = "HTTP/1.1", std::string_view method = "GET") {
    return harness_.send(std::string(method) + " / " + std::string(version) +
                         "\r\nHost: x\r\n\r\n");
  }
  void run_job() {
    const auto job = std::move(jobs_.front());
    jobs_.pop_front();
    job();
  }
  // Runs jobs and delivers what they post until none is out; what the client got.
  std::string finish() {
    std::string sent;
    while (!jobs_.empty()) {
      EXPECT_EQ(jobs_.size(), 1U);  // never two at a time
      run_job();
      sent += harness_.deliver();
    }
    return sent;
  }
  // Delivers without sending: a client that does not read.
  void deliver_only() {
    std::vector<Answer> answers;
    harness_.context.mailbox->take(answers);
    for (auto& answer : answers) harness_.connection->answer(std::move(answer));
    harness_.wants = harness_.connection->next();
  }

  ConnectionHarness harness_;
  std::deque<std::function<void()>> jobs_;
  bool full_ = false;
  Connection& connection_ = harness_.open();
};

// Gives each piece, at least a slice long, in a call of its own.
BodySource letters(std::string order, std::size_t bytes = 100'000) {
  return [=, next = std::size_t{0}](std::string& out) mutable {
    if (next < order.size()) out.append(bytes, order[next++]);
    return next < order.size();
  };
}

std::string chunk(char letter, std::size_t bytes = 100'000) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes);
  return size + std::string(bytes, letter) + "\r\n";
}

TEST_F(PooledBodyTest, AreSentInChunksInOrder) {
  answer_with(letters("abc"));
  const auto head = get();
  EXPECT_NE(head.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(harness_.wants, Connection::Want::kAnswer);
  EXPECT_EQ(finish(), chunk('a') + chunk('b') + chunk('c') + "0\r\n\r\n");
  EXPECT_EQ(harness_.wants, Connection::Want::kRead);
  EXPECT_EQ(harness_.context.server->counters.requests_in_flight, 0U);
}

TEST_F(PooledBodyTest, MayBeEmpty) {
  answer_with(letters(""));
  get();
  EXPECT_EQ(finish(), "0\r\n\r\n");
  get();
  EXPECT_EQ(finish(), "0\r\n\r\n");
}

TEST_F(PooledBodyTest, GoToHttp10UntilClose) {
  answer_with(letters("ab", 70'000));
  get("HTTP/1.0");
  EXPECT_EQ(finish(), std::string(70'000, 'a') + std::string(70'000, 'b'));
  EXPECT_TRUE(harness_.half_closed);
}

TEST_F(PooledBodyTest, JoinSmallPiecesToOneSlice) {
  answer_with(letters("abcdef", 3));
  get();
  EXPECT_EQ(finish(), "12\r\naaabbbcccdddeeefff\r\n0\r\n\r\n");
}

TEST_F(PooledBodyTest, AreNotPulledForHead) {
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  harness_.handler = [&](auto, auto responder) {
    Response response;
    response.body = PooledSource{[held = std::move(held)](std::string&) { return true; }};
    responder->send(std::move(response));
  };
  EXPECT_EQ(body_of(get("HTTP/1.1", "HEAD")), "");
  EXPECT_TRUE(jobs_.empty());
  EXPECT_TRUE(watch.expired());
  EXPECT_EQ(harness_.wants, Connection::Want::kRead);
}

TEST_F(PooledBodyTest, LetPipelinedRequestsWait) {
  answer_with(letters("ab"));
  harness_.send("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto sent = finish();
  const std::string body = chunk('a') + chunk('b') + "0\r\n\r\n";
  ASSERT_TRUE(sent.starts_with(body));
  EXPECT_EQ(status_of(sent.substr(body.size())), 200);
  EXPECT_TRUE(sent.ends_with("\r\n\r\n/next"));
}

TEST_F(PooledBodyTest, ArePulledAheadOfASlowClientOnlySoFar) {
  answer_with([](std::string& out) {
    out.append(256 * 1024, 'x');
    return true;
  });
  harness_.max_write = 0;
  connection_.next();
  connection_.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection_.next(), Connection::Want::kWrite);
  int pulls = 0;
  for (; !jobs_.empty() && pulls < 100; ++pulls) {
    run_job();
    deliver_only();
    EXPECT_EQ(harness_.wants, Connection::Want::kWrite);
  }
  EXPECT_EQ(pulls, 1);
  EXPECT_LT(connection_.output().memory_bytes(), 512U * 1024);
  harness_.max_write = 200 * 1024;
  harness_.write_once();
  EXPECT_EQ(connection_.next(), Connection::Want::kWrite);
  EXPECT_EQ(jobs_.size(), 1U);  // there is room again, before all is sent
}

TEST_F(PooledBodyTest, GiveTheWorkerBackWhileTheyFindNothing) {
  int calls = 0;
  answer_with([&](std::string& out) {
    std::this_thread::sleep_for(std::chrono::milliseconds(6));
    if (++calls == 3) out += "found";
    return calls < 3;
  });
  get();
  run_job();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(harness_.deliver(), "");
  EXPECT_EQ(harness_.wants, Connection::Want::kAnswer);
  EXPECT_EQ(finish(), "5\r\nfound\r\n0\r\n\r\n");
}

TEST_F(PooledBodyTest, WaitForRoomInThePool) {
  full_ = true;
  answer_with(letters("a"));
  get();
  EXPECT_TRUE(jobs_.empty());
  EXPECT_EQ(harness_.wants, Connection::Want::kAnswer);
  EXPECT_EQ(connection_.deadline(), std::nullopt);
  ASSERT_EQ(harness_.context.waiting_for_pool.size(), 1U);
  EXPECT_FALSE(connection_.retry_pull());
  EXPECT_FALSE(connection_.retry_pull());
  full_ = false;
  EXPECT_TRUE(connection_.retry_pull());
  harness_.context.waiting_for_pool.clear();
  EXPECT_EQ(finish(), chunk('a') + "0\r\n\r\n");
  EXPECT_TRUE(connection_.retry_pull());  // nothing is wanted any more
  EXPECT_TRUE(jobs_.empty());
}

TEST_F(PooledBodyTest, DoNotOvertakeThoseWhoWait) {
  harness_.context.waiting_for_pool.push_back({99, 99});
  answer_with(letters("a"));
  get();
  EXPECT_TRUE(jobs_.empty());
  ASSERT_EQ(harness_.context.waiting_for_pool.size(), 2U);
  EXPECT_EQ(harness_.context.waiting_for_pool.back().serial, connection_.id().serial);
}

TEST_F(PooledBodyTest, BreakTheTransferWhenTheyFailOrThrow) {
  answer_with([calls = 0](std::string& out) mutable -> core::Result<bool> {
    out.append(100'000, 'a');
    if (++calls == 2) return core::fail_internal("secret");
    return true;
  });
  get();
  EXPECT_EQ(finish(), chunk('a'));
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
  harness_.open();
  answer_with([](std::string&) -> core::Result<bool> { throw 1; });
  get();
  EXPECT_EQ(finish(), "");
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
}

TEST_F(PooledBodyTest, BreakTheTransferWhenThePoolStops) {
  answer_with(letters("ab"));
  get();
  jobs_.clear();
  EXPECT_EQ(harness_.deliver(), "");
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
}

TEST_F(PooledBodyTest, AreDestroyedWithTheLastSlice) {
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  harness_.handler = [&](auto, auto responder) {
    Response response;
    response.body = PooledSource{[held = std::move(held)](std::string&) { return false; }};
    responder->send(std::move(response));
  };
  get();
  EXPECT_FALSE(watch.expired());
  run_job();
  EXPECT_TRUE(watch.expired());
}

TEST_F(PooledBodyTest, AreDestroyedAtOnceWhenTheClientLeavesBeforeAPull) {
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  bool pulled = false;
  harness_.handler = [&](auto, auto responder) {
    Response response;
    response.body =
        PooledSource{[&pulled, held = std::move(held)](std::string&) { return pulled = true; }};
    responder->send(std::move(response));
  };
  get();
  ASSERT_EQ(jobs_.size(), 1U);
  harness_.connection.reset();
  EXPECT_TRUE(watch.expired());
  run_job();
  EXPECT_FALSE(pulled);
}

TEST_F(PooledBodyTest, AreDestroyedAfterThePullThatRunsWhenTheClientLeaves) {
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  std::promise<void> pulling;
  std::promise<void> gate;
  harness_.handler = [&](auto, auto responder) {
    Response response;
    response.body = PooledSource{[&, held = std::move(held)](std::string&) {
      pulling.set_value();
      gate.get_future().wait();
      return true;
    }};
    responder->send(std::move(response));
  };
  get();
  std::thread worker([&] { run_job(); });
  pulling.get_future().wait();
  EXPECT_EQ(harness_.context.server->counters.pulls_running, 1U);
  harness_.connection.reset();
  EXPECT_FALSE(watch.expired());
  gate.set_value();
  worker.join();
  EXPECT_TRUE(watch.expired());
  EXPECT_EQ(harness_.context.server->counters.pulls_running, 0U);
}

TEST_F(PooledBodyTest, MustBeTakenInTimeButMayBeMadeSlowly) {
  answer_with(letters("abc"));
  get();
  EXPECT_EQ(connection_.deadline(), std::nullopt);
  harness_.context.now += std::chrono::minutes(5);
  run_job();
  deliver_only();
  ASSERT_EQ(harness_.wants, Connection::Want::kWrite);
  const auto deadline = harness_.context.now + harness_.limits().write_timeout;
  EXPECT_EQ(connection_.deadline(), deadline);
  harness_.context.now += std::chrono::seconds(20);
  run_job();
  deliver_only();  // a slice more is no progress of the client
  EXPECT_EQ(connection_.deadline(), deadline);
  connection_.expire();
  EXPECT_EQ(connection_.next(), Connection::Want::kClose);
}

TEST_F(PooledBodyTest, ArePulledHereWhenThereIsNoPool) {
  harness_.context.server->callbacks.submit = nullptr;
  answer_with(letters("ab", 5));
  EXPECT_EQ(body_of(get()), "5\r\naaaaa\r\n5\r\nbbbbb\r\n0\r\n\r\n");
}

}  // namespace
}  // namespace minato::http
