// What the file push.db is.
#pragma once

#include <span>

#include "storage/sqlite/migrations.h"
#include "storage/sqlite/side/side_file.h"

namespace minato::storage::sqlite::push {

// The files of push/migrations/.
std::span<const Migration> push_migrations();

const SideFile& push_file();

}  // namespace minato::storage::sqlite::push
