// A dcat:Distribution.
#pragma once

#include <optional>

#include "core/dataset.h"
#include "formats/remote/dcat_node.h"

namespace minato::formats {

// Its id is its URI, or its address. nullopt: it has no address.
std::optional<core::Resource> read_dcat_distribution(const DcatNode& node);

}  // namespace minato::formats
