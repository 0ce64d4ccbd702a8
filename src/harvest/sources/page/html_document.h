// A web page as a tree that needs no recursion: nodes in document order, each knowing where its
// subtree ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"

namespace minato::harvest {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFF;

struct HtmlNode {
  NodeId parent = kNoNode;
  NodeId end = 0;    // behind the last node of its subtree
  std::string tag;   // lower case; empty: a text
  std::string text;  // of a text, entities decoded
  std::vector<std::pair<std::string, std::string>> attributes;  // names in lower case

  [[nodiscard]] bool is_element() const { return !tag.empty(); }
  [[nodiscard]] bool has_attribute(std::string_view name) const;
  [[nodiscard]] std::string_view attribute(std::string_view name) const;  // "" when it has none
};

// Immutable. Node 0 is <html>. Scripts, styles, templates, comments and graphics are left out.
class HtmlDocument {
 public:
  static constexpr std::size_t kMaxBytes = 5 * 1024 * 1024;

  // Never fails for bad HTML (the HTML5 algorithm repairs it); fails with kTooLarge
  // "harvest-page-complex" for what would take too much memory or time.
  static core::Result<HtmlDocument> parse(std::string_view utf8);

  [[nodiscard]] const HtmlNode& node(NodeId id) const { return nodes_[id]; }
  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
  [[nodiscard]] bool is_inside(NodeId inner, NodeId outer) const {
    return inner >= outer && inner < nodes_[outer].end;
  }
  // The nearest ancestor (not the node itself) with this tag; kNoNode: none.
  [[nodiscard]] NodeId ancestor(NodeId id, std::string_view tag) const;
  [[nodiscard]] NodeId find(std::string_view tag, NodeId within = 0) const;  // the first; kNoNode

 private:
  std::vector<HtmlNode> nodes_;
};

}  // namespace minato::harvest
