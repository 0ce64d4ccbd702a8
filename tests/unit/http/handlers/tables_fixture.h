// Calls the rows of /api/v1/tables, without sockets, over the sample catalogue.
#pragma once

#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"
#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"
#include "support/sample_tables.h"
#include "support/temp_dir.h"

namespace minato::http {

// A target as a client sends it: everything that is not ASCII, blanks and quotes percent-encoded.
std::string encoded(std::string_view target);

class TablesTest : public testing::Test {
 protected:
  TablesTest();

  // "/rows?区分=a" of the population table.
  support::RouteReply population(const std::string& door, const std::string& language = "ja");
  support::RouteReply get(const std::string& target, const std::string& language = "ja");
  // The body of a 200; fails the test on anything else.
  rapidjson::Document json(const std::string& target);
  // "status code", or "status code param: hint" when the problem has a detail.
  std::string problem(const std::string& target);

  // The values of "data" as compact JSON.
  std::string data(const std::string& target);
  // Values of one column over all pages, following links.next.
  std::vector<std::string> walk(const std::string& target, const char* column);
  // A next link as a target; nullopt: the last page.
  static std::optional<std::string> next_of(const rapidjson::Value& page);

  // "shelters-r1": 番号 integer (1 to `rows`), 区 string (some null, many equal), 定員 integer
  // (some null), 率 number.
  void publish_shelters(int rows);

  test::TempDir spool_;
  support::FakeCatalogStore store_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  service::Catalog catalog_;
  support::SampleTables tables_{store_, catalog_};
  RouteTable table_;
};

// As compact JSON.
std::string compact(const rapidjson::Value& value);

}  // namespace minato::http
