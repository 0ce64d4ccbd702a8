#include "web/catalogue/marked_text.h"

#include <algorithm>

#include "text/utf8.h"

namespace minato::web {
namespace {

constexpr std::size_t kReadBytes = 12'000;  // of a text: what is further behind is not looked at
constexpr std::size_t kShownBytes = 420;    // some 140 kana and kanji
constexpr std::size_t kLeadBytes = 90;      // before the first word

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// The start of the character that `at` lies in.
std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
  return at;
}

View part(std::string_view text, bool marked) {
  View view = object();
  put(view, "text", std::string(text));
  put(view, "marked", marked);
  return view;
}

}  // namespace

View marked_parts(std::string_view text, const std::vector<text::Span>& spans) {
  View parts = list();
  std::size_t at = 0;
  for (const text::Span& span : spans) {
    if (span.begin > at) parts.push_back(part(text.substr(at, span.begin - at), false));
    parts.push_back(part(text.substr(span.begin, span.end - span.begin), true));
    at = span.end;
  }
  if (at < text.size()) parts.push_back(part(text.substr(at), false));
  return parts;
}

std::string excerpt(std::string_view text, const std::vector<text::SoughtWord>& words) {
  const std::string line = one_line(text::truncated(text, kReadBytes));
  if (line.size() <= kShownBytes) return line;
  const auto spans = text::find_words(line, words);
  std::size_t begin = 0;
  if (!spans.empty() && spans.front().end > kShownBytes) {
    begin = character_start(line, spans.front().begin - kLeadBytes);
  }
  const std::string_view shown = text::truncated(std::string_view(line).substr(begin), kShownBytes);
  const bool goes_on = begin + shown.size() < line.size();
  return (begin > 0 ? "…" : "") + std::string(shown) + (goes_on ? "…" : "");
}

}  // namespace minato::web
