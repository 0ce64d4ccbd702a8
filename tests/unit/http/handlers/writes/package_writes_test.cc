// Datasets by CKAN's actions: the exchanges that clients rely on.
#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using PackageWrites = WritesTest;

constexpr std::string_view kValidation = R"({"__type":"Validation Error",)";

std::string validation(std::string_view rest) {
  return std::string(kValidation) + std::string(rest) + "}";
}

TEST_F(PackageWrites, CreateAnswersTheWholeDataset) {
  const auto reply = call("package_create", R"({"name":"jinko","title":"人口 令和5年度",
      "owner_org":"141003","license_id":"cc-by-4.0","notes":"説明","author_email":" a@example.jp ",
      "tags":[{"name":"人口"}],"tag_string":"統計, 国勢調査","groups":[],"private":"false",
      "extras":[{"key":"frequency","value":"annual"},{"key":"own","value":"1"}],
      "resources":[{"url":"https://example.jp/a.csv","name":"表"},{"url":"b.xlsx","note":"x"}]})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/success"), "true");
  EXPECT_EQ(reply.at("/help"),
            R"("https://data.example.jp/api/3/action/help_show?name=package_create")");
  EXPECT_EQ(reply.text("/result/title"), "人口 令和5年度");
  EXPECT_EQ(reply.text("/result/author_email"), "a@example.jp");
  EXPECT_EQ(reply.text("/result/organization/name"), "141003");
  EXPECT_EQ(reply.text("/result/creator_user_id"), "hanako-id");
  EXPECT_EQ(reply.text("/result/state"), "active");
  EXPECT_EQ(reply.at("/result/num_tags"), "3");
  EXPECT_EQ(reply.at("/result/extras"),
            R"([{"key":"frequency","value":"annual"},{"key":"own","value":"1"}])");
  EXPECT_EQ(reply.text("/result/resources/0/format"), "CSV");
  EXPECT_EQ(reply.text("/result/resources/1/format"), "XLSX");
  EXPECT_EQ(reply.text("/result/resources/1/note"), "x");
  EXPECT_EQ(show("package_show?id=jinko").at("/result"), reply.at("/result"));
  EXPECT_EQ(show("package_show?id=jinko", "").status, 200);
}

TEST_F(PackageWrites, GoldenRefusalsOfCreate) {
  EXPECT_EQ(call("package_create", R"({"title":"x"})", "").error(),
            R"({"__type":"Authorization Error","message":)"
            R"("Access denied: Action package_create requires an authenticated user"})");
  EXPECT_EQ(create("", "").error(), validation(R"("name":["Missing value"])"));
  EXPECT_EQ(create("A B").error(),
            validation(R"("name":["Must be purely lowercase alphanumeric (ascii) characters and )"
                       R"(these symbols: -_"])"));
  EXPECT_EQ(create("ok", R"(,"tags":[{"name":"a"}])").error(),
            validation(R"("tags":["Tag \"a\" length is less than minimum 2"])"));
  EXPECT_EQ(create("ok", R"(,"resources":[{"url":"u"},{"size":"x"}])").error(),
            validation(R"("resources":[{},{"size":["Invalid integer"]}])"));
  EXPECT_EQ(create("ok", R"(,"extras":[{"key":"k","value":"1"},{"key":"k","value":"2"}])").error(),
            validation(R"("extras_validation":["Duplicate key \"k\""])"));
  EXPECT_EQ(create("ok").status, 200);
  EXPECT_EQ(create("ok").error(), validation(R"("name":["That URL is already in use."])"));
  EXPECT_EQ(create("ok", R"(,"tags":["a"])").status, 400);
}

TEST_F(PackageWrites, EveryWrongFieldIsInOneAnswer) {
  const auto reply = call("package_create", R"({"name":"x","owner_org":"999999",
      "author_email":"no","state":"odd","license_id":"cc-by","private":false,
      "extras":[{"key":"","value":"1"}]})");
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.at("/error/name"), R"(["Must be at least 2 characters long"])");
  EXPECT_EQ(reply.at("/error/owner_org"), R"(["Organization does not exist"])");
  EXPECT_EQ(reply.at("/error/author_email"), R"(["Email no is not a valid format"])");
  EXPECT_EQ(reply.at("/error/state"), R"(["Value must be one of ['active', 'draft', 'deleted']"])");
  EXPECT_EQ(reply.at("/error/extras"), R"([{"key":["Missing value"]}])");
  EXPECT_EQ(id_of("x"), "");
}

TEST_F(PackageWrites, ListsOfTextsAreAnIntegrityError) {
  const auto reply = create("ok", R"(,"tags":["a"])");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.text("/error/__type"), "Integrity Error");
  EXPECT_EQ(reply.text("/error/message"),
            "Only lists of dicts can be placed against subschema ('tags',) not <class 'list'>");
  EXPECT_EQ(reply.at("/error/data/tags"), R"(["a"])");
}

TEST_F(PackageWrites, OthersOrganizationsAreClosed) {
  for (const char* user : {"jiro", "member"}) {
    const auto reply =
        call("package_create", R"({"name":"aa","owner_org":"141003","license_id":"cc-by"})", user);
    EXPECT_EQ(reply.status, 403) << user;
    EXPECT_EQ(reply.text("/error/__type"), "Authorization Error");
    EXPECT_THAT(reply.text("/error/message"), HasSubstr("Access denied: "));
  }
  ASSERT_EQ(create("aa").status, 200);
  for (const char* action : {"package_update", "package_patch", "package_delete"}) {
    EXPECT_EQ(call(action, R"({"id":"aa","name":"aa"})", "jiro").status, 403) << action;
    EXPECT_EQ(call(action, R"({"id":"aa","name":"aa"})", "member").status, 403) << action;
    EXPECT_EQ(call(action, R"({"id":"nope","name":"aa"})").status, 404) << action;
  }
  EXPECT_EQ(call("dataset_purge", R"({"id":"aa"})").status, 403);
  EXPECT_EQ(show("package_show?id=aa", "").text("/result/title"), "題");
}

TEST_F(PackageWrites, ShownAndSentBackNothingChanges) {
  ASSERT_EQ(create("aa", R"(,"tags":[{"name":"人口"}],"extras":[{"key":"theme","value":"[\"2\"]"},
      {"key":"spatial_codes","value":"[\"141003\"]"},{"key":"own","value":"1"}],
      "resources":[{"url":"example.jp/a.csv","n":"1"},{"url":"https://example.jp/b"}])")
                .status,
            200);
  const auto before = show("package_show?id=aa");
  EXPECT_THAT(before.at("/result/extras"), HasSubstr("spatial_text"));
  for (const char* action : {"package_update", "package_patch"}) {
    const auto reply = call(action, before.at("/result"));
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.at("/result"), before.at("/result")) << action;
  }
  EXPECT_EQ(show("package_activity_list?id=aa").json["result"].Size(), 1U);
}

TEST_F(PackageWrites, UpdateClearsAndPatchKeeps) {
  ASSERT_EQ(create("aa", R"(,"notes":"説明","url":"https://example.jp","private":true,
      "resources":[{"url":"https://example.jp/a.csv"}])")
                .status,
            200);
  const auto patched = call("package_patch", R"({"id":"aa","title":"新しい題"})");
  EXPECT_EQ(patched.text("/result/notes"), "説明");
  EXPECT_EQ(patched.text("/result/title"), "新しい題");
  const auto updated = call("package_update", R"({"name":"aa","title":"別の題",
      "owner_org":"141003","license_id":"cc-by-4.0"})");
  ASSERT_EQ(updated.status, 200) << updated.body;
  EXPECT_EQ(updated.at("/result/notes"), "null");
  EXPECT_EQ(updated.at("/result/url"), "null");
  EXPECT_EQ(updated.at("/result/num_resources"), "1");
  EXPECT_EQ(updated.at("/result/private"), "true");
  EXPECT_GT(updated.text("/result/metadata_modified"), patched.text("/result/metadata_modified"));
  EXPECT_EQ(call("package_update", R"({"id":"aa","license_id":"cc-by"})").error(),
            validation(R"("owner_org":["An organization must be provided"],)"
                       R"("private":["Datasets with no organization can't be private."])"));
  EXPECT_EQ(call("package_update", R"({"title":"x"})").error(),
            validation(R"("id":["Missing value"])"));
}

TEST_F(PackageWrites, ListedResourcesReplaceTheList) {
  const auto made = create("aa", R"(,"resources":[{"url":"https://example.jp/1"},
      {"url":"https://example.jp/2"},{"url":"https://example.jp/3"}])");
  const std::string third = made.text("/result/resources/2/id");
  const auto reply = call("package_patch", R"({"id":"aa","resources":[{"id":")" + third +
                                               R"(","url":"https://example.jp/3","name":"三"},
                                               {"url":"https://example.jp/4"}]})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result/num_resources"), "2");
  EXPECT_EQ(reply.text("/result/resources/0/id"), third);
  EXPECT_EQ(reply.text("/result/resources/0/name"), "三");
  EXPECT_EQ(reply.text("/result/resources/0/created"), made.text("/result/resources/2/created"));
  EXPECT_NE(reply.text("/result/resources/1/id"), "");
}

TEST_F(PackageWrites, ARenamedDatasetIsFoundUnderItsOldName) {
  ASSERT_EQ(create("old-name").status, 200);
  EXPECT_EQ(call("package_patch", R"({"id":"old-name","name":"new-name"})").status, 200);
  EXPECT_EQ(show("package_show?id=old-name").text("/result/name"), "new-name");
}

TEST_F(PackageWrites, DeletedDatasetsAreGoneForThePublic) {
  ASSERT_EQ(create("aa").status, 200);
  const auto reply = call("package_delete", R"({"id":"aa","reason":"統合しました"})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/result"), "null");
  EXPECT_EQ(show("package_show?id=aa", "").status, 404);
  EXPECT_EQ(show("package_list", "").at("/result"), "[]");
  EXPECT_EQ(call("package_delete", "{}").error(), validation(R"("id":["Missing value"])"));
  EXPECT_EQ(call("dataset_purge", R"({"id":"aa"})", "root").status, 200);
  EXPECT_EQ(call("dataset_purge", R"({"id":"aa"})", "root").status, 404);
}

TEST_F(PackageWrites, ResourcesArePutInOrder) {
  const auto made = create("aa", R"(,"resources":[{"url":"https://example.jp/1"},
      {"url":"https://example.jp/2"},{"url":"https://example.jp/3"}])");
  const std::string first = made.text("/result/resources/0/id");
  const std::string second = made.text("/result/resources/1/id");
  const std::string third = made.text("/result/resources/2/id");
  const auto order = [&](const std::string& list) {
    return call("package_resource_reorder", R"({"id":"aa","order":)" + list + "}");
  };
  EXPECT_EQ(order("[\"" + third + "\"]").at("/result"),
            R"({"id":"aa","order":[")" + third + "\",\"" + first + "\",\"" + second + "\"]}");
  EXPECT_EQ(show("package_show?id=aa").text("/result/resources/0/id"), third);
  EXPECT_EQ(order("5").error(), validation(R"("order":"Must be a list of resource.")"));
  EXPECT_EQ(order("[\"" + first + "\",\"" + first + "\"]").error(),
            validation(R"("order":"Must supply unique resource_ids")"));
  EXPECT_EQ(order(R"(["nope"])").error(),
            validation(R"("order":"resource_id nope can not be found")"));
}

TEST_F(PackageWrites, DatasetsMoveBetweenOrganizations) {
  ASSERT_EQ(create("aa").status, 200);
  const auto move = [&](std::string_view organization, std::string_view user) {
    return call("package_owner_org_update",
                R"({"id":"aa","organization_id":")" + std::string(organization) + "\"}", user);
  };
  EXPECT_EQ(move("140007", "hanako").error(),
            validation(R"("owner_org":["You cannot add a dataset to this organization"])"));
  EXPECT_EQ(move("nope", "root").error(),
            R"({"__type":"Not Found Error","message":"Not found: Organization was not found."})");
  EXPECT_EQ(move("140007", "root").at("/result"), "null");
  EXPECT_EQ(show("package_show?id=aa").text("/result/organization/name"), "140007");
}

TEST_F(PackageWrites, BulkUpdatesChangeAllOrNone) {
  ASSERT_EQ(create("aa").status, 200);
  ASSERT_EQ(create("bb").status, 200);
  const std::string both =
      R"({"org_id":"141003","datasets":[")" + id_of("aa") + "\",\"" + id_of("bb") + "\"]}";
  EXPECT_EQ(call("bulk_update_private", both).at("/result"), "null");
  EXPECT_EQ(show("package_list", "").at("/result"), "[]");
  EXPECT_EQ(call("bulk_update_public", both).status, 200);
  EXPECT_EQ(show("package_list", "").at("/result"), R"(["aa","bb"])");
  const std::string one_missing =
      R"({"org_id":"141003","datasets":[")" + id_of("aa") + R"(","nope"]})";
  EXPECT_EQ(call("bulk_update_delete", one_missing).status, 404);
  EXPECT_EQ(call("bulk_update_delete", both, "jiro").status, 403);
  EXPECT_EQ(show("package_list", "").at("/result"), R"(["aa","bb"])");
  EXPECT_EQ(call("bulk_update_delete", both).status, 200);
  EXPECT_EQ(show("package_list", "").at("/result"), "[]");
  EXPECT_EQ(call("bulk_update_public", "{}").error(),
            validation(R"("datasets":["Missing value"],"org_id":["Missing value"])"));
}

TEST_F(PackageWrites, SysadminsChooseIdsAndTimes) {
  const std::string id = "0190d3c0-0000-4000-8000-000000000001";
  const std::string body =
      R"({"id":")" + id + R"(","name":"aa","owner_org":"141003","license_id":"cc-by"})";
  EXPECT_EQ(call("package_create", body).error(),
            validation(R"("id":["The input field id was not expected."])"));
  EXPECT_EQ(call("package_create", body, "root").text("/result/id"), id);
  EXPECT_EQ(call("package_create", body, "root").at("/error/id"),
            R"(["Dataset id already exists"])");
  const std::string time = "2020-01-02T03:04:05.000000";
  const std::string patch = R"({"id":"aa","notes":"x","metadata_modified":")" + time + "\"}";
  EXPECT_EQ(call("package_patch", patch, "root").text("/result/metadata_modified"), time);
  EXPECT_NE(call("package_patch", R"({"id":"aa","notes":"y","metadata_modified":")" + time + "\"}")
                .text("/result/metadata_modified"),
            time);
}

}  // namespace
}  // namespace minato::http
