// One call of a writing action: who may try, what came with it, and the answer.
#pragma once

#include <string_view>

#include "core/error.h"
#include "http/handlers/ckan/writes/write_action.h"
#include "http/message.h"

namespace minato::http::ckan {

struct WriteDoor {
  std::string_view site_url;
  const WriteSources* sources = nullptr;  // nullptr: this server takes no writes
};

core::Result<Response> answer_write(const WriteDoor& door, const WriteAction& action,
                                    const Request& request);

}  // namespace minato::http::ckan
