// Workbooks of Office Open XML: an archive as it is, or its parts in plain text ("name\ncontent",
// with a NUL between), which lets mutations reach the XML. Every sheet is read twice, to the same
// text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

#include "core/utf8.h"
#include "tabular/workbook/workbook.h"
#include "tabular/workbook/xlsx_workbook.h"

namespace {

namespace tabular = minato::tabular;
using minato::core::Result;

constexpr std::size_t kMaxRecords = 2'000;

class TextStream final : public tabular::PartStream {
 public:
  explicit TextStream(std::string text) : text_(std::move(text)) {}
  Result<std::size_t> read(char* out, std::size_t size) override {
    const std::size_t step = std::min({size, text_.size() - at_, std::size_t{61}});
    std::memcpy(out, text_.data() + at_, step);
    at_ += step;
    return step;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

class TextPackage final : public tabular::Package {
 public:
  explicit TextPackage(std::string_view text) {
    while (!text.empty()) {
      const std::string_view part = text.substr(0, text.find('\0'));
      text.remove_prefix(std::min(part.size() + 1, text.size()));
      const std::size_t line = std::min(part.find('\n'), part.size());
      parts_.emplace(tabular::part_key(part.substr(0, line)),
                     part.substr(std::min(line + 1, part.size())));
    }
  }
  [[nodiscard]] bool has(std::string_view part) const override {
    return parts_.contains(tabular::part_key(part));
  }
  Result<std::unique_ptr<tabular::PartStream>> open(std::string_view part) override {
    const auto found = parts_.find(tabular::part_key(part));
    if (found == parts_.end()) {
      return minato::core::fail(minato::core::ErrorCode::kInvalidArgument, "workbook-damaged", {});
    }
    return std::make_unique<TextStream>(found->second);
  }

 private:
  std::map<std::string, std::string> parts_;
};

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
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  tabular::ReadLimits limits;
  limits.max_unpacked_bytes = 10'000'000;
  limits.max_cell_bytes = 10'000;
  limits.max_tables = 4;
  auto workbook = text.starts_with("PK")
                      ? tabular::open_workbook_bytes(std::string(text), limits)
                      : tabular::open_xlsx_workbook(std::make_shared<TextPackage>(text), limits);
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
