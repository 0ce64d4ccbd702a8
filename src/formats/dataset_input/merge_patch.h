// JSON Merge Patch (RFC 7396).
#pragma once

#include <rapidjson/document.h>

namespace minato::formats {

// Changes `target` as `patch` says: objects are merged, null takes a member away, everything else
// takes the place of what was there. As deep as the patch is: REQUIRES one that parse_json() let
// pass.
void merge_patch(rapidjson::Value& target, const rapidjson::Value& patch,
                 rapidjson::Document::AllocatorType& allocator);

}  // namespace minato::formats
