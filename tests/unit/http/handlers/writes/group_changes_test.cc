// organization_create, update, patch, delete, purge and their group_ twins, and what the shows say.
#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kNotFoundOrganization =
    R"({"__type":"Not Found Error","message":"Not found: Organization was not found."})";
constexpr const char* kNotFoundGroup =
    R"({"__type":"Not Found Error","message":"Not found: Group was not found."})";
constexpr const char* kMissingId = R"({"__type":"Validation Error","id":["Missing value"]})";

class GroupChanges : public WritesTest {};

std::string denied(const std::string& why) {
  return R"({"__type":"Authorization Error","message":"Access denied: )" + why + "\"}";
}

TEST_F(GroupChanges, AnOrganizationIsCreatedWithAllItsFields) {
  const auto reply = call("organization_create", R"({
      "name": "kanagawa-lib", "title": "県立図書館", "description": "本の <b>館</b>",
      "image_url": "https://www.example.jp/lib.png", "nosuch": 1, "packages": [{"name": "x"}],
      "groups": [{"name": "140007"}],
      "extras": [{"key": "homepage", "value": "https://www.example.jp/"},
                 {"key": "latitude", "value": "35.45"}, {"key": "longitude", "value": 139.6},
                 {"key": "担当", "value": "資料課"}, {"key": "old", "value": "x", "deleted": true}],
      "users": [{"name": "jiro", "capacity": "editor"}]})",
                          "root");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/help"),
            R"("https://data.example.jp/api/3/action/help_show?name=organization_create")");
  EXPECT_EQ(reply.at("/result/name"), R"("kanagawa-lib")");
  EXPECT_EQ(reply.at("/result/title"), R"("県立図書館")");
  EXPECT_EQ(reply.at("/result/display_name"), R"("県立図書館")");
  EXPECT_EQ(reply.at("/result/description"), R"("本の <b>館</b>")");
  EXPECT_EQ(reply.at("/result/image_display_url"), R"("https://www.example.jp/lib.png")");
  EXPECT_EQ(reply.at("/result/type"), R"("organization")");
  EXPECT_EQ(reply.at("/result/is_organization"), "true");
  EXPECT_EQ(reply.at("/result/state"), R"("active")");
  EXPECT_EQ(reply.at("/result/package_count"), "0");
  EXPECT_EQ(reply.at("/result/groups/0/name"), R"("140007")");
  EXPECT_EQ(reply.at("/result/extras"),
            R"([{"key":"homepage","value":"https://www.example.jp/","state":"active"},)"
            R"({"key":"latitude","value":"35.45","state":"active"},)"
            R"({"key":"longitude","value":"139.6","state":"active"},)"
            R"({"key":"担当","value":"資料課","state":"active"}])");
  EXPECT_THAT(reply.at("/result/users"), HasSubstr(R"("name":"root")"));
  EXPECT_THAT(reply.at("/result/users"), HasSubstr(R"("name":"jiro")"));
  const auto shown = show("organization_show?id=kanagawa-lib", "");
  EXPECT_EQ(shown.at("/result/title"), R"("県立図書館")");
  EXPECT_EQ(shown.at("/result/users"), "[]");
}

TEST_F(GroupChanges, ItsCreatorIsItsAdmin) {
  ASSERT_EQ(call("group_create", R"({"name":"kosodate"})", "root").status, 200);
  const auto members = show("member_list?id=kosodate&object_type=user", "root");
  EXPECT_EQ(members.at("/result"), R"([["root-id","user","Admin"]])");
}

TEST_F(GroupChanges, WhatIsWrongIsToldInCkansWords) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {R"({})", R"({"__type":"Validation Error","name":["Missing value"]})"},
      {R"({"name":""})", R"({"__type":"Validation Error","name":["Missing value"]})"},
      {R"({"name":"a"})",
       R"({"__type":"Validation Error","name":["Must be at least 2 characters long"]})"},
      {R"({"name":"横浜市"})",
       R"({"__type":"Validation Error","name":["Must be purely lowercase alphanumeric (ascii) )"
       R"(characters and these symbols: -_"]})"},
      {R"({"name":"edit"})",
       R"({"__type":"Validation Error","name":["That name cannot be used"]})"},
      {R"({"name":"141003"})",
       R"({"__type":"Validation Error","name":["Group name already exists in database"]})"},
      {R"({"name":"bosai"})",
       R"({"__type":"Validation Error","name":["Group name already exists in database"]})"},
      {R"({"name":["x"],"title":{"a":1}})",
       R"({"__type":"Validation Error","name":["Must be a text, not a list or an object",)"
       R"("Missing value"],"title":["Must be a text, not a list or an object"]})"},
      {R"({"name":"ok","title":"a\u0000b"})",
       R"({"__type":"Validation Error","title":["Null characters are not allowed"]})"},
      {R"({"name":"ok","extras":"no list"})",
       R"({"__type":"Validation Error","extras":["Must be a list"]})"},
      {R"({"name":"ok","extras":["x"]})",
       R"({"__type":"Validation Error","extras":["Must be a list of dictionaries with key and value"]})"},
      {R"({"name":"ok","extras":[{"key":"k","value":"1"},{"value":"2"}]})",
       R"({"__type":"Validation Error","extras":[{},{"key":["Missing value"]}]})"},
      {R"({"name":"ok","extras":[{"key":"k","value":"1"},{"key":"k","value":"2"}]})",
       R"({"__type":"Validation Error","extras_validation":["Duplicate key \"k\""]})"},
      {R"({"name":"ok","extras":[{"key":"latitude","value":"north"}]})",
       R"({"__type":"Validation Error","latitude":["Must be a number"]})"},
      {R"({"name":"ok","groups":[{"name":"nope"}]})",
       R"({"__type":"Validation Error","groups":["Organization does not exist"]})"},
      {R"({"name":"ok","users":[{"name":"nobody"}]})",
       R"({"__type":"Validation Error","users":["User not found: nobody"]})"},
      {R"({"name":"ok","users":[{"name":"jiro","capacity":"king"}]})",
       R"({"__type":"Validation Error","users":["role does not exist."]})"},
      {R"({"name":"ok","id":"x"})",
       R"({"__type":"Validation Error","id":["Invalid id provided"]})"},
      {R"({"name":"ok","state":"gone"})",
       R"({"__type":"Validation Error","state":["Value must be one of active, deleted"]})"},
  };
  for (const auto& [sent, expected] : cases) {
    const auto reply = call("organization_create", sent, "root");
    EXPECT_EQ(reply.status, 409) << sent;
    EXPECT_EQ(reply.error(), expected) << sent;
  }
  EXPECT_EQ(show("organization_list").at("/result"), R"(["141003","140007"])");
}

TEST_F(GroupChanges, BodiesThatCannotBeReadAreBadRequests) {
  EXPECT_EQ(call("organization_create", R"({"name":)", "root").status, 400);
  const auto list = call("group_create", "[1]", "root");
  EXPECT_EQ(list.status, 400);
  EXPECT_THAT(list.body, HasSubstr("needs to be a dictionary"));
  EXPECT_EQ(
      show("organization_create?name=x", "root").body,
      R"("Bad request: JSON Error: Invalid request. Please use POST method for your request")");
}

TEST_F(GroupChanges, SqlAndMarkupAreTextsLikeOthers) {
  const auto reply = call("group_create",
                          R"({"name":"texts","title":"'; DROP TABLE dataset; --",)"
                          R"("description":"<script>alert(1)</script>"})",
                          "root");
  EXPECT_EQ(reply.at("/result/title"), R"("'; DROP TABLE dataset; --")");
  EXPECT_EQ(reply.at("/result/description"), R"("<script>alert(1)</script>")");
}

TEST_F(GroupChanges, FormsAreTakenToo) {
  Form form;
  form.text("name", "from-a-form")
      .text("title", "書式から")
      .text("extras", R"([{"key":"homepage","value":"https://www.example.jp/"}])");
  const auto reply = send("organization_create", form, "root");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result/extras/0/key"), R"("homepage")");
  Form picture;
  picture.text("name", "with-a-picture").file("image_upload", "x.png", "PNG");
  const auto refused = send("organization_create", picture, "root");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.error(),
            R"({"__type":"Validation Error","image_upload":["Image files are not kept here: give )"
            R"(the address of the image as image_url"]})");
}

TEST_F(GroupChanges, WhoMayNotGetsA403) {
  for (const char* user : {"boss", "hanako", "member"}) {
    const auto reply = call("organization_create", R"({"name":"mine"})", user);
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.error(),
              denied("User " + std::string(user) + " not authorized to create organizations"));
    EXPECT_EQ(call("group_create", R"({"name":"mine"})", user).status, 403);
  }
  // What is wrong is nobody's business who may not.
  EXPECT_EQ(call("organization_create", R"({})", "hanako").status, 403);
  for (const char* action : {"organization_create", "organization_update", "organization_patch",
                             "organization_delete", "organization_purge", "group_create",
                             "group_update", "group_patch", "group_delete", "group_purge"}) {
    const auto reply = call(action, R"({"id":"141003","name":"141003"})", "");
    EXPECT_EQ(reply.status, 403) << action;
    EXPECT_EQ(reply.error(),
              denied("Action " + std::string(action) + " requires an authenticated user"));
  }
  for (const char* action : {"organization_update", "organization_patch", "organization_delete"}) {
    for (const char* user : {"hanako", "member", "jiro"}) {
      const auto reply = call(action, R"({"id":"141003","title":"x"})", user);
      EXPECT_EQ(reply.status, 403) << action << user;
      EXPECT_THAT(reply.error(), HasSubstr("needs the role admin in this organization"));
    }
    EXPECT_EQ(call(action, R"({"id":"140007"})", "boss").status, 403) << action;
  }
  EXPECT_EQ(call("organization_purge", R"({"id":"141003"})", "boss").status, 403);
  EXPECT_EQ(show("organization_show?id=141003").at("/result/title"), R"("横浜市")");
}

TEST_F(GroupChanges, AnUpdateReplacesAndAPatchChanges) {
  ASSERT_EQ(call("organization_patch",
                 R"({"id":"141003","description":"港町","groups":[{"name":"140007"}],
                     "extras":[{"key":"county","value":"郡"},{"key":"a","value":"1"}]})",
                 "boss")
                .status,
            200);
  const auto patched =
      call("organization_patch", R"({"id":"141003-id","title":"よこはま"})", "boss");
  ASSERT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(patched.at("/result/title"), R"("よこはま")");
  EXPECT_EQ(patched.at("/result/description"), R"("港町")");
  EXPECT_EQ(patched.at("/result/groups/0/name"), R"("140007")");
  EXPECT_EQ(patched.at("/result/extras/1/value"), R"("郡")");
  EXPECT_EQ(call("organization_patch", R"({"id":"141003","description":null})", "boss")
                .at("/result/description"),
            R"("")");

  const auto updated = call("organization_update", R"({"id":"141003","title":"横浜市"})", "boss");
  ASSERT_EQ(updated.status, 200) << updated.body;
  EXPECT_EQ(updated.at("/result/name"), R"("141003")");
  EXPECT_EQ(updated.at("/result/description"), R"("")");
  EXPECT_EQ(updated.at("/result/extras"), "[]");
  EXPECT_EQ(updated.at("/result/groups"), "[]");
  EXPECT_THAT(updated.at("/result/users"), HasSubstr(R"("name":"hanako")"));
}

TEST_F(GroupChanges, WhatAShowGaveCanBeSentBack) {
  ASSERT_EQ(call("organization_patch",
                 R"({"id":"141003","groups":[{"name":"140007"}],
                     "extras":[{"key":"title_en","value":"Yokohama"},{"key":"latitude","value":"35.4"},
                               {"key":"longitude","value":"139.6"}]})",
                 "boss")
                .status,
            200);
  const auto before = show("organization_show?id=141003", "boss");
  const auto after = call("organization_update", before.at("/result"), "boss");
  ASSERT_EQ(after.status, 200) << after.body;
  EXPECT_EQ(after.at("/result/extras"), before.at("/result/extras"));
  EXPECT_EQ(after.at("/result/groups"), before.at("/result/groups"));
}

TEST_F(GroupChanges, AnOldNameGoesOnLeadingToTheNewOne) {
  ASSERT_EQ(call("group_patch", R"({"id":"bosai","name":"saigai"})", "boss").status, 200);
  EXPECT_EQ(show("group_show?id=bosai", "").at("/result/name"), R"("saigai")");
}

TEST_F(GroupChanges, MissingAndUnknownIdsAreTold) {
  for (const char* action : {"update", "patch", "delete", "purge"}) {
    const std::string organization = "organization_" + std::string(action);
    const std::string group = "group_" + std::string(action);
    EXPECT_EQ(call(organization, "{}", "root").error(), kMissingId);
    EXPECT_EQ(call(group, R"({"id":""})", "root").error(), kMissingId);
    const auto none = call(organization, R"({"id":"bosai"})", "root");
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(none.error(), kNotFoundOrganization);
    EXPECT_EQ(call(group, R"({"id":"141003"})", "root").error(), kNotFoundGroup);
  }
}

TEST_F(GroupChanges, AnOrganizationWithDatasetsStays) {
  ASSERT_EQ(create("aed").status, 200);
  const auto refused = call("organization_delete", R"({"id":"141003"})", "boss");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.error(),
            R"({"__type":"Validation Error","message":"Organization cannot be deleted while it )"
            R"(still has datasets"})");
  ASSERT_EQ(call("package_delete", R"({"id":"aed"})").status, 200);
  const auto gone = call("organization_delete", R"({"id":"141003"})", "boss");
  EXPECT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(gone.at("/result"), "null");
  EXPECT_EQ(show("organization_show?id=141003", "").status, 404);
  EXPECT_EQ(show("organization_list", "").at("/result"), R"(["140007"])");
}

TEST_F(GroupChanges, ADeletedGroupComesBackByASysadmin) {
  ASSERT_EQ(create("aed").status, 200);
  ASSERT_EQ(
      call("member_create",
           R"({"id":"bosai","object":"aed","object_type":"package","capacity":"public"})", "boss")
          .status,
      200);
  ASSERT_EQ(call("group_delete", R"({"id":"bosai"})", "boss").at("/result"), "null");
  EXPECT_EQ(show("package_show?id=aed").at("/result/groups"), "[]");
  EXPECT_EQ(call("group_patch", R"({"id":"bosai","state":"active"})", "boss").status, 404);
  EXPECT_EQ(call("group_patch", R"({"id":"bosai","state":"active"})", "root").status, 200);
  EXPECT_EQ(show("group_show?id=bosai", "").status, 200);
  EXPECT_EQ(call("group_purge", R"({"id":"bosai"})", "root").at("/result"), "null");
  EXPECT_EQ(call("group_patch", R"({"id":"bosai-id","state":"active"})", "root").error(),
            kNotFoundGroup);
}

TEST_F(GroupChanges, PeopleAreShownToMembersOnly) {
  EXPECT_EQ(show("organization_show?id=141003", "").at("/result/users"), "[]");
  EXPECT_EQ(show("organization_show?id=141003", "jiro").at("/result/users"), "[]");
  const auto shown = show("organization_show?id=141003", "member").at("/result/users");
  EXPECT_THAT(shown, HasSubstr(R"("name":"boss")"));
  EXPECT_THAT(shown, HasSubstr(R"("capacity":"admin")"));
  EXPECT_THAT(shown, Not(HasSubstr("apikey\":null,\"capacity\":\"admin")));
  EXPECT_EQ(show("organization_show?id=141003&include_users=false", "member").at("/result/users"),
            "(nothing)");
  const auto listed =
      show("organization_list?all_fields=true&include_users=true&organizations=141003", "member");
  EXPECT_EQ(listed.at("/result/0/users"), shown);
}

}  // namespace
}  // namespace minato::http
