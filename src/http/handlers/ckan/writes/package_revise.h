// package_revise: changes a dataset only when it is as the caller expects.
#pragma once

#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {

WriteAction package_revise_action();

}  // namespace minato::http::ckan
