#include "cli/harvest/report.h"

#include "cli/harvest/facts.h"
#include "cli/harvest/words.h"
#include "cli/text_table.h"
#include "formats/harvest_console.h"
#include "service/harvest/sources.h"

namespace minato::cli {

namespace {

using core::HarvestJob;
using core::HarvestSource;
using core::Result;
using formats::JsonWriter;

struct SourceStatus {
  HarvestSource source;
  std::optional<HarvestJob> job;
};

Result<std::vector<SourceStatus>> all_statuses(storage::HarvestStore& store) {
  auto sources = store.sources();
  if (!sources) return tl::unexpected(sources.error());
  std::vector<SourceStatus> all;
  for (HarvestSource& source : *sources) {
    auto job = newest_job(source, store);
    if (!job) return tl::unexpected(job.error());
    all.push_back({std::move(source), *std::move(job)});
  }
  return all;
}

std::string statuses_json(const std::vector<SourceStatus>& all) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const SourceStatus& status : all) {
    json.begin_object().key("source");
    formats::write_console_source(json, status.source);
    json.key("last_job");
    if (status.job) {
      formats::write_console_job(json, *status.job);
    } else {
      json.null();
    }
    json.end_object();
  }
  json.end_array();
  return text;
}

void print_statuses(const std::vector<SourceStatus>& all, const HarvestCommand& command) {
  const bool ja = command.language == core::Language::kJa;
  TextTable table;
  table.add(ja ? std::vector<std::string>{"名前", "状態", "最後の成功", "直近の収集", "件数",
                                          "次回", "連続失敗", "表示名"}
               : std::vector<std::string>{"name", "state", "last success", "last harvest", "counts",
                                          "next", "failures", "title"});
  for (const auto& [source, job] : all) {
    std::string state = state_words(source.state).in(command.language);
    if (source.deletions_held) state += ja ? "（削除保留）" : " (deletions held)";
    table.add({source.name, state, japan_time(source.last_success),
               job ? job_words(*job).in(command.language) : "-",
               job ? short_counts(job->counts) : "-", japan_time(source.next_run),
               std::to_string(source.failures), printable(source.title)});
  }
  table.print(command.out);
  command.out << (ja ? "件数: +追加 ~更新 =変更なし -削除 !失敗。時刻は日本時間。\n"
                     : "Counts: +added ~updated =not modified -deleted !errors. Japan's time.\n");
}

}  // namespace

Result<int> show_harvest_status(const HarvestCommand& command) {
  const auto all = all_statuses(*command.storage.harvest);
  if (!all) return tl::unexpected(all.error());
  if (command.arguments.json) {
    command.out << statuses_json(*all) << "\n";
  } else {
    print_statuses(*all, command);
  }
  return 0;
}

}  // namespace minato::cli
