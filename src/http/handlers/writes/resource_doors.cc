#include "http/handlers/writes/resource_doors.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/uuid.h"
#include "formats/api_json.h"
#include "formats/dataset_input/dataset_input.h"
#include "http/handlers/api_v1/replies.h"
#include "http/handlers/writes/dataset_doors.h"
#include "http/handlers/writes/given_files.h"
#include "http/handlers/writes/write_replies.h"
#include "http/handlers/writes/write_request.h"
#include "http/url.h"
#include "service/not_found.h"

namespace minato::http::writes {
namespace {

using formats::InputMode;
using service::DatasetEdit;
using service::DatasetWrites;

struct Input {
  rapidjson::Document json;
  service::WriteContext context;
  std::optional<service::StoredFile> file;
};

// Texts of a form and the file beside them.
core::Result<void> read_form_input(const WriteSources& sources, const Request& request,
                                   Input& input) {
  auto form = read_form(request);
  if (!form) return tl::unexpected(std::move(form).error());
  input.json = std::move(form->texts);
  auto fits = check_json(input.json, sources.schemas->resource, "dataset-invalid");
  if (!fits || !form->file) return fits;
  auto file = keep_part(sources, request, *form->file);
  if (!file) return tl::unexpected(std::move(file).error());
  input.file = *std::move(file);
  return {};
}

core::Result<void> read_json_input(const WriteSources& sources, const Request& request,
                                   Input& input) {
  auto json = json_body(request, sources.schemas->resource, "dataset-invalid");
  if (!json) return tl::unexpected(std::move(json).error());
  input.json = *std::move(json);
  auto files = take_uploads(sources, request, formats::uploads_of(input.json));
  if (!files) return tl::unexpected(std::move(files).error());
  if (!files->empty()) input.file = std::move(files->begin()->second);
  return {};
}

core::Result<Input> read_input(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  auto context = write_context(request);
  if (!context) return tl::unexpected(std::move(context).error());
  Input input;
  input.context = *std::move(context);
  auto read = is_form(request) ? read_form_input(sources, request, input)
                               : read_json_input(sources, request, input);
  if (!read) return tl::unexpected(std::move(read).error());
  return input;
}

const core::Resource* find_resource(const core::Dataset& dataset, std::string_view id) {
  const auto found = std::find_if(dataset.resources.begin(), dataset.resources.end(),
                                  [id](const core::Resource& r) { return r.id == id; });
  return found == dataset.resources.end() ? nullptr : &*found;
}

core::Result<Response> resource_reply(const WriteSources& sources, const Request& request,
                                      const core::Dataset& dataset,
                                      const core::Resource& resource,
                                      const std::vector<std::string>& jobs = {}) {
  auto directory = sources.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  std::string data;
  formats::JsonWriter json(data);
  formats::write_api_resource(
      json, dataset, resource,
      api_v1::api_context(*directory, sources.site_url(), request.language));
  return data_reply(200, data,
                    sources.site_url() + "/api/v1/resources/" + percent_encode(resource.id), jobs);
}

// What a write says: the resource as it is now, with the job that makes its file a table.
core::Result<Response> written_reply(const WriteSources& sources, const Request& request,
                                     const Input& input, const service::WrittenDataset& written,
                                     bool replaces) {
  const core::Resource* resource = find_resource(written.dataset, written.note);
  if (resource == nullptr) return service::resource_not_found();
  std::vector<GivenFile> files;
  if (input.file) files.push_back({resource->id, *input.file, replaces});
  const auto jobs = start_imports(sources, files, input.context);
  if (!jobs) return tl::unexpected(jobs.error());
  auto reply = resource_reply(sources, request, written.dataset, *resource, *jobs);
  if (!reply) return reply;
  reply->headers.set("ETag", DatasetWrites::etag(written.dataset));
  for (const std::string& job : *jobs) reply->headers.add("Link", "<" + job + ">; rel=\"monitor\"");
  return reply;
}

std::string pointer_to(std::size_t index) { return "/resources/" + std::to_string(index); }

}  // namespace

core::Result<Response> show_resource(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const auto found = sources.catalog.resource(*request.path_param("id"), request.caller);
  if (!found) return tl::unexpected(found.error());
  auto reply = resource_reply(sources, request, found->dataset, found->resource);
  if (reply && !request.caller.is_anonymous()) {
    reply->headers.set("ETag", DatasetWrites::etag(found->dataset));
  }
  return reply;
}

core::Result<Response> create_resource(const WriteSources& sources, const Request& request) {
  const std::string& id = *request.path_param("id");
  // Before any byte is kept.
  const auto dataset = sources.catalog.dataset(id, request.caller);
  if (!dataset) return tl::unexpected(dataset.error());
  if (auto may = may_change(request, dataset->owner_org); !may) return tl::unexpected(may.error());
  const auto input = read_input(sources, request);
  if (!input) return tl::unexpected(input.error());
  std::string pointer;
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    if (auto fine = check_match(request, DatasetWrites::etag(now.dataset)); !fine) return fine;
    pointer = pointer_to(now.dataset.resources.size());
    core::Resource resource;
    formats::read_resource_input(input->json, {InputMode::kWhole, sources.site_url()}, resource);
    resource.id = core::random_uuid();
    now.note = resource.id;
    if (input->file) give_file(resource, *input->file, sources.catalog.now());
    now.dataset.resources.push_back(std::move(resource));
    return {};
  };
  auto written = sources.datasets.change(id, edit, input->context);
  if (!written) return tl::unexpected(in_input_words(std::move(written).error(), pointer));
  auto reply = written_reply(sources, request, *input, *written, false);
  if (!reply) return reply;
  reply->status = 201;
  reply->headers.set("Location",
                     sources.site_url() + "/api/v1/resources/" + percent_encode(written->note));
  return reply;
}

core::Result<Response> patch_resource(const WriteSources& sources, const Request& request) {
  const std::string& id = *request.path_param("id");
  const auto found = sources.catalog.resource(id, request.caller);
  if (!found) return tl::unexpected(found.error());
  if (auto may = may_change(request, found->dataset.owner_org); !may) {
    return tl::unexpected(may.error());
  }
  const auto input = read_input(sources, request);
  if (!input) return tl::unexpected(input.error());
  std::string pointer;
  bool replaces = false;
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    if (auto fine = check_match(request, DatasetWrites::etag(now.dataset)); !fine) return fine;
    const core::Resource* known = find_resource(now.dataset, id);
    if (known == nullptr) return service::resource_not_found();
    const auto index = static_cast<std::size_t>(known - now.dataset.resources.data());
    pointer = pointer_to(index);
    core::Resource& resource = now.dataset.resources[index];
    formats::read_resource_input(input->json, {InputMode::kPatch, sources.site_url()}, resource);
    now.note = id;
    if (input->file) {
      replaces = give_file(resource, *input->file, sources.catalog.now()).replaces;
    }
    return {};
  };
  auto written = sources.datasets.change_of_resource(id, edit, input->context);
  if (!written) return tl::unexpected(in_input_words(std::move(written).error(), pointer));
  return written_reply(sources, request, *input, *written, replaces);
}

core::Result<Response> remove_resource(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const auto context = write_context(request);
  if (!context) return tl::unexpected(context.error());
  const std::string& id = *request.path_param("id");
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    if (auto fine = check_match(request, DatasetWrites::etag(now.dataset)); !fine) return fine;
    std::erase_if(now.dataset.resources, [&](const core::Resource& r) { return r.id == id; });
    return {};
  };
  const auto done = sources.datasets.change_of_resource(id, edit, *context);
  if (!done) return tl::unexpected(done.error());
  return empty_reply();
}

}  // namespace minato::http::writes
