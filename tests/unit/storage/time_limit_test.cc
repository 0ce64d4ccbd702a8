#include "storage/sqlite/connection.h"
#include "storage/sqlite/reader_pool.h"
#include "storage/sqlite/sqlite_error.h"
#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using storage::sqlite::Connection;
using storage::sqlite::ConnectionOptions;
using storage::sqlite::guarded;

class TimeLimit : public SqliteFile {
 protected:
  [[nodiscard]] ConnectionOptions reading() const {
    ConnectionOptions reading;
    reading.path = path();
    return reading;
  }
};

constexpr std::string_view kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

TEST_F(TimeLimit, ALongStatementEndsAtItsDeadline) {
  const auto store = opened();
  Connection connection(reading());
  const auto start = steady_clock::now();
  connection.set_deadline(start + milliseconds(50));
  const auto answer =
      guarded([&]() -> core::Result<std::int64_t> { return connection.integer(kEndless); });
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, core::ErrorCode::kDeadline);
  EXPECT_EQ(answer.error().id, "deadline");
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(5));
}

TEST_F(TimeLimit, AConnectionWorksOnAfterADeadline) {
  const auto store = opened();
  Connection connection(reading());
  connection.set_deadline(steady_clock::now());
  EXPECT_FALSE(
      guarded([&]() -> core::Result<std::int64_t> { return connection.integer(kEndless); }));
  connection.set_deadline(std::nullopt);
  EXPECT_EQ(connection.integer("SELECT count(*) FROM catalog_state"), 1);
}

TEST_F(TimeLimit, EveryReadAfterTheDeadlineFails) {
  const auto store = opened();
  ASSERT_TRUE(put(*store, small_dataset("a")).has_value());
  const auto late = read(*store, 0);
  EXPECT_EQ(late->dataset("a").error().code, core::ErrorCode::kDeadline);
  EXPECT_EQ(late->dataset_names(0, 1).error().code, core::ErrorCode::kDeadline);
  EXPECT_EQ(late->search({}).error().code, core::ErrorCode::kDeadline);
  EXPECT_TRUE(read(*store)->dataset("a")->has_value());
}

TEST_F(TimeLimit, AReadWithoutAFreeConnectionFailsAtTheDeadline) {
  auto one_reader = options();
  one_reader.max_readers = 1;
  const auto store = std::move(*Store::open(one_reader));
  auto holder = read(*store);
  const auto refused = store->read(steady_clock::now() + milliseconds(20));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kUnavailable);
  EXPECT_EQ(refused.error().id, "catalog-readers-busy");
  holder.reset();
  EXPECT_TRUE(store->read(steady_clock::now() + milliseconds(20)).has_value());
}

TEST_F(TimeLimit, AReadingConnectionCannotWrite) {
  const auto store = opened();
  Connection connection(reading());
  const auto written = guarded([&]() -> core::Result<void> {
    connection.run("DELETE FROM catalog_state");
    return {};
  });
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().id, "catalog-read-only");
}

TEST_F(TimeLimit, AWriteWaitsForAnotherProgramOnlySoLong) {
  auto impatient = options();
  impatient.busy_timeout = milliseconds(30);
  const auto store = std::move(*Store::open(impatient));
  ForeignProgram other(path());
  other.run("BEGIN IMMEDIATE");
  const auto refused = put(*store, small_dataset("a"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "catalog-busy");
  EXPECT_TRUE(read(*store)->dataset_names(0, 1)->empty());
  other.run("ROLLBACK");
  EXPECT_TRUE(put(*store, small_dataset("a")).has_value());
}

}  // namespace
}  // namespace minato::test
