// XLS of Excel 5 to 2003: a compound file whose main stream is BIFF5 or BIFF8.
#pragma once

#include <memory>
#include <string>

#include "tabular/workbook/workbook.h"

namespace minato::tabular {

core::Result<std::unique_ptr<Workbook>> open_xls_workbook(std::string bytes,
                                                          const ReadLimits& limits);

}  // namespace minato::tabular
