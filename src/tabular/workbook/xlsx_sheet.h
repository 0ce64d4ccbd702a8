// The cells of one worksheet part (ISO/IEC 29500-1 s18.3), read as a stream.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tabular/tabular_file.h"
#include "tabular/workbook/number_format.h"
#include "tabular/workbook/package.h"
#include "tabular/workbook/shared_strings.h"
#include "tabular/workbook/sheet_reader.h"

namespace minato::tabular {

// What all sheets of a workbook need.
struct XlsxContext {
  std::shared_ptr<Package> package;
  std::shared_ptr<const SharedStrings> strings;
  std::shared_ptr<const std::vector<NumberFormat>> styles;
  bool date1904 = false;
  ReadLimits limits;
};

// Reads through the sheet once for its layout.
core::Result<std::unique_ptr<SheetReader>> open_xlsx_sheet(XlsxContext context, std::string part);

}  // namespace minato::tabular
