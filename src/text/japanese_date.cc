#include "text/japanese_date.h"

#include <array>
#include <tuple>

#include "text/utf8.h"

namespace minato::text {
namespace {

// The marks of a date, as single bytes that stand in no date otherwise.
constexpr char kYear = 1;
constexpr char kMonth = 2;
constexpr char kDay = 3;
constexpr char kHour = 4;
constexpr char kMinute = 5;
constexpr char kSecond = 6;
constexpr char kFirst = 7;    // 元
constexpr char kWeekday = 8;  // 火 水 木 金 土

struct Plain {
  std::array<char, 48> bytes{};
  std::size_t size = 0;
};

char mark_of(char32_t c) {
  switch (c) {
    case U'年':
      return kYear;
    case U'月':
      return kMonth;
    case U'日':
      return kDay;
    case U'時':
      return kHour;
    case U'分':
      return kMinute;
    case U'秒':
      return kSecond;
    case U'元':
      return kFirst;
    case U'火':
    case U'水':
    case U'木':
    case U'金':
    case U'土':
      return kWeekday;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212:
      return '-';
    case 0x3000:
    case 0x00A0:
      return ' ';
    default:
      return 0;
  }
}

// The era's letter if `c` begins its name; `second`: the kanji that may follow.
char era_letter(char32_t c, char32_t& second) {
  second = 0;
  switch (c) {
    case U'明':
      second = U'治';
      return 'M';
    case U'大':
      second = U'正';
      return 'T';
    case U'昭':
      second = U'和';
      return 'S';
    case U'平':
      second = U'成';
      return 'H';
    case U'令':
      second = U'和';
      return 'R';
    case 0x337E:
      return 'M';
    case 0x337D:
      return 'T';
    case 0x337C:
      return 'S';
    case 0x337B:
      return 'H';
    case 0x32FF:
      return 'R';
    default:
      return 0;
  }
}

// ASCII stays, full-width becomes ASCII, kanji become marks; false: none of a date's characters.
bool to_plain(std::string_view text, Plain& out) {
  std::size_t offset = 0;
  char32_t second = 0;
  if (const char era = era_letter(decode(text, offset), second); era != 0) {
    out.bytes[out.size++] = era;
    std::size_t after = offset;
    if (second != 0 && offset < text.size() && decode(text, after) == second) {
      offset = after;
    }
  } else {
    offset = 0;
  }
  while (offset < text.size()) {
    char32_t c = 0;
    if (const auto byte = static_cast<unsigned char>(text[offset]); byte < 0x80) {
      c = byte;
      ++offset;
    } else {
      c = decode(text, offset);
    }
    c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
    const char plain = c < 0x80 ? (c >= ' ' ? static_cast<char>(c) : '\0') : mark_of(c);
    if (plain == 0 || out.size == out.bytes.size()) {
      return false;
    }
    out.bytes[out.size++] = plain;
  }
  return true;
}

class Cursor {
 public:
  explicit Cursor(const Plain& plain) : text_(plain.bytes.data(), plain.size) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  bool eat(char c) {
    const bool found = !at_end() && text_[at_] == c;
    at_ += found ? 1 : 0;
    return found;
  }
  void skip_blanks() {
    while (eat(' ')) {
    }
  }
  // Number of digits read, at most `max`.
  int digits(int max, int& value) {
    int count = 0;
    value = 0;
    while (count < max && peek() >= '0' && peek() <= '9') {
      value = value * 10 + (text_[at_++] - '0');
      ++count;
    }
    return count;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

struct Era {
  char letter;
  int year_zero;  // western year of the era's year 0
  CalendarDate first;
  CalendarDate last;
};

// 明治 and 大正 ended on the day on which the next era began; both names are right for that day.
constexpr std::array<Era, 5> kEras{{
    {'M', 1867, {1873, 1, 1}, {1912, 7, 30}},
    {'T', 1911, {1912, 7, 30}, {1926, 12, 25}},
    {'S', 1925, {1926, 12, 25}, {1989, 1, 7}},
    {'H', 1988, {1989, 1, 8}, {2019, 4, 30}},
    {'R', 2018, {2019, 5, 1}, {2117, 12, 31}},
}};

const Era* era_of(char letter) {
  const char upper = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
  for (const Era& era : kEras) {
    if (era.letter == upper) {
      return &era;
    }
  }
  return nullptr;
}

bool within(const CalendarDate& date, const Era& era) {
  const auto key = [](const CalendarDate& d) { return std::tie(d.year, d.month, d.day); };
  return key(date) >= key(era.first) && key(date) <= key(era.last);
}

// The separator behind a number: its kanji, or one of - / . in `style` (0: not chosen yet).
bool eat_separator(Cursor& cursor, char kanji, char& style) {
  cursor.skip_blanks();
  const char c = cursor.peek();
  if (c != kanji && c != '-' && c != '/' && c != '.') {
    return false;
  }
  const char chosen = c == kanji ? kYear : c;
  if (style != 0 && style != chosen) {
    return false;
  }
  style = chosen;
  cursor.eat(c);
  cursor.skip_blanks();
  return true;
}

// "(月)" behind a date.
void skip_weekday(Cursor& cursor) {
  const std::size_t begin = cursor.at();
  cursor.skip_blanks();
  if (cursor.eat('(') && (cursor.eat(kMonth) || cursor.eat(kDay) || cursor.eat(kWeekday)) &&
      cursor.eat(')')) {
    return;
  }
  cursor.back_to(begin);
}

// The year of the era or of the western calendar, not yet converted.
bool eat_year(Cursor& cursor, const Era*& era, int& year) {
  era = era_of(cursor.peek());
  if (era == nullptr) {
    return cursor.digits(4, year) == 4;
  }
  cursor.eat(cursor.peek());
  cursor.skip_blanks();
  if (cursor.eat(kFirst)) {
    year = 1;
    return true;
  }
  return cursor.digits(2, year) > 0;
}

Reading read_date(Cursor& cursor, Moment& out) {
  const Era* era = nullptr;
  char style = 0;
  CalendarDate& date = out.date;
  if (!eat_year(cursor, era, date.year) || !eat_separator(cursor, kYear, style) ||
      cursor.digits(2, date.month) == 0 || !eat_separator(cursor, kMonth, style) ||
      cursor.digits(2, date.day) == 0) {
    return Reading::kOther;
  }
  if (style == kYear) {
    cursor.skip_blanks();
    if (!cursor.eat(kDay)) {
      return Reading::kOther;
    }
  }
  skip_weekday(cursor);
  out.era = era != nullptr;
  out.has_date = true;
  if (era == nullptr) {
    return exists(date) ? Reading::kOk : Reading::kImpossible;
  }
  const int era_year = date.year;
  date.year += era->year_zero;
  return era_year > 0 && exists(date) && within(date, *era) ? Reading::kOk : Reading::kImpossible;
}

bool eat_zone(Cursor& cursor, Zone& zone) {
  if (cursor.eat('Z')) {
    zone.text[0] = 'Z';
    zone.size = 1;
    return true;
  }
  const char sign = cursor.peek();
  if (sign != '+' && sign != '-') {
    return true;
  }
  cursor.eat(sign);
  int hours = 0;
  int minutes = 0;
  if (cursor.digits(2, hours) != 2 || (cursor.eat(':'), cursor.digits(2, minutes) != 2) ||
      hours > 14 || minutes > 59) {
    return false;
  }
  zone.text = {sign, static_cast<char>('0' + hours / 10),   static_cast<char>('0' + hours % 10),
               ':',  static_cast<char>('0' + minutes / 10), static_cast<char>('0' + minutes % 10)};
  zone.size = 6;
  return true;
}

// Fractions of a second are cut off.
bool eat_fraction(Cursor& cursor) {
  int ignored = 0;
  return !cursor.eat('.') || cursor.digits(9, ignored) > 0;
}

bool eat_clock(Cursor& cursor, TimeOfDay& time) {
  if (cursor.eat(':')) {
    if (cursor.digits(2, time.minute) != 2) {
      return false;
    }
    return !cursor.eat(':') || (cursor.digits(2, time.second) == 2 && eat_fraction(cursor));
  }
  if (!cursor.eat(kHour)) {
    return false;
  }
  if (cursor.digits(2, time.minute) == 0) {
    return true;
  }
  if (!cursor.eat(kMinute)) {
    return false;
  }
  return cursor.digits(2, time.second) == 0 || cursor.eat(kSecond);
}

Reading read_time(Cursor& cursor, TimeOfDay& time) {
  if (cursor.digits(2, time.hour) == 0 || !eat_clock(cursor, time)) {
    return Reading::kOther;
  }
  const bool end_of_day = time.hour == 24 && time.minute == 0 && time.second == 0;
  const bool possible = (time.hour < 24 || end_of_day) && time.minute < 60 && time.second < 60;
  return possible ? Reading::kOk : Reading::kImpossible;
}

Reading worse(Reading a, Reading b) { return a == Reading::kOk ? b : a; }

Reading read_dated(Cursor& cursor, Moment& out) {
  const Reading date = read_date(cursor, out);
  if (date == Reading::kOther || cursor.at_end()) {
    return date;
  }
  if (!cursor.eat('T') && cursor.peek() != ' ') {
    return Reading::kOther;
  }
  cursor.skip_blanks();
  const Reading time = read_time(cursor, out.time);
  if (time == Reading::kOther || !eat_zone(cursor, out.zone) || !cursor.at_end()) {
    return Reading::kOther;
  }
  out.has_time = true;
  const bool next_day = out.time.hour == 24;
  return worse(worse(date, time), next_day ? Reading::kImpossible : Reading::kOk);
}

char* two_digits(int value, char* out) {
  *out++ = static_cast<char>('0' + value / 10 % 10);
  *out++ = static_cast<char>('0' + value % 10);
  return out;
}

bool begins_a_time(const Plain& plain) {
  for (std::size_t i = 1; i < 3 && i < plain.size; ++i) {
    if (plain.bytes[i] == ':' || plain.bytes[i] == kHour) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool exists(const CalendarDate& date) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1) {
    return false;
  }
  const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  const int extra = date.month == 2 && leap ? 1 : 0;
  return date.day <= kDays[static_cast<std::size_t>(date.month - 1)] + extra;
}

Reading read_moment(std::string_view text, Moment& out) {
  out = Moment{};
  Plain plain;
  if (text.size() < 3 || text.size() > 72 || !to_plain(text, plain)) {
    return Reading::kOther;
  }
  Cursor cursor(plain);
  if (!begins_a_time(plain)) {
    return read_dated(cursor, out);
  }
  const Reading time = read_time(cursor, out.time);
  if (!cursor.at_end()) {
    return Reading::kOther;
  }
  out.has_time = true;
  return time;
}

Reading read_compact_date(std::string_view text, CalendarDate& out) {
  if (text.size() != 8) {
    return Reading::kOther;
  }
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return Reading::kOther;
    }
    number = number * 10 + (c - '0');
  }
  out = {number / 10000, number / 100 % 100, number % 100};
  return exists(out) && out.year >= 1500 && out.year <= 2200 ? Reading::kOk : Reading::kImpossible;
}

std::size_t write_date(const CalendarDate& date, char* out) {
  char* end = two_digits(date.year % 100, two_digits(date.year / 100, out));
  *end++ = '-';
  end = two_digits(date.month, end);
  *end++ = '-';
  end = two_digits(date.day, end);
  return static_cast<std::size_t>(end - out);
}

std::size_t write_time(const TimeOfDay& time, char* out) {
  char* end = two_digits(time.hour, out);
  *end++ = ':';
  end = two_digits(time.minute, end);
  *end++ = ':';
  end = two_digits(time.second, end);
  return static_cast<std::size_t>(end - out);
}

std::size_t write_datetime(const Moment& moment, char* out) {
  std::size_t size = write_date(moment.date, out);
  out[size++] = 'T';
  size += write_time(moment.time, out + size);
  for (std::size_t i = 0; i < moment.zone.size; ++i) {
    out[size++] = moment.zone.text[i];
  }
  return size;
}

}  // namespace minato::text
