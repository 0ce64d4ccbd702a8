#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "http/router.h"
#include "http/url.h"
#include "support/program_fixture.h"
#include "web/frame/ago.h"
#include "web/site/group_facts.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::Not;

class Organizations : public ProgramTest {
 protected:
  std::string body(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""}).body;
  }
};

TEST_F(Organizations, ListTellsCountsFreshnessAndHarvest) {
  const std::string page = body("/organization");
  EXPECT_THAT(page, HasSubstr("2 団体のうち 2 団体が、3 件のデータセットと 1 件の表"));
  EXPECT_THAT(page, HasSubstr("45日前"));  // population: 1 May, and it is 15 June
  EXPECT_THAT(page, HasSubstr("href=\"/harvest/141003\""));
  EXPECT_THAT(body("/en/organization"), HasSubstr("href=\"/en/harvest/141003\""));
}

TEST_F(Organizations, ListIsNarrowedByWordsAndKeepsItsStateInLinks) {
  const std::string page = body("/organization?q=%E6%A8%AA%E6%B5%9C&sort=datasets");
  EXPECT_THAT(page, HasSubstr("href=\"/organization/141003\""));
  EXPECT_THAT(page, Not(HasSubstr("href=\"/organization/140007\"")));
  EXPECT_THAT(page, HasSubstr("q=%E6%A8%AA%E6%B5%9C&amp;sort=updated"));
  EXPECT_THAT(page, HasSubstr("<meta name=\"robots\" content=\"noindex\">"));
}

TEST_F(Organizations, ListSortsByDatasets) {
  const std::string page = body("/organization?sort=datasets");
  EXPECT_LT(page.find("\"/organization/141003\""), page.find("\"/organization/140007\""));
  const std::string by_code = body("/organization");
  EXPECT_GT(by_code.find("\"/organization/141003\""), by_code.find("\"/organization/140007\""));
}

TEST_F(Organizations, PageOfOneHasItsFactsAndFacets) {
  core::Dataset dataset = *catalog_.dataset("shelters");
  dataset.contact.email = "bosai@city.example.jp";
  store_.put(dataset);
  const std::string page = body("/organization/141003");
  EXPECT_THAT(page, HasSubstr("mailto:bosai@city.example.jp"));
  EXPECT_THAT(page, HasSubstr("/dataset?organization=141003&amp;format=XLSX"));
  EXPECT_THAT(page, HasSubstr("href=\"/feeds/organization/141003.atom\""));
  EXPECT_THAT(page, HasSubstr("href=\"/organization/141003/opendata_list.csv\""));
  EXPECT_THAT(page, HasSubstr("href=\"/organization/140007\""));  // its prefecture
  EXPECT_THAT(body("/organization/140007"), HasSubstr("href=\"/organization/141003\""));
}

TEST_F(Organizations, PageOfOneDoesNotNameItWithEachDataset) {
  const std::string page = body("/organization/141003");
  EXPECT_THAT(page, HasSubstr("href=\"/dataset/shelters\""));
  EXPECT_THAT(page.substr(page.find("<ul class=\"datasets\">")),
              Not(HasSubstr("href=\"/organization/141003\"")));
  EXPECT_THAT(body("/dataset"), HasSubstr("href=\"/organization/141003\""));
}

TEST_F(Organizations, StateOfHarvestingNamesWhoseItIs) {
  EXPECT_THAT(body("/organization"), HasSubstr("<span class=\"hidden\"> 横浜市</span></a>"));
}

TEST_F(Organizations, DatasetsOfOneAreSortedByTitleWhenAsked) {
  const std::string newest = body("/organization/141003");
  EXPECT_LT(newest.find("\"/dataset/shelters\""), newest.find("\"/dataset/aed\""));
  const std::string titles = body("/organization/141003?sort=title");
  EXPECT_LT(titles.find("\"/dataset/aed\""), titles.find("\"/dataset/shelters\""));
}

TEST_F(Organizations, AFormerNameLeadsToThePresentOne) {
  const auto reply = support::call_route(table_, {"GET", "/organization/141003-id", {}, ""});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(support::call_route(table_, {"GET", "/organization/149999", {}, ""}).status, 404);
}

TEST_F(Organizations, GroupsHaveTheirOwnFeedAndNoList) {
  const std::string page = body("/group/bosai");
  EXPECT_THAT(page, HasSubstr("href=\"/feeds/group/bosai.atom\""));
  EXPECT_THAT(page, Not(HasSubstr("opendata_list")));
  EXPECT_THAT(page, HasSubstr("href=\"/dataset/shelters\""));
}

TEST_F(Organizations, FactsFollowTheCatalogue) {
  GroupFactsCache cache;
  const auto before = cache.facts(catalog_);
  ASSERT_TRUE(before);
  EXPECT_EQ((*before)->of("141003-id").files, 3);
  EXPECT_EQ((*before)->of("140007-id").tables, 1);
  EXPECT_EQ((*before)->of("none").files, 0);
  EXPECT_EQ((*before)->of("bosai-id").files, 2);
  core::Dataset aed = *catalog_.dataset("aed");
  aed.resources.clear();
  store_.put(aed);
  const auto after = cache.facts(catalog_);
  ASSERT_TRUE(after);
  EXPECT_EQ((*after)->of("141003-id").files, 2);
  EXPECT_EQ((*before)->of("141003-id").files, 3);  // who holds the old ones keeps them
}

TEST_F(Organizations, FactsOfALargeCatalogueAreMadeBesideItsReaders) {
  using std::chrono::milliseconds;
  GroupFactsCache cache({milliseconds(0), milliseconds(1), 1});  // everything counts as large
  const auto first = cache.facts(catalog_);
  ASSERT_TRUE(first);  // there was nothing yet: made for this reader
  EXPECT_EQ((*first)->of("141003-id").files, 3);
  core::Dataset aed = *catalog_.dataset("aed");
  aed.resources.clear();
  store_.put(aed);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::int64_t files = 3;
  while (files == 3 && std::chrono::steady_clock::now() < end) {
    files = (*cache.facts(catalog_))->of("141003-id").files;
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(files, 2);  // nobody had to ask for it
  const auto last = cache.facts(catalog_);
  EXPECT_EQ(*last, *cache.facts(catalog_));  // nothing changes, nothing is made
}

TEST_F(Organizations, PagesWithFactsAreNotKeptForARevision) {
  for (const char* page :
       {"/organization", "/organization/141003", "/group", "/group/bosai", "/about"}) {
    const std::vector<std::string> segments = *http::decode_path(page);
    const auto match = table_.match("GET", segments);
    ASSERT_NE(match.route, nullptr) << page;
    EXPECT_EQ(match.route->cache, http::CacheRule::kNone) << page;
  }
}

TEST_F(Organizations, ContactIsTheNewestThatCanBeReached) {
  AllGroupFacts facts;
  const auto directory = catalog_.directory();
  ASSERT_TRUE(directory);
  core::Dataset dataset = *catalog_.dataset("aed");
  dataset.contact.phone = "045-000-0000";
  facts.add(dataset, **directory);
  dataset.modified.us += 1;
  dataset.contact = {"名前だけ", "", "", ""};
  facts.add(dataset, **directory);
  EXPECT_EQ(facts.of("141003-id").contact.phone, "045-000-0000");
}

}  // namespace
}  // namespace minato::web
