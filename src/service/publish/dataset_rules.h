// What a dataset that a person writes must be like: core::check_dataset(), and what depends on its
// state and on what it was before.
#pragma once

#include "core/dataset.h"
#include "core/error.h"
#include "core/names.h"
#include "service/publish/dataset_writes.h"

namespace minato::service {

struct DatasetPair {
  const core::Dataset* before = nullptr;  // nullptr: it is new
  const core::Dataset& after;
};

// What was wrong already and stays as it was is nobody's mistake now (a harvested dataset without
// licence can be edited). A field has the wrongs of the first check that objects to it.
core::ErrorDetails check_rules(const DatasetPair& pair, core::ErrorDetails found);
// check_texts() of the new one, but for texts that were so before.
core::ErrorDetails check_characters(const DatasetPair& pair);
// Only what publication asks for: a title and a licence.
core::ErrorDetails check_publication(const core::Dataset& dataset);

// kInvalidArgument "too-many-resources", "too-many-tags", "too-many-extras" with one detail, when
// the number grew beyond the limit.
core::Result<void> check_limits(const DatasetPair& pair, const PublishOptions& options);

}  // namespace minato::service
