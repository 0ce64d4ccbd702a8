// From a request to an action's arguments: query string, JSON, form or multipart.
#pragma once

#include <vector>

#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/failure.h"
#include "http/handlers/ckan/uploaded_part.h"
#include "http/message.h"

namespace minato::http::ckan {

// Of everything but files.
inline constexpr std::uint64_t kMaxActionBody = 1024 * 1024;

struct ActionInput {
  Arguments arguments;
  std::vector<UploadedPart> files;  // of a multipart body; good as long as the request
};

// An action that changes something takes no query string and no GET. On the others a query string
// wins over a body. Fails with the 400 strings of CKAN's contract ("JSON Error: ..."), and with
// kTooLarge for a body without files of more than kMaxActionBody.
Checked<ActionInput> read_input(const Request& request, bool side_effect_free);

}  // namespace minato::http::ckan
