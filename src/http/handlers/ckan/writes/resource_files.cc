#include "http/handlers/ckan/writes/resource_files.h"

#include <utility>

#include "auth/permissions.h"
#include "core/file_formats.h"
#include "formats/json.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

tl::unexpected<Failure> upload_failed(core::Error error) {
  if (error.code == core::ErrorCode::kInvalidArgument) {
    return invalid("upload", error.message.en);
  }
  return write_failed(std::move(error));
}

// The brakes of the job's report (formats/import_report.h), in English.
std::string brakes_of(const storage::ImportJob& job) {
  std::string why;
  const auto report = formats::parse_json(job.report);
  const auto* brakes = report ? formats::find_member(*report, "brakes") : nullptr;
  if (brakes != nullptr && brakes->IsArray()) {
    for (const auto& brake : brakes->GetArray()) {
      const auto* message = formats::find_member(brake, "message");
      if (message == nullptr) continue;
      if (!why.empty()) why += ' ';
      why += formats::string_member(*message, "en").value_or("");
    }
  }
  return why.empty() ? "The new file differs much from the published one." : why;
}

// Why, and what a person does about it.
tl::unexpected<Failure> held(const storage::ImportJob& job) {
  return invalid("upload", brakes_of(job) +
                               " Nothing was published: if the file is right, confirm "
                               "job " +
                               job.id + " at /api/v1/jobs/" + job.id);
}

}  // namespace

Checked<service::StoredFile> keep_file(const WriteCall& call, const UploadedPart& part,
                                       std::string_view organization) {
  auto allowed = auth::require(auth::Action::kUpdateDataset, call.caller, organization);
  if (!allowed) return write_failed(std::move(allowed).error());
  const service::NewUpload wanted{part.file_name, part.media_type, part.bytes.size, {}};
  auto stored = call.sources.uploads.store(wanted, part.bytes);
  if (!stored) return upload_failed(std::move(stored).error());
  return std::move(*stored);
}

void put_file(core::Resource& resource, const service::StoredFile& file, core::Timestamp now) {
  resource.url = file.file_name;
  resource.url_type = "upload";
  resource.blob = file.blob;
  resource.hash = file.blob;
  resource.size = file.bytes;
  resource.mimetype = file.media_type;
  if (resource.format.empty()) resource.format = core::format_of_url(file.file_name);
  resource.last_modified = now;
}

Checked<storage::ImportJob> import_file(const WriteCall& call, const FileImport& wanted) {
  auto job = call.sources.imports.submit(wanted.resource_id, wanted.file, call.context());
  if (!job) return upload_failed(std::move(job).error());
  auto now = call.sources.imports.wait(job->id, call.sources.limits.import_wait);
  // It goes on; who wants to know asks for the job.
  if (!now) return std::move(*job);
  using State = storage::ImportJob::State;
  if (now->state == State::kHeld) return held(*now);
  if (wanted.replaces && (now->state == State::kFailed || now->state == State::kCancelled)) {
    const std::string why = now->message.en;
    return invalid("upload", why.empty() ? "The file could not be imported" : why);
  }
  return std::move(*now);
}

std::string_view job_state_name(storage::ImportJob::State state) {
  switch (state) {
    case storage::ImportJob::State::kWaiting:
      return "waiting";
    case storage::ImportJob::State::kRunning:
      return "running";
    case storage::ImportJob::State::kHeld:
      return "held";
    case storage::ImportJob::State::kDone:
      return "done";
    case storage::ImportJob::State::kFailed:
      return "failed";
    case storage::ImportJob::State::kCancelled:
      break;
  }
  return "cancelled";
}

}  // namespace minato::http::ckan
