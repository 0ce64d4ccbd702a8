#include "web/site/docs_pages.h"

#include <embedded/pieces.h>

#include <string>
#include <utility>
#include <vector>

#include "http/url.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/paging.h"
#include "web/frame/display.h"
#include "web/site/api_example.h"
#include "web/site/error_catalogue.h"

namespace minato::web {
namespace {

// One example: a question in words, and what asks it of the table.
struct Example {
  const char* text;
  const char* end;  // of the address
  http::Params query;
};

std::string table_path(const SampleTable& sample) {
  return "/api/v1/tables/" + http::percent_encode(sample.id);
}

std::vector<Example> examples_of(const SampleTable& sample) {
  const std::string& text = sample.text_column;
  const std::string& number = sample.number_column;
  std::vector<Example> examples;
  examples.push_back({"docs_example_rows", "/rows", {{"limit", "3"}}});
  if (!text.empty()) {
    examples.push_back({"docs_example_equal", "/rows", {{text, sample.text_value}}});
    examples.push_back(
        {"docs_example_search", "/rows", {{"q", sample.text_value}, {"limit", "3"}}});
  }
  if (!number.empty()) {
    examples.push_back(
        {"docs_example_compare", "/rows", {{"where", number + ">=" + sample.number_value}}});
    examples.push_back({"docs_example_sort",
                        "/rows",
                        {{"select", sample.columns.front() + "," + number},
                         {"sort", "-" + number},
                         {"limit", "3"}}});
  }
  if (!text.empty()) {
    const std::string measure = number.empty() ? "count(*)" : "count(*),sum(" + number + ")";
    examples.push_back(
        {"docs_example_aggregate", "/aggregate", {{"group", text}, {"agg", measure}}});
  }
  return examples;
}

void put_sample(View& view, const SampleTable& sample, const Visit& visit) {
  const std::string& site = visit.catalog.options().site_url;
  put_text(view, "sample_title", title_of(sample.dataset), visit.language);
  put(view, "sample_href",
      visit.link("/dataset/" + http::percent_encode(sample.dataset.name) + "/resource/" +
                 http::percent_encode(sample.resource.id)));
  View examples = list();
  std::size_t number = 0;
  for (const Example& example : examples_of(sample)) {
    View item = object();
    put(item, "id", "example-" + std::to_string(++number));
    put(item, "text", visit.texts[example.text]);
    const std::string path = table_path(sample) + example.end;
    put(item, "href", address(path, example.query));
    put(item, "curl", curl_get(site + path, example.query));
    examples.push_back(item);
  }
  put(view, "examples", examples);
  put(view, "csv_url", site + table_path(sample) + "/export.csv");
  put(view, "excel_url", site + table_path(sample) + "/export.csv?bom=true");
}

}  // namespace

PageMaker docs_page(std::shared_ptr<SampleTableCache> samples) {
  return [samples = std::move(samples)](const Visit& visit) -> core::Result<Page> {
    const auto sample = samples->sample(visit);
    if (!sample) return tl::unexpected(sample.error());
    Page page;
    page.content = "docs";
    page.path = "/docs";
    page.title = visit.texts["docs_title"];
    page.section = Section::kDocs;
    page.description = visit.texts["docs_description"];
    page.styles = {"docs.css"};
    const std::string& site = visit.catalog.options().site_url;
    put(page.view, "site_url", site);
    const http::Params first = {{"q", "計画"}, {"limit", "3"}};
    put(page.view, "first_call", curl_get(site + "/api/v1/datasets", first));
    put(page.view, "first_href", address("/api/v1/datasets", first));
    put(page.view, "sample", *sample != nullptr);
    if (*sample != nullptr) put_sample(page.view, **sample, visit);
    return page;
  };
}

core::Result<Page> errors_page(const Visit& visit) {
  static const std::vector<DocumentedError> kErrors =
      parse_error_catalogue(pieces::file("errors.md"));
  Page page;
  page.content = "errors";
  page.path = "/docs/errors";
  page.title = visit.texts["errors"];
  page.section = Section::kDocs;
  page.description = visit.texts["errors_intro"];
  page.styles = {"docs.css"};
  page.breadcrumbs = {{visit.texts["site_developers"], visit.link("/docs")}};
  View entries = list();
  for (const DocumentedError& error : kErrors) {
    View entry = object();
    put(entry, "id", error.id);
    put(entry, "status", error.status);
    put(entry, "meaning", error.meaning.in(visit.language));
    put(entry, "cure", error.cure.in(visit.language));
    entries.push_back(entry);
  }
  put(page.view, "count",
      visit.texts.with("err_count",
                       {{"count", display_count(static_cast<std::int64_t>(kErrors.size()))}}));
  put(page.view, "entries", entries);
  return page;
}

}  // namespace minato::web
