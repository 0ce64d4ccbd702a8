// A resource dict of a CKAN portal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "formats/json.h"

namespace minato::formats {

// Its id is the remote's, or its address when it has none. nullopt when it is no object, deleted or
// has no address; all but the second is noted in `repairs`. `base` is the portal's address.
std::optional<core::Resource> read_ckan_resource(const rapidjson::Value& value,
                                                 const std::string& pointer,
                                                 const std::string& base,
                                                 std::vector<std::string>& repairs);

}  // namespace minato::formats
