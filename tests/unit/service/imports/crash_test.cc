#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "core/process_owner.h"
#include "core/sha256.h"
#include "imports_fixture.h"

namespace minato::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Crashes : public ImportsFixture {
 protected:
  Crashes() { add_dataset(); }

  // A runner of its own takes the job and is never heard of again.
  void claim_and_vanish(const std::string& id) {
    const core::Timestamp now = clock_.now();
    ASSERT_TRUE(value_of(
        storage_->push->claim_job_named(id, "elsewhere:1:1-a-1:1", now, {now.us + 60'000'000})));
  }
};

// Runs `work` in a process of its own; its exit status.
int in_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int status = 99;
    try {
      status = work();
    } catch (const std::exception& error) {
      (void)!::write(2, error.what(), std::char_traits<char>::length(error.what()));
    }
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_F(Crashes, AJobWhoseLeaseRanOutIsDoneBySomebodyElse) {
  const auto job = submit(people(5));
  claim_and_vanish(job.id);
  open();
  imports_->start();
  EXPECT_EQ(value_of(imports_->wait(job.id, std::chrono::milliseconds(700))).state,
            State::kRunning);
  clock_.move(61);
  EXPECT_EQ(value_of(imports_->wait(job.id, std::chrono::seconds(30))).state, State::kDone);
  EXPECT_THAT(audit(), SizeIs(1));
}

TEST_F(Crashes, AJobOfAKilledProcessIsTakenUpAtOnce) {
  const auto job = submit(people(5));
  imports_.reset();
  uploads_.reset();
  store_.reset();
  storage_.reset();
  EXPECT_EQ(in_child([&] {
              open();
              const auto now = clock_.now();
              (void)storage_->push->claim_job_named(job.id, core::make_lease_owner(), now,
                                                    {now.us + 3'600'000'000});
              ::raise(SIGKILL);
              return 0;
            }),
            128 + SIGKILL);
  open();
  const auto done = value_of(imports_->run(job.id));
  EXPECT_EQ(done.state, State::kDone);
  EXPECT_EQ(done.attempts, 2);
}

TEST_F(Crashes, BetweenThePublicationAndItsNoteTheJobEndsWithoutASecondOne) {
  import(people(10));
  const auto job = submit(people(9) + "新館,1\r\n");
  ASSERT_EQ(value_of(imports_->run(job.id)).state, State::kDone);
  // As if the process had ended just before it wrote the end of the job down.
  storage::ImportJob open_job = job;
  open_job.id = "44444444-4444-4444-8444-444444444444";
  check(storage_->push->add_job(open_job));
  claim_and_vanish(open_job.id);
  const auto revision = storage_->catalog->revision();
  clock_.move(61);
  open();
  const auto ended = value_of(imports_->run(open_job.id));
  EXPECT_EQ(ended.state, State::kDone);
  EXPECT_EQ(storage_->catalog->revision(), revision);
  EXPECT_THAT(ended.report, HasSubstr("\"version\":2"));
  EXPECT_THAT(ended.report, HasSubstr("\"old_version\":1,\"rows_before\":10"));
  EXPECT_THAT(ended.report, HasSubstr("\"rows_added\":1,\"rows_removed\":1"));
  EXPECT_THAT(audit(), SizeIs(2));
}

TEST_F(Crashes, WhatAnUnfinishedImportWroteIsNeitherSeenNorInTheWay) {
  import(people(10));
  const auto job = submit(people(11));
  // A version that was written and not published.
  const auto left_over = value_of(prepare_tables(resource(), target()));
  ASSERT_THAT(left_over.tables(), SizeIs(1));
  EXPECT_EQ(left_over.tables()[0].version.version, 2);
  EXPECT_EQ(current()[0].version, 1);
  const auto done = value_of(imports_->run(job.id));
  EXPECT_EQ(done.state, State::kDone);
  EXPECT_EQ(current()[0].version, 3);
  EXPECT_EQ(current()[0].rows, 11);
  EXPECT_EQ(table_files(), 2U) << "the leftover is gone";
}

TEST_F(Crashes, AJobThatEndsTheProcessAgainAndAgainIsGivenUp) {
  const auto job = submit(people(5));
  for (int i = 0; i < 3; ++i) {
    claim_and_vanish(job.id);
    clock_.move(61);
  }
  const auto ended = value_of(imports_->run(job.id));
  EXPECT_EQ(ended.state, State::kFailed);
  EXPECT_EQ(ended.error_id, "import-crashed");
  EXPECT_THAT(current(), IsEmpty());
}

TEST_F(Crashes, AStoppedServerGivesItsJobBack) {
  const auto job = submit(people(200'000));
  imports_->start();
  for (int i = 0; i < 500; ++i) {
    if (value_of(storage_->push->job(job.id))->state == State::kRunning) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  imports_->stop();
  const auto now = *value_of(storage_->push->job(job.id));
  if (now.state == State::kDone) GTEST_SKIP() << "it was quicker than the stop";
  EXPECT_EQ(now.state, State::kWaiting);
  EXPECT_EQ(now.attempts, 0);
  EXPECT_THAT(current(), IsEmpty());
  EXPECT_EQ(table_files(), 0U);
}

TEST_F(Crashes, TwoProcessesNeverDoTheSameJob) {
  std::vector<std::string> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(submit(people(20 + i)).id);
  const auto work = [&](const std::unique_ptr<Imports>& runner) {
    for (const std::string& id : ids) value_of(runner->run(id));
  };
  auto storage = value_of(storage::sqlite::open_storage(folder_.path(), {}));
  AuditedStore store(*storage.catalog, clock_, std::string(32, 'k'));
  auto other = std::make_unique<Imports>(
      store, ImportTarget{*storage.catalog, *storage.blobs, *storage.tables, clock_}, *storage.push,
      options_);
  std::thread first([&] { work(imports_); });
  std::thread second([&] { work(other); });
  first.join();
  second.join();
  EXPECT_THAT(audit(), SizeIs(12));
  EXPECT_THAT(value_of(read()->table_versions(kResource)), SizeIs(12));
  EXPECT_EQ(current()[0].rows, 31);
  for (const std::string& id : ids) {
    const auto job = *value_of(storage_->push->job(id));
    EXPECT_EQ(job.state, State::kDone);
    EXPECT_EQ(job.attempts, 1);
  }
}

// What a limit on the size of files does is what a full disk does.
class FullDisk : public Crashes {
 protected:
  static void limit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{bytes, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  // Nothing of SQLite's may be open across fork().
  void close() {
    imports_.reset();
    uploads_.reset();
    store_.reset();
    storage_.reset();
  }
};

TEST_F(FullDisk, LeavesTheUploadWhereItStands) {
  const std::string part(600'000, 'x');
  const auto size = static_cast<std::int64_t>(part.size());
  const auto upload = value_of(uploads_->begin({"a.csv", "", 2 * size, ""}, editor().caller));
  ASSERT_TRUE(uploads_->append(upload.id, 0, {-1, part, size}, {}, editor().caller));
  close();
  EXPECT_EQ(
      in_child([&] {
        open();
        limit(900'000);
        const auto full = uploads_->append(upload.id, size, {-1, part, size}, {}, editor().caller);
        if (full || full.error().id != "storage-full") return 1;
        if (full.error().code != core::ErrorCode::kInsufficientStorage) return 2;
        if (value_of(uploads_->find(upload.id, editor().caller)).received != size) return 3;
        limit(RLIM_INFINITY);
        const auto again = uploads_->append(upload.id, size, {-1, part, size}, {}, editor().caller);
        return again && again->received == 2 * size ? 0 : 4;
      }),
      0);
  open();
  EXPECT_EQ(value_of(uploads_->complete(upload.id, editor().caller)).blob,
            core::sha256_hex(part + part));
}

TEST_F(FullDisk, FailsTheJobAndPublishesNothing) {
  import(people(10));
  const auto job = submit(people(60'000));
  const auto files = table_files();
  close();
  EXPECT_EQ(in_child([&] {
              open();
              limit(900'000);
              const auto ended = value_of(imports_->run(job.id));
              if (ended.state != State::kFailed) return 1;
              return ended.error_id == "storage-full" ? 0 : 2;
            }),
            0);
  open();
  EXPECT_EQ(current()[0].rows, 10);
  EXPECT_EQ(resource().blob, core::sha256_hex(people(10)));
  EXPECT_EQ(table_files(), files);
  EXPECT_EQ(import(people(60'000)).state, State::kDone) << "works again with space";
}

}  // namespace
}  // namespace minato::service
