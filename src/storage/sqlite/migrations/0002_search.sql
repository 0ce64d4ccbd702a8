-- The search index (src/storage/sqlite/search). A dataset version is a document: documents never
-- change and their numbers grow with every write, so that readers only ever have to load newer ones.

-- attributes: what sorting, facets and filters need, as document_record.h encodes it. A row without
-- attributes says that the dataset is gone.
CREATE TABLE search_document (
  document INTEGER PRIMARY KEY,
  dataset INTEGER NOT NULL UNIQUE,
  attributes BLOB
) STRICT;

-- One-character queries are prefixes of bigrams; prefix = '1' makes each of them one lookup.
CREATE VIRTUAL TABLE search_text USING fts5 (
  title, name, tags, organization, notes, columns, res_name, res_description, author, maintainer, rest,
  tokenize = 'minato', detail = full, columnsize = 0, prefix = '1'
);

-- Values of fields that are seldom asked for and so not kept in memory ("id", "url", "extras_...").
CREATE TABLE search_field (
  field INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_value (
  field INTEGER NOT NULL,
  value TEXT NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (field, value, document)
) STRICT, WITHOUT ROWID;
