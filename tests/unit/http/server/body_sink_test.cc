#include "http/server/body_sink.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <climits>
#include <csignal>
#include <filesystem>
#include <string>

namespace minato::http {
namespace {

constexpr std::uint64_t kUnlimited = UINT64_MAX;

class BodySinkTest : public testing::Test {
 protected:
  std::string directory_ = std::filesystem::temp_directory_path();
  BodySink sink_{{directory_, 1000, INT_MAX}};
  Body body_;
};

std::string content(const Body& body) {
  std::string bytes(body.size, '\0');
  const auto got = ::read(body.spool.get(), bytes.data(), bytes.size());
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

TEST_F(BodySinkTest, KeepsSmallBodiesInMemory) {
  sink_.begin(kUnlimited);
  EXPECT_FALSE(sink_.append(std::string(400, 'a')));
  EXPECT_FALSE(sink_.append(std::string(600, 'b')));
  EXPECT_FALSE(sink_.finish(body_));
  EXPECT_EQ(body_.size, 1000U);
  EXPECT_EQ(body_.memory, std::string(400, 'a') + std::string(600, 'b'));
  EXPECT_FALSE(body_.spool);
}

TEST_F(BodySinkTest, SpoolsLargerBodiesToAFileThatStandsAtItsBeginning) {
  sink_.begin(kUnlimited);
  std::string expected;
  for (char c = 'a'; c <= 'z'; ++c) {
    expected.append(77, c);
    ASSERT_FALSE(sink_.append(std::string(77, c)));
  }
  ASSERT_FALSE(sink_.finish(body_));
  EXPECT_TRUE(body_.memory.empty());
  ASSERT_TRUE(body_.spool);
  EXPECT_EQ(content(body_), expected);
}

TEST_F(BodySinkTest, RefusesTheByteOverTheLimit) {
  sink_.begin(10);
  EXPECT_FALSE(sink_.append("0123456789"));
  EXPECT_EQ(sink_.append("x").status, 413);
}

TEST_F(BodySinkTest, StartsAnew) {
  sink_.begin(kUnlimited);
  ASSERT_FALSE(sink_.append(std::string(5000, 'a')));
  sink_.begin(kUnlimited);
  ASSERT_FALSE(sink_.append("b"));
  ASSERT_FALSE(sink_.finish(body_));
  EXPECT_EQ(body_.memory, "b");
  EXPECT_EQ(body_.size, 1U);
}

TEST_F(BodySinkTest, SaysWhenTheFileCannotBeOpened) {
  const std::string missing = directory_ + "/does/not/exist";
  BodySink sink({missing, 10, INT_MAX});
  sink.begin(kUnlimited);
  EXPECT_EQ(sink.append("01234567890").status, 503);
}

TEST_F(BodySinkTest, LeavesTheLastDescriptorsToOthers) {
  BodySink sink({directory_, 10, 3});
  sink.begin(kUnlimited);
  EXPECT_EQ(sink.append("01234567890").status, 503);
}

TEST_F(BodySinkTest, SaysWhenThereIsNoSpace) {
  // A file size limit fails writes as a full disk does.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit low{4096, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &low);
  sink_.begin(kUnlimited);
  Refusal refusal;
  for (int i = 0; i < 20 && !refusal; ++i) refusal = sink_.append(std::string(900, 'a'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(refusal.status, 507);
}

}  // namespace
}  // namespace minato::http
