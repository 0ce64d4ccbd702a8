// Members of organizations and groups: changing them, and asking for them.
#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;

class MemberChanges : public WritesTest {
 protected:
  std::string members(const char* group) {
    return show("member_list?object_type=user&id=" + std::string(group), "root").at("/result");
  }
};

constexpr const char* kAdminsOnly = "needs the role admin in this organization";

TEST_F(MemberChanges, AnAdminGivesAndTakesRoles) {
  const auto made = call("organization_member_create",
                         R"({"id":"141003","username":"jiro","role":"editor","x":1})", "boss");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("/result/group_id"), R"("141003-id")");
  EXPECT_EQ(made.at("/result/table_name"), R"("user")");
  EXPECT_EQ(made.at("/result/table_id"), R"("jiro-id")");
  EXPECT_EQ(made.at("/result/capacity"), R"("editor")");
  EXPECT_EQ(made.at("/result/state"), R"("active")");
  EXPECT_THAT(members("141003"), HasSubstr(R"(["jiro-id","user","Editor"])"));
  const auto raised = call("organization_member_create",
                           R"({"id":"141003-id","username":"jiro-id","role":"admin"})", "boss");
  EXPECT_EQ(raised.at("/result/id"), made.at("/result/id"));
  EXPECT_THAT(members("141003"), HasSubstr(R"(["jiro-id","user","Admin"])"));
  const auto gone =
      call("organization_member_delete", R"({"id":"141003","username":"jiro"})", "boss");
  EXPECT_EQ(gone.at("/result"), "null");
  EXPECT_THAT(members("141003"), testing::Not(HasSubstr("jiro-id")));
  EXPECT_EQ(
      call("organization_member_delete", R"({"id":"141003","user_id":"jiro"})", "boss").status,
      200);
}

TEST_F(MemberChanges, WhatIsWrongIsTold) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"{}", R"({"__type":"Validation Error","id":["Missing value"],"username":["Missing value"],)"
             R"("role":["Missing value"]})"},
      {R"({"id":"nope","username":"nobody","role":"king"})",
       R"({"__type":"Validation Error","id":["That group name or ID does not exist."],)"
       R"("username":["Not found: User"],"role":["role does not exist."]})"},
      {R"({"id":"bosai","username":"jiro","role":"admin"})",
       R"({"__type":"Validation Error","id":["That group name or ID does not exist."]})"},
      {R"({"id":["141003"],"username":"jiro","role":"admin"})",
       R"({"__type":"Validation Error","id":["Must be a text, not a list or an object"]})"},
  };
  for (const auto& [sent, expected] : cases) {
    const auto reply = call("organization_member_create", sent, "root");
    EXPECT_EQ(reply.status, 409) << sent;
    EXPECT_EQ(reply.error(), expected) << sent;
  }
  const auto editor =
      call("group_member_create", R"({"id":"bosai","username":"jiro","role":"editor"})", "boss");
  EXPECT_EQ(editor.status, 409);
  EXPECT_EQ(editor.error(),
            R"({"__type":"Validation Error","role":["The role editor is for organizations."]})");
  EXPECT_EQ(call("group_member_delete", R"({"id":"bosai"})", "boss").error(),
            R"({"__type":"Validation Error","username":["Missing value"]})");
  EXPECT_EQ(call("group_member_delete", R"({"id":"nope","username":"jiro"})", "boss").error(),
            R"({"__type":"Not Found Error","message":"Not found: Group was not found."})");
  EXPECT_EQ(call("organization_member_delete", R"({"id":"141003","username":"x"})", "boss").error(),
            R"({"__type":"Not Found Error","message":"Not found: User was not found."})");
}

TEST_F(MemberChanges, OnlyAdminsOfTheOrganizationDo) {
  for (const char* user : {"hanako", "member", "jiro"}) {
    for (const char* action : {"organization_member_create", "organization_member_delete"}) {
      const auto reply = call(action, R"({"id":"141003","username":"jiro","role":"editor"})", user);
      EXPECT_EQ(reply.status, 403) << action << user;
      EXPECT_THAT(reply.error(), HasSubstr(kAdminsOnly));
    }
  }
  EXPECT_EQ(call("organization_member_create",
                 R"({"id":"140007","username":"boss","role":"admin"})", "boss")
                .status,
            403);
  EXPECT_EQ(call("member_create",
                 R"({"id":"141003","object":"jiro","object_type":"user","capacity":"admin"})", "")
                .error(),
            R"({"__type":"Authorization Error","message":"Access denied: Action member_create )"
            R"(requires an authenticated user"})");
}

TEST_F(MemberChanges, AdminsCannotDemoteThemselves) {
  const auto reply = call("organization_member_create",
                          R"({"id":"141003","username":"boss","role":"editor"})", "boss");
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.error(),
            R"({"__type":"Authorization Error","message":"Access denied: Administrators cannot )"
            R"(revoke their own admin status"})");
}

TEST_F(MemberChanges, UsersAndDatasetsAreMembersByMemberCreate) {
  ASSERT_EQ(create("aed").status, 200);
  const auto user =
      call("member_create",
           R"({"id":"bosai","object":"jiro","object_type":"user","capacity":"member"})", "boss");
  EXPECT_EQ(user.at("/result/table_id"), R"("jiro-id")");
  const auto dataset =
      call("member_create",
           R"({"id":"bosai","object":"aed","object_type":"package","capacity":"public"})", "boss");
  ASSERT_EQ(dataset.status, 200) << dataset.body;
  EXPECT_EQ(dataset.at("/result/table_name"), R"("package")");
  EXPECT_EQ(dataset.at("/result/capacity"), R"("public")");
  EXPECT_EQ(show("package_show?id=aed").at("/result/groups/0/name"), R"("bosai")");
  EXPECT_EQ(show("member_list?id=bosai&object_type=package", "").at("/result"),
            "[[\"" + id_of("aed") + R"(","package","public"]])");
  EXPECT_EQ(
      call("member_delete", R"({"id":"bosai","object":"aed","object_type":"package"})", "boss")
          .at("/result"),
      "null");
  EXPECT_EQ(show("package_show?id=aed").at("/result/groups"), "[]");
  EXPECT_EQ(call("member_delete", R"({"id":"bosai","object":"jiro","object_type":"user"})", "boss")
                .at("/result"),
            "null");
}

TEST_F(MemberChanges, MemberCreateTellsWhatIsWrong) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"{}", R"({"__type":"Validation Error","id":["Missing value"],"object":["Missing value"],)"
             R"("object_type":["Missing value"],"capacity":["Missing value"]})"},
      {R"({"id":"bosai","object":"x","object_type":"resource","capacity":"x"})",
       R"({"__type":"Validation Error","object_type":["resource isn't a valid model"]})"},
      {R"({"id":"141003","object":"x","object_type":"package","capacity":"x"})",
       R"({"__type":"Validation Error","object_type":["Datasets join an organization by their )"
       R"(owner_org"]})"},
      {R"({"id":"bosai","object":"jiro","object_type":"user","capacity":"public"})",
       R"({"__type":"Validation Error","capacity":["role does not exist."]})"},
      {R"({"id":"nope","object":"x","object_type":"user","capacity":"admin"})",
       R"({"__type":"Not Found Error","message":"Not found: Group was not found."})"},
      {R"({"id":"bosai","object":"x","object_type":"user","capacity":"admin"})",
       R"({"__type":"Not Found Error","message":"Not found: User was not found."})"},
      {R"({"id":"bosai","object":"x","object_type":"package","capacity":"public"})",
       R"({"__type":"Not Found Error","message":"Not found: Package was not found."})"},
  };
  for (const auto& [sent, expected] : cases) {
    EXPECT_EQ(call("member_create", sent, "root").error(), expected) << sent;
  }
}

TEST_F(MemberChanges, TheListOfPeopleIsForMembers) {
  EXPECT_EQ(show("member_list?id=141003&object_type=user", "member").at("/result"),
            R"([["boss-id","user","Admin"],["hanako-id","user","Editor"],)"
            R"(["member-id","user","Member"]])");
  EXPECT_EQ(show("member_list?id=141003&object_type=user&capacity=admin", "member").at("/result"),
            R"([["boss-id","user","Admin"]])");
  EXPECT_EQ(show("member_list?id=141003", "jiro").status, 403);
  EXPECT_EQ(show("member_list?id=141003", "").error(),
            R"({"__type":"Authorization Error","message":"Access denied: Action member_list )"
            R"(requires an authenticated user"})");
  EXPECT_EQ(show("member_list?id=nope", "").error(),
            R"({"__type":"Not Found Error","message":"Not found"})");
  EXPECT_EQ(show("member_list", "").error(),
            R"({"__type":"Validation Error","id":["Missing value"]})");
}

TEST_F(MemberChanges, OrganizationsOfAUserByPermission) {
  const auto names = [&](const std::string& query, const char* user) {
    const auto reply = show("organization_list_for_user?" + query, user);
    std::string list;
    for (int i = 0; reply.at(("/result/" + std::to_string(i)).c_str()) != "(nothing)"; ++i) {
      const std::string place = "/result/" + std::to_string(i);
      list += reply.text((place + "/name").c_str()) + ":" +
              reply.text((place + "/capacity").c_str()) + " ";
    }
    return list;
  };
  EXPECT_EQ(names("", ""), "");
  EXPECT_EQ(names("", "hanako"), "141003:editor ");
  EXPECT_EQ(names("permission=create_dataset", "hanako"), "141003:editor ");
  EXPECT_EQ(names("permission=create_dataset", "member"), "");
  EXPECT_EQ(names("permission=read", "member"), "141003:member ");
  EXPECT_EQ(names("permission=admin", "hanako"), "");
  EXPECT_EQ(names("permission=admin", "boss"), "141003:admin ");
  EXPECT_EQ(names("", "root"), "141003:admin 140007:admin ");
  EXPECT_EQ(names("id=hanako", "root"), "141003:editor ");
  EXPECT_EQ(names("id=nobody", "root"), "");
  EXPECT_EQ(show("organization_list_for_user?id=boss", "hanako").status, 403);
  const auto counted = show("organization_list_for_user?include_dataset_count=true", "hanako");
  EXPECT_EQ(counted.at("/result/0/package_count"), "0");
}

TEST_F(MemberChanges, GroupsThatMayBeEdited) {
  EXPECT_EQ(show("group_list_authz", "").at("/result"), "[]");
  EXPECT_EQ(show("group_list_authz", "boss").at("/result/0/name"), R"("bosai")");
  EXPECT_EQ(show("group_list_authz", "hanako").at("/result"), "[]");
  EXPECT_EQ(show("group_list_authz?am_member=true", "root").at("/result"), "[]");
  EXPECT_EQ(show("group_list_authz", "root").at("/result/0/name"), R"("bosai")");
}

}  // namespace
}  // namespace minato::http
