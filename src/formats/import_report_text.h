// The report of an import in plain words, for terminals and mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::formats {

struct ReportText {
  std::vector<std::string> tables;  // lines on what was found and what changed
  std::vector<std::string> brakes;  // one line each; none: nothing speaks against publication
  std::string refusal;              // why the file is no table; empty: it is one
};

// `report`: as formats/import_report.h writes it; empty texts for anything else.
ReportText report_text(std::string_view report, core::Language language);

}  // namespace minato::formats
