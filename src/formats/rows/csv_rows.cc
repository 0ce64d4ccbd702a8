#include "formats/rows/csv_rows.h"

#include <cstring>
#include <utility>

#include "text/encoding.h"

namespace minato::formats {
namespace {

// Two quotes, a ', a delimiter.
constexpr std::size_t kPerCell = 4;

}  // namespace

char* write_quoted(char* at, std::string_view text) {
  *at++ = '"';
  while (!text.empty()) {
    const void* quote = std::memchr(text.data(), '"', text.size());
    const std::size_t plain =
        quote == nullptr ? text.size()
                         : static_cast<std::size_t>(static_cast<const char*>(quote) - text.data());
    std::memcpy(at, text.data(), plain);
    at += plain;
    if (quote == nullptr) break;
    *at++ = '"';
    *at++ = '"';
    text.remove_prefix(plain + 1);
  }
  *at++ = '"';
  return at;
}

CsvRowWriter::CsvRowWriter(std::vector<std::string> names, CsvStyle style)
    : names_(std::move(names)),
      style_(style),
      plain_from_(static_cast<unsigned char>(std::max(style.delimiter, '"') + 1)) {}

void CsvRowWriter::begin(std::string& out) {
  if (style_.bom && !style_.cp932) out += "\xEF\xBB\xBF";
  std::vector<core::ValueView> header;
  for (const std::string& name : names_) header.emplace_back(std::string_view(name));
  row(header, out);
}

char* CsvRowWriter::write_text(char* at, std::string_view text) const {
  const bool guarded = style_.excel && looks_like_formula(text);
  if (!has_byte_below(text, plain_from_) && !guarded) {
    std::memcpy(at, text.data(), text.size());
    return at + text.size();
  }
  const char signs[] = {style_.delimiter, '"', '\r', '\n'};
  const bool quoted =
      text.find_first_of(std::string_view(signs, sizeof signs)) != std::string_view::npos;
  if (!guarded) {
    if (quoted) return write_quoted(at, text);
    std::memcpy(at, text.data(), text.size());
    return at + text.size();
  }
  if (!quoted) {
    *at++ = '\'';
    std::memcpy(at, text.data(), text.size());
    return at + text.size();
  }
  char* const start = at;
  at = write_quoted(at + 1, text);
  start[0] = '"';
  start[1] = '\'';
  return at;
}

char* CsvRowWriter::write_cell(char* at, const core::ValueView& value) const {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    return text->empty() ? at : write_text(at, *text);
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return write_number(at, *integer);
  if (const auto* number = std::get_if<double>(&value)) return write_number(at, *number);
  if (const auto* flag = std::get_if<bool>(&value)) {
    const std::string_view word = *flag ? "true" : "false";
    std::memcpy(at, word.data(), word.size());
    return at + word.size();
  }
  return at;
}

void CsvRowWriter::row(std::span<const core::ValueView> values, std::string& out) {
  char* const start = buffer_.room(widest(values, 2, kPerCell) + 4);
  char* at = start;
  for (const auto& value : values) {
    at = write_cell(at, value);
    *at++ = style_.delimiter;
  }
  if (values.empty()) ++at;
  // A row of one empty cell would be an empty line, which readers skip (RFC 4180 leaves it open).
  if (values.size() == 1 && at == start + 1) {
    std::memcpy(start, "\"\"", 2);
    at = start + 3;
  }
  at[-1] = '\r';
  *at++ = '\n';
  const std::string_view line(start, static_cast<std::size_t>(at - start));
  if (style_.cp932) {
    lost_ += static_cast<std::int64_t>(text::encode_cp932(line, out));
  } else {
    out += line;
  }
}

void CsvRowWriter::end(std::string&) {}

}  // namespace minato::formats
