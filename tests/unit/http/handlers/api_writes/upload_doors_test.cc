#include "api_writes_fixture.h"
#include "core/sha256.h"

namespace minato::http {
namespace {

using testing::HasSubstr;

class ApiUploads : public ApiWrites {
 protected:
  std::string begin(const std::string& json, Fields headers = {}) {
    const auto reply = send("POST", "/api/v1/uploads", json, std::move(headers));
    EXPECT_EQ(reply.status, 201) << reply.body;
    return "/api/v1/uploads/" + std::string(reply.json["data"]["id"].GetString());
  }
  ApiReply part(const std::string& upload, const std::string& offset, const std::string& bytes,
                Fields headers = {}) {
    headers.emplace_back("Upload-Offset", offset);
    return call("PATCH", upload, bytes, std::move(headers));
  }
};

TEST_F(ApiUploads, FilesArriveInParts) {
  const std::string upload = begin(R"({"file_name":"人口.csv","size":9,"media_type":"text/csv"})");
  const auto first = part(upload, "0", "列\n1\n");
  EXPECT_EQ(first.status, 204) << first.body;
  EXPECT_EQ(first.headers.joined("Upload-Offset"), "6");
  EXPECT_EQ(first.headers.joined("Upload-Complete"), "?0");
  const auto asked = get(upload);
  EXPECT_EQ(asked.headers.joined("Upload-Offset"), "6");
  EXPECT_EQ(asked.headers.joined("Upload-Length"), "9");
  EXPECT_EQ(asked.at("/data/received"), "6");
  EXPECT_EQ(asked.at("/data/state"), "\"open\"");
  EXPECT_EQ(call("POST", upload + "/complete").problem(), "409 upload-incomplete");
  EXPECT_EQ(call("PATCH", upload + "?offset=6", "234").status, 204);
  const auto done = call("POST", upload + "/complete");
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(done.at("/data/state"), "\"complete\"");
  EXPECT_EQ(done.at("/data/sha256"), "\"" + core::sha256_hex("列\n1\n234") + "\"");
  EXPECT_EQ(call("POST", upload + "/complete").body, done.body);
}

TEST_F(ApiUploads, APartOutOfPlaceIsRefusedWithTheRightOffset) {
  const std::string upload = begin(R"({"file_name":"a.csv","size":9})");
  part(upload, "0", "abc");
  const auto ahead = part(upload, "5", "xyz");
  EXPECT_EQ(ahead.problem(), "409 upload-offset-mismatch");
  EXPECT_THAT(ahead.body, HasSubstr("3"));
  EXPECT_EQ(part(upload, "0", "abc").status, 204);  // again, its answer was lost
  EXPECT_EQ(part(upload, "0", "xyz").problem(), "409 upload-offset-mismatch");
  EXPECT_EQ(get(upload).at("/data/received"), "3");
}

TEST_F(ApiUploads, PartsAreCheckedByTheirDigest) {
  const std::string upload = begin(R"({"file_name":"a.csv","size":9})");
  // SHA-256 of "abc" and of "".
  const std::string right = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
  const std::string wrong = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  EXPECT_EQ(part(upload, "0", "abc", {{"Content-Digest", "sha-256=:" + wrong + ":"}}).problem(),
            "400 checksum-mismatch");
  EXPECT_EQ(part(upload, "0", "abc", {{"Content-Digest", "sha-256=:???:"}}).problem(),
            "400 parameter-invalid Content-Digest");
  EXPECT_EQ(part(upload, "0", "abc", {{"X-Part-SHA256", "12"}}).problem(),
            "400 parameter-invalid X-Part-SHA256");
  EXPECT_EQ(get(upload).at("/data/received"), "0");
  EXPECT_EQ(part(upload, "0", "abc", {{"Content-Digest", "sha-256=:" + right + ":"}}).status, 204);
  EXPECT_EQ(part(upload, "3", "abc", {{"Digest", "SHA-256=" + right}}).status, 204);
  EXPECT_EQ(part(upload, "6", "abc", {{"X-Part-SHA256", core::sha256_hex("abc")}}).status, 204);
}

TEST_F(ApiUploads, TheWholeIsCheckedToo) {
  const std::string upload =
      begin(R"({"file_name":"a.csv","size":3,"sha256":")" + core::sha256_hex("other") + "\"}");
  part(upload, "0", "abc");
  EXPECT_EQ(call("POST", upload + "/complete").problem(), "400 checksum-mismatch");
}

TEST_F(ApiUploads, BeginningTwiceWithAKeyBeginsOnce) {
  const Fields key = {{"Idempotency-Key", "u-1"}};
  const std::string json = R"({"file_name":"a.csv","size":3})";
  EXPECT_EQ(begin(json, key), begin(json, key));
  EXPECT_EQ(send("POST", "/api/v1/uploads", R"({"file_name":"b.csv","size":3})", key).problem(),
            "409 idempotency-key-reused");
  EXPECT_NE(begin(json), begin(json));
}

TEST_F(ApiUploads, BelongToWhoBeganThem) {
  const std::string upload = begin(R"({"file_name":"a.csv","size":3})");
  caller_ = stranger_;
  EXPECT_EQ(get(upload).problem(), "404 upload-not-found");
  EXPECT_EQ(part(upload, "0", "abc").problem(), "404 upload-not-found");
  EXPECT_EQ(call("DELETE", upload).problem(), "404 upload-not-found");
  caller_ = editor_;
  EXPECT_EQ(call("DELETE", upload).status, 204);
  EXPECT_EQ(get(upload).problem(), "404 upload-not-found");
}

TEST_F(ApiUploads, BadAnnouncementsAreRefused) {
  const auto wrong = [&](const std::string& json) {
    return send("POST", "/api/v1/uploads", json).problem();
  };
  EXPECT_EQ(wrong(R"({"size":3})"), "400 body-invalid /file_name");
  EXPECT_EQ(wrong(R"({"file_name":"a","size":-1})"), "400 body-invalid /size");
  EXPECT_EQ(wrong(R"({"file_name":"a","size":3,"sha256":"x"})"), "400 body-invalid /sha256");
  EXPECT_EQ(wrong(R"({"file_name":"a","size":10000000000})"), "413 upload-too-large");
  EXPECT_EQ(wrong(R"({"file_name":"..","size":1})"), "400 file-name-invalid");
  const std::string upload = begin(R"({"file_name":"a.csv","size":3})");
  EXPECT_EQ(call("PATCH", upload, "abc").problem(), "400 parameter-invalid Upload-Offset");
  EXPECT_EQ(part(upload, "-1", "abc").problem(), "400 parameter-invalid Upload-Offset");
  EXPECT_EQ(call("PATCH", upload + "?offset=x", "abc").problem(), "400 parameter-invalid offset");
}

TEST_F(ApiUploads, BecomeTheFilesOfResources) {
  const std::string upload = begin(R"({"file_name":"人口.csv","size":6})");
  part(upload, "0", "列\n1\n");
  const std::string id = upload.substr(upload.rfind('/') + 1);
  const auto made = send("POST", "/api/v1/datasets",
                         R"({"name":"ninzu","title":"人数","organization":"141003",
                             "license":"CC-BY-4.0","resources":[{"name":"表","upload":")" +
                             id + "\"}]}");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("/data/resources/0/size"), "6");
  ASSERT_NE(made.at("/meta/jobs/0"), "(nothing)") << made.body;
  EXPECT_EQ(run_job(made.json["meta"]["jobs"][0].GetString()), "done");
  const std::string resource = made.json["data"]["resources"][0]["id"].GetString();
  EXPECT_EQ(get("/api/v1/tables/" + resource + "/rows").at("/data/0/列"), "1");
}

}  // namespace
}  // namespace minato::http
