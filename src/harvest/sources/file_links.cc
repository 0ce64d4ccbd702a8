#include "harvest/sources/file_links.h"

#include <optional>
#include <utility>

#include "core/url.h"
#include "harvest/sources/file_name.h"
#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/html_document.h"
#include "harvest/sources/page/html_text.h"

namespace minato::harvest {
namespace {

using core::Result;

std::string base_of(const HtmlDocument& document, std::string_view base) {
  const NodeId element = document.find("base");
  if (element != kNoNode) {
    if (auto own = core::resolve_url(base, document.node(element).attribute("href"))) return *own;
  }
  return std::string(base);
}

std::string edition_of(const LinkedFile& file, std::string_view organization) {
  EditionRules rules;
  rules.file_name = true;
  rules.organization = organization;
  std::string edition = split_edition(file_name_of_url(file.url), rules).edition;
  if (!edition.empty()) return edition;
  rules.file_name = false;
  return split_edition(file.text, rules).edition;
}

Result<bool> fits(const LinkedFile& file, const text::Pattern& pattern) {
  for (const std::string& subject : {file.url, file_name_of_url(file.url), file.text}) {
    const auto found = pattern.found_in(subject);
    if (!found || *found) return found;
  }
  return false;
}

tl::unexpected<core::Error> no_match(std::string_view base, std::size_t links,
                                     const text::Pattern& pattern) {
  const std::string count = std::to_string(links);
  const std::string page(base);
  return core::fail(core::ErrorCode::kUpstream, "harvest-file-no-match",
                    {page + " にあるリンク " + count + " 個のどれも、設定 pattern「" +
                         pattern.expression() + "」に合いません。",
                     "None of the " + count + " links on " + page + " fits the option pattern \"" +
                         pattern.expression() + "\"."},
                    {"ページを開いてファイル名を確かめ、pattern を直してください。",
                     "Open the page, look at the names of the files, and correct the pattern."});
}

}  // namespace

Result<LinkedFile> newest_link(std::string_view html, std::string_view base,
                               const LinkChoice& choice) {
  const auto document = HtmlDocument::parse(html);
  if (!document) return tl::unexpected(document.error());
  const std::string own_base = base_of(*document, base);
  std::optional<LinkedFile> newest;
  std::size_t links = 0;
  for (NodeId id = 0; id < document->size(); ++id) {
    const HtmlNode& node = document->node(id);
    if ((node.tag != "a" && node.tag != "area") || !node.has_attribute("href")) continue;
    const auto url = core::resolve_url(own_base, node.attribute("href"));
    if (!url) continue;
    ++links;
    LinkedFile file{*url, text_of(*document, id, {.skip = nullptr, .with_alt = true}), {}};
    const auto fit = fits(file, choice.pattern);
    if (!fit) return tl::unexpected(fit.error());
    if (!*fit) continue;
    file.edition = edition_of(file, choice.organization);
    if (!newest || file.edition > newest->edition) newest = std::move(file);
  }
  if (!newest) return no_match(base, links, choice.pattern);
  return *std::move(newest);
}

}  // namespace minato::harvest
