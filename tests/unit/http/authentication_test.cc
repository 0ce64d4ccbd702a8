#include <gmock/gmock.h>

#include "unit/http/dispatcher_fixture.h"

namespace minato::http {
namespace {

constexpr const char* kToken = "minato_good";

class Authentication : public DispatcherTest {
 protected:
  Authentication() {
    authenticate_ = [this](std::string_view token) -> core::Result<core::Caller> {
      if (is_broken_) return core::fail(core::ErrorCode::kUnavailable, "catalog-busy", {"a", "b"});
      core::Caller caller;
      if (token == kToken) {
        caller.user_id = "u1";
        caller.token_id = "t1";
      }
      return caller;
    };
  }

  // A row that answers with what it knows of the caller.
  Route& add_caller(std::string method, std::string pattern) {
    return add(std::move(method), std::move(pattern),
               [this](const Request& request) -> core::Result<Response> {
                 ++calls_;
                 Response response;
                 response.headers.set("Content-Type", "text/plain");
                 response.body = request.caller.user_id + "|" + request.caller.address;
                 return response;
               });
  }
  std::string seen(const Fields& fields) {
    Response reply = get("/who", fields);
    return body_text(reply);
  }

  bool is_broken_ = false;
};

TEST_F(Authentication, TakesTheTokenFromEitherField) {
  add_caller("GET", "/who");
  EXPECT_EQ(seen({}), "|192.0.2.1");
  for (const Fields& fields : {Fields{{"Authorization", kToken}},
                               Fields{{"Authorization", std::string("Bearer ") + kToken}},
                               Fields{{"authorization", std::string("bearer ") + kToken}},
                               Fields{{"X-CKAN-API-Key", kToken}},
                               Fields{{"Authorization", kToken}, {"X-CKAN-API-Key", kToken}}}) {
    EXPECT_EQ(seen(fields), "u1|192.0.2.1") << fields.front().second;
  }
}

TEST_F(Authentication, AnUnknownTokenIsAnonymous) {
  add_caller("GET", "/who");
  EXPECT_EQ(seen({{"Authorization", "minato_bad"}}), "|192.0.2.1");
  EXPECT_EQ(seen({{"Authorization", "Basic dTpw"}}), "|192.0.2.1");
}

TEST_F(Authentication, RepliesToKnownUsersAreNeitherKeptNorTakenFromWhatIsKept) {
  add_caller("GET", "/who");
  const Fields known = {{"Authorization", kToken}};
  EXPECT_EQ(header_of(get("/who", known), "Cache-Control"), "private, no-store");
  EXPECT_EQ(seen({}), "|192.0.2.1");
  EXPECT_EQ(seen({}), "|192.0.2.1");
  EXPECT_EQ(calls_, 2);
  EXPECT_EQ(seen(known), "u1|192.0.2.1");
  EXPECT_EQ(calls_, 3);
  EXPECT_THAT(header_of(get("/who"), "Cache-Control"), testing::HasSubstr("public"));
}

TEST_F(Authentication, RowsForUsersAnswer401WithoutOne) {
  Route& row = add_caller("POST", "/write");
  row.permission = Permission::kUser;
  row.max_body_bytes = 100;
  Response refused = send("POST", "/write", {{"Authorization", "minato_bad"}}, "x");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(header_of(refused, "WWW-Authenticate"), "Bearer");
  EXPECT_THAT(body_text(refused), testing::HasSubstr("authentication-required"));
  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(send("POST", "/write", {{"Authorization", kToken}}, "x").status, 200);
}

TEST_F(Authentication, LargeBodiesAreOnlyReadFromKnownUsers) {
  Route& users = add_caller("POST", "/users");
  users.permission = Permission::kUser;
  users.max_body_bytes = std::uint64_t{2} << 30;
  add_caller("POST", "/anybody").max_body_bytes = std::uint64_t{2} << 30;
  const auto limit = [this](const char* target, const Fields& fields) {
    return dispatcher().max_body(*request("POST", target, fields));
  };
  EXPECT_EQ(limit("/users", {}), 65536U);
  EXPECT_EQ(limit("/users", {{"Authorization", "minato_bad"}}), 65536U);
  EXPECT_EQ(limit("/users", {{"Authorization", kToken}}), std::uint64_t{2} << 30);
  EXPECT_EQ(limit("/anybody", {}), 1U << 20);
  EXPECT_EQ(limit("/anybody", {{"X-CKAN-API-Key", kToken}}), std::uint64_t{2} << 30);

  const auto head = request("POST", "/users", {});
  EXPECT_EQ(dispatcher().render_error(413, head.get(), "too large").status, 401);
  const auto known = request("POST", "/users", {{"Authorization", kToken}});
  EXPECT_EQ(dispatcher().render_error(413, known.get(), "too large").status, 413);
}

TEST_F(Authentication, TokensHaveARateOfTheirOwn) {
  options_.rate_limit.requests = 1;
  options_.token_rate_limit.requests = 2;
  add_caller("GET", "/who");
  const Fields known = {{"Authorization", kToken}};
  EXPECT_EQ(get("/who").status, 200);
  EXPECT_EQ(get("/who").status, 429);
  EXPECT_EQ(header_of(get("/who", known), "RateLimit-Policy"), "\"default\";q=2;w=60");
  EXPECT_EQ(get("/who", known).status, 200);
  const Response refused = get("/who", known);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header_of(refused, "Retry-After"), "30");
  EXPECT_EQ(get("/who", {{"Authorization", "minato_bad"}}).status, 429);
}

TEST_F(Authentication, WhoCannotBeLookedUpIsNotTakenForAnonymous) {
  add_caller("GET", "/who");
  EXPECT_EQ(get("/who").status, 200);
  is_broken_ = true;
  EXPECT_EQ(get("/who", {{"Authorization", kToken}}).status, 503);
  EXPECT_EQ(get("/who").status, 200);
}

}  // namespace
}  // namespace minato::http
