// What a dataset points to: its organization, its groups and its tags, and who may choose them.
#pragma once

#include "core/dataset.h"
#include "core/error.h"
#include "service/publish/dataset_scope.h"

namespace minato::service {

// Whether the caller may add a dataset to the organization (id or name) that the new one names.
// Fails as auth::require(); an organization that does not exist, or is missing, is left to
// settle_owner() for callers who may add datasets somewhere.
core::Result<void> allow_creation(const DatasetScope& scope, const core::Dataset& wanted);
// auth::require() on the dataset's owner; a dataset without organization is its creator's.
core::Result<void> allow_change(const DatasetScope& scope, auth::Action action,
                                const core::Dataset& dataset);

// owner_org becomes an id; a wrong when there is none that may be it. `before`: nullptr for a new
// dataset, whose permission allow_creation() has checked.
core::Result<void> settle_owner(const DatasetScope& scope, const core::Dataset* before,
                                DatasetEdit& edit);
// Names become ids, each once. kPermissionDenied "permission-denied" for a group that the dataset
// was not in and the caller has no role in.
core::Result<void> settle_groups(const DatasetScope& scope, const core::Dataset* before,
                                 DatasetEdit& edit);
// Each once, by name, with the ids of tags that exist; vocabulary_id may be a name.
core::Result<void> settle_tags(const DatasetScope& scope, const core::Dataset* before,
                               DatasetEdit& edit);

}  // namespace minato::service
