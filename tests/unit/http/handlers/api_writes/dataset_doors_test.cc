#include "api_writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kDatasets = "/api/v1/datasets";
const std::string kShelters =
    R"({"name":"hinanjo","title":"避難所","organization":"141003","license":"CC-BY-4.0"})";

TEST_F(ApiWrites, CreatesADatasetInTheShapeOfGet) {
  const auto made = send("POST", kDatasets, R"({"title":"人口統計","title_en":"Population",
      "description":"毎年の人口","organization":{"name":"141003"},"license":{"id":"CC-BY-4.0"},
      "themes":["2"],"tags":["人口"],"frequency":"annual","temporal":{"start":"2020-04-01"},
      "spatial":["141003"],"contact":{"name":"統計課"},"extras":{"note":"あ"},
      "resources":[{"name":"リンク","url":"https://example.jp/a.csv"}]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string name = made.json["data"]["name"].GetString();
  EXPECT_EQ(made.headers.joined("Location"), "https://data.example.jp/api/v1/datasets/" + name);
  EXPECT_THAT(made.headers.joined("ETag"), StartsWith("\""));
  const auto got = get(kDatasets + "/" + name);
  EXPECT_EQ(got.at("/data"), made.at("/data"));
  EXPECT_EQ(got.headers.joined("ETag"), made.headers.joined("ETag"));
  EXPECT_EQ(got.at("/data/organization/name"), "\"141003\"");
  EXPECT_EQ(got.at("/data/themes/0/code"), "\"2\"");
  EXPECT_EQ(got.at("/data/resources/0/format"), "\"CSV\"");
  EXPECT_EQ(got.at("/data/extras"), R"({"note":"あ"})");
  EXPECT_EQ(got.at("/data/state"), "\"active\"");
}

TEST_F(ApiWrites, WhatGetShowsCanBeSentBack) {
  create(R"({"name":"whole","title":"全部","title_kana":"ゼンブ","description":"説明",
      "landing_page":"https://example.jp/","version":"1","author":"統計課",
      "organization":"141003","license":"cc-by","themes":["2","13"],"tags":["人口","統計"],
      "frequency":"monthly","language":"ja","temporal":{"start":"2020"},"spatial":["141003"],
      "contact":{"email":"a@example.jp"},"extras":{"a":"1","b":"2"},
      "resources":[{"name":"1","url":"https://example.jp/1.csv","size":12,
                    "columns":[{"name":"年","type":"integer"}]},{"name":"2","url":"x.jp/2.csv"}]})");
  const auto before = get(kDatasets + "/whole");
  const auto put = send("PUT", kDatasets + "/whole", before.at("/data"));
  EXPECT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(put.at("/data"), before.at("/data"));
  EXPECT_EQ(put.headers.joined("ETag"), before.headers.joined("ETag"));
}

TEST_F(ApiWrites, PutClearsWhatIsAbsentButNeverPublishesOrRemovesFiles) {
  create(R"({"name":"part","title":"一部","organization":"141003","license":"CC-BY-4.0",
      "description":"消える","private":true,"resources":[{"name":"1","url":"https://x.jp/1.csv"}]})");
  const auto put =
      send("PUT", kDatasets + "/part", R"({"name":"part","title":"残り","organization":"141003"})");
  EXPECT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(put.at("/data/description"), "null");
  EXPECT_EQ(put.at("/data/license"), "null");
  EXPECT_EQ(put.at("/data/private"), "true");
  EXPECT_EQ(put.at("/data/resources/0/name"), "\"1\"");
  const auto cleared =
      send("PUT", kDatasets + "/part", R"({"name":"part","organization":"141003","resources":[]})");
  EXPECT_EQ(cleared.at("/data/resources"), "[]");
}

TEST_F(ApiWrites, PatchesMergeAsRfc7396Says) {
  create(R"({"name":"patched","title":"題","organization":"141003","license":"CC-BY-4.0",
      "temporal":{"start":"2020","end":"2021"},"extras":{"a":"1","b":"2"},"tags":["一一","二二"],
      "contact":{"name":"課","email":"a@example.jp"}})");
  const auto patched =
      call("PATCH", kDatasets + "/patched",
           R"({"temporal":{"end":null},"extras":{"a":null,"c":"3"},"tags":["三三"],"version":"2",
          "contact":{"name":"係"},"license":{"id":"CC0-1.0"}})",
           {{"Content-Type", "application/merge-patch+json"}});
  EXPECT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(patched.at("/data/title"), "\"題\"");
  EXPECT_EQ(patched.at("/data/temporal"), R"({"start":"2020","end":null})");
  EXPECT_EQ(patched.at("/data/extras"), R"({"b":"2","c":"3"})");
  EXPECT_EQ(patched.at("/data/tags"), R"(["三三"])");
  EXPECT_EQ(patched.at("/data/version"), "\"2\"");
  EXPECT_EQ(patched.at("/data/contact/name"), "\"係\"");
  EXPECT_EQ(patched.at("/data/contact/email"), "\"a@example.jp\"");
  EXPECT_EQ(send("PATCH", kDatasets + "/patched", R"({"extras":null})").at("/data/extras"), "{}");
}

TEST_F(ApiWrites, StateChangesGoByPatch) {
  create(R"({"name":"draft","title":"下書き","organization":"141003","state":"draft"})");
  caller_ = {};
  EXPECT_EQ(get(kDatasets + "/draft").status, 403);
  caller_ = editor_;
  const auto planned = send("PATCH", kDatasets + "/draft",
                            R"({"license":"CC-BY-4.0","publish_at":"2030-04-01T09:00:00+09:00"})");
  EXPECT_EQ(planned.at("/data/publish_at"), "\"2030-04-01T00:00:00Z\"");
  EXPECT_EQ(send("PATCH", kDatasets + "/draft", R"({"state":"active"})").at("/data/state"),
            "\"active\"");
  caller_ = {};
  EXPECT_EQ(get(kDatasets + "/draft").status, 200);
}

TEST_F(ApiWrites, AnOldEtagLosesTheRace) {
  create(kShelters);
  const std::string old = get(kDatasets + "/hinanjo").headers.joined("ETag");
  const Fields match = {{"If-Match", old}};
  EXPECT_EQ(send("PATCH", kDatasets + "/hinanjo", R"({"version":"1"})", match).status, 200);
  for (const char* method : {"PATCH", "PUT"}) {
    const auto late = send(method, kDatasets + "/hinanjo", R"({"version":"2"})", match);
    EXPECT_EQ(late.problem(), "412 precondition-failed");
  }
  EXPECT_EQ(call("DELETE", kDatasets + "/hinanjo", "", match).problem(), "412 precondition-failed");
  const auto now = get(kDatasets + "/hinanjo");
  EXPECT_EQ(now.at("/data/version"), "\"1\"");
  // As a coded reply carries it.
  std::string coded = now.headers.joined("ETag");
  coded.insert(coded.size() - 1, "-gzip");
  EXPECT_EQ(
      send("PATCH", kDatasets + "/hinanjo", R"({"version":"3"})", {{"If-Match", coded}}).status,
      200);
  EXPECT_EQ(send("PATCH", kDatasets + "/hinanjo", R"({"version":"4"})", {{"If-Match", "*"}}).status,
            200);
}

TEST_F(ApiWrites, AKeyMakesARequestRepeatable) {
  const Fields key = {{"Idempotency-Key", "k-1"}};
  const std::string body = R"({"title":"一度だけ","organization":"141003","license":"CC-BY-4.0"})";
  const auto first = send("POST", kDatasets, body, key);
  const auto again = send("POST", kDatasets, body, key);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(get(kDatasets + "?limit=0").at("/meta/count/value"), "1");
  const auto other = send("POST", kDatasets, kShelters, key);
  EXPECT_EQ(other.problem(), "409 idempotency-key-reused");
  caller_ = stranger_;
  const auto of_another = send("POST", kDatasets, R"({"title":"他","organization":"142042",
      "license":"CC-BY-4.0"})",
                               key);
  EXPECT_EQ(of_another.status, 201) << of_another.body;
}

TEST_F(ApiWrites, KeysAreVisibleAscii) {
  for (const std::string& key :
       {std::string(), std::string("a b"), std::string("鍵"), std::string(256, 'a')}) {
    EXPECT_EQ(send("POST", kDatasets, kShelters, {{"Idempotency-Key", key}}).problem(),
              "400 idempotency-key-invalid")
        << key;
  }
  EXPECT_EQ(send("POST", kDatasets, kShelters, {{"Idempotency-Key", std::string(255, 'a')}}).status,
            201);
}

TEST_F(ApiWrites, BadBodiesNameTheField) {
  const auto wrong = [&](const std::string& json) {
    return send("POST", kDatasets, json).problem();
  };
  EXPECT_EQ(wrong(R"({"title":"x","nonsense":1})"), "400 dataset-invalid /nonsense");
  EXPECT_EQ(wrong(R"({"title":1,"tags":"a"})"), "400 dataset-invalid /tags,/title");
  EXPECT_EQ(wrong(R"({"title":"x","contact":{"email":5}})"), "400 dataset-invalid /contact/email");
  EXPECT_EQ(wrong(R"({"title":"x","organization":"141003"})"), "400 dataset-invalid /license");
  EXPECT_EQ(wrong(R"({"title":"x","organization":"999999","license":"CC-BY-4.0"})"),
            "400 dataset-invalid /organization");
  EXPECT_EQ(wrong(R"({"title":"x","organization":"141003","license":"CC-BY-4.0",
                      "publish_at":"tomorrow"})"),
            "400 dataset-invalid /publish_at");
  EXPECT_EQ(wrong(R"({"name":"A B","title":"x","organization":"141003","license":"CC-BY-4.0"})"),
            "400 dataset-invalid /name");
  EXPECT_EQ(wrong(R"({"title":"x","organization":"141003","license":"CC-BY-4.0",
                      "resources":[{"id":"no-such","url":"https://x.jp/a.csv"}]})"),
            "400 dataset-invalid /resources/0/id");
  EXPECT_THAT(wrong("{\"title\":\"a\\u0000b\",\"organization\":\"141003\"}"),
              StartsWith("400 dataset-invalid /title"));
  EXPECT_THAT(wrong("{\"title\":"), StartsWith("400 json-syntax"));
  EXPECT_THAT(wrong(""), StartsWith("400 json-syntax"));
  EXPECT_THAT(wrong("[]"), StartsWith("400 dataset-invalid"));
  EXPECT_THAT(wrong(R"({"title":"a","title":"b"})"), StartsWith("400 json-duplicate-key"));
  EXPECT_EQ(get(kDatasets + "?limit=0").at("/meta/count/value"), "0");
}

TEST_F(ApiWrites, TakenNamesAreToldOf) {
  create(kShelters);
  EXPECT_EQ(send("POST", kDatasets, kShelters).problem(), "400 dataset-invalid /name");
}

TEST_F(ApiWrites, NobodyWritesWhereTheyDoNotBelong) {
  create(kShelters);
  caller_ = stranger_;
  EXPECT_EQ(send("POST", kDatasets, R"({"title":"x","organization":"141003",
      "license":"CC-BY-4.0"})")
                .problem(),
            "403 permission-denied");
  EXPECT_EQ(send("PATCH", kDatasets + "/hinanjo", R"({"version":"1"})").problem(),
            "403 permission-denied");
  EXPECT_EQ(call("DELETE", kDatasets + "/hinanjo").problem(), "403 permission-denied");
  EXPECT_EQ(call("POST", kDatasets + "/hinanjo/resources", "x").problem(), "403 permission-denied");
  caller_ = editor_;
  caller_.scopes = {"read"};
  EXPECT_EQ(send("PATCH", kDatasets + "/hinanjo", R"({"version":"1"})").problem(),
            "403 token-scope");
  caller_ = editor_;
  EXPECT_EQ(send("PATCH", kDatasets + "/hinanjo", R"({"organization":"142042"})").problem(),
            "400 dataset-invalid /organization");
  EXPECT_EQ(get(kDatasets + "/hinanjo").at("/data/version"), "null");
}

TEST_F(ApiWrites, ARemovedDatasetLeavesItsReason) {
  create(kShelters);
  EXPECT_EQ(call("DELETE", kDatasets + "/hinanjo?reason=%E7%A0%B4%E6%A3%84").status, 204);
  EXPECT_EQ(get(kDatasets + "/hinanjo").at("/data/state"), "\"deleted\"");
  caller_ = {};
  const auto gone = get(kDatasets + "/hinanjo");
  EXPECT_EQ(gone.problem(), "410 dataset-deleted");
  EXPECT_THAT(gone.body, HasSubstr("破棄"));
  caller_ = editor_;
  EXPECT_EQ(send("PATCH", kDatasets + "/hinanjo", R"({"state":"active"})").status, 200);
  EXPECT_EQ(get(kDatasets + "/hinanjo").at("/data/state"), "\"active\"");
  EXPECT_EQ(call("DELETE", kDatasets + "/nothing").problem(), "404 dataset-not-found");
}

TEST_F(ApiWrites, ARenamedDatasetIsFoundUnderBothNames) {
  create(kShelters);
  EXPECT_EQ(send("PATCH", kDatasets + "/hinanjo", R"({"name":"shelters"})").status, 200);
  EXPECT_EQ(get(kDatasets + "/hinanjo").at("/data/name"), "\"shelters\"");
}

TEST_F(ApiWrites, UnknownParametersAreRefused) {
  create(kShelters);
  EXPECT_EQ(send("POST", kDatasets + "?draft=true", kShelters).problem(),
            "400 parameter-invalid draft");
  EXPECT_EQ(call("DELETE", kDatasets + "/hinanjo?why=x").problem(), "400 parameter-invalid why");
  EXPECT_EQ(get("/api/v1/me?x=1").problem(), "400 parameter-invalid x");
}

TEST_F(ApiWrites, EveryWriteLeavesOneAuditEntry) {
  create(kShelters);
  send("PATCH", kDatasets + "/hinanjo", R"({"version":"1"})");
  send("PATCH", kDatasets + "/hinanjo", R"({"version":"1"})");  // nothing new
  send("PATCH", kDatasets + "/hinanjo", R"({"title":1})");      // refused
  call("DELETE", kDatasets + "/hinanjo");
  auto view = storage_.catalog->read(core::Deadline::max());
  ASSERT_TRUE(view);
  EXPECT_EQ((*view)->history().audit_head()->number, 3);
}

TEST_F(ApiWrites, TellsWhoOneIs) {
  const auto me = get("/api/v1/me");
  EXPECT_EQ(me.at("/data/user/name"), "\"editor\"");
  EXPECT_EQ(me.at("/data/sysadmin"), "false");
  EXPECT_EQ(me.at("/data/scopes"), R"(["read","datasets","members","accounts"])");
  EXPECT_EQ(me.at("/data/roles/0/name"), "\"141003\"");
  EXPECT_EQ(me.at("/data/roles/0/role"), "\"editor\"");
}

}  // namespace
}  // namespace minato::http
