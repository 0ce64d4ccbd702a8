#include "harvest/sources/page/html_document.h"

#include <gumbo.h>

#include <algorithm>

#include "harvest/sources/page/html_memory.h"
#include "harvest/sources/page/html_scan.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxNodes = 400'000;
constexpr std::size_t kMaxDepth = 4'000;

// No destructors between the two returns of setjmp(): nothing here but C values.
GumboOutput* parse_with(HtmlMemory& memory, const char* html, std::size_t size) {
  if (setjmp(memory.escape) != 0) return nullptr;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &HtmlMemory::allocate;
  options.deallocator = &HtmlMemory::release;
  options.userdata = &memory;
  options.max_errors = 0;
  return gumbo_parse_with_options(&options, html, size);
}

std::string tag_of(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece name = element.original_tag;
  gumbo_tag_from_original_text(&name);
  std::string out(name.data == nullptr ? "" : name.data, std::min<std::size_t>(name.length, 40));
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out.empty() ? "unknown" : out;
}

bool is_left_out(const GumboNode& node) {
  switch (node.type) {
    case GUMBO_NODE_ELEMENT:
      break;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
      return false;
    default:
      return true;
  }
  switch (node.v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
      return true;
    default:
      return false;
  }
}

HtmlNode node_of(const GumboNode& node, NodeId parent) {
  HtmlNode out;
  out.parent = parent;
  if (node.type != GUMBO_NODE_ELEMENT) {
    out.text = node.v.text.text;
    return out;
  }
  const GumboElement& element = node.v.element;
  out.tag = tag_of(element);
  for (unsigned int i = 0; i < element.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
    out.attributes.emplace_back(attribute->name, attribute->value);
  }
  return out;
}

// An element whose children are being taken over.
struct Open {
  const GumboNode* node;
  NodeId id;
  unsigned int next_child;
};

}  // namespace

bool HtmlNode::has_attribute(std::string_view name) const {
  return std::any_of(attributes.begin(), attributes.end(),
                     [name](const auto& attribute) { return attribute.first == name; });
}

std::string_view HtmlNode::attribute(std::string_view name) const {
  for (const auto& [key, value] : attributes) {
    if (key == name) return value;
  }
  return {};
}

core::Result<HtmlDocument> HtmlDocument::parse(std::string_view utf8) {
  if (utf8.size() > kMaxBytes) return too_complex("5 MB を超えています", "more than 5 MB");
  if (auto checked = check_html_cost(utf8); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  HtmlMemory memory;
  const GumboOutput* output = parse_with(memory, utf8.data(), utf8.size());
  if (output == nullptr || output->root == nullptr) {
    return too_complex("メモリまたは時間が足りません", "it takes too much memory or time");
  }
  HtmlDocument document;
  std::vector<Open> open;
  document.nodes_.push_back(node_of(*output->root, kNoNode));
  open.push_back({output->root, 0, 0});
  while (!open.empty()) {
    Open& top = open.back();
    const GumboVector& children = top.node->v.element.children;
    if (top.next_child == children.length) {
      document.nodes_[top.id].end = document.size();
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[top.next_child++]);
    if (is_left_out(*child)) continue;
    const NodeId id = document.size();
    if (id >= kMaxNodes) return too_complex("要素が多すぎます", "too many elements");
    document.nodes_.push_back(node_of(*child, top.id));
    document.nodes_.back().end = id + 1;
    if (child->type != GUMBO_NODE_ELEMENT) continue;
    if (open.size() >= kMaxDepth) return too_complex("入れ子が深すぎます", "nested too deeply");
    open.push_back({child, id, 0});
  }
  return document;
}

NodeId HtmlDocument::ancestor(NodeId id, std::string_view tag) const {
  for (NodeId at = nodes_[id].parent; at != kNoNode; at = nodes_[at].parent) {
    if (nodes_[at].tag == tag) return at;
  }
  return kNoNode;
}

NodeId HtmlDocument::find(std::string_view tag, NodeId within) const {
  for (NodeId id = within; id < nodes_[within].end; ++id) {
    if (nodes_[id].tag == tag) return id;
  }
  return kNoNode;
}

}  // namespace minato::harvest
