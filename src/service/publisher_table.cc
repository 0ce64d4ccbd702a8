#include "service/publisher_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "core/names.h"
#include "core/uuid.h"
#include "formats/csv_reader.h"
#include "formats/json.h"
#include "service/metadata_schemas.h"

namespace minato::service {

namespace {

using core::ErrorCode;
using Cells = std::map<std::string, std::string, std::less<>>;

constexpr std::array<std::string_view, 16> kColumns = {"code",
                                                       "name",
                                                       "kana",
                                                       "romaji",
                                                       "name_en",
                                                       "kind",
                                                       "parent_code",
                                                       "county",
                                                       "latitude",
                                                       "longitude",
                                                       "site_kind",
                                                       "ckan_url",
                                                       "ckan_organization",
                                                       "open_data_page",
                                                       "home_url",
                                                       "notes"};
// What an organization has no field for.
constexpr std::array<std::string_view, 5> kExtras = {"ckan_organization", "ckan_url",
                                                     "open_data_page", "romaji", "site_kind"};

core::Result<void> check_columns(const std::vector<std::string>& header) {
  std::vector<core::ErrorDetail> details;
  for (const std::string_view column : kColumns) {
    if (std::find(header.begin(), header.end(), column) != header.end()) continue;
    details.push_back({std::string(column),
                       {"列がありません。", "The column is missing."},
                       "line 1",
                       std::string(column),
                       "",
                       {"列を加えてください。", "Add the column."}});
  }
  for (const std::string& column : header) {
    if (std::find(kColumns.begin(), kColumns.end(), column) != kColumns.end()) continue;
    details.push_back({column,
                       {"知らない列です。", "The column is not known."},
                       "line 1",
                       "",
                       column,
                       {"列を消すか、名前を直してください。", "Remove it or correct its name."}});
  }
  if (details.empty()) return {};
  return tl::unexpected(
      core::Error{ErrorCode::kInvalidArgument,
                  "publishers-columns",
                  {"publishers.csv の列「" + details[0].param + "」が合いません。",
                   "publishers.csv: the column \"" + details[0].param + "\" does not fit."},
                  {"1 行目の列名を datasets/README.md のとおりにしてください。",
                   "Write the column names of line 1 as datasets/README.md tells."},
                  std::move(details),
                  {}});
}

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_number_column(std::string_view column) {
  return column == "latitude" || column == "longitude";
}

// The row as publisher.schema.json describes it: empty cells are left out.
std::string row_as_json(const Cells& cells) {
  std::string json;
  formats::JsonWriter writer(json);
  writer.begin_object();
  for (const auto& [column, cell] : cells) {
    if (cell.empty()) continue;
    writer.key(column);
    const auto number = is_number_column(column) ? number_of(cell) : std::nullopt;
    if (number) {
      writer.number(*number);
    } else {
      writer.string(cell);
    }
  }
  writer.end_object();
  return json;
}

core::Group organization_of(const Cells& cells) {
  core::Group organization;
  organization.kind = core::GroupKind::kOrganization;
  organization.name = cells.at("code");
  organization.id = core::stable_uuid("organization", organization.name);
  organization.title = cells.at("name");
  organization.title_kana = cells.at("kana");
  organization.title_en = cells.at("name_en");
  organization.description = cells.at("notes");
  organization.homepage = cells.at("home_url");
  const std::string& parent = cells.at("parent_code");
  if (!parent.empty()) organization.parent = core::stable_uuid("organization", parent);
  organization.municipality_kind = cells.at("kind");
  organization.county = cells.at("county");
  organization.latitude = number_of(cells.at("latitude"));
  organization.longitude = number_of(cells.at("longitude"));
  for (const std::string_view key : kExtras) {
    const std::string& value = cells.find(key)->second;
    if (!value.empty()) organization.extras.push_back({std::string(key), value});
  }
  return organization;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (!line.empty()) line += ',';
    line += '"';
    for (const char c : cell) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
  return line + "\r\n";
}

class TableReader {
 public:
  TableReader(const formats::CsvTable& table, const formats::SchemaValidator& schema)
      : table_(table), schema_(schema) {}

  PublisherTable read() {
    for (const formats::CsvRow& row : table_.rows) codes_.insert(cells_of(row).at("code"));
    for (const formats::CsvRow& row : table_.rows) read_row(row);
    return std::move(result_);
  }

 private:
  [[nodiscard]] Cells cells_of(const formats::CsvRow& row) const {
    Cells cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) cells[table_.header[i]] = row.cells[i];
    return cells;
  }

  void read_row(const formats::CsvRow& row) {
    const Cells cells = cells_of(row);
    auto details = wrong_cells(cells);
    if (!details.empty()) {
      const std::string line = std::to_string(row.line);
      for (core::ErrorDetail& detail : details) detail.position = "line " + line;
      result_.errors.push_back(
          {ErrorCode::kInvalidArgument,
           "publishers-row",
           {"publishers.csv の " + line + " 行目が正しくありません（" + details[0].param + "）。",
            "publishers.csv: line " + line + " is not valid (" + details[0].param + ")."},
           {"示した列を直してください。", "Correct the columns named."},
           std::move(details),
           {}});
      return;
    }
    result_.publishers.push_back(
        {organization_of(cells), csv_line(table_.header) + csv_line(row.cells)});
  }

  std::vector<core::ErrorDetail> wrong_cells(const Cells& cells) {
    if (auto valid = check_metadata(schema_, row_as_json(cells), "publishers.csv"); !valid) {
      std::vector<core::ErrorDetail> details = valid.error().details;
      if (details.empty()) details.push_back({"", valid.error().message, "", "", "", {}});
      return details;
    }
    const std::string& code = cells.at("code");
    auto details = core::check_municipality_code(code, "/code");
    if (!seen_.insert(code).second) {
      details.push_back({"/code",
                         {"コードが 2 度書かれています。", "The code stands twice."},
                         "",
                         "",
                         code,
                         {"一方の行を消してください。", "Remove one of the rows."}});
    }
    const std::string& parent = cells.at("parent_code");
    // A row read on its own (what the source said last) names a parent that is not beside it.
    if (!parent.empty() && table_.rows.size() > 1 && !codes_.contains(parent)) {
      details.push_back({"/parent_code",
                         {"親の団体の行がありません。", "There is no row of the parent."},
                         "",
                         "",
                         parent,
                         {"親の団体の行を加えるか、コードを直してください。",
                          "Add the parent's row or correct the code."}});
    }
    return details;
  }

  const formats::CsvTable& table_;
  const formats::SchemaValidator& schema_;
  std::set<std::string> codes_;
  std::set<std::string> seen_;
  PublisherTable result_;
};

}  // namespace

core::Result<PublisherTable> parse_publishers(std::string_view csv) {
  auto table = formats::parse_csv(csv);
  if (!table) return tl::unexpected(std::move(table).error());
  if (auto columns = check_columns(table->header); !columns) {
    return tl::unexpected(std::move(columns).error());
  }
  auto schema = metadata_schema(MetadataKind::kPublisher);
  if (!schema) return tl::unexpected(std::move(schema).error());
  return TableReader(*table, *schema).read();
}

}  // namespace minato::service
