#include "http/handlers/feeds.h"

#include <gtest/gtest.h>

#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"

namespace minato::http {
namespace {

class Feeds : public ::testing::Test {
 protected:
  Feeds() { support::fill_sample_catalog(store_); }
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
  static std::size_t entries(const std::string& body) {
    std::size_t count = 0;
    for (std::size_t at = body.find("<entry"); at != std::string::npos;
         at = body.find("<entry", at + 1)) {
      ++count;
    }
    return count;
  }

  support::FakeCatalogStore store_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  service::Catalog catalog_{store_,
                            blobs_,
                            clock_,
                            {.site_url = "https://data.example.jp",
                             .site_title = {"見本", "Sample"},
                             .site_description = {}}};
  RouteTable table_ = std::move(*RouteTable::make(feed_routes(catalog_)));
};

TEST_F(Feeds, ShowAllDatasetsLastChangedFirst) {
  const auto reply = get("/feeds/dataset.atom");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(*reply.headers.find("Content-Type"), "application/atom+xml; charset=utf-8");
  EXPECT_EQ(entries(reply.body), 3U);
  EXPECT_LT(reply.body.find("人口統計"), reply.body.find("shelters"));
}

TEST_F(Feeds, NarrowDownToOrganizationGroupAndTag) {
  EXPECT_EQ(entries(get("/feeds/organization/140007.atom").body), 1U);
  EXPECT_EQ(entries(get("/feeds/organization/141003-id.atom").body), 2U);
  EXPECT_EQ(entries(get("/feeds/group/bosai.atom").body), 1U);
  EXPECT_EQ(entries(get("/feeds/tag/%E9%98%B2%E7%81%BD.atom").body), 2U);
}

TEST_F(Feeds, TakeTheParametersOfTheSearchPage) {
  EXPECT_EQ(entries(get("/feeds/dataset.atom?q=AED").body), 1U);
  EXPECT_EQ(entries(get("/feeds/dataset.atom?tag=%E9%98%B2%E7%81%BD").body), 2U);
  EXPECT_EQ(entries(get("/feeds/dataset.atom?organization=141003&format=XLSX").body), 1U);
  EXPECT_EQ(entries(get("/feeds/dataset.atom?modified_since=2024-04-15").body), 1U);
  const std::string found = get("/feeds/dataset.atom?q=AED&tag=%E9%98%B2%E7%81%BD").body;
  EXPECT_NE(found.find("<title>AED - "), std::string::npos);
  EXPECT_NE(found.find("href=\"https://data.example.jp/dataset?q=AED&amp;tag="), std::string::npos);
  // Colons are no language here, and nothing widens what is public.
  EXPECT_EQ(get("/feeds/dataset.atom?q=title:[").status, 200);
  EXPECT_EQ(get("/feeds/dataset.atom?include=private").status, 400);
  EXPECT_EQ(get("/feeds/dataset.atom?theme=none").status, 400);
}

TEST_F(Feeds, AnswerCkanQueries) {
  EXPECT_EQ(entries(get("/feeds/custom.atom?fq=tags:%E9%81%BF%E9%9B%A3%E6%89%80").body), 1U);
  EXPECT_EQ(entries(get("/feeds/custom.atom?q=%E4%BA%BA%E5%8F%A3").body), 1U);
  EXPECT_EQ(get("/feeds/custom.atom?fq=tags:[").status, 400);
}

TEST_F(Feeds, TheirOwnLinksAreValidAddresses) {
  const std::string body = get("/feeds/tag/%E9%98%B2%E7%81%BD.atom").body;
  EXPECT_NE(body.find("https://data.example.jp/feeds/tag/%E9%98%B2%E7%81%BD.atom\""),
            std::string::npos)
      << body;
}

TEST_F(Feeds, PagesBeyondTheEndAreEmpty) {
  EXPECT_EQ(entries(get("/feeds/dataset.atom?page=2").body), 0U);
}

TEST_F(Feeds, RefuseBadPagesAndUnknownThings) {
  EXPECT_EQ(get("/feeds/dataset.atom?page=0").status, 400);
  EXPECT_EQ(get("/feeds/dataset.atom?page=x").status, 400);
  EXPECT_EQ(get("/feeds/dataset.atom?sort=title").status, 400);
  EXPECT_EQ(get("/feeds/tag/%E9%98%B2%E7%81%BD.atom?q=x").status, 400);
  EXPECT_EQ(get("/feeds/organization/none.atom").status, 404);
  EXPECT_EQ(get("/feeds/group/none.atom").status, 404);
  EXPECT_EQ(get("/feeds/tag/none.atom").status, 404);
  EXPECT_EQ(get("/feeds/nothing.atom").status, 404);
}

}  // namespace
}  // namespace minato::http
