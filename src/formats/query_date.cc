#include "formats/query_date.h"

#include <array>
#include <chrono>
#include <string>

namespace minato::formats {
namespace {

using core::Timestamp;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMaxAmount = 10'000'000;
constexpr Timestamp kEarliest{-62'135'596'800 * kSecond};    // 0001-01-01
constexpr Timestamp kLatest{253'402'300'800 * kSecond - 1};  // 9999-12-31T23:59:59.999999

struct Unit {
  std::string_view name;
  std::int64_t us;  // 0: counted in months
  std::int64_t months;
};
constexpr std::array kUnits = {Unit{"YEAR", 0, 12},
                               Unit{"MONTH", 0, 1},
                               Unit{"DAY", 86'400 * kSecond, 0},
                               Unit{"DATE", 86'400 * kSecond, 0},
                               Unit{"HOUR", 3'600 * kSecond, 0},
                               Unit{"MINUTE", 60 * kSecond, 0},
                               Unit{"SECOND", kSecond, 0},
                               Unit{"MILLISECOND", 1'000, 0},
                               Unit{"MILLI", 1'000, 0}};

bool in_range(Timestamp time) { return time >= kEarliest && time <= kLatest; }

// Like Java's calendar, which Solr uses: the day is cut to the length of the month it lands in.
Timestamp add_months(Timestamp time, std::int64_t count) {
  using namespace std::chrono;
  const sys_time<microseconds> point{microseconds{time.us}};
  const sys_days midnight = floor<days>(point);
  const year_month_day date{midnight};
  const year_month moved = date.year() / date.month() + months{count};
  year_month_day target = moved / date.day();
  if (!target.ok()) target = moved / last;
  return Timestamp{(sys_days{target} - sys_days{midnight}).count() * 86'400 * kSecond + time.us};
}

Timestamp round_down(Timestamp time, const Unit& unit) {
  if (unit.us != 0) {
    const std::int64_t rest = ((time.us % unit.us) + unit.us) % unit.us;
    return Timestamp{time.us - rest};
  }
  using namespace std::chrono;
  const year_month_day date{floor<days>(sys_time<microseconds>{microseconds{time.us}})};
  const month first = unit.months == 12 ? January : date.month();
  return Timestamp{sys_days{date.year() / first / 1}.time_since_epoch().count() * 86'400 * kSecond};
}

// Takes a unit, singular or plural, from the front.
const Unit* take_unit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    if (text.starts_with('S')) text.remove_prefix(1);
    return &unit;
  }
  return nullptr;
}

std::optional<std::int64_t> take_amount(std::string_view& text) {
  std::int64_t amount = 0;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    amount = amount * 10 + (text.front() - '0');
    if (amount > kMaxAmount) return std::nullopt;
    text.remove_prefix(1);
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return amount;
}

std::optional<Timestamp> apply(Timestamp time, std::string_view arithmetic) {
  while (!arithmetic.empty()) {
    const char sign = arithmetic.front();
    arithmetic.remove_prefix(1);
    std::int64_t amount = 0;
    if (sign == '+' || sign == '-') {
      const auto given = take_amount(arithmetic);
      if (!given) return std::nullopt;
      amount = sign == '-' ? -*given : *given;
    } else if (sign != '/') {
      return std::nullopt;
    }
    const Unit* unit = take_unit(arithmetic);
    if (unit == nullptr) return std::nullopt;
    if (sign == '/') {
      time = round_down(time, *unit);
    } else if (unit->us != 0) {
      // The largest step is 10 million days, far from an overflow.
      time.us += amount * unit->us;
    } else {
      // A calendar year has to fit std::chrono::year before it is checked below.
      if (amount * unit->months > 120'000 || amount * unit->months < -120'000) return std::nullopt;
      time = add_months(time, amount * unit->months);
    }
    if (!in_range(time)) return std::nullopt;
  }
  return time;
}

// A year, a month or a day as a whole.
std::optional<DateSpan> parse_whole(std::string_view text) {
  std::string date(text);
  std::string_view unit = "DAY";
  if (date.size() == 4) {
    date += "-01-01";
    unit = "YEAR";
  } else if (date.size() == 7) {
    date += "-01";
    unit = "MONTH";
  }
  if (date.size() != 10) return std::nullopt;
  const auto first = core::parse_iso8601(date);
  if (!first) return std::nullopt;
  std::string_view name = unit;
  const Unit& step = *take_unit(name);
  Timestamp next = step.us != 0 ? Timestamp{first->us + step.us} : add_months(*first, step.months);
  return DateSpan{*first, Timestamp{next.us - 1}};
}

std::optional<DateSpan> moment(std::optional<Timestamp> time) {
  if (!time || !in_range(*time)) return std::nullopt;
  return DateSpan{*time, *time};
}

}  // namespace

std::optional<DateSpan> parse_query_date(std::string_view text, const core::Clock& clock) {
  if (text.starts_with("NOW")) return moment(apply(clock.now(), text.substr(3)));
  if (const auto whole = parse_whole(text)) return whole;
  if (const auto time = core::parse_iso8601(text)) return moment(time);
  const std::size_t zone = text.find('Z');
  if (zone == std::string_view::npos) return std::nullopt;
  const auto base = core::parse_iso8601(text.substr(0, zone + 1));
  if (!base) return std::nullopt;
  return moment(apply(*base, text.substr(zone + 1)));
}

}  // namespace minato::formats
