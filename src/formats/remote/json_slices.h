// Cuts a JSON text into the texts of its parts without building or checking them, so that one bad
// part of a long list costs only itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::formats {

struct JsonSlice {
  std::string key;         // decoded; of list elements empty
  std::string_view value;  // a part of the given text, without blanks around it
};

// The members of an object or the elements of a list, in order. Only brackets, quotes and commas of
// this level are checked; parse_json() checks the parts. Fails with kInvalidArgument "json-syntax",
// "json-too-deep" (512 levels).
core::Result<std::vector<JsonSlice>> slice_json(std::string_view json);

// The value of the first member of that key; empty when there is none.
std::string_view slice_of(const std::vector<JsonSlice>& members, std::string_view key);

// A string decoded, a number or boolean as it is written; everything else, and what cannot be
// decoded, is empty.
std::string text_of_slice(std::string_view value);

}  // namespace minato::formats
