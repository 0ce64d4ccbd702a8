// The numbered steps that bring a database file to the form this program works with.
#pragma once

#include <span>
#include <string_view>

#include "core/error.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

struct Migration {
  int version;
  std::string_view name;
  std::string_view sql;
};

// The files of migrations/, from version 1 on without a gap.
std::span<const Migration> all_migrations();

// What a database file of ours is, and how it is known.
struct FileKind {
  int application_id;  // in the file's header
  std::span<const Migration> migrations;
  std::string_view count_of_state;  // SQL; 1 in a file whose first migration was done
};

const FileKind& catalog_file();

// The version that the newest migration makes.
int newest_version(const FileKind& kind = catalog_file());

// Applies what the file lacks, each step in a transaction of its own; a step that fails leaves the
// file as the step before it did ("catalog-migration-failed"). Several processes may do this at
// once. REQUIRES: no open transaction.
core::Result<void> migrate(Connection& connection, const FileKind& kind = catalog_file());

}  // namespace minato::storage::sqlite
