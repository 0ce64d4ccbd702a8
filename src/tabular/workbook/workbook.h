// Workbooks of Excel: XLSX (Office Open XML, transitional and strict) and XLS (BIFF8, BIFF5) as
// sheets of records. What a reader of the file sees in Excel is what the records say: cached values
// of formulas, dates and codes by their number format, merged cells filled.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/table.h"
#include "tabular/record_source.h"
#include "tabular/tabular_file.h"

namespace minato::tabular {

enum class WorkbookKind { kXlsx, kXls };

struct SheetInfo {
  std::string name;
  bool visible = true;  // false: hidden or "very hidden"
};

// Not thread-safe, and neither are two sources of one workbook.
class Workbook {
 public:
  virtual ~Workbook() = default;
  [[nodiscard]] virtual WorkbookKind kind() const = 0;
  // Worksheets in the order of the tabs; charts and macro sheets are left out.
  [[nodiscard]] virtual const std::vector<SheetInfo>& sheets() const = 0;
  // One "hidden_sheet" for each sheet that is not visible; "macros" of an XLSX.
  [[nodiscard]] virtual std::vector<core::Finding> findings() const = 0;
  // Reads through the sheet once, for what stands behind its cells. The source may outlive the
  // workbook. A record's number is its row of the sheet. REQUIRES: index < sheets().size().
  virtual core::Result<std::unique_ptr<RecordSource>> sheet(std::size_t index) = 0;
};

// Which of both it is, the bytes tell. Fails with kInvalidArgument "workbook-damaged",
// "workbook-encrypted", kTooLarge "archive-bomb", "workbook-too-large", "file-too-large",
// kUnsupportedMedia "file-not-tabular" (neither of both, XLSB included), kNotFound "file-missing".
// Sheets fail with the same, and with kTooLarge "too-many-columns" or "cell-too-large".
core::Result<std::unique_ptr<Workbook>> open_workbook(const std::string& path,
                                                      const ReadLimits& limits);
core::Result<std::unique_ptr<Workbook>> open_workbook_bytes(std::string bytes,
                                                            const ReadLimits& limits);

}  // namespace minato::tabular
