#include "http/handlers/opendata_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"

namespace minato::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class OpendataList : public ::testing::Test {
 protected:
  OpendataList() { support::fill_sample_catalog(store_); }
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
  static std::size_t lines(const std::string& body) {
    std::size_t count = 0;
    for (std::size_t at = body.find("\r\n"); at != std::string::npos;
         at = body.find("\r\n", at + 1)) {
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
  RouteTable table_ = std::move(*RouteTable::make(opendata_list_routes(catalog_)));
};

TEST_F(OpendataList, HasARowForEveryResourceOfTheOrganization) {
  const auto reply = get("/organization/141003/opendata_list.csv");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(*reply.headers.find("Content-Type"), "text/csv; charset=utf-8; header=present");
  EXPECT_THAT(*reply.headers.find("Content-Disposition"), HasSubstr("141003_opendata_list.csv"));
  EXPECT_THAT(reply.body, StartsWith("\xEF\xBB\xBF全国地方公共団体コード,"));
  EXPECT_EQ(lines(reply.body), 1U + 1U + 2U);  // header, aed, both of shelters
  EXPECT_LT(reply.body.find("141003,横浜市,aed,"), reply.body.find("141003,横浜市,shelters,"));
  EXPECT_THAT(reply.body, Not(HasSubstr("population")));
  EXPECT_THAT(reply.body, Not(HasSubstr("draft")));
}

TEST_F(OpendataList, FilesWeKeepHaveOurAddress) {
  const auto reply = get("/organization/140007/opendata_list.csv");
  EXPECT_THAT(reply.body,
              HasSubstr("https://data.example.jp/dataset/population-id/resource/population-r1/"
                        "download/"));
}

TEST_F(OpendataList, WritesTheOldFormOnRequest) {
  const auto reply = get("/organization/141003/opendata_list.csv?generation=1");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, StartsWith("\xEF\xBB\xBF都道府県コード又は市区町村コード,NO,"));
  EXPECT_EQ(lines(reply.body), 3U);
  EXPECT_THAT(reply.body, HasSubstr("CSV;GeoJSON"));
}

TEST_F(OpendataList, WritesCp932OnRequest) {
  const auto reply = get("/organization/141003/opendata_list.csv?encoding=cp932");
  EXPECT_EQ(*reply.headers.find("Content-Type"), "text/csv; charset=Shift_JIS; header=present");
  EXPECT_EQ(*reply.headers.find("X-Encoding-Loss"), "0");
  EXPECT_THAT(reply.body, StartsWith("\x91\x53\x8D\x91"));  // 全国
}

TEST_F(OpendataList, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(get("/organization/999999/opendata_list.csv").status, 404);
  EXPECT_EQ(get("/organization/141003/opendata_list.csv?generation=3").status, 400);
  EXPECT_EQ(get("/organization/141003/opendata_list.csv?encoding=ebcdic").status, 400);
  EXPECT_EQ(get("/organization/141003/opendata_list.csv?foo=1").status, 400);
}

}  // namespace
}  // namespace minato::http
