// Signing in to the staff corner, sessions, and forms that other sites send.
#include <regex>

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
    ++changes;
    if (row.permission == http::Permission::kUser) continue;
    EXPECT_LE(row.max_body_bytes, 1024U * 1024U) << row.pattern;
    const auto reply = post(row.pattern, {{"form_token", "x"}, {"title", "題"}});
    EXPECT_EQ(reply.status, 303) << row.pattern;
    EXPECT_THAT(location(reply), HasSubstr("/manage/sign-in?to=")) << row.pattern;
  }
  EXPECT_EQ(changes, 20U);
}

TEST_F(StaffSession, SigningInAndOutIsAuditedAndOutlivesARestart) {
  const std::string token = token_of("hanako");
  sign_in(token);
  const std::string stolen = cookie_;
  post("/manage/sign-out", {});
  std::vector<std::string> told;
  for (const core::AuditEntry& entry : audit()) {
    if (entry.action.starts_with("session.")) told.push_back(entry.action + " " + entry.user_name);
    EXPECT_THAT(entry.detail, Not(HasSubstr(token)));
  }
  EXPECT_THAT(told, testing::ElementsAre("session.begin hanako", "session.end hanako"));
  service::Accounts restarted(store_, {.token_secret = "token"});
  const WebSources again{catalog_,  tables_,  harvest_, store_,   restarted,
                         datasets_, uploads_, imports_, "secret", "{}"};
  EXPECT_TRUE(caller_of_session(again, stolen)->is_anonymous());
}

class FormsThatAreKept : public StaffSession {
 protected:
  const Fields fields_ = {{"title", "長い <題名>"},
                          {"notes", "一行目\r\n二行目"},
                          {"tags", ""},
                          {"organization", "town-id"},
                          {"form_token", "of an old session"}};
  // What the hidden fields of the page would send.
  static Fields hidden_fields(const std::string& page) {
    Fields fields;
    const std::regex pattern("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    for (std::sregex_iterator one(page.begin(), page.end(), pattern), end; one != end; ++one) {
      fields.emplace_back((*one)[1].str(), unescaped((*one)[2].str()));
    }
    return fields;
  }
  static std::string unescaped(std::string text) {
    for (const auto& [entity, plain] :
         std::vector<std::pair<std::string, std::string>>{{"&lt;", "<"}, {"&gt;", ">"}}) {
      for (std::size_t at; (at = text.find(entity)) != std::string::npos;) {
        text.replace(at, entity.size(), plain);
      }
    }
    return text;
  }
};

TEST_F(FormsThatAreKept, WhenTheSessionIsOverNothingIsLost) {
  const std::string token = token_of("hanako");
  const auto over = post("/manage/new", fields_, {{"Sec-Fetch-Site", "same-origin"}});
  EXPECT_EQ(over.status, 401);
  EXPECT_THAT(over.body, HasSubstr("書いた内容はこの画面に残っています"));
  EXPECT_THAT(over.body, HasSubstr("value=\"長い &lt;題名&gt;\""));
  EXPECT_THAT(over.body, Not(HasSubstr("of an old session")));
  EXPECT_THAT(read_markup(over.body).faults, IsEmpty());

  // A wrong token does not lose it either.
  Fields again = hidden_fields(over.body);
  again.emplace_back("token", "wrong");
  const auto wrong = post("/manage/sign-in", again);
  EXPECT_EQ(wrong.status, 400);
  again = hidden_fields(wrong.body);
  again.emplace_back("token", token);
  const auto signed_in = post("/manage/sign-in", again);
  EXPECT_EQ(signed_in.status, 200);
  cookie_ = cookie_in(signed_in);
  ASSERT_THAT(cookie_, Not(IsEmpty()));
  EXPECT_THAT(signed_in.body, HasSubstr("<form method=\"post\" action=\"/manage/new\">"));
  EXPECT_THAT(signed_in.body, Not(HasSubstr(token)));
  const auto made = post("/manage/new", hidden_fields(signed_in.body));
  EXPECT_EQ(made.status, 303);
  const std::string place = location(made);
  const std::size_t slash = place.rfind('/');
  const core::Dataset dataset_made = dataset(place.substr(slash + 1, place.find('?') - slash - 1));
  EXPECT_EQ(dataset_made.title, "長い <題名>");
  EXPECT_EQ(dataset_made.notes, "一行目\n二行目");
}

TEST_F(FormsThatAreKept, WhenThePageIsOlderThanTheSession) {
  sign_in(token_of("hanako"));
  const auto older = post("/manage/new", fields_, {{"Origin", "https://data.example.jp"}});
  EXPECT_EQ(older.status, 403);
  EXPECT_THAT(older.body, HasSubstr("まだ何も変更していません"));
  EXPECT_EQ(post("/manage/new", hidden_fields(older.body)).status, 303);
}

TEST_F(FormsThatAreKept, NotThoseOfOtherSites) {
  for (const auto& headers : std::vector<std::vector<std::pair<std::string, std::string>>>{
           {}, {{"Origin", "https://evil.example"}}, {{"Sec-Fetch-Site", "cross-site"}}}) {
    const auto reply = post("/manage/new", fields_, headers);
    EXPECT_EQ(reply.status, 303);
    EXPECT_THAT(reply.body, Not(HasSubstr("題名")));
  }
  // Nor is a form carried to where it does not belong.
  Fields elsewhere = {{"kept_action", "https://evil.example/"},
                      {"kept:title", "題"},
                      {"token", token_of("hanako")}};
  EXPECT_THAT(post("/manage/sign-in", elsewhere).body, HasSubstr("action=\"/manage\""));
}

}  // namespace
}  // namespace minato::web
