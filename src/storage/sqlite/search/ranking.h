// How hits are ordered.
//
// A scored clause is a phrase in a text field. For each document that has it, one byte says how
// strong the match is: the tier of the best column (title and name; tags; organization; notes;
// names of resources and of their columns; the rest), and a level 0..39 within the tier. The level
// of a title is the share of the title that the phrase makes up; that of other tiers is BM25's
// saturation
//   tf / (tf + 1.2 * (0.25 + 0.75 * length / 400))
// with the number tf of occurrences in all columns and the length of all columns in tokens.
//
// The score of a document is the sum over the query's phrases of idf * weight, where
//   idf    = ln(1 + (N - n + 0.5) / (n + 0.5))      n of the N documents have the phrase
//   weight = between the weight of the tier (1, 2, 3, 6, 12, 24) and that of the next, by the
//   level.
// So of two matches of one phrase the one in the better column always wins. Levels are coarse on
// purpose: equally good matches stay equal and are ordered by metadata_modified. One byte per match
// makes a phrase that half of all documents have nearly as cheap as a rare one.
//
// Clauses on other fields, clauses under NOT, and wildcards choose documents but score nothing.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/error.h"
#include "core/search.h"
#include "storage/sqlite/search/document_columns.h"
#include "storage/sqlite/search/fields.h"

namespace minato::storage::sqlite::search {

struct MatchShape {
  Tier tier = Tier::kRest;
  std::uint32_t occurrences = 0;
  std::uint32_t phrase_tokens = 0;
  std::uint32_t title_tokens = 0;
  std::uint32_t document_tokens = 0;
};
// Never 0.
std::uint8_t strength_of(const MatchShape& shape);
// By strength.
const std::array<float, 256>& weights();
float idf(std::uint64_t documents, std::uint64_t matching);

// The hits [offset, offset + limit) in the order of `keys`, as places in `slots`; ties by id.
// `scores`: one per slot, none negative; or empty (keys by score are skipped then).
struct RankedPage {
  const DocumentColumns& columns;
  const std::vector<std::uint32_t>& slots;
  const std::vector<float>& scores;
  const std::vector<core::SortKey>& keys;
};
std::vector<std::uint32_t> ranked_page(const RankedPage& page, std::int64_t offset,
                                       std::int64_t limit);

}  // namespace minato::storage::sqlite::search
