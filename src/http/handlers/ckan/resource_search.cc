#include "http/handlers/ckan/resource_search.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/time.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/rendering.h"

namespace minato::http::ckan {
namespace {

using core::Resource;

// Results are collected before they are sorted and cut; this bounds the memory of one call.
constexpr std::size_t kMaxFound = 20'000;
constexpr std::size_t kMaxTerms = 20;

struct Field {
  std::string_view name;
  std::string (*value)(const Resource&);
};

template <std::string Resource::*member>
std::string text_of(const Resource& resource) {
  return resource.*member;
}

constexpr Field kFields[] = {
    {"id", text_of<&Resource::id>},
    {"package_id", text_of<&Resource::dataset_id>},
    {"name", text_of<&Resource::name>},
    {"description", text_of<&Resource::description>},
    {"url", text_of<&Resource::url>},
    {"url_type", text_of<&Resource::url_type>},
    {"format", text_of<&Resource::format>},
    {"mimetype", text_of<&Resource::mimetype>},
    {"mimetype_inner", text_of<&Resource::mimetype_inner>},
    {"hash", text_of<&Resource::hash>},
    {"resource_type", text_of<&Resource::resource_type>},
    {"cache_url", text_of<&Resource::cache_url>},
    {"created", [](const Resource& r) { return core::to_ckan_time(r.created); }},
    {"metadata_modified",
     [](const Resource& r) { return core::to_ckan_time(r.metadata_modified); }},
    {"last_modified",
     [](const Resource& r) {
       return r.last_modified ? core::to_ckan_time(*r.last_modified) : std::string();
     }},
};

const Field* find_field(std::string_view name) {
  const auto* field = std::find_if(std::begin(kFields), std::end(kFields),
                                   [&](const Field& f) { return f.name == name; });
  return field == std::end(kFields) ? nullptr : field;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

struct Term {
  const Field* field;
  std::string value;  // in lower case

  [[nodiscard]] bool matches(const Resource& resource) const {
    const std::string text = lower(field->value(resource));
    return field->name == "hash" ? text.starts_with(value) : text.find(value) != std::string::npos;
  }
};

Checked<std::vector<Term>> parse_terms(const std::vector<std::string>& query) {
  if (query.size() > kMaxTerms) return invalid("query", "Must be at most 20 terms");
  std::vector<Term> terms;
  for (const auto& pair : query) {
    const auto colon = pair.find(':');
    if (colon == std::string::npos) return invalid("query", "Must be <field>:<value> pair(s)");
    const std::string name = pair.substr(0, colon);
    const Field* field = find_field(name);
    if (field == nullptr) {
      return invalid("query",
                     "Field \"" + shortened(name) + "\" not recognised in resource_search.");
    }
    terms.push_back({field, lower(pair.substr(colon + 1))});
  }
  return terms;
}

Checked<std::vector<Resource>> find_resources(service::Catalog& catalog,
                                              const std::vector<Term>& terms) {
  std::vector<Resource> found;
  const auto read = catalog.each_dataset([&](const core::Dataset& dataset) {
    for (const auto& resource : dataset.resources) {
      const bool fits = std::all_of(terms.begin(), terms.end(),
                                    [&](const Term& term) { return term.matches(resource); });
      if (fits) found.push_back(resource);
    }
    return found.size() <= kMaxFound;
  });
  if (!read) return failed(read.error());
  if (found.size() > kMaxFound) {
    return search_failed("more than 20000 resources match; add a term to the query");
  }
  return found;
}

}  // namespace

Outcome resource_search(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  if (call.arguments.find("query") == nullptr) checks.fail("query", "Missing value");
  const auto query = checks.list("query");
  const auto limit = checks.natural("limit", kNoLimit);
  const auto offset = checks.natural("offset", 0);
  const std::string order_name = checks.text("order_by");
  const Field* order = find_field(order_name);
  if (!order_name.empty() && order == nullptr) {
    checks.fail("order_by",
                "Field \"" + shortened(order_name) + "\" not recognised in resource_search.");
  }
  if (checks.failed()) return checks.failure();
  if (query.empty()) return invalid("query", "Must be <field>:<value> pair(s)");
  const auto terms = parse_terms(query);
  if (!terms) return tl::unexpected(terms.error());
  auto found = find_resources(call.catalog, *terms);
  if (!found) return tl::unexpected(std::move(found).error());
  if (order != nullptr) {
    std::stable_sort(found->begin(), found->end(), [&](const Resource& a, const Resource& b) {
      return order->value(a) < order->value(b);
    });
  }
  auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  const auto count = static_cast<std::int64_t>(found->size());
  json.begin_object();
  json.key("count").integer(count);
  json.key("results").begin_array();
  for (std::int64_t i = offset; i < count && i - offset < limit; ++i) {
    formats::write_ckan_resource(json, (*found)[static_cast<std::size_t>(i)], shown->context);
  }
  json.end_array();
  json.end_object();
  return {};
}

}  // namespace minato::http::ckan
