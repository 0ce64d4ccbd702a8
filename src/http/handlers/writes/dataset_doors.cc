#include "http/handlers/writes/dataset_doors.h"

#include <array>
#include <utility>

#include "core/uuid.h"
#include "formats/api_json.h"
#include "formats/dataset_input/dataset_input.h"
#include "http/handlers/api_v1/replies.h"
#include "http/handlers/writes/given_files.h"
#include "http/handlers/writes/write_replies.h"
#include "http/handlers/writes/write_request.h"
#include "http/url.h"
#include "service/publish/dataset_scope.h"

namespace minato::http::writes {
namespace {

using formats::InputMode;
using service::DatasetEdit;
using service::DatasetWrites;

// A checked body with the files it names.
struct Input {
  rapidjson::Document json;
  service::WriteContext context;
  GivenFiles files;
};

core::Result<Input> read_input(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  auto context = write_context(request);
  if (!context) return tl::unexpected(std::move(context).error());
  auto json = json_body(request, sources.schemas->dataset, "dataset-invalid");
  if (!json) return tl::unexpected(std::move(json).error());
  auto files = take_uploads(sources, request, formats::uploads_of(*json));
  if (!files) return tl::unexpected(std::move(files).error());
  return Input{*std::move(json), *std::move(context), *std::move(files)};
}

// Applies the input to the dataset; gives the files that its resources get.
std::vector<GivenFile> apply(const WriteSources& sources, const Input& input, InputMode mode,
                             DatasetEdit& edit) {
  const auto uploads = formats::read_dataset_input(input.json, {mode, sources.site_url()},
                                                   edit.dataset, edit.wrongs);
  std::vector<GivenFile> given;
  for (const formats::GivenUpload& upload : uploads) {
    core::Resource& resource = edit.dataset.resources.at(upload.resource);
    if (resource.id.empty()) resource.id = core::random_uuid();
    const auto file = input.files.find(upload.id);
    given.push_back(give_file(resource, file->second, sources.catalog.now()));
  }
  return given;
}

core::Result<Response> dataset_reply(const WriteSources& sources, const Request& request,
                                     core::Dataset dataset, int status,
                                     const std::vector<std::string>& jobs) {
  std::erase_if(dataset.resources, [](const core::Resource& resource) {
    return resource.state == core::State::kDeleted;
  });
  const auto provenance = sources.catalog.provenance(dataset);
  if (!provenance) return tl::unexpected(provenance.error());
  auto directory = sources.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  std::string data;
  formats::JsonWriter json(data);
  formats::write_api_dataset(json, dataset,
                             api_v1::api_context(*directory, sources.site_url(), request.language),
                             *provenance);
  const std::string self = sources.site_url() + "/api/v1/datasets/" + percent_encode(dataset.name);
  Response response = data_reply(status, data, self, jobs);
  response.headers.set("ETag", DatasetWrites::etag(dataset));
  if (status == 201) response.headers.set("Location", self);
  return response;
}

core::Result<Response> change_dataset(const WriteSources& sources, const Request& request,
                                      InputMode mode) {
  const auto input = read_input(sources, request);
  if (!input) return tl::unexpected(input.error());
  std::vector<GivenFile> files;
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    if (auto fine = check_match(request, DatasetWrites::etag(now.dataset)); !fine) return fine;
    files = apply(sources, *input, mode, now);
    return {};
  };
  auto written = sources.datasets.change(*request.path_param("id"), edit, input->context);
  if (!written) return tl::unexpected(in_input_words(std::move(written).error()));
  const auto jobs = start_imports(sources, files, input->context);
  if (!jobs) return tl::unexpected(jobs.error());
  return dataset_reply(sources, request, std::move(written->dataset), 200, *jobs);
}

// The files of a dataset that was made by an earlier request with the same key.
std::vector<GivenFile> files_of(const core::Dataset& dataset, const Input& input) {
  std::vector<GivenFile> files;
  for (const core::Resource& resource : dataset.resources) {
    for (const auto& [id, file] : input.files) {
      if (resource.blob == file.blob) files.push_back({resource.id, file, false});
    }
  }
  return files;
}

}  // namespace

core::Error in_input_words(core::Error error, std::string_view resource) {
  if (error.id != "dataset-invalid") return error;
  for (core::ErrorDetail& detail : error.details) {
    std::string_view param = detail.param;
    const bool is_own = !resource.empty() && param.starts_with(resource) &&
                        (param.size() == resource.size() || param[resource.size()] == '/');
    std::string pointer = formats::input_pointer(param);
    detail.param = is_own ? pointer.substr(resource.size()) : std::move(pointer);
  }
  return service::dataset_invalid(std::move(error.details)).value();
}

core::Result<Response> create_dataset(const WriteSources& sources, const Request& request) {
  const auto input = read_input(sources, request);
  if (!input) return tl::unexpected(input.error());
  DatasetEdit wanted;
  apply(sources, *input, InputMode::kWhole, wanted);
  auto written = sources.datasets.create(std::move(wanted), true, input->context);
  if (!written) return tl::unexpected(in_input_words(std::move(written).error()));
  const auto jobs = start_imports(sources, files_of(written->dataset, *input), input->context);
  if (!jobs) return tl::unexpected(jobs.error());
  return dataset_reply(sources, request, std::move(written->dataset), 201, *jobs);
}

core::Result<Response> patch_dataset(const WriteSources& sources, const Request& request) {
  return change_dataset(sources, request, InputMode::kPatch);
}

core::Result<Response> replace_dataset(const WriteSources& sources, const Request& request) {
  return change_dataset(sources, request, InputMode::kWhole);
}

core::Result<Response> remove_dataset(const WriteSources& sources, const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 1> kRules = {{{"reason"}}};
  if (auto known = only_parameters(request, kRules); !known) return tl::unexpected(known.error());
  const auto context = write_context(request);
  if (!context) return tl::unexpected(context.error());
  const std::string* reason = request.query_param("reason");
  const auto check = [&](const core::Dataset& now) {
    return check_match(request, DatasetWrites::etag(now));
  };
  const auto done = sources.datasets.remove(
      *request.path_param("id"), reason == nullptr ? std::string_view() : *reason, *context, check);
  if (!done) return tl::unexpected(done.error());
  return empty_reply();
}

}  // namespace minato::http::writes
