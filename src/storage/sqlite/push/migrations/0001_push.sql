-- Uploads under way and import jobs. Times are microseconds since 1970-01-01 UTC; '' means "not given";
-- booleans are 0 and 1; enumerations are the numbers of storage/push_store.h.

-- One row: this is a whole file of ours.
CREATE TABLE push_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1)
) STRICT;
INSERT INTO push_state VALUES (1);

CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  received INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 1),
  blob TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_user ON upload (user_id, created);
CREATE INDEX upload_expires ON upload (expires);

-- user_id to request_id: who asked. report comes last: whoever reads the other columns does not read its
-- pages.
CREATE TABLE import_job (
  job_no INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
  resource_id TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  token_id TEXT NOT NULL,
  address TEXT NOT NULL,
  request_id TEXT NOT NULL,
  blob TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
  created INTEGER NOT NULL,
  started INTEGER,
  ended INTEGER,
  attempts INTEGER NOT NULL,
  owner TEXT NOT NULL,
  lease_until INTEGER NOT NULL,
  error_id TEXT NOT NULL,
  message_ja TEXT NOT NULL,
  message_en TEXT NOT NULL,
  hint_ja TEXT NOT NULL,
  hint_en TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT;
CREATE INDEX import_job_resource ON import_job (resource_id, created);
CREATE INDEX import_job_dataset ON import_job (dataset_id, created);
CREATE INDEX import_job_created ON import_job (created);
CREATE INDEX import_job_open ON import_job (created, job_no) WHERE state < 2;
