// Where the catalogue lives. Engines implement these interfaces (storage/sqlite now, PostgreSQL
// later); services know nothing else of them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/search.h"
#include "storage/accounts.h"
#include "storage/history.h"

namespace minato::storage {

// Where a dataset came from, and what that source last said about it: the base of the three-way
// merge that lets staff edits survive an update (shipped datasets now, harvested ones later).
struct Origin {
  std::string dataset_id;
  std::string source;     // "shipped", or a harvest source id
  std::string remote_id;  // unique within its source
  std::string document;   // what the source last said, as that source's importer encodes it
  std::string hash;       // of the source's bytes; equal hash means nothing to do
  core::Timestamp seen;
  bool removed = false;  // staff removed the dataset: never bring it back
};

// A field of a dataset that belongs to somebody else than its source: no merge overwrites it.
struct FieldOwner {
  std::string pointer;  // JSON Pointer: "/title", "/extras/license_note", "/resources/<id>/name"
  std::string owner;    // "staff", or a user id
  core::Timestamp since;
  bool operator==(const FieldOwner&) const = default;
};

// A harvest source as readers of its datasets see it.
struct SourceConfirmation {
  std::string source;  // as in Origin
  std::string title;
  std::string url;
  core::Timestamp confirmed;  // when its whole listing was last seen
};

// One accepted version of a table: a file, or one of the tables in it. Its rows are in the
// TableStore.
struct TableVersion {
  std::string table_id;  // resource_id, or "{resource_id}.{part}" from the second part on
  std::string resource_id;
  std::int64_t part = 1;     // place among the tables of its file, from 1
  std::string name;          // sheet or title line; may be empty
  std::int64_t version = 0;  // from 1, grows with every publication of that table
  core::Timestamp created;
  std::string blob;        // SHA-256 (hex) of the file as it was published
  std::string input_hash;  // of what it was made from: the file and the declared columns
  std::int64_t bytes = 0;  // of that file
  std::string file_name;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t findings = 0;
  std::int64_t rejects = 0;
  std::string container;  // tabular::FileReport's
  std::string encoding;
};

// Why the newest file of a resource is no table.
struct TableRefusal {
  std::string resource_id;
  std::string input_hash;  // of the file and declared columns that were refused
  core::Timestamp seen;
  std::string error_id;
  core::LocalizedText message;
  core::LocalizedText hint;
};

// What a table shall be that is written row by row, or has a key.
struct TableDefinition {
  std::string resource_id;
  std::vector<std::string> primary_key;  // names of columns
  std::vector<std::string> aliases;      // other names that DataStore actions take
};

struct GroupListRequest {
  core::GroupKind kind = core::GroupKind::kGroup;
  std::string query;               // in name, title, kana or English, folded; empty: all
  std::vector<std::string> names;  // only these; empty: all
};

struct TagListRequest {
  std::string query;          // folded substring; empty: all tags in use
  std::string vocabulary_id;  // empty: free tags
  // Those too that no active public dataset has: what a vocabulary offers.
  bool include_unused = false;
};

// One consistent view of the catalogue. Not thread-safe; cheap to get, give it back soon.
// Every call may fail with kDeadline (the reader's time limit) or kInternal.
class CatalogReader {
 public:
  virtual ~CatalogReader() = default;

  // Grows by at least one with every committed write.
  [[nodiscard]] virtual std::uint64_t revision() const = 0;

  // Dataset by id or name, any state; nothing found is an empty optional, not an error.
  virtual core::Result<std::optional<core::Dataset>> dataset(std::string_view id_or_name) = 0;
  // The id of the dataset that holds this resource.
  virtual core::Result<std::optional<std::string>> dataset_of_resource(
      std::string_view resource_id) = 0;
  // Names of active public datasets, sorted.
  virtual core::Result<std::vector<std::string>> dataset_names(std::int64_t offset,
                                                               std::int64_t limit) = 0;
  virtual core::Result<core::SearchResult> search(const core::SearchRequest& request) = 0;

  virtual core::Result<std::optional<core::Group>> group(core::GroupKind kind,
                                                         std::string_view id_or_name) = 0;
  // All that match and are not deleted, by title.
  virtual core::Result<std::vector<core::Group>> groups(const GroupListRequest& request) = 0;
  // Group id to number of active public datasets; groups without one are absent.
  virtual core::Result<std::map<std::string, std::int64_t>> dataset_counts(
      core::GroupKind kind) = 0;

  virtual core::Result<std::vector<core::Tag>> tags(const TagListRequest& request) = 0;
  virtual core::Result<std::optional<core::Tag>> tag(std::string_view id_or_name,
                                                     std::string_view vocabulary_id) = 0;
  virtual core::Result<std::vector<core::Vocabulary>> vocabularies() = 0;
  // Distinct resource formats of active public datasets with counts.
  virtual core::Result<std::map<std::string, std::int64_t>> formats() = 0;

  virtual core::Result<std::vector<Origin>> origins(std::string_view source) = 0;
  virtual core::Result<std::optional<Origin>> origin(std::string_view source,
                                                     std::string_view remote_id) = 0;
  virtual core::Result<std::vector<Origin>> origins_of(std::string_view dataset_id) = 0;
  virtual core::Result<std::optional<SourceConfirmation>> source_confirmation(
      std::string_view source) = 0;
  // By pointer.
  virtual core::Result<std::vector<FieldOwner>> field_owners(std::string_view dataset_id) = 0;

  // The current version; empty when there is no such table.
  virtual core::Result<std::optional<TableVersion>> table(std::string_view table_id) = 0;
  // All versions, newest first.
  virtual core::Result<std::vector<TableVersion>> table_versions(std::string_view table_id) = 0;
  // Current tables of a resource, by part.
  virtual core::Result<std::vector<TableVersion>> tables_of(std::string_view resource_id) = 0;
  // Ids of resources that have a table, sorted.
  virtual core::Result<std::vector<std::string>> resources_with_table() = 0;
  virtual core::Result<std::optional<TableRefusal>> table_refusal(std::string_view resource_id) = 0;

  virtual core::Result<std::optional<TableDefinition>> table_definition(
      std::string_view resource_id) = 0;
  // The resource that has this alias.
  virtual core::Result<std::optional<std::string>> resource_of_alias(std::string_view alias) = 0;
  // Ids of drafts whose publish_at is not after `now`.
  virtual core::Result<std::vector<std::string>> datasets_due(core::Timestamp now) = 0;
  // Ids of active resources of datasets that are not deleted, whose kept file is not that of their
  // current tables: they wait for an import, or were refused.
  virtual core::Result<std::vector<std::string>> resources_to_import() = 0;
  // Ids of datasets that are not deleted and belong to the organization, or the group.
  virtual core::Result<std::vector<std::string>> datasets_in(std::string_view group_id) = 0;

  virtual AccountReader& accounts() = 0;
  virtual HistoryReader& history() = 0;

  // Searches that found nothing, most frequent first.
  struct MissedSearch {
    std::string text;
    std::int64_t count = 0;
    core::Timestamp last;
  };
  virtual core::Result<std::vector<MissedSearch>> missed_searches(std::int64_t limit) = 0;
};

// Inside one write transaction: all of it is committed, or nothing.
// Each put replaces the whole value with that id, keeps the search index in step, and fails with
// kConflict ("name-taken") when another live value has the name.
class CatalogWriter {
 public:
  virtual ~CatalogWriter() = default;
  // What this transaction sees, its own writes included.
  virtual CatalogReader& reader() = 0;
  virtual core::Result<void> put_dataset(const core::Dataset& dataset) = 0;
  virtual core::Result<void> purge_dataset(std::string_view id) = 0;
  virtual core::Result<void> put_group(const core::Group& group) = 0;
  // REQUIRES: no dataset, not even a deleted one, belongs to it.
  virtual core::Result<void> purge_group(std::string_view id) = 0;
  virtual core::Result<void> put_vocabulary(const core::Vocabulary& vocabulary) = 0;
  // REQUIRES: it has no tags.
  virtual core::Result<void> remove_vocabulary(std::string_view id) = 0;
  virtual core::Result<void> put_tag(const core::Tag& tag) = 0;
  // From every dataset that has it, too.
  virtual core::Result<void> remove_tag(std::string_view id) = 0;
  virtual core::Result<void> put_origin(const Origin& origin) = 0;
  virtual core::Result<void> remove_origin(std::string_view source, std::string_view remote_id) = 0;
  virtual core::Result<void> put_source_confirmation(const SourceConfirmation& confirmation) = 0;
  // Replaces all of the dataset's.
  virtual core::Result<void> put_field_owners(std::string_view dataset_id,
                                              const std::vector<FieldOwner>& owners) = 0;
  // From now on these are the tables of the resource, each at its new version; a refusal is
  // forgotten. kConflict "table-version-taken" when somebody else published that number or a later
  // one meanwhile.
  virtual core::Result<void> publish_tables(std::string_view resource_id,
                                            const std::vector<TableVersion>& tables) = 0;
  // Tables published before stay current.
  virtual core::Result<void> put_table_refusal(const TableRefusal& refusal) = 0;
  // kConflict "alias-taken" when another resource has an alias.
  virtual core::Result<void> put_table_definition(const TableDefinition& definition) = 0;
  // Not finding it is no error.
  virtual core::Result<void> remove_table_definition(std::string_view resource_id) = 0;
  // The row of a superseded version; the TableStore's file is the caller's affair.
  virtual core::Result<void> forget_table_version(std::string_view table_id,
                                                  std::int64_t version) = 0;

  virtual AccountWriter& accounts() = 0;
  virtual HistoryWriter& history() = 0;
};

// Thread-safe.
class CatalogStore {
 public:
  virtual ~CatalogStore() = default;
  // A view of the newest committed state. Waits for a free connection until `deadline`, then fails
  // with kUnavailable; reads on it fail with kDeadline after `deadline`.
  virtual core::Result<std::unique_ptr<CatalogReader>> read(core::Deadline deadline) = 0;
  // Runs `change` in one transaction on the writer thread and returns when it is durable (fsync),
  // or with the error of `change` or of the engine, and then nothing has changed.
  virtual core::Result<void> write(std::function<core::Result<void>(CatalogWriter&)> change) = 0;
  // The newest revision this process knows, including writes of other processes. Cheap: may be
  // called per request.
  virtual std::uint64_t revision() = 0;
  // Counts a search that found nothing; returns at once, written later, may be lost in a crash.
  virtual void note_missed_search(std::string_view text) = 0;
  // ApiToken::last_used; ditto.
  virtual void note_token_use(std::string_view token_id, core::Timestamp when) = 0;
};

}  // namespace minato::storage
