// One resource of a remote dataset in our vocabularies.
#pragma once

#include <string>

#include "core/dataset.h"
#include "service/harvest/text.h"

namespace minato::service {

// In place; `id` keeps the key that the source gave. See normalize.h.
void normalize_resource(core::Resource& resource, Repairs& repairs);

// Cleans a link. False: it is one that nobody should follow (javascript:, data:, too long), and
// empty now.
bool clean_link(std::string& url);

}  // namespace minato::service
