#include "http/server/connection.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "unit/http/server/connection_harness.h"

namespace minato::http {
namespace {

using Want = Connection::Want;

class ConnectionTest : public testing::Test {
 protected:
  std::string exchange(std::string_view bytes) { return harness_.send(bytes); }
  ConnectionHarness harness_;
  Connection& connection_ = harness_.open();
};

TEST_F(ConnectionTest, AnswersAndWaitsForTheNextRequest) {
  const auto reply = exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(
      reply,
      "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 7\r\n\r\nGET /a ");
  EXPECT_EQ(harness_.wants, Want::kRead);
  EXPECT_EQ(harness_.requests.at(0)->peer, "192.0.2.1");
  EXPECT_EQ(status_of(exchange("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")), 200);
}

TEST_F(ConnectionTest, AnswersPipelinedRequestsInOrderOneAtATime) {
  std::vector<std::shared_ptr<Responder>> waiting;
  harness_.handler = [&](auto, auto responder) { waiting.push_back(std::move(responder)); };
  EXPECT_EQ(
      exchange("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\nGET /3 HTT"),
      "");
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(harness_.wants, Want::kAnswer);
  waiting[0]->send({});
  EXPECT_EQ(status_of(harness_.deliver()), 200);
  ASSERT_EQ(waiting.size(), 2U);
  waiting[1]->send({});
  harness_.deliver();
  EXPECT_EQ(harness_.wants, Want::kRead);
  exchange("P/1.1\r\nHost: x\r\n\r\n");
  ASSERT_EQ(waiting.size(), 3U);
  EXPECT_EQ(harness_.requests[2]->target, "/3");
}

TEST_F(ConnectionTest, ReadsBodiesHoweverTheBytesAreSplit) {
  const std::string with_length = "POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
  const std::string chunked =
      "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
  const std::string text = with_length + chunked + with_length;
  for (std::size_t split = 1; split < text.size(); ++split) {
    harness_.open();
    std::string replies = exchange(std::string_view(text).substr(0, split));
    replies += exchange(std::string_view(text).substr(split));
    ASSERT_NE(replies.find("POST /l hello"), std::string::npos) << split;
    ASSERT_NE(replies.find("POST /c hello"), std::string::npos) << split;
    ASSERT_EQ(harness_.requests.size(), split * 3);
  }
}

TEST_F(ConnectionTest, ReadsByteByByte) {
  const std::string text =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
  std::string reply;
  for (const char byte : text) reply += exchange({&byte, 1});
  EXPECT_EQ(body_of(reply), "POST / ab");
}

TEST_F(ConnectionTest, InvitesABodyThatWaits) {
  const std::string head =
      "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(exchange(head), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(body_of(exchange("ab")), "POST / ab");
  EXPECT_EQ(body_of(exchange(head + "cd")), "POST / cd");
}

TEST_F(ConnectionTest, DoesNotInviteABodyItWillRefuse) {
  harness_.context.server->callbacks.max_body = [](const Request& head) {
    return head.target == "/big" ? 100U : 1U;
  };
  const std::string fields =
      " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(status_of(exchange("POST /big" + fields)), 100);
  exchange("ab");
  EXPECT_EQ(status_of(exchange("POST /small" + fields)), 413);
  EXPECT_EQ(harness_.requests.size(), 1U);
}

TEST_F(ConnectionTest, StopsAChunkedBodyAtTheLimitAndReadsNoRequestOutOfIt) {
  harness_.limits().default_max_body_bytes = 4;
  const auto reply = exchange(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(reply), 413);
  EXPECT_NE(reply.find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(harness_.half_closed);
  EXPECT_EQ(exchange("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"), "");
  EXPECT_TRUE(harness_.requests.empty());
}

TEST_F(ConnectionTest, DrainsALimitedAmountAfterTheLastReply) {
  harness_.limits().max_drain_bytes = 10;
  exchange("BAD\r\n\r\n");
  EXPECT_EQ(harness_.wants, Want::kRead);
  exchange("12345");
  EXPECT_EQ(harness_.wants, Want::kRead);
  exchange("67890");
  EXPECT_EQ(harness_.wants, Want::kClose);
}

TEST_F(ConnectionTest, ClosesWhenTheClientHasLeftAfterTheLastReply) {
  exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  connection_.receive_end();
  EXPECT_EQ(connection_.next(), Want::kClose);
}

TEST_F(ConnectionTest, AnswersAHalfClosedClient) {
  std::shared_ptr<Responder> waiting;
  harness_.handler = [&](auto, auto responder) { waiting = std::move(responder); };
  exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  waiting->send({});
  EXPECT_EQ(status_of(harness_.deliver()), 200);
  connection_.receive_end();
  EXPECT_EQ(connection_.next(), Want::kClose);
}

TEST_F(ConnectionTest, GivesHeadTheLengthButNotTheBody) {
  const auto reply = exchange("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(reply.find("Content-Length: 10\r\n"), std::string::npos);
  EXPECT_EQ(body_of(reply), "");
  EXPECT_EQ(harness_.wants, Want::kRead);
}

TEST_F(ConnectionTest, SendsNoBodyWhereNoneIsAllowed) {
  for (const int status : {204, 304}) {
    harness_.handler = [&](auto, auto responder) {
      Response response;
      response.status = status;
      response.body = std::string("not allowed");
      responder->send(std::move(response));
    };
    const auto reply = exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(reply), status);
    EXPECT_EQ(body_of(reply), "");
    EXPECT_EQ(reply.find("Content-Length"), std::string::npos);
  }
}

TEST_F(ConnectionTest, SpeaksToHttp10Clients) {
  auto reply = exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(reply.find("Connection: keep-alive\r\n"), std::string::npos);
  EXPECT_EQ(harness_.wants, Want::kRead);
  reply = exchange("GET / HTTP/1.0\r\n\r\n");
  EXPECT_NE(reply.find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(harness_.half_closed);
}

TEST_F(ConnectionTest, ClosesWhenTheHandlerOrTheServerSaysSo) {
  harness_.handler = [](auto, auto responder) {
    Response response;
    response.close = true;
    responder->send(std::move(response));
  };
  EXPECT_NE(exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n").find("Connection: close"),
            std::string::npos);
  harness_.handler = nullptr;
  harness_.context.server->stopping = true;
  harness_.open();
  EXPECT_NE(exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n").find("Connection: close"),
            std::string::npos);
}

TEST_F(ConnectionTest, TurnsWhateverAHandlerThrowsInto500) {
  harness_.handler = [](auto, auto) { throw 42; };
  const auto reply = exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(reply), 500);
  EXPECT_EQ(body_of(reply), "500 Internal Server Error: internal error\n");
  EXPECT_EQ(harness_.wants, Want::kRead);
}

TEST_F(ConnectionTest, TurnsAForgottenAnswerInto500) {
  harness_.handler = [](auto, auto) {};
  EXPECT_EQ(exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "");
  EXPECT_EQ(status_of(harness_.deliver()), 500);
}

TEST_F(ConnectionTest, TurnsAnUnsendableResponseInto500) {
  harness_.handler = [](auto, auto responder) {
    Response response;
    response.headers.add("Location", "/a\r\nSet-Cookie: x");
    responder->send(std::move(response));
  };
  const auto reply = exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(reply), 500);
  EXPECT_EQ(reply.find("Set-Cookie"), std::string::npos);
}

TEST_F(ConnectionTest, DropsASecondAnswerAndOneForAnEarlierRequest) {
  std::vector<std::shared_ptr<Responder>> responders;
  harness_.handler = [&](auto, auto responder) { responders.push_back(std::move(responder)); };
  exchange("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  Response first;
  first.body = std::string("first");
  responders[0]->send(std::move(first));
  responders[0]->send({});
  EXPECT_EQ(body_of(harness_.deliver()), "first");
  exchange("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  connection_.answer({connection_.id(), 1, Response{}});
  EXPECT_EQ(harness_.run(), "");
  EXPECT_EQ(harness_.wants, Want::kAnswer);
}

TEST_F(ConnectionTest, LetsTheUpperLayerWriteErrors) {
  std::string seen;
  harness_.context.server->callbacks.render_error = [&](int status, const Request* head,
                                                        std::string_view what) {
    seen += std::to_string(status) + (head ? head->target : "?") + std::string(what) + ";";
    Response response;
    response.status = status;
    response.body = std::string("custom");
    return response;
  };
  EXPECT_EQ(body_of(exchange("GET /x HTTP/1.1\r\n\r\n")), "custom");
  harness_.open();
  exchange("\x16\x03");
  EXPECT_EQ(seen, "400/xHost is missing;400?this is not an HTTP request;");
}

TEST_F(ConnectionTest, CountsRequestsInFlight) {
  const auto& in_flight = harness_.context.server->counters.requests_in_flight;
  harness_.handler = [&](auto, auto responder) {
    EXPECT_EQ(in_flight, 1U);
    responder->send({});
  };
  exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(in_flight, 0U);
  exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
  EXPECT_EQ(in_flight, 1U);
  harness_.connection.reset();
  EXPECT_EQ(in_flight, 0U);
}

}  // namespace
}  // namespace minato::http
