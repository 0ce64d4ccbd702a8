#include "core/harvest.h"

#include <array>
#include <utility>

namespace minato::core {

namespace {

constexpr std::array<std::pair<SourceKind, std::string_view>, 5> kKinds{
    {{SourceKind::kCkan, "ckan"},
     {SourceKind::kDcat, "dcat"},
     {SourceKind::kList, "list"},
     {SourceKind::kPage, "page"},
     {SourceKind::kFile, "file"}}};

}  // namespace

std::string_view source_kind_name(SourceKind kind) {
  return kKinds[static_cast<std::size_t>(kind)].second;
}

std::optional<SourceKind> find_source_kind(std::string_view name) {
  for (const auto& [kind, known] : kKinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::string_view source_state_name(SourceState state) {
  constexpr std::array<std::string_view, 4> kNames{"active", "paused", "frozen", "disabled"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view job_state_name(JobState state) {
  constexpr std::array<std::string_view, 3> kNames{"queued", "running", "finished"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view job_stage_name(JobStage stage) {
  constexpr std::array<std::string_view, 4> kNames{"gather", "import", "files", "done"};
  return kNames[static_cast<std::size_t>(stage)];
}

std::string_view job_outcome_name(JobOutcome outcome) {
  constexpr std::array<std::string_view, 4> kNames{"", "succeeded", "failed", "aborted"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::string_view record_report_name(RecordReport report) {
  constexpr std::array<std::string_view, 7> kNames{"",        "added",   "updated",  "not modified",
                                                   "deleted", "errored", "duplicate"};
  return kNames[static_cast<std::size_t>(report)];
}

}  // namespace minato::core
