#include "web/table/api_view.h"

#include <string>
#include <utility>

#include "http/url.h"
#include "web/table/datastore_call.h"
#include "web/table/snippets.h"

namespace minato::web {
namespace {

SnippetQuestion question_of(const TableVisit& visit) {
  SnippetQuestion question;
  question.site = visit.visit.catalog.options().site_url;
  question.path = visit.api("");
  question.parameters = visit.state.rows_parameters();
  for (std::size_t i = 0; i < visit.question.query.columns.size(); ++i) {
    const int place = visit.question.query.columns[i];
    if (place < 0) continue;
    const core::TableColumn& column = visit.schema().columns[static_cast<std::size_t>(place)];
    if (column.type == core::ColumnType::kString) question.texts.push_back(visit.question.names[i]);
  }
  return question;
}

View snippet(const char* id, const std::string& title, const std::string& code) {
  View view = object();
  put(view, "id", id);
  put(view, "title", title);
  put(view, "code", code);
  return view;
}

View snippets(const TableVisit& visit, const SnippetQuestion& question) {
  const Texts& texts = visit.texts();
  View all = list();
  all.push_back(snippet("curl", "curl", curl_snippet(question, "/export.csv")));
  all.push_back(snippet("python", texts["table_python"], python_snippet(question)));
  all.push_back(snippet("r", "R", r_snippet(question)));
  all.push_back(snippet("javascript", "JavaScript", javascript_snippet(question)));
  all.push_back(snippet("power-query", texts["table_power_query"], power_query_snippet(question)));
  if (auto parameters = datastore_parameters(visit)) {
    SnippetQuestion ckan;
    ckan.site = question.site;
    ckan.path = "/api/3/action/datastore_search";
    ckan.parameters = *std::move(parameters);
    all.push_back(snippet("ckan", texts["table_ckan"], curl_snippet(ckan, "")));
  }
  return all;
}

}  // namespace

core::Result<ViewPart> api_view(const TableVisit& visit) {
  ViewPart part;
  const SnippetQuestion question = question_of(visit);
  const std::string& site = visit.visit.catalog.options().site_url;
  put(part.view, "rows_url", site + visit.api("rows", visit.state.rows_parameters()));
  put(part.view, "rows_href", visit.data("rows", visit.state.rows_parameters()));
  part.view["snippets"] = snippets(visit, question);
  put(part.view, "schema_href", visit.data(""));
  put(part.view, "openapi_href", visit.data("openapi.json"));
  put(part.view, "docs_href", visit.visit.link("/docs"));
  put(part.view, "table_id", visit.table.version.table_id);
  return part;
}

}  // namespace minato::web
