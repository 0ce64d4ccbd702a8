-- Who publishes, what they did, and what the catalogue remembers of it.

-- Of a draft: when it becomes active.
ALTER TABLE dataset ADD COLUMN publish_at INTEGER;
CREATE INDEX dataset_due ON dataset (publish_at) WHERE state = 1 AND publish_at IS NOT NULL;

-- Files that are kept here, for the question which of them still wait for an import.
CREATE INDEX resource_kept ON resource (id, blob) WHERE state = 0 AND blob <> '';

-- Names are unique with those of deleted users.
CREATE TABLE user_account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  full_name TEXT NOT NULL,
  email TEXT NOT NULL,
  about TEXT NOT NULL,
  image_url TEXT NOT NULL,
  sysadmin INTEGER NOT NULL CHECK (sysadmin IN (0, 1)),
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- hash: of the token, which itself is kept nowhere. scopes: one a line.
CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user_account,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER,
  revoked INTEGER,
  last_used INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX api_token_user ON api_token (user_id, created);

-- role: 0 member, 1 editor, 2 admin.
CREATE TABLE membership (
  group_id TEXT NOT NULL REFERENCES catalog_group (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user_account,
  role INTEGER NOT NULL CHECK (role IN (0, 1, 2)),
  since INTEGER NOT NULL,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_user ON membership (user_id);

-- The audit log (core/audit.h). It only grows, and never leaves a gap.
CREATE TABLE audit_entry (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  token_id TEXT NOT NULL,
  address TEXT NOT NULL,
  request_id TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  before_hash TEXT NOT NULL,
  after_hash TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_entry_follows BEFORE INSERT ON audit_entry
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM audit_entry)
BEGIN
  SELECT RAISE(ABORT, 'an audit entry must follow the last one');
END;
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries cannot be changed');
END;
CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries cannot be deleted');
END;

-- Its end, sealed. One row.
CREATE TABLE audit_head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;
INSERT INTO audit_head VALUES (1, 0, '', '');

CREATE TABLE activity (
  activity_no INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  time INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  object_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  type TEXT NOT NULL,
  is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
  data TEXT NOT NULL
) STRICT;
CREATE INDEX activity_time ON activity (time);
CREATE INDEX activity_object ON activity (object_id, time);
CREATE INDEX activity_organization ON activity (organization_id, time) WHERE organization_id <> '';
CREATE INDEX activity_user ON activity (user_id, time);

-- Names that datasets and groups had once; each leads to the one that had it last.
CREATE TABLE former_dataset_name (
  name TEXT PRIMARY KEY,
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX former_dataset_name_dataset ON former_dataset_name (dataset_id);
CREATE TABLE former_group_name (
  name TEXT PRIMARY KEY,
  group_id TEXT NOT NULL REFERENCES catalog_group (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX former_group_name_group ON former_group_name (group_id);

-- What the page of a deleted dataset tells.
CREATE TABLE tombstone (
  dataset_id TEXT PRIMARY KEY REFERENCES dataset (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  user_id TEXT NOT NULL,
  time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Writes that were answered under a client's key.
CREATE TABLE answered_key (
  user_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  time INTEGER NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_key_time ON answered_key (time);

-- Tables that are written row by row, or have a key or other names.
CREATE TABLE table_definition (
  resource_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE table_key_column (
  resource_id TEXT NOT NULL REFERENCES table_definition ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (resource_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE table_alias (
  alias TEXT PRIMARY KEY,
  resource_id TEXT NOT NULL REFERENCES table_definition ON DELETE CASCADE,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX table_alias_resource ON table_alias (resource_id, position);
