// When a source is harvested: cron in Japan's time (UTC+9, no summer time), or a fixed interval.
#include <algorithm>
#include <bitset>
#include <charconv>
#include <chrono>
#include <optional>

#include "service/harvest/sources.h"
#include "service/harvest/text.h"
#include "text/blanks.h"

namespace minato::service {

namespace {

using core::Timestamp;

constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr std::int64_t kDayUs = 24 * 60 * kMinuteUs;
constexpr std::int64_t kJapanUs = 9 * 60 * kMinuteUs;
constexpr std::int64_t kMaxEveryMinutes = 366 * 24 * 60;
// A leap day that falls on a given weekday comes every 28 years, and once not for 40 (2100).
constexpr int kMaxDays = 41 * 366;

struct Range {
  int least;
  int most;
};
constexpr std::array<Range, 5> kFields{{{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}}};

struct Cron {
  std::array<std::bitset<64>, 5> fields;  // minute, hour, day, month, weekday (0: Sunday)
  bool any_day = true;                    // the field begins with "*"
  bool any_weekday = true;
};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return {};
  return value;
}

// "*", "5", "1-5", "*/15", "10-50/10"; false when it is none of these.
bool add_part(std::string_view part, const Range& range, std::bitset<64>& set) {
  int step = 1;
  const std::size_t slash = part.find('/');
  if (slash != std::string_view::npos) {
    const auto read = number(part.substr(slash + 1));
    if (!read || *read < 1) return false;
    step = *read;
    part = part.substr(0, slash);
  }
  Range span = range;
  if (part != "*") {
    const std::size_t dash = part.find('-');
    const auto first = number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos
                          ? (slash == std::string_view::npos ? first : std::optional(range.most))
                          : number(part.substr(dash + 1));
    if (!first || !last || *first < range.least || *last > range.most || *first > *last) {
      return false;
    }
    span = {*first, *last};
  }
  for (int value = span.least; value <= span.most; value += step) {
    set.set(static_cast<std::size_t>(value));
  }
  return true;
}

bool read_field(std::string_view text, const Range& range, std::bitset<64>& set) {
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (!add_part(text.substr(0, comma), range, set)) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
  return false;
}

std::optional<Cron> read_cron(std::string_view text) {
  const auto words = split_text(text, " \t");
  if (words.size() != kFields.size()) return std::nullopt;
  Cron cron;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!read_field(words[i], kFields[i], cron.fields[i])) return std::nullopt;
  }
  if (cron.fields[4].test(7)) cron.fields[4].set(0);
  cron.any_day = words[2].starts_with('*');
  cron.any_weekday = words[4].starts_with('*');
  return cron;
}

// Both days restricted: either will do, as cron(5) has it.
bool is_day(const Cron& cron, const std::chrono::year_month_day& date, unsigned weekday) {
  if (!cron.fields[3].test(static_cast<unsigned>(date.month()))) return false;
  const bool day = cron.fields[2].test(static_cast<unsigned>(date.day()));
  const bool week = cron.fields[4].test(weekday);
  if (!cron.any_day && !cron.any_weekday) return day || week;
  return day && week;
}

std::optional<Timestamp> next_of(const Cron& cron, Timestamp now) {
  // Minutes of Japan's clock since 1970, the first one strictly behind `now`.
  const std::int64_t first = (now.us + kJapanUs) / kMinuteUs + 1;
  const std::int64_t first_day = first / (24 * 60);
  for (std::int64_t day = first_day; day < first_day + kMaxDays; ++day) {
    const std::chrono::sys_days date{std::chrono::days(day)};
    if (!is_day(cron, date, std::chrono::weekday(date).c_encoding())) continue;
    for (std::int64_t minute = day == first_day ? first % (24 * 60) : 0; minute < 24 * 60;
         ++minute) {
      if (!cron.fields[1].test(static_cast<std::size_t>(minute / 60)) ||
          !cron.fields[0].test(static_cast<std::size_t>(minute % 60))) {
        continue;
      }
      return Timestamp{(day * 24 * 60 + minute) * kMinuteUs - kJapanUs};
    }
  }
  return std::nullopt;
}

// Minutes of "every 6h".
std::optional<std::int64_t> read_every(std::string_view text) {
  constexpr std::string_view kWord = "every ";
  if (!text.starts_with(kWord)) return std::nullopt;
  text = text::trimmed(text.substr(kWord.size()));
  if (text.size() < 2) return std::nullopt;
  const std::string_view unit = text.substr(text.size() - 1);
  const auto count = number(text.substr(0, text.size() - 1));
  const std::int64_t minutes = unit == "m" ? 1 : unit == "h" ? 60 : unit == "d" ? 24 * 60 : 0;
  if (!count || *count < 1 || minutes == 0 || *count > kMaxEveryMinutes / minutes) {
    return std::nullopt;
  }
  return *count * minutes;
}

constexpr std::string_view kManual = "manual";

}  // namespace

std::optional<Timestamp> Schedule::next(Timestamp now) const {
  if (text == kManual) return std::nullopt;
  if (const auto minutes = read_every(text)) return Timestamp{now.us + *minutes * kMinuteUs};
  const auto cron = read_cron(text);
  return cron ? next_of(*cron, now) : std::nullopt;
}

core::Result<Schedule> parse_schedule(std::string_view text) {
  const std::string clean = lower_ascii(text::trimmed(text));
  if (clean == kManual || read_every(clean)) return Schedule{clean};
  const auto cron = read_cron(clean);
  if (cron && next_of(*cron, Timestamp{})) return Schedule{clean};
  return core::fail(
      core::ErrorCode::kInvalidArgument, "harvest-schedule",
      {"予定「" + clean_text(text, TextShape::kLine) + "」を読めません。",
       "The schedule \"" + clean_text(text, TextShape::kLine) + "\" cannot be read."},
      {"「every 6h」（m・h・d）、cron の 5 項目（日本時間。例: 30 3 * * "
       "1-5）、「manual」のどれかを書いてください。",
       "Write \"every 6h\" (m, h or d), five fields of cron in Japan's time (30 3 * * 1-5), or "
       "\"manual\"."});
}

}  // namespace minato::service
