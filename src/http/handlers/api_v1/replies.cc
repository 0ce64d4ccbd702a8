#include "http/handlers/api_v1/replies.h"

#include <algorithm>
#include <utility>

#include "http/url.h"

namespace minato::http::api_v1 {
namespace {

std::string link(const Request& request, const std::string& site_url, const Params& params) {
  const std::string query = canonical_query(params);
  return site_url + encoded_path(request.path) + (query.empty() ? "" : "?" + query);
}

}  // namespace

std::string encoded_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    out += percent_encode(path.substr(0, end));
    if (end == path.size()) break;
    out += '/';
    path.remove_prefix(end + 1);
  }
  return out;
}

Response json_response(std::string body) {
  Response response;
  response.headers.set("Content-Type", "application/json; charset=utf-8");
  response.body = std::move(body);
  return response;
}

formats::ApiContext api_context(std::shared_ptr<const service::Directory> directory,
                                const std::string& site_url, core::Language language) {
  formats::ApiContext context;
  context.language = language;
  context.catalogue.site_url = site_url;
  context.catalogue.organization = [directory](std::string_view id_or_name) {
    return directory->find(core::GroupKind::kOrganization, id_or_name);
  };
  context.catalogue.has_table = [directory](std::string_view resource_id) {
    return directory->has_table(resource_id);
  };
  context.catalogue.group = [directory](std::string_view id) {
    return directory->find(core::GroupKind::kGroup, id);
  };
  return context;
}

std::string self_link(const Request& request, const std::string& site_url) {
  return link(request, site_url, request.query_params);
}

std::string link_with(const Request& request, const std::string& site_url, std::string_view name,
                      const std::string& value) {
  Params params;
  for (const auto& param : request.query_params) {
    if (param.first != name) params.push_back(param);
  }
  if (!value.empty()) params.emplace_back(std::string(name), value);
  return link(request, site_url, params);
}

}  // namespace minato::http::api_v1
