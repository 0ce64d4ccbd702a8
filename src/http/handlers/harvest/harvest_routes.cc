#include "http/handlers/harvest/harvest_routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "formats/api_json.h"
#include "formats/harvest_json.h"
#include "http/handlers/api_v1/parameters.h"
#include "http/handlers/api_v1/replies.h"
#include "http/url.h"

namespace minato::http {
namespace {

using api_v1::json_response;
using api_v1::Parameters;

constexpr std::int64_t kMaxLimit = 1'000;
constexpr std::int64_t kMaxOffset = 1'000'000;
constexpr std::int64_t kSummaries = 20;

struct Room {
  service::HarvestStatus& status;
  std::string site_url;

  [[nodiscard]] formats::HarvestContext context(const Request& request) const {
    return {site_url, request.language};
  }
};

// A page of a list by number: its order is by time, newest first or oldest first.
struct Paging {
  std::int64_t offset = 0;
  std::int64_t limit = 0;
};

Paging read_paging(Parameters& parameters, std::int64_t default_limit) {
  return {parameters.number("offset", 0, 0, kMaxOffset),
          parameters.number("limit", default_limit, 1, kMaxLimit)};
}

std::string page_link(const Room& room, const Request& request, std::int64_t offset) {
  return api_v1::link_with(request, room.site_url, "offset",
                           offset > 0 ? std::to_string(offset) : std::string());
}

core::Result<Response> list_sources(const Room& room, const Request& request) {
  if (auto checked = Parameters(request.query_params, {}).check(); !checked) {
    return tl::unexpected(checked.error());
  }
  const auto sources = room.status.sources();
  if (!sources) return tl::unexpected(sources.error());
  std::string data;
  formats::JsonWriter json(data);
  json.begin_array();
  for (const core::SourceStatus& source : *sources) {
    formats::write_harvest_source(json, source, room.context(request));
  }
  json.end_array();
  const auto count = static_cast<std::int64_t>(sources->size());
  formats::ListLinks links;
  links.self = links.first = api_v1::self_link(request, room.site_url);
  return json_response(formats::write_list_envelope(data, {count, count, nullptr}, links));
}

core::Result<Response> show_source(const Room& room, const Request& request) {
  if (auto checked = Parameters(request.query_params, {}).check(); !checked) {
    return tl::unexpected(checked.error());
  }
  const auto source = room.status.source(*request.path_param("name"));
  if (!source) return tl::unexpected(source.error());
  std::string data;
  formats::JsonWriter json(data);
  formats::write_harvest_source(json, *source, room.context(request));
  return json_response(formats::write_envelope(
      data, room.site_url + "/api/v1/harvest/sources/" + percent_encode(source->source.name)));
}

core::Result<service::JobListRequest> read_job_list(const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 4> kRules = {
      {{"source"}, {"state"}, {"offset"}, {"limit"}}};
  Parameters parameters(request.query_params, kRules);
  service::JobListRequest asked;
  const Paging paging = read_paging(parameters, 20);
  asked.offset = paging.offset;
  asked.limit = paging.limit;
  asked.source = parameters.value("source");
  const std::string state = parameters.value("state");
  std::vector<std::string_view> names;
  for (const auto one :
       {core::JobState::kQueued, core::JobState::kRunning, core::JobState::kFinished}) {
    names.push_back(core::job_state_name(one));
    if (state == names.back()) asked.state = one;
  }
  if (!state.empty() && !asked.state) parameters.reject_choice("state", state, names);
  if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
  return asked;
}

core::Result<Response> list_jobs(const Room& room, const Request& request) {
  const auto asked = read_job_list(request);
  if (!asked) return tl::unexpected(asked.error());
  const auto list = room.status.jobs(*asked);
  if (!list) return tl::unexpected(list.error());
  std::string data;
  formats::JsonWriter json(data);
  json.begin_array();
  for (const core::JobStatus& job : list->jobs) {
    formats::write_harvest_job(json, job, room.context(request));
  }
  json.end_array();
  const auto returned = static_cast<std::int64_t>(list->jobs.size());
  formats::ListLinks links;
  links.self = api_v1::self_link(request, room.site_url);
  links.first = page_link(room, request, 0);
  if (asked->offset + returned < list->count && returned > 0) {
    links.next = page_link(room, request, asked->offset + returned);
  }
  if (asked->offset > 0) {
    links.prev = page_link(room, request, std::max<std::int64_t>(asked->offset - asked->limit, 0));
  }
  return json_response(formats::write_list_envelope(data, {list->count, returned, nullptr}, links));
}

core::Result<Response> show_job(const Room& room, const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 2> kRules = {{{"offset"}, {"limit"}}};
  Parameters parameters(request.query_params, kRules);
  const Paging paging = read_paging(parameters, 100);
  if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
  const auto job = room.status.job(*request.path_param("id"));
  if (!job) return tl::unexpected(job.error());
  const auto summaries = room.status.fault_summaries(job->job.id, kSummaries);
  if (!summaries) return tl::unexpected(summaries.error());
  // One more than asked for tells whether there is a next page.
  auto faults = room.status.faults(job->job.id, paging.offset, paging.limit + 1);
  if (!faults) return tl::unexpected(faults.error());
  formats::JobFaultPage page{&*summaries, &*faults, paging.offset, {}};
  if (static_cast<std::int64_t>(faults->size()) > paging.limit) {
    faults->pop_back();
    page.next = page_link(room, request, paging.offset + paging.limit);
  }
  std::string data;
  formats::JsonWriter json(data);
  formats::write_harvest_job(json, *job, page, room.context(request));
  return json_response(formats::write_envelope(data, api_v1::self_link(request, room.site_url)));
}

}  // namespace

std::vector<Route> harvest_routes(service::HarvestStatus& status, std::string site_url) {
  const Room room{status, std::move(site_url)};
  std::vector<Route> routes;
  const auto add = [&](std::string pattern, std::string operation, auto function) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/harvest" + pattern;
    route.operation = std::move(operation);
    route.handler = [room, function](const Request& request) { return function(room, request); };
    route.cache = CacheRule::kNone;
    route.execution = Execution::kPooled;
    route.produces = {"application/json"};
    route.varies_by_language = true;
    routes.push_back(std::move(route));
  };
  add("/sources", "listHarvestSources", list_sources);
  add("/sources/{name}", "getHarvestSource", show_source);
  add("/jobs", "listHarvestJobs", list_jobs);
  add("/jobs/{id}", "getHarvestJob", show_job);
  return routes;
}

}  // namespace minato::http
