// What a request carries and what comes back, with servers that behave.
#include <fstream>
#include <iterator>

#include "core/sha256.h"
#include "fetch_fixture.h"
#include "support/temp_dir.h"

namespace minato::harvest {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(FetchTest, BringsBodyAndHeaders) {
  RawServer server(always(reply("200 OK",
                                "Content-Type: text/CSV; charset=Shift_JIS\r\nETag: \"v1\"\r\n"
                                "Last-Modified: Fri, 20 Nov 2026 08:00:00 GMT\r\n"
                                "Content-Disposition: attachment; filename=\"a.csv\"\r\n",
                                "x,y\n1,2\n")));
  const auto reply = get(server.url("/a.csv#part"));
  ASSERT_TRUE(reply) << reply.error().message.en;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->final_url, server.url("/a.csv"));
  EXPECT_EQ(reply->content_type, "text/csv");
  EXPECT_EQ(reply->charset, "shift_jis");
  EXPECT_EQ(reply->etag, "\"v1\"");
  EXPECT_EQ(reply->last_modified, "Fri, 20 Nov 2026 08:00:00 GMT");
  EXPECT_EQ(reply->file_name, "a.csv");
  EXPECT_EQ(reply->body, "x,y\n1,2\n");
  EXPECT_EQ(reply->size, 8U);
  EXPECT_EQ(reply->sha256, core::sha256_hex("x,y\n1,2\n"));
}

TEST_F(FetchTest, SaysWhoAsksAndForWhat) {
  RawServer server(always(reply("200 OK", "", "x")));
  FetchRequest request;
  request.url = server.url("/データ 1.csv?年=令和");
  request.accept = "application/json";
  request.headers = {{"Authorization", "key-1"}};
  ASSERT_EQ(outcome(request), "ok");
  ASSERT_EQ(server.requests().size(), 1U);
  auto sent = server.requests()[0];
  EXPECT_EQ(sent.target, "/%E3%83%87%E3%83%BC%E3%82%BF%201.csv?%E5%B9%B4=%E4%BB%A4%E5%92%8C");
  EXPECT_EQ(sent.fields["user-agent"], options_.user_agent);
  EXPECT_EQ(sent.fields["accept"], "application/json");
  EXPECT_EQ(sent.fields["authorization"], "key-1");
  EXPECT_EQ(sent.fields["host"], "127.0.0.1:" + std::to_string(server.port()));
  EXPECT_EQ(sent.fields.count("if-none-match"), 0U);
}

TEST_F(FetchTest, AsksConditionally) {
  RawServer server([](const RawRequest& request, Wire& wire) {
    if (request.target == "/robots.txt") {
      wire.send(reply("404 Not Found", "", ""));
      return;
    }
    const auto etag = request.fields.find("if-none-match");
    const bool known = etag != request.fields.end() && etag->second == "\"v1\"";
    wire.send(known ? "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n"
                    : reply("200 OK", "", "x"));
  });
  FetchRequest request;
  request.url = server.url("/a.csv");
  request.etag = "\"v1\"";
  request.last_modified = "Fri, 20 Nov 2026 08:00:00 GMT";
  const auto unchanged = fetcher().fetch(request);
  ASSERT_TRUE(unchanged) << unchanged.error().message.en;
  EXPECT_EQ(unchanged->status, 304);
  EXPECT_EQ(unchanged->sha256, "");
  EXPECT_EQ(server.requests()[0].fields.at("if-modified-since"), "Fri, 20 Nov 2026 08:00:00 GMT");
  request.etag = "\"v0\"";
  EXPECT_EQ(fetcher().fetch(request)->status, 200);
}

TEST_F(FetchTest, TakesNo304ThatNobodyAskedFor) {
  RawServer server(always("HTTP/1.1 304 Not Modified\r\n\r\n"));
  EXPECT_EQ(outcome(server.url("/")), "harvest-status");
}

TEST_F(FetchTest, WritesToAFile) {
  const test::TempDir folder;
  const std::string body(3'000'000, 'x');
  RawServer server(always(reply("200 OK", "", body)));
  FetchRequest request;
  request.url = server.url("/big.csv");
  request.to_file = folder.path() + "/big";
  const auto reply = fetcher().fetch(request);
  ASSERT_TRUE(reply) << reply.error().message.en;
  EXPECT_EQ(reply->body, "");
  EXPECT_EQ(reply->size, body.size());
  EXPECT_EQ(reply->sha256, core::sha256_hex(body));
  EXPECT_EQ(content_of(request.to_file), body);
}

TEST_F(FetchTest, LeavesNoFileBehindWhenItFails) {
  const test::TempDir folder;
  RawServer server(
      always("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf"));
  options_.limits.speed_window_ms = 100;
  FetchRequest request;
  request.url = server.url("/half.csv");
  request.to_file = folder.path() + "/half";
  EXPECT_NE(outcome(request), "ok");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(FetchTest, SaysWhenTheFileCannotBeWritten) {
  RawServer server(always(reply("200 OK", "", "x")));
  FetchRequest request;
  request.url = server.url("/a.csv");
  request.to_file = "/nonexistent/folder/a";
  EXPECT_EQ(outcome(request), "storage-io");
}

TEST_F(FetchTest, ReadsChunksAndGzip) {
  const std::string zipped = gzipped("a,b\n1,2\n");
  const std::string first = zipped.substr(0, 10);
  const std::string rest = zipped.substr(10);
  std::string chunked =
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
  chunked += "a\r\n" + first + "\r\n";
  char size[8];
  std::snprintf(size, sizeof size, "%zx", rest.size());
  chunked += std::string(size) + "\r\n" + rest + "\r\n0\r\nX-Trailer: 1\r\n\r\n";
  RawServer server(always(chunked));
  const auto reply = get(server.url("/"));
  ASSERT_TRUE(reply) << reply.error().message.en;
  EXPECT_EQ(reply->body, "a,b\n1,2\n");
  EXPECT_EQ(reply->sha256, core::sha256_hex("a,b\n1,2\n"));
}

TEST_F(FetchTest, ReadsAnEmptyBodyAndOneThatEndsWithTheConnection) {
  RawServer server([](const RawRequest& request, Wire& wire) {
    if (request.target == "/empty") {
      wire.send(reply("200 OK", "", ""));
    } else {
      wire.send("HTTP/1.0 200 OK\r\n\r\nold");
      wire.close();
    }
  });
  EXPECT_EQ(get(server.url("/empty"))->size, 0U);
  EXPECT_EQ(get(server.url("/old"))->body, "old");
}

TEST_F(FetchTest, TellsTheStatusOfARefusal) {
  RawServer server(always(reply("404 Not Found", "", "gone")));
  const auto reply = get(server.url("/x"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().id, "harvest-status");
  EXPECT_EQ(reply.error().code, core::ErrorCode::kUpstream);
  ASSERT_EQ(reply.error().details.size(), 1U);
  EXPECT_EQ(reply.error().details[0].param, "status");
  EXPECT_EQ(reply.error().details[0].got, "404");
  EXPECT_EQ(server.requests().size(), 1U);  // no second try
}

TEST_F(FetchTest, KeepsOneConnectionPerHost) {
  std::atomic<int> connections{0};
  RawServer server([&](const RawRequest& request, Wire& wire) {
    static thread_local bool counted = false;  // a thread is a connection
    if (!std::exchange(counted, true)) ++connections;
    always(reply("200 OK", "", request.target))(request, wire);
  });
  for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(server.url("/" + std::to_string(i))), "ok");
  EXPECT_EQ(connections, 1);
}

TEST_F(FetchTest, CountsItsUse) {
  RawServer server(always(reply("200 OK", "", "12345")));
  ASSERT_EQ(outcome(server.url("/a")), "ok");
  ASSERT_EQ(outcome(server.url("/b")), "ok");
  EXPECT_EQ(fetcher().usage().requests, 3);  // robots.txt too
  EXPECT_EQ(fetcher().usage().bytes, 10);
}

TEST_F(FetchTest, RefusesSettingsItCannotUse) {
  options_.allow_networks = {"everything"};
  EXPECT_EQ(CurlFetcher::create(options_, clock_).error().id, "harvest-networks");
  options_.allow_networks = {};
  options_.user_agent = "minato\r\nX-Evil: 1";
  EXPECT_EQ(CurlFetcher::create(options_, clock_).error().id, "harvest-header");
}

}  // namespace
}  // namespace minato::harvest
