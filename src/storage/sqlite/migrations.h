// The numbered steps that bring a catalogue file to the form this program works with.
#pragma once

#include <span>
#include <string_view>

#include "core/error.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// "MNTO", in the file's header: this file is a catalogue of ours.
inline constexpr int kApplicationId = 0x4D4E544F;

struct Migration {
  int version;
  std::string_view name;
  std::string_view sql;
};

// The files of migrations/, from version 1 on without a gap.
std::span<const Migration> all_migrations();

// The version that the newest migration makes.
int newest_version();

// Applies what the file lacks, each step in a transaction of its own; a step that fails leaves the
// file as the step before it did ("catalog-migration-failed"). Several processes may do this at
// once. REQUIRES: no open transaction.
core::Result<void> migrate(Connection& connection);

}  // namespace minato::storage::sqlite
