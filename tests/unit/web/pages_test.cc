#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "core/vocabularies.h"
#include "markup.h"
#include "support/program_fixture.h"

namespace minato::web {
namespace {

const std::vector<std::string> kPages = {"/",
                                         "/dataset",
                                         "/dataset?q=AED&format=XLSX&page=2&sort=-modified",
                                         "/dataset?municipality=141003&modified_since=2020-01-01",
                                         "/dataset?q=zzz",
                                         "/dataset/population",
                                         "/dataset/aed-id",
                                         "/dataset/shelters",
                                         "/dataset/population/resource/population-r1",
                                         "/dataset/population/resource/population-r1?view=columns",
                                         "/dataset/population/resource/population-r1?view=chart",
                                         "/dataset/population/resource/population-r1?view=download",
                                         "/dataset/population/resource/population-r1?view=api",
                                         "/dataset/population/resource/population-r1?view=reading",
                                         "/tag",
                                         "/theme",
                                         "/harvest",
                                         "/docs",
                                         "/docs/api",
                                         "/accessibility",
                                         "/organization",
                                         "/organization/141003",
                                         "/organization/141003?page=7",
                                         "/group",
                                         "/group/bosai",
                                         "/tag",
                                         "/tag?q=%E9%98%B2",
                                         "/theme",
                                         "/about",
                                         "/docs/errors"};

class Pages : public ProgramTest {
 protected:
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
  static std::string english(const std::string& page) { return page == "/" ? "/en" : "/en" + page; }
  void change(const std::string& name, const std::function<void(core::Dataset&)>& edit) {
    core::Dataset dataset = *catalog_.dataset(name);
    edit(dataset);
    store_.put(dataset);
  }
};

TEST_F(Pages, TellWhereAHarvestedDatasetComesFrom) {
  change("population", [](core::Dataset& dataset) {
    dataset.extras.push_back({"harvest_source_id", "source-1"});
    dataset.extras.push_back({"harvest_source_title", "平塚市<b>"});
    dataset.extras.push_back({"harvest_url", "https://www.example.jp/opendata"});
    dataset.extras.push_back({"harvest_fetched", "2026-04-01T20:00:00.000000"});
    dataset.extras.push_back({"harvest_modified", "令和8年"});
  });
  ASSERT_TRUE(store_.write([](storage::CatalogWriter& writer) {
    return writer.put_source_confirmation(
        {"source-1", "平塚市", "https://www.example.jp/", *core::parse_iso8601("2026-04-03")});
  }));
  const std::string page = get("/dataset/population").body;
  EXPECT_NE(page.find("<h2 id=\"provenance\">"), std::string::npos);
  EXPECT_NE(page.find("<a href=\"https://www.example.jp/opendata\""), std::string::npos);
  EXPECT_NE(page.find("平塚市&lt;b&gt;"), std::string::npos);
  EXPECT_NE(page.find("2026年4月2日"), std::string::npos);  // the day in Japan
  EXPECT_NE(page.find("2026年4月3日"), std::string::npos);
  EXPECT_NE(page.find("令和8年"), std::string::npos);
  EXPECT_EQ(page.find("harvest_"), std::string::npos);
  EXPECT_EQ(get("/dataset/shelters").body.find("id=\"provenance\""), std::string::npos);
}

TEST_F(Pages, AreWellFormedInBothLanguages) {
  for (const std::string& page : kPages) {
    for (const std::string& target : {page, english(page)}) {
      const auto reply = get(target);
      EXPECT_EQ(reply.status, 200) << target;
      const Markup markup = read_markup(reply.body);
      EXPECT_TRUE(markup.faults.empty())
          << target << ": " << ::testing::PrintToString(markup.faults);
    }
  }
}

TEST_F(Pages, HaveLandmarksOneHeadingAndTheLanguageOfTheirAddress) {
  for (const std::string& page : kPages) {
    for (const std::string& target : {page, english(page)}) {
      const Markup markup = read_markup(get(target).body);
      for (const char* name : {"main", "header", "footer", "h1", "head", "body"}) {
        EXPECT_EQ(markup.count(name), 1U) << target << " " << name;
      }
      EXPECT_GE(markup.count("title"), 1U) << target;  // drawings have titles too
      ASSERT_FALSE(markup.elements.empty());
      EXPECT_EQ(markup.elements[0].attributes.at("lang"), target == page ? "ja" : "en") << target;
      EXPECT_EQ(markup.count("table"), markup.count("caption")) << target;
      for (const Element& element : markup.elements) {
        const bool inline_script = element.name == "script" && !element.attributes.contains("src");
        EXPECT_TRUE(!inline_script || element.attributes.at("type") == "application/ld+json");
      }
      EXPECT_TRUE(markup.values("style").empty()) << target;
    }
  }
}

TEST_F(Pages, HaveUniqueIdsAndPointOnlyToIdsThatExist) {
  for (const std::string& page : kPages) {
    const Markup markup = read_markup(get(page).body);
    const auto ids = markup.values("id");
    const std::set<std::string> unique(ids.begin(), ids.end());
    EXPECT_EQ(unique.size(), ids.size()) << page;
    for (const char* attribute : {"aria-labelledby", "for"}) {
      for (const std::string& ids_of_one : markup.values(attribute)) {
        std::istringstream words(ids_of_one);
        for (std::string id; words >> id;) EXPECT_TRUE(unique.contains(id)) << page << ' ' << id;
      }
    }
  }
}

TEST_F(Pages, LinksWithinTheSiteLeadToARow) {
  for (const std::string& page : kPages) {
    for (const std::string& target : {page, english(page)}) {
      for (std::string href : read_markup(get(target).body).values("href")) {
        if (!href.starts_with("/") || href.starts_with("/api") || href.starts_with("/feeds") ||
            href.ends_with("/download") || href.ends_with("/opendata_list.csv")) {
          continue;
        }
        href = std::regex_replace(href, std::regex("&amp;"), "&");
        href = href.substr(0, href.find('#'));
        const int status = get(href).status;
        // The staff corner leads to its sign-in.
        EXPECT_TRUE(status == 200 || (status == 303 && href.ends_with("/manage")))
            << status << ' ' << href << " on " << target;
      }
    }
  }
}

TEST_F(Pages, ForbidScriptsAndForeignContent) {
  const auto reply = get("/dataset/population");
  const std::string* policy = reply.headers.find("Content-Security-Policy");
  ASSERT_NE(policy, nullptr);
  EXPECT_TRUE(policy->starts_with("default-src 'none'"));
  EXPECT_EQ(policy->find("unsafe"), std::string::npos);
  EXPECT_EQ(*reply.headers.find("X-Content-Type-Options"), "nosniff");
}

TEST_F(Pages, EscapeHostileTextEverywhere) {
  const std::string hostile = "\"><script>alert(1)</script>{{t.about}}{{{x}}}&lt;'";
  core::Group city = *catalog_.group(core::GroupKind::kOrganization, "141003");
  city.title = city.title_en = city.description = city.county = hostile;
  city.homepage = "javascript:alert(1)";
  store_.put(city);
  change("aed", [&](core::Dataset& d) {
    d.title = d.title_en = d.title_kana = d.notes = d.notes_en = d.version = d.author = hostile;
    d.license_id = d.frequency = d.temporal.start = hostile;
    d.url = "javascript:alert(1)";
    d.contact = {hostile, hostile, "javascript:alert(1)", hostile};
    d.tags = {{"t", hostile, ""}};
    d.themes = {hostile};
    d.spatial = {hostile};
    d.extras = {{hostile, hostile}};
    core::Resource& r = d.resources.front();
    r.name = r.description = r.format = r.license_id = hostile;
    r.url = "javascript:alert(1)";
    r.columns = {{hostile, hostile, hostile, hostile, hostile}};
  });
  for (std::string page :
       {"/", "/dataset", "/dataset?q=%22%3E%3Cscript%3E&tag=%22%3E%3Cxb%3E", "/tag", "/theme",
        "/dataset/aed", "/dataset/aed/resource/aed-r1", "/organization", "/organization/141003",
        "/organization/%3Cxb%3E", "/dataset/%22%3E%3Cxb%3E"}) {
    for (const std::string& target : {page, english(page)}) {
      const std::string body = get(target).body;
      EXPECT_EQ(body.find("<script>"), std::string::npos) << target;
      EXPECT_EQ(body.find("\"javascript:"), std::string::npos) << target;
      EXPECT_EQ(body.find("<xb>"), std::string::npos) << target;
      const Markup markup = read_markup(body);
      EXPECT_TRUE(markup.faults.empty())
          << target << ": " << ::testing::PrintToString(markup.faults);
    }
  }
  EXPECT_NE(get("/dataset/aed").body.find("{{t.about}}"), std::string::npos);
}

TEST_F(Pages, MarkTextInTheOtherLanguage) {
  const std::string body = get("/en/dataset/population").body;
  EXPECT_NE(body.find("<h1 lang=\"ja\">人口統計"), std::string::npos);
  change("population", [](core::Dataset& d) { d.title_en = "Population"; });
  EXPECT_NE(get("/en/dataset/population").body.find("<h1>Population</h1>"), std::string::npos);
}

TEST_F(Pages, SearchTakesCkansParameterNamesAndIgnoresForeignOnes) {
  const std::string body =
      get("/dataset?tags=%E9%98%B2%E7%81%BD&res_format=CSV&utm_source=mail").body;
  EXPECT_NE(body.find("/dataset/shelters"), std::string::npos);
  EXPECT_EQ(body.find("\"/dataset/aed\""), std::string::npos);
  EXPECT_EQ(body.find("utm_source"), std::string::npos);
}

TEST_F(Pages, FacetLinksAddAndRemoveTheirValue) {
  const std::string all = get("/dataset").body;
  EXPECT_NE(all.find("href=\"/dataset?format=CSV\""), std::string::npos);
  const std::string narrowed = get("/dataset?format=CSV").body;
  EXPECT_NE(
      narrowed.find("href=\"/dataset\" rel=\"nofollow\" data-swap-link aria-current=\"true\">"),
      std::string::npos);
}

TEST_F(Pages, ListsArePaged) {
  for (int i = 0; i < 45; ++i) {
    core::Dataset copy = *catalog_.dataset("aed");
    copy.id = "copy-id-" + std::to_string(i);
    copy.name = "copy-" + std::to_string(i);
    copy.resources.clear();
    store_.put(copy);
  }
  EXPECT_NE(get("/dataset").body.find("href=\"/dataset?page=2\" rel=\"next\""), std::string::npos);
  const std::string last = get("/dataset?page=3").body;
  EXPECT_NE(last.find("rel=\"prev\""), std::string::npos);
  EXPECT_EQ(last.find("rel=\"next\""), std::string::npos);
  EXPECT_NE(get("/organization/141003").body.find("/organization/141003?page=2"),
            std::string::npos);
}

TEST_F(Pages, OrganizationsOfferTheirDatasetList) {
  const std::string link = "href=\"/organization/141003/opendata_list.csv\"";
  EXPECT_NE(get("/organization/141003").body.find(link), std::string::npos);
  EXPECT_NE(get("/en/organization/141003").body.find(link), std::string::npos);
  EXPECT_EQ(get("/group/bosai").body.find("opendata_list"), std::string::npos);
}

TEST_F(Pages, ErrorsArePagesInTheLanguageOfTheAddress) {
  const auto missing = get("/dataset/none");
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(missing.headers.find("Content-Type")->starts_with("text/html"));
  EXPECT_EQ(get("/en/dataset/none").status, 404);
  EXPECT_NE(get("/en/dataset/none").body.find("lang=\"en\""), std::string::npos);
  EXPECT_EQ(get("/organization/none").status, 404);
  EXPECT_EQ(get("/group/140007").status, 404);
  EXPECT_EQ(get("/dataset/aed/resource/population-r1").status, 404);
  EXPECT_EQ(get("/dataset/secret").status, 403);
}

TEST_F(Pages, StyleSheetIsFoundAtItsHashedAddressOnly) {
  std::string style;
  for (const std::string& href : read_markup(get("/").body).values("href")) {
    if (href.ends_with("/site.css")) style = href;
  }
  const auto reply = get(style);
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.headers.find("Cache-Control")->find("immutable"), std::string::npos);
  EXPECT_EQ(get("/static/0000/site.css").status, 404);
}

TEST_F(Pages, ErrorCatalogueHasAnAnchorPerError) {
  const auto ids = read_markup(get("/docs/errors").body).values("id");
  EXPECT_NE(std::find(ids.begin(), ids.end(), "parameter-invalid"), ids.end());
}

}  // namespace
}  // namespace minato::web
