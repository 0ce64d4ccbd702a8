// Resources by CKAN's actions, with and without files.
#include <unistd.h>

#include <cstdio>

#include "writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kCsv = "地域,人口\n横浜市,3770000\n川崎市,1540000\n相模原市,725000\n";

class ResourceWrites : public WritesTest {
 protected:
  ResourceWrites() { EXPECT_EQ(create("aa").status, 200); }

  Form upload(std::string_view file_name = "人口統計.csv", std::string_view bytes = kCsv) {
    Form form;
    form.text("package_id", "aa").text("name", "表").file("upload", file_name, bytes);
    return form;
  }
  std::string rows_of(const std::string& resource) {
    return show("datastore_search?limit=0&resource_id=" + resource).at("/result/total");
  }
};

TEST_F(ResourceWrites, CreateAnswersTheResource) {
  const auto reply = call("resource_create", R"({"package_id":"aa","url":"https://example.jp/a.csv",
      "name":"表","size":"12","extra":"x"})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/result/url"), "https://example.jp/a.csv");
  EXPECT_EQ(reply.text("/result/format"), "CSV");
  EXPECT_EQ(reply.at("/result/size"), "12");
  EXPECT_EQ(reply.text("/result/extra"), "x");
  EXPECT_EQ(reply.text("/result/package_id"), id_of("aa"));
  EXPECT_EQ(reply.at("/result/import_job"), "(nothing)");
  EXPECT_EQ(show("resource_show?id=" + reply.text("/result/id")).at("/result"),
            reply.at("/result"));
}

TEST_F(ResourceWrites, RefusalsAreNotNested) {
  call("resource_create", R"({"package_id":"aa","url":"https://example.jp/a.csv"})");
  EXPECT_EQ(
      call("resource_create", R"({"package_id":"aa","size":"x","last_modified":"y"})").error(),
      R"({"__type":"Validation Error","size":["Invalid integer"],)"
      R"("last_modified":["Date format incorrect"]})");
  EXPECT_EQ(call("resource_create", "{}").error(),
            R"({"__type":"Validation Error","package_id":["Missing value"]})");
  EXPECT_EQ(call("resource_create", R"({"package_id":"nope"})").status, 404);
  EXPECT_EQ(call("resource_create", R"({"package_id":"aa"})", "jiro").status, 403);
  EXPECT_EQ(call("resource_update", R"({"url":"x"})").error(),
            R"({"__type":"Validation Error","id":["Missing value"]})");
  EXPECT_EQ(call("resource_patch", R"({"id":"nope"})").status, 404);
  EXPECT_EQ(show("package_show?id=aa").at("/result/num_resources"), "1");
}

TEST_F(ResourceWrites, UpdateClearsAndPatchKeeps) {
  const auto made = call("resource_create", R"({"package_id":"aa","url":"https://example.jp/a.csv",
      "name":"表","description":"説明","size":5,"x":"1"})");
  const std::string id = made.text("/result/id");
  const auto patched = call("resource_patch", R"({"id":")" + id + R"(","name":"新"})");
  EXPECT_EQ(patched.text("/result/description"), "説明");
  EXPECT_EQ(patched.text("/result/x"), "1");
  const auto updated =
      call("resource_update", R"({"id":")" + id + R"(","url":"https://example.jp/b.csv"})");
  ASSERT_EQ(updated.status, 200) << updated.body;
  EXPECT_EQ(updated.at("/result/name"), "null");
  EXPECT_EQ(updated.at("/result/description"), "null");
  EXPECT_EQ(updated.at("/result/size"), "null");
  EXPECT_EQ(updated.at("/result/x"), "(nothing)");
  EXPECT_EQ(call("resource_update", updated.at("/result")).at("/result"), updated.at("/result"));
  EXPECT_EQ(call("resource_delete", R"({"id":")" + id + "\"}").at("/result"), "null");
  EXPECT_EQ(call("resource_delete", R"({"id":")" + id + "\"}").status, 404);
  EXPECT_EQ(show("package_show?id=aa").at("/result/num_resources"), "0");
}

TEST_F(ResourceWrites, AnUploadedFileBecomesATable) {
  const auto reply = send("resource_create", upload());
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/result/import_job/state"), "done") << reply.body;
  EXPECT_EQ(reply.text("/result/url_type"), "upload");
  EXPECT_EQ(reply.text("/result/format"), "CSV");
  EXPECT_EQ(reply.text("/result/mimetype"), "text/csv");
  EXPECT_EQ(reply.at("/result/size"), std::to_string(kCsv.size()));
  EXPECT_EQ(reply.text("/result/hash").size(), 64U);
  EXPECT_EQ(reply.at("/result/datastore_active"), "true");
  EXPECT_EQ(reply.text("/result/url"), "https://data.example.jp/dataset/" + id_of("aa") +
                                           "/resource/" + reply.text("/result/id") +
                                           "/download/%E4%BA%BA%E5%8F%A3%E7%B5%B1%E8%A8%88.csv");
  EXPECT_EQ(rows_of(reply.text("/result/id")), "3");
}

TEST_F(ResourceWrites, AFileThatIsNoTableStaysAFile) {
  const std::string junk("\x89PNG\r\n\x1a\n\0\0binary\0", 22);
  const auto reply = send("resource_create", upload("図.png", junk));
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result/size"), std::to_string(junk.size()));
  EXPECT_EQ(reply.at("/result/datastore_active"), "false");
  EXPECT_EQ(reply.text("/result/mimetype"), "image/png");
}

TEST_F(ResourceWrites, ANewFileReplacesTheOldOne) {
  const std::string id = send("resource_create", upload()).text("/result/id");
  Form form;
  form.text("id", id)
      .text("name", "新")
      .file("upload", "新.csv",
            "地域,人口\n横浜市,3770001\n川崎市,1540000\n相模原市,725000\n座間市,1\n");
  const auto reply = send("resource_patch", form);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/result/import_job/state"), "done");
  EXPECT_EQ(reply.text("/result/name"), "新");
  EXPECT_THAT(reply.text("/result/url"), testing::EndsWith("/%E6%96%B0.csv"));
  EXPECT_EQ(rows_of(id), "4");
}

TEST_F(ResourceWrites, AFileThatLosesRowsWaitsForAPerson) {
  const auto made = send("resource_create", upload());
  const std::string id = made.text("/result/id");
  Form form;
  form.text("id", id).text("name", "少ない").file("upload", "x.csv", "地域,人口\n横浜市,3770000\n");
  const auto reply = send("resource_patch", form);
  EXPECT_EQ(reply.status, 409) << reply.body;
  EXPECT_EQ(reply.text("/error/__type"), "Validation Error");
  const std::string why = reply.text("/error/upload/0");
  EXPECT_THAT(why, HasSubstr("Nothing was published: if the file is right, confirm job "));
  const auto at = why.rfind("/api/v1/jobs/");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(rows_of(id), "3");
  EXPECT_EQ(show("resource_show?id=" + id).text("/result/hash"), made.text("/result/hash"));
  EXPECT_EQ(show("resource_show?id=" + id).text("/result/name"), "少ない");
  const std::string job = why.substr(at + 13);
  const auto confirmed = imports_.confirm(job, {caller("hanako"), {}, {}});
  ASSERT_TRUE(confirmed.has_value()) << confirmed.error().message.en;
  ASSERT_TRUE(imports_.wait(job, std::chrono::seconds(20)).has_value());
  EXPECT_EQ(rows_of(id), "1");
}

TEST_F(ResourceWrites, ALinkCanBecomeAFileAndAFileALink) {
  const std::string id =
      call("resource_create", R"({"package_id":"aa","url":"https://example.jp/a.csv","name":"表"})")
          .text("/result/id");
  Form form;
  form.text("id", id).file("upload", "a.csv", kCsv);
  const auto file = send("resource_patch", form);
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.text("/result/url_type"), "upload");
  EXPECT_EQ(file.text("/result/name"), "表");
  const auto link = call("resource_patch",
                         R"({"id":")" + id + R"(","clear_upload":true,"url":"https://b.jp/b"})");
  ASSERT_EQ(link.status, 200) << link.body;
  EXPECT_EQ(link.at("/result/url_type"), "null");
  EXPECT_EQ(link.text("/result/url"), "https://b.jp/b");
  EXPECT_EQ(link.text("/result/hash"), "");
  EXPECT_EQ(link.at("/result/size"), "null");
}

TEST_F(ResourceWrites, FilesThatAreTooLargeOrNamelessAreRefused) {
  const auto large = send("resource_create", upload("a.csv", std::string(1'000'001, 'x')));
  EXPECT_EQ(large.status, 409);
  EXPECT_EQ(large.error(), R"({"__type":"Validation Error","upload":["File upload too large"]})");
  const auto nameless = send("resource_create", upload("../", kCsv));
  EXPECT_EQ(nameless.status, 409);
  EXPECT_THAT(nameless.at("/error"), StartsWith(R"({"__type":"Validation Error","upload":[)"));
  EXPECT_EQ(show("package_show?id=aa").at("/result/num_resources"), "0");
}

TEST_F(ResourceWrites, PathsAreNoPartOfAFileName) {
  const auto reply = send("resource_create", upload("..\\..\\etc\\人口.csv"));
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.text("/result/url"), testing::EndsWith("/download/%E4%BA%BA%E5%8F%A3.csv"));
}

TEST_F(ResourceWrites, StrangersSendNoFiles) {
  EXPECT_EQ(send("resource_create", upload(), "jiro").status, 403);
  EXPECT_EQ(send("resource_create", upload(), "").status, 403);
  EXPECT_EQ(show("package_show?id=aa").at("/result/num_resources"), "0");
}

TEST_F(ResourceWrites, ASpooledBodyIsReadWhereItLies) {
  const Form form = upload();
  Request request;
  request.method = "POST";
  request.caller = caller("hanako");
  request.headers.set("Content-Type",
                      "multipart/form-data; boundary=" + std::string(Form::kBoundary));
  const std::string body = form.body();
  const std::string path = folder_.path() + "/spool";
  std::FILE* file = std::fopen(path.c_str(), "w+b");
  ASSERT_NE(file, nullptr);
  ASSERT_EQ(std::fwrite(body.data(), 1, body.size(), file), body.size());
  std::fflush(file);
  request.body.spool = FileDescriptor(::dup(::fileno(file)));
  request.body.size = body.size();
  std::fclose(file);
  const auto reply = answer(std::move(request), "/api/3/action/resource_create");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("/result/size"), std::to_string(kCsv.size()));
  EXPECT_EQ(rows_of(reply.text("/result/id")), "3");
}

}  // namespace
}  // namespace minato::http
