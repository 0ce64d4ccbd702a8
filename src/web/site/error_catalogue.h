// api/errors.md as values. Its format, checked by tests/checks:
//
//   ## <error id>
//   Status <number>
//
//   - ja: <meaning>
//   - ja cure: <what to do>
//   - en: <meaning>
//   - en cure: <what to do>
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::web {

struct DocumentedError {
  std::string id;
  std::string status;
  core::LocalizedText meaning;
  core::LocalizedText cure;
};

// In the order of the document; other text of it is passed over.
std::vector<DocumentedError> parse_error_catalogue(std::string_view markdown);

}  // namespace minato::web
