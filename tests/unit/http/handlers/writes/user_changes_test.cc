// Users and their tokens: changing them, and asking for them.
#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

class UserChanges : public WritesTest {
 protected:
  WriteReply create_user(std::string_view name, std::string_view more = "") {
    return call("user_create",
                R"({"name":")" + std::string(name) +
                    R"(","email":"mika@example.jp","password":"correct horse")" +
                    std::string(more) + "}",
                "root");
  }
};

constexpr const char* kNoUser =
    R"({"__type":"Not Found Error","message":"Not found: User was not found."})";

TEST_F(UserChanges, ASysadminCreatesAUser) {
  const auto reply = create_user("mika", R"(,"fullname":"青木 美香","about":"統計係","nosuch":1)");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result/name"), R"("mika")");
  EXPECT_EQ(reply.at("/result/fullname"), R"("青木 美香")");
  EXPECT_EQ(reply.at("/result/display_name"), R"("青木 美香")");
  EXPECT_EQ(reply.at("/result/about"), R"("統計係")");
  EXPECT_EQ(reply.at("/result/email"), R"("mika@example.jp")");
  EXPECT_EQ(reply.at("/result/state"), R"("active")");
  EXPECT_EQ(reply.at("/result/sysadmin"), "false");
  EXPECT_EQ(reply.at("/result/number_created_packages"), "0");
  EXPECT_EQ(reply.at("/result/activity_streams_email_notifications"), "false");
  EXPECT_EQ(reply.at("/result/last_active"), "null");
  EXPECT_EQ(reply.at("/result/token"), "(nothing)");
  EXPECT_THAT(reply.body, Not(HasSubstr("correct horse")));
}

TEST_F(UserChanges, ATokenComesWithTheUserWhenItIsAskedFor) {
  const auto reply = create_user("mika", R"(,"with_apitoken":true)");
  const auto caller = accounts_.authenticate(reply.text("/result/token"));
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->user_name, "mika");
}

TEST_F(UserChanges, WhatIsWrongIsToldInCkansWords) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"{}", R"({"__type":"Validation Error","name":["Missing value"],"email":["Missing value"],)"
             R"("password":["Missing value"]})"},
      {R"({"name":"A","email":"x","password":"short"})",
       R"({"__type":"Validation Error","password":["Your password must be 8 characters or )"
       R"(longer"],"name":["Must be at least 2 characters long"],"email":["Email x is not a )"
       R"(valid format"]})"},
      {R"({"name":"mika","email":"a@example.jp","password":12345678})",
       R"({"__type":"Validation Error","password":["Passwords must be strings"]})"},
      {R"({"name":"Mika","email":"a@example.jp","password":"12345678"})",
       R"({"__type":"Validation Error","name":["Must be purely lowercase alphanumeric (ascii) )"
       R"(characters and these symbols: -_"]})"},
      {R"({"name":"hanako","email":"a@example.jp","password":"12345678"})",
       R"({"__type":"Validation Error","name":["That login name is not available."]})"},
      {R"({"name":"mika","email":["a@example.jp"],"password":"12345678"})",
       R"({"__type":"Validation Error","email":["Must be a text, not a list or an object",)"
       R"("Missing value"]})"},
      {R"({"name":"mika","email":"a@example.jp","password":"12345678","image_url":"javascript:x"})",
       R"({"__type":"Validation Error","image_url":["Please provide a valid URL"]})"},
      {R"({"name":"mika","email":"a@example.jp","password":"12345678","state":"king"})",
       R"({"__type":"Validation Error","state":["Value must be one of active, deleted"]})"},
  };
  for (const auto& [sent, expected] : cases) {
    const auto reply = call("user_create", sent, "root");
    EXPECT_EQ(reply.status, 409) << sent;
    EXPECT_EQ(reply.error(), expected) << sent;
  }
  EXPECT_EQ(show("user_show?id=mika", "root").status, 404);
}

TEST_F(UserChanges, OnlySysadminsCreateAndDelete) {
  for (const char* user : {"boss", "hanako"}) {
    const auto reply = call("user_create", "{}", user);
    EXPECT_EQ(reply.status, 403);
    EXPECT_THAT(reply.error(), HasSubstr("Access denied: This action (create_user) needs"));
    EXPECT_EQ(call("user_delete", R"({"id":"member"})", user).status, 403);
  }
  for (const char* action : {"user_create", "user_update", "user_patch", "user_delete",
                             "api_token_create", "api_token_revoke"}) {
    EXPECT_EQ(call(action, "{}", "").error(),
              R"({"__type":"Authorization Error","message":"Access denied: Action )" +
                  std::string(action) + R"( requires an authenticated user"})");
  }
}

TEST_F(UserChanges, AnUpdateReplacesAndAPatchChanges) {
  ASSERT_EQ(
      call("user_patch", R"({"id":"hanako","email":"h@example.jp","fullname":"花子","about":"係"})")
          .status,
      200);
  const auto patched = call("user_patch", R"({"id":"hanako-id","about":"課"})");
  EXPECT_EQ(patched.at("/result/fullname"), R"("花子")");
  EXPECT_EQ(patched.at("/result/about"), R"("課")");
  EXPECT_EQ(patched.at("/result/email"), R"("h@example.jp")");
  const auto updated = call("user_update", R"({"id":"hanako","email":"h2@example.jp"})");
  ASSERT_EQ(updated.status, 200) << updated.body;
  EXPECT_EQ(updated.at("/result/name"), R"("hanako")");
  EXPECT_EQ(updated.at("/result/fullname"), "null");
  EXPECT_EQ(updated.at("/result/about"), "null");
  EXPECT_EQ(updated.at("/result/email"), R"("h2@example.jp")");
}

TEST_F(UserChanges, WhatOneMayNotChangeOfOneself) {
  EXPECT_EQ(call("user_update", R"({"id":"hanako"})").error(),
            R"({"__type":"Validation Error","email":["Missing value"]})");
  EXPECT_EQ(call("user_patch", R"({"id":"hanako","name":"hana"})").error(),
            R"({"__type":"Validation Error","name":["That login name can not be modified."]})");
  EXPECT_EQ(call("user_patch", R"({"id":"hanako","password":"short"})").error(),
            R"({"__type":"Validation Error","password":["Your password must be 8 characters or )"
            R"(longer"]})");
  // As at CKAN, what only sysadmins may say has no effect.
  const auto raised = call("user_patch", R"({"id":"hanako","sysadmin":true,"state":"deleted"})");
  EXPECT_EQ(raised.status, 200) << raised.body;
  EXPECT_EQ(raised.at("/result/sysadmin"), "false");
  EXPECT_EQ(raised.at("/result/state"), R"("active")");
  EXPECT_EQ(call("user_patch", R"({"id":"boss","about":"x"})").status, 403);
  EXPECT_EQ(call("user_patch", R"({"id":"nobody"})").error(), kNoUser);
  EXPECT_EQ(call("user_update", "{}").error(),
            R"({"__type":"Validation Error","id":["Missing value"]})");
}

TEST_F(UserChanges, SysadminsRenameAndRaiseUsers) {
  const auto renamed =
      call("user_patch", R"({"id":"hanako","name":"hana","sysadmin":true})", "root");
  EXPECT_EQ(renamed.at("/result/name"), R"("hana")");
  EXPECT_EQ(renamed.at("/result/sysadmin"), "true");
  EXPECT_EQ(call("user_patch", R"({"id":"hana","name":"boss"})", "root").error(),
            R"({"__type":"Validation Error","name":["That login name is not available."]})");
}

TEST_F(UserChanges, ADeletedUserIsGoneForEverybodyElse) {
  EXPECT_EQ(call("user_delete", R"({"id":"jiro"})", "root").at("/result"), "null");
  EXPECT_EQ(show("user_show?id=jiro", "hanako").status, 404);
  EXPECT_EQ(show("user_show?id=jiro", "root").at("/result/state"), R"("deleted")");
  EXPECT_EQ(
      call("user_delete", R"({"id":"nobody"})", "root").error(),
      R"({"__type":"Not Found Error","message":"Not found: User \"nobody\" was not found."})");
  const auto last = call("user_delete", R"({"id":"root"})", "root");
  EXPECT_EQ(last.status, 409);
  EXPECT_THAT(last.error(), HasSubstr("The last system administrator"));
  EXPECT_EQ(call("user_delete", "{}", "root").error(),
            R"({"__type":"Validation Error","id":["Missing value"]})");
}

TEST_F(UserChanges, AddressesAreForTheUserAndSysadmins) {
  ASSERT_EQ(create_user("mika").status, 200);
  EXPECT_EQ(show("user_show?id=mika", "root").at("/result/email"), R"("mika@example.jp")");
  const auto other = show("user_show?id=mika", "hanako");
  EXPECT_EQ(other.status, 200);
  EXPECT_EQ(other.at("/result/email"), "(nothing)");
  EXPECT_EQ(other.at("/result/email_hash"), R"("")");
  EXPECT_THAT(other.body, Not(HasSubstr("mika@example.jp")));
  EXPECT_EQ(show("user_show", "hanako").at("/result/name"), R"("hanako")");
  EXPECT_EQ(show("user_show?id=hanako", "").error(),
            R"({"__type":"Authorization Error","message":"Access denied: Action user_show )"
            R"(requires an authenticated user"})");
  EXPECT_EQ(show("user_show?id=nobody").error(),
            R"({"__type":"Not Found Error","message":"Not found"})");
}

TEST_F(UserChanges, DatasetsOfAUserAreThoseTheCallerMaySee) {
  ASSERT_EQ(create("open").status, 200);
  ASSERT_EQ(create("closed", R"(,"private":true)").status, 200);
  const auto own = show("user_show?id=hanako&include_datasets=true&include_num_followers=true");
  EXPECT_EQ(own.at("/result/num_followers"), "0");
  EXPECT_EQ(own.at("/result/number_created_packages"), "1");
  EXPECT_NE(own.at("/result/datasets/1/name"), "(nothing)");
  const auto other = show("user_show?id=hanako&include_datasets=true", "jiro");
  EXPECT_EQ(other.at("/result/datasets/0/name"), R"("open")");
  EXPECT_EQ(other.at("/result/datasets/1"), "(nothing)");
}

TEST_F(UserChanges, UsersAreListedForUsers) {
  ASSERT_EQ(create_user("mika").status, 200);
  ASSERT_EQ(create("open").status, 200);
  EXPECT_EQ(show("user_list?all_fields=false").at("/result"),
            R"(["boss","hanako","jiro","member","mika","root"])");
  EXPECT_EQ(show("user_list?q=AN&all_fields=false").at("/result"), R"(["hanako"])");
  EXPECT_EQ(show("user_list?order_by=number_created_packages").at("/result/0/name"), R"("hanako")");
  EXPECT_EQ(
      show("user_list?order_by=number_created_packages").at("/result/0/number_created_packages"),
      "1");
  // An address cannot be found out by searching for its parts.
  EXPECT_EQ(show("user_list?q=example&all_fields=false").at("/result"), "[]");
  EXPECT_EQ(show("user_list?q=example&all_fields=false", "root").at("/result"), R"(["mika"])");
  EXPECT_EQ(show("user_list?email=MIKA@example.jp&all_fields=false", "root").at("/result"),
            R"(["mika"])");
  EXPECT_EQ(show("user_list?email=mika@example.jp").status, 403);
  EXPECT_EQ(show("user_list", "").status, 403);
  EXPECT_EQ(show("user_list?order_by=nosuch").status, 409);
}

TEST_F(UserChanges, NamesAreSuggested) {
  EXPECT_EQ(show("user_autocomplete?q=han").at("/result"),
            R"([{"id":"hanako-id","name":"hanako","fullname":""}])");
  EXPECT_EQ(show("user_autocomplete?q=han&ignore_self=true").at("/result"), "[]");
  EXPECT_EQ(show("user_autocomplete?q=&limit=1").at("/result/1"), "(nothing)");
  EXPECT_EQ(show("user_autocomplete").error(),
            R"({"__type":"Validation Error","q":["Missing value"]})");
  EXPECT_EQ(show("user_autocomplete?q=h", "").status, 403);
}

TEST_F(UserChanges, ATokenIsMadeUsedListedAndRevoked) {
  const auto made = call("api_token_create",
                         R"({"user":"hanako","name":"夜間バッチ","scopes":["datasets"],
                             "expires_in":30,"unit":86400})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(made.text("/result/token"), MatchesRegex("minato_[A-Za-z0-9_-]+"));
  EXPECT_EQ(accounts_.authenticate(made.text("/result/token"))->user_name, "hanako");
  const auto list = show("api_token_list?user_id=hanako");
  EXPECT_EQ(list.text("/result/0/id"), made.text("/result/id"));
  EXPECT_EQ(list.at("/result/0/name"), R"("夜間バッチ")");
  EXPECT_EQ(list.at("/result/0/user_id"), R"("hanako-id")");
  EXPECT_EQ(list.at("/result/0/scopes"), R"(["datasets"])");
  EXPECT_THAT(list.at("/result/0/expires_at"), HasSubstr("2024-07-15T"));
  EXPECT_THAT(list.body, Not(HasSubstr("minato_")));
  EXPECT_EQ(show("api_token_list?user=hanako", "root").at("/result/1"), "(nothing)");

  EXPECT_EQ(
      call("api_token_revoke", R"({"jti":")" + made.text("/result/id") + "\"}", "jiro").status,
      403);
  const auto gone = call("api_token_revoke", R"({"token":")" + made.text("/result/token") + "\"}");
  EXPECT_EQ(gone.at("/result"), "null");
  EXPECT_TRUE(accounts_.authenticate(made.text("/result/token"))->is_anonymous());
  EXPECT_EQ(show("api_token_list?user_id=hanako").at("/result"), "[]");
}

TEST_F(UserChanges, WhatIsWrongWithATokenIsTold) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"{}", R"({"__type":"Validation Error","user":["Missing value"],"name":["Missing value"]})"},
      {R"({"user":"hanako","name":"x","expires_in":"soon"})",
       R"({"__type":"Validation Error","expires_in":["Invalid integer"]})"},
      {R"({"user":"hanako","name":"x","expires_in":9223372036854775807,"unit":9})",
       R"({"__type":"Validation Error","expires_in":["Must be a positive integer, and within 100 )"
       R"(years"]})"},
      {R"({"user":"hanako","name":"x","expires":"yesterday"})",
       R"({"__type":"Validation Error","expires":["Date format incorrect"]})"},
      {R"({"user":"hanako","name":"x","expires":"2000-01-01"})",
       R"({"__type":"Validation Error","expires":["It is in the past."]})"},
      {R"({"user":"hanako","name":"x","scopes":["everything"]})",
       R"({"__type":"Validation Error","scopes":["There is no such scope."]})"},
      {R"({"user":"nobody","name":"x"})",
       R"({"__type":"Not Found Error","message":"Not found: User not found"})"},
  };
  for (const auto& [sent, expected] : cases) {
    EXPECT_EQ(call("api_token_create", sent).error(), expected) << sent;
  }
  EXPECT_EQ(call("api_token_create", R"({"user":"boss","name":"x"})").status, 403);
  EXPECT_EQ(call("api_token_revoke", "{}").error(),
            R"({"__type":"Validation Error","token":["Missing value"]})");
  EXPECT_EQ(call("api_token_revoke", R"({"token":"minato_x"})").error(),
            R"({"__type":"Not Found Error","message":"Not found"})");
  EXPECT_EQ(show("api_token_list").error(),
            R"({"__type":"Validation Error","user_id":["Missing value"]})");
  EXPECT_EQ(show("api_token_list?user_id=boss").status, 403);
  EXPECT_EQ(show("api_token_list?user_id=hanako", "").status, 403);
}

}  // namespace
}  // namespace minato::http
