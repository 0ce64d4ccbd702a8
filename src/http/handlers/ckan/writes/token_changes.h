// api_token_create and api_token_revoke.
#pragma once

#include <vector>

#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {

std::vector<WriteAction> token_write_actions();

}  // namespace minato::http::ckan
