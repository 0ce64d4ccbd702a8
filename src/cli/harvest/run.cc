#include "cli/harvest/run.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/harvest/progress.h"
#include "cli/harvest/retry.h"
#include "cli/harvest/wait.h"
#include "cli/harvest/wiring.h"
#include "formats/harvest_console.h"
#include "formats/harvest_difference.h"
#include "service/harvest/sources.h"

namespace minato::cli {

namespace {

using core::HarvestSource;
using core::Result;

bool is_terminal(const std::ostream& err) {
  return &err == &std::cerr && ::isatty(STDERR_FILENO) == 1;
}

Result<std::vector<HarvestSource>> chosen_sources(const HarvestCommand& command) {
  std::vector<HarvestSource> chosen;
  if (command.arguments.sources.empty()) {
    auto all = command.storage.harvest->sources();
    if (!all) return tl::unexpected(all.error());
    std::copy_if(all->begin(), all->end(), std::back_inserter(chosen),
                 [](const auto& source) { return source.state == core::SourceState::kActive; });
    return chosen;
  }
  for (const std::string& name : command.arguments.sources) {
    auto source = service::find_source(name, *command.storage.harvest);
    if (!source) return tl::unexpected(source.error());
    const auto is_same = [&](const HarvestSource& other) { return other.id == source->id; };
    if (std::none_of(chosen.begin(), chosen.end(), is_same)) chosen.push_back(*std::move(source));
  }
  return chosen;
}

// One harvest of each source; the threads share it.
class HarvestRun {
 public:
  HarvestRun(const HarvestCommand& command, harvest::Runner& runner,
             std::vector<HarvestSource> sources)
      : command_(command),
        runner_(runner),
        sources_(std::move(sources)),
        progress_(command.err, {sources_.size(), is_terminal(command.err), command.language}) {}

  // The names of those that failed as a whole.
  std::vector<std::string> run(std::size_t parallel) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min(parallel, sources_.size()); ++i) {
      threads.emplace_back([this] { work(); });
    }
    for (std::thread& thread : threads) thread.join();
    std::sort(failed_.begin(), failed_.end());
    return failed_;
  }

 private:
  void work() {
    for (std::size_t i = next_++; i < sources_.size(); i = next_++) {
      if (command_.signals->stop().load()) {
        print_result(sources_[i], harvest::RunResult{});
      } else {
        harvest_one(sources_[i]);
      }
    }
  }

  void harvest_one(const HarvestSource& source) {
    const bool dry_run = command_.arguments.dry_run;
    harvest::RunCallbacks callbacks;
    callbacks.progress = [this](const core::HarvestJob& job) { progress_.update(job); };
    if (dry_run) {
      callbacks.record = [this](const harvest::RecordNote& note) { print_difference(note); };
    }
    const auto begun = std::chrono::steady_clock::now();
    auto result = dry_run ? runner_.dry_run(source, callbacks, command_.signals->stop())
                          : run_or_wait({source, callbacks, command_.signals->stop()}, runner_,
                                        *command_.storage.harvest);
    if (result && result->seconds == 0) {
      result->seconds =
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }
    print_result(source, result);
  }

  void print_difference(const harvest::RecordNote& note) {
    const std::string line =
        formats::write_harvest_difference(difference_of(note), command_.language);
    progress_.print([&] { command_.out << line << std::endl; });
  }

  void print_result(const HarvestSource& source, const Result<harvest::RunResult>& result) {
    formats::HarvestRunLine line = run_line(source, result, command_.language);
    line.dry_run = command_.arguments.dry_run;
    if (line.dry_run) line.job_id.clear();  // it was in a copy of the store
    if (const auto now = command_.storage.harvest->source(source.id); now && *now) {
      line.deletions_held = (*now)->deletions_held;
    }
    progress_.ended([&] {
      command_.out << formats::write_harvest_run_line(line) << std::endl;
      if (line.status == "failed" || line.status == "aborted") failed_.push_back(source.name);
    });
  }

  const HarvestCommand& command_;
  harvest::Runner& runner_;
  std::vector<HarvestSource> sources_;
  std::atomic<std::size_t> next_{0};
  std::vector<std::string> failed_;  // written inside progress_.ended()
  HarvestProgress progress_;
};

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Result<int> run_sources(const HarvestCommand& command, std::vector<HarvestSource> sources) {
  const auto settings = settings_of(command.arguments.settings);
  if (!settings) return tl::unexpected(settings.error());
  auto parts =
      make_harvest_parts(*settings, command.arguments.data, command.storage, command.clock);
  if (!parts) return tl::unexpected(parts.error());
  HarvestRun run(command, *parts->runner, std::move(sources));
  const auto failed = run.run(static_cast<std::size_t>(settings->harvest_parallel));
  if (command.signals->received() != 0) return 128 + command.signals->received();
  if (failed.empty()) return 0;
  const bool ja = command.language == core::Language::kJa;
  command.err << "minato: "
              << (ja ? "収集できなかった収集元: " : "These sources could not be harvested: ")
              << joined(failed) << "\n";
  return 1;
}

}  // namespace

Result<int> run_harvests(const HarvestCommand& command) {
  auto sources = chosen_sources(command);
  if (!sources) return tl::unexpected(sources.error());
  return run_sources(command, *std::move(sources));
}

Result<int> retry_harvest(const HarvestCommand& command) {
  auto source = service::find_source(command.arguments.name, *command.storage.harvest);
  if (!source) return tl::unexpected(source.error());
  if (auto marked = mark_failed_for_retry(*source, *command.storage.harvest); !marked) {
    return tl::unexpected(marked.error());
  }
  return run_sources(command, {*std::move(source)});
}

}  // namespace minato::cli
