// tag_create, tag_delete and vocabulary_*.
#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;

class TagChanges : public WritesTest {};

TEST_F(TagChanges, AVocabularyIsCreatedShownAndChanged) {
  const auto made =
      call("vocabulary_create",
           R"({"name":"wards","tags":[{"name":"鶴見区"},{"name":"中区"}],"x":1})", "root");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("/result/name"), R"("wards")");
  EXPECT_EQ(made.text("/result/tags/0/vocabulary_id"), made.text("/result/id"));
  const auto shown = show("vocabulary_show?id=wards", "");
  EXPECT_EQ(shown.at("/result"), made.at("/result"));
  EXPECT_EQ(show("tag_list?vocabulary_id=wards", "").at("/result"), R"(["中区","鶴見区"])");

  const auto renamed = call("vocabulary_update", R"({"id":"wards","name":"ku"})", "root");
  EXPECT_EQ(renamed.at("/result/name"), R"("ku")");
  EXPECT_EQ(renamed.at("/result/tags"), made.at("/result/tags"));
  const auto emptied = call("vocabulary_update", R"({"id":"ku","tags":[]})", "root");
  EXPECT_EQ(emptied.at("/result/tags"), "[]");
  EXPECT_EQ(call("vocabulary_delete", R"({"id":"ku"})", "root").at("/result"), "null");
  EXPECT_EQ(show("vocabulary_list", "").at("/result"), "[]");
}

TEST_F(TagChanges, WhatIsWrongWithAVocabularyIsTold) {
  ASSERT_EQ(
      call("vocabulary_create", R"({"name":"wards","tags":[{"name":"中区"}]})", "root").status,
      200);
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"{}", R"({"__type":"Validation Error","name":["Missing value"]})"},
      {R"({"name":"x"})",
       R"({"__type":"Validation Error","name":["Name must be at least 2 characters long"]})"},
      {R"({"name":"wards"})",
       R"({"__type":"Validation Error","name":["That vocabulary name is already in use."]})"},
      {R"({"name":"ok","id":"x"})",
       R"({"__type":"Validation Error","id":["The input field id was not expected."]})"},
      {R"({"name":"ok","tags":"x"})", R"({"__type":"Validation Error","tags":["Must be a list"]})"},
      {R"({"name":"ok","tags":[{}]})", R"({"__type":"Validation Error","tags":["Missing value"]})"},
      {R"({"name":"ok","tags":[{"name":"a"}]})",
       R"({"__type":"Validation Error","tags":["Tag \"a\" length is less than minimum 2"]})"},
  };
  for (const auto& [sent, expected] : cases) {
    const auto reply = call("vocabulary_create", sent, "root");
    EXPECT_EQ(reply.status, 409) << sent;
    EXPECT_EQ(reply.error(), expected) << sent;
  }
  EXPECT_EQ(
      call("vocabulary_delete", R"({"id":"wards"})", "root").error(),
      R"({"__type":"Validation Error","message":"Vocabulary cannot be deleted while it still )"
      R"(has tags"})");
  for (const char* action : {"vocabulary_update", "vocabulary_delete", "tag_delete"}) {
    EXPECT_EQ(call(action, "{}", "root").error(),
              R"({"__type":"Validation Error","id":"id not in data"})");
  }
  EXPECT_EQ(call("vocabulary_update", R"({"id":"no","name":"ok"})", "root").error(),
            R"({"__type":"Not Found Error","message":"Not found: Could not find vocabulary )"
            R"(\"no\""})");
}

TEST_F(TagChanges, ATagJoinsAndLeavesAVocabulary) {
  ASSERT_EQ(call("vocabulary_create", R"({"name":"wards"})", "root").status, 200);
  const auto made = call("tag_create", R"({"name":"中区","vocabulary_id":"wards"})", "root");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("/result/display_name"), R"("中区")");
  const auto again = call("tag_create", R"({"name":"中区","vocabulary_id":"wards"})", "root");
  EXPECT_EQ(
      again.error(),
      R"({"__type":"Validation Error","vocabulary_id":["Tag 中区 already belongs to vocabulary )" +
          made.text("/result/vocabulary_id") + "\"]}");
  EXPECT_EQ(call("tag_create", "{}", "root").error(),
            R"({"__type":"Validation Error","name":["Missing value"],)"
            R"("vocabulary_id":["Missing value"]})");
  EXPECT_EQ(call("tag_create", R"({"name":"中区","vocabulary_id":"nope"})", "root").error(),
            R"({"__type":"Validation Error","vocabulary_id":["Tag vocabulary was not found."]})");
  EXPECT_EQ(call("tag_delete", R"({"id":"中区","vocabulary_id":"wards"})", "root").at("/result"),
            "null");
  const auto gone = call("tag_delete", R"({"id":"中区","vocabulary_id":"wards"})", "root");
  EXPECT_EQ(gone.status, 404);
  EXPECT_EQ(gone.error(),
            R"({"__type":"Not Found Error","message":"Not found: Could not find tag \"中区\""})");
}

TEST_F(TagChanges, ADeletedTagLeavesItsDatasets) {
  ASSERT_EQ(create("aed", R"(,"tags":[{"name":"防災"},{"name":"医療"}])").status, 200);
  ASSERT_EQ(call("tag_delete", R"({"id":"防災"})", "root").status, 200);
  EXPECT_EQ(show("package_show?id=aed").at("/result/tags/0/name"), R"("医療")");
  EXPECT_EQ(show("package_show?id=aed").at("/result/num_tags"), "1");
}

TEST_F(TagChanges, OnlySysadminsChangeThem) {
  for (const char* action :
       {"tag_create", "vocabulary_create", "vocabulary_update", "vocabulary_delete"}) {
    const auto reply = call(action, R"({"id":"wards","name":"中区"})", "boss");
    EXPECT_EQ(reply.status, 403) << action;
    EXPECT_THAT(reply.error(), HasSubstr("(change_vocabularies) needs"));
    EXPECT_EQ(call(action, "{}", "").status, 403);
  }
  EXPECT_EQ(call("tag_delete", R"({"id":"防災"})", "boss").status, 403);
}

}  // namespace
}  // namespace minato::http
