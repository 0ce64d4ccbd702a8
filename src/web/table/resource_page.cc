#include "web/table/resource_page.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/error_encoder.h"
#include "http/url.h"
#include "web/catalogue/dataset_material.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/prose.h"
#include "web/catalogue/removed_page.h"
#include "web/frame/display.h"
#include "web/table/resource_facts.h"
#include "web/table/table_state.h"
#include "web/table/table_view.h"

namespace minato::web {
namespace {

constexpr std::size_t kMaxParts = 100;

Page moved_to(std::string path) {
  Page page;
  page.moved_to = std::move(path);
  return page;
}

// nullopt: absent, or no number from 1.
std::optional<std::int64_t> number_param(const Visit& visit, std::string_view name) {
  const std::string* text = visit.request.query_param(name);
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [rest, fault] = std::from_chars(text->data(), end, number);
  if (fault != std::errc{} || rest != end || number < 1) return std::nullopt;
  return number;
}

std::string table_id_of(const core::Resource& resource, std::int64_t part) {
  return part == 1 ? resource.id : resource.id + "." + std::to_string(part);
}

// The tables of the file (sheets of a workbook), when there are several.
void put_parts(View& view, const std::vector<storage::TableVersion>& tables, std::int64_t chosen,
               const Visit& visit, const std::string& path) {
  View parts = list();
  std::string name;
  for (std::size_t i = 0; i < tables.size() && i < kMaxParts; ++i) {
    const storage::TableVersion& table = tables[i];
    const std::string number = std::to_string(table.part);
    View item = object();
    put(item, "text",
        table.name.empty() ? visit.texts.with("table_part_number", {{"number", number}})
                           : table.name);
    put(item, "rows", visit.texts.with("table_rows_count", {{"rows", display_count(table.rows)}}));
    put(item, "href", visit.link(path) + TableState().with("part", number).query());
    put(item, "current", table.part == chosen);
    if (table.part == chosen) name = table.name;
    parts.push_back(item);
  }
  put(view, "has_parts", tables.size() > 1);
  view["parts"] = std::move(parts);
  put(view, "part_name", tables.size() > 1 ? name : "");
}

// Why there are no rows to show.
void tell_no_table(Page& page, const core::Error& error, const Visit& visit, bool is_broken) {
  page.content = "resource";
  put(page.view, "has_table", false);
  put(page.view, "shape", "");
  put(page.view, "no_table", error.message.in(visit.language));
  put(page.view, "no_table_hint", error.hint.in(visit.language));
  // A version or a sheet that is gone; a file that is no table is a fine page.
  put(page.view, "whole_href", is_broken ? visit.link(page.path) : std::string());
  if (is_broken) page.status = http::status_of(error.code);
  if (is_broken) page.index = false;
}

std::vector<Breadcrumb> breadcrumbs_of(const core::Dataset& dataset,
                                       const service::Directory& directory, const Visit& visit) {
  const bool english = visit.language == core::Language::kEn;
  std::vector<Breadcrumb> steps;
  const auto add = [&](const core::LocalizedText& title, const std::string& path) {
    const bool other = english && title.en.empty();
    steps.push_back({other || !english ? title.ja : title.en, visit.link(path), other ? "ja" : ""});
  };
  if (const core::Group* publisher =
          directory.find(core::GroupKind::kOrganization, dataset.owner_org)) {
    add({publisher->title, publisher->title_en},
        "/organization/" + http::percent_encode(publisher->name));
  }
  add(title_of(dataset), dataset_path(dataset));
  return steps;
}

struct ResourceVisit {
  const Visit& visit;
  const service::FoundResource& found;
  std::string path;
};

// For previews of links: what its publisher says of it, else whose file it is.
std::string description_of(const ResourceVisit& resource) {
  std::string line = first_sentence(resource.found.resource.description);
  if (!line.empty()) return line;
  return resource.visit.texts.with(
      "table_self_description",
      {{"title", resource_name(resource.found.resource, resource.visit.texts)},
       {"dataset", title_in(resource.found.dataset, resource.visit.language)}});
}

Page plain_page(const ResourceVisit& resource, const service::Directory& directory) {
  const auto& [dataset, file] = resource.found;
  Page page;
  page.content = "resource";
  page.path = resource.path;
  page.section = Section::kDatasets;
  page.breadcrumbs = breadcrumbs_of(dataset, directory, resource.visit);
  page.title = resource_name(file, resource.visit.texts) + " - " +
               title_in(dataset, resource.visit.language);
  page.styles = {"table.css"};
  page.description = description_of(resource);
  put_resource(page.view, resource.found, directory, resource.visit);
  page.alternates.push_back(
      {"application/json", "/api/3/action/resource_show?id=" + http::percent_encode(file.id)});
  return page;
}

// Puts the table into the page.
core::Result<void> add_table(Page& page, const ResourceVisit& resource,
                             const service::FoundTable& table) {
  auto shown = show_table(resource.visit, table, resource.path);
  if (!shown) return tl::unexpected(std::move(shown).error());
  Page& part = shown->page;
  page.moved_to = part.moved_to;
  page.moved_for_good = part.moved_for_good;
  page.status = part.status;
  page.index = page.index && part.index;
  page.query = part.query;
  page.image_origin = part.image_origin;
  page.styles.insert(page.styles.end(), part.styles.begin(), part.styles.end());
  page.scripts = {"table.js"};
  page.scripts.insert(page.scripts.end(), part.scripts.begin(), part.scripts.end());
  if (!shown->view_name.empty()) page.title = shown->view_name + ": " + page.title;
  page.view["table"] = std::move(part.view);
  put(page.view, "has_table", true);
  const Texts& texts = resource.visit.texts;
  put(page.view, "shape",
      texts.with(
          "table_rows_columns",
          {{"rows", display_count(table.schema->rows)},
           {"columns", display_count(static_cast<std::int64_t>(table.schema->columns.size()))}}));
  const std::string api = "/api/v1/tables/" + http::percent_encode(table.version.table_id);
  put(page.view, "xlsx", resource.visit.data_link(api + "/export.xlsx"));
  put(page.view, "csv", resource.visit.data_link(api + "/export.csv?bom=true&excel=true"));
  page.alternates.push_back({"application/json", api});
  return {};
}

bool is_named(const core::Dataset& dataset, const std::string& id_or_name) {
  return dataset.id == id_or_name || dataset.name == id_or_name;
}

core::Result<Page> page_of(const ResourceVisit& resource) {
  const Visit& visit = resource.visit;
  const auto& [dataset, file] = resource.found;
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  Page page = plain_page(resource, **directory);
  page.index = dataset.state == core::State::kActive && !dataset.is_private;
  service::Tables& tables = visit.sources.tables;
  const auto parts = tables.of_resource(file.id, visit.request.caller);
  if (!parts) return tl::unexpected(parts.error());
  const std::int64_t first = parts->empty() ? 1 : parts->front().part;
  const std::int64_t part = number_param(visit, "part").value_or(first);
  put_parts(page.view, *parts, part, visit, resource.path);
  const auto version = number_param(visit, "version");
  const auto table = tables.find(table_id_of(file, part), version, visit.request.caller);
  if (!table && table.error().code == core::ErrorCode::kInternal) {
    return tl::unexpected(table.error());
  }
  if (!table) {
    tell_no_table(page, table.error(), visit, version || part != first);
  } else if (auto done = add_table(page, resource, **table); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return page;
}

}  // namespace

core::Result<Page> resource_page(const Visit& visit) {
  const std::string& dataset_id = *visit.request.path_param("id");
  const auto found =
      visit.catalog.resource_in(dataset_id, *visit.request.path_param("rid"), visit.request.caller);
  if (!found) return page_of_missing(found.error(), visit);
  const std::string path = resource_path(found->dataset, found->resource);
  if (!is_named(found->dataset, dataset_id)) {
    const std::string query = http::build_query(visit.request.query_params);
    return moved_to(path + (query.empty() ? "" : "?" + query));
  }
  return page_of({visit, *found, path});
}

core::Result<Page> dictionary_page(const Visit& visit) {
  const auto found = visit.catalog.resource_in(
      *visit.request.path_param("id"), *visit.request.path_param("rid"), visit.request.caller);
  if (!found) return page_of_missing(found.error(), visit);
  return moved_to(resource_path(found->dataset, found->resource) +
                  TableState().with("view", "columns").query());
}

}  // namespace minato::web
