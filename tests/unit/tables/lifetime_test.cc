#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "storage/sqlite/tables/table_files.h"
#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnType;
using core::ErrorCode;
using storage::TableKey;

const TableKey kFirst{"0a000000-0000-4000-8000-000000000001", 1};
const TableKey kSecond{"0a000000-0000-4000-8000-000000000001", 2};

core::TableSchema one_column() {
  core::TableSchema schema;
  schema.columns = {column("数", ColumnType::kInteger)};
  return schema;
}

Rows numbers(int count) {
  Rows rows;
  for (int i = 0; i < count; ++i) rows.push_back({integer(i)});
  return rows;
}

class Lifetime : public TableStoreTest {
 protected:
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }
  std::filesystem::path file() const {
    return folder_.path() + "/tables/0a/" + kFirst.table_id + "/1.db";
  }
};

TEST_F(Lifetime, ReadersGoOnWhileVersionsComeAndGo) {
  write(kFirst, one_column(), numbers(3'000));
  const auto old = reader(kFirst);
  core::RowQuery query;
  query.columns = {0};
  query.limit = -1;
  auto cursor = old->rows(query);
  ASSERT_TRUE(cursor);
  ASSERT_TRUE(*(*cursor)->next());
  write(kSecond, one_column(), numbers(5));
  ASSERT_TRUE(store_->remove(kFirst));
  EXPECT_EQ(drain(**cursor).size(), 2'999U);
  EXPECT_EQ((*store_->schema(kSecond))->rows, 5);
  const auto gone = store_->read(kFirst, soon());
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().id, "table-version-missing");
  EXPECT_EQ(gone.error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(store_->remove(kFirst)) << "a second time";
}

TEST_F(Lifetime, AVersionThatIsThereIsNotReplaced) {
  write(kFirst, one_column(), numbers(3));
  auto writer = store_->create(kFirst, one_column());
  ASSERT_TRUE(writer);
  const auto again = (*writer)->finish({});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().id, "table-version-taken");
  writer->reset();
  EXPECT_EQ(reader(kFirst)->schema().rows, 3);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Lifetime, AWriterThatDoesNotFinishLeavesNothing) {
  {
    auto writer = store_->create(kFirst, one_column());
    ASSERT_TRUE(writer);
    for (std::int64_t i = 0; i < 100'000; ++i) {
      ASSERT_TRUE((*writer)->append(std::vector<core::ValueView>{i}));
    }
  }
  EXPECT_EQ(files(), 0U);
  EXPECT_FALSE(store_->schema(kFirst));
}

// What a killed process leaves is removed once it is a minute old; what is being written stays.
TEST_F(Lifetime, LeftoversOfKilledProcessesAreRemoved) {
  const pid_t child = fork();
  if (child == 0) {
    const auto left = storage::sqlite::tables::TableFiles::open(folder_.path());
    const auto draft = left->draft();
    _exit(draft ? 0 : 1);  // without destructors
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  auto writer = store_->create(kFirst, one_column());
  ASSERT_TRUE(writer);
  ASSERT_EQ(files(), 2U);
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::minutes(5);
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() + "/tables/drafts")) {
    std::filesystem::last_write_time(entry.path(), old);
  }
  const auto another = storage::sqlite::tables::TableFiles::open(folder_.path());
  ASSERT_TRUE(another);
  EXPECT_EQ(files(), 1U);
  ASSERT_TRUE((*writer)->append(std::vector<core::ValueView>{std::int64_t{1}}));
  ASSERT_TRUE((*writer)->finish({}));
  EXPECT_EQ((*store_->schema(kFirst))->rows, 1);
}

TEST_F(Lifetime, DamageIsToldClearly) {
  write(kFirst, one_column(), numbers(20'000));
  std::filesystem::resize_file(file(), std::filesystem::file_size(file()) / 2);
  const auto cut = store_->schema(kFirst);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().id, "table-damaged");
  EXPECT_EQ(cut.error().code, ErrorCode::kInternal);
  std::ofstream(file()) << "これはデータベースではありません。";
  EXPECT_EQ(store_->schema(kFirst).error().id, "table-damaged");
  std::ofstream(file()).close();
  EXPECT_EQ(store_->schema(kFirst).error().id, "table-damaged");
}

TEST_F(Lifetime, NotesAreKept) {
  auto writer = store_->create(kFirst, one_column());
  ASSERT_TRUE(writer);
  storage::ReadingNotes notes;
  notes.findings = {{"title-rows", 1, "", {"題", "title"}, {"除く", "remove"}}};
  notes.rejects = {{7, 5, "数", "x", "not_a_number", {"数ではない", "no number"}, {"直す", "fix"}}};
  notes.reject_count = 12;
  notes.header_first = 3;
  notes.header_last = 4;
  notes.first_data = 6;
  ASSERT_TRUE((*writer)->finish(notes));
  const auto kept = store_->notes(kFirst);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->reject_count, 12);
  EXPECT_EQ(kept->header_first, 3);
  EXPECT_EQ(kept->header_last, 4);
  EXPECT_EQ(kept->first_data, 6);
  ASSERT_EQ(kept->findings.size(), 1U);
  EXPECT_EQ(kept->findings[0].id, "title-rows");
  EXPECT_EQ(kept->findings[0].hint.en, "remove");
  ASSERT_EQ(kept->rejects.size(), 1U);
  EXPECT_EQ(kept->rejects[0].line, 7);
  EXPECT_EQ(kept->rejects[0].column, "数");
  EXPECT_EQ(kept->rejects[0].message.ja, "数ではない");
  EXPECT_EQ((*store_->schema(kFirst))->rows, 0);
}

TEST_F(Lifetime, RefusesWhatItCannotKeep) {
  for (const char* id : {"", ".hidden", "../x", "a/b", "a b"}) {
    const auto refused = store_->create({id, 1}, one_column());
    ASSERT_FALSE(refused) << id;
    EXPECT_EQ(refused.error().id, "table-id-invalid");
    EXPECT_EQ(store_->schema({id, 1}).error().code, ErrorCode::kNotFound);
  }
  core::TableSchema wide;
  wide.columns.resize(1'991);
  EXPECT_EQ(store_->create(kFirst, wide).error().id, "table-too-wide");
  EXPECT_EQ(store_->create(kFirst, {}).error().id, "table-without-columns");
  auto writer = store_->create(kFirst, one_column());
  EXPECT_FALSE((*writer)->append(std::vector<core::ValueView>{}));
  EXPECT_FALSE((*writer)->append(std::vector<core::ValueView>{"text"}));
}

TEST_F(Lifetime, TablesOfAllowedWidthCanBeRead) {
  core::TableSchema wide;
  Row row;
  core::RowQuery query;
  for (int i = 0; i < 1'990; ++i) {
    wide.columns.push_back(column("列" + std::to_string(i), ColumnType::kInteger));
    row.push_back(integer(i));
    query.columns.push_back(i);
  }
  write(kFirst, wide, {row});
  query.sort = {{{0}, true, false}, {{5}, false, false}};
  EXPECT_EQ(ask(kFirst, query), (Rows{row}));
}

TEST_F(Lifetime, SlowQuestionsEndAtTheirDeadline) {
  Rows rows;
  for (int i = 0; i < 60'000; ++i) rows.push_back({integer(i)});
  write(kFirst, one_column(), rows);
  auto late = store_->read(kFirst, std::chrono::steady_clock::now() + std::chrono::milliseconds(2));
  ASSERT_TRUE(late);
  const auto slow = test_of(-1, core::FilterOp::kSearchAny, {text("何か")});
  const auto answer = (*late)->count(slow, -1);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().id, "query-too-slow");
  EXPECT_EQ(answer.error().code, ErrorCode::kDeadline);
  core::RowQuery query;
  query.columns = {0};
  EXPECT_EQ((*late)->rows(query).error().id, "query-too-slow");
  late->reset();
  EXPECT_EQ(reader(kFirst)->count(slow, -1)->value, 0) << "the connection is sound afterwards";
}

TEST_F(Lifetime, ManyThreadsReadAtOnce) {
  write(kFirst, one_column(), numbers(5'000));
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 30; ++i) {
        auto open = store_->read(kFirst, soon());
        const auto filter = test_of(0, core::FilterOp::kLt, {integer(100)});
        if (open && (*open)->count(filter, -1)->value == 100) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 240);
}

}  // namespace
}  // namespace minato::test
