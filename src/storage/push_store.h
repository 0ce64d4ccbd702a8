// Uploads under way and import jobs: a file of its own (push.db), so that their progress neither
// waits for nor disturbs the catalogue and its caches. What is published is in the catalogue alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "core/time.h"

namespace minato::storage {

// A large file that arrives in parts. Its bytes are in DATA_DIR/uploads/<id> until it is complete,
// then in the blob store.
struct Upload {
  enum class State { kOpen, kComplete };
  std::string id;
  std::string user_id;
  std::string file_name;
  std::string media_type;
  std::int64_t size = 0;      // announced, bytes
  std::string sha256;         // announced (hex), of the whole; empty: not announced
  std::int64_t received = 0;  // bytes that are durable: where the next part begins
  State state = State::kOpen;
  std::string blob;  // kComplete: SHA-256 (hex)
  core::Timestamp created;
  core::Timestamp expires;  // moves on with every part
};

// A file on its way to become the tables of a resource.
struct ImportJob {
  enum class State { kWaiting, kRunning, kHeld, kDone, kFailed, kCancelled };
  std::string id;
  State state = State::kWaiting;
  std::string resource_id;
  std::string dataset_id;
  std::string organization_id;
  core::Caller caller;  // who asked: user, token, address, request; without roles
  std::string blob;     // SHA-256 (hex) of the file
  std::int64_t bytes = 0;
  std::string file_name;
  std::string media_type;
  bool confirmed = false;  // a person saw the brakes and agreed
  bool review = false;     // held once it is read, even without brakes, until a person has looked
  // Not empty: the resource is not in the catalogue yet, and gets this name when it is published.
  std::string new_resource;
  core::Timestamp created;
  std::optional<core::Timestamp> started;
  std::optional<core::Timestamp> ended;  // of kHeld: when it stopped
  std::int64_t attempts = 0;
  std::string owner;  // of the lease: core::make_lease_owner()
  core::Timestamp lease_until;
  std::string report;    // JSON object: formats/import_report.h; empty before it was read
  std::string error_id;  // kFailed
  core::LocalizedText message;
  core::LocalizedText hint;
};

struct ImportJobRequest {
  std::string resource_id;  // empty: any
  std::string dataset_id;
  std::vector<std::string> organization_ids;  // empty: any
  std::optional<ImportJob::State> state;
  std::int64_t offset = 0;
  std::int64_t limit = 100;
};

// Thread-safe; several processes may have it open. Every write is durable (fsync) when it returns.
class PushStore {
 public:
  virtual ~PushStore() = default;
  // Inserts or replaces.
  virtual core::Result<void> put_upload(const Upload& upload) = 0;
  virtual core::Result<std::optional<Upload>> upload(std::string_view id) = 0;
  virtual core::Result<std::vector<Upload>> uploads_of(std::string_view user_id) = 0;
  virtual core::Result<std::vector<Upload>> uploads_expired(core::Timestamp now) = 0;
  virtual core::Result<void> remove_upload(std::string_view id) = 0;

  virtual core::Result<void> add_job(const ImportJob& job) = 0;
  virtual core::Result<std::optional<ImportJob>> job(std::string_view id) = 0;
  virtual core::Result<std::vector<ImportJob>> jobs(
      const ImportJobRequest& request) = 0;  // newest first
  // The oldest job that waits, or runs with a lease that is over; of one resource never two at a
  // time, and in the order of `created`. It is kRunning with this owner and lease when it comes.
  virtual core::Result<std::optional<ImportJob>> claim_job(std::string_view owner,
                                                           core::Timestamp now,
                                                           core::Timestamp lease_until) = 0;
  // The same for that one job; empty when somebody else has it or it does not wait.
  virtual core::Result<std::optional<ImportJob>> claim_job_named(std::string_view id,
                                                                 std::string_view owner,
                                                                 core::Timestamp now,
                                                                 core::Timestamp lease_until) = 0;
  // False when the lease is somebody else's by now.
  virtual core::Result<bool> renew_job(std::string_view id, std::string_view owner,
                                       core::Timestamp lease_until) = 0;
  // Writes state, ended, attempts, report and error of a job that `owner` runs; false as above.
  // kWaiting gives it back: the next claim may take it at once.
  virtual core::Result<bool> end_job(const ImportJob& job, std::string_view owner) = 0;
  // From kHeld to kWaiting with `confirmed`, or to kCancelled (also from kWaiting). False when it
  // is in no such state (any more).
  virtual core::Result<bool> confirm_job(std::string_view id) = 0;
  virtual core::Result<bool> cancel_job(std::string_view id, core::Timestamp now) = 0;
  // Ended jobs beyond the newest `keep` of each resource. First files that came to nothing, so that
  // their resource was never made, count together for their dataset.
  virtual core::Result<void> forget_jobs(std::int64_t keep) = 0;
};

}  // namespace minato::storage
