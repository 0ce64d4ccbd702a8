// The state of harvesting in words that a citizen and a publisher understand.
#pragma once

#include <optional>
#include <string>

#include "core/harvest_status.h"
#include "web/frame/page.h"

namespace minato::web {

enum class HarvestHealth {
  kGood,
  kLate,     // it fails, or its time has passed
  kStopped,  // by a person
  kUnset,    // nobody knows where to harvest
  kNew,      // has not run yet
};

// "good", "late", "stopped", "unset", "new": for addresses and style sheets.
std::string health_name(HarvestHealth health);
std::optional<HarvestHealth> find_health(std::string_view name);
// "順調"
const std::string& health_word(HarvestHealth health, const Texts& texts);

// Which of two sources of one publisher people are told of: one that is set up before one that is
// not, and of those the one that is not well.
bool matters_more(const core::SourceStatus& one, const core::SourceStatus& other,
                  core::Timestamp now);

HarvestHealth health_of(const core::SourceStatus& status, core::Timestamp now);

// Sets "state" (the word), "state_name" and "reason" (why; may be false).
void put_health(View& view, const core::SourceStatus& status, const Visit& visit);

// "CKAN のカタログ"
const std::string& source_kind_words(core::SourceKind kind, const Texts& texts);
// "毎日"; "手動".
const std::string& period_words(const std::string& period, const Texts& texts);
// "成功", "失敗", "収集中" ...
const std::string& job_result_word(const core::HarvestJob& job, const Texts& texts);
// One line: what a job changed. Empty when nothing is known yet.
std::string job_changes(const core::HarvestJob& job, const Visit& visit);

// When it runs next by itself; none while it is stopped or not set up.
std::optional<core::Timestamp> next_run_of(const core::HarvestSource& source);

// The path of a source's page, without the language.
std::string harvest_path(const core::HarvestSource& source);

}  // namespace minato::web
