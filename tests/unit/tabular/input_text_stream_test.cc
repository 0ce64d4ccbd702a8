#include "tabular/input/text_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

namespace minato::tabular {
namespace {

constexpr std::size_t kStep = std::size_t{256} * 1024;

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes, std::optional<std::size_t> fails_at = std::nullopt)
      : bytes_(std::move(bytes)), fails_at_(fails_at) {}
  core::Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (fails_at_ && at_ >= *fails_at_) return core::fail_internal("disk");
    const std::size_t got = std::min(size, bytes_.size() - at_);
    std::memcpy(buffer, bytes_.data() + at_, got);
    at_ += got;
    return got;
  }
  core::Result<void> rewind() override {
    at_ = 0;
    return {};
  }

 private:
  std::string bytes_;
  std::optional<std::size_t> fails_at_;
  std::size_t at_ = 0;
};

// Characters that chunks cut in two, and one bad byte at the very end.
std::string long_text() {
  std::string text = "x";
  while (text.size() < 5'000'000) text += "神奈川県横浜市";
  return text;
}

TextStream stream_of(std::string bytes, std::optional<std::size_t> fails_at = std::nullopt) {
  return {std::make_unique<MemorySource>(std::move(bytes), fails_at),
          text::make_decoder(text::Encoding::kUtf8)};
}

std::string rest_of(TextStream& stream) {
  std::string text;
  while (true) {
    const auto more = stream.more(text, kStep);
    if (!more.value()) return text;
  }
}

TEST(TextStream, GivesALongTextWhole) {
  const std::string text = long_text();
  TextStream stream = stream_of(text + "\xFF");
  EXPECT_TRUE(rest_of(stream) == text + "\xEF\xBF\xBD");
  EXPECT_EQ(stream.decoder().replaced_bytes(), 1);
}

TEST(TextStream, GoesOnWhereItWasAfterALookAtItsCounts) {
  const std::string text = long_text();
  TextStream stream = stream_of(text);
  std::string begin;
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(stream.more(begin, kStep).value());
  EXPECT_EQ(stream.decoder().replaced_bytes(), 0);
  EXPECT_TRUE(begin + rest_of(stream) == text);
}

TEST(TextStream, BeginsAgainFromAnywhere) {
  const std::string text = long_text();
  TextStream stream = stream_of(text);
  std::string begin;
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(stream.more(begin, kStep).value());
  ASSERT_TRUE(stream.rewind());
  EXPECT_TRUE(rest_of(stream) == text);
}

TEST(TextStream, ReportsAFaultBehindWhatWasRead) {
  const std::string text = long_text();
  TextStream stream = stream_of(text, 3'000'000);
  std::string read;
  core::Result<bool> more = true;
  while (more && *more) more = stream.more(read, kStep);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().internal, "disk");
  EXPECT_GE(read.size(), 2'900'000U);
  EXPECT_TRUE(text.starts_with(read));
}

}  // namespace
}  // namespace minato::tabular
