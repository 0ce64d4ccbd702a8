// What harvesting remembers beside the catalogue: sources, jobs and their queues, identities of
// remote records, state of remote files. A file of its own (harvest.db), so that the progress of a
// job neither waits for nor disturbs the catalogue and its caches. The truth about datasets is in
// the catalogue (Origin); losing this file costs fetching everything again, not a dataset.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"

namespace minato::storage {

// A record on its way through one job: a row of the job's queue.
struct HarvestObject {
  enum class State { kWaiting, kFetched, kComplete, kError };
  std::string id;  // uuid
  std::string job_id;
  std::string source_id;
  std::string remote_id;
  State state = State::kWaiting;  // kWaiting with content: nothing to fetch
  core::RecordReport report = core::RecordReport::kNone;
  std::string url;              // where a person sees the record
  std::string remote_modified;  // as the remote writes it; may be empty
  std::string content;          // as the source's adapter gave it; emptied when it is done
  std::string dataset_id;
  bool moved = false;
  std::int64_t attempts = 0;
  core::Timestamp gathered;
  std::optional<core::Timestamp> fetched;
  std::optional<core::Timestamp> imported;
};

// What we know of one remote record, for as long as its source exists.
struct HarvestRecord {
  std::string source_id;
  std::string remote_id;
  std::string dataset_id;  // empty: never imported (errors, duplicates)
  std::string url;
  std::string remote_modified;
  std::string content_hash;  // SHA-256 (hex) of the content last imported
  std::string object_id;     // of the import that last changed something
  core::Timestamp fetched;   // when that content was fetched
  std::string last_job;      // that saw it
  core::Timestamp last_seen;
  std::optional<core::Timestamp> missing_since;
  std::int64_t missing_runs = 0;
  bool missing_confirmed = false;  // a person agreed to its deletion
  bool deleted = false;            // its dataset was deleted because it vanished
  std::string duplicate_of;        // dataset id
};

// A remote file behind a resource.
struct HarvestFile {
  enum class State { kWaiting, kDone, kFailed };
  std::string resource_id;
  std::string dataset_id;
  std::string source_id;
  std::string url;
  State state = State::kWaiting;
  std::string etag;           // of the last 200
  std::string last_modified;  // ditto, as sent
  std::string sha256;         // of the bytes we hold; empty: none yet
  std::optional<core::Timestamp> checked;
  std::optional<core::Timestamp> changed;
  std::optional<core::Timestamp> next_check;
  std::int64_t unchanged_checks = 0;  // in a row
  std::int64_t failures = 0;          // in a row
  std::string error_id;               // kFailed
  core::LocalizedText message;
  std::string job_id;  // that last had it in its queue
};

struct HarvestFault {
  std::string job_id;
  std::string object_id;  // empty: of the gather stage, or of a file
  std::string stage;      // "gather", "fetch", "import", "file"
  std::string record;     // remote id, or resource id for "file"; may be empty
  std::string url;
  std::string error_id;
  core::LocalizedText message;
  core::Timestamp created;
};

struct JobQuery {
  std::string source_id;  // empty: of all
  bool unfinished_only = false;
  std::int64_t offset = 0;
  std::int64_t limit = 100;
};

struct FaultSummary {
  core::LocalizedText message;
  std::int64_t count = 0;
};

struct Lease {
  std::string owner;
  core::Timestamp now;
  core::Timestamp until;
};

// Thread-safe; every call is one transaction, durable when it returns. Several processes may use
// the same file at the same time. Calls fail with kInternal, kUnavailable or kInsufficientStorage;
// those that write something of a source or a job that is gone with kNotFound
// ("harvest-source-not-found", "harvest-job-not-found").
class HarvestStore {
 public:
  virtual ~HarvestStore() = default;

  // --- sources
  virtual core::Result<std::vector<core::HarvestSource>> sources() = 0;  // by name
  virtual core::Result<std::optional<core::HarvestSource>> source(std::string_view id_or_name) = 0;
  // Inserts or replaces by id; kConflict "harvest-source-exists" when another one has the name.
  virtual core::Result<void> put_source(const core::HarvestSource& source) = 0;
  // Reads, changes and writes it in one transaction; kNotFound "harvest-source-not-found". `change`
  // must not call the store.
  virtual core::Result<core::HarvestSource> change_source(
      std::string_view id, const std::function<void(core::HarvestSource&)>& change) = 0;
  // With its jobs, records, keys and files; its datasets stay in the catalogue.
  virtual core::Result<void> remove_source(std::string_view id) = 0;

  // --- publishers: whose source was once made, so that one removed by an operator does not come
  // back. remove_source() leaves this as it is.
  virtual core::Result<std::set<std::string>> known_publishers() = 0;  // codes
  // Inserts the source and remembers the publisher, in one transaction. False, and nothing is
  // written: the publisher is known already (another process was faster). kConflict
  // "harvest-source-exists" when another source has the name.
  virtual core::Result<bool> put_publisher_source(std::string_view code,
                                                  const core::HarvestSource& source) = 0;

  // --- jobs
  // Newest first.
  virtual core::Result<std::vector<core::HarvestJob>> jobs(const JobQuery& query) = 0;
  virtual core::Result<std::optional<core::HarvestJob>> job(std::string_view id) = 0;
  virtual core::Result<std::int64_t> count_jobs(std::string_view source_id) = 0;
  // kConflict "harvest-job-exists" when the source has an unfinished one.
  virtual core::Result<core::HarvestJob> create_job(std::string_view source_id,
                                                    std::string_view trigger,
                                                    core::Timestamp now) = 0;
  // Takes an unfinished job whose lease is free, has run out, or belongs to an owner for whom
  // `is_dead` says so. Grows attempts, makes it kRunning. False: somebody else has it.
  virtual core::Result<bool> claim_job(std::string_view id, const Lease& lease,
                                       const std::function<bool(const std::string&)>& is_dead) = 0;
  // False: the lease was lost (taken by somebody else, or the job was finished by an operator).
  virtual core::Result<bool> renew_lease(std::string_view id, const Lease& lease) = 0;
  // Writes stage, outcome, state, times, complete_listing, requests and bytes; gives the lease up
  // when kFinished. Counts and lease are not taken from `job`. kConflict "harvest-job-finished" when
  // it is finished already (an operator aborted it): then it stays as it is.
  virtual core::Result<void> save_job(const core::HarvestJob& job) = 0;
  // Finishes it as kAborted whoever has it; open objects become errors. A finished one stays as it
  // is.
  virtual core::Result<void> abort_job(std::string_view id, core::Timestamp now) = 0;

  // --- gather
  // Puts records into the job's queue (content may be empty: to be fetched) and marks them as seen:
  // no longer missing. A remote id that is in the queue of this job already is passed over. With
  // report kDeleted (state kComplete) it is the note of a deletion for the counts, and the record is
  // not marked as seen. kConflict "harvest-job-finished".
  virtual core::Result<void> add_objects(std::string_view job_id,
                                         const std::vector<HarvestObject>& objects) = 0;
  // Marks known records as seen and unchanged by this job: counted as "not modified". Unknown
  // ones, and those seen by this job already, are passed over. kConflict "harvest-job-finished".
  virtual core::Result<void> mark_seen(std::string_view job_id, std::string_view source_id,
                                       const std::vector<std::string>& remote_ids,
                                       core::Timestamp now) = 0;

  // --- fetch and import
  // In the order in which they were gathered.
  virtual core::Result<std::vector<HarvestObject>> next_objects(std::string_view job_id,
                                                                HarvestObject::State state,
                                                                std::int64_t limit) = 0;
  // By id; the content of those in state kComplete or kError is dropped.
  virtual core::Result<void> save_objects(const std::vector<HarvestObject>& objects) = 0;
  virtual core::Result<std::optional<HarvestObject>> object(std::string_view id) = 0;
  virtual core::Result<std::vector<HarvestObject>> objects(std::string_view job_id,
                                                           std::int64_t offset,
                                                           std::int64_t limit) = 0;
  // Those of the job with report kErrored: what `retry` needs.
  virtual core::Result<std::vector<HarvestObject>> failed_objects(std::string_view job_id) = 0;

  // --- records
  virtual core::Result<std::optional<HarvestRecord>> record(std::string_view source_id,
                                                            std::string_view remote_id) = 0;
  // By remote id; those that are unknown are absent.
  virtual core::Result<std::vector<HarvestRecord>> records(
      std::string_view source_id, const std::vector<std::string>& remote_ids) = 0;
  virtual core::Result<std::vector<HarvestRecord>> records_of_dataset(
      std::string_view dataset_id) = 0;
  virtual core::Result<std::int64_t> count_records(std::string_view source_id) = 0;  // not deleted
  // Live records (with a dataset, not deleted) that this job did not see, by remote id.
  virtual core::Result<std::vector<HarvestRecord>> unseen_records(std::string_view source_id,
                                                                  std::string_view job_id) = 0;
  // Records now missing (missing_since set, not deleted).
  virtual core::Result<std::vector<HarvestRecord>> missing_records(std::string_view source_id) = 0;
  virtual core::Result<void> put_records(const std::vector<HarvestRecord>& records) = 0;
  // The record goes on under another remote id; its keys follow. Nothing to do when `from` is
  // unknown; kConflict "harvest-record-exists" when `to` is a live record with a dataset of its own.
  virtual core::Result<void> move_record(std::string_view source_id, std::string_view from,
                                         std::string_view to) = 0;

  // --- identity: texts by which two records are known to be the same dataset
  // ("landing:https://...", "id:<remote uuid>", "files:<hash>").
  struct Key {
    std::string key;
    std::string source_id;
    std::string remote_id;
  };
  // All holders of any of these.
  virtual core::Result<std::vector<Key>> find_keys(const std::vector<std::string>& keys) = 0;
  // Replaces the keys of each record named in `remote_ids` by those in `keys`.
  virtual core::Result<void> put_keys(std::string_view source_id,
                                      const std::vector<std::string>& remote_ids,
                                      const std::vector<Key>& keys) = 0;

  // --- files
  // Puts files into the queue of the job: known ones keep their validators (of another URL: only
  // sha256) and become kWaiting unless next_check lies ahead of `now` and the URL is the same.
  virtual core::Result<void> queue_files(std::string_view job_id,
                                         const std::vector<HarvestFile>& files,
                                         core::Timestamp now) = 0;
  // The same for the files of all records of the source that this job has seen.
  virtual core::Result<void> queue_due_files(std::string_view job_id, std::string_view source_id,
                                             core::Timestamp now) = 0;
  virtual core::Result<std::vector<HarvestFile>> waiting_files(std::string_view job_id,
                                                               std::int64_t limit) = 0;
  virtual core::Result<void> save_file(const HarvestFile& file) = 0;
  virtual core::Result<std::optional<HarvestFile>> file(std::string_view resource_id) = 0;
  virtual core::Result<std::vector<HarvestFile>> files_of_dataset(std::string_view dataset_id) = 0;
  // Counts what came of a file in this job (JobCounts::files_*, tables).
  virtual core::Result<void> count_file(std::string_view job_id, bool changed, bool failed,
                                        std::int64_t tables) = 0;

  // --- faults
  // One that the job has already (an interrupted step is repeated) is passed over.
  virtual core::Result<void> add_faults(const std::vector<HarvestFault>& faults) = 0;
  // In the order in which they happened.
  virtual core::Result<std::vector<HarvestFault>> faults(std::string_view job_id,
                                                         std::int64_t offset,
                                                         std::int64_t limit) = 0;
  // Most frequent messages first, at most `limit`; of the gather stage, or of all others.
  virtual core::Result<std::vector<FaultSummary>> fault_summary(std::string_view job_id,
                                                                bool gather,
                                                                std::int64_t limit) = 0;

  // Drops finished jobs of the source beyond the newest `keep`, with their objects and faults.
  virtual core::Result<void> prune_jobs(std::string_view source_id, std::int64_t keep) = 0;
  // A consistent copy as a new file: what a dry run works on.
  virtual core::Result<void> copy_to(const std::string& path) = 0;
};

}  // namespace minato::storage
