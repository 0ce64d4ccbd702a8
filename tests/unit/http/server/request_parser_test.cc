#include "http/server/request_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace minato::http {
namespace {

struct Parsed {
  Refusal refusal;
  RequestHead head;
};

Parsed parse(const std::string& text) {
  const Limits limits;
  Parsed parsed;
  HeadScanner scanner(limits);
  switch (scanner.scan(text)) {
    case HeadScanner::State::kRefused:
      parsed.refusal = scanner.refusal();
      break;
    case HeadScanner::State::kMore:
      parsed.refusal = {408, "incomplete"};
      break;
    case HeadScanner::State::kComplete:
      parsed.refusal =
          parse_head(std::string_view(text).substr(scanner.head_begin(),
                                                   scanner.head_end() - scanner.head_begin()),
                     limits, parsed.head);
  }
  return parsed;
}

int status_of(const std::string& text) { return parse(text).refusal.status; }

std::string with_fields(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

TEST(RequestParser, ReadsRequestLineAndFieldsInOrder) {
  const auto parsed =
      parse("GET /a?b=%20c HTTP/1.1\r\nHost: x:80\r\nX-One:  1 \r\nx-one:\t2\r\nEmpty:\r\n\r\n");
  ASSERT_EQ(parsed.refusal.status, 0) << parsed.refusal.what;
  const auto& request = parsed.head.request;
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/a?b=%20c");
  EXPECT_TRUE(request.http11);
  EXPECT_EQ(request.headers.joined("X-ONE"), "1, 2");
  ASSERT_EQ(request.headers.all().size(), 4U);
  EXPECT_EQ(request.headers.all()[3].second, "");
  EXPECT_TRUE(parsed.head.keep_alive);
  EXPECT_FALSE(parsed.head.has_body());
}

TEST(RequestParser, IgnoresAFewEmptyLinesBeforeTheRequest) {
  EXPECT_EQ(status_of("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(status_of("\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

TEST(RequestParser, FindsTheEndWhereverTheBytesAreSplit) {
  const std::string text = "\r\nGET /x HTTP/1.1\r\nHost: a\r\nB: c\r\n\r\nrest";
  const Limits limits;
  HeadScanner scanner(limits);
  std::size_t end = 0;
  for (std::size_t size = 1; size <= text.size() && end == 0; ++size) {
    const auto state = scanner.scan(std::string_view(text).substr(0, size));
    ASSERT_NE(state, HeadScanner::State::kRefused);
    if (state == HeadScanner::State::kComplete) end = size;
  }
  EXPECT_EQ(end, text.size() - 4);
  EXPECT_EQ(scanner.head_begin(), 2U);
  EXPECT_EQ(scanner.head_end(), end);
}

TEST(RequestParser, TakesAbsoluteFormAndLetsItsAuthorityReplaceHost) {
  const auto parsed = parse("GET http://real.example:81/p?q HTTP/1.1\r\nHost: other\r\n\r\n");
  ASSERT_EQ(parsed.refusal.status, 0);
  EXPECT_EQ(parsed.head.request.target, "/p?q");
  EXPECT_EQ(parsed.head.request.headers.joined("host"), "real.example:81");
  EXPECT_EQ(parse("GET HTTP://h?x=1 HTTP/1.1\r\nHost: h\r\n\r\n").head.request.target, "/?x=1");
  EXPECT_EQ(parse("GET https://h HTTP/1.1\r\nHost: h\r\n\r\n").head.request.target, "/");
}

TEST(RequestParser, TakesAsteriskForOptionsOnly) {
  EXPECT_EQ(status_of("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET * HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

TEST(RequestParser, RefusesMalformedRequestLines) {
  const std::vector<std::string> lines = {"GET /",
                                          "GET  HTTP/1.1",
                                          "GET / a HTTP/1.1",
                                          "GET /a\x01 HTTP/1.1",
                                          "GE(T / HTTP/1.1",
                                          "GET x HTTP/1.1",
                                          "GET / http/1.1",
                                          "GET / HTTP/1.10",
                                          "GET / HTTP/11",
                                          " GET / HTTP/1.1",
                                          "GET /# HTTP/1.1",
                                          "GET http:// HTTP/1.1",
                                          "GET http://a b/ HTTP/1.1",
                                          "GET ftp://a/ HTTP/1.1",
                                          "GET /\x7f HTTP/1.1",
                                          "GET\t/ HTTP/1.1",
                                          "CONNECT a:80 HTTP/1.1"};
  for (const auto& line : lines) EXPECT_EQ(status_of(line + "\r\nHost: a\r\n\r\n"), 400) << line;
}

TEST(RequestParser, KnowsVersions) {
  EXPECT_EQ(status_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
  EXPECT_EQ(status_of("GET / HTTP/0.9\r\nHost: a\r\n\r\n"), 505);
  EXPECT_TRUE(parse("GET / HTTP/1.2\r\nHost: a\r\n\r\n").head.request.http11);
  EXPECT_FALSE(parse("GET / HTTP/1.0\r\n\r\n").head.request.http11);
}

TEST(RequestParser, RefusesAnotherProtocolAtItsFirstByte) {
  const Limits limits;
  EXPECT_EQ(HeadScanner(limits).scan("\x16\x03\x01"), HeadScanner::State::kRefused);
}

TEST(RequestParser, RefusesACarriageReturnBeforeTheRequestWhereverTheBytesAreSplit) {
  const Limits limits;
  const std::string text = "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(HeadScanner(limits).scan(text), HeadScanner::State::kRefused);
  HeadScanner split(limits);
  EXPECT_EQ(split.scan("\r"), HeadScanner::State::kMore);
  EXPECT_EQ(split.scan(text), HeadScanner::State::kRefused);
  HeadScanner empty_line(limits);
  EXPECT_EQ(empty_line.scan("\r"), HeadScanner::State::kMore);
  EXPECT_EQ(empty_line.scan("\r\n" + text.substr(1)), HeadScanner::State::kComplete);
  EXPECT_EQ(empty_line.head_begin(), 2U);
}

TEST(RequestParser, RefusesLinesThatEndWithoutCarriageReturn) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\nHost: a\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\n\n"), 400);
  EXPECT_EQ(status_of("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
  EXPECT_EQ(status_of(with_fields("A: b\rC: d\r\n")), 400);
}

TEST(RequestParser, RefusesMalformedFields) {
  const std::vector<std::string> fields = {
      "No colon\r\n", ": empty\r\n",  "A : b\r\n",   "A: b\r\n folded\r\n",
      "\tA: b\r\n",   "A\x80: b\r\n", "A: \x01\r\n", std::string("A: \0\r\n", 6)};
  for (const auto& field : fields) EXPECT_EQ(status_of(with_fields(field)), 400) << field;
  EXPECT_EQ(status_of(with_fields("A: \xe3\x81\x82\t.\r\n")), 0);
}

TEST(RequestParser, LeavesOddButHarmlessFieldsToOthers) {
  EXPECT_EQ(status_of(with_fields(
                "Cookie: a\r\nDate: yesterday\r\nCache-Control: ===,,;\r\nCookie:;;=\r\n")),
            0);
}

TEST(RequestParser, AsksForExactlyOneHost) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: u@b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), 0);
}

TEST(RequestParser, TakesOneContentLengthOfDigits) {
  EXPECT_EQ(parse(with_fields("Content-Length: 12\r\n")).head.content_length, 12U);
  for (const auto* value :
       {"", "+1", "-1", "1,1", "1 1", "0x1", "1.0", "99999999999999999999999"}) {
    EXPECT_EQ(status_of(with_fields(std::string("Content-Length: ") + value + "\r\n")), 400)
        << value;
  }
  EXPECT_EQ(status_of(with_fields("Content-Length: 1\r\nContent-Length: 1\r\n")), 400);
}

TEST(RequestParser, RefusesEveryAmbiguousTransferEncoding) {
  EXPECT_TRUE(parse(with_fields("Transfer-Encoding: Chunked\r\n")).head.chunked);
  EXPECT_EQ(status_of(with_fields("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")), 400);
  EXPECT_EQ(status_of(with_fields("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")), 400);
  EXPECT_EQ(status_of(with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
            400);
  for (const auto* value :
       {"xchunked", "gzip, chunked", "chunked, identity", "identity", "", "\"chunked\""}) {
    EXPECT_EQ(status_of(with_fields(std::string("Transfer-Encoding: ") + value + "\r\n")), 501)
        << value;
  }
  EXPECT_EQ(status_of(with_fields("Transfer-Encoding: \x0b"
                                  "chunked\r\n")),
            400);
  EXPECT_EQ(status_of(with_fields("Transfer-Encoding : chunked\r\n")), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(RequestParser, LetsCloseWinOverKeepAlive) {
  EXPECT_FALSE(parse(with_fields("Connection: x, Close\r\n")).head.keep_alive);
  EXPECT_FALSE(parse(with_fields("Connection: close, keep-alive\r\n")).head.keep_alive);
  EXPECT_FALSE(parse("GET / HTTP/1.0\r\n\r\n").head.keep_alive);
  EXPECT_TRUE(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").head.keep_alive);
  EXPECT_FALSE(parse("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n").head.keep_alive);
}

TEST(RequestParser, KnowsOneExpectation) {
  EXPECT_TRUE(parse(with_fields("Expect: 100-Continue\r\n")).head.expects_continue);
  EXPECT_EQ(status_of(with_fields("Expect: 200-ok\r\n")), 417);
  EXPECT_FALSE(parse("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n").head.expects_continue);
}

TEST(RequestParser, LimitsLineHeadAndFields) {
  EXPECT_EQ(status_of("GET /" + std::string(8100, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET /" + std::string(8192, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(status_of("GET /" + std::string(9000, 'a')), 414);
  EXPECT_EQ(status_of(with_fields("A: " + std::string(16000, 'a') + "\r\n")), 0);
  EXPECT_EQ(status_of(with_fields("A: " + std::string(17000, 'a') + "\r\n")), 431);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nA: " + std::string(17000, 'a')), 431);
  std::string fields;
  for (int i = 0; i < 99; ++i) fields += "A: b\r\n";
  EXPECT_EQ(status_of(with_fields(fields)), 0);
  EXPECT_EQ(status_of(with_fields(fields + "A: b\r\n")), 431);
}

}  // namespace
}  // namespace minato::http
