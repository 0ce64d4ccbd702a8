#include "http/handlers/writes/job_doors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/api_json.h"
#include "http/handlers/api_v1/replies.h"
#include "http/handlers/writes/write_replies.h"
#include "http/handlers/writes/write_request.h"

namespace minato::http::writes {
namespace {

using storage::ImportJob;

constexpr std::int64_t kMaxLimit = 1'000;
constexpr std::int64_t kMaxOffset = 1'000'000;
constexpr std::array kStates{ImportJob::State::kWaiting, ImportJob::State::kRunning,
                             ImportJob::State::kHeld,    ImportJob::State::kDone,
                             ImportJob::State::kFailed,  ImportJob::State::kCancelled};

// The id of an organization by its id or name; as it was given when there is none.
core::Result<std::string> organization_id(const WriteSources& sources, const std::string& asked) {
  const auto directory = sources.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const core::Group* found = (*directory)->find(core::GroupKind::kOrganization, asked);
  return found == nullptr ? asked : found->id;
}

core::Result<std::string> dataset_id(const WriteSources& sources, const Request& request,
                                     const std::string& asked) {
  if (asked.empty()) return asked;
  const auto found = sources.catalog.dataset(asked, request.caller);
  if (!found) return tl::unexpected(found.error());
  return found->id;
}

core::Result<storage::ImportJobRequest> read_list(const WriteSources& sources,
                                                  const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 6> kRules = {
      {{"dataset"}, {"resource"}, {"organization", true}, {"state"}, {"offset"}, {"limit"}}};
  api_v1::Parameters parameters(request.query_params, kRules);
  storage::ImportJobRequest asked;
  asked.resource_id = parameters.value("resource");
  asked.offset = parameters.number("offset", 0, 0, kMaxOffset);
  asked.limit = parameters.number("limit", 20, 1, kMaxLimit);
  const std::string state = parameters.value("state");
  std::vector<std::string_view> names;
  for (const ImportJob::State one : kStates) {
    names.push_back(state_name(one));
    if (state == names.back()) asked.state = one;
  }
  if (!state.empty() && !asked.state) parameters.reject_choice("state", state, names);
  if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
  auto dataset = dataset_id(sources, request, parameters.value("dataset"));
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  asked.dataset_id = *std::move(dataset);
  for (const std::string& name : parameters.values("organization")) {
    auto id = organization_id(sources, name);
    if (!id) return tl::unexpected(std::move(id).error());
    asked.organization_ids.push_back(*std::move(id));
  }
  return asked;
}

Response job_reply(const WriteSources& sources, const Request& request, const ImportJob& job) {
  std::string data;
  formats::JsonWriter json(data);
  write_job(json, job, sources.site_url(), request.language);
  return data_reply(200, data, job_url(sources.site_url(), job.id));
}

using Decide = core::Result<ImportJob> (service::Imports::*)(std::string_view,
                                                             const service::WriteContext&);

core::Result<Response> decide(const WriteSources& sources, const Request& request, Decide how) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const auto context = write_context(request);
  if (!context) return tl::unexpected(context.error());
  const auto job = (sources.imports.*how)(*request.path_param("id"), *context);
  if (!job) return tl::unexpected(job.error());
  return job_reply(sources, request, *job);
}

}  // namespace

core::Result<Response> list_jobs(const WriteSources& sources, const Request& request) {
  auto asked = read_list(sources, request);
  if (!asked) return tl::unexpected(std::move(asked).error());
  const std::int64_t limit = asked->limit++;  // one more tells whether there is a next page
  auto jobs = sources.imports.jobs(*asked, request.caller);
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  const bool has_more = static_cast<std::int64_t>(jobs->size()) > limit;
  if (has_more) jobs->pop_back();
  std::string data;
  formats::JsonWriter json(data);
  json.begin_array();
  for (const ImportJob& job : *jobs) write_job(json, job, sources.site_url(), request.language);
  json.end_array();

  const auto page = [&](std::int64_t offset) {
    return api_v1::link_with(request, sources.site_url(), "offset",
                             offset > 0 ? std::to_string(offset) : std::string());
  };
  std::string body;
  formats::JsonWriter out(body);
  out.begin_object().key("data").raw(data).key("meta").begin_object();
  out.key("returned").integer(static_cast<std::int64_t>(jobs->size())).end_object();
  out.key("links").begin_object().field("self", api_v1::self_link(request, sources.site_url()));
  out.field("first", page(0)).field_or_null("next", has_more ? page(asked->offset + limit) : "");
  out.field_or_null(
      "prev", asked->offset > 0 ? page(std::max<std::int64_t>(asked->offset - limit, 0)) : "");
  out.end_object().end_object();
  return api_v1::json_response(std::move(body));
}

core::Result<Response> show_job(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const auto job = sources.imports.job(*request.path_param("id"), request.caller);
  if (!job) return tl::unexpected(job.error());
  return job_reply(sources, request, *job);
}

core::Result<Response> confirm_job(const WriteSources& sources, const Request& request) {
  return decide(sources, request, &service::Imports::confirm);
}

core::Result<Response> cancel_job(const WriteSources& sources, const Request& request) {
  return decide(sources, request, &service::Imports::cancel);
}

}  // namespace minato::http::writes
