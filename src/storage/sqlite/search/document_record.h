// One row of search_document: what memory keeps of a document, and the values to take back from
// search_value when it is replaced.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"

namespace minato::storage::sqlite::search {

// Views into the encoded bytes, or into what is to be encoded.
struct DocumentRecord {
  std::string_view id;
  std::string_view name;
  std::string_view title;
  std::int64_t created = 0;   // microseconds
  std::int64_t modified = 0;  // microseconds
  core::State state = core::State::kActive;
  bool is_private = false;
  std::uint32_t num_tags = 0;
  std::uint32_t num_resources = 0;
  std::uint32_t tokens = 0;        // of all its text
  std::uint32_t title_tokens = 0;  // of its title alone
  std::uint32_t texts = 0;         // bit i: kTextColumns[i] is not empty
  struct Value {
    std::uint32_t field = 0;  // search_field.field
    std::string_view value;
    bool operator==(const Value&) const = default;
  };
  std::vector<Value> values;  // each once
};

std::string encode(const DocumentRecord& record);
// False when the bytes are damaged. Takes over the memory of `record`'s vectors.
[[nodiscard]] bool decode_record(std::string_view bytes, DocumentRecord& record);

}  // namespace minato::storage::sqlite::search
