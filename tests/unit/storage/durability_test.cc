// What happens when processes die, and when several share a catalogue.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using Store = storage::sqlite::SqliteCatalogStore;

struct Child {
  pid_t pid = -1;
  int output = -1;
};

// Runs `work(fd)` in a child process; what it writes to fd can be read from `output`.
Child start_child(const std::function<void(int)>& work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe");
  const pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    work(ends[1]);
    _exit(0);
  }
  close(ends[1]);
  return {pid, ends[0]};
}

// Lets a child wait for its parent. A child must be forked before its parent opens the catalogue:
// SQLite's locks and threads do not survive a fork.
class StartSignal {
 public:
  StartSignal() {
    if (pipe(ends_) != 0) throw std::runtime_error("pipe");
  }
  ~StartSignal() {
    close(ends_[0]);
    close(ends_[1]);
  }
  StartSignal(const StartSignal&) = delete;
  StartSignal& operator=(const StartSignal&) = delete;
  void give() const { EXPECT_EQ(write(ends_[1], "!", 1), 1); }
  void wait() const {
    char byte = 0;
    if (read(ends_[0], &byte, 1) != 1) _exit(9);
  }

 private:
  int ends_[2];
};

class Durability : public SqliteFile {
 protected:
  // Writes datasets "r<round>-<n>" until it is killed, and tells each acknowledged n.
  void write_until_killed(int round, int fd) const {
    const auto store = Store::open(options());
    if (!store) _exit(3);
    for (std::int32_t n = 0;; ++n) {
      core::Dataset dataset = small_dataset("r" + std::to_string(round) + "-" + std::to_string(n));
      dataset.notes = std::string(static_cast<std::size_t>(n % 7) * 1000, 'n');
      if (!put(**store, dataset)) _exit(4);
      if (write(fd, &n, sizeof n) != sizeof n) _exit(5);
    }
  }
};

TEST_F(Durability, EveryAcknowledgedWriteSurvivesKill9) {
  std::mt19937 random(20'250'401);
  constexpr int kRounds = 20;
  for (int round = 0; round < kRounds; ++round) {
    const Child child = start_child([&](int fd) { write_until_killed(round, fd); });
    std::int32_t acknowledged = -1;
    // Kill it some random moment after the first acknowledged write.
    ASSERT_EQ(::read(child.output, &acknowledged, sizeof acknowledged), 4) << "round " << round;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 40'000));
    kill(child.pid, SIGKILL);
    int status = 0;
    waitpid(child.pid, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << status;
    std::int32_t n = 0;
    while (::read(child.output, &n, sizeof n) == sizeof n) acknowledged = n;
    close(child.output);

    const auto store = opened();
    const auto view = read(*store);
    for (n = 0; n <= acknowledged; ++n) {
      const auto found = view->dataset("r" + std::to_string(round) + "-" + std::to_string(n));
      ASSERT_TRUE(found.has_value() && found->has_value()) << "round " << round << " write " << n;
      ASSERT_EQ((*found)->notes.size(), static_cast<std::size_t>(n % 7) * 1000);
    }
    const auto searched = view->search({});
    ASSERT_TRUE(searched.has_value());
    ASSERT_EQ(searched->count, static_cast<std::int64_t>(view->dataset_names(0, 1 << 20)->size()));
  }
}

// 0, or the number of the step that went wrong; in a process of its own because the limit is.
int write_beyond_the_file_size_limit(const storage::sqlite::CatalogOptions& options) {
  const auto put = [](Store& store, const core::Dataset& dataset) {
    return store.write([&](storage::CatalogWriter& w) { return w.put_dataset(dataset); });
  };
  const auto store = Store::open(options);
  if (!store || !put(**store, small_dataset("before"))) return 1;
  signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{1'000'000, limit.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  core::Dataset huge = small_dataset("huge");
  huge.notes = std::string(9'000'000, 'n');
  const auto refused = put(**store, huge);
  if (refused) return 2;
  if (refused.error().id != "storage-full") return 3;
  // Half a dataset must not become durable because a change takes no notice of an error.
  const auto careless = (*store)->write([&](storage::CatalogWriter& w) -> core::Result<void> {
    static_cast<void>(w.put_dataset(huge));
    return {};
  });
  if (careless) return 7;
  setrlimit(RLIMIT_FSIZE, &limit);
  if (!put(**store, small_dataset("after"))) return 4;
  auto view = (*store)->read(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  if (!view || (*view)->dataset("huge")->has_value()) return 5;
  return (*view)->dataset_names(0, 10)->size() == 2 ? 0 : 6;
}

TEST_F(Durability, ADiskThatTakesNoMoreFailsTheWriteAndNothingElse) {
  const Child child = start_child([&](int) { _exit(write_beyond_the_file_size_limit(options())); });
  int status = 0;
  waitpid(child.pid, &status, 0);
  close(child.output);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(read(*opened())->dataset_names(0, 10)->size(), 2U);
}

TEST_F(Durability, SeesWritesOfAnotherProcess) {
  auto polling = options();
  polling.revision_poll = std::chrono::milliseconds(1);
  const StartSignal start;
  const Child child = start_child([&](int) {
    start.wait();
    const auto other = Store::open(options());
    _exit(other && put(**other, small_dataset("from-elsewhere")) ? 0 : 1);
  });
  const auto store = std::move(*Store::open(polling));
  const auto before = store->revision();
  start.give();
  int status = 0;
  waitpid(child.pid, &status, 0);
  close(child.output);
  ASSERT_EQ(status, 0);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (store->revision() == before && std::chrono::steady_clock::now() < limit) {
    std::this_thread::yield();
  }
  EXPECT_GT(store->revision(), before);
  EXPECT_TRUE(read(*store)->dataset("from-elsewhere")->has_value());
}

TEST_F(Durability, TwoProcessesWriteAtTheSameTime) {
  constexpr int kWrites = 40;
  const StartSignal start;
  const Child child = start_child([&](int) {
    start.wait();
    const auto other = Store::open(options());
    if (!other) _exit(1);
    for (int n = 0; n < kWrites; ++n) {
      if (!put(**other, small_dataset("child-" + std::to_string(n)))) _exit(2);
    }
    _exit(0);
  });
  const auto store = opened();
  start.give();
  for (int n = 0; n < kWrites; ++n) {
    const auto done = put(*store, small_dataset("parent-" + std::to_string(n)));
    ASSERT_TRUE(done.has_value()) << done.error().internal;
  }
  int status = 0;
  waitpid(child.pid, &status, 0);
  close(child.output);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(read(*store)->dataset_names(0, 1000)->size(), 2U * kWrites);
}

TEST_F(Durability, ReadersAndWritersOfOneProcessDoNotDisturbEachOther) {
  constexpr int kWriters = 4;
  constexpr int kWrites = 25;
  const auto store = opened();
  std::atomic<bool> writing{true};
  std::atomic<int> faults{0};
  std::vector<std::thread> threads;
  for (int w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      for (int n = 0; n < kWrites; ++n) {
        const std::string name = "w" + std::to_string(w) + "-" + std::to_string(n);
        // Two in one change: a reader must see both or none.
        const auto done = store->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
          if (auto first = writer.put_dataset(small_dataset(name + "-a")); !first) return first;
          return writer.put_dataset(small_dataset(name + "-b"));
        });
        if (!done) ++faults;
      }
    });
  }
  std::vector<std::thread> readers;
  for (int r = 0; r < 4; ++r) {
    readers.emplace_back([&] {
      std::uint64_t last = 0;
      while (writing) {
        const auto view = read(*store);
        const auto names = view->dataset_names(0, 100'000);
        const auto found = view->search({});
        if (!names || names->size() % 2 != 0 || view->revision() < last) ++faults;
        if (!found || found->count != static_cast<std::int64_t>(names->size())) ++faults;
        last = view->revision();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  writing = false;
  for (auto& thread : readers) thread.join();
  EXPECT_EQ(faults, 0);
  EXPECT_EQ(read(*store)->dataset_names(0, 100'000)->size(), 2U * kWriters * kWrites);
}

TEST_F(Durability, ChangesThatShareACommitKeepTheirOwnResults) {
  const auto store = opened();
  ASSERT_TRUE(put(*store, small_dataset("taken")).has_value());
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 32; ++i) {
    threads.emplace_back([&, i] {
      core::Dataset dataset = small_dataset("n" + std::to_string(i));
      const bool bad = i % 2 == 1;
      if (bad) dataset.name = "taken";
      const auto done = put(*store, dataset);
      if (done.has_value() != bad) ++right;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 32);
  EXPECT_EQ(read(*store)->dataset_names(0, 100)->size(), 17U);
}

TEST_F(Durability, WhatAChangeThrowsReachesItsCallerAndLeavesNothing) {
  const auto store = opened();
  EXPECT_THROW(static_cast<void>(store->write([](storage::CatalogWriter& w) -> core::Result<void> {
                 static_cast<void>(w.put_dataset(small_dataset("half")));
                 throw std::logic_error("broken invariant");
               })),
               std::logic_error);
  EXPECT_FALSE(read(*store)->dataset("half")->has_value());
  EXPECT_TRUE(put(*store, small_dataset("next")).has_value());
}

TEST_F(Durability, APutThatFailsLeavesNothingEvenWhenTheChangeGoesOn) {
  const auto store = opened();
  core::Dataset bad = small_dataset("bad");
  bad.groups = {"no-such-group"};
  const auto done = store->write([&](storage::CatalogWriter& w) -> core::Result<void> {
    const auto refused = w.put_dataset(bad);
    EXPECT_EQ(refused.error().id, "group-not-found");
    return w.put_dataset(small_dataset("good"));
  });
  ASSERT_TRUE(done.has_value());
  EXPECT_FALSE(read(*store)->dataset("bad")->has_value());
  EXPECT_TRUE(read(*store)->dataset("good")->has_value());
}

TEST_F(Durability, RefusesReferencesToNothing) {
  const auto store = opened();
  core::Dataset homeless = small_dataset("homeless");
  homeless.owner_org = "no-such-organization";
  EXPECT_EQ(put(*store, homeless).error().id, "organization-not-found");
  core::Dataset tagged = small_dataset("tagged");
  tagged.tags = {{"", "haru", "no-such-vocabulary"}};
  EXPECT_EQ(put(*store, tagged).error().id, "vocabulary-not-found");
  core::Dataset first = small_dataset("first");
  first.resources = {full_resource(first.id)};
  ASSERT_TRUE(put(*store, first).has_value());
  core::Dataset thief = small_dataset("thief");
  thief.resources = first.resources;
  EXPECT_EQ(put(*store, thief).error().id, "resource-id-taken");
}

TEST_F(Durability, TagsGetTheSameIdEverywhere) {
  const auto store = opened();
  core::Dataset dataset = small_dataset("tagged");
  dataset.tags = {{"", "観光", ""}, {"", "観光", ""}};
  ASSERT_TRUE(put(*store, dataset).has_value());
  const auto tags = (*read(*store)->dataset("tagged"))->tags;
  ASSERT_EQ(tags.size(), 1U);
  EXPECT_EQ(tags[0].id, core::stable_uuid("tag", "/観光"));
  EXPECT_EQ((*read(*store)->tag(tags[0].id, ""))->name, "観光");
}

}  // namespace
}  // namespace minato::test
