// File formats as resources name them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minato::core {

struct FileFormat {
  std::string name;                     // as in Resource::format: "CSV"
  std::string mimetype;                 // "text/csv"; empty: it has none of its own
  std::vector<std::string> extensions;  // lower case, without dot; the first is the usual one
  std::vector<std::string> aliases;     // lower case: media types and other spellings
};
const std::vector<FileFormat>& file_formats();

// By name, alias, media type (parameters ignored), extension, or IRI of the EU file-type table or
// of IANA's media types; nullptr when unknown.
const FileFormat* find_file_format(std::string_view raw);

// CKAN's rule: a known spelling becomes its name ("text/csv" -> "CSV"), anything else stays as it
// is.
std::string normalise_format(std::string_view raw);

// From the extension of the path of a URL or file name; empty when it tells nothing.
std::string format_of_url(std::string_view url);

// Of a file name, for serving: "application/octet-stream" when unknown.
std::string mimetype_of_file(std::string_view file_name);

}  // namespace minato::core
