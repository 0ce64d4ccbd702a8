// All feeds against RFC 4287, whatever publishers write into titles.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "hostile.h"
#include "support/program_fixture.h"
#include "xml.h"

namespace minato::web {
namespace {

const std::vector<std::string> kFeeds = {"/feeds/dataset.atom",
                                         "/feeds/dataset.atom?page=2",
                                         "/feeds/dataset.atom?page=99",
                                         "/feeds/organization/141003.atom",
                                         "/feeds/group/bosai.atom",
                                         "/feeds/tag/%E9%98%B2%E7%81%BD.atom",
                                         "/feeds/custom.atom?q=AED",
                                         "/feeds/custom.atom?q=%3Cscript%3E%26%22&page=3",
                                         "/feeds/custom.atom?fq=tags:%E9%98%B2%E7%81%BD"};

class FeedsValidity : public ProgramTest {
 protected:
  FeedsValidity() {
    core::Dataset aed = *catalog_.dataset("aed");
    aed.title = aed.notes = aed.author = kHostile;
    aed.tags.push_back({"tag-hostile", kHostile, ""});
    store_.put(aed);
    core::Dataset untitled = *catalog_.dataset("shelters");
    untitled.title.clear();
    store_.put(untitled);
    for (int i = 0; i < 25; ++i) {
      core::Dataset more = untitled;
      more.id = "more-" + std::to_string(i);
      more.name = more.id;
      more.title = "避難所 " + std::to_string(i);
      more.resources.clear();
      store_.put(more);
    }
  }

  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }

  // RFC 3339 with a zone, as RFC 4287 s3.3 wants it.
  static bool is_date(const std::string& text) {
    static const std::regex kDate(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))");
    return std::regex_match(text, kDate);
  }
  // An absolute IRI of a scheme that links may have; nothing in it needs escaping.
  static bool is_absolute(const std::string& text) {
    static const std::regex kIri(R"((https?://[^\s<>"{}|\\^`]+|tag:[^\s<>"{}|\\^`]+))");
    return std::regex_match(text, kIri);
  }
  static void check_person(const XmlElement& person) {
    ASSERT_NE(person.only("name"), nullptr);
    EXPECT_FALSE(person.only("name")->text.empty());
  }
  // s4.1.1 and s4.1.2: exactly one id, title, updated.
  static void check_required(const XmlElement& element) {
    for (const char* name : {"id", "title", "updated"}) {
      ASSERT_NE(element.only(name), nullptr) << name << " of " << element.name;
    }
    EXPECT_TRUE(is_absolute(element.only("id")->text)) << element.only("id")->text;
    EXPECT_TRUE(is_date(element.only("updated")->text));
    for (const XmlElement* author : element.all("author")) check_person(*author);
    for (const XmlElement* category : element.all("category")) {
      EXPECT_TRUE(category->attributes.contains("term"));
    }
  }
  // s4.2.7: links are absolute here; no two alternates of one type and language.
  static void check_links(const XmlElement& element) {
    std::set<std::string> alternates;
    for (const XmlElement* link : element.all("link")) {
      ASSERT_TRUE(link->attributes.contains("href"));
      EXPECT_TRUE(is_absolute(link->attributes.at("href"))) << link->attributes.at("href");
      if (link->attributes.at("rel") != "alternate") continue;
      EXPECT_TRUE(alternates.insert(link->attributes.at("type")).second);
    }
    EXPECT_FALSE(alternates.empty()) << element.name;
  }
  static void check_entry(const XmlElement& entry) {
    check_required(entry);
    check_links(entry);
    EXPECT_LE(entry.all("content").size(), 1U);
    if (const XmlElement* published = entry.only("published")) {
      EXPECT_TRUE(is_date(published->text));
    }
  }
};

TEST_F(FeedsValidity, EveryFeedKeepsTheRulesOfAtom) {
  for (const std::string& target : kFeeds) {
    SCOPED_TRACE(target);
    const auto reply = get(target);
    ASSERT_EQ(reply.status, 200);
    EXPECT_TRUE(reply.headers.find("Content-Type")->starts_with("application/atom+xml"));
    XmlElement feed;
    ASSERT_NO_THROW(feed = read_xml(reply.body)) << reply.body;
    EXPECT_EQ(feed.name, "feed");
    EXPECT_EQ(feed.attributes.at("xmlns"), "http://www.w3.org/2005/Atom");
    check_required(feed);
    check_links(feed);
    EXPECT_FALSE(feed.only("title")->text.empty());
    // s4.1.1: an author of the feed, for entries that have none.
    EXPECT_EQ(feed.all("author").size(), 1U);
    std::set<std::string> ids = {feed.only("id")->text};
    for (const XmlElement* entry : feed.all("entry")) {
      check_entry(*entry);
      EXPECT_TRUE(ids.insert(entry->only("id")->text).second) << "id twice";
    }
  }
}

TEST_F(FeedsValidity, AFeedNamesItsOwnAddressAndTheNextPage) {
  const XmlElement feed = read_xml(get("/feeds/dataset.atom").body);
  std::map<std::string, std::string> links;
  for (const XmlElement* link : feed.all("link")) {
    links[link->attributes.at("rel")] = link->attributes.at("href");
  }
  EXPECT_EQ(links["self"], "https://data.example.jp/feeds/dataset.atom");
  EXPECT_EQ(links["next"], "https://data.example.jp/feeds/dataset.atom?page=2");
  EXPECT_EQ(feed.all("entry").size(), 20U);
  const XmlElement second = read_xml(get("/feeds/dataset.atom?page=2").body);
  EXPECT_EQ(second.only("id")->text, feed.only("id")->text);
  EXPECT_EQ(second.all("entry").size(), 8U);
}

TEST_F(FeedsValidity, FeedsOfCkansSearchPageKnowItsFilters) {
  const XmlElement feed = read_xml(
      get("/feeds/custom.atom?organization=141003&tags=%E9%98%B2%E7%81%BD&sort=title_string+asc&"
          "_tags_limit=0&res_format=")
          .body);
  EXPECT_FALSE(feed.all("entry").empty());
  for (const XmlElement* entry : feed.all("entry")) {
    EXPECT_EQ(entry->only("id")->text.find("population"), std::string::npos);
  }
  EXPECT_TRUE(read_xml(get("/feeds/custom.atom?organization=nobody").body).all("entry").empty());
  EXPECT_EQ(get("/feeds/custom.atom?nonsense=1").status, 400);
}

TEST_F(FeedsValidity, HostileTitlesStayText) {
  const XmlElement feed = read_xml(get("/feeds/custom.atom?fq=name:aed").body);
  ASSERT_EQ(feed.all("entry").size(), 1U);
  const XmlElement& entry = *feed.all("entry").front();
  const std::string& title = entry.only("title")->text;
  EXPECT_NE(title.find("<script>alert(1)</script>"), std::string::npos);
  EXPECT_EQ(title.find('\x01'), std::string::npos);
  EXPECT_TRUE(entry.only("title")->children.empty());
}

TEST_F(FeedsValidity, AnEntryWithoutTitleHasItsName) {
  const XmlElement feed = read_xml(get("/feeds/custom.atom?fq=name:shelters").body);
  ASSERT_EQ(feed.all("entry").size(), 1U);
  EXPECT_EQ(feed.all("entry").front()->only("title")->text, "shelters");
}

}  // namespace
}  // namespace minato::web
