#include "storage/sqlite/search/facets.h"

#include <SQLiteCpp/Exception.h>

#include <algorithm>
#include <chrono>

#include "storage/sqlite/search/raw_statement.h"

namespace minato::storage::sqlite::search {
namespace {

using Counts = std::vector<std::uint32_t>;

Counts count(const FacetHits& hits, const FileValues& file) {
  Counts counts(file.values.size());
  std::uint32_t slot = DocumentColumns::kNoSlot;
  for (const auto& [value, document] : file.uses) {
    slot = hits.columns.slot_of(document, slot);
    if (slot != DocumentColumns::kNoSlot && hits.bitmap.contains(slot)) ++counts[value];
  }
  return counts;
}

// Only the values that are shown become strings. `value_of(i)` names the i-th.
template <typename ValueOf>
std::vector<core::FacetValue> shown(const Counts& counts, const core::SearchRequest& request,
                                    ValueOf value_of) {
  const auto least = static_cast<std::uint64_t>(std::max<std::int64_t>(request.facet_min_count, 1));
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] >= least) order.push_back(i);
  }
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : value_of(a) < value_of(b);
  };
  const auto limit = request.facet_limit < 0
                         ? order.size()
                         : std::min(order.size(), static_cast<std::size_t>(request.facet_limit));
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(limit);
  std::partial_sort(order.begin(), end, order.end(), before);
  std::vector<core::FacetValue> values;
  values.reserve(limit);
  for (auto i = order.begin(); i != end; ++i) {
    values.push_back({value_of(*i), value_of(*i), static_cast<std::int64_t>(counts[*i])});
  }
  return values;
}

}  // namespace

FileValues read_file_values(sqlite3* db, const IndexField& field, core::Deadline deadline) {
  FileValues file;
  RawStatement rows(db,
                    "SELECT value, document FROM search_value WHERE field ="
                    " (SELECT field FROM search_field WHERE name = ?1) ORDER BY value, document");
  rows.bind(1, field.name);
  while (rows.step()) {
    if (file.uses.size() % 1024 == 0 && std::chrono::steady_clock::now() > deadline) {
      throw SQLite::Exception("facet", SQLITE_INTERRUPT);
    }
    if (file.values.empty() || file.values.back() != rows.text(0)) {
      file.values.emplace_back(rows.text(0));
    }
    file.uses.emplace_back(static_cast<std::uint32_t>(file.values.size() - 1), rows.integer(1));
  }
  return file;
}

core::Facet count_facet(const FacetHits& hits, const core::SearchRequest& request,
                        const std::string& name, const FileValues* file) {
  const IndexField field = index_field(name);
  if (field.place == Place::kConstant) {
    const std::string constant(constant_of(field.name));
    const auto only = [&](std::uint32_t) -> const std::string& { return constant; };
    return {name, shown({static_cast<std::uint32_t>(hits.slots.size())}, request, only)};
  }
  if (field.place == Place::kFile) {
    const auto value = [&](std::uint32_t i) -> const std::string& { return file->values[i]; };
    return {name, shown(count(hits, *file), request, value)};
  }
  const TermColumn* terms = hits.columns.terms(field.name);
  if (terms == nullptr) return {name, {}};
  const auto value = [&](std::uint32_t i) -> const std::string& { return terms->value(i); };
  return {name, shown(terms->count(hits.slots), request, value)};
}

}  // namespace minato::storage::sqlite::search
