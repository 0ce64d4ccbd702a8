// The meaning of a search, by looking at every dataset. Shares the folding and the tokens of text/
// with the index, nothing else.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/search.h"
#include "support/synthetic_catalog.h"

namespace minato::storage::sqlite::search {

class NaiveSearch {
 public:
  NaiveSearch(const support::SyntheticCatalog& catalog,
              const std::map<std::int64_t, core::Dataset>& datasets)
      : catalog_(catalog), datasets_(datasets) {}

  // Rowids in ascending order.
  [[nodiscard]] std::vector<std::int64_t> hits(const core::SearchRequest& request) const;
  // Value to count, over hits.
  [[nodiscard]] std::map<std::string, std::int64_t> facet(const std::vector<std::int64_t>& hits,
                                                          const std::string& field) const;

 private:
  using Values = std::vector<std::string>;
  [[nodiscard]] bool matches(const core::Dataset& dataset, const core::SearchExpr& expr) const;
  [[nodiscard]] bool leaf_matches(const core::Dataset& dataset, const core::SearchExpr& expr) const;
  [[nodiscard]] Values values(const core::Dataset& dataset, const std::string& field) const;
  [[nodiscard]] Values texts(const core::Dataset& dataset, const std::string& field) const;
  [[nodiscard]] Values organization_texts(const core::Dataset& dataset) const;

  const support::SyntheticCatalog& catalog_;
  const std::map<std::int64_t, core::Dataset>& datasets_;
};

}  // namespace minato::storage::sqlite::search
