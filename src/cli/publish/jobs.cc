#include "cli/publish/jobs.h"

#include <array>
#include <chrono>
#include <optional>

#include "cli/harvest/words.h"
#include "cli/publish/job_words.h"
#include "cli/publish/progress.h"
#include "cli/text_table.h"
#include "formats/json.h"
#include "service/not_found.h"

namespace minato::cli {

namespace {

using core::Result;
using storage::ImportJob;
using State = ImportJob::State;

constexpr std::array kStates{State::kWaiting, State::kRunning, State::kHeld,
                             State::kDone,    State::kFailed,  State::kCancelled};

std::optional<State> state_named(const std::string& name) {
  for (const State state : kStates) {
    if (job_state_id(state) == name) return state;
  }
  return std::nullopt;
}

// Codes are what people know organizations by.
Result<std::vector<std::string>> wanted_organizations(PublishCommand& command) {
  const std::string& code = command.arguments.organization;
  if (code.empty()) return std::vector<std::string>();
  auto reader =
      command.storage.catalog->read(std::chrono::steady_clock::now() + std::chrono::seconds(30));
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto group = (*reader)->group(core::GroupKind::kOrganization, code);
  if (!group) return tl::unexpected(std::move(group).error());
  if (!*group) return service::group_not_found(core::GroupKind::kOrganization);
  return std::vector<std::string>{(*group)->id};
}

void print_json(const ImportJob& job, const PublishCommand& command) {
  std::string text;
  formats::JsonWriter json(text);
  write_job(json, job, command.language);
  command.out << text << "\n";
}

void print_table(const std::vector<ImportJob>& jobs, const PublishCommand& command) {
  TextTable table;
  table.add(command.language == core::Language::kJa
                ? std::vector<std::string>{"ID", "状態", "ファイル", "利用者", "作成（日本時間）"}
                : std::vector<std::string>{"id", "state", "file", "user", "created (Japan)"});
  for (const ImportJob& job : jobs) {
    table.add({job.id, job_state_words(job.state).in(command.language), printable(job.file_name),
               or_dash(printable(job.caller.user_name)), japan_time(job.created)});
  }
  table.print(command.out);
}

}  // namespace

Result<int> list_jobs(PublishCommand& command) {
  storage::ImportJobRequest request;
  request.state = state_named(command.arguments.state);
  request.limit = command.arguments.limit;
  auto organizations = wanted_organizations(command);
  if (!organizations) return tl::unexpected(std::move(organizations).error());
  request.organization_ids = *std::move(organizations);
  const auto jobs = command.services.imports.jobs(std::move(request), command.context.caller);
  if (!jobs) return tl::unexpected(jobs.error());
  if (!command.arguments.json) {
    print_table(*jobs, command);
    return 0;
  }
  std::string text;
  formats::JsonWriter json(text);
  json.begin_array();
  for (const ImportJob& job : *jobs) write_job(json, job, command.language);
  json.end_array();
  command.out << text << "\n";
  return 0;
}

Result<int> show_job(PublishCommand& command) {
  const auto job = command.services.imports.job(command.arguments.job, command.context.caller);
  if (!job) return tl::unexpected(job.error());
  if (command.arguments.json) {
    print_json(*job, command);
    return 0;
  }
  print_table({*job}, command);
  print_job(*job, command);
  return 0;
}

Result<int> confirm_job(PublishCommand& command) {
  service::Imports& imports = command.services.imports;
  auto job = imports.confirm(command.arguments.job, command.context);
  if (!job) return tl::unexpected(std::move(job).error());
  {
    FileProgress progress(command.err, command.language);
    job = imports.run(job->id, [&](std::int64_t rows) { progress.rows(rows); });
  }
  if (!job) return tl::unexpected(std::move(job).error());
  if (command.arguments.json) {
    print_json(*job, command);
  } else {
    print_job(*job, command);
    print_outcome(*job, command);
  }
  return status_of(*job);
}

Result<int> cancel_job(PublishCommand& command) {
  const auto job = command.services.imports.cancel(command.arguments.job, command.context);
  if (!job) return tl::unexpected(job.error());
  command.out << core::LocalizedText{"取りやめました。", "Cancelled."}.in(command.language) << "\n";
  return 0;
}

}  // namespace minato::cli
