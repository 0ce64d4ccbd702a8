// A folder with a harvest.db, and short ways to fill it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/sqlite/harvest/sqlite_harvest_store.h"
#include "support/temp_dir.h"

namespace minato::test {

using core::Timestamp;
using storage::HarvestObject;
using storage::HarvestRecord;

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr Timestamp kNow{1'700'000'000 * kSecond};
inline Timestamp after(std::int64_t seconds) { return {kNow.us + seconds * kSecond}; }

inline core::HarvestSource some_source(const std::string& name) {
  core::HarvestSource source;
  source.id = "id-" + name;
  source.name = name;
  source.title = "横浜市";
  source.kind = core::SourceKind::kPage;
  source.url = "https://www.city.example.jp/" + name;
  source.organization = "141003";
  source.options = R"({"depth":2})";
  source.created = kNow;
  source.modified = kNow;
  return source;
}

inline HarvestRecord some_record(const std::string& remote_id) {
  HarvestRecord record;
  record.source_id = "id-a";
  record.remote_id = remote_id;
  record.dataset_id = "dataset-" + remote_id;
  record.url = "https://a.example/" + remote_id;
  record.remote_modified = "2024-01-02";
  record.content_hash = "00ff";
  record.object_id = "object-1";
  record.fetched = after(1);
  record.last_job = "an earlier job";
  record.last_seen = after(2);
  return record;
}

inline HarvestObject some_object(const std::string& remote_id, const std::string& content = "") {
  HarvestObject object;
  object.id = "object-" + remote_id;
  object.remote_id = remote_id;
  object.content = content;
  object.gathered = after(10);
  return object;
}

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().internal);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

template <typename T>
std::string id_of(const core::Result<T>& result) {
  return result ? std::string("no error") : result.error().id;
}

// With the source "a".
class HarvestStoreTest : public ::testing::Test {
 protected:
  using Store = std::unique_ptr<storage::HarvestStore>;

  HarvestStoreTest() : store_(opened()) { value_of(store_->put_source(some_source("a"))); }

  [[nodiscard]] std::string path() const { return folder_.path() + "/harvest.db"; }
  [[nodiscard]] core::Result<Store> open() const {
    return storage::sqlite::harvest::SqliteHarvestStore::open(path());
  }
  [[nodiscard]] Store opened() const { return value_of(open()); }

  std::string new_job() { return value_of(store_->create_job("id-a", "manual", kNow)).id; }
  core::HarvestJob job(const std::string& id) { return value_of(store_->job(id)).value(); }
  core::JobCounts counts(const std::string& id) { return job(id).counts; }
  HarvestRecord record(const std::string& remote_id) {
    return value_of(store_->record("id-a", remote_id)).value();
  }
  void finish(const std::string& job_id) {
    core::HarvestJob ended = job(job_id);
    ended.state = core::JobState::kFinished;
    ended.outcome = core::JobOutcome::kSucceeded;
    ended.finished = after(100);
    value_of(store_->save_job(ended));
  }

  TempDir folder_;
  Store store_;
};

}  // namespace minato::test
