// The cells of one worksheet of an XLS ([MS-XLS] 2.1.7.20.5).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tabular/tabular_file.h"
#include "tabular/workbook/cell_text.h"
#include "tabular/workbook/number_format.h"
#include "tabular/workbook/sheet_reader.h"

namespace minato::tabular {

// What all sheets of a workbook need.
struct XlsGlobals {
  std::string stream;
  bool biff8 = true;
  std::uint16_t code_page = 1252;
  bool date1904 = false;
  std::vector<NumberFormat> styles;  // of XF records
  TextArena arena;
  std::vector<std::string_view> strings;  // SST
  ReadLimits limits;
};

// `offset` is the sheet's BOF record. Reads through the sheet once for its layout.
core::Result<std::unique_ptr<SheetReader>> open_xls_sheet(std::shared_ptr<const XlsGlobals> globals,
                                                          std::size_t offset);

}  // namespace minato::tabular
