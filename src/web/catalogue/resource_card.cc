#include "web/catalogue/resource_card.h"

#include <string>

#include "core/url.h"
#include "core/vocabularies.h"
#include "http/url.h"
#include "web/catalogue/prose.h"
#include "web/catalogue/resource_title.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::size_t kDescriptionCharacters = 300;
constexpr std::size_t kMaxTables = 10;
constexpr std::size_t kMaxColumns = 12;
constexpr std::size_t kColumnCharacters = 40;

std::string shape_of(const storage::TableVersion& table, const Texts& texts) {
  return texts.with(
      "ds_shape", {{"rows", display_count(table.rows)}, {"columns", display_count(table.columns)}});
}

View table_item(const storage::TableVersion& table, const std::string& page, const Visit& visit) {
  View item = object();
  const std::string api = visit.data_link("/api/v1/tables/" + http::percent_encode(table.table_id));
  const bool is_named = !table.name.empty();
  put_words(item, "name",
            is_named
                ? table.name
                : visit.texts.with("ds_table_number", {{"number", std::to_string(table.part)}}),
            visit.language);
  put(item, "shape", shape_of(table, visit.texts));
  put(item, "href",
      visit.link(page) + (table.part > 1 ? "?part=" + std::to_string(table.part) : ""));
  put(item, "xlsx", api + "/export.xlsx");
  put(item, "csv", api + "/export.csv?bom=true&excel=true");
  return item;
}

// The tables: one is shown by the card itself, more (sheets of a workbook) as a list.
void put_tables(View& card, const service::ResourceTables* tables, const std::string& page,
                const Visit& visit) {
  put(card, "has_table", tables != nullptr);
  put(card, "shape", "");
  put(card, "has_sheets", false);
  put(card, "xlsx", "");
  put(card, "csv", "");
  if (tables == nullptr) return;
  const View first = table_item(tables->current.front(), page, visit);
  put(card, "xlsx", View(*first.get("xlsx")));
  put(card, "csv", View(*first.get("csv")));
  if (tables->current.size() == 1) {
    put(card, "shape", shape_of(tables->current.front(), visit.texts));
    return;
  }
  View sheets = list();
  for (std::size_t i = 0; i < tables->current.size() && i < kMaxTables; ++i) {
    sheets.push_back(table_item(tables->current[i], page, visit));
  }
  put(card, "has_sheets", true);
  put(card, "sheets", sheets);
  const std::size_t more =
      tables->current.size() > kMaxTables ? tables->current.size() - kMaxTables : 0;
  put(card, "more_sheets",
      more == 0 ? ""
                : visit.texts.with("ds_more_tables",
                                   {{"count", display_count(static_cast<std::int64_t>(more))}}));
}

// "地域、年、人口、ほか 3 項目": what the table tells, at a glance.
std::string column_names(const std::vector<core::Column>& columns, const Visit& visit) {
  std::string names;
  const std::string& comma = visit.texts["ds_comma"];
  for (std::size_t i = 0; i < columns.size() && i < kMaxColumns; ++i) {
    if (i > 0) names += comma;
    const core::Column& column = columns[i];
    names += shortened(column.title.empty() ? column.name : column.title, kColumnCharacters);
  }
  if (columns.size() <= kMaxColumns) return names;
  const auto rest = static_cast<std::int64_t>(columns.size() - kMaxColumns);
  return names + visit.texts.with("ds_more_columns", {{"count", display_count(rest)}});
}

// What the button that gives the file as it is says, and where it leads.
void put_download(View& card, const core::Dataset& dataset, const core::Resource& resource,
                  const Visit& visit) {
  put(card, "download", visit.data_link(download_path(dataset, resource)));
  const std::string elsewhere = resource.blob.empty() ? web_address(resource.url) : "";
  const auto url = core::parse_url(elsewhere);
  put(card, "host", url ? url->host : "");
  std::string about = resource.format;
  if (resource.size) {
    if (!about.empty()) about += visit.texts["ds_comma"];
    about += display_size(*resource.size);
  }
  const bool is_told = !about.empty();
  put(card, "original",
      is_told ? visit.texts.with("ds_original_file", {{"file", about}})
              : visit.texts["ds_original"]);
  if (resource.format == "HTML" && !elsewhere.empty()) {
    put(card, "get", visit.texts["ds_open_page"]);
    return;
  }
  put(card, "get",
      is_told ? visit.texts.with("ds_download_file", {{"file", about}}) : visit.texts["download"]);
}

}  // namespace

View resource_card(const DatasetMaterial& material, const core::Resource& resource,
                   const Visit& visit) {
  View card = object();
  const std::string page = resource_path(material.dataset, resource);
  put_words(card, "title", resource_title(resource, visit.texts), visit.language);
  put(card, "anchor", "resource-" + std::to_string(resource.position + 1));
  put(card, "href", visit.link(page));
  put(card, "blocks", prose(shortened(resource.description, kDescriptionCharacters)));
  put(card, "has_about", !trimmed(resource.description).empty());
  put(card, "about_lang", words_language(resource.description, visit.language));
  put(card, "format", resource.format);
  put(card, "size", resource.size ? display_size(*resource.size) : "");
  const core::Timestamp modified = resource.last_modified.value_or(resource.metadata_modified);
  put(card, "modified", display_day(modified, visit.language));
  put(card, "modified_iso", core::to_rfc3339(modified));
  const core::License* license = core::find_license(resource.license_id);
  put(card, "license",
      license != nullptr ? license->title.in(visit.language) : resource.license_id);
  put_words(card, "columns", column_names(material.columns_of(resource), visit), visit.language);
  put_tables(card, material.tables_of(resource.id), page, visit);
  put_download(card, material.dataset, resource, visit);
  return card;
}

}  // namespace minato::web
