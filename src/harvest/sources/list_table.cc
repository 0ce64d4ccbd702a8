#include "harvest/sources/list_table.h"

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include "core/table.h"
#include "tabular/tabular_file.h"
#include "text/fold.h"

namespace minato::harvest {
namespace {

using core::ErrorCode;
using core::Result;
using tabular::FileReport;
using tabular::TableReport;
using tabular::TabularFile;

// CSV made for spreadsheets has a ' before texts that they would run as formulas; ours too.
std::string_view unguarded(std::string_view text) {
  const bool guarded = text.size() > 1 && text.front() == '\'' &&
                       std::string_view("=+-@").find(text[1]) != std::string_view::npos;
  return guarded ? text.substr(1) : text;
}

class TextRows final : public tabular::RowSink {
 public:
  // Counts on from what earlier tables of the file had.
  TextRows(std::vector<ListRow>& rows, std::int64_t& number, std::uint64_t& bytes)
      : rows_(rows), number_(number), bytes_(bytes) {}

  Result<void> row(std::span<const core::ValueView> values) override {
    ListRow row;
    row.number = ++number_;
    row.cells.reserve(values.size());
    for (const core::ValueView& value : values) {
      const auto* text = std::get_if<std::string_view>(&value);
      row.cells.emplace_back(text == nullptr ? std::string_view() : unguarded(*text));
      bytes_ += row.cells.back().size();
    }
    if (bytes_ > kMaxListTextBytes) {
      return core::fail(ErrorCode::kTooLarge, "harvest-list-too-large",
                        {"オープンデータ一覧の文字が多すぎます（256 MB まで）。",
                         "The dataset list holds too much text (at most 256 MB)."},
                        {"一覧を分けて、それぞれを収集元として登録してください。",
                         "Split the list and register each part as a source."});
    }
    rows_.push_back(std::move(row));
    return {};
  }

 private:
  std::vector<ListRow>& rows_;
  std::int64_t& number_;
  std::uint64_t& bytes_;
};

std::vector<std::string> names_of(const TableReport& table) {
  std::vector<std::string> names;
  for (const core::TableColumn& column : table.schema.columns) names.push_back(column.name);
  return names;
}

tabular::ReadOptions options_for(std::string_view file_name) {
  tabular::ReadOptions options;
  options.file_name = file_name;
  options.statistics = false;
  options.limits.max_bytes = kMaxListBytes;
  options.limits.max_unpacked_bytes = kMaxListTextBytes;
  options.limits.max_rows = kMaxListRows;
  options.limits.max_columns = 500;
  options.limits.max_tables = 200;
  return options;
}

Result<std::unique_ptr<TabularFile>> open(const std::string& path,
                                          const tabular::ReadOptions& options) {
  auto file = tabular::open_tabular_file(path, options);
  if (file || file.error().id != "file-not-tabular") return file;
  core::Error error = std::move(file).error();
  error.id = "harvest-list-not-table";
  error.hint = {
      "収集元の URL に、オープンデータ一覧の CSV または Excel ファイルそのものの URL "
      "を登録してください。"
      "ファイルへのリンクを載せた Web ページなら種類 page、CKAN の API なら種類 ckan にします。",
      "Register the URL of the list's CSV or Excel file itself. For a web page with links to files "
      "use the kind page, for the API of a CKAN the kind ckan."};
  return tl::unexpected(std::move(error));
}

tl::unexpected<core::Error> no_such_sheet(const FileReport& report, std::string_view sheet) {
  std::string names;
  for (const TableReport& table : report.tables) {
    if (table.name.empty() || names.size() > 300) continue;
    names += (names.empty() ? "" : "、") + table.name;
  }
  return core::fail(ErrorCode::kInvalidArgument, "harvest-list-sheet",
                    {"シート「" + std::string(sheet) + "」がありません。あるのは: " + names,
                     "There is no sheet \"" + std::string(sheet) + "\". There are: " + names},
                    {"収集元の設定 sheet をシートの名前に合わせてください。",
                     "Set the source's option sheet to the name of a sheet."});
}

tl::unexpected<core::Error> no_titles(const FileReport& report) {
  std::string names;
  for (const TableReport& table : report.tables) {
    for (const core::TableColumn& column : table.schema.columns) {
      if (names.size() > 300) break;
      names += (names.empty() ? "" : "、") + column.name;
    }
  }
  return core::fail(
      ErrorCode::kInvalidArgument, "harvest-list-columns",
      {"データセットの名前の列（「データセット_タイトル」または「データ名称」）がありません。"
       "あるのは: " +
           names,
       "The table has no column of dataset titles (データセット_タイトル or データ名称). There "
       "are: " +
           names},
      {"推奨データセット「オープンデータ一覧」の列名を使ってください。Excel "
       "で別のシートにあるなら設定 sheet で指定します。",
       "Use the column names of the standard table オープンデータ一覧; if it is on another sheet, "
       "name that in the option sheet."});
}

// The first table of a workbook that has titles (other sheets are examples and code lists), all of
// them in delimited text (where a blank line cuts one list in two).
Result<std::vector<std::size_t>> choose(const FileReport& report, std::string_view sheet) {
  bool found_sheet = sheet.empty();
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < report.tables.size(); ++i) {
    const TableReport& table = report.tables[i];
    if (!sheet.empty() && text::fold(table.name) != text::fold(sheet)) continue;
    found_sheet = true;
    if (!ListColumns(names_of(table)).has(ListField::kTitle)) continue;
    places.push_back(i);
    if (report.delimiter == 0) break;
  }
  if (!places.empty()) return places;
  return found_sheet ? no_titles(report) : no_such_sheet(report, sheet);
}

// "0012" and "1.10" stay what they are.
std::vector<core::Column> all_as_text(const FileReport& report,
                                      const std::vector<std::size_t>& places) {
  std::vector<core::Column> columns;
  for (const std::size_t place : places) {
    for (const std::string& name : names_of(report.tables[place])) {
      core::Column column;
      column.name = name;
      column.type = "string";
      columns.push_back(std::move(column));
    }
  }
  return columns;
}

}  // namespace

Result<std::vector<ListTable>> read_list_tables(const std::string& path, std::string_view file_name,
                                                std::string_view sheet) {
  tabular::ReadOptions options = options_for(file_name);
  auto guessed = open(path, options);
  if (!guessed) return tl::unexpected(std::move(guessed).error());
  const auto places = choose((*guessed)->report(), sheet);
  if (!places) return tl::unexpected(places.error());
  options.declared = all_as_text((*guessed)->report(), *places);
  guessed->reset();

  auto file = open(path, options);
  if (!file) return tl::unexpected(std::move(file).error());
  std::vector<ListTable> tables;
  std::int64_t number = 0;
  std::uint64_t bytes = 0;
  for (const std::size_t place : *places) {
    if (place >= (*file)->report().tables.size()) {
      return core::fail_internal("the list changed while it was read");
    }
    ListTable table{ListColumns(names_of((*file)->report().tables[place])), {}};
    TextRows rows(table.rows, number, bytes);
    if (auto done = (*file)->read_rows(place, rows); !done) return tl::unexpected(done.error());
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace minato::harvest
