#include "cli/publish/job_words.h"

#include <chrono>
#include <optional>

#include "cli/text_table.h"
#include "core/time.h"
#include "formats/import_report_text.h"

namespace minato::cli {

using State = storage::ImportJob::State;

namespace {

constexpr std::chrono::seconds kReadTimeout{5};

// nullopt: it cannot be told. What is done stays done, so that is no error.
std::optional<bool> is_in_public_dataset(const storage::ImportJob& job,
                                         const PublishCommand& command) {
  auto reader = command.storage.catalog->read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return std::nullopt;
  const auto dataset = (*reader)->dataset(job.dataset_id);
  if (!dataset || !*dataset) return std::nullopt;
  return (*dataset)->state == core::State::kActive && !(*dataset)->is_private;
}

}  // namespace

std::string_view job_state_id(State state) {
  switch (state) {
    case State::kWaiting:
      return "waiting";
    case State::kRunning:
      return "running";
    case State::kHeld:
      return "held";
    case State::kDone:
      return "done";
    case State::kFailed:
      return "failed";
    case State::kCancelled:
      break;
  }
  return "cancelled";
}

core::LocalizedText job_state_words(State state) {
  switch (state) {
    case State::kWaiting:
      return {"待機中", "waiting"};
    case State::kRunning:
      return {"読み込み中", "running"};
    case State::kHeld:
      return {"確認待ち", "held"};
    case State::kDone:
      return {"公開済み", "done"};
    case State::kFailed:
      return {"失敗", "failed"};
    case State::kCancelled:
      break;
  }
  return {"取りやめ", "cancelled"};
}

namespace {

void write_time(formats::JsonWriter& json, std::string_view key,
                const std::optional<core::Timestamp>& time) {
  json.field_or_null(key, time ? core::to_rfc3339(*time) : std::string());
}

}  // namespace

void write_job(formats::JsonWriter& json, const storage::ImportJob& job, core::Language language) {
  json.begin_object().field("id", job.id).field("state", job_state_id(job.state));
  json.field("resource", job.resource_id).field("dataset", job.dataset_id);
  json.field_or_null("organization", job.organization_id);
  json.field_or_null("user", job.caller.user_name).field("file", job.file_name);
  json.key("bytes").integer(job.bytes).field("sha256", job.blob);
  json.key("confirmed").boolean(job.confirmed);
  write_time(json, "created", job.created);
  write_time(json, "started", job.started);
  write_time(json, "ended", job.ended);
  json.key("attempts").integer(job.attempts).key("error");
  if (job.error_id.empty()) {
    json.null();
  } else {
    json.begin_object().field("id", job.error_id).field("message", job.message.in(language));
    json.field_or_null("hint", job.hint.in(language)).end_object();
  }
  json.key("report").raw(job.report.empty() ? "null" : job.report).end_object();
}

void print_job(const storage::ImportJob& job, const PublishCommand& command) {
  const bool ja = command.language == core::Language::kJa;
  const formats::ReportText text = formats::report_text(job.report, command.language);
  for (const std::string& line : text.tables) command.out << printable(line) << "\n";
  if (!text.refusal.empty()) {
    command.out << (ja ? "表ではありません（ファイルとして扱います）: "
                       : "This is no table (it is kept as a file): ")
                << printable(text.refusal) << "\n";
  }
  if (job.state == State::kHeld) {
    command.out << (ja ? "公開を止めています:" : "Held before publication:") << "\n";
    for (const std::string& line : text.brakes) command.out << "  " << printable(line) << "\n";
    if (text.brakes.empty()) {
      command.out << (ja ? "  人が確かめるのを待っています。"
                         : "  It waits for a person to look at it.")
                  << "\n";
    }
    command.out << (ja ? "正しければ: " : "If it is right: ") << "minato jobs confirm " << job.id
                << " --data " << command.arguments.data << "\n";
  }
  if (job.state == State::kFailed) {
    command.out << (ja ? "失敗: " : "Failed: ") << printable(job.message.in(command.language))
                << " " << printable(job.hint.in(command.language)) << "\n";
  }
}

void print_outcome(const storage::ImportJob& job, const PublishCommand& command) {
  if (job.state != State::kDone) return;
  const bool ja = command.language == core::Language::kJa;
  const std::optional<bool> is_public = is_in_public_dataset(job, command);
  if (!is_public) {
    command.out << (ja ? "データセットに入れました。" : "It is in the dataset.") << "\n";
  } else if (*is_public) {
    command.out << (ja ? "公開しました。" : "Published.") << "\n";
  } else {
    command.out << (ja ? "データセットに入れました。データセットはまだ公開されていません。"
                       : "It is in the dataset, which is not public yet.")
                << "\n";
  }
}

int status_of(const storage::ImportJob& job) {
  if (job.state == State::kDone) return 0;
  return job.state == State::kHeld ? kHeldStatus : 1;
}

}  // namespace minato::cli
