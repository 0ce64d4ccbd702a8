// Time-outs: which deadline a connection waits for, and what happens when it passes.
#include <gtest/gtest.h>

#include <string>

#include "unit/http/server/connection_harness.h"

namespace minato::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ConnectionDeadlineTest : public testing::Test {
 protected:
  // Seconds from now until the deadline; -1 when there is none.
  double left() const {
    const auto deadline = connection_.deadline();
    return deadline ? std::chrono::duration<double>(*deadline - harness_.context.now).count() : -1;
  }
  void pass(milliseconds time) { harness_.context.now += time; }
  std::string expire() {
    connection_.expire();
    return harness_.run();
  }

  ConnectionHarness harness_;
  Connection& connection_ = harness_.open();
};

TEST_F(ConnectionDeadlineTest, AnIdleConnectionIsClosedWithoutAWord) {
  EXPECT_EQ(left(), 15);
  harness_.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  pass(seconds(5));
  EXPECT_EQ(left(), 10);
  EXPECT_EQ(expire(), "");
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
}

TEST_F(ConnectionDeadlineTest, AHeadMustEndInTimeHoweverManyBytesCome) {
  harness_.send("GET / HT");
  pass(seconds(6));
  harness_.send("TP/1.1\r\n");
  EXPECT_EQ(left(), 4);
  const auto reply = expire();
  EXPECT_EQ(status_of(reply), 408);
  EXPECT_NE(reply.find("Connection: close"), std::string::npos);
}

TEST_F(ConnectionDeadlineTest, APipelinedHeadStartsItsOwnTime) {
  harness_.send("GET / HT");
  pass(seconds(6));
  harness_.send("TP/1.1\r\nHost: x\r\n\r\nGET");
  EXPECT_EQ(left(), 10);
}

TEST_F(ConnectionDeadlineTest, ABodyMustMakeProgress) {
  harness_.limits().min_body_bytes_per_second = 1;
  harness_.limits().default_max_body_bytes = 1 << 20;
  harness_.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
  EXPECT_EQ(left(), 10);
  harness_.send(std::string(1000, 'a'));
  EXPECT_EQ(left(), 20);
  pass(seconds(12));
  EXPECT_EQ(left(), 8);
  harness_.send("a");
  EXPECT_EQ(left(), 20);
  EXPECT_EQ(status_of(expire()), 408);
}

TEST_F(ConnectionDeadlineTest, ABodyMustKeepItsRate) {
  harness_.limits().default_max_body_bytes = 1 << 20;
  harness_.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
  for (int i = 0; i < 9; ++i) {
    pass(seconds(1));
    harness_.send("a");
  }
  EXPECT_EQ(left(), 1);
  harness_.send(std::string(2048, 'a'));
  EXPECT_EQ(left(), 3);
}

TEST_F(ConnectionDeadlineTest, NothingRunsWhileAnAnswerIsAwaited) {
  harness_.handler = [held = std::shared_ptr<Responder>()](auto, auto responder) mutable {
    held = std::move(responder);
  };
  harness_.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(left(), -1);
}

TEST_F(ConnectionDeadlineTest, AReplyMustBeTakenInTime) {
  connection_.next();
  connection_.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_EQ(connection_.next(), Connection::Want::kWrite);
  pass(seconds(29));
  EXPECT_EQ(left(), 1);
  connection_.sent(1);
  EXPECT_EQ(left(), 30);
  connection_.expire();
  EXPECT_EQ(connection_.next(), Connection::Want::kClose);
}

TEST_F(ConnectionDeadlineTest, TheDrainIsShort) {
  harness_.send("BAD\r\n\r\n");
  EXPECT_EQ(left(), 2);
  pass(seconds(1));
  harness_.send("more");
  EXPECT_EQ(left(), 1);
  expire();
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
}

TEST_F(ConnectionDeadlineTest, IdleConnectionsGoSoonAfterTheServerStops) {
  pass(seconds(3));
  harness_.context.stopping_since = harness_.context.now;
  EXPECT_EQ(left(), 0.5);
}

}  // namespace
}  // namespace minato::http
