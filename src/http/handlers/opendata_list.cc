#include "http/handlers/opendata_list.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "formats/opendata_list.h"
#include "http/content_disposition.h"
#include "http/handlers/api_v1/parameters.h"

namespace minato::http {
namespace {

using formats::ListGeneration;

struct ListRequest {
  ListGeneration generation = ListGeneration::kNew;
  bool cp932 = false;
};

core::Result<ListRequest> read_request(const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 2> kRules = {{{"generation"}, {"encoding"}}};
  api_v1::Parameters parameters(request.query_params, kRules);
  ListRequest asked;
  if (parameters.number("generation", 2, 1, 2) == 1) asked.generation = ListGeneration::kOld;
  const std::string encoding = parameters.value("encoding");
  static const std::vector<std::string_view> kCp932 = {"cp932", "shift_jis", "windows-31j"};
  asked.cp932 = std::find(kCp932.begin(), kCp932.end(), encoding) != kCp932.end();
  if (!asked.cp932 && !encoding.empty() && encoding != "utf-8" && encoding != "utf8") {
    parameters.reject_choice("encoding", encoding, {"utf-8", "cp932"});
  }
  if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
  return asked;
}

// The prefecture above the organization, or itself.
std::string prefecture_of(const core::Group& organization, const service::Directory& directory) {
  const core::Group* parent = directory.find(core::GroupKind::kOrganization, organization.parent);
  return parent == nullptr ? organization.title : parent->title;
}

// What one dataset gives, so that the list can be put in the order of names.
struct NamedRows {
  std::string name;
  std::string rows;
};

Response reply_of(const ListRequest& asked, const core::Group& organization,
                  const formats::OpendataListWriter& writer, std::string body) {
  Response response;
  response.headers.set("Content-Type", asked.cp932 ? "text/csv; charset=Shift_JIS; header=present"
                                                   : "text/csv; charset=utf-8; header=present");
  response.headers.set("Content-Disposition", attachment(organization.name + "_opendata_list.csv"));
  if (asked.cp932) {
    response.headers.set("X-Encoding-Loss", std::to_string(writer.lost_characters()));
  }
  response.body = std::move(body);
  return response;
}

core::Result<Response> send_list(service::Catalog& catalog, const Request& request) {
  const auto asked = read_request(request);
  if (!asked) return tl::unexpected(asked.error());
  const auto organization =
      catalog.group(core::GroupKind::kOrganization, *request.path_param("id"));
  if (!organization) return tl::unexpected(organization.error());
  const auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());

  formats::ListContext context;
  context.site_url = catalog.options().site_url;
  context.publisher = &*organization;
  context.prefecture = prefecture_of(*organization, **directory);
  context.cp932 = asked->cp932;
  context.has_table = [&directory](std::string_view id) { return (*directory)->has_table(id); };
  formats::OpendataListWriter writer(asked->generation, std::move(context));
  std::string body;
  writer.begin(body);
  core::SearchExpr of_organization;
  of_organization.kind = core::SearchExpr::Kind::kEqual;
  of_organization.field = "organization";
  of_organization.value = organization->name;
  std::vector<NamedRows> all;
  const auto read = catalog.each_dataset(
      [&](const core::Dataset& dataset) {
        writer.dataset(dataset, all.emplace_back(NamedRows{dataset.name, {}}).rows);
        return true;
      },
      {std::move(of_organization)});
  if (!read) return tl::unexpected(read.error());
  std::sort(all.begin(), all.end(),
            [](const NamedRows& a, const NamedRows& b) { return a.name < b.name; });
  for (const NamedRows& one : all) body += one.rows;
  return reply_of(*asked, *organization, writer, std::move(body));
}

}  // namespace

std::vector<Route> opendata_list_routes(service::Catalog& catalog) {
  Route route;
  route.method = "GET";
  route.pattern = "/organization/{id}/opendata_list.csv";
  route.operation = "getOrganizationDatasetList";
  route.execution = Execution::kPooled;
  route.handler = [&catalog](const Request& request) { return send_list(catalog, request); };
  std::vector<Route> routes;
  routes.push_back(std::move(route));
  return routes;
}

}  // namespace minato::http
