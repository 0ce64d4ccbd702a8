#include "web/site/about_pages.h"

#include <string>
#include <utility>

#include "http/url.h"
#include "web/frame/ago.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

// When the statement was last checked against the site.
constexpr const char* kStatementDay = "2026-11-21";

}  // namespace

void put_site_contact(View& view, const Visit& visit) {
  const std::string& contact = visit.sources.options.contact;
  std::string href = web_address(contact);
  if (href.empty() && contact.find('@') != std::string::npos) href = "mailto:" + contact;
  put(view, "site_contact", contact);
  put(view, "site_contact_href", href);
}

PageMaker about_page(std::shared_ptr<GroupFactsCache> cache) {
  return [cache = std::move(cache)](const Visit& visit) -> core::Result<Page> {
    const auto directory = visit.catalog.directory();
    if (!directory) return tl::unexpected(directory.error());
    const auto newest = visit.catalog.recently_changed(0, 1);
    if (!newest) return tl::unexpected(newest.error());
    const auto facts = cache->facts(visit.catalog);
    if (!facts) return tl::unexpected(facts.error());
    const auto& organizations = (*directory)->groups(core::GroupKind::kOrganization);
    Page page;
    page.content = "about";
    page.path = "/about";
    page.title = visit.texts["about"];
    page.section = Section::kAbout;
    page.styles = {"docs.css"};
    page.description = visit.texts["about_description"];
    put(page.view, "heading", visit.catalog.options().site_title.in(visit.language));
    put(page.view, "description", visit.catalog.options().site_description.in(visit.language));
    put(page.view, "site_url", visit.catalog.options().site_url);
    put(page.view, "datasets", display_count(newest->count));
    put(page.view, "tables", display_count((*facts)->all().tables));
    put(page.view, "files", display_count((*facts)->all().files));
    put(page.view, "organizations", display_count(static_cast<std::int64_t>(organizations.size())));
    put_ago(page.view, "updated", (*facts)->all().newest, visit);
    put_site_contact(page.view, visit);
    return page;
  };
}

core::Result<Page> accessibility_page(const Visit& visit) {
  Page page;
  page.content = "accessibility";
  page.path = "/accessibility";
  page.title = visit.texts["accessibility"];
  page.section = Section::kAbout;
  page.styles = {"docs.css"};
  page.description = visit.texts["site_accessibility_description"];
  page.breadcrumbs = {{visit.texts["about"], visit.link("/about")}};
  put(page.view, "day", display_date(kStatementDay, visit.language));
  put(page.view, "day_iso", kStatementDay);
  put_site_contact(page.view, visit);
  return page;
}

}  // namespace minato::web
