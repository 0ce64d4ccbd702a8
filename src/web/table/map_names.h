// What the places of a table are called.
#pragma once

#include <cstddef>
#include <optional>

#include "core/table.h"

namespace minato::web {

// The column with the names of the places; nullopt: none is likely to.
std::optional<std::size_t> place_names(const core::TableSchema& schema);

}  // namespace minato::web
