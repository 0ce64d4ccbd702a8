// Which part of a page speaks of its subject: without navigation, headers, footers and breadcrumbs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "harvest/sources/page/css_selector.h"
#include "harvest/sources/page/html_document.h"
#include "harvest/sources/page/html_text.h"

namespace minato::harvest {

struct ContentArea {
  std::vector<NodeId> roots;  // in document order, none inside another
  NodeMask skip;              // roots of what is passed over, inside or outside of the area

  [[nodiscard]] bool includes(const HtmlDocument& document, NodeId id) const;
};

struct AreaSelectors {
  std::optional<CssSelector> content;  // none: what Japanese CMS call their contents
  std::optional<CssSelector> exclude;  // besides navigation and the like
};

// Fails with kUpstream "harvest-page-changed" when the content selector matches nothing: the page
// is not what it was, so what it lists is unknown.
core::Result<ContentArea> find_content_area(const HtmlDocument& document,
                                            const AreaSelectors& selectors);

}  // namespace minato::harvest
