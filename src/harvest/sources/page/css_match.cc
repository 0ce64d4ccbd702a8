// CssSelector::select(): forward, part by part, so that no chain is ever tried again from another
// ancestor.
#include <algorithm>
#include <cstddef>

#include "harvest/sources/page/css_selector.h"

namespace minato::harvest {
namespace {

using Condition = CssSelector::Condition;

bool has_word(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  constexpr std::string_view kBlanks = " \t\r\n\f";
  for (std::size_t at = list.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(list.find_first_of(kBlanks, at), list.size());
    if (list.substr(at, end - at) == word) return true;
    at = list.find_first_not_of(kBlanks, end);
  }
  return false;
}

bool compares(const Condition& condition, std::string_view value) {
  const std::string_view wanted = condition.value;
  switch (condition.operation) {
    case '=':
      return value == wanted;
    case '~':
      return has_word(value, wanted);
    case '^':
      return !wanted.empty() && value.starts_with(wanted);
    case '$':
      return !wanted.empty() && value.ends_with(wanted);
    case '*':
      return !wanted.empty() && value.find(wanted) != std::string_view::npos;
    case '|':
      return value == wanted ||
             (value.starts_with(wanted) && value.substr(wanted.size())[0] == '-');
    default:
      return true;
  }
}

// What the matching needs to know of brothers and sisters.
struct Siblings {
  explicit Siblings(const HtmlDocument& document)
      : previous(document.size(), kNoNode), is_last(document.size(), true) {
    std::vector<NodeId> last_child(document.size(), kNoNode);
    for (NodeId id = 1; id < document.size(); ++id) {
      const HtmlNode& node = document.node(id);
      if (!node.is_element()) continue;
      previous[id] = last_child[node.parent];
      if (previous[id] != kNoNode) is_last[previous[id]] = false;
      last_child[node.parent] = id;
    }
  }
  std::vector<NodeId> previous;  // element before it, of the same parent
  std::vector<bool> is_last;
};

class Matcher {
 public:
  explicit Matcher(const HtmlDocument& document) : document_(document), siblings_(document) {}

  [[nodiscard]] bool fits(NodeId id, const CssSelector::Part& part) const {
    return std::all_of(part.conditions.begin(), part.conditions.end(),
                       [&](const Condition& c) { return holds(id, c) != c.negated; });
  }

  [[nodiscard]] std::vector<bool> matches(const CssSelector::Chain& chain) const {
    std::vector<bool> reached(document_.size(), false);
    for (std::size_t i = 0; i < chain.size(); ++i) reached = step(reached, chain[i], i == 0);
    return reached;
  }

 private:
  [[nodiscard]] std::vector<bool> step(const std::vector<bool>& before,
                                       const CssSelector::Part& part, bool first) const {
    std::vector<bool> reached(document_.size(), false);
    std::vector<bool> related(document_.size(), false);  // " " and "~": any ancestor, any elder
    for (NodeId id = 0; id < document_.size(); ++id) {
      const HtmlNode& node = document_.node(id);
      if (!node.is_element()) continue;
      const NodeId nearest =
          part.combinator == '+' || part.combinator == '~' ? siblings_.previous[id] : node.parent;
      if (nearest != kNoNode) {
        const bool passes_on = part.combinator == ' ' || part.combinator == '~';
        related[id] = before[nearest] || (passes_on && related[nearest]);
      }
      reached[id] = (first || related[id]) && fits(id, part);
    }
    return reached;
  }

  [[nodiscard]] bool holds(NodeId id, const Condition& condition) const {
    const HtmlNode& node = document_.node(id);
    switch (condition.kind) {
      case Condition::Kind::kTag:
        return node.tag == condition.name;
      case Condition::Kind::kClass:
        return has_word(node.attribute("class"), condition.name);
      case Condition::Kind::kId:
        return node.attribute("id") == condition.name;
      case Condition::Kind::kAttribute:
        return node.has_attribute(condition.name) &&
               compares(condition, node.attribute(condition.name));
      case Condition::Kind::kFirstChild:
        return siblings_.previous[id] == kNoNode;
      case Condition::Kind::kLastChild:
        return siblings_.is_last[id];
    }
    return false;
  }

  const HtmlDocument& document_;
  Siblings siblings_;
};

}  // namespace

std::vector<NodeId> CssSelector::select(const HtmlDocument& document) const {
  const Matcher matcher(document);
  std::vector<std::vector<bool>> joined;  // of chains with several parts
  for (const Chain& chain : chains_) {
    if (chain.size() > 1) joined.push_back(matcher.matches(chain));
  }
  std::vector<NodeId> out;
  for (NodeId id = 0; id < document.size(); ++id) {
    if (!document.node(id).is_element()) continue;
    const bool found =
        std::any_of(joined.begin(), joined.end(),
                    [id](const std::vector<bool>& reached) { return reached[id]; }) ||
        std::any_of(chains_.begin(), chains_.end(), [&](const Chain& chain) {
          return chain.size() == 1 && matcher.fits(id, chain[0]);
        });
    if (found) out.push_back(id);
  }
  return out;
}

}  // namespace minato::harvest
