// The errors with which the catalogue says that something is not there, or not for this caller.
#pragma once

#include "core/dataset.h"
#include "core/error.h"
#include "storage/history.h"

namespace minato::service {

tl::unexpected<core::Error> dataset_not_found();
tl::unexpected<core::Error> dataset_access_denied();
// kGone "dataset-deleted", with the reason.
tl::unexpected<core::Error> dataset_deleted(const core::Dataset& dataset,
                                            const storage::Tombstone& tombstone);
tl::unexpected<core::Error> resource_not_found();
// It is not in the dataset it was asked for in, but in this one.
tl::unexpected<core::Error> resource_of_another(const core::Dataset& owner);
tl::unexpected<core::Error> file_not_here();
tl::unexpected<core::Error> group_not_found(core::GroupKind kind);
tl::unexpected<core::Error> tag_not_found();
tl::unexpected<core::Error> vocabulary_not_found();

}  // namespace minato::service
