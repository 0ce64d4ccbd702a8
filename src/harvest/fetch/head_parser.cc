#include "harvest/fetch/head_parser.h"

#include <utility>

#include "text/lowercase.h"

namespace minato::harvest {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

bool HeadParser::add_line(std::string_view line) {
  bytes_ += line.size();
  if (bytes_ > limits_.max_header_bytes) return false;
  if (line.starts_with("HTTP/")) {
    head_ = {};
    return true;
  }
  const std::size_t colon = line.find(':');
  if (line.starts_with(' ') || line.starts_with('\t')) {
    if (!head_.fields.empty()) head_.fields.back().second.append(" ").append(trimmed(line));
  } else if (colon != std::string_view::npos) {
    head_.fields.emplace_back(text::lowercase(line.substr(0, colon)),
                              trimmed(line.substr(colon + 1)));
  }
  return head_.fields.size() <= limits_.max_header_fields;
}

ResponseHead HeadParser::take(int status) {
  head_.status = status;
  return std::exchange(head_, {});
}

}  // namespace minato::harvest
