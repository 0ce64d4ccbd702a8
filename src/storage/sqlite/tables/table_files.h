// The folder of tables: DATA/tables/<ab>/<table id>/<version>.db, and drafts of files being
// written.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/error.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

// A file being written: locked, so that other processes know it is alive, and removed with this
// object unless published.
class TableDraft {
 public:
  TableDraft() = default;
  TableDraft(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  ~TableDraft();
  TableDraft(TableDraft&& other) noexcept
      : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}
  TableDraft& operator=(TableDraft&&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  // Lets the system begin to write what it holds back of the file, so that publish() waits for
  // less. A hint: faults show in publish().
  void begin_writing_out() const;

 private:
  friend class TableFiles;
  std::string path_;
  int lock_ = -1;
};

// What a path named when it was looked at; another file under the same name differs.
struct FileIdentity {
  std::uint64_t inode = 0;
  std::int64_t changed_ns = 0;
  std::int64_t bytes = 0;
  bool operator==(const FileIdentity&) const = default;
};

enum class TableFile { kRows, kText };

// Thread-safe; several processes may use the same folder.
class TableFiles {
 public:
  // Makes the folders and removes what ended processes left. Errors: "data-dir-invalid".
  static core::Result<TableFiles> open(const std::string& data_dir);

  // "table-id-invalid" (kInvalidArgument): not [0-9A-Za-z._-]{1,120}, or begins with a dot.
  static core::Result<void> check(const TableKey& key);

  [[nodiscard]] std::string path(const TableKey& key, TableFile file) const;
  core::Result<TableDraft> draft() const;
  // A draft that begins as a copy of the rows of `from`: "table-version-missing".
  core::Result<TableDraft> draft_of(const TableKey& from) const;
  // Makes the draft durable under its name. Rows are never put in place of others
  // ("table-version-taken"); the index of words is. Its database must be closed.
  core::Result<void> publish(TableDraft draft, const TableKey& key, TableFile file) const;
  // "table-version-missing"
  core::Result<FileIdentity> identity(const TableKey& key, TableFile file) const;
  core::Result<void> remove(const TableKey& key) const;

 private:
  explicit TableFiles(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::string folder_of(const TableKey& key) const;

  std::string folder_;
};

// For SQLite: a file that never changes.
std::string immutable_uri(const std::string& path);

}  // namespace minato::storage::sqlite::tables
