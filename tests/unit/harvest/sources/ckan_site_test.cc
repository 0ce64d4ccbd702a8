#include "harvest/sources/ckan_site.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

using Texts = std::vector<std::string>;

TEST(CkanSite, IsFoundFromAnyAddressOfThePortal) {
  for (const std::string_view end :
       {"", "/", "/api", "/api/3", "/api/3/action/package_list", "/dataset", "/dataset/",
        "/dataset/toilet", "/organization", "/organization/about", "?q=a"}) {
    const auto site = read_ckan_site("https://data.example.jp" + std::string(end));
    ASSERT_TRUE(site) << end;
    EXPECT_EQ(site->base, "https://data.example.jp") << end;
    EXPECT_TRUE(site->organizations.empty()) << end;
  }
  EXPECT_EQ(read_ckan_site("http://e.jp:5000/ckan/data/api/3/")->base,
            "http://e.jp:5000/ckan/data");
}

TEST(CkanSite, NamesTheOrganizationOfItsPage) {
  const auto page = read_ckan_site("https://data.bodik.jp/organization/142018?sort=x");
  EXPECT_EQ(page->base, "https://data.bodik.jp");
  EXPECT_EQ(page->organizations, (Texts{"142018"}));
  const auto search = read_ckan_site("https://e.jp/dataset/?organization=a%20b&groups=g");
  EXPECT_EQ(search->organizations, (Texts{"a b"}));
  EXPECT_EQ(search->groups, (Texts{"g"}));
  EXPECT_EQ(read_ckan_site("https://e.jp/group/kosodate")->groups, (Texts{"kosodate"}));
}

TEST(CkanSelection, WritesClausesThatStandAlone) {
  formats::SourceOptions options;
  const CkanSite site{"https://e.jp", {"a"}, {}};
  EXPECT_EQ(CkanSelection(site, options).query(), "+organization:(a)");
  options.organizations = {"a", "12345678-1234-4234-8234-123456789abc"};
  options.groups = {"x:y"};
  options.exclude_organizations = {"OR"};
  EXPECT_EQ(CkanSelection(site, options).query(),
            "+(organization:(a) OR owner_org:(12345678-1234-4234-8234-123456789abc)) "
            "+groups:(\"x:y\") -organization:(\"OR\")");
  EXPECT_EQ(CkanSelection({"https://e.jp", {}, {}}, {}).query(), "");
}

}  // namespace
}  // namespace minato::harvest
