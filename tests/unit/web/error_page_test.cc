#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hostile.h"
#include "http/documents/documents.h"
#include "http/error_encoder.h"
#include "markup.h"
#include "support/program_fixture.h"
#include "web/web_routes.h"

namespace minato::web {
namespace {

using core::ErrorCode;
using testing::HasSubstr;
using testing::Not;

class ErrorPages : public ProgramTest {
 protected:
  http::Response page(const core::Error& error, std::string_view path, int status = 0) {
    http::ErrorContext context;
    context.format = http::ErrorFormat::kHtml;
    context.request_id = "request-7";
    context.status = status;
    return error_page(error, context, path, sources_);
  }
  static std::string body(const http::Response& response) {
    return std::get<std::string>(response.body);
  }

  std::string openapi_ = *http::openapi_json("https://data.example.jp");
  WebSources sources_{.catalog = catalog_,
                      .tables = tables_.tables(),
                      .harvest = harvest_.status(),
                      .store = audited_,
                      .accounts = accounts_,
                      .datasets = datasets_,
                      .uploads = uploads_,
                      .imports = imports_,
                      .secret = "secret",
                      .openapi_json = openapi_,
                      .options = {"", "", "desk@example.jp"}};
};

core::Error error_of(ErrorCode code) {
  core::Error error;
  error.code = code;
  error.id = "some-error";
  error.message = {"伝えること", "What it says"};
  error.hint = {"どうするか", "What to do"};
  return error;
}

TEST_F(ErrorPages, AreWellFormedForEveryStatus) {
  core::Error error = error_of(ErrorCode::kInvalidArgument);
  error.message = {kHostile, kHostile};
  error.details = {{kHostile, {kHostile, kHostile}, kHostile, "", "", {kHostile, kHostile}}};
  for (const int status : {400, 401, 403, 404, 405, 406, 409, 410, 412, 413,
                           414, 415, 429, 431, 500, 501, 502, 503, 504, 507}) {
    for (const char* path : {"/dataset/a", "/en/dataset/a"}) {
      const http::Response response = page(error, path, status);
      EXPECT_EQ(response.status, status);
      const Markup markup = read_markup(body(response));
      EXPECT_TRUE(markup.faults.empty()) << status << ::testing::PrintToString(markup.faults);
      EXPECT_EQ(markup.count("h1"), 1U);
      EXPECT_THAT(body(response), HasSubstr("noindex"));
      EXPECT_EQ(body(response).find("<b>x"), std::string::npos);
    }
  }
}

TEST_F(ErrorPages, AreKeptByNoCache) {
  for (const int status : {403, 404, 410, 429, 500}) {
    const http::Response response = page(error_of(ErrorCode::kNotFound), "/dataset/a", status);
    EXPECT_EQ(*response.headers.find("Cache-Control"), "no-store") << status;
  }
}

TEST_F(ErrorPages, TellWhoHasToWaitNothingOfHeaders) {
  EXPECT_EQ(body(page(error_of(ErrorCode::kNotFound), "/dataset/a", 429)).find("どうするか"),
            std::string::npos);
  EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), "/dataset/a", 404)),
              HasSubstr("どうするか"));
}

TEST_F(ErrorPages, TellStaffWhatBecameOfTheirFile) {
  const std::string form = "/manage/dataset/aed/upload";
  const std::string over = body(page(http::error_of_status(401), form, 401));
  EXPECT_THAT(over, HasSubstr("サインインの時間が切れています。何も登録していません。"));
  EXPECT_THAT(over, Not(HasSubstr("Authorization")));
  const std::string large = body(page(http::error_of_status(413), "/en" + form, 413));
  EXPECT_THAT(large, HasSubstr("The file is too large; nothing was taken in."));
  EXPECT_THAT(large, HasSubstr("GB")) << "how large it may be";
  EXPECT_THAT(body(page(http::error_of_status(401), "/managers", 401)), HasSubstr("API トークン"));
}

TEST_F(ErrorPages, SuggestAMunicipalityByTheFirstWordOfItsName) {
  EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), "/organization/Kanagawa")),
              HasSubstr("href=\"/organization/140007\""));
}

TEST_F(ErrorPages, SuggestNothingForTwoLetters) {
  EXPECT_EQ(body(page(error_of(ErrorCode::kNotFound), "/no")).find("/dataset/population"),
            std::string::npos);
}

TEST_F(ErrorPages, SpeakTheLanguageOfTheAddress) {
  const http::Response english = page(error_of(ErrorCode::kNotFound), "/en/nowhere");
  EXPECT_EQ(*english.headers.find("Content-Language"), "en");
  EXPECT_THAT(body(english), HasSubstr("What it says"));
  EXPECT_THAT(body(english), HasSubstr("href=\"/en/dataset\""));
  const http::Response japanese = page(error_of(ErrorCode::kNotFound), "/english");
  EXPECT_EQ(*japanese.headers.find("Content-Language"), "ja");
}

TEST_F(ErrorPages, FilesAndApisSpeakTheLanguageThatTheReaderPrefers) {
  http::ErrorContext context;
  context.language = core::Language::kEn;
  const auto reply = error_page(error_of(ErrorCode::kNotFound), context,
                                "/dataset/a/resource/b/download", sources_);
  EXPECT_EQ(*reply.headers.find("Content-Language"), "en");
}

TEST_F(ErrorPages, WhatIsNotFoundIsSuggested) {
  EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), "/dataset/shelter-人口")),
              HasSubstr("href=\"/dataset/population\""));
  EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), "/organization/14100")),
              HasSubstr("href=\"/organization/141003\""));
  EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), "/横浜市")),
              HasSubstr("href=\"/organization/141003\""));
  EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), "/zzzzz")),
              Not(HasSubstr("id=\"suggestions\"")));
}

TEST_F(ErrorPages, SuggestOnlyWhatEverybodyMaySee) {
  for (const char* path : {"/dataset/secret", "/dataset/非公開", "/dataset/draft-one"}) {
    EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), path)),
                Not(HasSubstr("href=\"/dataset/secret\"")));
  }
}

TEST_F(ErrorPages, OurFaultsShowTheRequestNumberAndWhomToTell) {
  const std::string html = body(page(error_of(ErrorCode::kInternal), "/dataset"));
  EXPECT_THAT(html, HasSubstr("<code id=\"request-id\">request-7</code>"));
  EXPECT_THAT(html, HasSubstr("data-copy=\"request-id\""));
  EXPECT_THAT(html, HasSubstr("mailto:desk@example.jp"));
}

TEST_F(ErrorPages, WrongParametersAreListed) {
  core::Error error = error_of(ErrorCode::kInvalidArgument);
  error.details = {{"limit", {"数ではありません。", "Not a number."}, "", "", "", {}}};
  const std::string html = body(page(error, "/dataset"));
  EXPECT_THAT(html, HasSubstr("<code>limit</code> 数ではありません。"));
}

TEST_F(ErrorPages, WhoMayNotSeeIsSentToSignIn) {
  EXPECT_THAT(body(page(error_of(ErrorCode::kPermissionDenied), "/dataset/secret")),
              HasSubstr("href=\"/manage\""));
  EXPECT_THAT(body(page(error_of(ErrorCode::kNotFound), "/x")),
              Not(HasSubstr("class=\"button primary\" href=\"/manage\"")));
}

TEST_F(ErrorPages, ManyKindsOfPathsDoNoHarm) {
  for (const std::string& path :
       {std::string(), std::string("/"), std::string("/en"), std::string("/en/"), std::string("//"),
        std::string("no-slash"), "/" + std::string(5000, 'x'), std::string("/\"><script>"),
        std::string("/a/.php"), std::string("/-_-")}) {
    const http::Response response = page(error_of(ErrorCode::kNotFound), path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_TRUE(read_markup(body(response)).faults.empty()) << path;
  }
}

}  // namespace
}  // namespace minato::web
