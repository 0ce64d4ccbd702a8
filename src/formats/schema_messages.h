// valijson's English findings in our form: JSON Pointer, Japanese and English.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace minato::formats {

// `context` as valijson gives it: "<root>", "[\"tags\"]", "[0]".
core::ErrorDetail translate_finding(const std::vector<std::string>& context,
                                    const std::string& description);

// True for findings that only say that something below is wrong.
bool is_summary(const std::string& description);

}  // namespace minato::formats
