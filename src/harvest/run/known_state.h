// Whether what we hold of a record can stand for what the source says now.
#pragma once

#include <string>
#include <string_view>

#include "core/harvest.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

// It became a dataset of ours that is there, and nothing is odd about it.
bool is_settled(const storage::HarvestRecord& record);

// The same, and nobody changed the source since its listing was last seen whole: options may read
// the same content otherwise.
bool is_current(const storage::HarvestRecord& record, const core::HarvestSource& source);

// What is added to a record's content before it is hashed (HarvestRecord::content_hash): the same
// content read with other options, or by a newer reader, is another one.
std::string reading_mark(const core::HarvestSource& source);

}  // namespace minato::harvest
