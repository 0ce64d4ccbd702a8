// How a file was read (formats/import_report.h), for the page of its job.
#pragma once

#include <string_view>

#include "web/frame/texts.h"
#include "web/frame/view.h"

namespace minato::web {

struct ReportScope {
  core::Language language = core::Language::kJa;
  const Texts& texts;
};

// Sets has_tables, tables, more_tables, refusal, has_brakes and brakes. A text that is no report
// gives one without tables.
void put_report(std::string_view report, const ReportScope& scope, View& view);

}  // namespace minato::web
