#include "tabular/workbook/number_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "tabular/workbook/serial_date.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kMaxCode = 1'000;  // Excel allows 255
constexpr double kMaxPadded = 1e15;
using Shape = NumberFormat::Shape;
using Section = NumberFormat::Section;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_like(std::string_view text, std::string_view lower_word) {
  return text.size() >= lower_word.size() &&
         std::equal(lower_word.begin(), lower_word.end(), text.begin(),
                    [](char a, char b) { return a == lower(b); });
}

// How many bytes at the begin of `code` are a literal or an instruction: quoted text, an escaped
// character, "[...]"; 0: none.
std::size_t literal_length(std::string_view code) {
  const auto until = [code](char mark) {
    const std::size_t end = code.find(mark, 1);
    return end == std::string_view::npos ? code.size() : end + 1;
  };
  switch (code.front()) {
    case '"':
      return until('"');
    case '[':
      return until(']');
    case '\\':
    case '_':
    case '*':
      return std::min<std::size_t>(2, code.size());
    default:
      return 0;
  }
}

std::vector<std::string_view> split_sections(std::string_view code) {
  std::vector<std::string_view> sections;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < code.size();) {
    if (code[at] == ';') {
      sections.push_back(code.substr(begin, at - begin));
      begin = ++at;
    } else {
      at += std::max<std::size_t>(literal_length(code.substr(at)), 1);
    }
  }
  sections.push_back(code.substr(begin));
  return sections;
}

// "[h]", "[mm]", "[s]"
bool is_elapsed(std::string_view bracket) {
  if (bracket.size() < 3) return false;
  const char unit = lower(bracket[1]);
  if (unit != 'h' && unit != 'm' && unit != 's') return false;
  return std::all_of(bracket.begin() + 1, bracket.end() - 1,
                     [unit](char c) { return lower(c) == unit; });
}

// The letters of a format that mean dates and times, runs as one: "yyyy/m/d h:mm" is
// {y m d h m}; upper case: "D" a weekday.
struct DateLetters {
  std::string letters;
  std::string weekday;
  bool elapsed = false;
  bool digits = false;  // placeholders of numbers
};

// Reads one thing at the begin of `code` and says how long it is.
std::size_t read_letter(std::string_view code, DateLetters& found) {
  if (const std::size_t literal = literal_length(code); literal > 0) {
    if (is_elapsed(code.substr(0, literal))) {
      found.elapsed = true;
      found.letters += lower(code[1]);
    }
    return literal;
  }
  for (const std::string_view word : {"general", "am/pm", "a/p"}) {
    if (starts_like(code, word)) return word.size();
  }
  const char letter = lower(code.front());
  std::size_t run = 1;
  while (run < code.size() && lower(code[run]) == letter) ++run;
  if (letter == '0' || letter == '#' || letter == '?') {
    if (found.letters.empty()) found.digits = true;
  } else if (letter == 'e' && run < code.size() && (code[run] == '+' || code[run] == '-')) {
    found.digits = true;  // "0.00E+00"
  } else if ((letter == 'd' || letter == 'a') && run >= 3) {
    found.weekday = std::string(std::min<std::size_t>(run, 4), letter);
    found.letters += 'D';
  } else if (std::string_view("ymdhsegrb").find(letter) != std::string_view::npos) {
    found.letters += letter;
  }
  return run;
}

// "m" is a minute behind an hour or before a second.
bool has_month(std::string_view letters) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] != 'm') continue;
    const bool minute = (i > 0 && letters[i - 1] == 'h') ||
                        (i + 1 < letters.size() && letters[i + 1] == 's') ||
                        (i > 0 && letters[i - 1] == 's');
    if (!minute) return true;
  }
  return false;
}

// "<=999" of "[<=999]"; false: a colour or a locale
bool read_condition(std::string_view bracket, Section& section) {
  std::string_view inside =
      bracket.substr(1, bracket.size() - std::min<std::size_t>(2, bracket.size() - 1));
  constexpr std::array<std::pair<std::string_view, char>, 6> kOperators = {
      {{"<=", 'l'}, {">=", 'g'}, {"<>", '!'}, {"<", '<'}, {">", '>'}, {"=", '='}}};
  for (const auto& [spelling, condition] : kOperators) {
    if (!inside.starts_with(spelling)) continue;
    inside.remove_prefix(spelling.size());
    const auto [end, error] =
        std::from_chars(inside.data(), inside.data() + inside.size(), section.threshold);
    if (error != std::errc()) return false;
    section.condition = condition;
    return true;
  }
  return false;
}

bool holds(const Section& section, double value) {
  switch (section.condition) {
    case '<':
      return value < section.threshold;
    case '>':
      return value > section.threshold;
    case 'l':
      return value <= section.threshold;
    case 'g':
      return value >= section.threshold;
    case '!':
      return value != section.threshold;
    case '=':
      return value == section.threshold;
    default:
      return true;
  }
}

void append_literal(std::string& pattern, std::string_view text) {
  for (const char c : text) {
    pattern += '\\';
    pattern += c;
  }
}

// A code shows at least two digits always, or has marks between its digits; "0.00" and "#,##0" are
// numbers.
Section read_padded(std::string_view code) {
  Section section;
  int zeros = 0;
  bool marked = false;  // a literal between two placeholders
  bool literal_behind = false;
  bool placeholder = false;
  bool number = false;
  for (std::size_t at = 0; at < code.size();) {
    const char c = code[at];
    const std::size_t length = literal_length(code.substr(at));
    if (c == '[') {
      read_condition(code.substr(at, length), section);
    } else if (c == '"') {
      append_literal(section.pattern, code.substr(at + 1, std::max<std::size_t>(length, 2) - 2));
      literal_behind = placeholder;
    } else if (c == '\\') {
      append_literal(section.pattern, code.substr(at + 1, length - 1));
      literal_behind = placeholder;
    } else if (c == '0' || c == '#' || c == '?') {
      section.pattern += c;
      zeros += c == '0' ? 1 : 0;
      marked = marked || literal_behind;
      placeholder = true;
    } else if (c == '-' || c == '(' || c == ')' || c == ' ' || c == ':') {
      append_literal(section.pattern, code.substr(at, 1));
      literal_behind = placeholder;
    } else if (length == 0) {
      number = true;  // "." "," "%" "E" "/" "@" and letters
    }
    at += std::max<std::size_t>(length, 1);
  }
  section.padded = !number && placeholder && (zeros >= 2 || marked);
  return section;
}

void append_digits(std::string& out, const Section& section, const std::string& digits) {
  const auto& pattern = section.pattern;
  std::size_t places = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else {
      ++places;
    }
  }
  std::size_t place = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      out += pattern[++i];
      continue;
    }
    // The first place takes all digits beyond the pattern.
    const std::size_t from_right = places - place;
    if (place == 0 && digits.size() > places) {
      out.append(digits, 0, digits.size() - places + 1);
    } else if (digits.size() >= from_right) {
      out += digits[digits.size() - from_right];
    } else if (pattern[i] == '0') {
      out += '0';
    }
    ++place;
  }
}

}  // namespace

NumberFormat::NumberFormat(std::string_view code) {
  if (code.size() > kMaxCode) return;
  const auto sections = split_sections(code);
  read_dates(sections.front());
  if (shape_ != Shape::kNumber) return;
  for (const auto section : sections) sections_.push_back(read_padded(section));
  if (std::any_of(sections_.begin(), sections_.end(), [](const auto& s) { return s.padded; })) {
    shape_ = Shape::kPadded;
  }
}

void NumberFormat::read_dates(std::string_view code) {
  DateLetters found;
  for (std::size_t at = 0; at < code.size() && !found.digits;) {
    at += read_letter(code.substr(at), found);
  }
  if (found.digits || found.letters.empty()) return;
  const auto has = [&found](std::string_view any) {
    return found.letters.find_first_of(any) != std::string::npos;
  };
  seconds_ = has("s");
  const bool date = has("ydegrb") || has_month(found.letters);
  const bool time = has("hs");
  if (found.elapsed) {
    shape_ = Shape::kElapsed;
  } else if (date || (time && has("D"))) {
    shape_ = time ? Shape::kDatetime : Shape::kDate;
  } else if (time) {
    shape_ = Shape::kTime;
  } else if (has("D")) {
    shape_ = Shape::kWeekday;
    weekday_ = found.weekday;
  }
}

NumberFormat NumberFormat::builtin(int id) {
  NumberFormat format;
  const auto within = [id](int first, int last) { return id >= first && id <= last; };
  if (within(14, 17) || within(27, 31) || within(34, 36) || within(50, 58)) {
    format.shape_ = Shape::kDate;
  } else if (within(18, 21) || within(32, 33) || id == 45 || id == 47) {
    format.shape_ = Shape::kTime;
  } else if (id == 22) {
    format.shape_ = Shape::kDatetime;
  } else if (id == 46) {
    format.shape_ = Shape::kElapsed;
    format.seconds_ = true;
  }
  return format;
}

CellKind NumberFormat::render(double value, bool date1904, std::string& out) const {
  const SerialDate serial(value, date1904);
  const std::size_t begin = out.size();
  switch (shape_) {
    case Shape::kNumber:
      break;
    case Shape::kPadded:
      if (render_padded(value, out)) return CellKind::kText;
      break;
    case Shape::kDate:
      if (serial.append_date(out)) return CellKind::kDate;
      break;
    case Shape::kDatetime:
      if (serial.is_time() && serial.append_time(out)) return CellKind::kTime;
      if (serial.append_date(out)) {
        out += 'T';
        serial.append_time(out);
        return CellKind::kDatetime;
      }
      break;
    case Shape::kTime:
      if (serial.append_time(out)) return CellKind::kTime;
      break;
    case Shape::kElapsed:
      if (serial.is_time() && serial.append_time(out)) return CellKind::kTime;
      if (serial.append_elapsed(out, seconds_)) return CellKind::kText;
      break;
    case Shape::kWeekday:
      if (serial.append_weekday(out, weekday_)) return CellKind::kText;
      break;
  }
  out.resize(begin);
  append_number(out, value);
  return CellKind::kNumber;
}

bool NumberFormat::render_padded(double value, std::string& out) const {
  if (!(value >= 0) || value >= kMaxPadded || value != std::floor(value)) return false;
  const bool conditional = sections_.front().condition != 0;
  std::size_t chosen = 0;
  if (conditional) {
    while (chosen + 1 < sections_.size() && !holds(sections_[chosen], value)) ++chosen;
    if (!holds(sections_[chosen], value)) return false;
  } else if (value == 0 && sections_.size() >= 3) {
    chosen = 2;
  }
  if (!sections_[chosen].padded) return false;
  append_digits(out, sections_[chosen], std::to_string(static_cast<std::int64_t>(value)));
  return true;
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += std::isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
    return;
  }
  if (value == 0) {
    out += '0';  // no "-0"
    return;
  }
  std::array<char, 64> scientific{};  // "-d.dddddddddddddde+ddd"
  const char* end = std::to_chars(scientific.data(), scientific.data() + scientific.size(), value,
                                  std::chars_format::scientific, 14)
                        .ptr;
  std::string_view text(scientific.data(), static_cast<std::size_t>(end - scientific.data()));
  if (text.front() == '-') {
    out += '-';
    text.remove_prefix(1);
  }
  const std::size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(),
                  exponent);
  std::string digits(1, text[0]);
  digits += text.substr(2, e - 2);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (exponent < -10 || exponent > 20) {
    out += digits.substr(0, 1);
    if (digits.size() > 1) out += "." + digits.substr(1);
    out += "e" + std::to_string(exponent);
  } else if (exponent < 0) {
    out += "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  } else {
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) {
      out += digits + std::string(whole - digits.size(), '0');
    } else {
      out += digits.substr(0, whole) + "." + digits.substr(whole);
    }
  }
}

}  // namespace minato::tabular
