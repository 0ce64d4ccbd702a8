// Remote ids of the datasets of one page: its URL, with an anchor where the page shows several.
#pragma once

#include <string>
#include <vector>

#include "harvest/sources/page/found_dataset.h"

namespace minato::harvest {

struct DatasetId {
  std::string remote_id;
  std::string landing_page;  // the URL with the anchor that the page has for it, if any
};

// One for each, in their order, all different. The dataset that is the page itself has the page's
// URL. The others have an id attribute of the page when it looks as if it would stay
// (opendata_dataset_12, not section3 or a hash), else a hash of the title without edition marks;
// of equal titles, of the headings above too.
std::vector<DatasetId> dataset_ids(const HtmlDocument& document,
                                   const std::vector<FoundDataset>& datasets,
                                   const std::string& page_url);

}  // namespace minato::harvest
