#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "storage/sqlite/open_storage.h"
#include "unit/push_store/push_fixture.h"

namespace minato::test {
namespace {

class PushFile : public PushStoreTest {
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
    const auto store = SqlitePushStore::open(path());
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().id, id);
    EXPECT_NE(store.error().message.ja.find(path()), std::string::npos);
    EXPECT_NE(store.error().message.en.find(path()), std::string::npos);
    EXPECT_FALSE(store.error().hint.ja.empty());
    EXPECT_EQ(bytes_of(path()), before) << "the refused file was changed";
  }
};

TEST_F(PushFile, OfANewerProgramIsRefused) {
  run_sql("PRAGMA user_version = 99");
  expect_refused("push-store-too-new");
}

TEST_F(PushFile, OfAnotherProgramIsRefused) {
  // "MNTH": the harvester's.
  run_sql("PRAGMA application_id = 0x4D4E5448");
  expect_refused("push-store-foreign");
}

TEST_F(PushFile, ThatIsNoDatabaseIsRefused) {
  store_.reset();
  std::filesystem::remove(path());
  std::ofstream(path()) << std::string(5000, 'x');
  expect_refused("push-store-not-a-database");
}

TEST_F(PushFile, WithoutItsTablesIsRefused) {
  run_sql("DELETE FROM push_state");
  expect_refused("push-store-damaged");
}

TEST_F(PushFile, IsOpenedBesideTheCatalogueAndChecked) {
  const TempDir data;
  {
    const auto storage = storage::sqlite::open_storage(data.path(), {});
    ASSERT_TRUE(storage.has_value());
    value_of(storage->push->add_job(waiting_job("j1", "r1", 1)));
  }
  const std::string file = data.path() + "/push.db";
  EXPECT_THAT(value_of(storage::sqlite::verify_storage(data.path())), ::testing::IsEmpty());
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(4096 * 2)
      << std::string(4096 * 4, 'x');
  const auto findings = value_of(storage::sqlite::verify_storage(data.path()));
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].rfind("push.db: ", 0), 0U) << findings[0];
}

// A process that dies keeps what it was told is kept, and leaves nothing half done.
TEST_F(PushFile, AKilledProcessLosesNothingThatWasAnswered) {
  store_.reset();
  for (int round = 0; round < 5; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(pipe_ends[0]);
      const auto store = SqlitePushStore::open(path());
      if (!store) _exit(1);
      for (int n = 0;; ++n) {
        const std::string id = std::to_string(round) + "-" + std::to_string(n);
        if (!(*store)->add_job(waiting_job(id, id, n))) _exit(2);
        if (write(pipe_ends[1], &n, sizeof n) != sizeof n) _exit(3);
      }
    }
    close(pipe_ends[1]);
    int last = -1;
    for (int answers = 0; answers < 10 + 7 * round; ++answers) {
      int n = -1;
      if (read(pipe_ends[0], &n, sizeof n) == sizeof n) last = n;
    }
    kill(child, SIGKILL);
    int n = -1;
    while (read(pipe_ends[0], &n, sizeof n) == sizeof n) last = n;
    int status = 0;
    waitpid(child, &status, 0);
    close(pipe_ends[0]);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_GE(last, 0);
    const auto store = another();
    for (int answered = 0; answered <= last; ++answered) {
      const std::string id = std::to_string(round) + "-" + std::to_string(answered);
      ASSERT_TRUE(value_of(store->job(id)).has_value()) << id;
    }
    const std::string id = std::to_string(round) + "-" + std::to_string(last);
    ASSERT_TRUE(value_of(store->claim_job_named(id, "next", second(1), second(2))).has_value());
  }
}

}  // namespace
}  // namespace minato::test
