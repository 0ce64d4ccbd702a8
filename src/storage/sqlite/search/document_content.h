// What the index holds of a dataset: texts per column of search_text, and values per field.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "storage/sqlite/search/fields.h"
#include "storage/sqlite/search/search_index.h"

namespace minato::storage::sqlite::search {

struct DocumentContent {
  std::array<std::string, kTextColumns.size()> texts;       // in the order of kTextColumns
  std::vector<std::pair<std::string, std::string>> values;  // field, value; sorted, each once
  std::uint32_t tokens = 0;                                 // of all texts
  std::uint32_t title_tokens = 0;
};

DocumentContent content_of(const IndexedDataset& entry);

}  // namespace minato::storage::sqlite::search
