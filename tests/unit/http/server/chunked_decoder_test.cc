#include "http/server/chunked_decoder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace minato::http {
namespace {

struct Decoded {
  std::string body;
  std::size_t consumed = 0;
  ChunkedDecoder::State state = ChunkedDecoder::State::kMore;
  int status = 0;
};

// Feeds `text` in the pieces that end at `ends`.
Decoded decode(std::string_view text, std::vector<std::size_t> ends = {}) {
  ChunkedDecoder decoder;
  Decoded result;
  ends.push_back(text.size());
  for (const std::size_t end : ends) {
    while (result.consumed < end && result.state == ChunkedDecoder::State::kMore) {
      const auto step = decoder.decode(text.substr(result.consumed, end - result.consumed));
      result.body += step.data;
      result.consumed += step.consumed;
      result.state = step.state;
    }
  }
  result.status = decoder.refusal().status;
  return result;
}

TEST(ChunkedDecoder, JoinsChunksAndStopsAfterTheLast) {
  const auto result = decode("5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\nGET / HTTP/1.1");
  EXPECT_EQ(result.body, "hello!");
  EXPECT_EQ(result.state, ChunkedDecoder::State::kDone);
  EXPECT_EQ(result.consumed, 25U);
}

TEST(ChunkedDecoder, GivesTheSameForEverySplit) {
  const std::string text =
      "A;e=\"1\"\r\n0123456789\r\n3\r\nabc\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\n";
  for (std::size_t first = 1; first < text.size(); ++first) {
    for (std::size_t second = first; second < text.size(); ++second) {
      const auto result = decode(text, {first, second});
      ASSERT_EQ(result.body, "0123456789abc") << first << " " << second;
      ASSERT_EQ(result.state, ChunkedDecoder::State::kDone);
      ASSERT_EQ(result.consumed, text.size());
    }
  }
}

TEST(ChunkedDecoder, WaitsForMore) {
  EXPECT_EQ(decode("5\r\nhel").state, ChunkedDecoder::State::kMore);
  EXPECT_EQ(decode("5\r\nhello\r\n0\r\n\r").state, ChunkedDecoder::State::kMore);
}

TEST(ChunkedDecoder, RefusesWhatIsNotAChunk) {
  const std::vector<std::string> texts = {
      "\r\n",       ";\r\n",         "g\r\n",       "-1\r\n",
      "0x5\r\n",    " 5\r\n",        "5 \r\n",      "5\n",
      "5\rx",       "1\r\nab\r\n",   "1\r\na\n",    "1\r\na\rx",
      "0\r\n\n",    "0\r\n\rx",      "0\r\nA: b\n", "1000000000000000\r\n",
      "5;\x01\r\n", "0\r\nA\x01\r\n"};
  for (const auto& text : texts) EXPECT_EQ(decode(text).status, 400) << text;
}

TEST(ChunkedDecoder, LimitsSizeLinesAndTrailers) {
  EXPECT_EQ(decode("1;" + std::string(200, 'x') + "\r\na\r\n").status, 0);
  EXPECT_EQ(decode("1;" + std::string(300, 'x')).status, 400);
  EXPECT_EQ(decode("000000000000001\r\na\r\n").status, 0);
  EXPECT_EQ(decode(std::string(16, '0')).status, 400);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 1000; ++i) trailers += "A: 3456789\r\n";
  EXPECT_EQ(decode(trailers).status, 431);
}

}  // namespace
}  // namespace minato::http
