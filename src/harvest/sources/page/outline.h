// A page as nested sections: what stands under which heading.
#pragma once

#include <string>
#include <vector>

#include "harvest/sources/page/content_area.h"
#include "harvest/sources/page/found_dataset.h"

namespace minato::harvest {

struct OutlineSection {
  int level = 0;
  NodeId node = kNoNode;       // the heading
  NodeId scope_end = kNoNode;  // the section ends here at the latest
  std::size_t parent = 0;
  std::string title;                    // as it is written
  std::vector<std::string> paragraphs;  // that link no files
  std::vector<PageField> fields;
  std::vector<FileLink> links;
  std::vector<FoundDataset> rows;  // of tables that list datasets
};

// Sections in document order; the first is the page, without title. Headings are h1 to h6, <dt>,
// <caption>, <summary>, <legend>, and paragraphs that are bold as a whole or begin with ■ and the
// like. REQUIRES: files are those inside the area.
struct OutlineRequest {
  const HtmlDocument& document;
  const ContentArea& area;
  const FileLinks& files;
  bool tables_list_datasets = true;
  bool rows_are_datasets = false;
};
std::vector<OutlineSection> read_outline(const OutlineRequest& request);

}  // namespace minato::harvest
