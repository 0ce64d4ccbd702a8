// What a file is, by its bytes; its name decides only where bytes cannot.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::service {

// `head`: the first bytes (tabular::kSniffBytes of them, or all). `file_name` tells kinds of text
// apart, and of archives what is in them; `told`, the client's word, counts only when neither says
// anything.
std::string media_type_of(std::string_view head, std::string_view file_name, std::string_view told);

// `word`, unless a file that begins like this cannot be that: then what it is. "CSV", "XLSX",
// "PDF".
std::string format_of_file(std::string_view head, std::string_view word);

// The first bytes behind a descriptor, from its beginning; its position stays.
core::Result<std::string> head_of(int fd);

}  // namespace minato::service
