#include "web/table/download_view.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "formats/query/row_filter.h"
#include "web/frame/display.h"
#include "web/table/file_sizes.h"
#include "web/table/row_count.h"

namespace minato::web {
namespace {

using http::tables::RowFormat;

constexpr std::int64_t kMaxWorkbookRows = 1'048'575;

struct FileChoice {
  RowFormat format;
  const char* name;  // keys of texts
  const char* use;
  const char* options;  // further parameters: "bom=true"
};

constexpr std::array<FileChoice, 8> kChoices = {
    {{RowFormat::kXlsx, "table_xlsx", "table_xlsx_use", ""},
     {RowFormat::kCsv, "table_csv_bom", "table_csv_bom_use", "bom=true&excel=true"},
     {RowFormat::kCsv, "table_csv_cp932", "table_csv_cp932_use", "encoding=cp932&excel=true"},
     {RowFormat::kCsv, "table_csv", "table_csv_use", ""},
     {RowFormat::kTsv, "table_tsv", "table_tsv_use", ""},
     {RowFormat::kJson, "table_json", "table_json_use", ""},
     {RowFormat::kNdjson, "table_ndjson", "table_ndjson_use", ""},
     {RowFormat::kGeojson, "table_geojson", "table_geojson_use", ""}}};

// All rows and columns, or what the state leaves of them.
struct Extent {
  formats::RowsRequest question;
  http::Params parameters;
  core::RowCount count;
  FileSizes sizes;
};

core::Result<Extent> read_extent(storage::TableReader& reader, const TableState& state) {
  auto question = state.question(reader.schema());
  if (!question) return tl::unexpected(std::move(question).error());
  Extent extent;
  extent.question = *std::move(question);
  extent.parameters = state.rows_parameters();
  const auto count = row_count(reader, extent.question);
  if (!count) return tl::unexpected(count.error());
  extent.count = *count;
  auto sizes = file_sizes(reader, extent.question, extent.count.value);
  if (!sizes) return tl::unexpected(std::move(sizes).error());
  extent.sizes = *std::move(sizes);
  return extent;
}

std::string size_words(const Extent& extent, const FileChoice& choice, const Texts& texts) {
  const auto known = extent.sizes.bytes.find(choice.format);
  if (known == extent.sizes.bytes.end() || !extent.count.exact) return "";
  const std::string size = display_size(known->second);
  // The options change some bytes.
  const bool exact = extent.sizes.exact && choice.options[0] == '\0';
  return exact ? size : texts.with("table_about", {{"size", size}});
}

std::string href_of(const TableVisit& visit, const Extent& extent, const FileChoice& choice) {
  std::string href = visit.data("export." + std::string(http::tables::extension_of(choice.format)),
                                extent.parameters);
  if (choice.options[0] == '\0') return href;
  return href + (href.find('?') == std::string::npos ? "?" : "&") + choice.options;
}

bool fits(const Extent& extent, const FileChoice& choice, const core::TableSchema& schema) {
  if (choice.format == RowFormat::kXlsx) return extent.count.value <= kMaxWorkbookRows;
  return choice.format != RowFormat::kGeojson || formats::has_coordinates(schema);
}

View file_list(const TableVisit& visit, const Extent& extent) {
  View files = list();
  for (const FileChoice& choice : kChoices) {
    if (!fits(extent, choice, visit.schema())) continue;
    View file = object();
    put(file, "name", visit.texts()[choice.name]);
    put(file, "use", visit.texts()[choice.use]);
    put(file, "href", href_of(visit, extent, choice));
    put(file, "size", size_words(extent, choice, visit.texts()));
    files.push_back(file);
  }
  return files;
}

std::string rows_words(const Extent& extent, const Texts& texts) {
  const std::string number = display_count(extent.count.value);
  return texts.with(
      "table_rows_columns",
      {{"rows", extent.count.exact ? number : texts.with("table_at_least", {{"count", number}})},
       {"columns",
        display_count(static_cast<std::int64_t>(extent.question.query.columns.size()))}});
}

View extent_view(const TableVisit& visit, const Extent& extent) {
  View view = object();
  put(view, "extent", rows_words(extent, visit.texts()));
  view["files"] = file_list(visit, extent);
  return view;
}

}  // namespace

core::Result<ViewPart> download_view(const TableVisit& visit) {
  auto reader = visit.visit.sources.tables.read(visit.table);
  if (!reader) return tl::unexpected(std::move(reader).error());
  ViewPart part;
  const TableState whole = TableState().with("version", visit.state.value("version"));
  const auto all = read_extent(**reader, whole);
  if (!all) return tl::unexpected(all.error());
  const bool is_narrowed = visit.state.rows_parameters() != whole.rows_parameters();
  put(part.view, "narrowed", false);
  if (is_narrowed) {
    const auto some = read_extent(**reader, visit.state);
    if (!some) return tl::unexpected(some.error());
    part.view["narrowed"] = extent_view(visit, *some);
  }
  part.view["whole"] = extent_view(visit, *all);
  const storage::TableVersion& version = visit.table.version;
  put(part.view, "original_name", version.file_name);
  put(part.view, "original_size", version.bytes > 0 ? display_size(version.bytes) : "");
  put(part.view, "original_href",
      version.blob.empty() ? std::string()
                           : visit.data("versions/" + std::to_string(version.version) + "/file"));
  return part;
}

}  // namespace minato::web
