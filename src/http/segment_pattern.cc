#include "http/segment_pattern.h"

#include <algorithm>

namespace minato::http {

std::optional<SegmentPattern> SegmentPattern::parse(std::string_view text) {
  SegmentPattern pattern;
  for (;;) {
    const std::size_t open = text.find('{');
    const std::string_view literal = text.substr(0, open);
    if (literal.find('}') != std::string_view::npos) return std::nullopt;
    const bool last = open == std::string_view::npos;
    const bool touches = !pattern.literals_.empty() && literal.empty() && !last;
    if (touches) return std::nullopt;
    pattern.literals_.emplace_back(literal);
    if (last) return pattern;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos || close == open + 1) return std::nullopt;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (name.find_first_of("{.") != std::string_view::npos) return std::nullopt;
    text.remove_prefix(close + 1);
  }
}

std::size_t SegmentPattern::literal_bytes() const {
  std::size_t bytes = 0;
  for (const std::string& literal : literals_) bytes += literal.size();
  return bytes;
}

bool SegmentPattern::match(std::string_view segment, std::vector<std::string>& captures) const {
  if (is_literal()) return segment == literals_.front();
  if (!segment.starts_with(literals_.front())) return false;
  segment.remove_prefix(literals_.front().size());
  if (!segment.ends_with(literals_.back())) return false;
  segment.remove_suffix(literals_.back().size());
  std::vector<std::string_view> found;  // from the right
  for (std::size_t i = literals_.size() - 2; i > 0; --i) {
    const std::size_t at = segment.rfind(literals_[i]);
    if (at == std::string_view::npos) return false;
    found.push_back(segment.substr(at + literals_[i].size()));
    segment = segment.substr(0, at);
  }
  found.push_back(segment);
  if (std::any_of(found.begin(), found.end(), [](auto text) { return text.empty(); })) return false;
  captures.insert(captures.end(), found.rbegin(), found.rend());
  return true;
}

}  // namespace minato::http
