// How parameters reach an action, and what happens to hostile ones.
#include "ckan_fixture.h"

#include <sys/mman.h>
#include <unistd.h>

namespace minato::http {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto kForm = "application/x-www-form-urlencoded";

class CkanRequests : public CkanTest {
 protected:
  CkanReply show(std::string body, std::string_view type = "application/json") {
    return post("/api/3/action/package_show", std::move(body), type);
  }
};

TEST_F(CkanRequests, JsonIsReadUnderAnyOtherType) {
  for (const char* type :
       {"application/json", "text/plain", "application/json; charset=utf-8", ""}) {
    EXPECT_EQ(show(R"({"id":"aed"})", type).at("/result/name"), R"("aed")") << type;
  }
}

TEST_F(CkanRequests, AnEmptyBodyIsAnEmptyObject) {
  EXPECT_EQ(post("/api/action/package_list", "").status, 200);
  EXPECT_EQ(post("/api/action/package_list", " \n").status, 200);
  EXPECT_EQ(post("/api/action/package_list", "", kForm).status, 200);
}

TEST_F(CkanRequests, GetIgnoresItsBodyAndContentType) {
  for (const std::string body : {"", R"({"id":"population"})", "{"}) {
    Request request;
    request.method = "GET";
    request.headers.set("Content-Type", "application/json");
    request.body.memory = body;
    request.body.size = body.size();
    EXPECT_EQ(call(std::move(request), "/api/action/package_show?id=aed").at("/result/name"),
              R"("aed")");
  }
}

TEST_F(CkanRequests, TheQueryStringWinsOverTheBodyWhenReading) {
  const auto reply = post("/api/3/action/package_show?id=aed", R"({"id":"population"})");
  EXPECT_EQ(reply.at("/result/name"), R"("aed")");
}

TEST_F(CkanRequests, WritesTakeNoQueryString) {
  const auto reply = post("/api/3/action/package_create?name=x", "[]");
  EXPECT_EQ(reply.status, 400);
}

TEST_F(CkanRequests, MultipartTextPartsAreParameters) {
  const std::string body =
      "preamble\r\n--x y\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\naed\r\n"
      "--x y \r\nContent-Disposition: form-data; name=upload; filename=\"a.csv\"\r\n"
      "Content-Type: text/csv\r\n\r\na,b\r\n--x y--\r\n";
  const auto reply = show(body, "multipart/form-data; charset=utf-8; boundary=\"x y\"");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/result/name"), R"("aed")");
}

TEST_F(CkanRequests, BrokenMultipartIsABadRequest) {
  const char* type = "multipart/form-data; boundary=b";
  for (const char* body :
       {"", "--b", "--b\r\n", "--b\r\nx", "--b\r\n\r\n\r\n--b--", "--bx\r\n\r\na\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\naed",
        "--b\r\nContent-Disposition: form-data; name=\"id\"\r\naed\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\naed\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n\xFF\r\n--b--"}) {
    const auto reply = show(body, type);
    EXPECT_EQ(reply.status, 400) << body;
    EXPECT_THAT(reply.body, StartsWith(R"("Bad request: JSON Error: Error decoding multipart)"));
  }
  EXPECT_EQ(show("--b--", "multipart/form-data").status, 400);
}

TEST_F(CkanRequests, FormsNamedByOneKeyFollowTheCurlRule) {
  EXPECT_EQ(show("not+json", kForm).status, 400);
  EXPECT_EQ(show("%7B%22id%22%3A%22aed%22%7D", kForm).status, 200);
  // A form whose only field is "1" stays a form.
  EXPECT_EQ(post("/api/3/action/package_list", "limit=1", kForm).at("/result"), R"(["aed"])");
  EXPECT_EQ(show(R"({"id":"aed","x":"a&b=c+d"})", kForm).status, 200);
}

TEST_F(CkanRequests, ASpooledBodyIsReadFromItsFile) {
  const int descriptor = ::memfd_create("body", MFD_CLOEXEC);
  ASSERT_GE(descriptor, 0);
  const std::string body = R"({"id":"aed","padding":")" + std::string(100'000, 'x') + "\"}";
  ASSERT_EQ(::write(descriptor, body.data(), body.size()), static_cast<ssize_t>(body.size()));
  Request request;
  request.method = "POST";
  request.body.spool = FileDescriptor(descriptor);
  request.body.size = body.size();
  EXPECT_EQ(call(std::move(request), "/api/3/action/package_show").at("/result/name"), R"("aed")");
}

TEST_F(CkanRequests, UnknownParametersAreIgnoredByShowAndList) {
  EXPECT_EQ(post("/api/3/action/package_list",
                 R"({"include_private":false,"include_drafts":false,"include_deleted":false})")
                .status,
            200);
  EXPECT_EQ(show(R"({"id":"aed","include_datasets":false,"include_users":false})").status, 200);
}

TEST_F(CkanRequests, NumbersComeAsNumbersOrTexts) {
  const char* target = "/api/3/action/package_list";
  EXPECT_EQ(post(target, R"({"limit":1})").at("/result"), R"(["aed"])");
  EXPECT_EQ(post(target, R"({"limit":" 1 ","offset":"1"})").at("/result"), R"(["population"])");
  EXPECT_EQ(post(target, R"({"limit":2.0})").at("/result"), R"(["aed","population"])");
  EXPECT_EQ(post(target, R"({"limit":null,"offset":""})").at("/result/2"), R"("shelters")");
  for (const char* bad : {"2.5", "true", "[]", "[1]", "{}", "\"1e3\"", "\"0x10\"", "\"一\""}) {
    const auto reply = post(target, std::string(R"({"limit":)") + bad + "}");
    EXPECT_EQ(reply.at("/error/limit/0"), R"("Invalid integer")") << bad;
  }
}

TEST_F(CkanRequests, HugeNumbersMeanEverythingOrNothing) {
  const char* target = "/api/3/action/package_list";
  for (const char* huge : {"9223372036854775807", "99999999999999999999999999", "1e300"}) {
    EXPECT_EQ(post(target, std::string(R"({"limit":)") + huge + "}").at("/result/0"), R"("aed")");
    EXPECT_EQ(post(target, std::string(R"({"offset":)") + huge + "}").at("/result"), "[]");
  }
  EXPECT_EQ(post(target, R"({"limit":-1e300})").status, 409);
  EXPECT_EQ(action("package_search?start=99999999999999999999").at("/result/results"), "[]");
  EXPECT_EQ(action("current_package_list_with_resources?page=9223372036854775807&limit=1000")
                .at("/result"),
            "[]");
  EXPECT_EQ(action("group_list?offset=9223372036854775807&limit=9223372036854775807").at("/result"),
            "[]");
  EXPECT_EQ(
      action("tag_search?query=%E9%98%B2&offset=9223372036854775807&limit=5").at("/result/results"),
      "[]");
}

TEST_F(CkanRequests, TextsMustBeTexts) {
  for (const char* bad : {R"(["aed"])", R"({"a":1})", R"("a\u0000ed")"}) {
    const auto reply = show(std::string(R"({"id":)") + bad + "}");
    EXPECT_EQ(reply.status, 409) << bad;
    EXPECT_NE(reply.at("/error/id/0"), "(nothing)") << bad;
  }
  EXPECT_EQ(show(R"({"id":5})").status, 404);
  EXPECT_EQ(show(R"({"id":true})").status, 404);
  EXPECT_EQ(show(R"({"id":null})").at("/error/name_or_id/0"), R"("Missing value")");
}

TEST_F(CkanRequests, LongTextsAreRefused) {
  const auto reply = show(R"({"id":")" + std::string(1'000'000, 'a') + "\"}");
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.at("/error/id/0"), R"("Must be a maximum of 8192 bytes long")");
  EXPECT_EQ(show(R"({"id":")" + std::string(8000, 'a') + "\"}").status, 404);
}

TEST_F(CkanRequests, DeepOrDoubledJsonIsRefused) {
  const auto deep = show(R"({"id":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}");
  EXPECT_EQ(deep.status, 400);
  EXPECT_THAT(deep.body, StartsWith(R"("Bad request: JSON Error: )"));
  EXPECT_EQ(show(R"({"id":"aed","id":"population"})").status, 400);
  EXPECT_EQ(show("{\"id\":\"\xC3\x28\"}").status, 400);
  EXPECT_EQ(show("nan").status, 400);
  EXPECT_EQ(show("\"aed\"").status, 400);
  EXPECT_EQ(show("null").status, 400);
}

TEST_F(CkanRequests, LongInputIsNotEchoedWhole) {
  const auto list = show("[" + std::string(5000, '1') + "]");
  EXPECT_LT(list.body.size(), 400u);
  const auto unknown = get("/api/3/action/" + std::string(3000, 'x'));
  EXPECT_EQ(unknown.status, 400);
  EXPECT_LT(unknown.body.size(), 300u);
  std::string japanese = "/api/3/action/";
  for (int i = 0; i < 100; ++i) japanese += "%E3%81%82";
  EXPECT_FALSE(get(japanese).json.IsNull());
}

TEST_F(CkanRequests, MarkupAndSqlAreOnlyText) {
  for (const char* evil :
       {"%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%27%3B%20DROP%20TABLE%20dataset%3B--",
        "%22%20OR%20%221%22%3D%221", "..%2F..%2Fetc%2Fpasswd", "%25%5F", "%5C"}) {
    for (const char* name : {"package_show?id=", "group_show?id=", "organization_show?id=",
                             "tag_show?id=", "resource_show?id=", "vocabulary_show?id=",
                             "help_show?name=", "resource_view_show?id="}) {
      EXPECT_EQ(action(std::string(name) + evil).status, 404) << name << evil;
    }
    for (const char* name :
         {"package_autocomplete?q=", "tag_list?query=", "group_list?q=", "organization_list?q=",
          "tag_search?query=", "format_autocomplete?q=", "organization_autocomplete?q="}) {
      const auto reply = action(std::string(name) + evil);
      EXPECT_EQ(reply.status, 200) << name << evil;
      EXPECT_FALSE(reply.json.IsNull());
    }
    EXPECT_THAT(action(std::string("package_search?q=") + evil).status, AnyOf(200, 409)) << evil;
    EXPECT_THAT(action(std::string("package_search?fq=") + evil).status, AnyOf(200, 409)) << evil;
    EXPECT_EQ(action(std::string("package_search?sort=") + evil).status, 400) << evil;
  }
}

TEST_F(CkanRequests, CallbacksOnlyNameFunctions) {
  EXPECT_THAT(action("site_read?callback=a.b_%24c1").body, StartsWith("a.b_$c1({"));
  for (const char* bad : {"", "alert(1)", "a%20b", "%3Cscript%3E", "a%0Ab", "%E3%81%82", "a-b"}) {
    const auto reply = action(std::string("site_read?callback=") + bad);
    EXPECT_EQ(reply.status, 400) << bad;
    EXPECT_EQ(reply.content_type, "application/json;charset=utf-8");
  }
  EXPECT_EQ(action("site_read?callback=" + std::string(101, 'f')).status, 400);
}

TEST_F(CkanRequests, JsonpIsForSuccessesByGetOnly) {
  const auto missing = action("package_show?id=zz&callback=f");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.at("/success"), "false");
  const auto posted = post("/api/3/action/site_read?callback=f", "{}");
  EXPECT_EQ(posted.at("/result"), "true");
  EXPECT_EQ(action("package_search?rows=0&callback=f").status, 200);
}

TEST_F(CkanRequests, JsonpEscapesLineSeparators) {
  auto dataset = *catalog_.dataset("aed");
  dataset.title =
      "a\xE2\x80\xA8"
      "b\xE2\x80\xA9"
      "c\xE2\x80\x94"
      "d";
  store_.put(dataset);
  const auto reply = action("package_show?id=aed&callback=f");
  EXPECT_THAT(reply.body, HasSubstr("a\\u2028b\\u2029c\xE2\x80\x94"
                                    "d"));
  EXPECT_THAT(reply.body, Not(HasSubstr("\xE2\x80\xA8")));
}

TEST_F(CkanRequests, OtherMethodsAreNotRouted) {
  Request request;
  request.method = "PUT";
  EXPECT_EQ(call(std::move(request), "/api/3/action/package_show").status, 405);
}

TEST_F(CkanRequests, FaultsOfTheStoreAreServerErrors) {
  core::Error error;
  error.code = core::ErrorCode::kInternal;
  error.id = "internal";
  error.message = {"内部", "Internal server error."};
  error.internal = "disk I/O error at /var/lib/minato";
  store_.fail_reads(error);
  const auto reply = action("package_show?id=aed");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.at("/error/__type"), R"("Internal Server Error")");
  EXPECT_THAT(reply.body, Not(HasSubstr("/var/lib")));
}

}  // namespace
}  // namespace minato::http
