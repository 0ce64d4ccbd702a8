// The small parts of an XLSX package: relationships, the list of sheets, cell formats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "tabular/workbook/number_format.h"
#include "tabular/workbook/workbook.h"

namespace minato::tabular {

struct Relationship {
  std::string id;
  std::string type;    // the last segment of its URI: "worksheet"; transitional and strict differ
  std::string target;  // part name without leading "/"
};

struct XlsxIndex {
  struct Sheet {
    SheetInfo info;
    std::string relationship;
  };
  std::vector<Sheet> sheets;
  bool date1904 = false;
};

// "_rels/.rels" of "", "xl/_rels/workbook.xml.rels" of "xl/workbook.xml".
std::string relationships_part(std::string_view source);

// Targets outside the package are left out. `source` is the part whose relationships these are.
core::Result<std::vector<Relationship>> parse_relationships(std::string_view xml,
                                                            std::string_view source);
core::Result<XlsxIndex> parse_workbook_part(std::string_view xml);
// One format for each cell style, in their order.
core::Result<std::vector<NumberFormat>> parse_styles(std::string_view xml);

}  // namespace minato::tabular
