#include "core/time.h"

#include <array>
#include <cstdio>
#include <utility>

namespace minato::core {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 7> kLongWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};

struct Civil {
  int year = 1970;
  unsigned month = 1, day = 1;
  int hour = 0, minute = 0, second = 0;
  int microsecond = 0;
  unsigned weekday = 0;
};

Civil to_civil(Timestamp time) {
  using namespace std::chrono;
  const sys_time<microseconds> point{microseconds{time.us}};
  const sys_days midnight = floor<days>(point);
  const year_month_day date{midnight};
  const auto rest = (point - midnight).count();
  Civil civil;
  civil.year = static_cast<int>(date.year());
  civil.month = static_cast<unsigned>(date.month());
  civil.day = static_cast<unsigned>(date.day());
  civil.hour = static_cast<int>(rest / (3600 * kSecond));
  civil.minute = static_cast<int>(rest / (60 * kSecond) % 60);
  civil.second = static_cast<int>(rest / kSecond % 60);
  civil.microsecond = static_cast<int>(rest % kSecond);
  civil.weekday = weekday{midnight}.c_encoding();
  return civil;
}

std::optional<Timestamp> from_civil(const Civil& civil) {
  using namespace std::chrono;
  const year_month_day date{year{civil.year}, month{civil.month}, day{civil.day}};
  // 60 is a leap second; it counts as the first of the next minute.
  if (!date.ok() || civil.hour > 23 || civil.minute > 59 || civil.second > 60) return std::nullopt;
  const std::int64_t days_since = sys_days{date}.time_since_epoch().count();
  return Timestamp{days_since * kDay +
                   ((civil.hour * 60 + civil.minute) * 60 + civil.second) * kSecond +
                   civil.microsecond};
}

void append_digits(std::string& out, int value, int width) {
  std::array<char, 12> digits{};
  for (int i = width; i > 0; --i, value /= 10) {
    digits[static_cast<std::size_t>(i - 1)] = static_cast<char>('0' + value % 10);
  }
  out.append(digits.data(), static_cast<std::size_t>(width));
}

// "YYYY-MM-DDTHH:MM:SS". By hand: every dataset shown holds a dozen of these, and printf is slow.
std::string to_seconds(const Civil& civil) {
  std::string text;
  text.reserve(27);
  append_digits(text, civil.year, 4);
  const std::array<std::pair<char, int>, 5> rest = {{{'-', static_cast<int>(civil.month)},
                                                     {'-', static_cast<int>(civil.day)},
                                                     {'T', civil.hour},
                                                     {':', civil.minute},
                                                     {':', civil.second}}};
  for (const auto& [separator, value] : rest) {
    text += separator;
    append_digits(text, value, 2);
  }
  return text;
}

// Reads fixed-width fields one after the other; the first that does not fit makes it fail for good.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  int digits(std::size_t count) {
    int value = 0;
    if (text_.size() < count) ok_ = false;
    for (std::size_t i = 0; ok_ && i < count; ++i) {
      if (text_[i] < '0' || text_[i] > '9') ok_ = false;
      value = value * 10 + (text_[i] - '0');
    }
    if (ok_) text_.remove_prefix(count);
    return ok_ ? value : 0;
  }
  bool take(std::string_view expected) {
    if (!text_.starts_with(expected)) return false;
    text_.remove_prefix(expected.size());
    return true;
  }
  void expect(std::string_view expected) { ok_ = ok_ && take(expected); }
  template <std::size_t N>
  unsigned one_of(const std::array<const char*, N>& words) {
    for (unsigned i = 0; i < N; ++i) {
      if (take(words[i])) return i;
    }
    ok_ = false;
    return 0;
  }
  // Digits behind a decimal point as microseconds; more than six are cut off.
  int fraction() {
    int value = 0;
    int scale = 100'000;
    if (text_.empty() || text_[0] < '0' || text_[0] > '9') ok_ = false;
    while (!text_.empty() && text_[0] >= '0' && text_[0] <= '9') {
      value += (text_[0] - '0') * scale;
      scale /= 10;
      text_.remove_prefix(1);
    }
    return value;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return ok_ && text_.empty(); }

 private:
  std::string_view text_;
  bool ok_ = true;
};

void read_clock(Scanner& in, Civil& civil) {
  civil.hour = in.digits(2);
  in.expect(":");
  civil.minute = in.digits(2);
  in.expect(":");
  civil.second = in.digits(2);
}

// Minutes east of Greenwich; nothing at the end means UTC.
int read_zone(Scanner& in) {
  if (in.at_end() || in.take("Z") || in.take("z")) return 0;
  const bool west = in.take("-");
  if (!west) in.expect("+");
  const int hours = in.digits(2);
  if (!in.at_end()) in.take(":");
  const int minutes = in.at_end() ? 0 : in.digits(2);
  if (hours > 23 || minutes > 59) in.expect("\n");  // no such zone: fail
  return (west ? -1 : 1) * (hours * 60 + minutes);
}

std::optional<Timestamp> parse_imf(std::string_view text) {
  Scanner in(text);
  Civil civil;
  in.one_of(kWeekdays);
  in.expect(", ");
  civil.day = static_cast<unsigned>(in.digits(2));
  in.expect(" ");
  civil.month = in.one_of(kMonths) + 1;
  in.expect(" ");
  civil.year = in.digits(4);
  in.expect(" ");
  read_clock(in, civil);
  in.expect(" GMT");
  return in.at_end() ? from_civil(civil) : std::nullopt;
}

std::optional<Timestamp> parse_rfc850(std::string_view text) {
  Scanner in(text);
  Civil civil;
  in.one_of(kLongWeekdays);
  in.expect(", ");
  civil.day = static_cast<unsigned>(in.digits(2));
  in.expect("-");
  civil.month = in.one_of(kMonths) + 1;
  in.expect("-");
  const int short_year = in.digits(2);
  in.expect(" ");
  read_clock(in, civil);
  in.expect(" GMT");
  if (!in.at_end()) return std::nullopt;
  // RFC 9110 s5.6.7: more than 50 years ahead means the last year with those digits.
  const int this_year = to_civil(SystemClock().now()).year;
  civil.year = this_year / 100 * 100 + short_year;
  if (civil.year > this_year + 50) civil.year -= 100;
  return from_civil(civil);
}

std::optional<Timestamp> parse_asctime(std::string_view text) {
  Scanner in(text);
  Civil civil;
  in.one_of(kWeekdays);
  in.expect(" ");
  civil.month = in.one_of(kMonths) + 1;
  in.expect(" ");
  civil.day = static_cast<unsigned>(in.take(" ") ? in.digits(1) : in.digits(2));
  in.expect(" ");
  read_clock(in, civil);
  in.expect(" ");
  civil.year = in.digits(4);
  return in.at_end() ? from_civil(civil) : std::nullopt;
}

}  // namespace

std::string to_ckan_time(Timestamp time) {
  const Civil civil = to_civil(time);
  std::string text = to_seconds(civil);
  text += '.';
  append_digits(text, civil.microsecond, 6);
  return text;
}

std::string to_rfc3339(Timestamp time) { return to_seconds(to_civil(time)) + 'Z'; }

std::string to_http_date(Timestamp time) {
  const Civil civil = to_civil(time);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kWeekdays[civil.weekday], civil.day, kMonths[civil.month - 1], civil.year,
                civil.hour, civil.minute, civil.second);
  return text.data();
}

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  Scanner in(text);
  Civil civil;
  civil.year = in.digits(4);
  in.expect("-");
  civil.month = static_cast<unsigned>(in.digits(2));
  in.expect("-");
  civil.day = static_cast<unsigned>(in.digits(2));
  int zone_minutes = 0;
  if (!in.at_end()) {
    if (!in.take("T") && !in.take("t")) in.expect(" ");
    civil.hour = in.digits(2);
    in.expect(":");
    civil.minute = in.digits(2);
    if (in.take(":")) {
      civil.second = in.digits(2);
      if (in.take(".") || in.take(",")) civil.microsecond = in.fraction();
    }
    zone_minutes = read_zone(in);
  }
  if (!in.at_end() || civil.year == 0) return std::nullopt;
  std::optional<Timestamp> time = from_civil(civil);
  if (time) time->us -= zone_minutes * 60 * kSecond;
  return time;
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  if (auto time = parse_imf(text)) return time;
  if (auto time = parse_rfc850(text)) return time;
  return parse_asctime(text);
}

Timestamp SystemClock::now() const {
  using namespace std::chrono;
  return Timestamp{duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace minato::core
