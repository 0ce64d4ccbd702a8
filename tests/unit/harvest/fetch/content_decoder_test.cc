#include "harvest/fetch/content_decoder.h"

#include <gtest/gtest.h>

#include <string>

#include "raw_server.h"

namespace minato::harvest {
namespace {

using Step = ContentDecoder::Step;

struct Decoded {
  Step step = Step::kGoOn;
  std::string text;
  bool is_whole = false;
};

Decoded decode(std::string_view coding, std::string_view bytes, std::size_t piece) {
  Decoded decoded;
  const auto decoder = ContentDecoder::create(coding);
  for (std::size_t i = 0; i < bytes.size() && decoded.step == Step::kGoOn; i += piece) {
    decoded.step = decoder->decode(bytes.substr(i, piece), [&](std::string_view part) {
      decoded.text += part;
      return true;
    });
  }
  decoded.is_whole = decoder->is_whole();
  return decoded;
}

std::string sample() {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i * 7919) + ",";
  return text;
}

TEST(ContentDecoder, InflatesGzipInPiecesOfAnySize) {
  const std::string text = sample();
  for (const std::size_t piece : {1, 7, 1'000, 1'000'000}) {
    const Decoded decoded = decode("GZIP", gzipped(text), piece);
    EXPECT_EQ(decoded.text, text) << piece;
    EXPECT_TRUE(decoded.is_whole);
  }
}

TEST(ContentDecoder, ReadsSeveralMembersAndPadding) {
  const Decoded decoded = decode("gzip", gzipped("a,") + gzipped("b") + std::string(8, '\0'), 5);
  EXPECT_EQ(decoded.text, "a,b");
  EXPECT_TRUE(decoded.is_whole);
}

TEST(ContentDecoder, InflatesBothKindsOfDeflate) {
  const std::string gzip = gzipped(sample());
  const std::string raw = gzip.substr(10, gzip.size() - 18);  // without header, CRC and size
  EXPECT_EQ(decode("deflate", raw, 100).text, sample());
  EXPECT_TRUE(decode("deflate", raw, 100).is_whole);
  const std::string_view zlib("\x78\x9c\x4b\x4c\x4a\x06\x00\x02\x4d\x01\x27", 11);
  EXPECT_EQ(decode("deflate", zlib, 3).text, "abc");
}

TEST(ContentDecoder, NoticesAnEarlyEnd) {
  const std::string gzip = gzipped(sample());
  const Decoded decoded = decode("gzip", gzip.substr(0, gzip.size() - 4), 512);
  EXPECT_EQ(decoded.step, Step::kGoOn);
  EXPECT_FALSE(decoded.is_whole);
}

TEST(ContentDecoder, NoticesDamage) {
  std::string gzip = gzipped(sample());
  gzip[gzip.size() / 2] = static_cast<char>(~gzip[gzip.size() / 2]);
  EXPECT_EQ(decode("gzip", gzip, 512).step, Step::kDamaged);
  EXPECT_EQ(decode("gzip", "plain text", 512).step, Step::kDamaged);
}

TEST(ContentDecoder, KnowsNoOtherCodings) {
  EXPECT_EQ(ContentDecoder::create("br"), nullptr);
  EXPECT_EQ(ContentDecoder::create("gzip, gzip"), nullptr);
  EXPECT_EQ(decode("", "x,y", 2).text, "x,y");
  EXPECT_EQ(decode("identity", "x,y", 2).text, "x,y");
}

}  // namespace
}  // namespace minato::harvest
