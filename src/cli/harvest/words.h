// Harvesting in plain words, for terminals.
#pragma once

#include <optional>
#include <string>

#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"

namespace minato::cli {

core::LocalizedText state_words(core::SourceState state);
// "成功", "収集中（取り込み）", ...
core::LocalizedText job_words(const core::HarvestJob& job);
// "+12 ~3 =450 -0 !1": added, updated, not modified, deleted, errored.
std::string short_counts(const core::JobCounts& counts);
// "2026-04-01 03:15" on Japan's clock; "-" when there is none.
std::string japan_time(const std::optional<core::Timestamp>& time);
std::string or_dash(const std::string& text);

}  // namespace minato::cli
