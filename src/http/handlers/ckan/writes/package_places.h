// Actions that move things: resources within their dataset, a dataset to another organization.
#pragma once

#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {

WriteAction package_resource_reorder_action();
WriteAction package_owner_org_update_action();

}  // namespace minato::http::ckan
