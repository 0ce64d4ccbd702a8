#include "cli/publish/publish.h"

#include "cli/publish/destination.h"
#include "cli/publish/job_words.h"
#include "cli/publish/progress.h"
#include "cli/publish/sending.h"
#include "cli/text_table.h"
#include "formats/json.h"

namespace minato::cli {

namespace {

using core::Result;
using storage::ImportJob;

Result<ImportJob> import(const service::StoredFile& file, Destination& destination,
                         PublishCommand& command, FileProgress& progress) {
  service::Imports& imports = command.services.imports;
  const auto read = [&](std::int64_t rows) { progress.rows(rows); };
  const bool review = command.arguments.review;
  auto job = destination.resource_id.empty()
                 ? imports.submit_new({destination.dataset_name, {}}, file, command.context)
                 : imports.submit(destination.resource_id, file, command.context,
                                  review ? service::Review::kAlways : service::Review::kOnBrakes);
  if (!job) return job;
  destination.resource_id = job->resource_id;
  job = imports.run(job->id, read);
  if (!job || job->state != ImportJob::State::kHeld || !command.arguments.confirm) return job;
  auto confirmed = imports.confirm(job->id, command.context);
  if (!confirmed) return confirmed;
  return imports.run(job->id, read);
}

void print(const ImportJob& job, const Destination& destination, const PublishCommand& command) {
  const std::string path = "/dataset/" + destination.dataset_name;
  if (command.arguments.json) {
    std::string text;
    formats::JsonWriter json(text);
    json.begin_object().field("dataset", destination.dataset_name).field("url", path);
    json.field("resource", destination.resource_id).key("job");
    write_job(json, job, command.language);
    json.end_object();
    command.out << text << "\n";
    return;
  }
  const bool ja = command.language == core::Language::kJa;
  command.out << printable(destination.dataset_title) << ": " << path << "\n"
              << (ja ? "リソース: " : "Resource: ") << path << "/resource/"
              << destination.resource_id << "\n";
  print_job(job, command);
  print_outcome(job, command);
}

}  // namespace

Result<int> publish_file(PublishCommand& command) {
  Result<ImportJob> job = core::fail_internal("not run");
  Result<Destination> destination = core::fail_internal("not run");
  {
    FileProgress progress(command.err, command.language);
    auto file = send_file(command.arguments.file, command, progress);
    if (!file) return tl::unexpected(std::move(file).error());
    destination = destination_of(command, *file);
    if (!destination) return tl::unexpected(std::move(destination).error());
    job = import(*file, *destination, command, progress);
    if (!job) return tl::unexpected(std::move(job).error());
  }
  print(*job, *destination, command);
  return status_of(*job);
}

}  // namespace minato::cli
