-- The catalogue. Times are microseconds since 1970-01-01 UTC; '' means "not given"; booleans are 0 and 1.
-- state: 0 active, 1 draft, 2 deleted. kind of a group: 0 organization, 1 group.

-- One row. revision grows with every committed change of the catalogue; index_version says which version
-- of the search index the file holds (another one than the program's: it is built anew).
CREATE TABLE catalog_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  revision INTEGER NOT NULL,
  index_version INTEGER NOT NULL
) STRICT;
INSERT INTO catalog_state VALUES (1, 1, 0);

-- Organizations and groups share one namespace of names.
CREATE TABLE catalog_group (
  group_no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  title_kana TEXT NOT NULL,
  title_en TEXT NOT NULL,
  parent TEXT NOT NULL,
  municipality_kind TEXT NOT NULL,
  county TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  created INTEGER NOT NULL,
  change INTEGER NOT NULL,
  image_url TEXT NOT NULL,
  homepage TEXT NOT NULL,
  description TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX catalog_group_live_name ON catalog_group (name) WHERE state <> 2;
CREATE INDEX catalog_group_deleted_name ON catalog_group (name) WHERE state = 2;

CREATE TABLE group_extra (
  group_no INTEGER NOT NULL REFERENCES catalog_group ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (group_no, position)
) STRICT, WITHOUT ROWID;

-- dataset_no is never used again (AUTOINCREMENT), so that what is kept in memory by number stays true.
-- change is the revision that last touched the dataset or what it shows of its organization and groups.
CREATE TABLE dataset (
  dataset_no INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
  is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),
  change INTEGER NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  owner_no INTEGER REFERENCES catalog_group,
  name TEXT NOT NULL,
  creator_user_id TEXT NOT NULL,
  license_id TEXT NOT NULL,
  frequency TEXT NOT NULL,
  language TEXT NOT NULL,
  temporal_start TEXT NOT NULL,
  temporal_end TEXT NOT NULL,
  title TEXT NOT NULL,
  title_kana TEXT NOT NULL,
  title_en TEXT NOT NULL,
  version TEXT NOT NULL,
  author TEXT NOT NULL,
  author_email TEXT NOT NULL,
  maintainer TEXT NOT NULL,
  maintainer_email TEXT NOT NULL,
  url TEXT NOT NULL,
  contact_name TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  contact_url TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  notes TEXT NOT NULL,
  notes_en TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX dataset_live_name ON dataset (name) WHERE state <> 2;
CREATE INDEX dataset_deleted_name ON dataset (name) WHERE state = 2;
CREATE INDEX dataset_change ON dataset (change);
CREATE INDEX dataset_listed_name ON dataset (name) WHERE state = 0 AND is_private = 0;
CREATE INDEX dataset_listed_owner ON dataset (owner_no) WHERE state = 0 AND is_private = 0;
CREATE INDEX dataset_owner ON dataset (owner_no);

-- The numbers of datasets that are gone for good, and the revision that removed them.
CREATE TABLE purged_dataset (
  dataset_no INTEGER PRIMARY KEY,
  change INTEGER NOT NULL
) STRICT;
CREATE INDEX purged_dataset_change ON purged_dataset (change);

-- Lists of codes of a dataset. kind: 0 theme, 1 spatial.
CREATE TABLE dataset_code (
  dataset_no INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (dataset_no, kind, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE dataset_extra (
  dataset_no INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (dataset_no, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE dataset_group (
  dataset_no INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
  position INTEGER NOT NULL,
  group_no INTEGER NOT NULL REFERENCES catalog_group,
  PRIMARY KEY (dataset_no, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX dataset_group_group ON dataset_group (group_no, dataset_no);

CREATE TABLE vocabulary (
  vocabulary_no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- vocabulary_no is NULL for free tags.
CREATE TABLE tag (
  tag_no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  vocabulary_no INTEGER REFERENCES vocabulary,
  name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tag_free_name ON tag (name) WHERE vocabulary_no IS NULL;
CREATE UNIQUE INDEX tag_vocabulary_name ON tag (vocabulary_no, name) WHERE vocabulary_no IS NOT NULL;

CREATE TABLE dataset_tag (
  dataset_no INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
  position INTEGER NOT NULL,
  tag_no INTEGER NOT NULL REFERENCES tag,
  PRIMARY KEY (dataset_no, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX dataset_tag_tag ON dataset_tag (tag_no, dataset_no);

-- is_listed: the resource is active and its dataset is active and public.
CREATE TABLE resource (
  dataset_no INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
  is_listed INTEGER NOT NULL CHECK (is_listed IN (0, 1)),
  format TEXT NOT NULL,
  size INTEGER,
  created INTEGER NOT NULL,
  last_modified INTEGER,
  metadata_modified INTEGER NOT NULL,
  cache_last_updated INTEGER,
  url_type TEXT NOT NULL,
  mimetype TEXT NOT NULL,
  mimetype_inner TEXT NOT NULL,
  hash TEXT NOT NULL,
  blob TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  license_id TEXT NOT NULL,
  cache_url TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  PRIMARY KEY (dataset_no, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX resource_id ON resource (id);
CREATE INDEX resource_listed_format ON resource (format) WHERE is_listed = 1;

CREATE TABLE resource_column (
  dataset_no INTEGER NOT NULL,
  resource_position INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  unit TEXT NOT NULL,
  description TEXT NOT NULL,
  PRIMARY KEY (dataset_no, resource_position, position),
  FOREIGN KEY (dataset_no, resource_position) REFERENCES resource ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_extra (
  dataset_no INTEGER NOT NULL,
  resource_position INTEGER NOT NULL,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (dataset_no, resource_position, position),
  FOREIGN KEY (dataset_no, resource_position) REFERENCES resource ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Where datasets came from. Rows outlive their dataset: removed = 1 keeps it from coming back.
CREATE TABLE origin (
  source TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  seen INTEGER NOT NULL,
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  document TEXT NOT NULL,
  PRIMARY KEY (source, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX origin_dataset ON origin (dataset_id);

-- Searches without a hit, folded.
CREATE TABLE missed_search (
  text TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX missed_search_rank ON missed_search (count, last);
