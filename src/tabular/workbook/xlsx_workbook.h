// XLSX: a package whose main part is a workbook.
#pragma once

#include <memory>

#include "tabular/workbook/package.h"
#include "tabular/workbook/workbook.h"

namespace minato::tabular {

core::Result<std::unique_ptr<Workbook>> open_xlsx_workbook(std::shared_ptr<Package> package,
                                                           const ReadLimits& limits);

}  // namespace minato::tabular
