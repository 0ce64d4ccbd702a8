#include "api_writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kResources = "/api/v1/datasets/hinanjo/resources";

std::string form(const std::string& file_name, const std::string& bytes) {
  return "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n一覧\r\n"
         "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
         file_name + "\"\r\n\r\n" + bytes + "\r\n--b--\r\n";
}

const Fields kForm = {{"Content-Type", "multipart/form-data; boundary=b"}};

class ApiResources : public ApiWrites {
 protected:
  ApiResources() {
    create(R"({"name":"hinanjo","title":"避難所","organization":"141003",
               "license":"CC-BY-4.0"})");
  }
  std::string monitor(const ApiReply& reply) {
    const std::string link = reply.headers.joined("Link");
    EXPECT_THAT(link, HasSubstr("rel=\"monitor\""));
    return link.substr(1, link.find('>') - 1);
  }
};

TEST_F(ApiResources, LinksAreAdded) {
  const auto made = send("POST", kResources, R"({"name":"リンク","url":"https://x.jp/a.csv"})");
  EXPECT_EQ(made.status, 201) << made.body;
  const std::string id = made.json["data"]["id"].GetString();
  EXPECT_EQ(made.headers.joined("Location"), "https://data.example.jp/api/v1/resources/" + id);
  EXPECT_EQ(made.headers.joined("Link"), "");
  EXPECT_EQ(get("/api/v1/resources/" + id).at("/data"), made.at("/data"));
  EXPECT_EQ(get("/api/v1/datasets/hinanjo").at("/data/resources/0/id"), "\"" + id + "\"");
}

TEST_F(ApiResources, FilesKeepTheirJapaneseNamesAndBecomeTables) {
  const auto made = call("POST", kResources, form("避難所.csv", "番号,名\n1,あ\n2,い"), kForm);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("/data/name"), "\"一覧\"");
  EXPECT_EQ(made.at("/data/format"), "\"CSV\"");
  EXPECT_THAT(made.at("/data/url"), HasSubstr("%E9%81%BF%E9%9B%A3%E6%89%80.csv"));
  EXPECT_EQ(run_job(monitor(made)), "done");
  const std::string id = made.json["data"]["id"].GetString();
  EXPECT_EQ(get("/api/v1/tables/" + id + "/rows?limit=1").at("/data/0/名"), "\"あ\"");
}

TEST_F(ApiResources, AFormRepeatedWithItsKeyAddsOneResource) {
  Fields fields = kForm;
  fields.emplace_back("Idempotency-Key", "form-1");
  const auto first = call("POST", kResources, form("a.csv", "列\n1"), fields);
  // Another boundary, as clients make one for each request.
  std::string body = form("a.csv", "列\n1");
  for (std::size_t at = body.find("--b"); at != std::string::npos; at = body.find("--b", at + 4)) {
    body.replace(at, 3, "--cc");
  }
  fields[0].second = "multipart/form-data; boundary=cc";
  const auto again = call("POST", kResources, body, fields);
  EXPECT_EQ(again.status, 201) << again.body;
  EXPECT_EQ(again.at("/data/id"), first.at("/data/id"));
  EXPECT_EQ(monitor(again), monitor(first));
  EXPECT_EQ(get("/api/v1/datasets/hinanjo").json["data"]["resources"].Size(), 1U);
  const auto other = call("POST", kResources, form("a.csv", "列\n2"), kForm);
  EXPECT_EQ(other.status, 201);
}

TEST_F(ApiResources, WrongMembersAreNamedFromTheResource) {
  EXPECT_EQ(send("POST", kResources, R"({"name":1})").problem(), "400 dataset-invalid /name");
  EXPECT_EQ(send("POST", kResources, R"({"nonsense":"x"})").problem(),
            "400 dataset-invalid /nonsense");
  EXPECT_EQ(send("POST", kResources, R"({"upload":"no-such"})").problem(), "404 upload-not-found");
  EXPECT_EQ(send("POST", "/api/v1/datasets/none/resources", "{}").problem(),
            "404 dataset-not-found");
  EXPECT_THAT(call("POST", kResources, "--b\r\nbroken", kForm).problem(),
              StartsWith("400 multipart-syntax"));
  EXPECT_EQ(get("/api/v1/datasets/hinanjo").at("/data/resources"), "[]");
}

TEST_F(ApiResources, PatchChangesWhatIsGiven) {
  const auto made =
      send("POST", kResources, R"({"name":"古い","url":"https://x.jp/a.csv","extras":{"a":"1"}})");
  const std::string id = made.json["data"]["id"].GetString();
  const auto patched =
      send("PATCH", "/api/v1/resources/" + id, R"({"name":"新しい","extras":{"b":"2"}})");
  EXPECT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(patched.at("/data/name"), "\"新しい\"");
  EXPECT_EQ(patched.at("/data/url"), "\"https://x.jp/a.csv\"");
  EXPECT_EQ(patched.at("/data/extras"), R"({"a":"1","b":"2"})");
  EXPECT_EQ(send("PATCH", "/api/v1/resources/" + id, R"({"name":"x"})", {{"If-Match", "\"old\""}})
                .problem(),
            "412 precondition-failed");
  EXPECT_EQ(send("PATCH", "/api/v1/resources/none", "{}").problem(), "404 resource-not-found");
}

TEST_F(ApiResources, ANewFileIsComparedBeforeItTakesThePlaceOfTheOld) {
  const auto made = call("POST", kResources, form("a.csv", "番号\n1\n2\n3\n4"), kForm);
  EXPECT_EQ(run_job(monitor(made)), "done");
  const std::string id = made.json["data"]["id"].GetString();
  const auto patched = call("PATCH", "/api/v1/resources/" + id, form("b.csv", "番号\n1"), kForm);
  EXPECT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(patched.at("/data/sha256"), made.at("/data/sha256"));
  const std::string job = monitor(patched);
  EXPECT_EQ(run_job(job), "held");
  EXPECT_EQ(get("/api/v1/resources/" + id).at("/data/sha256"), made.at("/data/sha256"));
  const std::string path = job.substr(job.find("/api/"));
  EXPECT_EQ(get(path).at("/data/report/brakes/0/id"), "\"lost-rows\"");
  EXPECT_EQ(call("POST", path + "/confirm").status, 200);
  EXPECT_EQ(run_job(job), "done");
  EXPECT_NE(get("/api/v1/resources/" + id).at("/data/sha256"), made.at("/data/sha256"));
  EXPECT_EQ(call("POST", path + "/confirm").problem(), "409 job-not-held");
}

TEST_F(ApiResources, AnUploadedFileStaysWhenItsAddressIsSentBack) {
  const auto made = call("POST", kResources, form("a.csv", "番号\n1"), kForm);
  const std::string id = made.json["data"]["id"].GetString();
  const std::string hash = made.at("/data/sha256");
  const auto kept =
      send("PATCH", "/api/v1/resources/" + id, "{\"url\":" + made.at("/data/url") + "}");
  EXPECT_EQ(kept.at("/data/sha256"), hash) << kept.body;
  const auto linked =
      send("PATCH", "/api/v1/resources/" + id, R"({"url":"https://elsewhere.jp/a.csv"})");
  EXPECT_EQ(linked.at("/data/sha256"), "null");
  EXPECT_EQ(linked.at("/data/url"), "\"https://elsewhere.jp/a.csv\"");
}

TEST_F(ApiResources, AreRemoved) {
  const auto made = send("POST", kResources, R"({"url":"https://x.jp/a.csv"})");
  const std::string id = made.json["data"]["id"].GetString();
  caller_ = stranger_;
  EXPECT_EQ(call("DELETE", "/api/v1/resources/" + id).status, 403);
  caller_ = editor_;
  EXPECT_EQ(call("DELETE", "/api/v1/resources/" + id).status, 204);
  EXPECT_EQ(get("/api/v1/resources/" + id).status, 404);
  EXPECT_EQ(call("DELETE", "/api/v1/resources/" + id).problem(), "404 resource-not-found");
}

}  // namespace
}  // namespace minato::http
