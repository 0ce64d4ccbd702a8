// Signing in to the staff corner, sessions, and forms that other sites send.
#include "manage_fixture.h"
#include "markup.h"
#include "web/manage/request_origin.h"
#include "web/manage/session.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class StaffSession : public ManageTest {};

TEST_F(StaffSession, VisitorsAreAskedToSignInAndComeBack) {
  const auto reply = get("/manage/jobs?state=held");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(location(reply), "/manage/sign-in?to=%2Fmanage%2Fjobs%3Fstate%3Dheld");
  EXPECT_EQ(location(get("/en/manage")), "/en/manage/sign-in?to=%2Fen%2Fmanage");
  EXPECT_THAT(hidden(get(location(reply)).body, "to"), HasSubstr("/manage/jobs?state=held"));

  const auto signed_in = send_token(token_of("hanako"), "/manage/jobs?state=held");
  EXPECT_EQ(signed_in.status, 303);
  cookie_ = cookie_in(signed_in);
  const auto kept = get(location(signed_in));
  EXPECT_EQ(kept.status, 303);
  EXPECT_EQ(location(kept), "/manage/jobs?state=held");
  EXPECT_EQ(get("/manage").status, 200);
  EXPECT_EQ(get("/en/manage").status, 200);
}

TEST_F(StaffSession, CookiesAreForTheStaffCornerAlone) {
  const std::string token = token_of("hanako");
  const auto reply = send_token(token);
  std::size_t cookies = 0;
  for (const auto& [name, value] : reply.headers.all()) {
    EXPECT_THAT(value, Not(HasSubstr(token)));
    if (name != "Set-Cookie") continue;
    ++cookies;
    EXPECT_TRUE(value.find("; Path=/manage;") != std::string::npos ||
                value.find("; Path=/en/manage;") != std::string::npos);
    for (const char* word : {"; Secure", "; HttpOnly", "; SameSite=Strict", "; Max-Age=43200"}) {
      EXPECT_THAT(value, HasSubstr(word));
    }
  }
  EXPECT_EQ(cookies, 2U);
  for (const char* page : {"/", "/dataset", "/en/about"}) {
    EXPECT_EQ(support::call_route(table_, {"GET", page, {}, ""}).headers.find("Set-Cookie"),
              nullptr);
  }
}

TEST_F(StaffSession, WhatIsWrongWithATokenIsSaidBesideIt) {
  const std::string real = token_of("hanako");
  for (const auto& [token, words] : std::vector<std::pair<std::string, std::string>>{
           {"", "トークンを入力してください"},
           {"my-secret-word", "トークンの形が違います"},
           {"minato_" + std::string(43, 'a'), "このトークンは使えません"}}) {
    const auto reply = send_token(token);
    EXPECT_EQ(reply.status, 400);
    EXPECT_THAT(reply.body, HasSubstr(words));
    EXPECT_THAT(reply.body, HasSubstr("aria-invalid=\"true\""));
    EXPECT_THAT(reply.body, HasSubstr("href=\"#field-token\""));
    EXPECT_THAT(cookie_in(reply), IsEmpty());
    const std::string secret = token.empty() ? "minato_session" : token;
    EXPECT_THAT(reply.body, Not(HasSubstr(secret)));
  }
  // As it is pasted from a command line or a mail.
  EXPECT_THAT(cookie_in(send_token(" Bearer " + real + "\r\n")), Not(IsEmpty()));
}

TEST_F(StaffSession, ABrowserThatKeepsNoCookieIsTold) {
  const auto signed_in = send_token(token_of("hanako"));
  const auto reply = get(location(signed_in));  // without the cookie
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("Cookie"));
  EXPECT_THAT(reply.body, HasSubstr("https"));
}

TEST_F(StaffSession, NoAddressLeadsElsewhere) {
  for (const char* to :
       {"https://evil.example/", "//evil.example/manage", "/\\evil.example", "/dataset",
        "/managers", "/manage/../dataset", "/manage//evil.example", "javascript:alert(1)",
        "/manage\r\nSet-Cookie: a=b", "/en/manage\t", "/manage/\xE4\xBA\xBA"}) {
    EXPECT_EQ(safe_target(to, core::Language::kJa), "/manage") << to;
    EXPECT_EQ(safe_target(to, core::Language::kEn), "/en/manage") << to;
  }
  for (const char* to : {"/manage", "/en/manage/new", "/manage/jobs?state=held&page=2"}) {
    EXPECT_EQ(safe_target(to, core::Language::kJa), to);
  }
  EXPECT_EQ(location(send_token(token_of("hanako"), "https://evil.example/")),
            "/manage/sign-in?kept=1&to=%2Fmanage");
}

TEST_F(StaffSession, AChangedCookieIsNobodys) {
  sign_in(token_of("hanako"));
  ASSERT_EQ(get("/manage").status, 200);
  const std::string good = cookie_;
  for (std::size_t at = std::string("minato_session=").size(); at < good.size(); at += 7) {
    cookie_ = good;
    cookie_[at] = cookie_[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(get("/manage").status, 303) << at;
  }
  for (const char* other : {"minato_session=", "minato_session", "xminato_session=a", ";;="}) {
    cookie_ = other;
    EXPECT_EQ(get("/manage").status, 303) << other;
  }
}

TEST_F(StaffSession, EndsAfterItsHours) {
  sign_in(token_of("hanako"));
  clock_.move(12 * 3'600 - 1);
  EXPECT_EQ(get("/manage").status, 200);
  clock_.move(1);
  EXPECT_EQ(get("/manage").status, 303);
}

TEST_F(StaffSession, EndsWithItsTokenAndItsUser) {
  const std::string token = token_of("hanako");
  sign_in(token);
  ASSERT_TRUE(accounts_.revoke_token(token, {service::operator_caller(), "", ""}));
  EXPECT_EQ(get("/manage").status, 303);
  sign_in(token_of("taro"));
  ASSERT_EQ(get("/manage").status, 200);
  ASSERT_TRUE(accounts_.delete_user("taro", {service::operator_caller(), "", ""}));
  EXPECT_EQ(get("/manage").status, 303);
}

TEST_F(StaffSession, SigningOutEndsItHereToo) {
  const std::string token = token_of("hanako");
  sign_in(token);
  const std::string stolen = cookie_;
  const auto reply = post("/manage/sign-out", {});
  EXPECT_EQ(location(reply), "/manage/sign-in?done=signed-out");
  EXPECT_EQ(cookie_in(reply), "minato_session=");
  cookie_ = stolen;
  EXPECT_EQ(get("/manage").status, 303);
  sign_in(token);  // another session of the same token is as good as ever
  EXPECT_EQ(get("/manage").status, 200);
}

TEST_F(StaffSession, FormsOfOtherSitesChangeNothing) {
  sign_in(token_of("hanako"));
  const Fields fields = {{"title", "題"}, {"organization", "town-id"}};
  const auto is_refused = [](const support::RouteReply& reply) {
    return reply.status == 403 && reply.body.find("何も変更していません") != std::string::npos;
  };
  Fields forged = fields;
  forged.emplace_back("form_token", "forged");
  EXPECT_TRUE(is_refused(post("/manage/new", forged)));
  EXPECT_TRUE(is_refused(post("/manage/new", {{"form_token", ""}, {"title", "題"}})));
  // With the right token even, when the browser says where it comes from.
  for (const char* site : {"cross-site", "same-site"}) {
    EXPECT_TRUE(is_refused(post("/manage/new", fields, {{"Sec-Fetch-Site", site}})));
  }
  for (const char* origin :
       {"https://evil.example", "null", "https://data.example.jp.evil.example"}) {
    EXPECT_TRUE(is_refused(post("/manage/new", fields, {{"Origin", origin}}))) << origin;
  }
  EXPECT_EQ(post("/manage/new", fields, {{"Origin", "https://data.example.jp"}}).status, 303);
  EXPECT_EQ(
      post("/manage/new", fields, {{"Origin", "http://127.0.0.1:80"}, {"Host", "127.0.0.1:80"}})
          .status,
      303);
  EXPECT_EQ(send_token(token_of("taro"), "", {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
}

TEST_F(StaffSession, AFormIsOfOneSessionOnly) {
  sign_in(token_of("taro"));
  const std::string of_taro = hidden(get("/manage").body, "form_token");
  sign_in(token_of("hanako"));
  EXPECT_NE(hidden(get("/manage").body, "form_token"), of_taro);
  EXPECT_EQ(post("/manage/new", {{"title", "題"}, {"form_token", of_taro}}).status, 403);
}

TEST_F(StaffSession, EveryChangeIsForSignedInPeople) {
  std::size_t changes = 0;
  for (const http::Route& row : manage_routes(sources_)) {
    EXPECT_EQ(row.cache, http::CacheRule::kNone) << row.pattern;
    if (row.method == "GET" || row.pattern.ends_with("/sign-in")) continue;
    EXPECT_EQ(row.permission, http::Permission::kUser) << row.pattern;
    ++changes;
  }
  EXPECT_EQ(changes, 20U);
}

}  // namespace
}  // namespace minato::web
