// What looks like a dataset on a page, before it becomes one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harvest/sources/page/field_names.h"
#include "harvest/sources/page/html_document.h"
#include "harvest/sources/page/link_reader.h"

namespace minato::harvest {

// All files a page links, by the node of the link.
using FileLinks = std::map<NodeId, FileLink>;

struct FoundDataset {
  std::string title;
  NodeId node = kNoNode;             // its heading, row or part; kNoNode: it is the page
  std::vector<std::string> context;  // headings above, from the top; the page's title is none
  std::string description;
  std::vector<PageField> fields;
  std::vector<FileLink> links;
};

// What stays of a title from edition to edition, in one spelling.
std::string title_key(std::string_view title);

}  // namespace minato::harvest
