// How many hits have which value.
#pragma once

#include <sqlite3.h>

#include <roaring/roaring.hh>
#include <string>
#include <utility>
#include <vector>

#include "core/search.h"
#include "storage/sqlite/search/document_columns.h"
#include "storage/sqlite/search/fields.h"

namespace minato::storage::sqlite::search {

// The values of a kFile field, read before the hits are known. Fields of this place are facets
// seldom enough to be read each time.
struct FileValues {
  std::vector<std::string> values;
  std::vector<std::pair<std::uint32_t, std::int64_t>> uses;  // place in values, document
};
// Throws SQLite::Exception.
FileValues read_file_values(sqlite3* db, const IndexField& field, core::Deadline deadline);

struct FacetHits {
  const DocumentColumns& columns;
  const Roaring& bitmap;
  const std::vector<std::uint32_t>& slots;  // the same, ascending
};

// In order and within the request's limits. Values that no hit has are never listed. REQUIRES: a
// field that check() lets pass; `file` for kFile fields.
core::Facet count_facet(const FacetHits& hits, const core::SearchRequest& request,
                        const std::string& name, const FileValues* file);

}  // namespace minato::storage::sqlite::search
