// A disk that takes no more: a clear error, nothing half written, and the same process goes on when
// there is space again. The limit on the size of files stands for the disk; it is a child
// process's, because a process has one limit.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <functional>

#include "storage/sqlite/open_storage.h"
#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using storage::sqlite::Storage;

constexpr rlim_t kDisk = 800'000;  // bytes of the largest file
constexpr int kTooMany = 100'000;  // writes that cannot all fit
constexpr std::size_t kLarge = 2'000'000;

// Ends the child with that number when it is not so.
void must(bool so, int step) {
  if (!so) _exit(step);
}

void set_limit(rlim_t bytes) {
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = std::min(bytes, limit.rlim_max);
  setrlimit(RLIMIT_FSIZE, &limit);
}

// Writes until the disk is full; how often that went well. The first error must say so.
int fill(const std::function<core::Result<void>(int)>& write, int step) {
  set_limit(kDisk);
  int written = 0;
  core::Result<void> done;
  while (written < kTooMany && (done = write(written))) ++written;
  must(!done.has_value(), step);
  must(done.error().code == core::ErrorCode::kInsufficientStorage, step + 1);
  must(done.error().id == "storage-full", step + 2);
  must(!write(kTooMany).has_value(), step + 3);
  set_limit(RLIM_INFINITY);
  must(write(kTooMany + 1).has_value(), step + 4);
  return written;
}

storage::ImportJob job(int number) {
  storage::ImportJob job;
  job.id = "job " + std::to_string(number);
  job.resource_id = job.id;
  job.report = std::string(3000, 'r');
  return job;
}

class DiskFull : public ::testing::Test {
 protected:
  // Runs `work` in a child process; it must not end with an error.
  void in_child(const std::function<void(Storage&)>& work) {
    const pid_t child = fork();
    if (child == 0) {
      signal(SIGXFSZ, SIG_IGN);
      {
        auto storage = open();
        must(storage.has_value(), 1);
        work(*storage);
      }
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0) << "the step that went wrong";
    const auto findings = storage::sqlite::verify_storage(folder_.path());
    ASSERT_TRUE(findings.has_value());
    EXPECT_TRUE(findings->empty()) << findings->front();
  }
  [[nodiscard]] core::Result<Storage> open() const {
    return storage::sqlite::open_storage(folder_.path(), {});
  }
  // Files of that folder whose names begin so.
  [[nodiscard]] int count(const std::string& folder, const std::string& start) const {
    int found = 0;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(folder_.path() + "/" + folder)) {
      found += file.path().filename().string().rfind(start, 0) == 0 ? 1 : 0;
    }
    return found;
  }

  TempDir folder_;
};

TEST_F(DiskFull, AWriteToTheCatalogueIsWholeOrNotThere) {
  in_child([](Storage& storage) {
    std::int64_t entries = 0;
    const auto write = [&](int number) {
      const auto done = storage.catalog->write([&](storage::CatalogWriter& w) {
        core::Dataset dataset = small_dataset("d" + std::to_string(number));
        dataset.notes = std::string(5000, 'n');
        if (auto put = w.put_dataset(dataset); !put) return put;
        core::AuditEntry entry;
        entry.number = entries + 1;
        entry.subject_id = dataset.id;
        return w.history().append_audit(entry, {entry.number, "h", "s"});
      });
      if (done) ++entries;
      return done;
    };
    const int written = fill(write, 10);
    must(written > 3, 20);
    auto reader = storage.catalog->read(std::chrono::steady_clock::now() + std::chrono::hours(1));
    must(reader.has_value(), 21);
    must((*reader)->history().audit_head()->number == entries, 22);
    const auto names = (*reader)->dataset_names(0, kTooMany);
    must(static_cast<std::int64_t>(names->size()) == entries, 23);
    must((*reader)->search({})->count == entries, 24);
    must(!(*reader)->dataset("d" + std::to_string(written))->has_value(), 25);
  });
}

TEST_F(DiskFull, UsersAndHistoryAreRefusedTheSameWay) {
  in_child([](Storage& storage) {
    const auto write = [&](int number) {
      return storage.catalog->write([&](storage::CatalogWriter& w) {
        storage::User user;
        user.id = std::to_string(number);
        user.name = user.id;
        if (auto put = w.accounts().put_user(user); !put) return put;
        return w.history().put_answered_key({user.id, "k", "h", std::string(5000, 'r'), {}});
      });
    };
    must(fill(write, 10) > 3, 20);
  });
}

TEST_F(DiskFull, AFileIsKeptWholeOrNotAtAll) {
  const std::string upload = folder_.path() + "/upload";
  write_file(upload, std::string(kLarge, 'u'));
  in_child([&](Storage& storage) {
    set_limit(kDisk);
    const auto put = storage.blobs->put_bytes(std::string(kLarge, 'b'));
    must(!put && put.error().id == "storage-full", 10);
    const auto copied = storage.blobs->put_file(upload);
    must(!copied && copied.error().id == "storage-full", 11);
    must(std::filesystem::exists(upload), 12);
    // Nothing new is written.
    must(storage.blobs->take_file(upload).has_value(), 13);
    set_limit(RLIM_INFINITY);
    must(storage.blobs->put_bytes(std::string(kLarge, 'b')).has_value(), 14);
  });
  EXPECT_EQ(count("blobs", "draft-"), 0);
}

TEST_F(DiskFull, ATableIsFinishedOrNotThere) {
  in_child([](Storage& storage) {
    core::TableSchema schema;
    schema.columns.emplace_back();
    schema.columns[0].name = "文";
    schema.columns[0].type = core::ColumnType::kString;
    const storage::TableKey key{"11111111-1111-4111-8111-111111111111", 1};
    const std::string text(1000, 't');
    const auto import = [&]() -> core::Result<void> {
      auto writer = storage.tables->create(key, schema);
      if (!writer) return tl::unexpected<core::Error>(writer.error());
      for (int row = 0; row < 3000; ++row) {
        const core::ValueView cell{std::string_view(text)};
        if (auto appended = (*writer)->append({&cell, 1}); !appended) return appended;
      }
      auto finished = (*writer)->finish({});
      if (!finished) return tl::unexpected<core::Error>(finished.error());
      return {};
    };
    set_limit(kDisk);
    const auto refused = import();
    must(!refused.has_value(), 10);
    must(refused.error().id == "storage-full", 11);
    must(!storage.tables->schema(key).has_value(), 12);
    set_limit(RLIM_INFINITY);
    must(import().has_value(), 13);
    must((*storage.tables->schema(key))->rows == 3000, 14);
  });
}

TEST_F(DiskFull, AJobIsThereOrNot) {
  in_child([](Storage& storage) {
    const auto write = [&](int number) { return storage.push->add_job(job(number)); };
    const int written = fill(write, 10);
    must(written > 3, 20);
    must(storage.push->job(job(written - 1).id)->has_value(), 21);
    must(!storage.push->job(job(written).id)->has_value(), 22);
    const auto claimed = storage.push->claim_job("worker", {1}, {2});
    must(claimed.has_value() && claimed->has_value(), 23);
  });
}

}  // namespace
}  // namespace minato::test
