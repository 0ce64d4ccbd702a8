// A push store in a folder of its own, and values for it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "storage/sqlite/push/sqlite_push_store.h"
#include "support/temp_dir.h"

namespace minato::test {

using storage::ImportJob;
using storage::Upload;
using storage::sqlite::push::SqlitePushStore;

inline core::Timestamp second(std::int64_t n) { return {n * 1'000'000}; }

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().id + ": " + result.error().message.en + " " +
                             result.error().internal);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline ImportJob waiting_job(const std::string& id, const std::string& resource,
                             std::int64_t created) {
  ImportJob job;
  job.id = id;
  job.resource_id = resource;
  job.created = second(created);
  return job;
}

class PushStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { store_ = value_of(SqlitePushStore::open(path())); }

  [[nodiscard]] std::string path() const { return folder_.path() + "/push.db"; }
  // Another process, as far as the file knows.
  [[nodiscard]] std::unique_ptr<storage::PushStore> another() const {
    return value_of(SqlitePushStore::open(path()));
  }
  void add(const std::string& id, const std::string& resource, std::int64_t created) {
    value_of(store_->add_job(waiting_job(id, resource, created)));
  }
  // The id of the claimed job; "" when there is none. Its lease ends ten seconds later.
  std::string claim(const std::string& owner, std::int64_t now) {
    const auto job = value_of(store_->claim_job(owner, second(now), second(now + 10)));
    return job ? job->id : "";
  }
  ImportJob job(const std::string& id) { return value_of(store_->job(id)).value(); }
  bool end(const std::string& id, const std::string& owner, ImportJob::State state) {
    ImportJob ended = job(id);
    ended.state = state;
    ended.ended = second(999);
    return value_of(store_->end_job(ended, owner));
  }

  TempDir folder_;
  std::unique_ptr<storage::PushStore> store_;
};

}  // namespace minato::test
