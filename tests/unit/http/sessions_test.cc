#include <gmock/gmock.h>

#include "unit/http/dispatcher_fixture.h"

namespace minato::http {
namespace {

class Sessions : public DispatcherTest {
 protected:
  Sessions() {
    authenticate_ = [](std::string_view token) -> core::Result<core::Caller> {
      core::Caller caller;
      if (token == "good") caller.user_id = "of token";
      return caller;
    };
    authenticate_session_ = [this](std::string_view cookies) -> core::Result<core::Caller> {
      cookies_.emplace_back(cookies);
      core::Caller caller;
      if (cookies.find("s=1") != std::string_view::npos) caller.user_id = "of session";
      return caller;
    };
    for (const char* path :
         {"/manage", "/manage/new", "/en/manage/new", "/managed", "/api/v1/me"}) {
      add("GET", path, [](const Request& request) -> core::Result<Response> {
        Response response;
        response.headers.set("Content-Type", "text/plain");
        response.body = request.caller.user_id;
        return response;
      });
    }
  }
  std::string caller_at(const char* target, const Fields& fields) {
    Response reply = get(target, fields);
    return body_text(reply);
  }

  std::vector<std::string> cookies_;
};

TEST_F(Sessions, CountBelowTheStaffCornerOnly) {
  const Fields cookie{{"Cookie", "a=b; s=1"}};
  for (const char* path : {"/manage", "/manage?x=1", "/manage/new", "/en/manage/new"}) {
    EXPECT_EQ(caller_at(path, cookie), "of session") << path;
  }
  EXPECT_EQ(cookies_.size(), 4U);
  for (const char* path : {"/managed", "/api/v1/me"}) {
    EXPECT_EQ(caller_at(path, cookie), "") << path;
  }
  EXPECT_EQ(cookies_.size(), 4U);
}

TEST_F(Sessions, ATokenComesFirst) {
  const Fields both{{"Authorization", "good"}, {"Cookie", "s=1"}};
  EXPECT_EQ(caller_at("/manage", both), "of token");
  EXPECT_EQ(caller_at("/manage", {{"Authorization", "bad"}, {"Cookie", "s=1"}}), "");
}

TEST_F(Sessions, RepliesToThemAreNotKeptForOthers) {
  EXPECT_EQ(caller_at("/manage/new", {{"Cookie", "s=1"}}), "of session");
  EXPECT_EQ(caller_at("/manage/new", {}), "");
  EXPECT_EQ(caller_at("/manage/new", {{"Cookie", "s=1"}}), "of session");
}

TEST_F(Sessions, OpenTheDoorForLargeBodies) {
  Route& row = add("POST", "/manage/upload",
                   [](const Request&) -> core::Result<Response> { return Response{}; });
  row.permission = Permission::kUser;
  row.max_body_bytes = 10'000'000;
  const auto known = request("POST", "/manage/upload", {{"Cookie", "s=1"}});
  const auto unknown = request("POST", "/manage/upload", {});
  EXPECT_EQ(dispatcher().max_body(*known), 10'000'000U);
  EXPECT_LT(dispatcher().max_body(*unknown), 100'000U);
}

TEST_F(Sessions, ErrorsForPeopleAreThePagesOwn) {
  render_error_page_ = [](const core::Error& error, const ErrorContext& context,
                          std::string_view path) {
    Response page;
    page.status = context.status != 0 ? context.status : status_of(error.code);
    page.headers.set("Content-Type", "text/html; charset=utf-8");
    page.body = "page for " + std::string(path);
    return page;
  };
  Response missing = get("/nowhere/%E6%B8%AF", {{"Accept", "text/html"}});
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(body_text(missing), "page for /nowhere/港");
  Response program = get("/nowhere", {{"Accept", "application/json"}});
  EXPECT_EQ(program.headers.joined("Content-Type"), "application/problem+json");
}

}  // namespace
}  // namespace minato::http
