#include "web/site/site_pages.h"

#include <memory>

#include "web/site/about_pages.h"
#include "web/site/docs_pages.h"
#include "web/site/group_facts.h"
#include "web/site/group_page.h"
#include "web/site/harvest_pages.h"
#include "web/site/organizations_page.h"
#include "web/site/sample_table.h"

namespace minato::web {

std::vector<PageRow> site_pages(const std::shared_ptr<GroupFactsCache>& facts) {
  using core::GroupKind;
  const auto samples = std::make_shared<SampleTableCache>(facts);
  const auto reference = make_api_reference();
  return {
      {"/organization", "showOrganizations", organizations_page(facts)},
      {"/organization/{id}", "showOrganization", group_page(GroupKind::kOrganization, facts)},
      {"/group", "showGroups", groups_page(facts)},
      {"/group/{id}", "showGroup", group_page(GroupKind::kGroup, facts)},
      {"/harvest", "showHarvest", harvest_page},
      {"/harvest/{source}", "showHarvestSource", harvest_source_page},
      {"/about", "showAbout", about_page(facts)},
      {"/accessibility", "showAccessibility", accessibility_page},
      {"/docs", "showDocs", docs_page(samples)},
      {"/docs/api", "showApiDocs", api_overview_page(reference)},
      {"/docs/api/{tag}", "showApiSection", api_tag_page(reference, samples)},
      {"/docs/errors", "showErrors", errors_page},
  };
}

}  // namespace minato::web
