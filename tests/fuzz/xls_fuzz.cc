// Workbooks of Excel 5 to 2003: a compound file as it is. Every sheet is read twice, to the same
// text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/utf8.h"
#include "tabular/workbook/workbook.h"
#include "tabular/workbook/xls_workbook.h"

namespace {

namespace tabular = minato::tabular;

constexpr std::size_t kMaxRecords = 2'000;

std::string read_all(tabular::RecordSource& source) {
  std::string text;
  tabular::RawRecord record;
  std::int64_t last = 0;
  for (std::size_t i = 0; i < kMaxRecords; ++i) {
    const auto more = source.next(record);
    if (!more || !*more) break;
    if (record.number <= last) std::abort();
    last = record.number;
    for (const auto& cell : record.cells) {
      if (!minato::core::is_valid_utf8(cell.text)) std::abort();
      if (cell.text.find('\0') != std::string_view::npos) std::abort();
      text += cell.text;
      text += '|';
    }
  }
  return text;
}

}  // namespace

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  tabular::ReadLimits limits;
  limits.max_unpacked_bytes = 10'000'000;
  limits.max_tables = 4;
  auto workbook =
      tabular::open_xls_workbook(std::string(reinterpret_cast<const char*>(bytes), size), limits);
  if (!workbook) return 0;
  for (std::size_t i = 0; i < (*workbook)->sheets().size(); ++i) {
    const auto source = (*workbook)->sheet(i);
    if (!source) continue;
    const std::string first = read_all(**source);
    if (!(*source)->rewind() || read_all(**source) != first) std::abort();
    (void)(*source)->findings();
  }
  return 0;
}
