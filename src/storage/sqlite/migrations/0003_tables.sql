-- Versions of tables. The rows themselves live in one file per version (src/storage/sqlite/tables);
-- a version is published by its row here.
CREATE TABLE table_version (
  table_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  resource_id TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part > 0),
  is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
  created INTEGER NOT NULL,
  blob TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  name TEXT NOT NULL,
  rows INTEGER NOT NULL,
  columns INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  rejects INTEGER NOT NULL,
  container TEXT NOT NULL,
  encoding TEXT NOT NULL,
  PRIMARY KEY (table_id, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX current_table ON table_version (resource_id, part) WHERE is_current = 1;

-- Why the newest file of a resource is no table.
CREATE TABLE table_refusal (
  resource_id TEXT PRIMARY KEY,
  input_hash TEXT NOT NULL,
  seen INTEGER NOT NULL,
  error_id TEXT NOT NULL,
  message_ja TEXT NOT NULL,
  message_en TEXT NOT NULL,
  hint_ja TEXT NOT NULL,
  hint_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;
