#include "http/router.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "http/segment_pattern.h"

namespace minato::http {

struct RouteTable::Node {
  struct Mixed {
    SegmentPattern pattern;
    std::unique_ptr<Node> next;
  };
  std::unordered_map<std::string, std::unique_ptr<Node>> literals;
  std::vector<Mixed> mixed;  // most literal characters first; a plain capture comes last
  std::vector<std::pair<std::string, const Route*>> rows;  // by method, of patterns that end here
  std::vector<std::pair<std::string, const Route*>> rest_rows;  // of patterns with "{rest...}" here
};

namespace {

core::Result<void> broken(const Route& route, std::string_view why) {
  return core::fail_internal("route table: " + route.method + " " + route.pattern + ": " +
                             std::string(why));
}

std::vector<std::string> split_pattern(std::string_view pattern) {
  std::vector<std::string> segments;
  pattern.remove_prefix(1);
  for (;;) {
    const std::size_t slash = pattern.find('/');
    segments.emplace_back(pattern.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    pattern.remove_prefix(slash + 1);
  }
}

bool is_rest(std::string_view segment) {
  return segment.size() > 5 && segment.front() == '{' && segment.ends_with("...}");
}

// The capture names of a row, in order: rows that share a trie path may name their captures
// differently.
std::vector<std::string> capture_names(std::string_view pattern) {
  std::vector<std::string> names;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
       open = pattern.find('{', open + 1)) {
    std::string_view name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
    if (name.ends_with("...")) name.remove_suffix(3);
    names.emplace_back(name);
  }
  return names;
}

const Route* find_method(const std::vector<std::pair<std::string, const Route*>>& rows,
                         std::string_view method) {
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const auto& each) { return each.first == method; });
  return row == rows.end() ? nullptr : row->second;
}

}  // namespace

// Depth first, best kind of segment first. A trie node is reached by one path only, so a search
// visits each node at most once however the captures nest.
class RouteTable::Search {
 public:
  Search(std::string_view method, const std::vector<std::string>& segments)
      : method_(method == "HEAD" ? "GET" : method), segments_(segments) {}

  bool visit(const Node& node, std::size_t depth) {
    if (depth == segments_.size()) return choose(node.rows);
    const std::string& segment = segments_[depth];
    if (const auto next = node.literals.find(segment); next != node.literals.end()) {
      if (visit(*next->second, depth + 1)) return true;
    }
    for (const Node::Mixed& mixed : node.mixed) {
      const std::size_t kept = captures_.size();
      if (mixed.pattern.match(segment, captures_) && visit(*mixed.next, depth + 1)) return true;
      captures_.resize(kept);
    }
    if (node.rest_rows.empty() || segment.empty()) return false;
    captures_.push_back(tail(depth));
    if (choose(node.rest_rows)) return true;
    captures_.pop_back();
    return false;
  }

  RouteMatch result() && {
    RouteMatch match;
    match.route = found_;
    if (found_ == nullptr) {
      match.allowed.assign(allowed_.begin(), allowed_.end());
      return match;
    }
    std::vector<std::string> names = capture_names(found_->pattern);
    for (std::size_t i = 0; i < names.size(); ++i) {
      match.params.emplace_back(std::move(names[i]), std::move(captures_[i]));
    }
    return match;
  }

 private:
  bool choose(const std::vector<std::pair<std::string, const Route*>>& rows) {
    found_ = find_method(rows, method_);
    if (found_ != nullptr) return true;
    for (const auto& row : rows) allowed_.insert(row.first);
    return false;
  }

  std::string tail(std::size_t depth) const {
    std::string joined = segments_[depth];
    for (std::size_t i = depth + 1; i < segments_.size(); ++i) joined += "/" + segments_[i];
    return joined;
  }

  std::string_view method_;
  const std::vector<std::string>& segments_;
  std::vector<std::string> captures_;
  std::set<std::string> allowed_;
  const Route* found_ = nullptr;
};

RouteTable::RouteTable()
    : rows_(std::make_unique<std::vector<Route>>()), root_(std::make_unique<Node>()) {}
RouteTable::RouteTable(RouteTable&&) noexcept = default;
RouteTable& RouteTable::operator=(RouteTable&&) noexcept = default;
RouteTable::~RouteTable() = default;

core::Result<RouteTable> RouteTable::make(std::vector<Route> rows) {
  RouteTable table;
  *table.rows_ = std::move(rows);
  std::set<std::string> operations;
  for (const Route& route : *table.rows_) {
    core::Result<void> inserted = table.insert(route);
    if (inserted && !operations.insert(route.operation).second) {
      inserted = broken(route, "operation \"" + route.operation + "\" is not unique");
    }
    if (!inserted) return tl::unexpected(std::move(inserted.error()));
  }
  return table;
}

core::Result<void> RouteTable::insert(const Route& route) {
  if (!route.handler) return broken(route, "no handler");
  if (route.method.empty() || route.operation.empty())
    return broken(route, "no method or operation");
  if (!route.pattern.starts_with('/')) return broken(route, "does not begin with a slash");
  Node* node = root_.get();
  const std::vector<std::string> segments = split_pattern(route.pattern);
  const std::vector<std::string> names = capture_names(route.pattern);
  if (std::set<std::string>(names.begin(), names.end()).size() != names.size()) {
    return broken(route, "two captures of one name");
  }
  auto* rows = &node->rows;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (is_rest(segments[i])) {
      if (i + 1 != segments.size()) return broken(route, "\"...\" is not at the end");
      rows = &node->rest_rows;
      break;
    }
    const auto pattern = SegmentPattern::parse(segments[i]);
    if (!pattern) return broken(route, "malformed segment " + segments[i]);
    if (pattern->is_literal()) {
      auto& next = node->literals[segments[i]];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    } else {
      auto& list = node->mixed;
      auto place = std::find_if(list.begin(), list.end(), [&](const auto& each) {
        return each.pattern.same_shape(*pattern);
      });
      if (place == list.end()) {
        place = std::find_if(list.begin(), list.end(), [&](const auto& each) {
          return each.pattern.literal_bytes() < pattern->literal_bytes();
        });
        place = list.insert(place, Node::Mixed{*pattern, std::make_unique<Node>()});
      }
      node = place->next.get();
    }
    rows = &node->rows;
  }
  if (find_method(*rows, route.method) != nullptr) return broken(route, "declared twice");
  rows->emplace_back(route.method, &route);
  return {};
}

RouteMatch RouteTable::match(std::string_view method,
                             const std::vector<std::string>& segments) const {
  Search search(method, segments);
  search.visit(*root_, 0);
  return std::move(search).result();
}

std::string allow_header(const std::vector<std::string>& methods) {
  std::set<std::string> all(methods.begin(), methods.end());
  if (all.contains("GET")) all.insert("HEAD");
  all.insert("OPTIONS");
  std::string out;
  for (const std::string& method : all) out += (out.empty() ? "" : ", ") + method;
  return out;
}

}  // namespace minato::http
