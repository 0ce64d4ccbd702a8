// What nobody should send, and what it is answered. Nothing of it is left behind.
#include <chrono>

#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class BadInput : public WritesTest {
 protected:
  // Of any writing action: a body as it is.
  WriteReply raw(std::string_view action, std::string body, std::string_view type) {
    Request request;
    request.method = "POST";
    request.caller = caller("hanako");
    request.headers.set("Content-Type", std::string(type));
    request.body.size = body.size();
    request.body.memory = std::move(body);
    return answer(std::move(request), "/api/3/action/" + std::string(action));
  }
  WriteReply multipart(std::string body) {
    return raw("resource_create", std::move(body),
               "multipart/form-data; boundary=" + std::string(Form::kBoundary));
  }
};

constexpr std::string_view kMultipart =
    "\"Bad request: JSON Error: Error decoding multipart data. Error: ";

TEST_F(BadInput, BrokenJsonIsABadRequest) {
  const auto broken = call("package_create", R"({"name":"aa",)");
  EXPECT_EQ(broken.status, 400);
  EXPECT_THAT(broken.body, StartsWith("\"Bad request: JSON Error: Error decoding JSON data."));
  EXPECT_EQ(call("package_create", "[]").body,
            R"("Bad request: JSON Error: Request data JSON decoded to [] but it needs to be a )"
            R"(dictionary.")");
  EXPECT_EQ(call("package_create", std::string("\"\0\"", 3)).status, 400);
  EXPECT_EQ(call("package_create", "{\"name\":\"\xFF\"}").status, 400);
  EXPECT_EQ(call("package_create", R"({"name":"aa","name":"bb"})").status, 400);
  EXPECT_EQ(call("package_create", std::string(100, '[')).status, 400);
  EXPECT_EQ(call("package_create", R"({"notes":")" + std::string(1'048'576, 'x') + "\"}").status,
            413);
}

TEST_F(BadInput, BrokenMultipartIsABadRequest) {
  const std::string whole =
      Form().text("package_id", "aa").file("upload", "a.csv", "a\n1\n").body();
  for (const std::size_t cut :
       {std::size_t{0}, std::size_t{10}, std::size_t{60}, whole.size() / 2, whole.size() - 20}) {
    const auto reply = multipart(whole.substr(0, cut));
    EXPECT_EQ(reply.status, 400) << cut;
    EXPECT_THAT(reply.body, StartsWith(std::string(kMultipart))) << cut;
  }
  EXPECT_EQ(raw("resource_create", whole, "multipart/form-data").status, 400);
  EXPECT_EQ(multipart(Form().text("name", "\xFF").body()).status, 400);
  EXPECT_EQ(multipart(Form().file("upload", "\xFF.csv", "a").body()).status, 400);
}

TEST_F(BadInput, AnEmptyFileFieldIsNoFile) {
  ASSERT_EQ(create("aa").status, 200);
  const auto reply = multipart(Form()
                                   .text("package_id", "aa")
                                   .text("url", "https://example.jp/x")
                                   .file("upload", "", "")
                                   .body());
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/result/url"), "https://example.jp/x");
}

TEST_F(BadInput, ControlCharactersAreWrongInEveryText) {
  for (const char* field : {"title", "notes", "url", "version", "author", "maintainer"}) {
    for (const char* text : {"a\\u0000b", "a\\u0001b", "a\\u001bb"}) {
      const auto reply =
          call("package_create", R"({"name":"aa","owner_org":"141003","license_id":"cc-by",")" +
                                     std::string(field) + "\":\"" + text + "\"}");
      EXPECT_EQ(reply.status, 409) << field << text;
      EXPECT_NE(reply.at(("/error/" + std::string(field)).c_str()), "(nothing)") << reply.body;
    }
  }
  for (const char* more :
       {R"(,"tags":[{"name":"a\u0000b"}])", R"(,"extras":[{"key":"a\u0000","value":"x"}])",
        R"(,"extras":[{"key":"a","value":"\u0000"}])", R"(,"resources":[{"url":"a\u0000"}])",
        R"(,"resources":[{"name":"a\u0007"}])", R"(,"resources":[{"x":"a\u0000"}])",
        R"(,"groups":[{"name":"a\u0000"}])"}) {
    EXPECT_EQ(create("aa", more).status, 409) << more;
  }
  EXPECT_EQ(id_of("aa"), "");
}

TEST_F(BadInput, NulsInNamesFindNothing) {
  EXPECT_EQ(call("package_patch", R"({"id":"a\u0000"})").status, 409);
  EXPECT_EQ(call("package_delete", R"({"id":"a\u0000"})").status, 409);
  EXPECT_EQ(call("resource_delete", R"({"id":"a\u0000"})").status, 409);
}

TEST_F(BadInput, SqlAndHtmlAreJustText) {
  for (const char* text : {"'; DROP TABLE dataset; --", "<script>alert(1)</script>",
                           "\\\" onmouseover=\\\"x", "${jndi:ldap://x}", "%00%0a", "../../etc"}) {
    const std::string value(text);
    const auto reply =
        create("aa", R"(,"notes":")" + value + R"(","author":")" + value + R"(","version":")" +
                         value + R"(","extras":[{"key":")" + value + R"(","value":")" + value +
                         R"("}],"resources":[{"url":"https://example.jp/x","name":")" + value +
                         R"(","description":")" + value + R"(","own":")" + value + R"("}])");
    ASSERT_EQ(reply.status, 200) << reply.body;
    const std::string notes = reply.at("/result/notes");
    EXPECT_EQ(notes, "\"" + value + "\"");
    EXPECT_EQ(show("package_show?id=aa").at("/result"), reply.at("/result"));
    EXPECT_EQ(show("package_show?id=aa").at("/result/resources/0/own"), notes);
    EXPECT_EQ(show("package_search").at("/result/count"), "1");
    ASSERT_EQ(call("dataset_purge", R"({"id":"aa"})", "root").status, 200);
  }
}

TEST_F(BadInput, SqlAndHtmlAreNoNamesTagsOrOrganizations) {
  for (const char* text : {"'; DROP TABLE dataset; --", "<b>x</b>", "../x", "人口"}) {
    const std::string value(text);
    EXPECT_EQ(create(value).status, 409) << value;
    EXPECT_EQ(create("aa", R"(,"groups":[{"name":")" + value + "\"}]").status, 409) << value;
    EXPECT_EQ(
        call("package_create", R"({"name":"aa","license_id":"cc-by","owner_org":")" + value + "\"}")
            .at("/error/owner_org"),
        R"(["Organization does not exist"])");
  }
  EXPECT_THAT(create("aa", R"(,"tags":[{"name":"<b>x</b>"}])").at("/error/tags/0"),
              HasSubstr("can only contain alphanumeric characters"));
}

TEST_F(BadInput, LimitsHaveTheirWords) {
  std::string tags;
  for (int i = 0; i < 201; ++i) {
    tags += (i == 0 ? "" : ",") + ("{\"name\":\"tag " + std::to_string(i) + "\"}");
  }
  EXPECT_EQ(create("aa", ",\"tags\":[" + tags + "]").error(),
            R"({"__type":"Validation Error","tags":["Too many tags: at most 200 on a dataset"]})");
  EXPECT_EQ(create(std::string(101, 'a')).error(),
            R"({"__type":"Validation Error","name":)"
            R"(["Name must be a maximum of 100 characters long"]})");
  EXPECT_EQ(create("aa", R"(,"version":")" + std::string(101, '1') + "\"").at("/error/version"),
            R"(["Version must be a maximum of 100 characters long"])");
}

TEST_F(BadInput, EndlessListsAreRefusedSoon) {
  const auto list = [](std::string_view item, int count) {
    std::string all = "[";
    for (int i = 0; i < count; ++i) {
      if (i > 0) all += ',';
      std::string one(item);
      one.replace(one.find('#'), 1, std::to_string(i));
      all += one;
    }
    return all + "]";
  };
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(create("aa", ",\"tags\":" + list(R"({"name":"t#"})", 50'000)).status, 409);
  EXPECT_EQ(create("aa", ",\"groups\":" + list(R"({"name":"t#"})", 50'000)).status, 409);
  EXPECT_EQ(create("aa", ",\"extras\":" + list(R"({"key":"t#"})", 50'000)).status, 409);
  EXPECT_EQ(create("aa", ",\"resources\":" + list(R"({"x":"t#"})", 50'000)).status, 409);
  EXPECT_EQ(
      call("package_revise", R"({"match":{"name":"aa"},"filter":)" + list("\"-t#\"", 101) + "}")
          .error(),
      R"({"__type":"Validation Error","filter":["Too many: at most 100"]})");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TEST_F(BadInput, WritesNeedPostAndKnownNames) {
  EXPECT_EQ(show("package_create?name=x").body,
            R"("Bad request: JSON Error: Invalid request. Please use POST method for your )"
            R"(request")");
  EXPECT_EQ(call("package_relationship_create", "{}").body,
            R"("Bad request: Action name not known: package_relationship_create")");
}

TEST_F(BadInput, HarvestWritesAreNobodys) {
  EXPECT_EQ(call("harvest_source_create", "{}").status, 403);
  EXPECT_EQ(call("harvest_source_create", "{}", "").status, 403);
  EXPECT_EQ(call("harvest_source_create", "{}", "root").body,
            R"("Bad request: Action name not known: harvest_source_create")");
}

}  // namespace
}  // namespace minato::http
