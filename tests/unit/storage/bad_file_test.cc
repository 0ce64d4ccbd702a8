#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <future>

#include "storage/sqlite/open_storage.h"
#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using storage::sqlite::open_storage;
using storage::sqlite::verify_storage;

class BadFile : public SqliteFile {
 protected:
  // A sound catalogue with some datasets, closed.
  void make_catalogue() {
    const auto store = opened();
    const auto done = store->write([](storage::CatalogWriter& writer) -> core::Result<void> {
      for (int i = 0; i < 200; ++i) {
        core::Dataset dataset = small_dataset("d" + std::to_string(i));
        dataset.notes = std::string(3000, 'n');
        if (auto put_done = writer.put_dataset(dataset); !put_done) return put_done;
      }
      return {};
    });
    ASSERT_TRUE(done.has_value());
  }
  void overwrite(std::uintmax_t offset, const std::string& bytes) {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file << bytes;
  }
  void expect_refused(const std::string& id) {
    const std::string before = file_bytes(path());
    const auto store = open();
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().id, id) << store.error().internal;
    EXPECT_FALSE(store.error().message.ja.empty());
    EXPECT_FALSE(store.error().hint.en.empty());
    EXPECT_NE(store.error().message.en.find(path()), std::string::npos) << store.error().message.en;
    EXPECT_EQ(file_bytes(path()), before) << "the refused file was changed";
  }
};

TEST_F(BadFile, RefusesWhatIsNotADatabase) {
  for (const std::size_t length : {1U, 15U, 99U, 100U, 511U, 5000U}) {
    write_file(path(), std::string(length, 'x'));
    expect_refused("catalog-not-a-database");
  }
}

TEST_F(BadFile, RefusesAFolderInPlaceOfTheFile) {
  std::filesystem::create_directory(path());
  const auto store = open();
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().id, "catalog-not-a-database");
}

TEST_F(BadFile, RefusesADatabaseOfAnotherProgram) {
  ForeignProgram(path()).run("CREATE TABLE address (name TEXT); PRAGMA user_version = 1");
  expect_refused("catalog-foreign");
}

TEST_F(BadFile, RefusesAFileOfANewerProgram) {
  make_catalogue();
  ForeignProgram(path()).run("PRAGMA user_version = 9999");
  expect_refused("catalog-too-new");
}

TEST_F(BadFile, RefusesAFileThatLacksItsTables) {
  ForeignProgram(path()).run(
      "PRAGMA application_id = 0x4D4E544F; PRAGMA user_version = 1;"
      "CREATE TABLE catalog_state (revision INTEGER)");
  expect_refused("catalog-damaged");
}

TEST_F(BadFile, RefusesACutOffFile) {
  make_catalogue();
  std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2);
  expect_refused("catalog-damaged");
}

TEST_F(BadFile, RefusesAFileWhoseSchemaIsOverwritten) {
  make_catalogue();
  overwrite(100, std::string(2000, '\xAA'));
  expect_refused("catalog-damaged");
}

TEST_F(BadFile, RefusesAFileThatAnotherProgramHasLocked) {
  make_catalogue();
  ForeignProgram other(path());
  other.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  expect_refused("catalog-locked");
  other.run("ROLLBACK");
}

TEST_F(BadFile, DamageInsideIsAnErrorOfTheReadsThatMeetIt) {
  make_catalogue();
  const auto size = std::filesystem::file_size(path());
  for (std::uintmax_t offset = 40'960; offset + 4096 < size; offset += 4096) {
    overwrite(offset, std::string(4096, '\xAA'));
  }
  const auto store = open();
  if (!store) {
    EXPECT_EQ(store.error().id, "catalog-damaged");
    return;
  }
  const auto view = read(**store);
  std::string id;
  for (int i = 0; i < 200 && id.empty(); ++i) {
    const auto found = view->dataset("d" + std::to_string(i));
    if (!found) id = found.error().id;
  }
  EXPECT_EQ(id, "catalog-damaged");
}

TEST_F(BadFile, BackgroundCheckReportsDamage) {
  make_catalogue();
  const auto size = std::filesystem::file_size(path());
  overwrite(size - 3 * 4096, std::string(3 * 4096, '\xAA'));
  std::promise<core::Result<std::vector<std::string>>> checked;
  auto with_check = options();
  with_check.on_checked = [&](const auto& findings) { checked.set_value(findings); };
  const auto store = Store::open(with_check);
  ASSERT_TRUE(store.has_value());
  const auto findings = checked.get_future().get();
  ASSERT_TRUE(findings.has_value());
  EXPECT_FALSE(findings->empty());
}

TEST_F(BadFile, BackgroundCheckFindsASoundFileSound) {
  make_catalogue();
  std::promise<core::Result<std::vector<std::string>>> checked;
  auto with_check = options();
  with_check.on_checked = [&](const auto& findings) { checked.set_value(findings); };
  const auto store = Store::open(with_check);
  ASSERT_TRUE(store.has_value());
  const auto findings = checked.get_future().get();
  ASSERT_TRUE(findings.has_value());
  EXPECT_TRUE(findings->empty()) << findings->front();
}

TEST_F(BadFile, VerifyTellsSoundFromDamaged) {
  make_catalogue();
  auto findings = verify_storage(folder_.path());
  ASSERT_TRUE(findings.has_value());
  EXPECT_TRUE(findings->empty());
  overwrite(std::filesystem::file_size(path()) - 4096, std::string(4096, '\xAA'));
  findings = verify_storage(folder_.path());
  ASSERT_TRUE(findings.has_value());
  EXPECT_FALSE(findings->empty());
}

TEST_F(BadFile, CompletesAnEmptyFileThatACrashLeft) {
  write_file(path(), "");
  EXPECT_TRUE(open().has_value());
}

TEST_F(BadFile, CompletesAFileThatACrashLeftBeforeItsFirstMigration) {
  ForeignProgram(path()).run("PRAGMA journal_mode = WAL");
  EXPECT_TRUE(open().has_value());
}

TEST_F(BadFile, RollsBackWhatAKilledProgramHalfWrote) {
  make_catalogue();
  const TempDir killed;
  const std::string copy = killed.path() + "/catalog.db";
  {
    ForeignProgram program(path());
    program.run(
        "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
        "CREATE TABLE half (x); WITH RECURSIVE n(i) AS"
        " (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
        " INSERT INTO half SELECT zeroblob(4000) FROM n");
    // As the files are when the power goes: pages of the transaction in the one, what was before in
    // the other.
    write_file(copy, file_bytes(path()));
    write_file(copy + "-journal", file_bytes(path() + "-journal"));
    program.run("ROLLBACK");
  }
  ASSERT_GT(std::filesystem::file_size(copy + "-journal"), 512U);
  const auto storage = open_storage(killed.path(), {});
  ASSERT_TRUE(storage.has_value()) << storage.error().id << " " << storage.error().internal;
  const auto findings = verify_storage(killed.path());
  ASSERT_TRUE(findings.has_value());
  EXPECT_TRUE(findings->empty());
}

TEST_F(BadFile, CreatesAMissingDataDirectory) {
  const std::string data_dir = folder_.path() + "/a/b/c/";
  const auto storage = open_storage(data_dir, {});
  ASSERT_TRUE(storage.has_value()) << storage.error().internal;
  EXPECT_TRUE(std::filesystem::exists(data_dir + "/catalog.db"));
  EXPECT_TRUE(std::filesystem::is_directory(data_dir + "/blobs"));
}

TEST_F(BadFile, RefusesAFileInPlaceOfTheDataDirectory) {
  const std::string data_dir = folder_.path() + "/file";
  write_file(data_dir, "x");
  for (const auto& name : {data_dir, data_dir + "/below", std::string()}) {
    const auto storage = open_storage(name, {});
    ASSERT_FALSE(storage.has_value()) << name;
    EXPECT_EQ(storage.error().id, "data-dir-invalid");
  }
}

// Permissions do not bind root, so the opening happens in a child that is nobody.
std::string refusal_as_nobody(const std::string& data_dir) {
  int ends[2];
  if (pipe(ends) != 0) return "pipe failed";
  const pid_t child = fork();
  if (child == 0) {
    std::string id = "cannot change user";
    if (geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0)) {
      const auto storage = open_storage(data_dir, {});
      id = storage ? "opened" : storage.error().id;
    }
    const auto written = write(ends[1], id.data(), id.size());
    _exit(written > 0 ? 0 : 1);
  }
  close(ends[1]);
  char buffer[100];
  const ssize_t got = read(ends[0], buffer, sizeof buffer);
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return got > 0 ? std::string(buffer, static_cast<std::size_t>(got)) : "no answer";
}

TEST_F(BadFile, RefusesAReadOnlyFolder) {
  make_catalogue();
  chmod(folder_.path().c_str(), 0555);
  EXPECT_EQ(refusal_as_nobody(folder_.path()), "data-dir-invalid");
  chmod(folder_.path().c_str(), 0755);
}

TEST_F(BadFile, RefusesAReadOnlyFile) {
  make_catalogue();
  chmod(path().c_str(), 0444);
  chmod(folder_.path().c_str(), 0777);
  EXPECT_EQ(refusal_as_nobody(folder_.path()), "catalog-read-only");
}

}  // namespace
}  // namespace minato::test
