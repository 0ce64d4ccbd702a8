// Which fields of a harvested dataset are not the source's.
#pragma once

#include <string>
#include <vector>

#include "core/time.h"
#include "service/dataset_merge.h"
#include "storage/catalog_store.h"

namespace minato::service {

// What the merge leaves alone. Lists that staff changed ("/tags") are not among them, unless a
// person or the source's options claim the whole of it: the merge keeps their items one by one.
KeptFields owned_fields(const std::vector<storage::FieldOwner>& owners,
                        const std::vector<std::string>& keep_fields);

// The owners with those fields added that the merge kept for staff; by pointer.
std::vector<storage::FieldOwner> owners_after(const std::vector<storage::FieldOwner>& owners,
                                              const KeptFields& kept,
                                              const std::vector<std::string>& keep_fields,
                                              core::Timestamp now);

// "/extras/harvest_hash" and the like: the import's own.
bool is_provenance_pointer(const std::string& pointer);

}  // namespace minato::service
