#include "web/catalogue/search_choice.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "http/handlers/api_v1/dataset_query.h"
#include "service/facet_titles.h"
#include "web/catalogue/paging.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::size_t kDayLength = 10;  // 2026-04-01

// CKAN's names of our parameters, as its links and its users' bookmarks have them.
std::string_view own_name(std::string_view name) {
  if (name == "tags") return "tag";
  if (name == "res_format") return "format";
  if (name == "license_id") return "license";
  if (name == "groups") return "group";
  return name;
}

std::string_view field_of(std::string_view name) {
  for (const auto& facet : http::api_v1::facet_names()) {
    if (facet.name == name) return facet.field;
  }
  return name;
}

}  // namespace

bool is_filter(std::string_view name) {
  if (name == "municipality" || name == "modified_since") return true;
  return std::any_of(http::api_v1::facet_names().begin(), http::api_v1::facet_names().end(),
                     [name](const auto& facet) { return facet.name == name; });
}

http::Params understood(const http::Params& params) {
  http::Params out;
  for (const auto& [asked, value] : params) {
    const std::string name(own_name(asked));
    const bool single = name == "q" || name == "sort" || name == "modified_since";
    const bool seen = std::any_of(out.begin(), out.end(), [&](const auto& param) {
      return param.first == name && (single || param.second == value);
    });
    if (!value.empty() && !seen && (single || is_filter(name))) out.emplace_back(name, value);
  }
  return out;
}

std::string value_of(const http::Params& params, std::string_view name) {
  for (const auto& param : params) {
    if (param.first == name) return param.second;
  }
  return "";
}

bool has(const http::Params& params, const Param& param) {
  return std::find(params.begin(), params.end(), param) != params.end();
}

http::Params without(const http::Params& params, const Param& param) {
  http::Params out;
  std::copy_if(params.begin(), params.end(), std::back_inserter(out),
               [&param](const auto& each) { return each != param; });
  return out;
}

http::Params without_name(const http::Params& params, std::string_view name) {
  http::Params out;
  std::copy_if(params.begin(), params.end(), std::back_inserter(out),
               [name](const auto& each) { return each.first != name; });
  return out;
}

http::Params toggled(const http::Params& params, const Param& param) {
  http::Params out = without(params, param);
  if (out.size() == params.size()) out.push_back(param);
  return out;
}

http::Params with(const http::Params& params, const Param& param) {
  http::Params out;
  bool placed = param.second.empty();
  for (const auto& each : params) {
    if (each.first != param.first) {
      out.push_back(each);
    } else if (!placed) {
      out.push_back(param);
      placed = true;
    }
  }
  if (!placed) out.push_back(param);
  return out;
}

http::Params for_api(const http::Params& params) {
  http::Params out = params;
  for (auto& [name, value] : out) {
    if (name == "modified_since" && value.size() == kDayLength) value += "T00:00:00+09:00";
  }
  return out;
}

std::string search_link(const http::Params& params, const Visit& visit) {
  return address(visit.link("/dataset"), params);
}

core::Result<core::SearchRequest> search_request(const http::Params& params) {
  auto query = http::api_v1::parse_dataset_query(for_api(params));
  if (!query) return tl::unexpected(std::move(query).error());
  return std::move(query->search);
}

core::Result<std::int64_t> count_of(const http::Params& params, const Visit& visit) {
  auto request = search_request(params);
  if (!request) return tl::unexpected(std::move(request).error());
  request->limit = 0;
  request->asked.clear();
  const auto found = visit.catalog.search(*request, visit.language);
  if (!found) return tl::unexpected(found.error());
  return found->count;
}

std::string words_of(const Param& param, const service::Directory& directory, const Visit& visit) {
  if (param.first == "modified_since") {
    const auto time = core::parse_iso8601(for_api({param}).front().second);
    const std::string day = time ? display_day(*time, visit.language) : param.second;
    return visit.texts.with("search_since", {{"day", day}});
  }
  std::vector<core::Facet> facets(1);
  facets[0].field = std::string(field_of(param.first));
  facets[0].values = {{param.second, "", 0}};
  service::fill_facet_titles(facets, directory, visit.language);
  return facets[0].values[0].title;
}

}  // namespace minato::web
