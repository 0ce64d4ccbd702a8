#include "web/table/cell_html.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "http/error_encoder.h"

namespace minato::web {
namespace {

using http::escape_html;

constexpr std::size_t kShownCharacters = 120;
constexpr std::size_t kLinkCharacters = 60;
constexpr std::size_t kFoldedCharacters = 2'000;
constexpr std::size_t kMaxLinkBytes = 2'000;
constexpr std::size_t kMaxFoldedBytes = std::size_t{200} * 1024;

// Groups the digits in front of the point.
std::string grouped_digits(std::string text) {
  const std::size_t start = text.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(text.find_first_not_of("0123456789", start), text.size());
  while (at > start + 3) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string number_text(double number) {
  constexpr double kPlainFrom = 1e-6;
  constexpr double kPlainTo = 1e15;
  const double size = std::fabs(number);
  const bool is_plain = number == 0 || (size >= kPlainFrom && size < kPlainTo);
  std::array<char, 64> text{};
  const auto written = is_plain ? std::to_chars(text.data(), text.data() + text.size(), number,
                                                std::chars_format::fixed)
                                : std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), written.ptr};
}

bool is_link(std::string_view text) {
  if (!text.starts_with("https://") && !text.starts_with("http://")) return false;
  return text.size() <= kMaxLinkBytes && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' ||
                  c == '\x7F';
         });
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Bytes of the first `most` characters.
std::size_t bytes_of(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_continuation(text[at]) && characters++ == most) return at;
  }
  return text.size();
}

}  // namespace

std::string cell_text(const core::ValueView& value, bool grouped, const Texts& texts) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
  if (const auto* flag = std::get_if<bool>(&value)) {
    return texts[*flag ? "table_true" : "table_false"];
  }
  std::string digits;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) digits = std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&value)) digits = number_text(*number);
  return grouped ? grouped_digits(std::move(digits)) : digits;
}

ShortText first_characters(std::string_view text, std::size_t most) {
  const std::size_t end = bytes_of(text, most);
  return {std::string(text.substr(0, end)), end < text.size()};
}

void CellWriter::append(std::string& html, const Cell& cell, const std::string& row_href) {
  html += cell.heads_row ? "<th scope=\"row\"" : "<td";
  html += cell.is_number ? " class=\"number\">" : ">";
  if (std::holds_alternative<std::monostate>(cell.value)) {
    html += "<span class=\"none\" aria-hidden=\"true\">–</span><span class=\"hidden\">";
    html += escape_html(texts_["table_null"]) + "</span>";
  } else {
    append_text(html, cell_text(cell.value, cell.is_grouped, texts_), row_href);
  }
  html += cell.heads_row ? "</th>" : "</td>";
}

void CellWriter::append_text(std::string& html, std::string_view text,
                             const std::string& row_href) {
  if (is_link(text)) {
    const ShortText shown = first_characters(text, kLinkCharacters);
    html += "<a href=\"" + escape_html(text) + "\" rel=\"nofollow noopener external\">";
    html += escape_html(shown.text) + (shown.is_cut ? "…" : "") + "</a>";
  } else if (bytes_of(text, kShownCharacters) == text.size()) {
    html += escape_html(text);
  } else {
    append_long(html, text, row_href);
  }
}

void CellWriter::append_long(std::string& html, std::string_view text,
                             const std::string& row_href) {
  const std::size_t start = bytes_of(text, kShownCharacters);
  std::size_t end = start + bytes_of(text.substr(start), kFoldedCharacters);
  if (folded_ + (end - start) > kMaxFoldedBytes) end = start;
  folded_ += end - start;
  const std::string whole = "<a href=\"" + escape_html(row_href) + "\" rel=\"nofollow\">" +
                            escape_html(texts_["table_whole_cell"]) + "</a>";
  if (end == start) {
    html += escape_html(text.substr(0, start)) + "… " + whole;
    return;
  }
  html += "<details class=\"fold\"><summary>" + escape_html(text.substr(0, start)) +
          "<span class=\"more-mark\" aria-hidden=\"true\">…</span></summary>" +
          escape_html(text.substr(start, end - start));
  if (end < text.size()) html += "… " + whole;
  html += "</details>";
}

}  // namespace minato::web
