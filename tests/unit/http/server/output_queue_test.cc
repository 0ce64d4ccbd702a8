#include "http/server/output_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace minato::http {
namespace {

std::string front(const OutputQueue& queue) {
  iovec slices[OutputQueue::kMaxSlices];
  std::string bytes;
  const std::size_t count = queue.gather(slices);
  for (std::size_t i = 0; i < count; ++i) {
    bytes.append(static_cast<const char*>(slices[i].iov_base), slices[i].iov_len);
  }
  return bytes;
}

TEST(OutputQueue, GathersTextAndPiecesUpToAFile) {
  OutputQueue queue;
  queue.text() = "head ";
  queue.add(std::string("own "));
  queue.add(std::make_shared<const std::string>("shared "));
  queue.add(FileSlice{std::make_shared<FileDescriptor>(), 10, 5});
  queue.add(std::string("tail"));
  EXPECT_EQ(front(queue), "head own shared ");
  EXPECT_TRUE(queue.file_follows());
  EXPECT_EQ(queue.front_file(), nullptr);
  queue.consume(16);
  EXPECT_EQ(front(queue), "");
  ASSERT_NE(queue.front_file(), nullptr);
  queue.consume(2);
  EXPECT_EQ(queue.front_file()->offset, 12U);
  EXPECT_EQ(queue.front_file()->length, 3U);
  queue.consume(3);
  EXPECT_EQ(front(queue), "tail");
  EXPECT_FALSE(queue.file_follows());
  queue.consume(4);
  EXPECT_TRUE(queue.empty());
}

TEST(OutputQueue, GoesOnInTheMiddleOfAnything) {
  OutputQueue queue;
  queue.text() = "ab";
  queue.add(std::string("cde"));
  queue.add(std::make_shared<const std::string>("fg"));
  std::string rest = "abcdefg";
  while (!queue.empty()) {
    ASSERT_EQ(front(queue), rest);
    queue.consume(1);
    rest.erase(0, 1);
  }
  EXPECT_EQ(rest, "");
}

TEST(OutputQueue, SkipsTheBeginningOfText) {
  OutputQueue queue;
  queue.text() = "00005\r\n";
  queue.skip_text(4);
  EXPECT_EQ(front(queue), "5\r\n");
}

TEST(OutputQueue, LeavesOutWhatIsEmpty) {
  OutputQueue queue;
  queue.add(std::string());
  queue.add(std::shared_ptr<const std::string>());
  queue.add(FileSlice{});
  EXPECT_TRUE(queue.empty());
}

TEST(OutputQueue, GivesMoreSlicesThanFitInTurns) {
  OutputQueue queue;
  for (int i = 0; i < 20; ++i) queue.add(std::to_string(i % 10));
  std::string all;
  while (!queue.empty()) {
    const auto part = front(queue);
    all += part;
    queue.consume(part.size());
  }
  EXPECT_EQ(all, "01234567890123456789");
}

TEST(OutputQueue, CountsTheMemoryThatWaits) {
  OutputQueue queue;
  EXPECT_EQ(queue.memory_bytes(), 0U);
  queue.text() = "head";
  queue.add(std::string("own"));
  queue.add(std::make_shared<const std::string>("shared"));
  queue.add(FileSlice{nullptr, 0, 100});
  EXPECT_EQ(queue.memory_bytes(), 13U);
  queue.consume(6);
  EXPECT_EQ(queue.memory_bytes(), 7U);
}

TEST(OutputQueue, MayNeverBeEmpty) {
  OutputQueue queue;
  std::string all;
  queue.add(std::string("0"));
  for (int i = 1; i <= 200; ++i) {
    queue.add(std::to_string(i % 10));
    all += front(queue)[0];
    queue.consume(1);
    ASSERT_EQ(front(queue), std::to_string(i % 10));
  }
  EXPECT_TRUE(all.starts_with("0123456789012345678901234567890123456789"));
  EXPECT_EQ(queue.memory_bytes(), 1U);
}

TEST(OutputQueue, LetsGoOfPiecesAsTheyAreSent) {
  OutputQueue queue;
  const auto shared = std::make_shared<const std::string>("abc");
  queue.add(shared);
  queue.add(std::string("d"));
  queue.consume(3);
  EXPECT_EQ(shared.use_count(), 1);
}

}  // namespace
}  // namespace minato::http
