// From what was found on a page to a dataset in the form harvest/sources/source.h describes.
#pragma once

#include <string_view>

#include "core/dataset.h"
#include "harvest/sources/page/found_dataset.h"
#include "harvest/sources/page/page_facts.h"

namespace minato::harvest {

struct DatasetMaker {
  const PageFacts& facts;
  std::string_view organization;
  bool only_dataset = false;  // of its page: the page's date and description are its own

  [[nodiscard]] core::Dataset make(const FoundDataset& found) const;
};

}  // namespace minato::harvest
