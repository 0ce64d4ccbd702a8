#include "http/response_cache.h"

#include <gtest/gtest.h>

namespace minato::http {
namespace {

std::shared_ptr<const CachedReply> reply(std::uint64_t revision, std::size_t bytes = 10) {
  auto made = std::make_shared<CachedReply>();
  made->revision = revision;
  made->body = std::make_shared<const std::string>(bytes, 'x');
  return made;
}

constexpr Variant kPlainJa{Coding::kIdentity, core::Language::kJa};
constexpr Variant kPlainEn{Coding::kIdentity, core::Language::kEn};
constexpr Variant kGzipJa{Coding::kGzip, core::Language::kJa};

TEST(ResponseCache, ReturnsWhatWasKeptForTheSameRevision) {
  ResponseCache cache(1 << 20);
  const auto kept = reply(1);
  cache.store("/a?x=1", kPlainJa, true, kept);
  EXPECT_EQ(cache.find("/a?x=1", kPlainJa, 1), kept);
  EXPECT_EQ(cache.find("/a?x=1", kPlainJa, 2), nullptr);
  EXPECT_EQ(cache.find("/a?x=2", kPlainJa, 1), nullptr);
  EXPECT_EQ(cache.figures().hits, 1u);
}

TEST(ResponseCache, KeepsCodingsAndLanguagesApart) {
  ResponseCache cache(1 << 20);
  cache.store("/a", kPlainJa, true, reply(1));
  EXPECT_EQ(cache.find("/a", kPlainEn, 1), nullptr);
  EXPECT_EQ(cache.find("/a", kGzipJa, 1), nullptr);
  cache.store("/b", kPlainJa, false, reply(1));
  EXPECT_NE(cache.find("/b", kPlainEn, 1), nullptr);
}

TEST(ResponseCache, CountsAReplyForBothLanguagesOnce) {
  ResponseCache one(1 << 20);
  one.store("/a", kPlainJa, true, reply(1, 4000));
  ResponseCache both(1 << 20);
  both.store("/a", kPlainJa, false, reply(1, 4000));
  EXPECT_EQ(one.figures().bytes, both.figures().bytes);
}

TEST(ResponseCache, StaysWithinItsBytesAndDropsTheOldestFirst) {
  constexpr std::size_t kMax = 1 << 20;
  ResponseCache cache(kMax);
  cache.store("/hot", kPlainJa, true, reply(1, 4000));
  for (int i = 0; i < 2000; ++i) {
    cache.store("/cold/" + std::to_string(i), kPlainJa, true, reply(1, 4000));
    ASSERT_NE(cache.find("/hot", kPlainJa, 1), nullptr) << i;
    ASSERT_LE(cache.figures().bytes, kMax);
  }
  EXPECT_EQ(cache.find("/cold/0", kPlainJa, 1), nullptr);
  EXPECT_NE(cache.find("/cold/1999", kPlainJa, 1), nullptr);
  EXPECT_GT(cache.figures().evictions, 1000u);
}

TEST(ResponseCache, RefusesRepliesThatWouldCrowdOutOthers) {
  ResponseCache cache(1 << 20);
  cache.store("/large", kPlainJa, true, reply(1, 20'000));
  EXPECT_EQ(cache.find("/large", kPlainJa, 1), nullptr);
  EXPECT_EQ(cache.figures().bytes, 0u);
}

TEST(ResponseCache, FreesOlderRevisionsOfATarget) {
  ResponseCache cache(1 << 20);
  cache.store("/a", kPlainJa, true, reply(1, 4000));
  const std::uint64_t bytes = cache.figures().bytes;
  cache.store("/a", kGzipJa, true, reply(2, 4000));
  EXPECT_EQ(cache.figures().bytes, bytes);
  EXPECT_EQ(cache.find("/a", kPlainJa, 1), nullptr);
  cache.clear();
  EXPECT_EQ(cache.figures().bytes, 0u);
  EXPECT_EQ(cache.figures().targets, 0u);
}

}  // namespace
}  // namespace minato::http
