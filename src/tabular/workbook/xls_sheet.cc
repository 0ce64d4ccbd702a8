#include "tabular/workbook/xls_sheet.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tabular/workbook/biff.h"
#include "tabular/workbook/little_endian.h"
#include "tabular/workbook/workbook_errors.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kRows = 65'536;
constexpr std::uint16_t kMaxColumn = 255;

bool is_cell(std::uint16_t type) {
  switch (type) {
    case biff::kFormula:
    case biff::kMulRk:
    case biff::kRString:
    case biff::kLabelSst:
    case biff::kNumber:
    case biff::kLabel:
    case biff::kBoolErr:
    case biff::kRk:
      return true;
    default:
      return false;
  }
}

// [MS-XLS] 2.5.122: 30 bits of a double or of an integer, perhaps times 100
double rk_number(std::uint32_t rk) {
  const double number = (rk & 2) != 0 ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                                      : std::bit_cast<double>(std::uint64_t{rk & 0xFFFFFFFC} << 32);
  return (rk & 1) != 0 ? number / 100 : number;
}

std::string_view error_text(std::uint8_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    default:
      return "#N/A";
  }
}

class XlsSheetReader final : public SheetReader {
 public:
  explicit XlsSheetReader(std::shared_ptr<const XlsGlobals> globals)
      : globals_(std::move(globals)), text_reader_(globals_->biff8, globals_->code_page) {}

  core::Result<void> measure(std::size_t offset);

  [[nodiscard]] const SheetLayout& layout() const override { return layout_; }
  core::Result<bool> next(SheetRow& row) override;
  core::Result<void> rewind() override {
    next_cell_ = 0;
    return {};
  }

 private:
  struct CellRecord {
    std::uint16_t row = 0;
    std::uint32_t offset = 0;
  };
  struct Slot {
    std::size_t cell = 0;
    std::size_t begin = 0;
    std::size_t length = 0;
  };
  struct CellPlace {
    std::uint16_t column = 0;
    std::uint16_t style = 0;
  };

  core::Result<void> list_record(const BiffRecord& record, std::size_t offset);
  void read_merged(std::string_view body);
  core::Result<void> measure_rows();
  void add_record(SheetRow& row, const BiffRecord& record);
  void add_formula(SheetRow& row, const BiffRecord& record, CellPlace place);
  void add_many(SheetRow& row, std::string_view body);
  void add_number(SheetRow& row, CellPlace place, double value);
  void add_text(SheetRow& row, CellPlace place, CellKind kind, std::string_view text);
  [[nodiscard]] std::string formula_string(std::size_t offset);

  std::shared_ptr<const XlsGlobals> globals_;
  BiffText text_reader_;
  SheetLayout layout_;
  std::vector<bool> hidden_ = std::vector<bool>(kRows);
  std::vector<CellRecord> cells_;  // by row, else as in the file
  std::size_t next_cell_ = 0;
  std::string text_;
  std::vector<Slot> slots_;
};

core::Result<void> XlsSheetReader::measure(std::size_t offset) {
  int depth = 0;  // charts are substreams within the sheet's
  while (true) {
    const auto record = biff_record(globals_->stream, offset);
    if (!record) return workbook_damaged("シートの途中で終わっている", "a sheet is cut off");
    if (record->type == biff::kBof) {
      ++depth;
    } else if (record->type == biff::kEof) {
      if (--depth <= 0) break;
    } else if (depth == 1) {
      if (auto listed = list_record(*record, offset); !listed) return listed;
    } else if (depth == 0) {
      return workbook_damaged("シートの先頭がない", "the begin of a sheet is missing");
    }
    offset = record->next;
  }
  std::stable_sort(cells_.begin(), cells_.end(),
                   [](const CellRecord& a, const CellRecord& b) { return a.row < b.row; });
  return measure_rows();
}

core::Result<void> XlsSheetReader::list_record(const BiffRecord& record, std::size_t offset) {
  const std::string_view body = record.body;
  if (is_cell(record.type) && body.size() >= 6) {
    cells_.push_back({u16(body, 0), static_cast<std::uint32_t>(offset)});
  } else if (record.type == biff::kRow && body.size() >= 16) {
    constexpr std::uint16_t kHidden = 0x20;
    hidden_[u16(body, 0)] = (u16(body, 12) & kHidden) != 0;
  } else if (record.type == biff::kColInfo && body.size() >= 10) {
    const std::uint16_t first = u16(body, 0);
    const std::uint16_t last = std::min(u16(body, 2), kMaxColumn);
    if ((u16(body, 8) & 1) != 0 && first <= last && layout_.hidden_columns.size() <= kMaxColumn) {
      layout_.hidden_columns.emplace_back(first, last);
    }
  } else if (record.type == biff::kMergeCells) {
    read_merged(body);
    if (layout_.merged.size() > 1'000'000) {
      return workbook_too_large("結合セルの数", "its number of merged ranges");
    }
  }
  return {};
}

void XlsSheetReader::read_merged(std::string_view body) {
  const std::size_t count = u16(body, 0);
  for (std::size_t i = 0; i < count && 2 + 8 * (i + 1) <= body.size(); ++i) {
    const std::string_view range = body.substr(2 + 8 * i, 8);
    if (u16(range, 0) > u16(range, 2) || u16(range, 4) > u16(range, 6)) continue;
    layout_.merged.push_back({u16(range, 0) + std::int64_t{1}, u16(range, 2) + std::int64_t{1},
                              u16(range, 4), u16(range, 6)});
  }
}

core::Result<void> XlsSheetReader::measure_rows() {
  SheetRow row;
  while (true) {
    const auto more = next(row);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    for (const SheetCell& cell : row.cells) {
      layout_.columns = std::max(layout_.columns, cell.column + 1);
    }
    if (row.cells.empty()) continue;
    layout_.last_row = row.number;
    if (row.hidden && layout_.hidden_rows++ == 0) layout_.first_hidden_row = row.number;
  }
  return rewind();
}

core::Result<bool> XlsSheetReader::next(SheetRow& row) {
  row.cells.clear();
  text_.clear();
  slots_.clear();
  while (next_cell_ < cells_.size() && row.cells.empty()) {
    const std::uint16_t number = cells_[next_cell_].row;
    row.number = number + std::int64_t{1};
    row.hidden = hidden_[number];
    for (; next_cell_ < cells_.size() && cells_[next_cell_].row == number; ++next_cell_) {
      const auto record = biff_record(globals_->stream, cells_[next_cell_].offset);
      if (record) add_record(row, *record);
    }
  }
  for (const Slot& slot : slots_) {
    if (slot.length > globals_->limits.max_cell_bytes) {
      return cell_too_large(row.number, globals_->limits.max_cell_bytes);
    }
    row.cells[slot.cell].text = std::string_view(text_).substr(slot.begin, slot.length);
  }
  for (const SheetCell& cell : row.cells) {
    if (cell.column >= globals_->limits.max_columns) {
      return too_many_columns(globals_->limits.max_columns);
    }
  }
  return !row.cells.empty();
}

void XlsSheetReader::add_record(SheetRow& row, const BiffRecord& record) {
  const std::string_view body = record.body;
  const CellPlace place{u16(body, 2), u16(body, 4)};
  switch (record.type) {
    case biff::kLabelSst: {
      const std::uint32_t index = u32(body, 6);
      if (body.size() >= 10 && index < globals_->strings.size()) {
        const std::string_view text = globals_->strings[index];
        if (!text.empty()) row.cells.push_back({place.column, CellKind::kText, text});
      }
      break;
    }
    case biff::kLabel:
    case biff::kRString: {
      BiffBytes bytes(globals_->stream, record);
      bytes.skip(6);
      add_text(row, place, CellKind::kText, text_reader_.string(bytes));
      break;
    }
    case biff::kNumber:
      if (body.size() >= 14) add_number(row, place, f64(body, 6));
      break;
    case biff::kRk:
      if (body.size() >= 10) add_number(row, place, rk_number(u32(body, 6)));
      break;
    case biff::kMulRk:
      add_many(row, body);
      break;
    case biff::kBoolErr:
      if (body.size() < 8) break;
      if (body[7] != 0) {
        add_text(row, place, CellKind::kError, error_text(static_cast<std::uint8_t>(body[6])));
      } else {
        add_text(row, place, CellKind::kBoolean, body[6] != 0 ? "true" : "false");
      }
      break;
    default:
      add_formula(row, record, place);
  }
}

// [MS-XLS] 2.5.133: a double, or two bytes FF and what else it is
void XlsSheetReader::add_formula(SheetRow& row, const BiffRecord& record, CellPlace place) {
  const std::string_view body = record.body;
  if (body.size() < 14) return;
  if (u16(body, 12) != 0xFFFF) return add_number(row, place, f64(body, 6));
  const auto value = static_cast<std::uint8_t>(body[8]);
  switch (body[6]) {
    case 0:
      return add_text(row, place, CellKind::kText, formula_string(record.next));
    case 1:
      return add_text(row, place, CellKind::kBoolean, value != 0 ? "true" : "false");
    case 2:
      return add_text(row, place, CellKind::kError, error_text(value));
    default:
      return;  // an empty text
  }
}

// In the STRING record behind the formula; arrays and shared formulas may stand between.
std::string XlsSheetReader::formula_string(std::size_t offset) {
  constexpr int kBetween = 3;
  for (int i = 0; i < kBetween; ++i) {
    const auto record = biff_record(globals_->stream, offset);
    if (!record || is_cell(record->type)) return {};
    if (record->type == biff::kString) {
      BiffBytes bytes(globals_->stream, *record);
      return text_reader_.string(bytes);
    }
    offset = record->next;
  }
  return {};
}

void XlsSheetReader::add_many(SheetRow& row, std::string_view body) {
  const std::size_t first = u16(body, 2);
  for (std::size_t i = 0; 4 + 6 * (i + 1) + 2 <= body.size() && first + i <= kMaxColumn; ++i) {
    const std::size_t at = 4 + 6 * i;
    const auto column = static_cast<std::uint16_t>(first + i);
    add_number(row, {column, u16(body, at)}, rk_number(u32(body, at + 2)));
  }
}

void XlsSheetReader::add_number(SheetRow& row, CellPlace place, double value) {
  static const NumberFormat kGeneral;
  const bool known = place.style < globals_->styles.size();
  const NumberFormat& format = known ? globals_->styles[place.style] : kGeneral;
  const std::size_t begin = text_.size();
  const CellKind kind = format.render(value, globals_->date1904, text_);
  slots_.push_back({row.cells.size(), begin, text_.size() - begin});
  row.cells.push_back({place.column, kind, {}});
}

void XlsSheetReader::add_text(SheetRow& row, CellPlace place, CellKind kind,
                              std::string_view text) {
  if (text.empty()) return;
  slots_.push_back({row.cells.size(), text_.size(), text.size()});
  text_ += text;
  row.cells.push_back({place.column, kind, {}});
}

}  // namespace

core::Result<std::unique_ptr<SheetReader>> open_xls_sheet(std::shared_ptr<const XlsGlobals> globals,
                                                          std::size_t offset) {
  auto reader = std::make_unique<XlsSheetReader>(std::move(globals));
  if (auto measured = reader->measure(offset); !measured) return tl::unexpected(measured.error());
  return reader;
}

}  // namespace minato::tabular
