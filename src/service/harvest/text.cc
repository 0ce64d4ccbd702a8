#include "service/harvest/text.h"

#include <algorithm>

#include "core/utf8.h"
#include "text/blanks.h"
#include "text/utf8.h"

namespace minato::service {

namespace {

constexpr std::size_t kMaxNotes = 50;
constexpr std::size_t kMaxNoteLength = 200;

// Controls of C0 and C1, marks that reorder text, the byte order mark, and no characters at all.
bool is_unwanted(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c & 0xFFFEU) == 0xFFFEU;
}

}  // namespace

std::string clean_text(std::string_view text, TextShape shape) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t c = text::decode(text, offset);
    if (c == U'\r' && offset < text.size() && text[offset] == '\n') continue;
    if (c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029 || c == U'\v' || c == U'\f') {
      out += shape == TextShape::kText ? '\n' : ' ';
    } else if (c == U'\t') {
      out += shape == TextShape::kText ? '\t' : ' ';
    } else if (!is_unwanted(c)) {
      text::append(out, c);
    }
  }
  const std::string_view inner = text::trimmed(out);
  return inner.size() == out.size() ? out : std::string(inner);
}

std::string narrowed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    char32_t c = text::decode(text, offset);
    if (c >= U'！' && c <= U'～') c -= 0xFEE0;
    if (c == U'\u3000' || c == U'\u00A0') c = U' ';
    text::append(out, c);
  }
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t offset = 0;
  for (; count > 0 && offset < text.size(); --count) text::decode(text, offset);
  return text.substr(0, offset);
}

std::vector<std::string> split_text(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  const auto add = [&parts](std::string_view part) {
    part = text::trimmed(part);
    if (!part.empty()) parts.emplace_back(part);
  };
  std::size_t begin = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t place = offset;
    text::decode(text, offset);
    if (separators.find(text.substr(place, offset - place)) == std::string_view::npos) continue;
    add(text.substr(begin, place - begin));
    begin = offset;
  }
  add(text.substr(begin));
  return parts;
}

void Repairs::dropped(std::string_view what, std::string_view words) {
  note(std::string(what) + ": " + clean_text(words, TextShape::kLine));
}

void Repairs::take(const std::vector<std::string>& notes) {
  for (const std::string& one : notes) note(clean_text(one, TextShape::kLine));
}

void Repairs::note(const std::string& note) {
  if (notes_.size() == kMaxNotes) notes_.emplace_back("…");
  if (notes_.size() > kMaxNotes) return;
  const std::string_view shown = first_code_points(note, kMaxNoteLength);
  notes_.push_back(shown.size() < note.size() ? std::string(shown) + "…" : note);
}

}  // namespace minato::service
