#include "web/catalogue/freshness.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/vocabularies.h"

namespace minato::web {
namespace {

constexpr std::int64_t kDayUs = std::int64_t{24} * 3600 * 1'000'000;
constexpr std::int64_t kJapanOffsetUs = std::int64_t{9} * 3600 * 1'000'000;
constexpr std::int64_t kGraceDays = 10;
constexpr std::string_view kSourceModified = "harvest_modified";  // by the source, in CKAN's form

std::int64_t day_in_japan(core::Timestamp time) {
  const std::int64_t us = time.us + kJapanOffsetUs;
  return us / kDayUs - (us % kDayUs < 0 ? 1 : 0);
}

// Days of the durations of core::frequencies(): "P1M", "PT1H", "P0.5M". 0: none.
double days_of(std::string_view duration) {
  if (duration.starts_with("PT")) return 1;
  if (duration.size() < 3) return 0;
  double count = 0;
  const auto* end = duration.data() + duration.size() - 1;
  std::from_chars(duration.data() + 1, end, count);
  switch (*end) {
    case 'D':
      return count;
    case 'W':
      return count * 7;
    case 'M':
      return count * 30.44;
    default:
      return count * 365.25;
  }
}

}  // namespace

core::Timestamp newest_of(const core::Dataset& dataset) {
  core::Timestamp newest;
  bool is_said = false;
  for (const core::Resource& resource : dataset.resources) {
    if (resource.state != core::State::kActive || !resource.last_modified) continue;
    newest = is_said ? std::max(newest, *resource.last_modified) : *resource.last_modified;
    is_said = true;
  }
  if (is_said) return newest;
  for (const core::Extra& extra : dataset.extras) {
    if (extra.key != kSourceModified) continue;
    if (const auto time = core::parse_iso8601(extra.value)) return *time;
  }
  return dataset.modified;
}

Freshness freshness_of(const core::Dataset& dataset, core::Timestamp now) {
  Freshness freshness;
  freshness.newest = newest_of(dataset);
  freshness.days = std::max<std::int64_t>(0, day_in_japan(now) - day_in_japan(freshness.newest));
  const core::Frequency* frequency = core::find_frequency(dataset.frequency);
  const double period = frequency == nullptr ? 0 : days_of(frequency->duration);
  freshness.is_periodic = period > 0;
  freshness.is_late =
      freshness.is_periodic && static_cast<double>(freshness.days) > period * 1.5 + kGraceDays;
  return freshness;
}

}  // namespace minato::web
