// Where a CKAN portal is, from the URL that people give for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "formats/remote/search_page.h"
#include "formats/remote/source_options.h"

namespace minato::harvest {

struct CkanSite {
  std::string base;                        // without a slash at its end: "https://data.example.jp"
  std::vector<std::string> organizations;  // that the URL itself names
  std::vector<std::string> groups;
};

// Takes the portal's root, a sub-path, and any page or API address below it: "/api",
// "/api/3/action",
// "/dataset", "/dataset?organization=142018", "/organization/142018", "/group/x". Fails with
// kInvalidArgument "harvest-source-url".
core::Result<CkanSite> read_ckan_site(std::string_view url);

// Which datasets of a portal are wanted: the options and what the URL names.
class CkanSelection {
 public:
  CkanSelection(const CkanSite& site, const formats::SourceOptions& options);

  // For `fq`; every clause stands on its own, whatever the portal's default operator is. Empty:
  // all.
  [[nodiscard]] std::string query() const;
  // Portals ignore `fq` at times. Also leaves out what is no public dataset (harvest sources,
  // showcases, drafts, deleted and private ones).
  [[nodiscard]] bool wants(const formats::RecordHead& head) const;
  [[nodiscard]] bool asks_organizations() const {
    return !organizations_.empty() || !excluded_.empty();
  }
  [[nodiscard]] bool asks_groups() const { return !groups_.empty(); }

 private:
  std::vector<std::string> organizations_;
  std::vector<std::string> excluded_;
  std::vector<std::string> groups_;
};

}  // namespace minato::harvest
