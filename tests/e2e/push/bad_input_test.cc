// What people and programs send by mistake, or on purpose: each has its exact answer, and nothing
// half-written remains.
#include <gmock/gmock.h>

#include "e2e/push/push_house.h"

namespace minato::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const PushClient::Headers kJson = {{"Content-Type", "application/json"}};

class BadPush : public testing::Test {
 protected:
  BadPush() {
    house_.start();
    client_.emplace(house_.client(token_));
    EXPECT_EQ(client_
                  ->action("package_create", R"({"name":"kihon","title":"基本","owner_org":"141003",
                           "license_id":"cc-by-4.0"})")
                  ->status,
              200);
  }

  [[nodiscard]] std::string code_of(const std::optional<HttpReply>& reply) const {
    if (!reply) return "no reply";
    const rapidjson::Document json = json_of(*reply);
    return std::to_string(reply->status) + " " +
           (json.IsObject() && json.HasMember("code") ? json["code"].GetString() : "no code");
  }
  // Sends a head that announces `length` bytes, and none of them.
  [[nodiscard]] std::string announce(const std::string& target, const std::string& length,
                                     const std::string& token) const {
    return raw_exchange(house_.program().port(),
                        "POST " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" +
                            (token.empty() ? "" : "Authorization: " + token + "\r\n") +
                            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: " +
                            length + "\r\n\r\n");
  }
  [[nodiscard]] std::size_t resources() const {
    return result_of(client_->send("GET", "/api/3/action/package_show?id=kihon"))["resources"]
        .Size();
  }

  PushHouse house_;
  std::string token_ = house_.token("oshi", "141003");
  std::optional<PushClient> client_;
};

TEST_F(BadPush, TenGigabytesAreRefusedBeforeTheyAreSent) {
  constexpr const char* kTenGb = "10737418240";
  EXPECT_THAT(announce("/api/3/action/resource_create", kTenGb, token_),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(announce("/api/v1/datasets/kihon/resources", kTenGb, token_),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(announce("/api/v1/datasets/kihon/resources", kTenGb, ""), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(announce("/api/v1/datasets/kihon/resources", kTenGb, "minato_unknown"),
              HasSubstr("WWW-Authenticate: Bearer"));
  EXPECT_EQ(code_of(client_->send("POST", "/api/v1/uploads",
                                  R"({"file_name":"a.csv","size":10737418240})", kJson)),
            "413 upload-too-large");
  EXPECT_EQ(resources(), 0U);
}

TEST_F(BadPush, AnUnknownTokenIsNobody) {
  const PushClient nobody = house_.client("minato_" + std::string(43, 'A'));
  const auto denied = nobody.action("package_patch", R"({"id":"kihon","title":"x"})");
  EXPECT_EQ(denied->status, 403);
  EXPECT_THAT(denied->body, HasSubstr("\"__type\":\"Authorization Error\""));
  EXPECT_EQ(nobody.send("GET", "/api/3/action/package_show?id=kihon")->status, 200);
  EXPECT_EQ(code_of(nobody.send("PATCH", "/api/v1/datasets/kihon", "{}", kJson)),
            "401 authentication-required");
}

TEST_F(BadPush, NobodyWritesForAnotherMunicipality) {
  const PushClient neighbour = house_.client(house_.token("jiro", "142042", "admin"));
  const PushClient prefecture = house_.client(house_.token("ken", "140007", "admin"));
  for (const PushClient& other : {neighbour, prefecture}) {
    EXPECT_EQ(code_of(other.send("PATCH", "/api/v1/datasets/kihon", R"({"title":"x"})", kJson)),
              "403 permission-denied");
    EXPECT_EQ(other.action("package_delete", R"({"id":"kihon"})")->status, 403);
    EXPECT_EQ(other
                  .action("package_create", R"({"name":"zz","title":"x","owner_org":"141003",
                           "license_id":"cc-by-4.0"})")
                  ->status,
              403);
  }
  EXPECT_STREQ(
      result_of(client_->send("GET", "/api/3/action/package_show?id=kihon"))["title"].GetString(),
      "基本");
}

TEST_F(BadPush, ATruncatedOrBrokenBodyLeavesNothing) {
  const std::string head =
      "POST /api/3/action/resource_create HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
      "Authorization: " +
      token_ + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ";
  const std::string part =
      "--x\r\nContent-Disposition: form-data; name=\"package_id\"\r\n\r\nkihon\r\n--x\r\n"
      "Content-Disposition: form-data; name=\"upload\"; filename=\"a.csv\"\r\n\r\n番号,値\r\n1,";
  // The whole that was announced comes, but its last boundary is missing.
  const std::string broken =
      raw_exchange(house_.program().port(), head + std::to_string(part.size()) + "\r\n\r\n" + part);
  EXPECT_THAT(broken, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(broken, HasSubstr("Bad request: JSON Error"));
  EXPECT_EQ(resources(), 0U);
}

TEST_F(BadPush, AWrongChecksumIsNotKept) {
  const std::string content = "番号,値\r\n1,2\r\n";
  const auto made =
      client_->send("POST", "/api/v1/uploads",
                    R"({"file_name":"a.csv","size":)" + std::to_string(content.size()) +
                        R"(,"sha256":")" + sha256_of("other") + "\"}",
                    kJson);
  ASSERT_EQ(made->status, 201) << made->body;
  const std::string place =
      std::string("/api/v1/uploads/") + json_of(*made)["data"]["id"].GetString();
  const PushClient::Headers at_start = {{"Upload-Offset", "0"},
                                        {"Content-Type", "application/octet-stream"}};
  PushClient::Headers wrong_part = at_start;
  wrong_part.emplace_back("X-Part-SHA256", sha256_of("another"));
  EXPECT_EQ(code_of(client_->send("PATCH", place, content, wrong_part)), "400 checksum-mismatch");
  const auto kept = client_->send("PATCH", place, content, at_start);
  EXPECT_EQ(kept->status, 204) << kept->body;
  EXPECT_EQ(code_of(client_->send(
                "PATCH", place, "x",
                {{"Upload-Offset", "3"}, {"Content-Type", "application/octet-stream"}})),
            "409 upload-offset-mismatch");
  EXPECT_EQ(code_of(client_->send("POST", place + "/complete")), "400 checksum-mismatch");
}

TEST_F(BadPush, AnOldIfMatchLosesTheRace) {
  const auto shown = client_->send("GET", "/api/v1/datasets/kihon");
  const std::string etag = shown->header("etag");
  ASSERT_FALSE(etag.empty());
  PushClient::Headers matching = kJson;
  matching.emplace_back("If-Match", etag);
  EXPECT_EQ(client_->send("PATCH", "/api/v1/datasets/kihon", R"({"title":"新"})", matching)->status,
            200);
  EXPECT_EQ(
      code_of(client_->send("PATCH", "/api/v1/datasets/kihon", R"({"title":"旧"})", matching)),
      "412 precondition-failed");
}

TEST_F(BadPush, AFileThatIsNoTableIsKeptAsAFileAndSaysWhy) {
  const auto made =
      client_->action_with_file("resource_create", {{"package_id", "kihon"}},
                                {"図面.csv", std::string("\x89PNG\r\n\x1a\n\0\0", 10)});
  ASSERT_EQ(made->status, 200) << made->body;
  const std::string id = result_of(made)["id"].GetString();
  const auto table = client_->send("GET", "/api/v1/tables/" + id);
  EXPECT_EQ(code_of(table), "404 table-missing");
}

TEST_F(BadPush, HostileTextsAreTextsOrRefused) {
  const auto stored = client_->send(
      "POST", "/api/v1/datasets",
      R"json({"title":"<script>alert(1)</script>'; DROP TABLE dataset;--","name":"warui",
         "organization":"141003","license":"cc-by-4.0"})json",
      kJson);
  ASSERT_EQ(stored->status, 201) << stored->body;
  const HttpReply page = house_.program().get("/dataset/warui");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, testing::Not(HasSubstr("<script>alert(1)")));
  EXPECT_EQ(
      code_of(client_->send("PATCH", "/api/v1/datasets/warui", "{\"title\":\"a\\u0000b\"}", kJson)),
      "400 dataset-invalid");
  EXPECT_EQ(
      code_of(client_->send("PATCH", "/api/v1/datasets/warui", "{\"name\":\"../../etc\"}", kJson)),
      "400 dataset-invalid");
  EXPECT_EQ(code_of(client_->send("PATCH", "/api/v1/datasets/warui", "{bad", kJson)),
            "400 json-syntax");
}

}  // namespace
}  // namespace minato::test
