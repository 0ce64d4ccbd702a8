// `minato inspect`: how a file is read, as one JSON object (docs/inspect.md).
#pragma once

#include <ostream>
#include <string>

#include "core/error.h"
#include "tabular/tabular_file.h"

namespace minato::cli {

// Prints the report and a line end; fails as tabular::open_tabular_file().
core::Result<void> inspect_file(const std::string& path, core::Language language,
                                std::ostream& out);

std::string inspection_json(const tabular::FileReport& report, core::Language language);

}  // namespace minato::cli
