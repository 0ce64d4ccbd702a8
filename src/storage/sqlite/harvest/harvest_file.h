// What the file harvest.db is.
#pragma once

#include <span>

#include "storage/sqlite/migrations.h"
#include "storage/sqlite/side/side_file.h"

namespace minato::storage::sqlite::harvest {

// The files of harvest/migrations/.
std::span<const Migration> harvest_migrations();

const SideFile& harvest_file();

}  // namespace minato::storage::sqlite::harvest
