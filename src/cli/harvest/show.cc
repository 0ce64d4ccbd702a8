// `minato harvest show`.
#include "cli/harvest/facts.h"
#include "cli/harvest/report.h"
#include "cli/harvest/words.h"
#include "cli/text_table.h"
#include "formats/harvest_console.h"
#include "service/harvest/sources.h"

namespace minato::cli {

namespace {

using core::HarvestJob;
using core::Language;
using core::Result;
using formats::JsonWriter;

void write_fault(JsonWriter& json, const storage::HarvestFault& fault, Language language) {
  json.begin_object().field("stage", fault.stage).field_or_null("record", fault.record);
  json.field_or_null("url", fault.url).field("error_id", fault.error_id);
  json.field("message", fault.message.in(language));
  json.field("created", core::to_rfc3339(fault.created)).end_object();
}

void write_missing(JsonWriter& json, const storage::HarvestRecord& record) {
  json.begin_object().field("remote_id", record.remote_id).field_or_null("url", record.url);
  json.field("dataset_id", record.dataset_id);
  formats::write_time_or_null(json, "missing_since", record.missing_since);
  json.key("missing_runs").integer(record.missing_runs);
  json.key("confirmed").boolean(record.missing_confirmed).end_object();
}

std::string facts_json(const HarvestFacts& facts, Language language) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("source");
  formats::write_console_source(json, facts.source);
  json.key("options").raw(formats::public_harvest_options(facts.source.options));
  json.key("records").integer(facts.records).key("jobs").begin_array();
  for (const HarvestJob& job : facts.jobs) formats::write_console_job(json, job);
  json.end_array().key("faults").begin_array();
  for (const auto& fault : facts.faults) write_fault(json, fault, language);
  json.end_array().key("missing_count").integer(static_cast<std::int64_t>(facts.missing_count));
  json.key("missing").begin_array();
  for (const auto& record : facts.missing) write_missing(json, record);
  json.end_array().key("kept_fields").begin_array();
  for (const KeptField& field : facts.kept) {
    json.begin_object().field("dataset_id", field.dataset_id).field("field", field.pointer);
    json.field("owner", field.owner).end_object();
  }
  json.end_array().end_object();
  return text;
}

// Writes the parts of the page for people.
class SourcePage {
 public:
  explicit SourcePage(const HarvestCommand& command)
      : out_(command.out), language_(command.language) {}

  void print(const HarvestFacts& facts) {
    print_source(facts);
    print_jobs(facts);
    print_faults(facts);
    print_missing(facts);
    print_kept(facts);
  }

 private:
  [[nodiscard]] std::string word(const char* ja, const char* en) const {
    return language_ == Language::kJa ? ja : en;
  }
  void heading(const char* ja, const char* en) { out_ << "\n" << word(ja, en) << "\n"; }

  void print_source(const HarvestFacts& facts) {
    const core::HarvestSource& source = facts.source;
    TextTable table;
    table.add({word("名前", "name"), source.name});
    table.add({word("表示名", "title"), printable(source.title)});
    table.add({"ID", source.id});
    table.add({word("種類", "kind"), std::string(core::source_kind_name(source.kind))});
    table.add({"URL", or_dash(printable(source.url))});
    table.add({word("団体コード", "organization"), source.organization});
    table.add({word("状態", "state"), state_words(source.state).in(language_)});
    if (!source.notice.empty()) table.add({word("理由", "notice"), printable(source.notice)});
    table.add({word("オプション", "options"),
               printable(formats::public_harvest_options(source.options))});
    table.add({word("予定", "schedule"), or_dash(source.schedule)});
    table.add({word("次回", "next"), japan_time(source.next_run)});
    table.add({word("最後の成功", "last success"), japan_time(source.last_success)});
    table.add({word("連続失敗", "failures"), std::to_string(source.failures)});
    table.add({word("データセット", "datasets"), std::to_string(facts.records)});
    table.print(out_);
    if (source.deletions_held) {
      out_ << word("削除は保留中です。確かめて minato harvest confirm ",
                   "Deletions are held; agree to them with: minato harvest confirm ")
           << source.name << "\n";
    }
  }

  void print_jobs(const HarvestFacts& facts) {
    if (facts.jobs.empty()) return;
    heading("最近の収集（日本時間）", "Last harvests (Japan's time)");
    TextTable table;
    table.add({word("開始", "started"), word("終了", "finished"), word("結果", "result"),
               word("+追加 ~更新 =変更なし -削除 !失敗", "+added ~updated =same -deleted !errors"),
               word("ファイル（変更/同じ/失敗）", "files (changed/same/failed)"),
               word("表", "tables"), "ID"});
    for (const HarvestJob& job : facts.jobs) {
      const core::JobCounts& counts = job.counts;
      table.add({japan_time(job.created), japan_time(job.finished), job_words(job).in(language_),
                 short_counts(counts),
                 std::to_string(counts.files_changed) + "/" +
                     std::to_string(counts.files_unchanged) + "/" +
                     std::to_string(counts.files_failed),
                 std::to_string(counts.tables), job.id});
    }
    table.print(out_);
  }

  void print_faults(const HarvestFacts& facts) {
    if (facts.faults.empty()) return;
    heading("失敗の理由", "What went wrong");
    for (const auto* summaries : {&facts.gather_faults, &facts.fault_summary}) {
      for (const storage::FaultSummary& summary : *summaries) {
        out_ << "  " << summary.count << "x  " << printable(summary.message.in(language_)) << "\n";
      }
    }
    heading("最初のもの", "The first of them");
    for (const storage::HarvestFault& fault : facts.faults) {
      out_ << "  [" << fault.stage << "] " << printable(or_dash(fault.record)) << "  "
           << printable(fault.url) << "\n      " << printable(fault.message.in(language_)) << " ("
           << fault.error_id << ")\n";
    }
  }

  void print_missing(const HarvestFacts& facts) {
    if (facts.missing.empty()) return;
    heading("収集元から消えたもの", "Missing at the source");
    out_ << "  " << facts.missing_count << word(" 件", " records") << "\n";
    for (const storage::HarvestRecord& record : facts.missing) {
      out_ << "  " << japan_time(record.missing_since) << "  " << record.missing_runs << "x  "
           << printable(record.remote_id) << "\n";
    }
  }

  void print_kept(const HarvestFacts& facts) {
    if (facts.kept.empty()) return;
    heading("職員が管理する項目（収集で上書きしない）",
            "Fields that staff own (never overwritten)");
    for (const KeptField& field : facts.kept) {
      out_ << "  " << field.dataset_id << "  " << printable(field.pointer) << "  "
           << printable(field.owner) << "\n";
    }
  }

  std::ostream& out_;
  Language language_;
};

}  // namespace

Result<int> show_harvest_source(const HarvestCommand& command) {
  const auto source = service::find_source(command.arguments.name, *command.storage.harvest);
  if (!source) return tl::unexpected(source.error());
  const auto facts = gather_harvest_facts(*source, command.storage);
  if (!facts) return tl::unexpected(facts.error());
  if (command.arguments.json) {
    command.out << facts_json(*facts, command.language) << "\n";
  } else {
    SourcePage(command).print(*facts);
  }
  return 0;
}

}  // namespace minato::cli
