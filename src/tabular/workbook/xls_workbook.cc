#include "tabular/workbook/xls_workbook.h"

#include <map>
#include <utility>

#include "tabular/workbook/biff.h"
#include "tabular/workbook/compound_file.h"
#include "tabular/workbook/grid_source.h"
#include "tabular/workbook/little_endian.h"
#include "tabular/workbook/sheet_findings.h"
#include "tabular/workbook/workbook_errors.h"
#include "tabular/workbook/xls_sheet.h"

namespace minato::tabular {
namespace {

constexpr std::uint16_t kBiff8 = 0x0600;
constexpr std::uint16_t kBiff5 = 0x0500;
constexpr std::size_t kMaxStrings = 20'000'000;

class XlsWorkbook final : public Workbook {
 public:
  XlsWorkbook(std::string stream, const ReadLimits& limits)
      : globals_(std::make_shared<XlsGlobals>()) {
    globals_->stream = std::move(stream);
    globals_->limits = limits;
  }

  core::Result<void> open();

  [[nodiscard]] WorkbookKind kind() const override { return WorkbookKind::kXls; }
  [[nodiscard]] const std::vector<SheetInfo>& sheets() const override { return sheets_; }
  [[nodiscard]] std::vector<core::Finding> findings() const override {
    return hidden_sheet_findings(sheets_);
  }
  core::Result<std::unique_ptr<RecordSource>> sheet(std::size_t index) override {
    auto reader = open_xls_sheet(globals_, offsets_.at(index));
    if (!reader) return tl::unexpected(reader.error());
    return make_grid_source(std::move(*reader), globals_->limits.max_unpacked_bytes);
  }

 private:
  core::Result<void> read_version();
  core::Result<void> read_global(const BiffRecord& record);
  core::Result<void> read_sheet(const BiffRecord& record);
  core::Result<void> read_strings(const BiffRecord& record);
  void read_format(const BiffRecord& record);

  std::shared_ptr<XlsGlobals> globals_;
  std::vector<SheetInfo> sheets_;
  std::vector<std::size_t> offsets_;  // of sheets_
  std::map<int, NumberFormat> formats_;
  std::vector<int> style_formats_;
};

core::Result<void> XlsWorkbook::open() {
  if (auto version = read_version(); !version) return version;
  std::size_t offset = 0;
  while (true) {
    const auto record = biff_record(globals_->stream, offset);
    if (!record) return workbook_damaged("ブックの途中で終わっている", "it is cut off");
    if (record->type == biff::kEof) break;
    if (auto read = read_global(*record); !read) return read;
    offset = record->next;
  }
  for (const int id : style_formats_) {
    const auto own = formats_.find(id);
    globals_->styles.push_back(own != formats_.end() ? own->second : NumberFormat::builtin(id));
  }
  return {};
}

core::Result<void> XlsWorkbook::read_version() {
  const auto begin = biff_record(globals_->stream, 0);
  if (!begin || begin->type != biff::kBof) {
    return workbook_damaged("ブックの先頭がない", "its begin is missing");
  }
  const std::uint16_t version = u16(begin->body, 0);
  if (version != kBiff8 && version != kBiff5) {
    return not_a_workbook("Excel 4.0 以前のファイル", "a file of Excel 4.0 or older");
  }
  globals_->biff8 = version == kBiff8;
  return {};
}

core::Result<void> XlsWorkbook::read_global(const BiffRecord& record) {
  switch (record.type) {
    case biff::kFilePass:
      return workbook_encrypted();
    case biff::kDate1904:
      globals_->date1904 = u16(record.body, 0) == 1;
      return {};
    case biff::kCodePage:
      globals_->code_page = u16(record.body, 0);
      return {};
    case biff::kBoundSheet:
      return read_sheet(record);
    case biff::kFormat:
      read_format(record);
      return {};
    case biff::kXf:
      style_formats_.push_back(u16(record.body, 2));
      return {};
    case biff::kSst:
      return read_strings(record);
    default:
      return {};
  }
}

core::Result<void> XlsWorkbook::read_sheet(const BiffRecord& record) {
  BiffBytes bytes(record.body);
  const std::uint32_t offset = bytes.u32();
  const std::uint8_t state = bytes.u8();
  const std::uint8_t type = bytes.u8();
  if (type != 0) return {};  // charts, macros
  BiffText text(globals_->biff8, globals_->code_page);
  sheets_.push_back({text.short_string(bytes), (state & 3) == 0});
  offsets_.push_back(offset);
  if (sheets_.size() > globals_->limits.max_tables) {
    return workbook_too_large("シートの数", "its number of sheets");
  }
  return {};
}

void XlsWorkbook::read_format(const BiffRecord& record) {
  BiffBytes bytes(globals_->stream, record);
  const int id = bytes.u16();
  BiffText text(globals_->biff8, globals_->code_page);
  formats_.insert_or_assign(
      id, NumberFormat(globals_->biff8 ? text.string(bytes) : text.short_string(bytes)));
}

core::Result<void> XlsWorkbook::read_strings(const BiffRecord& record) {
  if (!globals_->strings.empty()) return {};
  BiffBytes bytes(globals_->stream, record);
  bytes.skip(4);
  const std::uint32_t count = bytes.u32();
  if (count > kMaxStrings) return workbook_too_large("文字列の量", "its texts");
  BiffText text(globals_->biff8, globals_->code_page);
  for (std::uint32_t i = 0; i < count && !bytes.failed(); ++i) {
    globals_->strings.push_back(globals_->arena.keep(text.string(bytes)));
  }
  if (bytes.failed()) return workbook_damaged("文字列の表", "its table of texts");
  return {};
}

core::Result<std::string> workbook_stream(std::string bytes) {
  const auto file = CompoundFile::parse(std::move(bytes));
  if (!file) return tl::unexpected(file.error());
  if (file->has("EncryptedPackage")) return workbook_encrypted();
  const bool biff8 = file->has("Workbook");
  if (!biff8 && !file->has("Book")) {
    return not_a_workbook("Excel ブックではない Office 文書",
                          "an Office document that is no Excel workbook");
  }
  return file->read(biff8 ? "Workbook" : "Book");
}

}  // namespace

core::Result<std::unique_ptr<Workbook>> open_xls_workbook(std::string bytes,
                                                          const ReadLimits& limits) {
  auto stream = workbook_stream(std::move(bytes));
  if (!stream) return tl::unexpected(stream.error());
  auto workbook = std::make_unique<XlsWorkbook>(std::move(*stream), limits);
  if (auto opened = workbook->open(); !opened) return tl::unexpected(opened.error());
  return workbook;
}

}  // namespace minato::tabular
