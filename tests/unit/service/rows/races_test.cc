#include <atomic>
#include <thread>

#include "row_fixture.h"

namespace minato::service {
namespace {

class Races : public RowTest {};

TEST_F(Races, WritersOfOneTableLoseNothing) {
  define();
  constexpr int kWriters = 4;
  constexpr int kCalls = 12;
  std::atomic<int> failures{0};
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kCalls; ++i) {
        if (!upsert({record({{"番号", integer(w * 1'000 + i)}})})) ++failures;
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(all().size(), static_cast<std::size_t>(kWriters * kCalls));
  EXPECT_EQ(audit().size(), static_cast<std::size_t>(kWriters * kCalls) + 1);
}

// As two processes would: their locks do not know of each other.
TEST_F(Races, SeveralServicesOverOneStoreLoseNothing) {
  define();
  constexpr int kServices = 3;
  constexpr int kCalls = 6;
  std::atomic<int> written{0};
  std::vector<std::thread> writers;
  for (int w = 0; w < kServices; ++w) {
    writers.emplace_back([&, w] {
      RowWrites own(*store_, target());
      for (int i = 0; i < kCalls; ++i) {
        RowWriteRequest request;
        request.resource_id = kResource;
        request.records = {record({{"番号", integer(w * 1'000 + i)}})};
        const auto done = own.write(request, editor());
        if (done) {
          ++written;
        } else {
          EXPECT_EQ(done.error().id, "table-version-taken");
        }
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(all().size(), static_cast<std::size_t>(written.load())) << "acknowledged, and no more";
  EXPECT_GE(written, kServices * kCalls / 2);
}

// Left behind by a process that was killed between the file and the catalogue.
TEST_F(Races, AFileThatWasNeverPublishedIsInNobodysWay) {
  define();
  auto reviser = storage_.tables->revise(storage::TableKey{kResource, 1}, {kResource, 2});
  ASSERT_TRUE(reviser);
  ASSERT_TRUE((*reviser)->finish());
  const auto written = upsert({record({{"番号", integer(1)}})});
  ASSERT_TRUE(written) << written.error().id;
  EXPECT_EQ(written->version, 3);
  EXPECT_EQ(current()->version, 3);
  EXPECT_EQ(all().size(), 1U);
}

}  // namespace
}  // namespace minato::service
