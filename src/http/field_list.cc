#include "http/field_list.h"

#include <algorithm>
#include <optional>

namespace minato::http {
namespace {

constexpr std::size_t kMaxMembers = 50;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "0", "1", "0.5", "0.123", "1.000".
std::optional<int> parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int weight = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int scale = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    weight += (c - '0') * scale;
    scale /= 10;
  }
  return weight <= 1000 ? std::optional<int>(weight) : std::nullopt;
}

std::optional<QualityValue> parse_member(std::string_view member) {
  QualityValue parsed;
  parsed.value = lower_ascii(trim_blanks(member.substr(0, member.find(';'))));
  while (member.find(';') != std::string_view::npos) {
    member.remove_prefix(member.find(';') + 1);
    const std::string_view parameter = trim_blanks(member.substr(0, member.find(';')));
    if (parameter.size() < 2 || lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
    const std::optional<int> weight = parse_weight(parameter.substr(2));
    if (!weight) return std::nullopt;
    parsed.quality = *weight;
  }
  return parsed;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> members;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view member = trim_blanks(text.substr(0, comma));
    if (!member.empty()) members.push_back(member);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return members;
}

std::vector<QualityValue> parse_quality_list(std::string_view text) {
  std::vector<QualityValue> list;
  for (const std::string_view member : split_list(text)) {
    if (list.size() == kMaxMembers) break;
    if (std::optional<QualityValue> parsed = parse_member(member))
      list.push_back(std::move(*parsed));
  }
  return list;
}

}  // namespace minato::http
