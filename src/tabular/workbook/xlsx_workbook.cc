#include "tabular/workbook/xlsx_workbook.h"

#include <algorithm>
#include <utility>

#include "tabular/workbook/grid_source.h"
#include "tabular/workbook/sheet_findings.h"
#include "tabular/workbook/workbook_errors.h"
#include "tabular/workbook/xlsx_parts.h"
#include "tabular/workbook/xlsx_sheet.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kMaxPartBytes = std::size_t{32} << 20;  // parsed as a tree

const Relationship* find_type(const std::vector<Relationship>& relationships,
                              std::string_view type) {
  const auto found = std::find_if(relationships.begin(), relationships.end(),
                                  [type](const auto& r) { return r.type == type; });
  return found == relationships.end() ? nullptr : &*found;
}

core::Result<std::vector<Relationship>> relationships_of(Package& package,
                                                         std::string_view source) {
  const std::string part = relationships_part(source);
  if (!package.has(part)) return std::vector<Relationship>{};
  const auto xml = read_part(package, part, kMaxPartBytes);
  if (!xml) return tl::unexpected(xml.error());
  return parse_relationships(*xml, source);
}

core::Result<std::string> workbook_part(Package& package) {
  const auto roots = relationships_of(package, "");
  if (!roots) return tl::unexpected(roots.error());
  const Relationship* main = find_type(*roots, "officeDocument");
  if (main != nullptr && package.has(main->target)) {
    if (main->target.ends_with(".bin")) {
      return not_a_workbook("Excel バイナリ ブック (XLSB)", "an Excel binary workbook (XLSB)");
    }
    return main->target;
  }
  if (package.has("xl/workbook.xml")) return std::string("xl/workbook.xml");
  return not_a_workbook("Excel ブックではない ZIP", "a zip archive that is no Excel workbook");
}

class XlsxWorkbook final : public Workbook {
 public:
  XlsxWorkbook(std::shared_ptr<Package> package, const ReadLimits& limits) {
    context_.package = std::move(package);
    context_.limits = limits;
  }

  core::Result<void> open();

  [[nodiscard]] WorkbookKind kind() const override { return WorkbookKind::kXlsx; }
  [[nodiscard]] const std::vector<SheetInfo>& sheets() const override { return sheets_; }
  [[nodiscard]] std::vector<core::Finding> findings() const override {
    auto findings = hidden_sheet_findings(sheets_);
    if (context_.package->has("xl/vbaProject.bin")) findings.push_back(macros_finding());
    return findings;
  }
  core::Result<std::unique_ptr<RecordSource>> sheet(std::size_t index) override {
    if (auto loaded = load_strings(); !loaded) return tl::unexpected(loaded.error());
    auto reader = open_xlsx_sheet(context_, parts_.at(index));
    if (!reader) return tl::unexpected(reader.error());
    return make_grid_source(std::move(*reader), context_.limits.max_unpacked_bytes);
  }

 private:
  core::Result<void> list_sheets(const XlsxIndex& index);
  core::Result<void> load_styles();
  core::Result<void> load_strings();

  XlsxContext context_;
  std::vector<Relationship> relationships_;
  std::vector<SheetInfo> sheets_;
  std::vector<std::string> parts_;  // of sheets_
};

core::Result<void> XlsxWorkbook::open() {
  const auto main = workbook_part(*context_.package);
  if (!main) return tl::unexpected(main.error());
  const auto xml = read_part(*context_.package, *main, kMaxPartBytes);
  if (!xml) return tl::unexpected(xml.error());
  const auto index = parse_workbook_part(*xml);
  if (!index) return tl::unexpected(index.error());
  auto relationships = relationships_of(*context_.package, *main);
  if (!relationships) return tl::unexpected(relationships.error());
  relationships_ = std::move(*relationships);
  context_.date1904 = index->date1904;
  if (auto listed = list_sheets(*index); !listed) return listed;
  return load_styles();
}

core::Result<void> XlsxWorkbook::list_sheets(const XlsxIndex& index) {
  for (const auto& sheet : index.sheets) {
    const auto found = std::find_if(relationships_.begin(), relationships_.end(),
                                    [&sheet](const auto& r) { return r.id == sheet.relationship; });
    if (found == relationships_.end()) {
      return workbook_damaged("シート「" + sheet.info.name + "」がない",
                              "its sheet \"" + sheet.info.name + "\" is missing");
    }
    if (found->type != "worksheet") continue;  // charts, macros, dialogs
    sheets_.push_back(sheet.info);
    parts_.push_back(found->target);
    if (sheets_.size() > context_.limits.max_tables) {
      return workbook_too_large("シートの数", "its number of sheets");
    }
  }
  return {};
}

core::Result<void> XlsxWorkbook::load_styles() {
  std::vector<NumberFormat> styles;
  const Relationship* part = find_type(relationships_, "styles");
  if (part != nullptr && context_.package->has(part->target)) {
    const auto xml = read_part(*context_.package, part->target, kMaxPartBytes);
    if (!xml) return tl::unexpected(xml.error());
    auto parsed = parse_styles(*xml);
    if (!parsed) return tl::unexpected(parsed.error());
    styles = std::move(*parsed);
  }
  context_.styles = std::make_shared<const std::vector<NumberFormat>>(std::move(styles));
  return {};
}

// Only when a sheet is read: they may be most of the file.
core::Result<void> XlsxWorkbook::load_strings() {
  if (context_.strings) return {};
  auto strings = std::make_shared<SharedStrings>();
  const Relationship* part = find_type(relationships_, "sharedStrings");
  if (part != nullptr && context_.package->has(part->target)) {
    auto stream = context_.package->open(part->target);
    if (!stream) return tl::unexpected(stream.error());
    XmlScanner xml(std::move(*stream));
    if (auto read = read_shared_strings(xml, context_.limits.max_cell_bytes, *strings); !read) {
      return read;
    }
  }
  context_.strings = std::move(strings);
  return {};
}

}  // namespace

core::Result<std::unique_ptr<Workbook>> open_xlsx_workbook(std::shared_ptr<Package> package,
                                                           const ReadLimits& limits) {
  auto workbook = std::make_unique<XlsxWorkbook>(std::move(package), limits);
  if (auto opened = workbook->open(); !opened) return tl::unexpected(opened.error());
  return workbook;
}

}  // namespace minato::tabular
