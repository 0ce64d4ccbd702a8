#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/program_fixture.h"
#include "web/catalogue/sitemap.h"
#include "xml.h"

namespace minato::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Crawlers : public ProgramTest {
 protected:
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
  static std::set<std::string> locations(const XmlElement& list, const char* item) {
    std::set<std::string> found;
    for (const XmlElement* entry : list.all(item)) {
      EXPECT_TRUE(found.insert(entry->only("loc")->text).second) << entry->only("loc")->text;
    }
    return found;
  }
};

TEST_F(Crawlers, RobotsNamesTheSitemapAndKeepsTheStaffCornerOut) {
  const auto reply = get("/robots.txt");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.headers.find("Content-Type")->starts_with("text/plain"));
  EXPECT_THAT(reply.body, HasSubstr("\nUser-agent: *\n"));
  EXPECT_THAT(reply.body, HasSubstr("\nAllow: /api/\n"));
  EXPECT_THAT(reply.body, HasSubstr("\nDisallow: /manage\n"));
  EXPECT_THAT(reply.body, HasSubstr("\nSitemap: https://data.example.jp/sitemap.xml\n"));
}

TEST_F(Crawlers, TheSitemapListsPublicPagesInBothLanguages) {
  const auto reply = get("/sitemap.xml");
  ASSERT_EQ(reply.status, 200);
  const XmlElement list = read_xml(reply.body);
  EXPECT_EQ(list.name, "urlset");
  EXPECT_EQ(list.attributes.at("xmlns"), "http://www.sitemaps.org/schemas/sitemap/0.9");
  const auto urls = locations(list, "url");
  for (const char* path :
       {"/", "/en", "/dataset", "/about", "/dataset/population", "/en/dataset/population",
        "/dataset/shelters/resource/shelters-r2", "/en/dataset/shelters/resource/shelters-r2",
        "/organization/141003", "/group/bosai"}) {
    EXPECT_TRUE(urls.contains(std::string("https://data.example.jp") + path)) << path;
  }
  for (const std::string& url : urls) {
    for (const char* hidden : {"secret", "draft", "gone", "149999", "/manage"}) {
      EXPECT_THAT(url, Not(HasSubstr(hidden)));
    }
    EXPECT_EQ(get(url.substr(23)).status, 200) << url;
  }
}

TEST_F(Crawlers, EveryEntryOfTheSitemapNamesBothLanguages) {
  const XmlElement list = read_xml(get("/sitemap.xml").body);
  bool dated = false;
  for (const XmlElement* url : list.all("url")) {
    std::set<std::string> addresses;
    std::set<std::string> languages;
    for (const XmlElement* link : url->all("xhtml:link")) {
      EXPECT_EQ(link->attributes.at("rel"), "alternate");
      languages.insert(link->attributes.at("hreflang"));
      addresses.insert(link->attributes.at("href"));
    }
    EXPECT_EQ(languages, (std::set<std::string>{"ja", "en"}));
    EXPECT_TRUE(addresses.contains(url->only("loc")->text));
    if (url->only("loc")->text.ends_with("/en/dataset/population")) {
      ASSERT_NE(url->only("lastmod"), nullptr);
      EXPECT_EQ(url->only("lastmod")->text, "2024-05-01T09:30:00Z");
      dated = true;
    }
  }
  EXPECT_TRUE(dated);
}

TEST_F(Crawlers, ALargeCatalogueIsSplitAndNothingIsLost) {
  for (int i = 0; i < 40; ++i) {
    core::Dataset more = *catalog_.dataset("shelters");
    more.id = "more-" + std::to_string(i);
    more.name = more.id;
    for (core::Resource& resource : more.resources) resource.id += more.id;
    store_.put(more);
  }
  Sitemap whole(catalog_, {"/", "/dataset"}, 50'000);
  const auto all = locations(read_xml(*whole.whole()), "url");
  Sitemap split(catalog_, {"/", "/dataset"}, 60);
  const XmlElement index = read_xml(*split.whole());
  EXPECT_EQ(index.name, "sitemapindex");
  const auto files = locations(index, "sitemap");
  EXPECT_GT(files.size(), 3U);
  EXPECT_TRUE(files.contains("https://data.example.jp/sitemap-1.xml"));
  std::set<std::string> together;
  for (std::size_t number = 1; number <= files.size(); ++number) {
    const auto part = locations(read_xml(*split.file(number)), "url");
    EXPECT_LE(part.size(), 60U);
    for (const std::string& url : part) EXPECT_TRUE(together.insert(url).second) << url;
  }
  EXPECT_EQ(together, all);
  EXPECT_FALSE(split.file(0));
  EXPECT_EQ(split.file(files.size() + 1).error().code, core::ErrorCode::kNotFound);
}

TEST_F(Crawlers, TheSitemapFollowsTheCatalogue) {
  Sitemap sitemap(catalog_, {}, 50'000);
  EXPECT_THAT(*sitemap.whole(), Not(HasSubstr("/dataset/new-one<")));
  core::Dataset more = *catalog_.dataset("shelters");
  more.id = more.name = "new-one";
  more.resources.clear();
  store_.put(more);
  EXPECT_THAT(*sitemap.whole(), HasSubstr("/dataset/new-one<"));
}

TEST_F(Crawlers, PartsThatAreNotThereAreNotFound) {
  EXPECT_EQ(get("/sitemap-1.xml").status, 200);
  for (const char* target : {"/sitemap-2.xml", "/sitemap-0.xml", "/sitemap-x.xml",
                             "/sitemap-01.xml", "/sitemap-99999999999999999999.xml"}) {
    EXPECT_EQ(get(target).status, 404) << target;
  }
}

}  // namespace
}  // namespace minato::web
