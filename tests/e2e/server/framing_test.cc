// Requests framed oddly, wrongly or maliciously.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "e2e/server/client_socket.h"
#include "e2e/server/fixture/checksum.h"
#include "e2e/server/server_process.h"

namespace minato::http {
namespace {

using std::chrono::milliseconds;

class ServerFraming : public testing::Test {
 protected:
  ClientSocket connect() { return ClientSocket(server_.port()); }

  ServerProcess server_{{"max_body=1000000000"}};
};

std::string upload_head(const std::string& framing) {
  return "POST /upload HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n";
}

std::string upload_answer(std::string_view body) {
  return std::to_string(body.size()) + " " + std::to_string(checksum(0, body));
}

TEST_F(ServerFraming, ReadsAChunkedBodySplitAtEveryBoundary) {
  const std::string text =
      upload_head("Transfer-Encoding: chunked") + "5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n";
  auto client = connect();
  for (std::size_t split = 1; split < text.size(); ++split) {
    ASSERT_TRUE(client.send(std::string_view(text).substr(0, split)));
    std::this_thread::sleep_for(milliseconds(2));  // so that the server reads both parts separately
    const auto reply = client.ask(std::string_view(text).substr(split));
    ASSERT_TRUE(reply) << split;
    ASSERT_EQ(reply->body, upload_answer("helloabc")) << split;
  }
}

TEST_F(ServerFraming, ReadsAChunkedBodyByteByByte) {
  const std::string text = upload_head("Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n";
  auto client = connect();
  for (const char byte : text) {
    ASSERT_TRUE(client.send({&byte, 1}));
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(client.read()->body, upload_answer("hello"));
}

TEST_F(ServerFraming, ReadsLargeUploadsInSmallChunks) {
  std::string body(20 << 20, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 7 + i / 1000);
  for (const std::size_t chunk : {1000U, 4090U}) {
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", chunk);
    auto client = connect();
    ASSERT_TRUE(client.send(upload_head("Transfer-Encoding: chunked")));
    for (std::size_t at = 0; at < body.size(); at += chunk) {
      const auto data = std::string_view(body).substr(at, chunk);
      if (data.size() < chunk) std::snprintf(size, sizeof size, "%zx\r\n", data.size());
      ASSERT_TRUE(client.send(size + std::string(data) + "\r\n"));
    }
    const auto reply = client.ask("0\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, upload_answer(body));
  }
}

// Each could be read as two requests by someone: the answer must be one refusal and the end.
TEST_F(ServerFraming, RefusesWhatCouldSmuggleARequest) {
  const std::string inner = "GET /id/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string chunked_end = "0\r\n\r\n" + inner;
  struct Attack {
    std::string text;
    int status;
  };
  const std::vector<Attack> attacks = {
      {upload_head("Content-Length: 4\r\nTransfer-Encoding: chunked") + chunked_end, 400},
      {upload_head("Transfer-Encoding: chunked\r\nContent-Length: 4") + chunked_end, 400},
      {upload_head("Content-Length: 0\r\nContent-Length: 38") + inner, 400},
      {upload_head("Content-Length: 38\r\nContent-Length: 38") + inner, 400},
      {upload_head("Content-Length: 0, 38") + inner, 400},
      {upload_head("Content-Length: +38") + inner, 400},
      {upload_head("Content-Length : 38") + inner, 400},
      {upload_head("Content-Length:\t38 0") + inner, 400},
      {upload_head("Transfer-Encoding: xchunked") + chunked_end, 501},
      {upload_head("Transfer-Encoding: chunked, identity") + chunked_end, 501},
      {upload_head("Transfer-Encoding: identity, chunked") + chunked_end, 501},
      {upload_head("Transfer-Encoding: chunked\r\nTransfer-Encoding: x") + chunked_end, 400},
      {upload_head("Transfer-Encoding : chunked") + chunked_end, 400},
      {upload_head("Transfer-Encoding: \x0b"
                   "chunked") +
           chunked_end,
       400},
      {upload_head("Transfer-Encoding:\r\n chunked") + chunked_end, 501},
      {upload_head(" Transfer-Encoding: chunked") + chunked_end, 400},
      {upload_head("X: y\nTransfer-Encoding: chunked") + chunked_end, 400},
      {upload_head("X: y\rTransfer-Encoding: chunked") + chunked_end, 400},
      {"POST /upload HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked_end, 400},
      {upload_head("Transfer-Encoding: chunked") + "0\n\n" + inner, 400},
      {upload_head("Transfer-Encoding: chunked") + "0x0\r\n\r\n" + inner, 400},
      {upload_head("Transfer-Encoding: chunked") + "3\r\nabcX\r\n0\r\n\r\n" + inner, 400},
      {upload_head("Transfer-Encoding: chunked") + "10000000000000000\r\n" + inner, 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + inner, 400},
      {"GET / HTTP/1.1\nHost: a\n\n" + inner, 400},
      {"GET /\r\n\r\n" + inner, 400},
  };
  for (const auto& attack : attacks) {
    auto client = connect();
    ASSERT_TRUE(client.send(attack.text));
    client.shut_write();
    const std::string all = client.read_to_end();
    EXPECT_TRUE(all.starts_with("HTTP/1.1 " + std::to_string(attack.status))) << attack.text << all;
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos) << attack.text << all;
    EXPECT_NE(all.find("Connection: close"), std::string::npos) << all;
  }
}

TEST_F(ServerFraming, DoesNotReadRequestsOutOfARefusedBody) {
  ServerProcess small({"max_body=1000"});
  std::string inner;
  while (inner.size() < 500'000) inner += get("/id/smuggled");
  for (const std::string& framing : {"Content-Length: " + std::to_string(inner.size()),
                                     std::string("Transfer-Encoding: chunked")}) {
    ClientSocket client(small.port());
    client.send(upload_head(framing) + (framing.starts_with("T") ? "f0000\r\n" : ""));
    client.send(inner);
    client.shut_write();
    const std::string all = client.read_to_end();
    EXPECT_TRUE(all.starts_with("HTTP/1.1 413")) << all.substr(0, 100);
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos);
  }
  EXPECT_LT(small.cpu_seconds(), 0.5);
}

TEST_F(ServerFraming, RefusesAnEightMegabyteHeaderLineWithoutReadingItAll) {
  const double before = server_.cpu_seconds();
  auto client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
  const std::string piece(64 * 1024, 'x');
  bool open = true;
  for (int i = 0; i < 128 && open; ++i) open = client.send(piece);
  EXPECT_FALSE(open);
  EXPECT_LT(server_.cpu_seconds() - before, 0.3);
  auto polite = connect();
  polite.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x'));
  EXPECT_EQ(polite.read()->status, 431);
}

TEST_F(ServerFraming, TakesThousandsOfSlashes) {
  EXPECT_EQ(connect().ask(get(std::string(7000, '/')))->status, 404);
  EXPECT_EQ(connect().ask(get(std::string(14'300, '/')))->status, 414);
}

TEST_F(ServerFraming, TakesOddFieldsThatAreNoneOfItsBusiness) {
  auto client = connect();
  for (const auto* field :
       {"Cookie: a", "Cookie: ;;=;", "Date: 31 Feb", "Cache-Control: ,,=,max-age=x", "Accept: */",
        "Authorization: Basic", "Content-Type: ;", "If-Match: \"", "Content-Encoding: ?",
        "User-Agent: \xe3\x81\x82", "Accept-Encoding: q=q=q"}) {
    const auto reply =
        client.ask("GET /id/x HTTP/1.1\r\nHost: a\r\n" + std::string(field) + "\r\n\r\n");
    ASSERT_TRUE(reply) << field;
    EXPECT_EQ(reply->body, "x") << field;
  }
  for (const auto* host : {"", "a:b:c", "[::1", "-", "%%%"}) {
    EXPECT_EQ(
        connect().ask("GET /id/x HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n")->status, 200)
        << host;
  }
  for (const auto* host : {"a b", "a/b", "u@h", "a\"b", "<a>"}) {
    EXPECT_EQ(
        connect().ask("GET /id/x HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n")->status, 400)
        << host;
  }
}

TEST_F(ServerFraming, AnswersEveryPipelinedRequestOfOneSegmentInOrder) {
  std::string requests;
  for (int i = 0; i < 300; ++i) {
    requests += i % 3 == 0 ? get("/pool/" + std::to_string(i)) : get("/id/" + std::to_string(i));
  }
  auto client = connect();
  ASSERT_TRUE(client.send(requests));
  for (int i = 0; i < 300; ++i) {
    const auto reply = client.read();
    ASSERT_TRUE(reply);
    ASSERT_EQ(reply->body, std::to_string(i));
  }
}

TEST_F(ServerFraming, AnswersAClientThatHalfCloses) {
  for (const auto* target : {"/id/half", "/pool/half", "/sleep/100/half"}) {
    auto client = connect();
    client.send(get(target));
    client.shut_write();
    const auto reply = client.read();
    ASSERT_TRUE(reply) << target;
    EXPECT_EQ(reply->body, "half");
    EXPECT_TRUE(client.ended());
  }
}

TEST_F(ServerFraming, AnswersHeadAndContinueAndOldClients) {
  auto client = connect();
  client.send("HEAD /k50 HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto head = client.read(true);
  ASSERT_TRUE(head);
  EXPECT_NE(head->head.find("Content-Length: 51200\r\n"), std::string::npos);
  EXPECT_EQ(client.ask(get("/id/next"))->body, "next");
  client.send(upload_head("Expect: 100-continue\r\nContent-Length: 3"));
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(client.ask("abc")->body, upload_answer("abc"));
  auto old = connect();
  old.send("GET /stream/1 HTTP/1.0\r\n\r\n");
  const std::string all = old.read_to_end();
  EXPECT_EQ(all.size() - all.find("\r\n\r\n") - 4, 1U << 20);
}

TEST_F(ServerFraming, BreaksTheTransferOfAStreamThatFails) {
  auto client = connect();
  client.send(get("/failing"));
  const std::string all = client.read_to_end();
  EXPECT_NE(all.find("first slice\r\n"), std::string::npos);
  EXPECT_FALSE(all.ends_with("0\r\n\r\n"));
  EXPECT_EQ(all.find("broke"), std::string::npos);
}

TEST_F(ServerFraming, AnswersWhenHandlersThrowOrForget) {
  auto client = connect();
  EXPECT_EQ(client.ask(get("/throw"))->status, 500);
  EXPECT_EQ(client.ask(get("/forget"))->status, 500);
  EXPECT_EQ(client.ask(get("/id/still-here"))->body, "still-here");
}

}  // namespace
}  // namespace minato::http
