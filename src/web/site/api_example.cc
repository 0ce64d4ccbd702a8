#include "web/site/api_example.h"
#include "web/frame/quoting.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "http/url.h"

namespace minato::web {
namespace {

bool starts_with_any(std::string_view path, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [path](std::string_view prefix) { return path.starts_with(prefix); });
}

// A value for "{name}" of a path, encoded; capitals where the reader has to put in one.
std::string path_value(const ApiOperation& operation, const std::string& name,
                       const SampleTable* sample, const std::string& publisher) {
  const std::string& path = operation.path;
  const bool reads = operation.method == "GET";
  if (name == "action") return reads ? "package_search" : "package_patch";
  if (name == "row" || name == "version") return "1";
  if (name == "file" && sample != nullptr) return "data.csv";
  if (reads && starts_with_any(path, {"/api/v1/organizations/", "/organization/",
                                      "/feeds/organization/", "/api/v1/harvest/sources/"})) {
    if (!publisher.empty()) return http::percent_encode(publisher);
  }
  if (reads && sample != nullptr) {
    if (name == "rid") return http::percent_encode(sample->resource.id);
    if (starts_with_any(path, {"/api/v1/tables/", "/datastore/dump/", "/api/v1/resources/"})) {
      return http::percent_encode(sample->id);
    }
    if (starts_with_any(path, {"/api/v1/datasets/", "/dataset/"})) {
      return http::percent_encode(sample->dataset.name);
    }
  }
  std::string capitals = name;
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return capitals;
}

std::string path_of(const ApiOperation& operation, const SampleTable* sample,
                    const std::string& publisher) {
  std::string out;
  std::string_view rest = operation.path;
  while (!rest.empty()) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    out += rest.substr(0, open);
    rest.remove_prefix(open);
    if (rest.empty()) break;
    const std::size_t close = std::min(rest.find('}'), rest.size() - 1);
    out += path_value(operation, std::string(rest.substr(1, close - 1)), sample, publisher);
    rest.remove_prefix(close + 1);
  }
  return out;
}

const ApiField* parameter(const ApiOperation& operation, std::string_view name) {
  for (const ApiField& field : operation.parameters) {
    if (field.name == name && field.place == "query") return &field;
  }
  return nullptr;
}

// What makes a call that reads worth looking at.
http::Params query_of(const ApiOperation& operation, const SampleTable* sample) {
  http::Params query;
  if (operation.method != "GET") return query;
  if (operation.path.ends_with("/action/{action}")) return {{"rows", "3"}};
  const bool has_text = sample != nullptr && !sample->text_column.empty();
  if (parameter(operation, "agg") != nullptr && has_text) {
    query.emplace_back("group", sample->text_column);
    query.emplace_back("agg", "count(*)");
  } else if (parameter(operation, "facet") != nullptr && has_text &&
             operation.path.starts_with("/api/v1/tables/")) {
    query.emplace_back("facet", sample->text_column);
  } else if (parameter(operation, "column") != nullptr && has_text) {
    query.emplace_back(sample->text_column, sample->text_value);
  }
  for (const ApiField& field : operation.parameters) {
    if (field.place == "query" && field.required && field.name != "facet") {
      query.emplace_back(field.name, field.example.empty() ? "..." : field.example);
    }
  }
  if (query.empty() && parameter(operation, "limit") != nullptr) query.emplace_back("limit", "3");
  return query;
}

std::string body_of(const ApiOperation& operation) {
  if (!operation.has_body || operation.body.media_types.empty()) return "";
  const std::string& type = operation.body.media_types.front();
  if (type == "multipart/form-data") return " \\\n  -F 'upload=@data.csv'";
  const bool json = type.find("json") != std::string::npos;
  return " \\\n  -H 'Content-Type: " + type + "' --data-binary @" +
         (json ? "body.json" : "data.csv");
}

}  // namespace

std::string curl_get(const std::string& url, const http::Params& query) {
  const std::string encoded = http::build_query(query);
  if (encoded.empty()) return "curl " + shell_quoted(url);
  if (encoded.find('%') == std::string::npos) return "curl " + shell_quoted(url + "?" + encoded);
  std::string command = "curl -G " + shell_quoted(url);
  for (const auto& [name, value] : query) {
    command += " \\\n  --data-urlencode " + shell_quoted(name + "=" + value);
  }
  return command;
}

std::string curl_of(const ApiOperation& operation, const SampleTable* sample,
                    const std::string& publisher, const std::string& site_url) {
  const std::string url = site_url + path_of(operation, sample, publisher);
  std::string command;
  if (operation.method == "GET") {
    command = curl_get(url, query_of(operation, sample));
  } else {
    command = "curl -X " + operation.method + " " + shell_quoted(url);
  }
  if (operation.needs_token) command += " \\\n  -H \"Authorization: Bearer $TOKEN\"";
  return command + body_of(operation);
}

}  // namespace minato::web
