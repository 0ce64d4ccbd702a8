// Keys of a dataset's files that stay when a file is replaced by its next edition.
//
// The key is what the file's name (else the link's words) says without edition marks, with format
// and encoding: R7_aed.csv and R8_aed.csv are "aed.csv", so next year's file is a new version of
// the same resource. Where several links of one dataset come to the same key they are editions side
// by side: the newest (or the one without a mark, or marked 最新) has the plain key, the others
// keep theirs ("aed.csv@2024"). So the plain key is always the latest file, whether the publisher
// replaces files or adds to them, and an edition has its own key from the day a newer one stands
// beside it. Everything follows from one page; nothing is remembered between runs.
#pragma once

#include <string>
#include <vector>

#include "harvest/sources/page/link_reader.h"

namespace minato::harvest {

struct ResourceKey {
  std::string key;      // unique among the links
  std::string edition;  // edition.h; empty: none
};

// One for each link, in their order.
std::vector<ResourceKey> resource_keys(const std::vector<FileLink>& links,
                                       std::string_view organization);

}  // namespace minato::harvest
