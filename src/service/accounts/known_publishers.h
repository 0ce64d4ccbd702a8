// Organizations that are known before anybody made them: those of the list of publishers.
#pragma once

#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "service/audited_store.h"

namespace minato::service {

// The organization with this code. When the catalogue has none, it is made, with its parent, from
// its row of `csv` (as load_publishers() would make it, so that loading the list later changes
// nothing). kNotFound "organization-not-found" when the list does not have it either, or staff
// deleted it. For operators: asks for no permission.
core::Result<core::Group> known_organization(AuditedStore& store, std::string_view csv,
                                             std::string_view code, const WriteContext& context);

}  // namespace minato::service
