// Fields of a dataset from elsewhere that a person changed: theirs from now on, so that no merge
// with its source takes them back (service/dataset_merge.h).
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/time.h"
#include "storage/catalog_store.h"

namespace minato::service {

// JSON Pointers as the merge uses them, sorted: "/title", "/tags", "/extras/license_note",
// "/resources/<id>/url" (the bytes). "/resources" when one came or went.
std::vector<std::string> changed_fields(const core::Dataset& before, const core::Dataset& after);

struct FieldChange {
  std::vector<std::string> pointers;
  std::string user_id;  // empty: an operator
  core::Timestamp time;
};

// By pointer. "/resources" belongs to "staff", not to a person: the merge keeps what came or went
// one by one, and lets in what is new at the source.
std::vector<storage::FieldOwner> claim_fields(std::vector<storage::FieldOwner> owners,
                                              const FieldChange& change);

}  // namespace minato::service
