#include "harvest/run/run_times.h"

#include <algorithm>
#include <string>

#include "core/sha256.h"
#include "service/harvest/sources.h"

namespace minato::harvest {

namespace {

using core::Result;
using core::Timestamp;

constexpr std::int64_t kMinute = 60'000'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kMaxCheck = 30 * 24 * kHour;
// Runs come a little early or late; a file is due at the next one all the same.
constexpr std::int64_t kCheckPercent = 80;
constexpr std::int64_t kManualCheck = 20 * kHour;
constexpr std::int64_t kMaxStretch = 4;
constexpr std::int64_t kUnchangedRunsPerStretch = 3;
constexpr std::int64_t kJitterPercent = 5;
constexpr std::int64_t kMaxCronJitter = 5 * kMinute;  // a person named that minute

// 0 to 999, evenly over sources.
std::int64_t jitter_permille(const std::string& source_id) {
  return std::stoll(core::sha256_hex(source_id).substr(0, 8), nullptr, 16) % 1000;
}

std::int64_t failure_factor(std::int64_t failures) {
  return failures <= 1 ? 1 : failures == 2 ? 2 : kMaxStretch;
}

std::int64_t doubled(std::int64_t interval, std::int64_t times) {
  for (; times > 0 && interval < kMaxCheck; --times) interval *= 2;
  return std::min(interval, kMaxCheck);
}

bool is_interval(std::string_view schedule) { return schedule.starts_with("every"); }

}  // namespace

std::string_view schedule_text(const core::HarvestSource& source, std::string_view fallback) {
  return source.schedule.empty() ? fallback : std::string_view(source.schedule);
}

Result<std::optional<Timestamp>> next_run(const core::HarvestSource& source,
                                          std::string_view fallback, Timestamp now) {
  const std::string_view text = schedule_text(source, fallback);
  const auto schedule = service::parse_schedule(text);
  if (!schedule) return tl::unexpected(schedule.error());
  const auto first = schedule->next(now);
  if (!first) return std::nullopt;
  std::int64_t factor = failure_factor(source.failures);
  if (is_interval(text)) {
    const std::int64_t stretch = 1 + source.unchanged_runs / kUnchangedRunsPerStretch;
    factor = std::min(std::max(factor, stretch), kMaxStretch);
  }
  Timestamp at = *first;
  Timestamp before = now;
  for (std::int64_t i = 1; i < factor; ++i) {
    before = at;
    const auto following = schedule->next(at);
    if (!following) break;
    at = *following;
  }
  std::int64_t jitter = (at.us - before.us) * kJitterPercent / 100;
  if (!is_interval(text)) jitter = std::min(jitter, kMaxCronJitter);
  return Timestamp{at.us + jitter * jitter_permille(source.id) / 1000};
}

std::int64_t first_check_us(const core::HarvestSource& source, std::string_view fallback,
                            Timestamp now) {
  const auto schedule = service::parse_schedule(schedule_text(source, fallback));
  const auto first = schedule ? schedule->next(now) : std::nullopt;
  const auto second = first ? schedule->next(*first) : std::nullopt;
  if (!second) return kManualCheck;
  return std::min((second->us - first->us) * kCheckPercent / 100, kMaxCheck);
}

void note_check(storage::HarvestFile& file, FileCheck result, Timestamp now,
                std::int64_t first_us) {
  file.checked = now;
  file.failures = result == FileCheck::kFailed ? file.failures + 1 : 0;
  std::int64_t doublings = file.failures - 1;
  if (result == FileCheck::kUnchanged) doublings = ++file.unchanged_checks;
  if (result == FileCheck::kChanged) {
    file.unchanged_checks = 0;
    file.changed = now;
    doublings = 0;
  }
  file.next_check = Timestamp{now.us + doubled(first_us, doublings)};
}

}  // namespace minato::harvest
