// Answers a SearchRequest by looking at every dataset: the plain meaning of core/search.h.
#pragma once

#include "support/fake_catalog_store.h"

namespace minato::support {

[[nodiscard]] bool visible(const core::Dataset& dataset, const core::Visibility& visibility);
[[nodiscard]] bool matches(const CatalogContents& contents, const core::Dataset& dataset,
                           const core::SearchExpr& expr);
[[nodiscard]] core::SearchResult evaluate(const CatalogContents& contents,
                                          const core::SearchRequest& request);
// ASCII letters made small; other characters stay.
[[nodiscard]] std::string lower_ascii(std::string_view text);

}  // namespace minato::support
