#include "support/pretend_prefecture/report.h"

#include <stdexcept>

#include "support/pretend_prefecture/json_text.h"

namespace minato::pretend {

std::string sources_json(const Prefecture& prefecture) {
  JsonText json;
  json.begin_object().key("sources").begin_array();
  for (const SourceNote& source : prefecture.sources()) {
    const Expected expected = prefecture.expected(source.code);
    json.begin_object().member("code", source.code).member("name", source.code);
    json.member("title", source.title).member("kind", source.kind).member("url", source.url);
    json.member("organization", source.code).key("options").raw(source.options);
    json.key("expected").begin_object();
    json.member("datasets", static_cast<std::int64_t>(expected.datasets.size()));
    json.member("resources", expected.resources).member("tables", expected.tables);
    json.member("rows", expected.rows).member("useless_links", expected.useless_links);
    json.end_object().end_object();
  }
  json.end_array().key("sites").begin_object();
  for (const auto& [name, site] : prefecture.sites()) json.member(name, site->url());
  json.end_object().member("control", prefecture.control_url());
  return json.end_object().text();
}

std::string counts_json(const Prefecture& prefecture) {
  JsonText json;
  json.begin_object();
  for (const auto& [name, counts] : prefecture.counts()) {
    json.key(name).begin_object().member("requests", counts.requests);
    json.member("bodies", counts.bodies).member("unchanged", counts.unchanged);
    json.member("bytes", counts.bytes).end_object();
  }
  return json.end_object().text();
}

Reply control(Prefecture& prefecture, const Request& request) {
  Reply reply;
  reply.content_type = "application/json";
  try {
    if (request.path == "/reset") {
      prefecture.reset_counts();
    } else if (request.path == "/edition") {
      prefecture.set_edition(std::stoi(request.parameter("number")));
    } else if (request.path == "/fault") {
      prefecture.set_fault(request.parameter("site"), request.parameter("fault"));
    } else if (request.path != "/requests") {
      reply.status = 404;
    }
    reply.body = counts_json(prefecture);
  } catch (const std::logic_error& error) {  // std::stoi, unknown site or fault
    reply.status = 400;
    JsonText json;
    reply.body = json.begin_object().member("error", error.what()).end_object().text();
  }
  return reply;
}

}  // namespace minato::pretend
