#include "web/frame/ago.h"

#include <cstdint>

#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kJapanOffsetUs = 9 * 3600 * kSecondUs;
constexpr std::int64_t kDayUs = 24 * 3600 * kSecondUs;
// Days since 1970 in Japan.
std::int64_t day_of(core::Timestamp time) {
  const std::int64_t us = time.us + kJapanOffsetUs;
  return us >= 0 ? us / kDayUs : (us - kDayUs + 1) / kDayUs;
}

}  // namespace

std::string age_text(std::int64_t days, const Texts& texts) {
  if (days <= 0) return texts["site_today"];
  if (days == 1) return texts["site_yesterday"];
  // Small numbers say more: 45 days rather than one month, 20 months rather than one year.
  if (days < 60) return texts.with("site_days_ago", {{"count", display_count(days)}});
  if (days < 731) {
    return texts.with("site_months_ago", {{"count", display_count((days * 100 + 1522) / 3044)}});
  }
  return texts.with("site_years_ago", {{"count", display_count(days * 100 / 36525)}});
}

std::string ago(core::Timestamp then, const Visit& visit) {
  const std::int64_t days = day_of(visit.catalog.now()) - day_of(then);
  return days < 0 ? display_day(then, visit.language) : age_text(days, visit.texts);
}

std::string moment_words(core::Timestamp time, core::Language language) {
  const std::string japan = core::to_rfc3339({time.us + kJapanOffsetUs});
  std::string clock = japan.substr(11, 5);
  if (clock.front() == '0') clock.erase(0, 1);
  const char* const between = language == core::Language::kJa ? " " : ", ";
  return display_day(time, language) + between + clock;
}

void put_ago(View& view, const std::string& key, const std::optional<core::Timestamp>& time,
             const Visit& visit) {
  put(view, key, time ? ago(*time, visit) : std::string());
  put(view, key + "_day", time ? display_day(*time, visit.language) : std::string());
  put(view, key + "_iso", time ? core::to_rfc3339(*time) : std::string());
}

void put_moment(View& view, const std::string& key, const std::optional<core::Timestamp>& time,
                const Visit& visit) {
  put(view, key, time ? moment_words(*time, visit.language) : std::string());
  put(view, key + "_iso", time ? core::to_rfc3339(*time) : std::string());
}

}  // namespace minato::web
