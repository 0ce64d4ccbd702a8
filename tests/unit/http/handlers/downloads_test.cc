#include "http/handlers/downloads.h"

#include <gtest/gtest.h>

#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"

namespace minato::http {
namespace {

class Downloads : public ::testing::Test {
 protected:
  Downloads() { support::fill_sample_catalog(store_); }
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
  // Puts `bytes` behind the uploaded resource of "population".
  std::string keep(std::string_view bytes, const std::string& media_type = "text/csv") {
    core::Dataset dataset = *catalog_.dataset("population");
    core::Resource& resource = dataset.resources.front();
    resource.blob = blobs_.put_bytes(bytes)->sha256;
    resource.mimetype = media_type;
    store_.put(dataset);
    return resource.blob;
  }
  void link(const std::string& url) {
    core::Dataset dataset = *catalog_.dataset("aed");
    dataset.resources.front().url = url;
    store_.put(dataset);
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
  RouteTable table_ = std::move(*RouteTable::make(download_routes(catalog_)));
};

constexpr const char* kKept = "/dataset/population/resource/population-r1/download";
constexpr const char* kLinked = "/dataset/aed/resource/aed-r1/download";

TEST_F(Downloads, SendKeptBytesAsAttachment) {
  const std::string blob = keep("市,人口\r\n横浜市,3770000\r\n");
  const auto reply = get(kKept);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "市,人口\r\n横浜市,3770000\r\n");
  EXPECT_EQ(*reply.headers.find("ETag"), "\"" + blob + "\"");
  EXPECT_EQ(*reply.headers.find("Content-Type"), "text/csv; charset=utf-8");
  const std::string disposition = *reply.headers.find("Content-Disposition");
  EXPECT_TRUE(disposition.starts_with("attachment;")) << disposition;
  EXPECT_NE(disposition.find("filename*=UTF-8''%E4%BA%BA%E5%8F%A3.csv"), std::string::npos);
  EXPECT_NE(reply.headers.find("Last-Modified"), nullptr);
}

TEST_F(Downloads, PromiseNoCharsetThatTheBytesDoNotHave) {
  keep("\x8e\x73,\x90\x6c\x8c\xfb\r\n");  // "市,人口" in CP932
  EXPECT_EQ(*get(kKept).headers.find("Content-Type"), "text/csv");
  keep("PK\x03\x04", "application/zip");
  EXPECT_EQ(*get(kKept).headers.find("Content-Type"), "application/zip");
}

TEST_F(Downloads, SniffingStopsInTheMiddleOfACharacter) {
  keep(std::string(16 * 1024 - 1, 'a') + "市");
  EXPECT_EQ(*get(kKept).headers.find("Content-Type"), "text/csv; charset=utf-8");
}

TEST_F(Downloads, AcceptAnyFileNameAndTheDatasetsId) {
  keep("a\n");
  EXPECT_EQ(get(std::string(kKept) + "/whatever.csv").status, 200);
  EXPECT_EQ(get("/dataset/population-id/resource/population-r1/download/a.csv").status, 200);
}

TEST_F(Downloads, RedirectToFilesKeptElsewhere) {
  const auto reply = get(kLinked);
  EXPECT_EQ(reply.status, 302);
  EXPECT_EQ(*reply.headers.find("Location"), "https://files.example.jp/aed.XLSX");
}

TEST_F(Downloads, RedirectsNeverLeaveTheirHeaderField) {
  link("https://files.example.jp/a b\r\nSet-Cookie: x=1\xE5\xB8\x82");
  const auto reply = get(kLinked);
  EXPECT_EQ(reply.status, 302);
  EXPECT_EQ(*reply.headers.find("Location"),
            "https://files.example.jp/a%20b%0D%0ASet-Cookie:%20x=1%E5%B8%82");
}

TEST_F(Downloads, NeverRedirectToOtherSchemes) {
  for (const char* url : {"javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"}) {
    link(url);
    const auto reply = get(kLinked);
    const std::string* location = reply.headers.find("Location");
    // What has no scheme of the web is taken for a host name, as CKAN does.
    EXPECT_TRUE(location == nullptr || location->starts_with("http://")) << url;
  }
}

TEST_F(Downloads, RefuseWhatDoesNotBelongTogether) {
  EXPECT_EQ(get("/dataset/shelters/resource/aed-r1/download").status, 404);
  EXPECT_EQ(get("/dataset/aed/resource/none/download").status, 404);
}

TEST_F(Downloads, RefusePrivateDatasets) {
  core::Dataset dataset = *catalog_.dataset("aed");
  dataset.is_private = true;
  store_.put(dataset);
  EXPECT_EQ(get(kLinked).status, 403);
}

}  // namespace
}  // namespace minato::http
