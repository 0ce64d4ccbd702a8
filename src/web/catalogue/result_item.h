// Datasets as lists show them (dataset_item.mustache).
#pragma once

#include <vector>

#include "core/dataset.h"
#include "core/search.h"
#include "service/directory.h"
#include "text/highlight.h"
#include "web/frame/page.h"

namespace minato::web {

// One entry of a list.
View dataset_summary(const core::Dataset& dataset, const service::Directory& directory,
                     const Visit& visit);
// The same as a hit of a search: the words are marked, and where neither title nor notes have
// them it says what does.
View search_hit(const core::Dataset& dataset, const std::vector<text::SoughtWord>& words,
                const service::Directory& directory, const Visit& visit);

// The words a query looks for in the whole text, excluded ones left out.
std::vector<text::SoughtWord> sought_words(const core::SearchExpr& query);

}  // namespace minato::web
