#include "web/manage/preview_pages.h"

#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

#include "http/error_encoder.h"
#include "http/handlers/downloads.h"
#include "http/handlers/tables/table_routes.h"
#include "http/url.h"
#include "web/catalogue/dataset_material.h"
#include "web/catalogue/dataset_page.h"
#include "web/manage/own_dataset.h"
#include "web/table/resource_page.h"

namespace minato::web {
namespace {

// The pages say themselves that a dataset is no public one; here it is said around them, so that
// they look as they will.
void look_public(View& view) {
  put(view, "is_draft", false);
  put(view, "is_private", false);
}

void put_banner(const StaffVisit& staff, const core::Dataset& dataset, View& view) {
  const bool is_public = dataset.state == core::State::kActive && !dataset.is_private;
  put(view, "preview_words",
      staff.texts()[is_public ? "manage_preview_public" : "manage_preview_text"]);
  put(view, "preview_back", staff.link(dataset_path(std::string_view(dataset.name))));
}

core::Result<Page> preview(const StaffVisit& staff, core::Result<Page> (*make)(const Visit&)) {
  const auto dataset = dataset_of_path(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  const Visit& own = staff.visit;
  const Visit visit{own.sources,  own.catalog, own.request,
                    own.language, own.texts,   dataset_path(*dataset)};
  auto shown = make(visit);
  if (!shown) return shown;
  if (!shown->moved_to.empty()) {
    // Its links know where previews are, a redirect's target does not.
    shown->moved_to = kPreview + shown->moved_to;
    return shown;
  }
  Page page = staff_page(staff, "manage_preview", shown->title);
  put(shown->view, "form_token", staff.form_token);
  put(shown->view, "user_name", staff.caller().user_name);
  put(shown->view, "may_create", staff.may_create());
  look_public(shown->view);
  put_banner(staff, *dataset, shown->view);
  put(shown->view, "is_file", shown->content == "resource");
  page.view = std::move(shown->view);
  page.title = staff.texts()["manage_preview"] + ": " + shown->title;
  page.path = kPreview + shown->path;
  page.query = std::move(shown->query);
  page.status = shown->status;
  page.image_origin = std::move(shown->image_origin);
  page.breadcrumbs.push_back(
      {dataset->title, staff.link(dataset_path(std::string_view(dataset->name)))});
  std::move(shown->styles.begin(), shown->styles.end(), std::back_inserter(page.styles));
  page.scripts = std::move(shown->scripts);
  return page;
}

tl::unexpected<core::Error> nothing_there() { return tl::unexpected(http::error_of_status(404)); }

http::RouteTable reads_of(const WebSources& sources) {
  std::vector<http::Route> rows =
      http::table_routes(sources.tables, {sources.secret, sources.spool_directory});
  std::vector<http::Route> files = http::download_routes(sources.catalog);
  std::move(files.begin(), files.end(), std::back_inserter(rows));
  auto table = http::RouteTable::make(std::move(rows));
  if (!table) throw std::logic_error(table.error().internal);
  return *std::move(table);
}

}  // namespace

core::Result<Page> show_dataset_preview(const StaffVisit& staff) {
  return preview(staff, dataset_page);
}

core::Result<Page> show_resource_preview(const StaffVisit& staff) {
  return preview(staff, resource_page);
}

PreviewData::PreviewData(const WebSources& sources)
    : rows_(std::make_shared<const http::RouteTable>(reads_of(sources))) {}

core::Result<http::Response> PreviewData::answer(const http::Request& request) const {
  std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  const std::size_t place = path.find(kPreview);
  if (place == std::string_view::npos) return nothing_there();
  path.remove_prefix(place + std::string_view(kPreview).size());
  const auto segments = http::decode_path(path);
  if (!segments) return tl::unexpected(segments.error());
  http::RouteMatch match = rows_->match("GET", *segments);
  if (match.route == nullptr) return nothing_there();
  http::Request inner;
  inner.method = request.method;
  inner.target = request.target;
  inner.headers = request.headers;
  inner.path_params = std::move(match.params);
  inner.query = request.query;
  inner.query_params = request.query_params;
  inner.id = request.id;
  inner.language = request.language;
  inner.caller = request.caller;
  return match.route->handler(inner);
}

}  // namespace minato::web
