// The rules of organizations and groups that need the catalogue. All run inside a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/names.h"
#include "service/publish/group_writes.h"
#include "storage/catalog_store.h"

namespace minato::service {

core::ErrorDetail group_wrong(std::string_view param, core::LocalizedText message,
                              core::LocalizedText hint = {});

// Brings `edit.group` into the form the catalogue keeps (parent as id, extras by key) and checks
// it. `before`: as it is now; null for a new one. Fails with kInvalidArgument "group-invalid" and
// one detail per wrong, those of `edit.wrongs` first.
core::Result<void> settle_group(GroupEdit& edit, const core::Group* before,
                                storage::CatalogReader& reader);

// Ids of users, for memberships; an unknown user is a detail of `edit.wrongs`.
core::Result<std::vector<storage::Membership>> settle_members(GroupEdit& edit,
                                                              storage::AccountReader& accounts,
                                                              core::Timestamp now);

// kConflict "organization-has-datasets", or Ok; datasets that are not deleted leave a group.
core::Result<void> release_datasets(const core::Group& group, storage::CatalogWriter& writer);
// The same for all datasets, deleted ones too.
core::Result<void> release_all_datasets(const core::Group& group, storage::CatalogWriter& writer);

}  // namespace minato::service
