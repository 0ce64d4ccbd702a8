// Calls the CKAN API's rows of the route table, without sockets.
#pragma once

#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <string>
#include <string_view>

#include "http/message.h"
#include "http/router.h"
#include "service/catalog.h"
#include "support/fake_blob_store.h"
#include "support/sample_catalog.h"
#include "support/sample_harvest.h"
#include "support/sample_tables.h"

namespace minato::http {

struct CkanReply {
  int status = 0;
  std::string content_type;
  std::string cache_control;
  std::string body;
  rapidjson::Document json;  // null when the body is no JSON

  // The value at a JSON Pointer as compact JSON; "(nothing)" when there is none.
  [[nodiscard]] std::string at(const char* pointer) const;
};

class CkanTest : public testing::Test {
 protected:
  CkanTest();

  // `target` as in a request line: "/api/3/action/package_show?id=%E3%81%82".
  CkanReply get(std::string_view target);
  CkanReply post(std::string_view target, std::string body,
                 std::string_view content_type = "application/json");
  // Short forms for /api/3/action/<call>.
  CkanReply action(std::string_view call) { return get("/api/3/action/" + std::string(call)); }
  CkanReply call(Request request, std::string_view target);

  support::FakeCatalogStore store_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  service::Catalog catalog_;
  support::SampleTables tables_{store_, catalog_};
  support::SampleHarvest harvest_{store_};
  RouteTable table_;
};

}  // namespace minato::http
