// Replies whose body is pulled or comes from files.
#include <fcntl.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "http/server/body_sink.h"
#include "unit/http/server/connection_harness.h"

namespace minato::http {
namespace {

class ConnectionBodyTest : public testing::Test {
 protected:
  void answer_with(std::function<Response()> make) {
    harness_.handler = [make = std::move(make)](auto, auto responder) { responder->send(make()); };
  }
  std::string get(std::string_view version = "HTTP/1.1", std::string_view method = "GET") {
    return harness_.send(std::string(method) + " / " + std::string(version) +
                         "\r\nHost: x\r\n\r\n");
  }

  ConnectionHarness harness_;
  Connection& connection_ = harness_.open();
};

// Gives each piece in a call of its own.
BodySource source_of(std::vector<std::string> pieces) {
  return [pieces = std::move(pieces), next = std::size_t{0}](std::string& out) mutable {
    if (next < pieces.size()) out += pieces[next++];
    return next < pieces.size();
  };
}

Response streamed(BodySource source) {
  Response response;
  response.body = std::move(source);
  return response;
}

TEST_F(ConnectionBodyTest, SendsASourceInChunks) {
  answer_with([] { return streamed(source_of({"hello", "", std::string(300, 'x'), "!"})); });
  const auto reply = get();
  EXPECT_NE(reply.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(body_of(reply),
            "5\r\nhello\r\n12c\r\n" + std::string(300, 'x') + "\r\n1\r\n!\r\n0\r\n\r\n");
  EXPECT_EQ(harness_.wants, Connection::Want::kRead);
}

TEST_F(ConnectionBodyTest, SendsAnEmptySource) {
  answer_with([] { return streamed(source_of({})); });
  EXPECT_EQ(body_of(get()), "0\r\n\r\n");
  EXPECT_EQ(body_of(get()), "0\r\n\r\n");
}

TEST_F(ConnectionBodyTest, SendsASourceToHttp10UntilClose) {
  answer_with([] { return streamed(source_of({"ab", "cd"})); });
  const auto reply = get("HTTP/1.0");
  EXPECT_EQ(body_of(reply), "abcd");
  EXPECT_EQ(reply.find("Transfer-Encoding"), std::string::npos);
  EXPECT_TRUE(harness_.half_closed);
}

TEST_F(ConnectionBodyTest, DoesNotPullForHead) {
  bool pulled = false;
  answer_with([&] { return streamed([&](std::string&) { return pulled = true; }); });
  EXPECT_EQ(body_of(get("HTTP/1.1", "HEAD")), "");
  EXPECT_FALSE(pulled);
  EXPECT_EQ(harness_.wants, Connection::Want::kRead);
}

TEST_F(ConnectionBodyTest, PullsOnlyWhenTheLastSliceIsInTheKernel) {
  int pulls = 0;
  answer_with([&] {
    return streamed([&](std::string& out) {
      out.append(1000, 'a');
      return ++pulls < 3;
    });
  });
  connection_.next();
  connection_.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  harness_.max_write = 100;
  ASSERT_EQ(connection_.next(), Connection::Want::kWrite);
  EXPECT_EQ(pulls, 0);
  std::size_t sent = 0;
  while (connection_.next() == Connection::Want::kWrite) {
    sent += harness_.write_once().size();
    EXPECT_LE(static_cast<std::size_t>(pulls), sent / 1000 + 1);
  }
  EXPECT_EQ(pulls, 3);
}

TEST_F(ConnectionBodyTest, BreaksTheTransferWhenTheSourceFails) {
  answer_with([] {
    return streamed([calls = 0](std::string& out) mutable -> core::Result<bool> {
      if (++calls == 2) return core::fail_internal("secret");
      out += "data";
      return true;
    });
  });
  const auto reply = get();
  EXPECT_EQ(body_of(reply), "4\r\ndata\r\n");
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
}

TEST_F(ConnectionBodyTest, BreaksTheTransferWhenTheSourceThrowsOrNeverGives) {
  answer_with([] { return streamed([](std::string&) -> core::Result<bool> { throw 1; }); });
  EXPECT_EQ(body_of(get()), "");
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
  harness_.open();
  answer_with([] { return streamed([](std::string&) { return true; }); });
  EXPECT_EQ(body_of(get()), "");
  EXPECT_EQ(harness_.wants, Connection::Want::kClose);
}

TEST_F(ConnectionBodyTest, SendsFilesAndBytesOneAfterTheOther) {
  const auto file = std::make_shared<const FileDescriptor>(
      open_spool_file(std::filesystem::temp_directory_path()));
  ASSERT_EQ(::pwrite(file->get(), "0123456789", 10, 0), 10);
  answer_with([&] {
    Response response;
    BodyParts parts;
    parts.emplace_back(std::string("["));
    parts.emplace_back(FileSlice{file, 2, 3});
    parts.emplace_back(std::string("]["));
    parts.emplace_back(FileSlice{file, 7, 2});
    parts.emplace_back(std::string("]"));
    response.body = std::move(parts);
    return response;
  });
  const auto reply = get();
  EXPECT_NE(reply.find("Content-Length: 9\r\n"), std::string::npos);
  EXPECT_EQ(body_of(reply), "[234][78]");
  EXPECT_EQ(file.use_count(), 1);
}

TEST_F(ConnectionBodyTest, SharesConstantBodies) {
  const auto shared = std::make_shared<const std::string>("constant");
  answer_with([&] {
    Response response;
    response.body = shared;
    return response;
  });
  harness_.max_write = 3;
  EXPECT_EQ(body_of(get()), "constant");
  EXPECT_EQ(body_of(get()), "constant");
}

TEST_F(ConnectionBodyTest, SpoolsLargeRequestBodies) {
  harness_.limits().default_max_body_bytes = 1 << 20;
  std::string content;
  harness_.handler = [&](auto request, auto responder) {
    content.resize(request->body.size);
    EXPECT_EQ(::read(request->body.spool.get(), content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
    responder->send({});
  };
  const std::string body(200'000, 'q');
  harness_.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
  for (std::size_t i = 0; i < body.size(); i += 4090) {
    harness_.send(std::string_view(body).substr(i, 4090));
  }
  EXPECT_EQ(content, body);
  EXPECT_EQ(harness_.wants, Connection::Want::kRead);
}

}  // namespace
}  // namespace minato::http
