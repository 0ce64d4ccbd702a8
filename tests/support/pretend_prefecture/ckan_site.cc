#include "support/pretend_prefecture/ckan_site.h"

#include <algorithm>
#include <array>
#include <utility>

#include "support/pretend_prefecture/ckan_dataset_json.h"
#include "support/pretend_prefecture/solr_filter.h"

namespace minato::pretend {
namespace {

constexpr std::array<std::string_view, 14> kSearchParameters = {"q",
                                                                "fq",
                                                                "fq_list",
                                                                "sort",
                                                                "rows",
                                                                "start",
                                                                "fl",
                                                                "facet",
                                                                "facet.field",
                                                                "facet.limit",
                                                                "facet.mincount",
                                                                "include_private",
                                                                "include_drafts",
                                                                "use_default_schema"};

std::size_t number_of(const std::string& text, std::size_t otherwise) {
  const bool is_number = !text.empty() && text.size() < 12 &&
                         text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::stoull(text) : otherwise;
}

const std::string* sort_field(const CkanKey& key, const std::string& name) {
  if (name == "id") return &key.id;
  if (name == "name" || name == "title_string") return &key.name;
  if (name == "metadata_modified" || name == "metadata_created") return &key.modified;
  return nullptr;
}

// "id,name" or ["id","name"].
std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ',') {
      words.emplace_back();
    } else if (c != '[' && c != ']' && c != '"' && c != ' ') {
      words.back() += c;
    }
  }
  std::erase(words, "");
  return words;
}

void write_fields(JsonText& json, const CkanKey& key, const std::vector<std::string>& fields) {
  json.begin_object();
  for (const std::string& field : fields) {
    if (field == "organization") {
      json.member(field, key.organization);
    } else if (const std::string* value = sort_field(key, field)) {
      json.member(field, *value);
    }
  }
  json.end_object();
}

}  // namespace

Reply CkanSite::succeed(const std::string& name, const std::string& result) const {
  JsonText json(catalogue_.profile().ascii_json);
  json.begin_object();
  json.member("help", catalogue_.profile().site_url + "/api/3/action/help_show?name=" + name);
  if (catalogue_.profile().says_success) json.member("success", true);
  json.key("result").raw(result).end_object();
  Reply reply;
  reply.content_type = "application/json;charset=utf-8";
  reply.body = json.text();
  return reply;
}

Reply CkanSite::refuse(int status, const std::string& type, const std::string& message) const {
  JsonText json(true);
  json.begin_object().member("help", catalogue_.profile().site_url + "/api/3/action/help_show");
  json.key("error").begin_object().member("__type", type).member("message", message).end_object();
  json.member("success", false).end_object();
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json;charset=utf-8";
  reply.body = json.text();
  return reply;
}

std::optional<Reply> CkanSite::answer(const Request& request) const {
  for (const std::string prefix : {"/api/3/action/", "/api/action/"}) {
    if (request.path.starts_with(prefix))
      return action(request.path.substr(prefix.size()), request);
  }
  if (request.path == "/api/3" || request.path == "/api/3/") {
    Reply reply;
    reply.content_type = "application/json;charset=utf-8";
    reply.body = "{\"version\": 3}";
    return reply;
  }
  return std::nullopt;
}

Reply CkanSite::action(const std::string& name, const Request& request) const {
  if (name == "package_search") return search(request);
  if (name == "package_show") return show(request);
  if (name == "package_list") return list(request);
  if (name == "organization_list") return organizations(request);
  if (name == "site_read") return succeed(name, "true");
  if (name == "status_show") {
    return succeed(name, R"({"ckan_version":"2.9.11","site_title":"カタログ","extensions":[]})");
  }
  Reply reply;
  reply.status = 400;
  reply.content_type = "application/json;charset=utf-8";
  reply.body = "\"Bad request - Action name not known: " + name + "\"";
  return reply;
}

std::shared_ptr<const std::vector<const CkanKey*>> CkanSite::sorted(const std::string& sort) const {
  const std::scoped_lock lock(mutex_);
  auto& known = orders_[sort];
  if (known) return known;
  auto order = std::make_shared<std::vector<const CkanKey*>>();
  for (const CkanKey& key : catalogue_.keys()) order->push_back(&key);
  std::string term = sort.empty() ? "metadata_modified desc" : sort;
  std::vector<std::pair<std::string, bool>> terms;
  for (std::size_t at = 0; at <= term.size();) {
    const std::size_t end = std::min(term.find(',', at), term.size());
    std::string one = term.substr(at, end - at);
    at = end + 1;
    one.erase(0, one.find_first_not_of(' '));
    terms.emplace_back(one.substr(0, one.find(' ')), one.ends_with("desc"));
    if (catalogue_.keys().empty()) continue;
    if (sort_field(catalogue_.keys().front(), terms.back().first) == nullptr) return nullptr;
  }
  std::stable_sort(order->begin(), order->end(), [&terms](const CkanKey* a, const CkanKey* b) {
    for (const auto& [field, falling] : terms) {
      const int sign = sort_field(*a, field)->compare(*sort_field(*b, field));
      if (sign != 0) return falling ? sign > 0 : sign < 0;
    }
    return false;
  });
  known = order;
  return known;
}

std::string CkanSite::dataset_json(std::size_t number) const {
  JsonText json(catalogue_.profile().ascii_json);
  const Dataset dataset = catalogue_.dataset(number);
  if (catalogue_.change().has_bad_record && number == 10) {
    write_bad_ckan_dataset(json, dataset);
  } else {
    write_ckan_dataset(json, dataset, catalogue_);
  }
  return json.text();
}

Reply CkanSite::search(const Request& request) const {
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(kSearchParameters, name) == kSearchParameters.end()) {
      return refuse(400, "Search Query Error",
                    "Search Query is invalid: \"Invalid search parameters: ['" + name + "']\"");
    }
  }
  const auto id_of = [this](const std::string& name) { return catalogue_.organization_id(name); };
  const KeyTest wanted = parse_filter(request.parameter("fq"), id_of);
  const auto order = sorted(request.parameter("sort"));
  if (!wanted || !order) return refuse(400, "Search Query Error", "Search Query is invalid");
  const std::size_t start = number_of(request.parameter("start"), 0);
  const std::size_t rows = std::min<std::size_t>(number_of(request.parameter("rows"), 10), 1'000);
  const std::vector<std::string> fields = words_in(request.parameter("fl"));
  std::int64_t count = 0;
  JsonText results(catalogue_.profile().ascii_json);
  results.begin_array();
  for (const CkanKey* key : *order) {
    if (!wanted(*key)) continue;
    const auto at = static_cast<std::size_t>(count++);
    if (at < start || at >= start + rows) continue;
    if (fields.empty()) {
      results.raw(dataset_json(key->number));
    } else {
      write_fields(results, *key, fields);
    }
  }
  results.end_array();
  JsonText result;
  result.begin_object().member("count", count).key("facets").begin_object().end_object();
  result.key("results").raw(results.text()).member("sort", request.parameter("sort"));
  result.key("search_facets").begin_object().end_object().end_object();
  return succeed("package_search", result.text());
}

Reply CkanSite::show(const Request& request) const {
  const std::string id = request.parameter("id");
  for (const CkanKey& key : catalogue_.keys()) {
    if (key.id == id || key.name == id) return succeed("package_show", dataset_json(key.number));
  }
  return refuse(404, "Not Found Error", "Not found");
}

Reply CkanSite::list(const Request& request) const {
  const std::size_t start = number_of(request.parameter("offset"), 0);
  const std::size_t limit = number_of(request.parameter("limit"), catalogue_.keys().size());
  const auto order = sorted("name asc");
  JsonText names;
  names.begin_array();
  for (std::size_t i = start; i < order->size() && i - start < limit; ++i) {
    names.value((*order)[i]->name);
  }
  return succeed("package_list", names.end_array().text());
}

Reply CkanSite::organizations(const Request& request) const {
  const bool whole = request.parameter("all_fields") == "true";
  JsonText json(catalogue_.profile().ascii_json);
  json.begin_array();
  for (const Organization& organization : catalogue_.profile().organizations) {
    if (whole) {
      write_ckan_organization(json, organization, catalogue_);
    } else {
      json.value(organization.name);
    }
  }
  return succeed("organization_list", json.end_array().text());
}

}  // namespace minato::pretend
