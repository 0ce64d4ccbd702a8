#include "web/catalogue/search_choice.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/vocabularies.h"
#include "formats/ckan_query.h"
#include "http/handlers/api_v1/dataset_query.h"
#include "service/facet_titles.h"
#include "text/utf8.h"
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

// "metadata_modified desc", as CKAN's pages write it, is our "-modified". "" for what is no order.
std::string own_sort(const std::string& value) {
  if (http::api_v1::parse_dataset_query({{"sort", value}})) return value;
  const auto keys = formats::parse_ckan_sort(value);
  if (!keys || keys->empty()) return "";
  static constexpr std::array<std::pair<std::string_view, const char*>, 4> kNames = {
      {{"metadata_modified", "modified"},
       {"metadata_created", "created"},
       {"title_string", "title"},
       {"name", "name"}}};
  for (const auto& [field, name] : kNames) {
    if (keys->front().field == field)
      return (keys->front().descending ? "-" : "") + std::string(name);
  }
  return "";
}

std::string own_words(const std::string& value) {
  // CKAN's links to everything.
  if (value == "*:*") return "";
  return std::string(text::truncated(value, http::api_v1::kMaxQueryBytes));
}

// The value as our own links write it, so that a choice is known whoever wrote the link. "" when it
// says nothing here: an old or mangled link shows more than it meant to, not an error.
std::string own_value(std::string_view name, const std::string& value) {
  if (name == "q") return own_words(value);
  if (name == "sort") return own_sort(value);
  if (name == "format") return core::normalise_format(value);
  if (name == "license") {
    const core::License* license = core::find_license(value);
    return license != nullptr ? license->id : value;
  }
  if (name == "theme") {
    const core::Theme* theme = core::find_theme(value);
    return theme != nullptr ? theme->code : "";
  }
  if (name == "frequency") {
    const core::Frequency* frequency = core::find_frequency(value);
    return frequency != nullptr ? frequency->code : "";
  }
  const bool means_something =
      http::api_v1::parse_dataset_query(for_api({{std::string(name), value}})).has_value();
  return means_something ? value : "";
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
  for (const auto& [asked, given] : params) {
    const std::string name(own_name(asked));
    const bool single = name == "q" || name == "sort" || name == "modified_since";
    if (!single && !is_filter(name)) continue;
    const std::string value = own_value(name, given);
    const bool seen = std::any_of(out.begin(), out.end(), [&](const auto& param) {
      return param.first == name && (single || param.second == value);
    });
    if (!value.empty() && !seen) out.emplace_back(name, value);
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
