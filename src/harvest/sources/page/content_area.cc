#include "harvest/sources/page/content_area.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/file_formats.h"

namespace minato::harvest {
namespace {

// From the narrowest meaning to the widest: ALAYA (tmp_contents), Kawasaki's and other own CMS
// (mol_contents), i-SITE (main_body), SHIRASAGI (main, yields), Joruri (content), hand-made pages.
constexpr std::array<std::string_view, 20> kContents = {
    "main",           "[role=main]",   "#tmp_contents",  "#mol_contents", "#main_body",
    "#main-contents", "#maincontents", "#main_contents", "#mainContents", "#main-content",
    "#contents_main", "#content_main", "#page-content",  "#article",      "article",
    "#main",          "#contents",     "#content",       ".contents",     ".content"};

constexpr std::string_view kPassedOver =
    "nav, aside, [role=navigation], [role=banner], [role=contentinfo], [role=complementary], "
    "[role=search], #header, #footer, #head, #foot, #breadcrumb, #breadcrumbs, #topicpath, "
    "#pankuzu, #tmp_pankuzu, #sidebar, #side, #subnavi, .breadcrumb, .breadcrumbs, .topicpath, "
    ".topic-path";
constexpr std::string_view kPassedOverToo =
    ".pankuzu, .breadcrumb-list, #lnavi, #localnavi, #tmp_lnavi, #gnavi, #globalnavi, #tmp_gnavi, "
    "#tmp_header, #tmp_footer, #mol_header, #mol_footer, .sidebar, .side, .lnavi, .localnavi, "
    ".sns, .social, .pager, .pagination, #adobe, .plugin, .adobe";

// A <header> that heads an article belongs to it.
bool heads_article(const HtmlDocument& document, NodeId id) {
  for (NodeId at = document.node(id).parent; at != kNoNode; at = document.node(at).parent) {
    const std::string& tag = document.node(at).tag;
    if (tag == "main" || tag == "article" || tag == "section") return true;
  }
  return false;
}

void pass_over(const HtmlDocument& document, const CssSelector& selector, NodeMask& skip) {
  for (const NodeId id : selector.select(document)) skip[id] = true;
}

bool links_file(const HtmlNode& node) {
  if (node.tag != "a") return false;
  const std::string format = core::format_of_url(node.attribute("href"));
  return !format.empty() && format != "HTML";
}

// Prefix sums of file links that are not passed over: [id] = links before node id.
std::vector<std::size_t> count_file_links(const HtmlDocument& document, const NodeMask& skip) {
  std::vector<std::size_t> before(document.size() + 1, 0);
  NodeId skipped_until = 0;
  for (NodeId id = 0; id < document.size(); ++id) {
    if (skip[id]) skipped_until = std::max(skipped_until, document.node(id).end);
    const bool counts = id >= skipped_until && links_file(document.node(id));
    before[id + 1] = before[id] + (counts ? 1 : 0);
  }
  return before;
}

// The first usual name whose part holds the greater part of the files.
NodeId usual_contents(const HtmlDocument& document, const NodeMask& skip) {
  const auto before = count_file_links(document, skip);
  const std::size_t all = before[document.size()];
  for (const std::string_view name : kContents) {
    const auto selector = CssSelector::parse(name);
    for (const NodeId id : selector->select(document)) {
      if (skip[id] || (before[document.node(id).end] - before[id]) * 3 < all * 2) continue;
      return id;
    }
  }
  const NodeId body = document.find("body");
  return body == kNoNode ? 0 : body;
}

}  // namespace

bool ContentArea::includes(const HtmlDocument& document, NodeId id) const {
  if (std::none_of(roots.begin(), roots.end(),
                   [&](NodeId root) { return document.is_inside(id, root); })) {
    return false;
  }
  for (NodeId at = id; at != kNoNode; at = document.node(at).parent) {
    if (skip[at]) return false;
  }
  return true;
}

core::Result<ContentArea> find_content_area(const HtmlDocument& document,
                                            const AreaSelectors& selectors) {
  ContentArea area;
  area.skip.assign(document.size(), false);
  pass_over(document, CssSelector::parse(kPassedOver).value(), area.skip);
  pass_over(document, CssSelector::parse(kPassedOverToo).value(), area.skip);
  for (NodeId id = 0; id < document.size(); ++id) {
    const std::string& tag = document.node(id).tag;
    if ((tag == "header" || tag == "footer") && !heads_article(document, id)) area.skip[id] = true;
  }
  if (selectors.content) {
    for (const NodeId id : selectors.content->select(document)) {
      if (area.roots.empty() || !document.is_inside(id, area.roots.back()))
        area.roots.push_back(id);
      // A person named it, so it is no navigation.
      for (NodeId at = id; at != kNoNode; at = document.node(at).parent) area.skip[at] = false;
    }
    if (area.roots.empty()) {
      return core::fail(core::ErrorCode::kUpstream, "harvest-page-changed",
                        {"content_selector に当たる部分がページにありません。",
                         "No part of the page matches content_selector."},
                        {"ページの作りが変わっていないか確かめ、選択子を直してください。",
                         "See whether the page was rebuilt, and correct the selector."});
    }
  } else {
    area.roots.push_back(usual_contents(document, area.skip));
  }
  if (selectors.exclude) pass_over(document, *selectors.exclude, area.skip);
  return area;
}

}  // namespace minato::harvest
