-- What harvesting remembers. Times are microseconds since 1970-01-01 UTC; '' means "not given";
-- booleans are 0 and 1; enumerations are the numbers of core/harvest.h and storage/harvest_store.h.

-- One row: this is a whole file of ours.
CREATE TABLE harvest_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1)
) STRICT;
INSERT INTO harvest_state VALUES (1);

CREATE TABLE harvest_source (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
  url TEXT NOT NULL,
  organization TEXT NOT NULL,
  options TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  notice TEXT NOT NULL,
  schedule TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  next_run INTEGER,
  last_success INTEGER,
  unchanged_runs INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  deletions_held INTEGER NOT NULL CHECK (deletions_held IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Publishers whose source was once made.
CREATE TABLE known_publisher (
  code TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- seen_unchanged counts records that the job saw and did not queue; missing is written when the job
-- finishes. What else is counted is derived from objects, faults and files.
CREATE TABLE harvest_job (
  job_no INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  source_id TEXT NOT NULL REFERENCES harvest_source ON DELETE CASCADE,
  trigger TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  stage INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 3),
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 3),
  complete_listing INTEGER NOT NULL CHECK (complete_listing IN (0, 1)),
  created INTEGER NOT NULL,
  gather_started INTEGER,
  gather_finished INTEGER,
  finished INTEGER,
  deadline INTEGER,
  lease_owner TEXT NOT NULL DEFAULT '',
  lease_until INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0,
  received_bytes INTEGER NOT NULL DEFAULT 0,
  seen_unchanged INTEGER NOT NULL DEFAULT 0,
  missing INTEGER NOT NULL DEFAULT 0,
  files_changed INTEGER NOT NULL DEFAULT 0,
  files_unchanged INTEGER NOT NULL DEFAULT 0,
  files_failed INTEGER NOT NULL DEFAULT 0,
  tables INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX harvest_job_unfinished ON harvest_job (source_id) WHERE state < 2;
CREATE INDEX harvest_job_history ON harvest_job (source_id, job_no);

-- content comes last: whoever reads the other columns does not read its pages.
CREATE TABLE harvest_object (
  object_no INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  job_no INTEGER NOT NULL REFERENCES harvest_job ON DELETE CASCADE,
  remote_id TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  report INTEGER NOT NULL CHECK (report BETWEEN 0 AND 6),
  url TEXT NOT NULL,
  remote_modified TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  moved INTEGER NOT NULL CHECK (moved IN (0, 1)),
  attempts INTEGER NOT NULL,
  gathered INTEGER NOT NULL,
  fetched INTEGER,
  imported INTEGER,
  content TEXT NOT NULL,
  UNIQUE (job_no, remote_id)
) STRICT;
CREATE INDEX harvest_object_open ON harvest_object (job_no, state, object_no) WHERE state < 2;
CREATE INDEX harvest_object_report ON harvest_object (job_no, report, moved);

CREATE TABLE harvest_fault (
  fault_no INTEGER PRIMARY KEY AUTOINCREMENT,
  job_no INTEGER NOT NULL REFERENCES harvest_job ON DELETE CASCADE,
  object_id TEXT NOT NULL,
  stage TEXT NOT NULL,
  record TEXT NOT NULL,
  url TEXT NOT NULL,
  error_id TEXT NOT NULL,
  message_ja TEXT NOT NULL,
  message_en TEXT NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (job_no, stage, record, url, error_id, object_id, message_ja)
) STRICT;
CREATE INDEX harvest_fault_order ON harvest_fault (job_no, fault_no);

-- seen_unchanged: last_job saw it and did not queue it (harvest_job.seen_unchanged counts it).
CREATE TABLE harvest_record (
  source_id TEXT NOT NULL REFERENCES harvest_source ON DELETE CASCADE,
  remote_id TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  url TEXT NOT NULL,
  remote_modified TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  object_id TEXT NOT NULL,
  fetched INTEGER NOT NULL,
  last_job TEXT NOT NULL,
  last_seen INTEGER NOT NULL,
  missing_since INTEGER,
  missing_runs INTEGER NOT NULL,
  missing_confirmed INTEGER NOT NULL CHECK (missing_confirmed IN (0, 1)),
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  duplicate_of TEXT NOT NULL,
  seen_unchanged INTEGER NOT NULL DEFAULT 0 CHECK (seen_unchanged IN (0, 1)),
  PRIMARY KEY (source_id, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX harvest_record_dataset ON harvest_record (dataset_id) WHERE dataset_id <> '';
CREATE INDEX harvest_record_live ON harvest_record (source_id) WHERE deleted = 0;
CREATE INDEX harvest_record_missing ON harvest_record (source_id, deleted)
  WHERE missing_since IS NOT NULL;

CREATE TABLE harvest_key (
  source_id TEXT NOT NULL REFERENCES harvest_source ON DELETE CASCADE,
  remote_id TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (source_id, remote_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX harvest_key_holders ON harvest_key (key);

-- job_id: the job that has it in its queue, or had it last; '' after an abort.
CREATE TABLE harvest_file (
  file_no INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL UNIQUE,
  dataset_id TEXT NOT NULL,
  source_id TEXT NOT NULL REFERENCES harvest_source ON DELETE CASCADE,
  url TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  checked INTEGER,
  changed INTEGER,
  next_check INTEGER,
  unchanged_checks INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  error_id TEXT NOT NULL,
  message_ja TEXT NOT NULL,
  message_en TEXT NOT NULL,
  job_id TEXT NOT NULL
) STRICT;
CREATE INDEX harvest_file_dataset ON harvest_file (dataset_id);
CREATE INDEX harvest_file_source ON harvest_file (source_id);
CREATE INDEX harvest_file_waiting ON harvest_file (job_id, file_no) WHERE state = 0;
