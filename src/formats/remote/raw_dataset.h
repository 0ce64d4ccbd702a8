// A dataset as a harvest source read it, raw words and all, kept as the content of a record between
// gather and import (harvest/sources/source.h).
#pragma once

#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"

namespace minato::formats {

// JSON in a fixed order; what is empty is left out. The same dataset always gives the same text:
// its hash tells whether a record changed, so put no moment of reading into the dataset.
// REQUIRES: valid UTF-8. Written are all texts, themes, spatial, temporal, contact, tags (names),
// extras, created, modified, and of resources all but position, state, dataset_id and blob. The
// order of lists is kept, so sort what the remote does not order.
std::string write_raw_dataset(const core::Dataset& dataset);

// Reads what write_raw_dataset() wrote; resources get positions, all else that is not written its
// default. Fails with kInvalidArgument "harvest-content".
core::Result<core::Dataset> read_raw_dataset(std::string_view json);

}  // namespace minato::formats
