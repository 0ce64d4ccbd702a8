// Tables that list datasets row by row, tables that describe one dataset field by field, and
// others.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harvest/sources/page/found_dataset.h"
#include "harvest/sources/page/html_text.h"

namespace minato::harvest {

struct TableReading {
  enum class Kind {
    kRows,    // `datasets`
    kFields,  // `fields` of one dataset; its links are among them
    kOther,   // links with `labels` of their rows
  };
  Kind kind = Kind::kOther;
  std::vector<FoundDataset> datasets;
  std::vector<PageField> fields;
  std::map<NodeId, std::string> labels;  // by the node of the link
  std::map<NodeId, LinkText> claims;     // what the header of its column says of a link's file
};

struct TableContext {
  const HtmlDocument& document;
  const FileLinks& files;
  const NodeMask& skip;
  bool rows_are_datasets = false;  // whatever the header says
};

TableReading read_table(const TableContext& context, NodeId table);

}  // namespace minato::harvest
