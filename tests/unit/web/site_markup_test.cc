// What holds for every page of this family: markup, ids, links, languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "hostile.h"
#include "markup.h"
#include "support/program_fixture.h"

namespace minato::web {
namespace {

const std::vector<std::string> kPages = {"/organization",
                                         "/organization?q=%E6%A8%AA%E6%B5%9C&sort=updated",
                                         "/organization?sort=name",
                                         "/organization?q=zzz",
                                         "/organization/141003",
                                         "/organization/140007?sort=title",
                                         "/group",
                                         "/group/bosai",
                                         "/harvest",
                                         "/harvest?state=unset",
                                         "/harvest/141003",
                                         "/harvest/143821",
                                         "/about",
                                         "/accessibility",
                                         "/docs",
                                         "/docs/api",
                                         "/docs/api/datasets",
                                         "/docs/api/tables",
                                         "/docs/api/writes",
                                         "/docs/api/ckan",
                                         "/docs/api/system",
                                         "/docs/errors"};

class SiteMarkup : public ProgramTest {
 protected:
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
  static std::vector<std::string> both(const std::string& page) { return {page, "/en" + page}; }
};

TEST_F(SiteMarkup, IsWellFormedWithOneHeadingInBothLanguages) {
  for (const std::string& page : kPages) {
    for (const std::string& target : both(page)) {
      const auto reply = get(target);
      EXPECT_EQ(reply.status, 200) << target;
      const Markup markup = read_markup(reply.body);
      EXPECT_TRUE(markup.faults.empty())
          << target << ": " << ::testing::PrintToString(markup.faults);
      EXPECT_EQ(markup.count("h1"), 1U) << target;
      EXPECT_EQ(markup.count("table"), markup.count("caption")) << target;
      EXPECT_TRUE(markup.values("style").empty()) << target;
    }
  }
}

TEST_F(SiteMarkup, IdsAreUniqueAndReferencesExist) {
  for (const std::string& page : kPages) {
    const Markup markup = read_markup(get(page).body);
    const auto ids = markup.values("id");
    const std::set<std::string> unique(ids.begin(), ids.end());
    EXPECT_EQ(unique.size(), ids.size()) << page;
    for (const char* attribute : {"aria-labelledby", "for", "data-copy"}) {
      for (const std::string& id : markup.values(attribute)) {
        EXPECT_TRUE(unique.contains(id)) << page << " " << id;
      }
    }
    for (const std::string& href : markup.values("href")) {
      if (!href.starts_with("#")) continue;
      EXPECT_TRUE(unique.contains(href.substr(1))) << page << " " << href;
    }
  }
}

TEST_F(SiteMarkup, LinksLeadSomewhere) {
  for (const std::string& page : kPages) {
    for (const std::string& target : both(page)) {
      for (std::string href : read_markup(get(target).body).values("href")) {
        if (!href.starts_with("/")) continue;
        href = std::regex_replace(href, std::regex("&amp;"), "&");
        href = href.substr(0, href.find('#'));
        EXPECT_LT(get(href).status, 400) << href << " on " << target;
      }
    }
  }
}

TEST_F(SiteMarkup, HeadingsNeverSkipALevel) {
  for (const std::string& page : kPages) {
    int level = 0;
    for (const Element& element : read_markup(get(page).body).elements) {
      if (element.name.size() != 2 || element.name[0] != 'h' || element.name[1] > '6') continue;
      const int next = element.name[1] - '0';
      if (next < 1) continue;
      EXPECT_LE(next, level + 1) << page;
      level = next;
    }
  }
}

TEST_F(SiteMarkup, EscapesHostileNames) {
  core::Group city = *catalog_.group(core::GroupKind::kOrganization, "141003");
  city.title = city.title_en = city.title_kana = city.description = city.county = kHostile;
  city.municipality_kind = kHostile;
  city.homepage = "javascript:alert(1)";
  store_.put(city);
  core::Group group = *catalog_.group(core::GroupKind::kGroup, "bosai");
  group.title = group.description = kHostile;
  store_.put(group);
  core::Dataset dataset = *catalog_.dataset("population");
  dataset.title = kHostile;
  dataset.contact = {kHostile, kHostile, "javascript:alert(1)", kHostile};
  store_.put(dataset);
  core::HarvestSource source = **harvest_.store().source("143821");
  source.title = source.notice = kHostile;
  source.url = "javascript:alert(1)";
  ASSERT_TRUE(harvest_.store().put_source(source));
  for (const char* page :
       {"/organization", "/organization?q=%22%3E%3Cb%3E&kind=%3Cb%3E", "/organization/141003",
        "/organization/140007", "/group", "/group/bosai", "/harvest", "/harvest/143821", "/docs",
        "/harvest/%3Cb%3E", "/docs/api/%22%3E%3Cb%3E", "/organization/%22%3E%3Cb%3E"}) {
    for (const std::string& target : both(page)) {
      const std::string body = get(target).body;
      EXPECT_EQ(body.find("<script>alert"), std::string::npos) << target;
      EXPECT_EQ(body.find("\"javascript:"), std::string::npos) << target;
      EXPECT_EQ(body.find("<b>x"), std::string::npos) << target;
      const Markup markup = read_markup(body);
      EXPECT_TRUE(markup.faults.empty())
          << target << ": " << ::testing::PrintToString(markup.faults);
    }
  }
}

}  // namespace
}  // namespace minato::web
