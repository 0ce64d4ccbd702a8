// What the public may know of harvesting: never options (keys of remote APIs are among them) nor
// who holds a lease.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"

namespace minato::core {

struct JobStatus {
  HarvestJob job;  // lease_owner is empty
  std::string source_name;
};

struct SourceStatus {
  HarvestSource source;            // options are "{}"
  std::string organization_id;     // empty: the catalogue has none of that code
  std::string organization_title;  // ditto
  std::int64_t records = 0;        // remote records known and not deleted
  std::int64_t jobs = 0;
  std::optional<JobStatus> last_job;        // the newest, finished or not
  std::optional<Timestamp> last_confirmed;  // when the catalogue last saw its whole listing
  std::string period;  // of its schedule: "MANUAL", "DAILY", ...: CKAN's words for frequencies
};

// A fault of a job, in plain words.
struct FaultStatus {
  std::string stage;      // "gather", "fetch", "import", "file"
  std::string record;     // remote id, or resource id of a file; may be empty
  std::string object_id;  // empty: of the gather stage, or of a file
  std::string url;
  std::string error_id;
  LocalizedText message;
  Timestamp created;
};

struct FaultCount {
  LocalizedText message;
  std::int64_t count = 0;
};

// Most frequent messages first.
struct FaultSummaries {
  std::vector<FaultCount> gather;
  std::vector<FaultCount> records;  // of all other stages
};

struct ObjectStatus {
  std::string id;
  std::string remote_id;
  std::string url;
  std::string source_id;
  std::string job_id;
  std::string dataset_id;
  std::string remote_modified;
  std::string content;  // empty once it is imported
  std::string state;    // CKAN's: "WAITING", "IMPORT", "COMPLETE", "ERROR"
  RecordReport report = RecordReport::kNone;
  bool current = false;  // the dataset is as this object made it
  std::int64_t attempts = 0;
  Timestamp gathered;
  std::optional<Timestamp> fetched;
  std::optional<Timestamp> imported;
};

// Where a dataset came from.
struct Provenance {
  std::string source;  // id
  std::string source_title;
  std::string url;              // of the remote record
  std::string fetched;          // RFC 3339; may be empty
  std::string remote_modified;  // as the remote writes it; may be empty
  std::string hash;
  std::optional<Timestamp> last_confirmed;
  std::vector<std::string> kept_fields;  // JSON Pointers of what staff changed
};

}  // namespace minato::core
