// A clerk sends files, sees how they were read, and decides.
#include "manage_fixture.h"
#include "markup.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// "名称,人数\r\n本館,3\r\n新館,x\r\n" in CP932, and more rows.
std::string people(int rows) {
  std::string bytes = "\x96\xBC\x8F\xCC,\x90\x6C\x90\x94\r\n";
  for (int i = 0; i < rows; ++i) bytes += "\x96\x7B\x8A\xD9" + std::to_string(i) + ",3\r\n";
  return bytes;
}

class FilesOfStaff : public ManageTest {
 protected:
  FilesOfStaff() {
    sign_in(token_of("hanako"));
    page_ = make_dataset("人口", {{"license", "CC-BY-4.0"}});
    name_ = page_.substr(page_.rfind('/') + 1);
  }
  std::string publish(const std::string& job, Fields fields = {}) {
    const auto reply = post(job + "/publish", std::move(fields));
    run_jobs();
    return location(reply);
  }
  core::Resource only_file() { return dataset(name_).resources.at(0); }
  std::size_t files() { return dataset(name_).resources.size(); }

  std::string page_;
  std::string name_;
};

TEST_F(FilesOfStaff, AreShownAsTheyWereReadBeforeAnythingIsPublished) {
  const std::string job = send_file(page_, {"人口.csv", people(3)});
  ASSERT_TRUE(job.starts_with("/manage/job/")) << job;
  EXPECT_EQ(files(), 0U);
  const auto shown = get(job);
  EXPECT_EQ(shown.status, 200);
  for (const char* word : {"確認待ち", "3 行 × 2 列", "Shift_JIS (CP932)", ">名称</th>", ">整数",
                           "<span>本館0</span>", "この内容で登録する"}) {
    EXPECT_THAT(shown.body, HasSubstr(word)) << word;
  }
  EXPECT_THAT(read_markup(shown.body).faults, IsEmpty());
  EXPECT_THAT(get(page_).body, HasSubstr("確認待ち"));
  EXPECT_THAT(get("/manage").body, HasSubstr("確かめるのを待っているファイル"));

  EXPECT_EQ(publish(job), job);
  EXPECT_THAT(get(job).body, HasSubstr("データセットに入りました。"));
  ASSERT_EQ(files(), 1U);
  EXPECT_EQ(only_file().name, "人口.csv");
  EXPECT_EQ(only_file().format, "CSV");
  ASSERT_EQ(post(page_ + "/state", {{"change", "publish"}}).status, 303);
  EXPECT_THAT(get(job).body, HasSubstr("公開中のデータになりました。"));
  EXPECT_THAT(get(job).body,
              HasSubstr("href=\"/dataset/" + name_ + "/resource/" + only_file().id + "\""));
  EXPECT_THAT(get("/en" + job).body, HasSubstr("It is published."));
}

TEST_F(FilesOfStaff, AFirstFileThatIsDiscardedLeavesNothing) {
  const std::string job = send_file(page_, {"人口.csv", people(3)});
  EXPECT_EQ(location(post(job + "/discard", {})), page_ + "?done=discarded");
  EXPECT_EQ(files(), 0U);
  EXPECT_THAT(get(job).body, HasSubstr("取りやめました"));
  // Pressed again in another window: the page tells how it stands.
  EXPECT_EQ(location(post(job + "/publish", {})), job);
  EXPECT_EQ(files(), 0U);
}

TEST_F(FilesOfStaff, ABrakeNeedsATick) {
  publish(send_file(page_, {"人口.csv", people(20)}, {{"file_name", "人口の表"}}));
  const std::string id = only_file().id;
  EXPECT_EQ(only_file().name, "人口の表");
  const std::string job = send_file(page_, {"人口2.csv", people(5)}, {{"resource", id}});
  const std::string held = get(job).body;
  EXPECT_THAT(held, HasSubstr("公開の前に止まりました"));
  EXPECT_THAT(held, HasSubstr("それでも公開する"));
  EXPECT_THAT(held, HasSubstr("20 → 5"));
  const auto refused = post(job + "/publish", {});
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("四角に印を付けてください"));
  EXPECT_EQ(only_file().url, "人口.csv");
  EXPECT_EQ(publish(job, {{"agreed", "1"}}), job);
  EXPECT_EQ(only_file().url, "人口2.csv");
  EXPECT_EQ(only_file().id, id);
  EXPECT_EQ(only_file().name, "人口の表");
}

TEST_F(FilesOfStaff, AReplacementIsReviewedWithoutBrakesToo) {
  publish(send_file(page_, {"人口.csv", people(5)}));
  const std::string job = send_file(page_, {"人口.csv", people(6)}, {{"resource", only_file().id}});
  EXPECT_THAT(get(job).body, HasSubstr("この内容でよいですか"));
  EXPECT_THAT(get(job).body, HasSubstr("5 → 6"));
  EXPECT_EQ(tables_.of_resource(only_file().id, service::operator_caller())->at(0).rows, 5);
}

TEST_F(FilesOfStaff, WhatIsNoTableIsSaidWhereItIsDecided) {
  const std::string job = send_file(page_, {"<b>.pdf", "%PDF-1.7\n"});
  const std::string shown = get(job).body;
  EXPECT_THAT(shown, HasSubstr("data-announce>表としては読めませんでした</h2>"));
  EXPECT_LT(shown.find("形式が PDF のファイルは表として読みません。"),
            shown.find("この内容で登録する"));
  EXPECT_THAT(shown, Not(HasSubstr("下の表と列が")));
  EXPECT_THAT(shown, Not(HasSubstr("notice warning"))) << "a PDF is no surprise";
  EXPECT_THAT(read_markup(shown).faults, IsEmpty());
  EXPECT_THAT(shown, Not(HasSubstr("<b>.pdf")));
  publish(job);
  EXPECT_EQ(only_file().url, "<b>.pdf");
}

TEST_F(FilesOfStaff, ANameThatPromisesATableWarns) {
  const std::string page = "<!DOCTYPE html><html><body><h1>404</h1></body></html>";
  const std::string program = get(send_file(page_, {"list.CSV", page})).body;
  EXPECT_THAT(program, HasSubstr("表としては読めませんでした"));
  EXPECT_THAT(program, HasSubstr("notice warning"));
  const std::string heading = get(send_file(page_, {"a.csv", "name,people\r\n"})).body;
  EXPECT_THAT(heading, HasSubstr("行が 1 つもありません"));
  EXPECT_THAT(get(send_file(page_, {"b.csv", people(2)})).body,
              Not(HasSubstr("行が 1 つもありません")));
}

TEST_F(FilesOfStaff, MistakesOfAnUploadAreNamed) {
  const auto none = upload(page_ + "/upload", {{"file_name", "名前"}}, std::nullopt);
  EXPECT_EQ(none.status, 400);
  EXPECT_THAT(none.body, HasSubstr("<a href=\"#field-file\">ファイルを選んでください。</a>"));
  EXPECT_THAT(none.body, HasSubstr("value=\"名前\""));
  const auto empty = upload(page_ + "/upload", {}, UploadedFile{"a.csv", ""});
  EXPECT_EQ(empty.status, 400);
  EXPECT_THAT(empty.body, HasSubstr("ファイルが空です"));
  const auto large =
      upload(page_ + "/upload", {}, UploadedFile{"a.csv", std::string(100'001, 'a')});
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(upload(page_ + "/upload", {{"resource", "none"}}, UploadedFile{"a.csv", "a\n"}).status,
            404);
  EXPECT_EQ(get(page_ + "/upload?resource=none").status, 404);
  EXPECT_EQ(files(), 0U);
}

TEST_F(FilesOfStaff, SendingTwiceMakesOneJob) {
  const std::string job = send_file(page_, {"a.csv", people(2)}, {{"once", "key"}});
  EXPECT_EQ(send_file(page_, {"a.csv", people(2)}, {{"once", "key"}}), job);
  EXPECT_NE(send_file(page_, {"a.csv", people(3)}, {{"once", "key"}}), job);
}

TEST_F(FilesOfStaff, AreRenamedAndRemoved) {
  publish(send_file(page_, {"人口.csv", people(2)}));
  const std::string file = "/manage/file/" + only_file().id;
  const std::string marks = hidden(get(file).body, "marks");
  EXPECT_EQ(post(file, {{"file_name", ""}, {"marks", marks}}).status, 400);
  EXPECT_EQ(
      post(file, {{"file_name", "新しい名"}, {"file_description", "d"}, {"marks", marks}}).status,
      303);
  EXPECT_EQ(only_file().name, "新しい名");
  EXPECT_EQ(only_file().description, "d");
  // Somebody who began before that.
  const auto late =
      post(file, {{"file_name", "別の名"}, {"file_description", ""}, {"marks", marks}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr(">新しい名</td>"));
  EXPECT_EQ(only_file().name, "新しい名");
  EXPECT_EQ(post(file + "/remove", {}).status, 400);
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(location(post(file + "/remove", {{"agreed", "1"}})), page_ + "?done=removed");
  EXPECT_EQ(files(), 0U);
}

TEST_F(FilesOfStaff, HostileContentsStayTexts) {
  const std::string evil = "<script>alert(1)</script>{{form_token}}";
  const std::string rows = "a," + evil + "\r\n1," + evil + "\r\n" + std::string(10'000, 'x') +
                           ",2\r\n\xE2\x80\xAE"
                           "txt,y\r\n";
  const std::string job =
      send_file(page_, {"<script>alert(1)</script>.csv", rows}, {{"file_name", evil}});
  for (const std::string& path :
       {job, "/en" + job, page_, std::string("/manage"), std::string("/manage/jobs")}) {
    const auto reply = get(path);
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_THAT(reply.body, Not(HasSubstr("<script>alert"))) << path;
    EXPECT_THAT(reply.body, Not(HasSubstr(std::string(1'000, 'x')))) << path;
    EXPECT_THAT(read_markup(reply.body).faults, IsEmpty()) << path;
  }
  EXPECT_THAT(get(job).body, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;{{form_token}}"));
}

TEST_F(FilesOfStaff, AreNobodyElses) {
  const std::string job = send_file(page_, {"人口.csv", people(2)});
  sign_in(token_of("stranger", std::nullopt));
  EXPECT_EQ(get(job).status, 404);
  EXPECT_EQ(post(job + "/publish", {}).status, 404);
  EXPECT_EQ(upload(page_ + "/upload", {}, UploadedFile{"a.csv", "a\n"}).status, 403);
  EXPECT_THAT(get("/manage/jobs").body, Not(HasSubstr("人口.csv")));
  sign_in(token_of("member", core::Role::kMember));
  EXPECT_EQ(post(job + "/publish", {}).status, 404);
  EXPECT_EQ(files(), 0U);
}

TEST_F(FilesOfStaff, AreListedByState) {
  send_file(page_, {"一つ目.csv", people(2)});
  EXPECT_THAT(get("/manage/jobs").body, HasSubstr("一つ目.csv"));
  EXPECT_THAT(get("/manage/jobs?state=held").body, HasSubstr("一つ目.csv"));
  EXPECT_THAT(get("/manage/jobs?state=done").body, Not(HasSubstr("一つ目.csv")));
  EXPECT_EQ(get("/manage/jobs?state=zzz&page=-1").status, 200);
}

TEST_F(FilesOfStaff, WhileOneIsReadThePageLooksAgain) {
  const auto sent = upload(page_ + "/upload", {}, UploadedFile{"人口.csv", people(2)});
  const std::string job = location(sent);
  const std::string page = get(job).body;
  EXPECT_THAT(page, HasSubstr("data-poll=\"" + job + "\""));
  EXPECT_THAT(page, HasSubstr("順番を待っています"));
  EXPECT_THAT(page, HasSubstr("もう一度様子を見る"));
  run_jobs();
  EXPECT_THAT(get(job).body, Not(HasSubstr("data-poll")));
}

}  // namespace
}  // namespace minato::web
