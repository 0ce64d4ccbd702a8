#include "tabular/workbook/xlsx_sheet.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "tabular/workbook/workbook_errors.h"
#include "tabular/workbook/xml_scanner.h"

namespace minato::tabular {
namespace {

using Event = XmlScanner::Event;

constexpr std::int64_t kMaxRowNumber = 16'777'216;  // LibreOffice; Excel has 1,048,576
constexpr std::uint32_t kMaxColumnNumber = 16'384;
constexpr std::size_t kMaxRanges = 1'000'000;

template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

bool is_true(std::optional<std::string_view> value) {
  return value && (*value == "1" || *value == "true" || *value == "on");
}

struct CellPlace {
  std::int64_t row = 0;
  std::uint32_t column = 0;  // 0-based
};

// "AB12", "$AB$12"
std::optional<CellPlace> parse_reference(std::string_view text) {
  std::uint32_t column = 0;
  std::size_t at = 0;
  if (at < text.size() && text[at] == '$') ++at;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const char letter = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + static_cast<std::uint32_t>(letter - 'A') + 1;
    if (column > kMaxColumnNumber) return std::nullopt;
  }
  if (at < text.size() && text[at] == '$') ++at;
  const auto row = whole_number<std::int64_t>(text.substr(at));
  if (column == 0 || !row || *row < 1 || *row > kMaxRowNumber) return std::nullopt;
  return CellPlace{*row, column - 1};
}

std::optional<CellRange> parse_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto first = parse_reference(text.substr(0, colon));
  const auto last =
      colon == std::string_view::npos ? first : parse_reference(text.substr(colon + 1));
  if (!first || !last) return std::nullopt;
  return CellRange{std::min(first->row, last->row), std::max(first->row, last->row),
                   std::min(first->column, last->column), std::max(first->column, last->column)};
}

// Digits as they are, when a double holds them exactly: most numbers of municipal tables.
bool is_short_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > 15 || (text[0] == '0')) return text == "0";
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

enum class CellType { kNumber, kShared, kInline, kFormulaText, kBoolean, kError, kIsoDate };

CellType cell_type(std::string_view name) {
  if (name == "s") return CellType::kShared;
  if (name == "inlineStr") return CellType::kInline;
  if (name == "str") return CellType::kFormulaText;
  if (name == "b") return CellType::kBoolean;
  if (name == "e") return CellType::kError;
  if (name == "d") return CellType::kIsoDate;
  return CellType::kNumber;
}

class XlsxSheetReader final : public SheetReader {
 public:
  XlsxSheetReader(XlsxContext context, std::string part)
      : context_(std::move(context)), part_(std::move(part)) {}

  core::Result<void> measure();

  [[nodiscard]] const SheetLayout& layout() const override { return layout_; }
  core::Result<bool> next(SheetRow& row) override;
  core::Result<void> rewind() override;

 private:
  // A text in text_, which may move while the row grows.
  struct Slot {
    std::size_t cell = 0;  // in the row
    std::size_t begin = 0;
    std::size_t length = 0;
  };
  struct CellHead {
    std::uint32_t column = 0;
    std::size_t style = 0;
    CellType type = CellType::kNumber;
  };

  core::Result<bool> enter_rows();
  core::Result<void> read_tail();
  void read_hidden_columns();
  void begin_row(SheetRow& row);
  core::Result<void> read_cells(SheetRow& row);
  CellHead cell_head();
  core::Result<void> read_cell(SheetRow& row);
  core::Result<void> add_cell(SheetRow& row, const CellHead& head);
  void add_text(SheetRow& row, const CellHead& head, CellKind kind);
  void add_number(SheetRow& row, const CellHead& head);
  void measure_row(const SheetRow& row);
  [[nodiscard]] const NumberFormat& format(std::size_t style) const;

  XlsxContext context_;
  std::string part_;
  SheetLayout layout_;
  std::unique_ptr<XmlScanner> xml_;
  bool measuring_ = false;
  bool in_rows_ = false;
  bool done_ = false;
  std::int64_t last_number_ = 0;
  std::uint32_t next_column_ = 0;
  std::string value_;
  std::string text_;
  std::vector<Slot> slots_;
};

core::Result<void> XlsxSheetReader::rewind() {
  auto stream = context_.package->open(part_);
  if (!stream) return tl::unexpected(stream.error());
  xml_ = std::make_unique<XmlScanner>(std::move(*stream));
  in_rows_ = false;
  done_ = false;
  last_number_ = 0;
  return {};
}

// Merged cells stand behind the rows, so all of the sheet is read before its first record.
core::Result<void> XlsxSheetReader::measure() {
  measuring_ = true;
  if (auto begun = rewind(); !begun) return begun;
  SheetRow row;
  while (true) {
    const auto more = next(row);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    measure_row(row);
  }
  if (auto tail = read_tail(); !tail) return tail;
  measuring_ = false;
  return rewind();
}

void XlsxSheetReader::measure_row(const SheetRow& row) {
  for (const SheetCell& cell : row.cells) {
    layout_.columns = std::max(layout_.columns, cell.column + 1);
  }
  if (row.cells.empty()) return;
  layout_.last_row = row.number;
  if (row.hidden && layout_.hidden_rows++ == 0) layout_.first_hidden_row = row.number;
}

// Everything before the rows; false: the sheet has none.
core::Result<bool> XlsxSheetReader::enter_rows() {
  while (true) {
    const auto event = xml_->next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kEof) return false;
    if (*event != Event::kStart) continue;
    if (xml_->name() == "sheetData") return true;
    if (xml_->name() == "col" && measuring_) read_hidden_columns();
  }
}

void XlsxSheetReader::read_hidden_columns() {
  if (!is_true(xml_->attribute("hidden"))) return;
  const auto first = whole_number<std::uint32_t>(xml_->attribute("min").value_or(""));
  const auto last = whole_number<std::uint32_t>(xml_->attribute("max").value_or(""));
  if (!first || !last || *first < 1 || *first > *last || *first > kMaxColumnNumber) return;
  if (layout_.hidden_columns.size() >= kMaxColumnNumber) return;
  layout_.hidden_columns.emplace_back(*first - 1, std::min(*last, kMaxColumnNumber) - 1);
}

core::Result<void> XlsxSheetReader::read_tail() {
  while (true) {
    const auto event = xml_->next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kEof) return {};
    if (*event != Event::kStart || xml_->name() != "mergeCell") continue;
    const auto range = parse_range(xml_->attribute("ref").value_or(""));
    if (!range) continue;
    if (layout_.merged.size() >= kMaxRanges) {
      return workbook_too_large("結合セルの数", "its number of merged ranges");
    }
    layout_.merged.push_back(*range);
  }
}

core::Result<bool> XlsxSheetReader::next(SheetRow& row) {
  if (done_) return false;
  if (!in_rows_) {
    const auto entered = enter_rows();
    if (!entered) return entered;
    in_rows_ = *entered;
    done_ = !*entered;
  }
  while (!done_) {
    const auto event = xml_->next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kEnd) {  // of sheetData: what is below it is read whole
      done_ = true;
    } else if (*event == Event::kStart && xml_->name() != "row") {
      if (auto skipped = xml_->skip_element(); !skipped) return tl::unexpected(skipped.error());
    } else if (*event == Event::kStart) {
      begin_row(row);
      if (row.number > context_.limits.max_rows) return too_many_rows(context_.limits.max_rows);
      if (auto read = read_cells(row); !read) return tl::unexpected(read.error());
      if (!row.cells.empty()) return true;
    }
  }
  return false;
}

void XlsxSheetReader::begin_row(SheetRow& row) {
  row.cells.clear();
  row.hidden = is_true(xml_->attribute("hidden"));
  row.number = last_number_ + 1;
  if (const auto reference = xml_->attribute("r")) {
    const auto number = whole_number<std::int64_t>(*reference).value_or(0);
    if (number > last_number_ && number <= kMaxRowNumber) {
      row.number = number;
    } else if (measuring_ && layout_.misplaced_rows++ == 0) {
      layout_.first_misplaced_row = row.number;
    }
  }
  last_number_ = row.number;
}

core::Result<void> XlsxSheetReader::read_cells(SheetRow& row) {
  next_column_ = 0;
  text_.clear();
  slots_.clear();
  while (true) {
    const auto event = xml_->next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kEnd) break;
    if (*event != Event::kStart) continue;
    const auto done = xml_->name() == "c" ? read_cell(row) : xml_->skip_element();
    if (!done) return done;
  }
  for (const Slot& slot : slots_) {
    row.cells[slot.cell].text = std::string_view(text_).substr(slot.begin, slot.length);
  }
  return {};
}

XlsxSheetReader::CellHead XlsxSheetReader::cell_head() {
  CellHead head;
  head.column = next_column_;
  if (const auto reference = xml_->attribute("r")) {
    if (const auto place = parse_reference(*reference)) head.column = place->column;
  }
  next_column_ = head.column + 1;
  head.style = whole_number<std::size_t>(xml_->attribute("s").value_or("0")).value_or(0);
  head.type = cell_type(xml_->attribute("t").value_or("n"));
  return head;
}

core::Result<void> XlsxSheetReader::read_cell(SheetRow& row) {
  const CellHead head = cell_head();
  const std::size_t max_bytes = context_.limits.max_cell_bytes;
  bool formula = false;
  value_.clear();
  while (true) {
    const auto event = xml_->next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kEnd) break;
    if (*event != Event::kStart) continue;
    core::Result<void> done;
    if (xml_->name() == "v" && value_.empty()) {
      done = xml_->read_text(value_, max_bytes);
    } else if (xml_->name() == "is" && value_.empty()) {
      done = read_rich_text(*xml_, value_, max_bytes);
    } else {
      formula = formula || xml_->name() == "f";
      done = xml_->skip_element();
    }
    if (!done) return done;
  }
  if (value_.size() > max_bytes) return cell_too_large(row.number, max_bytes);
  if (!value_.empty()) return add_cell(row, head);
  if (formula && measuring_ && head.type != CellType::kFormulaText &&
      layout_.formulas_without_value++ == 0) {
    layout_.first_such_row = row.number;
  }
  return {};
}

core::Result<void> XlsxSheetReader::add_cell(SheetRow& row, const CellHead& head) {
  if (head.column >= context_.limits.max_columns) {
    return too_many_columns(context_.limits.max_columns);
  }
  switch (head.type) {
    case CellType::kShared: {
      const auto index = whole_number<std::size_t>(trimmed(value_));
      if (!index || *index >= context_.strings->texts.size()) {
        return workbook_damaged(std::to_string(row.number) + " 行目の共有文字列の番号",
                                "a shared string of row " + std::to_string(row.number));
      }
      const std::string_view text = context_.strings->texts[*index];
      if (!text.empty()) row.cells.push_back({head.column, CellKind::kText, text});
      return {};
    }
    case CellType::kInline:
    case CellType::kFormulaText:
      clean_cell_text(value_);
      add_text(row, head, CellKind::kText);
      return {};
    case CellType::kBoolean:
      value_ = value_ == "1" || value_ == "true" ? "true" : "false";
      add_text(row, head, CellKind::kBoolean);
      return {};
    case CellType::kError:
      clean_cell_text(value_);
      add_text(row, head, CellKind::kError);
      return {};
    case CellType::kIsoDate:
      clean_cell_text(value_);
      add_text(row, head,
               value_.find('T') != std::string::npos   ? CellKind::kDatetime
               : value_.find('-') != std::string::npos ? CellKind::kDate
                                                       : CellKind::kTime);
      return {};
    case CellType::kNumber:
      add_number(row, head);
      return {};
  }
  return {};
}

void XlsxSheetReader::add_text(SheetRow& row, const CellHead& head, CellKind kind) {
  if (value_.empty()) return;
  slots_.push_back({row.cells.size(), text_.size(), value_.size()});
  text_ += value_;
  row.cells.push_back({head.column, kind, {}});
}

void XlsxSheetReader::add_number(SheetRow& row, const CellHead& head) {
  std::string_view digits = trimmed(value_);
  if (digits.empty()) return;
  const NumberFormat& shape = format(head.style);
  if (measuring_ || (shape.shape() == NumberFormat::Shape::kNumber && is_short_integer(digits))) {
    value_ = std::string(digits);
    add_text(row, head, CellKind::kNumber);
    return;
  }
  double number = 0;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    clean_cell_text(value_);  // not what the cell's type says: text, as it stands
    add_text(row, head, CellKind::kText);
    return;
  }
  const std::size_t begin = text_.size();
  const CellKind kind = shape.render(number, context_.date1904, text_);
  slots_.push_back({row.cells.size(), begin, text_.size() - begin});
  row.cells.push_back({head.column, kind, {}});
}

const NumberFormat& XlsxSheetReader::format(std::size_t style) const {
  static const NumberFormat kGeneral;
  return style < context_.styles->size() ? (*context_.styles)[style] : kGeneral;
}

}  // namespace

core::Result<std::unique_ptr<SheetReader>> open_xlsx_sheet(XlsxContext context, std::string part) {
  auto reader = std::make_unique<XlsxSheetReader>(std::move(context), std::move(part));
  if (auto measured = reader->measure(); !measured) return tl::unexpected(measured.error());
  return reader;
}

}  // namespace minato::tabular
