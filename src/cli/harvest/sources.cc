#include "cli/harvest/sources.h"

#include <optional>

#include "cli/harvest/words.h"
#include "cli/text_table.h"
#include "formats/harvest_console.h"
#include "service/harvest/import.h"
#include "service/harvest/sources.h"

namespace minato::cli {

namespace {

using core::HarvestSource;
using core::Result;
using core::SourceState;

service::HarvestStores stores_of(const HarvestCommand& command) {
  return {*command.storage.harvest, *command.storage.catalog, command.clock};
}

Result<HarvestSource> named_source(const HarvestCommand& command) {
  return service::find_source(command.arguments.name, *command.storage.harvest);
}

void say(const HarvestCommand& command, const HarvestSource& source,
         const core::LocalizedText& what) {
  command.out << source.name << ": " << what.in(command.language) << "\n";
}

Result<int> set_state(const HarvestCommand& command, SourceState state) {
  const auto source = service::set_source_state(command.arguments.name, state,
                                                command.arguments.notice, stores_of(command));
  if (!source) return tl::unexpected(source.error());
  say(command, *source, state_words(source->state));
  return 0;
}

Result<std::optional<core::HarvestJob>> unfinished_job(const HarvestCommand& command,
                                                       const HarvestSource& source) {
  storage::JobQuery query;
  query.source_id = source.id;
  query.unfinished_only = true;
  query.limit = 1;
  auto jobs = command.storage.harvest->jobs(query);
  if (!jobs) return tl::unexpected(jobs.error());
  if (jobs->empty()) return std::nullopt;
  return std::move(jobs->front());
}

// True: there was one.
Result<bool> abort_job_of(const HarvestCommand& command, const HarvestSource& source) {
  const auto job = unfinished_job(command, source);
  if (!job) return tl::unexpected(job.error());
  if (!*job) return false;
  auto aborted = command.storage.harvest->abort_job((*job)->id, command.clock.now());
  if (!aborted) return tl::unexpected(aborted.error());
  return true;
}

}  // namespace

Result<int> list_harvest_sources(const HarvestCommand& command) {
  const auto sources = command.storage.harvest->sources();
  if (!sources) return tl::unexpected(sources.error());
  if (command.arguments.json) {
    std::string text;
    formats::JsonWriter json(text);
    json.begin_array();
    for (const HarvestSource& source : *sources) formats::write_console_source(json, source);
    json.end_array();
    command.out << text << "\n";
    return 0;
  }
  const bool ja = command.language == core::Language::kJa;
  TextTable table;
  table.add(
      ja ? std::vector<std::string>{"名前", "種類", "状態", "予定", "URL", "表示名", "備考"}
         : std::vector<std::string>{"name", "kind", "state", "schedule", "url", "title", "notice"});
  for (const HarvestSource& source : *sources) {
    table.add({source.name, std::string(core::source_kind_name(source.kind)),
               state_words(source.state).in(command.language), or_dash(source.schedule),
               or_dash(printable(source.url)), printable(source.title), printable(source.notice)});
  }
  table.print(command.out);
  return 0;
}

Result<int> add_harvest_source(const HarvestCommand& command) {
  const HarvestArguments& given = command.arguments;
  service::NewSource wanted;
  wanted.name = given.name;
  wanted.title = given.title;
  // The command line lets no other words pass.
  wanted.kind = core::find_source_kind(given.kind).value();
  wanted.url = given.url;
  wanted.organization = given.organization;
  wanted.options = given.options;
  wanted.schedule = given.schedule;
  const auto source = service::add_source(wanted, stores_of(command));
  if (!source) return tl::unexpected(source.error());
  say(command, *source, {"加えました。", "added."});
  return 0;
}

Result<int> change_harvest_source(const HarvestCommand& command) {
  const HarvestArguments& given = command.arguments;
  const auto source = service::change_source(
      given.name, {given.new_title, given.new_url, given.new_options, given.new_schedule},
      stores_of(command));
  if (!source) return tl::unexpected(source.error());
  say(command, *source, {"変えました。", "changed."});
  return 0;
}

Result<int> pause_harvest_source(const HarvestCommand& command) {
  return set_state(command, SourceState::kPaused);
}

Result<int> resume_harvest_source(const HarvestCommand& command) {
  return set_state(command, SourceState::kActive);
}

Result<int> freeze_harvest_source(const HarvestCommand& command) {
  return set_state(command, SourceState::kFrozen);
}

Result<int> remove_harvest_source(const HarvestCommand& command) {
  const auto source = named_source(command);
  if (!source) return tl::unexpected(source.error());
  if (auto aborted = abort_job_of(command, *source); !aborted) {
    return tl::unexpected(aborted.error());
  }
  if (auto removed = command.storage.harvest->remove_source(source->id); !removed) {
    return tl::unexpected(removed.error());
  }
  say(command, *source,
      {"消しました。データセットはカタログに残っています。",
       "removed. Its datasets stay in the catalogue."});
  return 0;
}

Result<int> confirm_harvest_deletions(const HarvestCommand& command) {
  const auto source = named_source(command);
  if (!source) return tl::unexpected(source.error());
  const auto count = service::confirm_deletions(source->id, *command.storage.harvest);
  if (!count) return tl::unexpected(count.error());
  const std::string number = std::to_string(*count);
  say(command, *source,
      {number + " 件の削除を認めました。猶予が過ぎた次の収集で削除されます。",
       number + " deletions confirmed; they happen in the first harvest after their grace."});
  return 0;
}

Result<int> abort_harvest(const HarvestCommand& command) {
  const auto source = named_source(command);
  if (!source) return tl::unexpected(source.error());
  const auto aborted = abort_job_of(command, *source);
  if (!aborted) return tl::unexpected(aborted.error());
  if (!*aborted) {
    return core::fail(core::ErrorCode::kNotFound, "harvest-job-not-found",
                      {"収集元 " + source->name + " に実行中の収集はありません。",
                       "No harvest of the source " + source->name + " is running."});
  }
  say(command, *source, {"中止しました。", "aborted."});
  return 0;
}

}  // namespace minato::cli
