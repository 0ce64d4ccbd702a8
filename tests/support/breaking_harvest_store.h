// A HarvestStore that dies at a chosen write: as if the power went at that moment. Everything asked
// of it afterwards fails, and nothing more is written.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/harvest_store.h"

namespace minato::support {

class BreakingHarvestStore final : public storage::HarvestStore {
 public:
  using Job = core::HarvestJob;
  using Source = core::HarvestSource;
  using Object = storage::HarvestObject;
  using Record = storage::HarvestRecord;
  using File = storage::HarvestFile;
  using Fault = storage::HarvestFault;
  template <typename T>
  using Result = core::Result<T>;

  explicit BreakingHarvestStore(storage::HarvestStore& store) : store_(store) {}

  // The n-th write from now on (from 1) is the first that fails.
  void break_at_write(std::int64_t n) { left_ = n - 1; }
  [[nodiscard]] bool is_broken() const { return broken_; }
  [[nodiscard]] std::int64_t writes() const { return writes_; }
  // Called before each write with its name: where tests cut in.
  std::function<void(const std::string&)> before_write;

  Result<std::vector<Source>> sources() override {
    return read([&] { return store_.sources(); });
  }
  Result<std::optional<Source>> source(std::string_view id) override {
    return read([&] { return store_.source(id); });
  }
  Result<void> put_source(const Source& source) override {
    return write("put_source", [&] { return store_.put_source(source); });
  }
  Result<Source> change_source(std::string_view id,
                               const std::function<void(Source&)>& change) override {
    return write("change_source", [&] { return store_.change_source(id, change); });
  }
  Result<void> remove_source(std::string_view id) override {
    return write("remove_source", [&] { return store_.remove_source(id); });
  }
  Result<std::set<std::string>> known_publishers() override {
    return read([&] { return store_.known_publishers(); });
  }
  Result<bool> put_publisher_source(std::string_view code, const Source& source) override {
    return write("put_publisher_source", [&] { return store_.put_publisher_source(code, source); });
  }
  Result<std::vector<Job>> jobs(const storage::JobQuery& query) override {
    return read([&] { return store_.jobs(query); });
  }
  Result<std::optional<Job>> job(std::string_view id) override {
    return read([&] { return store_.job(id); });
  }
  Result<std::int64_t> count_jobs(std::string_view source_id) override {
    return read([&] { return store_.count_jobs(source_id); });
  }
  Result<Job> create_job(std::string_view source_id, std::string_view trigger,
                         core::Timestamp now) override {
    return write("create_job", [&] { return store_.create_job(source_id, trigger, now); });
  }
  Result<bool> claim_job(std::string_view id, const storage::Lease& lease,
                         const std::function<bool(const std::string&)>& is_dead) override {
    return write("claim_job", [&] { return store_.claim_job(id, lease, is_dead); });
  }
  // Not counted: the heart beats when it likes.
  Result<bool> renew_lease(std::string_view id, const storage::Lease& lease) override {
    return read([&] { return store_.renew_lease(id, lease); });
  }
  Result<void> save_job(const Job& job) override {
    return write("save_job", [&] { return store_.save_job(job); });
  }
  Result<void> abort_job(std::string_view id, core::Timestamp now) override {
    return write("abort_job", [&] { return store_.abort_job(id, now); });
  }
  Result<void> add_objects(std::string_view job_id, const std::vector<Object>& objects) override {
    return write("add_objects", [&] { return store_.add_objects(job_id, objects); });
  }
  Result<void> mark_seen(std::string_view job_id, std::string_view source_id,
                         const std::vector<std::string>& ids, core::Timestamp now) override {
    return write("mark_seen", [&] { return store_.mark_seen(job_id, source_id, ids, now); });
  }
  Result<std::vector<Object>> next_objects(std::string_view job_id, Object::State state,
                                           std::int64_t limit) override {
    return read([&] { return store_.next_objects(job_id, state, limit); });
  }
  Result<void> save_objects(const std::vector<Object>& objects) override {
    return write("save_objects", [&] { return store_.save_objects(objects); });
  }
  Result<std::optional<Object>> object(std::string_view id) override {
    return read([&] { return store_.object(id); });
  }
  Result<std::vector<Object>> objects(std::string_view job_id, std::int64_t offset,
                                      std::int64_t limit) override {
    return read([&] { return store_.objects(job_id, offset, limit); });
  }
  Result<std::vector<Object>> failed_objects(std::string_view job_id) override {
    return read([&] { return store_.failed_objects(job_id); });
  }
  Result<std::optional<Record>> record(std::string_view source_id,
                                       std::string_view remote_id) override {
    return read([&] { return store_.record(source_id, remote_id); });
  }
  Result<std::vector<Record>> records(std::string_view source_id,
                                      const std::vector<std::string>& ids) override {
    return read([&] { return store_.records(source_id, ids); });
  }
  Result<std::vector<Record>> records_of_dataset(std::string_view dataset_id) override {
    return read([&] { return store_.records_of_dataset(dataset_id); });
  }
  Result<std::int64_t> count_records(std::string_view source_id) override {
    return read([&] { return store_.count_records(source_id); });
  }
  Result<std::vector<Record>> unseen_records(std::string_view source_id,
                                             std::string_view job_id) override {
    return read([&] { return store_.unseen_records(source_id, job_id); });
  }
  Result<std::vector<Record>> missing_records(std::string_view source_id) override {
    return read([&] { return store_.missing_records(source_id); });
  }
  Result<void> put_records(const std::vector<Record>& records) override {
    return write("put_records", [&] { return store_.put_records(records); });
  }
  Result<void> move_record(std::string_view source_id, std::string_view from,
                           std::string_view to) override {
    return write("move_record", [&] { return store_.move_record(source_id, from, to); });
  }
  Result<std::vector<Key>> find_keys(const std::vector<std::string>& keys) override {
    return read([&] { return store_.find_keys(keys); });
  }
  Result<void> put_keys(std::string_view source_id, const std::vector<std::string>& ids,
                        const std::vector<Key>& keys) override {
    return write("put_keys", [&] { return store_.put_keys(source_id, ids, keys); });
  }
  Result<void> queue_files(std::string_view job_id, const std::vector<File>& files,
                           core::Timestamp now) override {
    return write("queue_files", [&] { return store_.queue_files(job_id, files, now); });
  }
  Result<void> queue_due_files(std::string_view job_id, std::string_view source_id,
                               core::Timestamp now) override {
    return write("queue_due_files", [&] { return store_.queue_due_files(job_id, source_id, now); });
  }
  Result<std::vector<File>> waiting_files(std::string_view job_id, std::int64_t limit) override {
    return read([&] { return store_.waiting_files(job_id, limit); });
  }
  Result<void> save_file(const File& file) override {
    return write("save_file", [&] { return store_.save_file(file); });
  }
  Result<std::optional<File>> file(std::string_view resource_id) override {
    return read([&] { return store_.file(resource_id); });
  }
  Result<std::vector<File>> files_of_dataset(std::string_view dataset_id) override {
    return read([&] { return store_.files_of_dataset(dataset_id); });
  }
  Result<void> count_file(std::string_view job_id, bool changed, bool failed,
                          std::int64_t tables) override {
    return write("count_file", [&] { return store_.count_file(job_id, changed, failed, tables); });
  }
  Result<void> add_faults(const std::vector<Fault>& faults) override {
    return write("add_faults", [&] { return store_.add_faults(faults); });
  }
  Result<std::vector<Fault>> faults(std::string_view job_id, std::int64_t offset,
                                    std::int64_t limit) override {
    return read([&] { return store_.faults(job_id, offset, limit); });
  }
  Result<std::vector<storage::FaultSummary>> fault_summary(std::string_view job_id, bool gather,
                                                           std::int64_t limit) override {
    return read([&] { return store_.fault_summary(job_id, gather, limit); });
  }
  Result<void> prune_jobs(std::string_view source_id, std::int64_t keep) override {
    return write("prune_jobs", [&] { return store_.prune_jobs(source_id, keep); });
  }
  Result<void> copy_to(const std::string& path) override {
    return write("copy_to", [&] { return store_.copy_to(path); });
  }

 private:
  template <typename Call>
  auto read(const Call& call) -> decltype(call()) {
    if (broken_) return core::fail_internal("the power is gone");
    return call();
  }
  template <typename Call>
  auto write(const char* name, const Call& call) -> decltype(call()) {
    if (!broken_ && before_write) before_write(name);
    ++writes_;
    if (left_ == 0) broken_ = true;
    if (left_ > 0) --left_;
    return read(call);
  }

  storage::HarvestStore& store_;
  std::atomic<std::int64_t> left_{-1};
  std::atomic<std::int64_t> writes_{0};
  std::atomic<bool> broken_{false};
};

}  // namespace minato::support
