// Where the search index keeps each field of core/search_fields.h.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/search_fields.h"

namespace minato::storage::sqlite::search {

enum class Place {
  kText,      // columns of search_text
  kMemory,    // a TermColumn: few values, asked for all the time
  kFile,      // search_value: many values, seldom asked for
  kNumber,    // a number or time of the document
  kConstant,  // the same in every dataset
};

struct IndexField {
  std::string name;  // canonical
  core::FieldType type = core::FieldType::kString;
  Place place = Place::kFile;
};

// Of any name a query may use.
IndexField index_field(std::string_view name);
// The value of a kConstant field.
std::string_view constant_of(std::string_view canonical_name);

// How well a match is placed, from worst to best; see ranking.h.
enum class Tier : std::uint8_t { kRest, kColumns, kNotes, kOrganization, kTags, kTitle };
inline constexpr int kTiers = 6;

struct TextColumn {
  std::string_view name;
  Tier tier;
};
// In the order of search_text. Those that are not fields of queries are only part of the whole
// text.
inline constexpr std::array kTextColumns = {
    TextColumn{"title", Tier::kTitle},      TextColumn{"name", Tier::kTitle},
    TextColumn{"tags", Tier::kTags},        TextColumn{"organization", Tier::kOrganization},
    TextColumn{"notes", Tier::kNotes},      TextColumn{"columns", Tier::kColumns},
    TextColumn{"res_name", Tier::kColumns}, TextColumn{"res_description", Tier::kColumns},
    TextColumn{"author", Tier::kRest},      TextColumn{"maintainer", Tier::kRest},
    TextColumn{"rest", Tier::kRest},
};
// Its place in kTextColumns; REQUIRES: a column of that name.
std::size_t text_column(std::string_view name);

// Longer values of kMemory and kFile fields are kept, and compared, by their beginning.
inline constexpr std::size_t kMaxValueBytes = 1024;
// Longer texts are searchable by their beginning.
inline constexpr std::size_t kMaxTextColumnBytes = 1U << 20U;

}  // namespace minato::storage::sqlite::search
