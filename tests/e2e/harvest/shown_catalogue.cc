#include "e2e/harvest/shown_catalogue.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace minato::test {
namespace {

constexpr std::size_t kPage = 1'000;

rapidjson::Document get_json(const RunningProgram& server, const std::string& target) {
  const HttpReply reply = server.get(target);
  rapidjson::Document document;
  if (reply.status != 200 || document.Parse(reply.body.c_str()).HasParseError()) {
    throw std::runtime_error(target + ": " + std::to_string(reply.status) + " " + reply.body);
  }
  return document;
}

std::string text_of(const rapidjson::Value& object, const char* name) {
  return object.HasMember(name) && object[name].IsString() ? object[name].GetString() : "";
}

ShownResource read_resource(const RunningProgram& server, const rapidjson::Value& json) {
  ShownResource resource;
  resource.id = text_of(json, "id");
  resource.url = text_of(json, "url");
  resource.hash = text_of(json, "hash");
  if (json.HasMember("datastore_active") && json["datastore_active"].IsTrue()) {
    const auto reply =
        get_json(server, "/api/3/action/datastore_search?limit=0&resource_id=" + resource.id);
    resource.rows = reply["result"]["total"].GetInt64();
  }
  return resource;
}

ShownDataset read_dataset(const RunningProgram& server, const rapidjson::Value& json) {
  ShownDataset dataset;
  dataset.id = text_of(json, "id");
  dataset.name = text_of(json, "name");
  dataset.title = text_of(json, "title");
  dataset.modified = text_of(json, "metadata_modified");
  if (json["organization"].IsObject()) dataset.organization = text_of(json["organization"], "name");
  for (const auto& extra : json["extras"].GetArray()) {
    if (text_of(extra, "key") == "harvest_source_title") dataset.source = text_of(extra, "value");
  }
  for (const auto& resource : json["resources"].GetArray()) {
    dataset.resources.push_back(read_resource(server, resource));
  }
  return dataset;
}

std::string line_of(const std::string& title, std::size_t resources,
                    const std::multiset<std::int64_t>& rows) {
  std::string line = title + " | " + std::to_string(resources) + " |";
  for (const std::int64_t count : rows) line += " " + std::to_string(count);
  return line + "\n";
}

std::string joined(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

}  // namespace

ShownCatalogue read_catalogue(const RunningProgram& server) {
  ShownCatalogue catalogue;
  while (true) {
    const auto reply = get_json(
        server, "/api/3/action/package_search?sort=name+asc&rows=" + std::to_string(kPage) +
                    "&start=" + std::to_string(catalogue.size()));
    const auto& results = reply["result"]["results"];
    for (const auto& dataset : results.GetArray()) {
      catalogue.push_back(read_dataset(server, dataset));
    }
    if (results.Empty()) return catalogue;
  }
}

ShownCatalogue of_organization(const ShownCatalogue& catalogue, const std::string& code) {
  ShownCatalogue some;
  std::copy_if(catalogue.begin(), catalogue.end(), std::back_inserter(some),
               [&code](const ShownDataset& dataset) { return dataset.organization == code; });
  return some;
}

std::string outline(const ShownCatalogue& catalogue) {
  std::vector<std::string> lines;
  for (const ShownDataset& dataset : catalogue) {
    std::multiset<std::int64_t> rows;
    for (const ShownResource& resource : dataset.resources) {
      if (resource.rows >= 0) rows.insert(resource.rows);
    }
    lines.push_back(line_of(dataset.title, dataset.resources.size(), rows));
  }
  return joined(std::move(lines));
}

std::string outline(const pretend::Expected& expected) {
  std::vector<std::string> lines;
  for (const pretend::ExpectedDataset& dataset : expected.datasets) {
    std::multiset<std::int64_t> rows;
    for (const pretend::ExpectedTable& table : dataset.tables) rows.insert(table.rows);
    lines.push_back(line_of(dataset.title, static_cast<std::size_t>(dataset.resources), rows));
  }
  return joined(std::move(lines));
}

std::string full_text(const ShownCatalogue& catalogue) {
  std::vector<std::string> lines;
  for (const ShownDataset& dataset : catalogue) {
    std::string line = dataset.name + " | " + dataset.title + " | " + dataset.organization + " | " +
                       dataset.source + "\n";
    for (const ShownResource& resource : dataset.resources) {
      line +=
          "  " + resource.url + " " + resource.hash + " " + std::to_string(resource.rows) + "\n";
    }
    lines.push_back(std::move(line));
  }
  return joined(std::move(lines));
}

}  // namespace minato::test
