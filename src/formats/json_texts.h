// A list of texts as JSON, the form in which extras hold lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace minato::formats {

// `["a","b"]`. REQUIRES: valid UTF-8.
std::string write_json_texts(const std::vector<std::string>& texts);

// nullopt: not a JSON list of strings.
std::optional<std::vector<std::string>> read_json_texts(std::string_view json);

// One spelling for equal JSON values written with other blanks; nullopt: no JSON.
std::optional<std::string> compact_json(std::string_view json);

}  // namespace minato::formats
