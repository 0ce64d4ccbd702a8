#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;

class PackageRevise : public WritesTest {
 protected:
  PackageRevise() {
    const auto made = create("aa", R"(,"notes":"old","resources":[{"url":"https://example.jp/1",
        "name":"one"},{"url":"https://example.jp/2","name":"two"}])");
    EXPECT_EQ(made.status, 200) << made.body;
    second_ = made.text("/result/resources/1/id");
  }
  std::string second_;
};

TEST_F(PackageRevise, ChangesWhatMatches) {
  const auto reply = call("package_revise", R"({"match":{"name":"aa","notes":"old"},
      "update":{"notes":"new","resources":[{"name":"eins"}]},"include":["+package__notes","-*"]})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result"), R"({"package":{"notes":"new"}})");
  const auto shown = show("package_show?id=aa");
  EXPECT_EQ(shown.text("/result/resources/0/name"), "eins");
  EXPECT_EQ(shown.text("/result/resources/1/name"), "two");
  EXPECT_EQ(shown.text("/result/title"), "題");
}

TEST_F(PackageRevise, NamesWhatDoesNotMatch) {
  const auto reply = call("package_revise", R"({"match":{"name":"aa","notes":"other"},
      "match__resources__1__name":"zwei","update":{"notes":"new"}})");
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.error(),
            R"({"__type":"Validation Error","match":["notes","resources__1__name"]})");
  EXPECT_EQ(show("package_show?id=aa").text("/result/notes"), "old");
}

TEST_F(PackageRevise, FlatKeysAndIdsNameTheirPlaces) {
  Form form;
  form.text("match__name", "aa")
      .text("update__title", "題二")
      .text("update__resources__" + second_.substr(0, 6) + "__name", "zwei")
      .text("update__resources__-1__description", "最後")
      .text("update__resources__extend", R"([{"url":"https://example.jp/3","name":"three"}])")
      .text("filter", R"(["-resources__0"])");
  const auto reply = send("package_revise", form);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto& package = reply;
  EXPECT_EQ(package.text("/result/package/title"), "題二");
  EXPECT_EQ(package.at("/result/package/num_resources"), "2");
  EXPECT_EQ(package.text("/result/package/resources/0/id"), second_);
  EXPECT_EQ(package.text("/result/package/resources/0/name"), "zwei");
  EXPECT_EQ(package.text("/result/package/resources/1/name"), "three");
  EXPECT_EQ(package.text("/result/package/resources/1/description"), "最後");
}

TEST_F(PackageRevise, FilesGoToTheirResources) {
  Form form;
  form.text("match", R"({"name":"aa"})")
      .text("update__resources__extend", R"([{"name":"人口"}])")
      .file("update__resources__-1__upload", "人口.csv", "地域,人口\n横浜市,1\n川崎市,2\n");
  const auto reply = send("package_revise", form);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/result/package/resources/2/url_type"), "upload");
  EXPECT_EQ(reply.at("/result/package/resources/2/datastore_active"), "true");
  EXPECT_EQ(reply.text("/result/package/resources/1/url"), "https://example.jp/2");
}

TEST_F(PackageRevise, FiltersRemoveResourcesAndFields) {
  const auto reply =
      call("package_revise", R"({"match":{"name":"aa"},"filter":["-resources","-notes"]})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result/package/num_resources"), "0");
  EXPECT_EQ(reply.at("/result/package/notes"), "null");
}

TEST_F(PackageRevise, RefusesWhatItCannotDo) {
  EXPECT_EQ(call("package_revise", R"({"update":{"notes":"x"}})").error(),
            R"({"__type":"Validation Error","match__id":["Missing value"]})");
  EXPECT_EQ(call("package_revise", R"({"match":"aa"})").error(),
            R"({"__type":"Validation Error","match":["Must be a dict"]})");
  EXPECT_EQ(call("package_revise", R"({"match":{"name":"nope"}})").status, 404);
  EXPECT_EQ(call("package_revise", R"({"match":{"name":"aa"}})", "jiro").status, 403);
  EXPECT_EQ(
      call("package_revise", R"({"match":{"name":"aa"},"update__resources__7__name":"x"})").error(),
      R"({"__type":"Validation Error","update__resources__7__name":)"
      R"(["there is no element 7"]})");
  EXPECT_EQ(call("package_revise", R"({"match":{"name":"aa"},"update":{"tags":["x"]}})").status,
            409);
  Form form;
  form.text("match__name", "aa").file("upload", "a.csv", "a\n1\n");
  EXPECT_THAT(send("package_revise", form).error(), HasSubstr("update__resources__N__upload"));
  EXPECT_EQ(show("package_show?id=aa").text("/result/notes"), "old");
}

TEST_F(PackageRevise, NothingToDoChangesNothing) {
  const auto before = show("package_show?id=aa").at("/result");
  const auto reply = call("package_revise", R"({"match":{"name":"aa"}})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result/package"), before);
}

}  // namespace
}  // namespace minato::http
