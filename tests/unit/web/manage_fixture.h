// The staff corner over real stores: a town with an editor, whose session a browser keeps.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/router.h"
#include "http/url.h"
#include "service/harvest/status.h"
#include "storage/sqlite/open_storage.h"
#include "support/route_caller.h"
#include "support/temp_dir.h"
#include "web/manage/manage_routes.h"
#include "web/web_routes.h"

namespace minato::web {

class MovingClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return {time_us_}; }
  void move(std::int64_t seconds) { time_us_ += seconds * 1'000'000; }

 private:
  std::int64_t time_us_ = 1'790'000'000'000'000;
};

struct UploadedFile {
  std::string name;
  std::string bytes;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

class ManageTest : public testing::Test {
 protected:
  static constexpr const char* kTown = "142042";

  ManageTest();

  // --- Who is there
  std::string token_of(const std::string& user,
                       std::optional<core::Role> role = core::Role::kEditor, bool sysadmin = false);
  // Signs in and keeps the cookie.
  void sign_in(const std::string& token);
  support::RouteReply send_token(const std::string& token, const std::string& to = "",
                                 std::vector<std::pair<std::string, std::string>> headers = {});

  // --- What a browser does
  support::RouteReply get(const std::string& target);
  // With the session's form token, unless the fields have one.
  support::RouteReply post(const std::string& target, Fields fields,
                           std::vector<std::pair<std::string, std::string>> headers = {});
  support::RouteReply upload(const std::string& target, Fields fields,
                             const std::optional<UploadedFile>& file);
  // The value of the hidden field on the page.
  static std::string hidden(const std::string& page, const std::string& name);
  static std::string location(const support::RouteReply& reply);
  // The cookie that a reply sets for /manage; empty: none.
  static std::string cookie_in(const support::RouteReply& reply);

  // --- The whole way
  // A draft with that title; its page's path.
  std::string make_dataset(const std::string& title, Fields more = {});
  // Sends the file and lets it be read; the path of the job.
  std::string send_file(const std::string& dataset, const UploadedFile& file, Fields more = {});
  void run_jobs();

  core::Dataset dataset(const std::string& name);
  std::vector<core::AuditEntry> audit();

  test::TempDir folder_;
  MovingClock clock_;
  storage::sqlite::Storage storage_;
  service::Catalog catalog_;
  service::AuditedStore store_;
  service::Tables tables_;
  service::HarvestStatus harvest_;
  service::Accounts accounts_;
  service::DatasetWrites datasets_;
  service::Uploads uploads_;
  service::Imports imports_;
  WebSources sources_;
  http::RouteTable table_;
  std::string cookie_;
};

}  // namespace minato::web
