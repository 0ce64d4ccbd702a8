#include "http/compression.h"

#include <gtest/gtest.h>

#include <random>

#include "unit/http/decoded.h"

namespace minato::http {
namespace {

std::string noise(std::size_t size) {
  std::mt19937 random(7);
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>(random());
  return out;
}

class Compression : public testing::TestWithParam<Coding> {};

TEST_P(Compression, RoundTripsTextNoiseAndNothing) {
  for (const std::string& text : {std::string(), std::string(300'000, 'a'), noise(100'000)}) {
    const auto coded = compress(text, GetParam());
    ASSERT_TRUE(coded.has_value());
    EXPECT_EQ(decoded(*coded, GetParam()), text);
  }
}

TEST_P(Compression, FlushesEverySliceOfASource) {
  int pulls = 0;
  const BodySource source = [&pulls](std::string& out) -> core::Result<bool> {
    out += "slice " + std::to_string(++pulls) + "\n";
    return pulls < 3;
  };
  BodySource coded = compress_source(source, GetParam()).value();
  std::string bytes;
  EXPECT_TRUE(coded(bytes).value());
  EXPECT_EQ(pulls, 1);
  EXPECT_EQ(decoded(bytes, GetParam()), "slice 1\n");
  EXPECT_TRUE(coded(bytes).value());
  EXPECT_FALSE(coded(bytes).value());
  EXPECT_EQ(decoded(bytes, GetParam()), "slice 1\nslice 2\nslice 3\n");
}

TEST_P(Compression, TakesEmptySlices) {
  int pulls = 0;
  BodySource coded = compress_source(
                         [&pulls](std::string& out) -> core::Result<bool> {
                           if (++pulls == 2) out += "x";
                           return pulls < 4;
                         },
                         GetParam())
                         .value();
  std::string bytes;
  while (coded(bytes).value()) {
  }
  EXPECT_EQ(decoded(bytes, GetParam()), "x");
}

TEST_P(Compression, PassesASourcesErrorOnWithoutATrailer) {
  int pulls = 0;
  BodySource coded = compress_source(
                         [&pulls](std::string& out) -> core::Result<bool> {
                           out += "x";
                           if (++pulls == 2) return core::fail_internal("disk");
                           return true;
                         },
                         GetParam())
                         .value();
  std::string bytes;
  EXPECT_TRUE(coded(bytes).has_value());
  const std::size_t before = bytes.size();
  EXPECT_EQ(coded(bytes).error().internal, "disk");
  EXPECT_EQ(bytes.size(), before);
}

INSTANTIATE_TEST_SUITE_P(Codings, Compression, testing::Values(Coding::kGzip, Coding::kZstd));

TEST(Compressible, IsTextAndNotWhatIsPackedAlready) {
  for (const char* type : {"text/csv", "application/json;charset=utf-8", "application/problem+json",
                           "image/svg+xml", "application/ld+json", "text/html; charset=utf-8"}) {
    EXPECT_TRUE(is_compressible(type)) << type;
  }
  for (const char* type :
       {"", "application/zip", "image/png", "application/pdf", "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}) {
    EXPECT_FALSE(is_compressible(type)) << type;
  }
}

}  // namespace
}  // namespace minato::http
