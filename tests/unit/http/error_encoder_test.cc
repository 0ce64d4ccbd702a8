#include "http/error_encoder.h"

#include <gmock/gmock.h>
#include <rapidjson/document.h>

namespace minato::http {
namespace {

using core::ErrorCode;
using core::Language;
using testing::HasSubstr;
using testing::Not;

core::Error sample(ErrorCode code = ErrorCode::kInvalidArgument) {
  core::Error error{code,
                    "sort-unknown",
                    {"並べ替えの列がありません。", "No such sort column."},
                    {"「name」はいかがですか。", "Did you mean \"name\"?"},
                    {},
                    "secret <internal>"};
  error.details.push_back({"sort",
                           {"列がありません", "no such column"},
                           "byte 3",
                           "name, title",
                           "nmae<b>",
                           {"綴り", "spelling"}});
  return error;
}

ErrorContext context(ErrorFormat format, Language language = Language::kEn) {
  ErrorContext made;
  made.format = format;
  made.language = language;
  made.site_url = "https://data.example.jp";
  made.request_id = "req-1";
  made.action = "package_search";
  return made;
}

std::string body_of(const Response& response) { return std::get<std::string>(response.body); }

rapidjson::Document json_of(const Response& response) {
  rapidjson::Document document;
  document.Parse(body_of(response).c_str());
  EXPECT_FALSE(document.HasParseError()) << body_of(response);
  return document;
}

TEST(StatusOf, CoversEveryCode) {
  const std::pair<ErrorCode, int> rows[] = {{ErrorCode::kInvalidArgument, 400},
                                            {ErrorCode::kUnauthenticated, 401},
                                            {ErrorCode::kPermissionDenied, 403},
                                            {ErrorCode::kNotFound, 404},
                                            {ErrorCode::kNotAcceptable, 406},
                                            {ErrorCode::kConflict, 409},
                                            {ErrorCode::kGone, 410},
                                            {ErrorCode::kTooLarge, 413},
                                            {ErrorCode::kUnsupportedMedia, 415},
                                            {ErrorCode::kRateLimited, 429},
                                            {ErrorCode::kInternal, 500},
                                            {ErrorCode::kUpstream, 502},
                                            {ErrorCode::kUnavailable, 503},
                                            {ErrorCode::kDeadline, 504},
                                            {ErrorCode::kInsufficientStorage, 507}};
  for (const auto& [code, status] : rows) EXPECT_EQ(status_of(code), status);
}

TEST(Problem, HasTheMembersOfRfc9457AndOurs) {
  const Response response = encode_error(sample(), context(ErrorFormat::kProblem));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(*response.headers.find("Content-Type"), "application/problem+json");
  EXPECT_EQ(*response.headers.find("Content-Language"), "en");
  const auto json = json_of(response);
  EXPECT_STREQ(json["type"].GetString(), "https://data.example.jp/docs/errors#sort-unknown");
  EXPECT_STREQ(json["title"].GetString(), "Bad Request");
  EXPECT_EQ(json["status"].GetInt(), 400);
  EXPECT_STREQ(json["detail"].GetString(), "No such sort column.");
  EXPECT_STREQ(json["code"].GetString(), "sort-unknown");
  EXPECT_STREQ(json["hint"].GetString(), "Did you mean \"name\"?");
  EXPECT_STREQ(json["request_id"].GetString(), "req-1");
  const auto& detail = json["errors"][0];
  EXPECT_STREQ(detail["param"].GetString(), "sort");
  EXPECT_STREQ(detail["position"].GetString(), "byte 3");
  EXPECT_STREQ(detail["expected"].GetString(), "name, title");
  EXPECT_STREQ(detail["got"].GetString(), "nmae<b>");
  EXPECT_STREQ(detail["message"].GetString(), "no such column");
  EXPECT_STREQ(detail["hint"].GetString(), "spelling");
}

TEST(Problem, SpeaksTheLanguageAsked) {
  const auto json = json_of(encode_error(sample(), context(ErrorFormat::kProblem, Language::kJa)));
  EXPECT_STREQ(json["detail"].GetString(), "並べ替えの列がありません。");
}

TEST(Encoders, NeverWriteTheInternalTextAndAlwaysValidUtf8) {
  core::Error error = sample(ErrorCode::kInternal);
  error.message.en = "bad \xFF byte";
  for (const auto format : {ErrorFormat::kProblem, ErrorFormat::kCkan, ErrorFormat::kHtml}) {
    const std::string body = body_of(encode_error(error, context(format)));
    EXPECT_THAT(body, Not(HasSubstr("secret")));
    EXPECT_THAT(body, Not(HasSubstr("\xFF")));
    EXPECT_EQ(*encode_error(error, context(format)).headers.find("Cache-Control"), "no-store");
  }
}

TEST(Ckan, ListsMessagesPerFieldOfAValidationError) {
  core::Error error = sample();
  error.details.push_back(error.details[0]);
  const Response response = encode_error(error, context(ErrorFormat::kCkan));
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(*response.headers.find("Content-Type"), "application/json;charset=utf-8");
  const auto json = json_of(response);
  EXPECT_STREQ(json["help"].GetString(),
               "https://data.example.jp/api/3/action/help_show?name=package_search");
  EXPECT_FALSE(json["success"].GetBool());
  EXPECT_FALSE(json.HasMember("result"));
  EXPECT_STREQ(json["error"]["__type"].GetString(), "Validation Error");
  ASSERT_EQ(json["error"]["sort"].Size(), 2u);
  EXPECT_STREQ(json["error"]["sort"][0].GetString(), "no such column spelling");
}

TEST(Ckan, MapsCodesToTheContractsTypes) {
  const auto type_of = [](ErrorCode code) {
    core::Error error = sample(code);
    error.details.clear();
    const Response response = encode_error(error, context(ErrorFormat::kCkan));
    const auto json = json_of(response);
    return std::to_string(response.status) + " " + json["error"]["__type"].GetString() + ": " +
           json["error"]["message"].GetString();
  };
  const std::string text = "No such sort column. Did you mean \"name\"?";
  EXPECT_EQ(type_of(ErrorCode::kNotFound), "404 Not Found Error: Not found: " + text);
  EXPECT_EQ(type_of(ErrorCode::kPermissionDenied),
            "403 Authorization Error: Access denied: " + text);
  EXPECT_EQ(type_of(ErrorCode::kUnauthenticated),
            "403 Authorization Error: Access denied: " + text);
  EXPECT_EQ(type_of(ErrorCode::kInternal), "500 Internal Server Error: Internal Server Error");
  EXPECT_EQ(type_of(ErrorCode::kUnavailable), "503 Service Unavailable: " + text);
}

TEST(Ckan, AnswersWhatItCannotReadWithABareString) {
  core::Error error = sample();
  error.details.clear();
  const Response response = encode_error(error, context(ErrorFormat::kCkan));
  EXPECT_EQ(response.status, 400);
  const auto json = json_of(response);
  ASSERT_TRUE(json.IsString());
  EXPECT_STREQ(json.GetString(), "Bad request: No such sort column. Did you mean \"name\"?");
  EXPECT_EQ(body_of(encode_ckan_string(400, "a \"b\" \n人")), "\"a \\\"b\\\" \\n人\"");
}

TEST(Ckan, EscapesTheActionInTheHelpLink) {
  ErrorContext odd = context(ErrorFormat::kCkan);
  odd.action = "a&b=\"<人";
  const auto json = json_of(encode_ckan_envelope({404, "Not Found Error", "Not found", {}}, odd));
  EXPECT_STREQ(json["help"].GetString(),
               "https://data.example.jp/api/3/action/help_show?name=a%26b%3D%22%3C%E4%BA%BA");
}

TEST(HtmlPage, EscapesEverythingAndSaysItsLanguage) {
  core::Error error = sample(ErrorCode::kNotFound);
  error.message.ja = "<script>alert('x')</script>&\"";
  const Response response = encode_error(error, context(ErrorFormat::kHtml, Language::kJa));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(*response.headers.find("Content-Type"), "text/html; charset=utf-8");
  const std::string page = body_of(response);
  EXPECT_THAT(page, HasSubstr("<html lang=\"ja\">"));
  EXPECT_THAT(page, HasSubstr("<h1>404 Not Found</h1>"));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("req-1"));
}

TEST(StatusErrors, KeepTheirStatusInEveryFormat) {
  for (const int status : {400, 404, 405, 406, 408, 411, 412, 413, 414, 415, 416, 417, 429, 431,
                           500, 501, 503, 505, 507}) {
    for (const auto format : {ErrorFormat::kProblem, ErrorFormat::kCkan, ErrorFormat::kHtml}) {
      ErrorContext asked = context(format);
      asked.status = status;
      const core::Error error = error_of_status(status);
      EXPECT_EQ(encode_error(error, asked).status, status);
      EXPECT_FALSE(error.message.ja.empty() || error.message.en.empty()) << status;
      EXPECT_FALSE(error.hint.ja.empty() || error.hint.en.empty()) << status;
    }
  }
  EXPECT_EQ(error_of_status(599).id, "internal");
}

}  // namespace
}  // namespace minato::http
