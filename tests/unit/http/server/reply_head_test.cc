#include "http/server/reply_head.h"

#include <gtest/gtest.h>

#include <string>

namespace minato::http {
namespace {

std::string head_of(const Response& response, const ReplyFraming& framing) {
  std::string out;
  write_reply_head(response, framing, out);
  return out;
}

TEST(ReplyHead, WritesStatusDateFieldsAndLength) {
  Response response;
  response.status = 404;
  response.headers.add("Content-Type", "text/plain");
  EXPECT_EQ(head_of(response, {true, false, BodyFraming::kLength, 12, "D"}),
            "HTTP/1.1 404 Not Found\r\nDate: D\r\nContent-Type: text/plain\r\nContent-Length: "
            "12\r\n\r\n");
}

TEST(ReplyHead, SaysWhatBecomesOfTheConnection) {
  const Response response;
  EXPECT_NE(
      head_of(response, {true, true, BodyFraming::kNone, 0, ""}).find("Connection: close\r\n"),
      std::string::npos);
  EXPECT_NE(head_of(response, {false, false, BodyFraming::kNone, 0, ""})
                .find("Connection: keep-alive\r\n"),
            std::string::npos);
  EXPECT_EQ(head_of(response, {true, false, BodyFraming::kNone, 0, ""}).find("Connection"),
            std::string::npos);
}

TEST(ReplyHead, KeepsItsOwnFieldsToItself) {
  Response response;
  for (const auto* name :
       {"content-length", "DATE", "Connection", "Transfer-Encoding", "Keep-Alive"}) {
    response.headers.add(name, "forged");
  }
  EXPECT_EQ(head_of(response, {true, false, BodyFraming::kChunked, 0, "D"}),
            "HTTP/1.1 200 OK\r\nDate: D\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST(ReplyHead, RefusesFieldsThatWouldSplitTheReply) {
  const auto sendable = [](const std::string& name, const std::string& value) {
    Response response;
    response.headers.add(name, value);
    return is_sendable(response);
  };
  EXPECT_TRUE(sendable("A", "b \xe3\x81\x82"));
  EXPECT_FALSE(sendable("A", "b\r\nC: d"));
  EXPECT_FALSE(sendable("A", "b\nC"));
  EXPECT_FALSE(sendable("A", std::string("b\0", 2)));
  EXPECT_FALSE(sendable("A: b\r\nC", "d"));
  EXPECT_FALSE(sendable("", "d"));
}

TEST(ReplyHead, RefusesStatusesThatAreNotFinal) {
  Response response;
  for (const int status : {0, 100, 199, 600, -1}) {
    response.status = status;
    EXPECT_FALSE(is_sendable(response)) << status;
  }
}

TEST(ReplyHead, CountsTheBody) {
  Response response;
  response.body = std::string("abc");
  EXPECT_EQ(body_length(response), 3U);
  response.body = std::make_shared<const std::string>("abcd");
  EXPECT_EQ(body_length(response), 4U);
  response.body = std::shared_ptr<const std::string>();
  EXPECT_EQ(body_length(response), 0U);
  response.body = FileSlice{nullptr, 7, 1000};
  EXPECT_EQ(body_length(response), 1000U);
  BodyParts parts;
  parts.emplace_back(std::string("xy"));
  parts.emplace_back(FileSlice{nullptr, 7, 5});
  response.body = std::move(parts);
  EXPECT_EQ(body_length(response), 7U);
  response.body = BodySource([](std::string&) { return false; });
  EXPECT_EQ(body_length(response), std::nullopt);
}

TEST(ReplyHead, NamesEveryStatus) {
  for (int status = 200; status < 600; ++status) EXPECT_FALSE(reason_phrase(status).empty());
}

}  // namespace
}  // namespace minato::http
