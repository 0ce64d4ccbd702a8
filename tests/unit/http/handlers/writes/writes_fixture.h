// Calls actions that write, over real stores in a folder of the test's own, without sockets.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "http/handlers/ckan/ckan_routes.h"
#include "http/message.h"
#include "http/router.h"
#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "service/catalog.h"
#include "service/harvest/status.h"
#include "service/imports/imports.h"
#include "service/publish/dataset_writes.h"
#include "service/publish/group_writes.h"
#include "service/rows/row_writes.h"
#include "service/tables.h"
#include "storage/sqlite/open_storage.h"
#include "support/temp_dir.h"

namespace minato::http {

// One second later with every look, so that changes are told apart.
class SteppingClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override;

 private:
  mutable std::atomic<std::int64_t> seconds_{0};
};

struct WriteReply {
  int status = 0;
  std::string body;
  rapidjson::Document json;  // null when the body is no JSON

  // The value at a JSON Pointer as compact JSON; "(nothing)" when there is none.
  [[nodiscard]] std::string at(const char* pointer) const;
  // A text at a JSON Pointer; empty when there is none.
  [[nodiscard]] std::string text(const char* pointer) const;
  // The member "error" as compact JSON.
  [[nodiscard]] std::string error() const { return at("/error"); }
};

// A body of multipart/form-data.
class Form {
 public:
  Form& text(std::string_view name, std::string_view value);
  Form& file(std::string_view name, std::string_view file_name, std::string_view bytes);
  // Lines of one part, its blank line and its content, as they are.
  Form& raw(std::string_view part);
  [[nodiscard]] std::string body() const {
    return parts_ + "--" + std::string(kBoundary) + "--\r\n";
  }

  static constexpr std::string_view kBoundary = "3b9e0f1c-boundary";

 private:
  std::string parts_;
};

// Organizations 140007 (神奈川県) and 141003 (横浜市), group bosai (防災), and the users
//   root      sysadmin
//   hanako    editor of 141003
//   boss      admin of 141003, and of bosai
//   member    member of 141003
//   jiro      editor of 140007
// Ids are the names with "-id" behind them.
class WritesTest : public testing::Test {
 protected:
  explicit WritesTest(service::PublishOptions publish = {});
  ~WritesTest() override;

  // POST /api/3/action/<action> with JSON, as hanako unless said otherwise.
  WriteReply call(std::string_view action, std::string json, std::string_view user = "hanako");
  WriteReply send(std::string_view action, const Form& form, std::string_view user = "hanako");
  // GET, of a reading action: "package_show?id=x".
  WriteReply show(std::string_view call, std::string_view user = "hanako");
  WriteReply answer(Request request, std::string_view target);
  // Of one of the users above; anonymous for the empty name.
  core::Caller caller(std::string_view user);

  // An active, public dataset of 141003.
  WriteReply create(std::string_view name, std::string_view more = "");
  std::string id_of(std::string_view dataset);  // name to id; empty when there is none

  test::TempDir folder_;
  SteppingClock clock_;
  storage::sqlite::Storage storage_;
  service::AuditedStore store_;
  service::Catalog catalog_;
  service::Tables tables_;
  service::HarvestStatus harvest_;
  service::Accounts accounts_;
  service::DatasetWrites datasets_;
  service::GroupWrites groups_;
  service::Uploads uploads_;
  service::Imports imports_;
  service::RowWrites rows_;
  RouteTable table_;

 private:
  void fill();
};

}  // namespace minato::http
