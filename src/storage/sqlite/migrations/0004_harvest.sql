-- Fields of a dataset that no merge overwrites, and whose they are.
CREATE TABLE field_owner (
  dataset_id TEXT NOT NULL,
  pointer TEXT NOT NULL,
  owner TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, pointer)
) STRICT, WITHOUT ROWID;

-- What readers are told about the source of an origin.
CREATE TABLE source_confirmation (
  source TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  confirmed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
