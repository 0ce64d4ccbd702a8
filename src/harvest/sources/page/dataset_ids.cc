#include "harvest/sources/page/dataset_ids.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/sha256.h"
#include "core/url.h"

namespace minato::harvest {
namespace {

// Names that editors and scripts number through: another section before it, another name.
bool is_positional(std::string_view id) {
  static constexpr std::array<std::string_view, 50> kWords = {
      "section",  "sec",  "h",        "head",    "heading", "headline", "toc",   "anchor",
      "a",        "id",   "mid",      "midashi", "sub",     "subtitle", "ttl",   "title",
      "block",    "no",   "p",        "link",    "index",   "item",     "list",  "content",
      "contents", "cont", "row",      "tr",      "td",      "tab",      "panel", "box",
      "part",     "cap",  "chapter",  "n",       "table",   "div",      "text",  "accordion",
      "acc",      "ac",   "collapse", "s",       "page",    "main",     "area",  "ank",
      "anc",      "t"};
  std::string word;
  std::size_t run = 0;
  bool telling = false;
  for (const char c : std::string(id) + "-") {
    const char l = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    run = (l >= '0' && l <= '9') || (l >= 'a' && l <= 'f') ? run + 1 : 0;
    // Hashes and times of day: new at every visit.
    const bool hash = run >= 10 || (run >= 8 && l >= '0' && l <= '9');
    if (hash) return true;
    if ((l >= 'a' && l <= 'z') || static_cast<unsigned char>(l) >= 0x80) {
      word += l;
      continue;
    }
    if (!word.empty() && std::find(kWords.begin(), kWords.end(), word) == kWords.end()) {
      telling = true;
    }
    word.clear();
  }
  return !telling;
}

std::string anchor_of_node(const HtmlNode& node) {
  std::string_view id = node.attribute("id");
  if (id.empty() && node.tag == "a") id = node.attribute("name");
  const bool usable = !id.empty() && id.size() <= 100 &&
                      id.find_first_of(" \t\r\n\"<>#%") == std::string_view::npos;
  return usable && !is_positional(id) ? std::string(id) : std::string();
}

// Of the node, something in it, a mark just before it, or a part that begins with it.
std::string anchor_of(const HtmlDocument& document, NodeId node) {
  if (node == kNoNode) return {};
  const bool is_link = document.node(node).tag == "a";
  for (NodeId id = node; id < document.node(node).end; ++id) {
    if (std::string anchor = anchor_of_node(document.node(id)); !anchor.empty()) return anchor;
  }
  NodeId inner = node;
  for (int steps = 0; steps < 3 && document.node(inner).parent != kNoNode; ++steps) {
    const NodeId parent = document.node(inner).parent;
    const HtmlNode& outer = document.node(parent);
    if (outer.tag == "body" || outer.tag == "main" || outer.tag == "table") break;
    // Only blanks and marks before it.
    bool begins = true;
    std::string mark;
    for (NodeId id = parent + 1; id < inner && begins && !is_link; ++id) {
      const HtmlNode& before = document.node(id);
      if (before.tag == "a") mark = anchor_of_node(before);
      begins = before.tag.empty() ? before.text.find_first_not_of(" \t\r\n") == std::string::npos
                                  : before.tag == "a";
    }
    if (!begins) break;
    if (!mark.empty()) return mark;
    if (std::string anchor = anchor_of_node(outer); !anchor.empty()) return anchor;
    if (is_link && (outer.tag == "li" || outer.tag == "p" || outer.tag == "td")) break;
    inner = parent;
  }
  return {};
}

std::string hash_of(const FoundDataset& dataset, bool with_context) {
  std::string text = title_key(dataset.title);
  if (text.empty()) text = dataset.title;
  if (with_context) {
    for (const std::string& above : dataset.context) text += "\n" + title_key(above);
  }
  return "d-" + core::sha256_hex(text).substr(0, 12);
}

std::map<std::string, std::size_t> counted(const std::vector<std::string>& names) {
  std::map<std::string, std::size_t> out;
  for (const std::string& name : names) ++out[name];
  return out;
}

}  // namespace

std::vector<DatasetId> dataset_ids(const HtmlDocument& document,
                                   const std::vector<FoundDataset>& datasets,
                                   const std::string& page_url) {
  const std::string url = core::normalize_url(page_url);
  std::vector<std::string> anchors;
  std::vector<std::string> hashes;
  std::vector<std::string> deep_hashes;
  for (const FoundDataset& dataset : datasets) {
    anchors.push_back(anchor_of(document, dataset.node));
    hashes.push_back(hash_of(dataset, false));
    deep_hashes.push_back(hash_of(dataset, true));
  }
  const auto anchor_counts = counted(anchors);
  const auto hash_counts = counted(hashes);
  std::vector<DatasetId> out;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    DatasetId id{url, url};
    if (datasets[i].node != kNoNode) {
      const bool has_anchor = !anchors[i].empty() && anchor_counts.at(anchors[i]) == 1;
      if (has_anchor) id.landing_page += "#" + anchors[i];
      const bool unique = hash_counts.at(hashes[i]) == 1;
      id.remote_id += "#" + (has_anchor ? anchors[i] : unique ? hashes[i] : deep_hashes[i]);
    }
    const std::string base = id.remote_id;
    for (std::size_t n = 2; !taken.insert(id.remote_id).second; ++n) {
      id.remote_id = base + "-" + std::to_string(n);
    }
    out.push_back(std::move(id));
  }
  return out;
}

}  // namespace minato::harvest
