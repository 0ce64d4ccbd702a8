// Files on their way to become tables: jobs that read, compare with what is published, and stop
// before publication when something looks like a mistake.
//
// A job is done when the catalogue has the file as the resource's, and its tables, in one
// transaction with the audit entry. Crashed jobs are taken up again; doing one twice changes
// nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "service/audited_store.h"
#include "service/imports/brakes.h"
#include "service/imports/uploads.h"
#include "service/table_import.h"
#include "storage/push_store.h"

namespace minato::service {

struct ImportOptions {
  BrakeOptions brakes;
  std::int64_t workers = 1;
  std::int64_t lease_s = 60;
  std::int64_t max_attempts = 3;       // a job that takes the process down with it ends as kFailed
  std::int64_t keep_jobs = 50;         // ended ones: PushStore::forget_jobs()
  std::int64_t keep_versions = 0;      // of a table; 0: all. Older ones are removed after an import
  std::int64_t max_resources = 1'000;  // of a dataset
  std::function<void(std::string_view fault)> log_fault;  // hears what no client is told
};

// Hears of rows while they are read; on the thread that runs the job.
using JobProgress = std::function<void(std::int64_t rows)>;

// When a job stops before publication, until it is confirmed: when a brake says so, or always, so
// that a person sees how the file was read.
enum class Review { kOnBrakes, kAlways };

// A resource that is made when the job of its first file is published, and never when that is
// cancelled.
struct NewResource {
  std::string dataset;  // id or name
  std::string name;     // for people; empty: the file's
};

// Thread-safe.
class Imports {
 public:
  Imports(AuditedStore& store, const ImportTarget& target, storage::PushStore& jobs,
          ImportOptions options);
  ~Imports();  // stop()

  // kUpdateDataset on the owner of the resource's dataset; kNotFound "resource-not-found". The job
  // is durable when it returns.
  core::Result<storage::ImportJob> submit(std::string_view resource_id, const StoredFile& file,
                                          const WriteContext& context,
                                          Review review = Review::kOnBrakes);
  // The same for the first file of a resource that is not there yet: always reviewed. kNotFound
  // "dataset-not-found"; kInvalidArgument "dataset-invalid" (a name nobody can show),
  // "too-many-resources".
  core::Result<storage::ImportJob> submit_new(const NewResource& wanted, const StoredFile& file,
                                              const WriteContext& context);
  // kReadImportJobs: else kNotFound "job-not-found".
  core::Result<storage::ImportJob> job(std::string_view id, const core::Caller& caller);
  core::Result<std::vector<storage::ImportJob>> jobs(storage::ImportJobRequest request,
                                                     const core::Caller& caller);
  // kConflict "job-not-held". Audited.
  // confirm() also: kConflict "job-outdated" when something newer was published since.
  core::Result<storage::ImportJob> confirm(std::string_view id, const WriteContext& context);
  core::Result<storage::ImportJob> cancel(std::string_view id, const WriteContext& context);
  // Until it is neither waiting nor running, at most that long; as it is then.
  core::Result<storage::ImportJob> wait(std::string_view id, std::chrono::milliseconds at_most);

  // Threads that work on jobs; also takes up resources whose file was never imported (a crash
  // between the write of a resource and its job). stop() waits for the step under way.
  void start();
  void stop();
  // Runs this one job here and now (the command line); as it ended.
  core::Result<storage::ImportJob> run(std::string_view id, const JobProgress& progress = {});

 private:
  class Worker;
  core::Result<storage::ImportJob> add(storage::ImportJob job);
  core::Result<storage::ImportJob> job_to_decide(std::string_view id, const core::Caller& caller);

  AuditedStore& store_;
  ImportTarget target_;
  storage::PushStore& jobs_;
  ImportOptions options_;
  std::unique_ptr<Worker> worker_;
};

// A resource whose file is the one given: blob, size, names; format and media type by its content.
core::Result<core::Resource> resource_with_file(core::Resource resource, const StoredFile& file,
                                                storage::BlobStore& blobs);

// kNotFound "job-not-found".
tl::unexpected<core::Error> job_not_found(std::string_view id);

}  // namespace minato::service
