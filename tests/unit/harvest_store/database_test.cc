#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "storage/sqlite/open_storage.h"
#include "unit/harvest_store/harvest_fixture.h"

namespace minato::test {
namespace {

class HarvestDatabaseFile : public HarvestStoreTest {
 protected:
  // As another program would; the store is closed.
  void run_sql(const std::string& sql) {
    store_.reset();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
    sqlite3_close(database);
  }
  static std::string bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  void expect_refused(const std::string& id) {
    store_.reset();
    const std::string before = bytes_of(path());
    const auto store = open();
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().id, id);
    EXPECT_NE(store.error().message.ja.find(path()), std::string::npos);
    EXPECT_NE(store.error().message.en.find(path()), std::string::npos);
    EXPECT_FALSE(store.error().hint.ja.empty());
    EXPECT_EQ(bytes_of(path()), before) << "the refused file was changed";
  }
  void overwrite(std::uintmax_t offset, const std::string& bytes) {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file << bytes;
  }
};

TEST_F(HarvestDatabaseFile, OfANewerProgramIsRefused) {
  run_sql("PRAGMA user_version = 99");
  expect_refused("harvest-store-too-new");
}

TEST_F(HarvestDatabaseFile, OfAnotherProgramIsRefused) {
  run_sql("PRAGMA application_id = 7");
  expect_refused("harvest-store-foreign");
  // "MNTO": a catalogue.
  run_sql("PRAGMA application_id = 0x4D4E544F");
  expect_refused("harvest-store-foreign");
}

TEST_F(HarvestDatabaseFile, ThatIsNoDatabaseIsRefused) {
  store_.reset();
  std::filesystem::remove(path());
  std::ofstream(path()) << std::string(5000, 'x');
  expect_refused("harvest-store-not-a-database");
}

TEST_F(HarvestDatabaseFile, WithoutItsTablesIsRefused) {
  run_sql("DELETE FROM harvest_state");
  expect_refused("harvest-store-damaged");
}

TEST_F(HarvestDatabaseFile, ThatIsLockedIsRefusedAndOpensLater) {
  store_.reset();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path().c_str(), &other), SQLITE_OK);
  const char* lock = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
  ASSERT_EQ(sqlite3_exec(other, lock, nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(id_of(open()), "harvest-store-locked");
  sqlite3_close(other);
  EXPECT_TRUE(open().has_value());
}

TEST_F(HarvestDatabaseFile, DamageIsAnErrorOfTheReadThatMeetsItAndIsFoundByTheCheck) {
  std::vector<HarvestRecord> records;
  for (int i = 0; i < 500; ++i) records.push_back(some_record(std::to_string(i)));
  value_of(store_->put_records(records));
  store_.reset();
  static_cast<void>(value_of(storage::sqlite::open_storage(folder_.path(), {})));
  EXPECT_TRUE(value_of(storage::sqlite::verify_storage(folder_.path())).empty());
  const auto size = std::filesystem::file_size(path());
  for (std::uintmax_t at = 30 * 4096; at + 4096 <= size; at += 4096) {
    overwrite(at, std::string(4096, '\xAA'));
  }
  const auto findings = value_of(storage::sqlite::verify_storage(folder_.path()));
  ASSERT_FALSE(findings.empty());
  EXPECT_TRUE(findings.front().starts_with("harvest.db: ")) << findings.front();
  const Store damaged = opened();
  const auto unseen = damaged->unseen_records("id-a", "x");
  ASSERT_FALSE(unseen.has_value());
  EXPECT_EQ(unseen.error().id, "harvest-store-damaged");
}

TEST_F(HarvestDatabaseFile, TheCheckOfADataDirectoryWithoutOneIsSound) {
  static_cast<void>(value_of(storage::sqlite::open_storage(folder_.path(), {})));
  store_.reset();
  std::filesystem::remove(path());
  EXPECT_TRUE(value_of(storage::sqlite::verify_storage(folder_.path())).empty());
}

TEST_F(HarvestDatabaseFile, StorageOpensItBesideTheCatalogue) {
  auto storage = value_of(storage::sqlite::open_storage(folder_.path(), {}));
  EXPECT_TRUE(value_of(storage.harvest->source("a")).has_value());
}

TEST_F(HarvestDatabaseFile, KeepsWhatWasWrittenAndShowsItToOthersAtOnce) {
  const Store other = opened();
  value_of(other->put_source(some_source("b")));
  EXPECT_TRUE(value_of(store_->source("b")).has_value());
  store_ = opened();
  EXPECT_TRUE(value_of(store_->source("b")).has_value());
}

TEST_F(HarvestDatabaseFile, AProcessThatIsKilledInATransactionLeavesNothingOfIt) {
  const std::string job = new_job();
  store_.reset();  // no connection may be open across a fork
  const pid_t child = fork();
  if (child == 0) {
    const auto store = open();
    if (!store) _exit(1);
    static_cast<void>((*store)->add_objects(job, {some_object("whole")}));
    static_cast<void>((*store)->change_source("id-a", [](core::HarvestSource& source) {
      source.title = "half";
      static_cast<void>(raise(SIGKILL));
    }));
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  store_ = opened();
  EXPECT_EQ(value_of(store_->source("a"))->title, "横浜市");
  EXPECT_EQ(value_of(store_->objects(job, 0, 10)).size(), 1U);
  EXPECT_TRUE(value_of(store_->change_source("id-a", [](auto& s) { s.title = "new"; })).title ==
              "new");
}

TEST_F(HarvestDatabaseFile, IsWrittenByManyAtOnceWithoutLosingAnything) {
  const auto work = [&](const Store& store) {
    for (int i = 0; i < 25; ++i) {
      value_of(store->change_source("id-a", [](core::HarvestSource& s) { s.failures += 1; }));
    }
  };
  const Store other = opened();
  std::vector<std::thread> threads;
  for (const Store* store : std::vector<const Store*>{&store_, &other, &store_, &other}) {
    threads.emplace_back([&work, store] { work(*store); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(value_of(store_->source("a"))->failures, 100);
}

TEST_F(HarvestDatabaseFile, ACopyIsWholeAndOnItsOwn) {
  value_of(store_->put_records({some_record("r")}));
  const std::string copy_path = folder_.path() + "/copy.db";
  value_of(store_->copy_to(copy_path));
  const auto copy = value_of(storage::sqlite::harvest::SqliteHarvestStore::open(copy_path));
  EXPECT_TRUE(value_of(copy->record("id-a", "r")).has_value());
  value_of(copy->remove_source("id-a"));
  EXPECT_TRUE(value_of(store_->source("a")).has_value());
  EXPECT_FALSE(store_->copy_to(copy_path).has_value()) << "the file exists";
}

TEST_F(HarvestDatabaseFile, TenThousandRecordsPassQuickly) {
  constexpr int kRecords = 10'000;
  constexpr int kBatch = 100;
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  const std::string job = new_job();
  std::vector<std::string> all_ids;
  for (int first = 0; first < kRecords; first += kBatch) {
    std::vector<HarvestObject> objects;
    std::vector<HarvestRecord> records;
    std::vector<std::string> ids;
    std::vector<storage::HarvestStore::Key> keys;
    for (int i = first; i < first + kBatch; ++i) {
      ids.push_back("remote-" + std::to_string(i));
      objects.push_back(some_object(ids.back(), std::string(4000, 'c')));
      records.push_back(some_record(ids.back()));
      for (const char* kind : {"landing:", "id:", "files:"}) {
        keys.push_back({kind + ids.back(), "id-a", ids.back()});
      }
    }
    value_of(store_->add_objects(job, objects));
    for (auto& object : objects) object.state = HarvestObject::State::kComplete;
    value_of(store_->save_objects(objects));
    value_of(store_->put_records(records));
    value_of(store_->put_keys("id-a", ids, keys));
    all_ids.insert(all_ids.end(), ids.begin(), ids.end());
  }
  const auto imported = Clock::now();
  finish(job);
  const std::string second = new_job();
  value_of(store_->mark_seen(second, "id-a", all_ids, kNow));
  const auto marked = Clock::now();
  EXPECT_EQ(counts(second).not_modified, kRecords);
  EXPECT_LT(imported - begun, std::chrono::seconds(10));
  EXPECT_LT(marked - imported, std::chrono::seconds(1));
}

}  // namespace
}  // namespace minato::test
