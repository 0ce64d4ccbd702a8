// The texts that the cells of a workbook share (ISO/IEC 29500-1 s18.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "tabular/workbook/cell_text.h"
#include "tabular/workbook/xml_scanner.h"

namespace minato::tabular {

struct SharedStrings {
  static constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
  static constexpr std::size_t kMaxTexts = 20'000'000;

  TextArena arena;
  std::vector<std::string_view> texts;
};

// Behind the kStart of <si> or <is>: its text in `out`, of all runs but without their furigana
// (<rPh>), and goes behind its kEnd. Not cleaned.
core::Result<void> read_rich_text(XmlScanner& xml, std::string& out, std::size_t max_bytes);

core::Result<void> read_shared_strings(XmlScanner& xml, std::size_t max_cell_bytes,
                                       SharedStrings& strings);

}  // namespace minato::tabular
