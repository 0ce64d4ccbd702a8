#include "harvest/fetch/robots.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "core/url.h"

namespace minato::harvest {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\v\f";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// "minato/1.0 (+https://...)" names the product "minato" (RFC 9309 s2.2.1).
std::string_view product_of(std::string_view agent) {
  if (agent.starts_with('*')) return "*";
  const auto end = std::find_if_not(agent.begin(), agent.end(), [](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' || c == '-';
  });
  return agent.substr(0, static_cast<std::size_t>(end - agent.begin()));
}

std::optional<std::int64_t> seconds_as_ms(std::string_view text) {
  const std::string terminated(text);
  char* end = nullptr;
  const double seconds = std::strtod(terminated.c_str(), &end);
  if (end == terminated.c_str() || !std::isfinite(seconds) || seconds < 0) return std::nullopt;
  return static_cast<std::int64_t>(std::min(seconds * 1000, double{kMaxCrawlDelayMs}));
}

// "*" stands for any characters, "$" at the end for the end (s2.2.3). Taking the first place for
// each piece between stars is enough, and linear.
bool matches(std::string_view pattern, std::string_view target) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t star = pattern.find('*');
  if (!target.starts_with(pattern.substr(0, star))) return false;
  if (star == std::string_view::npos) return !anchored || target.size() == pattern.size();
  target.remove_prefix(star);
  for (;;) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    if (star == std::string_view::npos) {
      return anchored ? target.ends_with(piece) : target.find(piece) != std::string_view::npos;
    }
    const std::size_t place = target.find(piece);
    if (place == std::string_view::npos) return false;
    target.remove_prefix(place + piece.size());
  }
}

struct Line {
  std::string_view key;
  std::string_view value;
};

// Takes the next line off the text.
Line next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  line = line.substr(0, line.find('#'));
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  return {trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))};
}

}  // namespace

RobotsRules RobotsRules::parse(std::string_view text, std::string_view product) {
  RobotsRules own;
  RobotsRules others;
  bool is_own_named = false;
  bool in_own = false;
  bool in_others = false;
  bool names_agents = false;  // the last line of note was a User-agent: the next joins its group
  text = text.substr(0, kMaxRobotsBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto add = [&](auto&& change) {
    names_agents = false;
    if (in_own) change(own);
    if (in_others) change(others);
  };
  while (!text.empty()) {
    const auto [key, value] = next_line(text);
    const bool allows = equal_ignoring_case(key, "allow");
    if (equal_ignoring_case(key, "user-agent")) {
      if (!names_agents) in_own = in_others = false;
      names_agents = true;
      in_own = in_own || equal_ignoring_case(product_of(value), product);
      in_others = in_others || product_of(value) == "*";
      is_own_named = is_own_named || in_own;
    } else if (allows || equal_ignoring_case(key, "disallow")) {
      add([&, rule = value](RobotsRules& rules) {
        // "Disallow:" without a path forbids nothing.
        if (!rule.empty()) rules.rules_.push_back({core::normalize_escapes(rule), allows});
      });
    } else if (equal_ignoring_case(key, "crawl-delay")) {
      add([delay = seconds_as_ms(value)](RobotsRules& rules) {
        if (delay) rules.crawl_delay_ms_ = *delay;
      });
    }
  }
  return is_own_named ? own : others;
}

const RobotsRules::Rule* RobotsRules::deciding(std::string_view raw_target) const {
  const std::string target = core::normalize_escapes(raw_target);
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    if (best != nullptr) {
      const bool is_longer = rule.pattern.size() > best->pattern.size();
      const bool wins_tie = rule.pattern.size() == best->pattern.size() && rule.allows;
      if (!is_longer && !wins_tie) continue;
    }
    if (matches(rule.pattern, target)) best = &rule;
  }
  return best;
}

bool RobotsRules::permits(std::string_view target) const {
  if (target == "/robots.txt") return true;  // s2.2.2
  const Rule* rule = deciding(target);
  return rule == nullptr || rule->allows;
}

std::string RobotsRules::deciding_line(std::string_view target) const {
  const Rule* rule = deciding(target);
  if (rule == nullptr) return "";
  return (rule->allows ? "Allow: " : "Disallow: ") + rule->pattern;
}

}  // namespace minato::harvest
