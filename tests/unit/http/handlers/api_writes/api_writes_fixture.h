// /api/v1 over real stores in a folder of its own: reads and writes through the route table.
#pragma once

#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/caller.h"
#include "http/router.h"
#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "service/catalog.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "service/publish/dataset_writes.h"
#include "service/rows/row_writes.h"
#include "service/tables.h"
#include "storage/sqlite/open_storage.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"
#include "support/temp_dir.h"

namespace minato::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct ApiReply {
  int status = 0;
  Headers headers;
  std::string body;
  rapidjson::Document json;  // null when the body is none

  // The value at a JSON Pointer as compact JSON; "(nothing)" when there is none.
  [[nodiscard]] std::string at(const char* pointer) const;
  // "400 dataset-invalid /title,/license": status, code and the params of its errors.
  [[nodiscard]] std::string problem() const;
};

// Organizations 141003 and 142042. "editor" is one of 141003, "stranger" of 142042.
class ApiWrites : public testing::Test {
 protected:
  ApiWrites();

  ApiReply call(const std::string& method, const std::string& target, std::string body = {},
                Fields headers = {});
  ApiReply get(const std::string& target) { return call("GET", target); }
  ApiReply send(const std::string& method, const std::string& target, const std::string& json,
                Fields headers = {});
  // Creates it, and gives its id.
  std::string create(const std::string& json);
  // A public dataset named `name` with a file of that content; gives the resource's id.
  std::string create_with_table(const std::string& name, const std::string& csv);
  // Works on the import job at the URL until it has ended; its state.
  std::string run_job(const std::string& url);

  core::Caller editor_;
  core::Caller stranger_;
  core::Caller caller_;  // of the next calls; the editor unless changed

  test::TempDir folder_;
  support::StoppedClock clock_;
  storage::sqlite::Storage storage_;
  service::Catalog catalog_;
  service::Tables tables_;
  service::AuditedStore store_;
  service::Accounts accounts_;
  service::DatasetWrites datasets_;
  service::Uploads uploads_;
  service::Imports imports_;
  service::RowWrites rows_;
  std::optional<RouteTable> table_;
};

}  // namespace minato::http
