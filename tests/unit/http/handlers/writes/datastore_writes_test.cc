#include "writes_fixture.h"

#include "http/url.h"

namespace minato::http {
namespace {

class DatastoreWrites : public WritesTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(create("shisetsu").status, 200);
    const auto made =
        call("datastore_create",
             R"({"resource":{"package_id":"shisetsu","name":"施設"},)"
             R"x("fields":[{"id":"番号","type":"int"},{"id":"名称","type":"varchar(20)",)x"
             R"x("info":{"label":"なまえ"}},{"id":"面積","type":"numeric(10,2)"}],)x"
             R"("primary_key":"番号","aliases":["施設一覧"],)"
             R"("records":[{"番号":1,"名称":"図書館","面積":"10.5"},{"番号":2}]})");
    ASSERT_EQ(made.status, 200) << made.body;
    id_ = made.text("/result/resource_id");
    created_ = made.body;
  }
  // A JSON object that begins with the resource's id.
  std::string with_id(const std::string& more) const {
    return R"({"resource_id":")" + id_ + R"(",)" + more + "}";
  }
  std::string rows(const std::string& more = "") {
    return show("datastore_search?resource_id=" + id_ + more).at("/result/records");
  }

  std::string id_;
  std::string created_;
};

TEST_F(DatastoreWrites, CreateEchoesCanonicalTypes) {
  EXPECT_NE(created_.find(R"("method":"insert")"), std::string::npos) << created_;
  EXPECT_NE(created_.find(R"({"id":"番号","type":"int4"})"), std::string::npos) << created_;
  EXPECT_NE(created_.find(R"({"id":"名称","type":"text","info":{"label":"なまえ"}})"),
            std::string::npos);
  EXPECT_NE(created_.find(R"({"id":"面積","type":"numeric"})"), std::string::npos);
  EXPECT_NE(created_.find(R"("primary_key":["番号"],"aliases":["施設一覧"])"), std::string::npos);
  EXPECT_EQ(created_.find("\"records\""), std::string::npos);
}

TEST_F(DatastoreWrites, TheResourceHasNoFileButItsRows) {
  const auto shown = show("resource_show?id=" + id_);
  EXPECT_EQ(shown.text("/result/url_type"), "datastore");
  EXPECT_EQ(shown.text("/result/url"), "https://data.example.jp/datastore/dump/" + id_);
  EXPECT_EQ(shown.at("/result/datastore_active"), "true");
  EXPECT_EQ(rows(), R"([{"_id":1,"番号":1,"名称":"図書館","面積":10.5},)"
                    R"({"_id":2,"番号":2,"名称":null,"面積":null}])");
  EXPECT_EQ(show("datastore_info?id=" + id_).at("/result/meta/aliases"), R"(["施設一覧"])");
}

TEST_F(DatastoreWrites, AliasesFindTheTable) {
  const auto found =
      show("datastore_search?limit=1&fields=_id&resource_id=" + percent_encode("施設一覧"));
  EXPECT_EQ(found.at("/result/records"), R"([{"_id":1}])") << found.body;
  EXPECT_EQ(call("datastore_upsert", R"({"resource_id":"施設一覧","records":[{"番号":9}]})").status,
            200);
}

TEST_F(DatastoreWrites, UpsertChangesAndAdds) {
  const auto done = call("datastore_upsert",
                         with_id(R"("include_records":true,)"
                                 R"("records":[{"番号":2,"名称":"公園"},{"番号":"3","面積":""}])"));
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(done.text("/result/method"), "upsert");
  EXPECT_EQ(done.at("/result/records"),
            R"([{"_id":2,"番号":2,"名称":"公園"},{"_id":3,"番号":"3","面積":""}])");
  EXPECT_EQ(rows("&fields=_id,%E5%90%8D%E7%A7%B0"),
            R"([{"_id":1,"名称":"図書館"},{"_id":2,"名称":"公園"},{"_id":3,"名称":null}])");
}

TEST_F(DatastoreWrites, FormsCarryJsonInTexts) {
  Form form;
  form.text("resource_id", id_).text("method", "insert").text("records", R"([{"番号":7}])");
  const auto done = send("datastore_upsert", form);
  EXPECT_EQ(done.status, 200) << done.body;
}

TEST_F(DatastoreWrites, RefusalsAreInCkansWords) {
  const auto error = [&](const std::string& more) {
    const auto reply = call("datastore_upsert", with_id(more));
    EXPECT_EQ(reply.status, 409) << more;
    return reply.error();
  };
  const std::string type = R"("__type":"Validation Error",)";
  EXPECT_EQ(
      error(R"("records":[{"名称":"x"}])"),
      "{" + type + R"("key":["fields \"番号\" are missing but needed as key"],"records_row":0})");
  EXPECT_EQ(error(R"("method":"update","records":[{"番号":1},{"番号":99}])"),
            "{" + type + R"("key":["key \"[99]\" not found"],"records_row":1})");
  EXPECT_EQ(error(R"("records":[{"番号":1,"z":1}])"),
            "{" + type + R"("fields":["fields \"z\" do not exist"],"records_row":0})");
  EXPECT_EQ(error(R"("method":"insert","records":[{"番号":5,"z":1}])"),
            "{" + type + R"("records":["row \"1\" has extra keys \"z\""],"records_row":0})");
  EXPECT_EQ(error(R"("records":[{"番号":5},{"番号":6,"面積":"広い"}])"),
            "{" + type +
                R"("records":["invalid input syntax for type double precision: \"広い\""],)"
                R"("records_row":1})");
  EXPECT_EQ(
      error(R"("method":"insert","records":[{"番号":1}])"),
      "{" + type +
          R"("constraints":["duplicate key value violates unique constraint: Key [1] already )"
          R"(exists."],"records_row":0})");
  EXPECT_EQ(error(R"("method":"merge","records":[])"),
            "{" + type + R"("method":["\"merge\" is not supported"]})");
  EXPECT_EQ(error(R"("records":[1])"),
            "{" + type + R"("records":["row \"1\" is not a json object"]})");
  EXPECT_EQ(error(R"("nosuch":1)"),
            "{" + type + R"("nosuch":["The input field nosuch was not expected."]})");
  EXPECT_EQ(rows("&fields=_id"), R"([{"_id":1},{"_id":2}])") << "nothing was written";
}

TEST_F(DatastoreWrites, ATableWithoutKeyNeedsOne) {
  const auto made = call("datastore_create", R"({"resource":{"package_id":"shisetsu"},)"
                                             R"("records":[{"a":"1","b":[1],"c":"01","d":1.5}]})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("/result/fields"),
            R"([{"id":"a","type":"int4"},{"id":"b","type":"json"},{"id":"c","type":"text"},)"
            R"({"id":"d","type":"float8"}])");
  const std::string id = made.text("/result/resource_id");
  const auto refused =
      call("datastore_upsert", R"({"resource_id":")" + id + R"(","records":[{"a":1}]})");
  EXPECT_EQ(refused.error(), R"({"__type":"Validation Error",)"
                             R"("table":["unique key must be passed for update/upsert"],)"
                             R"("records_row":0})");
  EXPECT_EQ(show("datastore_search?resource_id=" + id).at("/result/records"),
            R"([{"_id":1,"a":1,"b":"[1]","c":"01","d":1.5}])");
}

TEST_F(DatastoreWrites, FilesAreReadOnly) {
  const auto resource =
      call("resource_create", R"({"package_id":"shisetsu","url":"https://e.example/a.csv"})");
  const std::string id = resource.text("/result/id");
  const std::string body = R"({"resource_id":")" + id + R"(","records":[{"a":1}]})";
  const auto refused = call("datastore_create", body);
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(refused.text("/error/read-only/0").starts_with("Cannot edit read-only resource"))
      << refused.body;
  const auto forced = call("datastore_create",
                           R"({"force":true,"resource_id":")" + id + R"(","records":[{"a":1}]})");
  EXPECT_EQ(forced.status, 200) << forced.body;
}

TEST_F(DatastoreWrites, DeleteTakesRowsOrTheTable) {
  const auto some = call("datastore_delete", with_id(R"("filters":{"番号":1})"));
  EXPECT_EQ(some.status, 200) << some.body;
  EXPECT_EQ(some.at("/result"), R"({"resource_id":")" + id_ + R"(","filters":{"番号":1}})");
  EXPECT_EQ(rows("&fields=_id"), R"([{"_id":2}])");
  const auto unknown = call("datastore_records_delete", with_id(R"("filters":{"z":1})"));
  EXPECT_EQ(unknown.status, 409);
  EXPECT_NE(unknown.at("/error/filters"), "(nothing)") << unknown.body;
  EXPECT_EQ(call("datastore_records_delete", with_id(R"("force":false)")).error(),
            R"({"__type":"Validation Error","filters":["Missing value"]})");
  ASSERT_EQ(call("datastore_records_delete", with_id(R"("filters":{})")).status, 200);
  EXPECT_EQ(rows(), "[]");
  ASSERT_EQ(call("datastore_upsert", with_id(R"("records":[{"番号":5}])")).status, 200);
  EXPECT_EQ(rows("&fields=_id"), R"([{"_id":3}])") << "numbers are not given twice";
  ASSERT_EQ(call("datastore_delete", with_id(R"("force":true)")).status, 200);
  EXPECT_EQ(show("datastore_search?resource_id=" + id_).status, 404);
  EXPECT_EQ(show("resource_show?id=" + id_).at("/result/datastore_active"), "false");
}

TEST_F(DatastoreWrites, GapsDoNotShow) {
  std::string records;
  for (int i = 10; i < 60; ++i) {
    records += (records.empty() ? "" : ",") + std::string(R"({"番号":)") + std::to_string(i) +
               R"(,"名称":")" + (i % 2 == 0 ? "公園" : "学校") + R"("})";
  }
  ASSERT_EQ(call("datastore_upsert", with_id(R"("records":[)" + records + "]")).status, 200);
  ASSERT_EQ(call("datastore_delete", with_id(R"("filters":{"名称":"学校"})")).status, 200);
  const auto found = show("datastore_search?limit=2&offset=3&resource_id=" + id_ +
                          "&fields=_id&sort=_id%20desc&q=" + percent_encode("公園"));
  EXPECT_EQ(found.at("/result/total"), "25");
  EXPECT_EQ(found.at("/result/records"), R"([{"_id":45},{"_id":43}])") << found.body;
  const auto page =
      show("datastore_search?limit=3&include_next_page=true&fields=_id&resource_id=" + id_);
  EXPECT_EQ(page.at("/result/records"), R"([{"_id":1},{"_id":2},{"_id":3}])");
  EXPECT_EQ(page.at("/result/next_page"), R"({"_id":{"gt":3}})") << page.body;
}

TEST_F(DatastoreWrites, OnlyTheOrganizationWrites) {
  const std::string body = with_id(R"("records":[{"番号":1}])");
  EXPECT_EQ(call("datastore_upsert", body, "member").status, 403);
  EXPECT_EQ(call("datastore_upsert", body, "jiro").status, 403);
  EXPECT_EQ(call("datastore_upsert", body, "").status, 403);
  EXPECT_EQ(call("datastore_delete", with_id(R"("filters":{})"), "jiro").status, 403);
  EXPECT_EQ(call("datastore_create",
                 R"({"resource":{"package_id":"shisetsu"},"records":[{"a":1}]})", "jiro")
                .status,
            403);
}

TEST_F(DatastoreWrites, PrivateTablesAreForMembers) {
  ASSERT_EQ(create("hikoukai", R"(,"private":true)").status, 200);
  const auto made =
      call("datastore_create", R"({"resource":{"package_id":"hikoukai"},"records":[{"a":1}]})");
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string search = "datastore_search?resource_id=" + made.text("/result/resource_id");
  EXPECT_EQ(show(search, "member").status, 200);
  EXPECT_EQ(show(search, "jiro").status, 403);
  EXPECT_EQ(show(search, "").status, 403);
}

TEST_F(DatastoreWrites, MissingThingsAreNamed) {
  EXPECT_EQ(call("datastore_create", R"({"records":[{"a":1}]})").error(),
            R"({"__type":"Validation Error","resource_id":["resource_id or resource required"]})");
  EXPECT_EQ(call("datastore_upsert", R"({"records":[]})").error(),
            R"({"__type":"Validation Error","resource_id":["Missing value"]})");
  const auto nowhere = call("datastore_upsert", R"({"resource_id":"none","records":[]})");
  EXPECT_EQ(nowhere.status, 404);
  EXPECT_EQ(nowhere.text("/error/message"), "Not found: Resource \"none\" was not found.");
  EXPECT_EQ(call("datastore_create", R"({"resource":{},"records":[{"a":1}]})").error(),
            R"({"__type":"Validation Error","package_id":["Missing value"]})");
}

TEST_F(DatastoreWrites, ADefinitionThatFailsLeavesNoResource) {
  const auto before = show("package_show?id=shisetsu").at("/result/num_resources");
  const auto error = [&](const std::string& more) {
    const auto reply =
        call("datastore_create", R"({"resource":{"package_id":"shisetsu"},)" + more + "}");
    EXPECT_EQ(reply.status, 409) << reply.body;
    return reply.error();
  };
  const std::string type = R"({"__type":"Validation Error",)";
  EXPECT_EQ(error(R"("fields":[{"id":"_x","type":"text"}])"),
            type + R"("fields":["\"_x\" is not a valid field name"]})");
  EXPECT_EQ(error(R"("fields":[{"id":"x","type":"blob"}])"),
            type + R"("fields":["\"blob\" is not a valid field type"]})");
  EXPECT_EQ(error(R"("fields":[{"id":"x"}])"), type + R"("fields":["\"x\" type not guessable"]})");
  EXPECT_EQ(error(R"("fields":[{"id":"x","type":"text"},{"id":"x","type":"text"}])"),
            type + R"("field":["Duplicate column names are not supported"]})");
  EXPECT_EQ(error(R"("fields":[{"id":"x","type":"text"}],"aliases":"施設一覧")").find("alias"),
            type.size() + 1);
  EXPECT_EQ(error(R"("records":[{"a":1},{"a":1,"z":2}])"),
            type + R"("records":["row \"2\" has extra keys \"z\""],"records_row":1})");
  EXPECT_EQ(show("package_show?id=shisetsu").at("/result/num_resources"), before);
}

}  // namespace
}  // namespace minato::http
