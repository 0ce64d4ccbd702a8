// What staff see before the public does: the same pages, behind the session.
#include "manage_fixture.h"
#include "markup.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Previews : public ManageTest {
 protected:
  Previews() {
    sign_in(token_of("hanako"));
    const std::string page =
        make_dataset("人口の表", {{"license", "CC-BY-4.0"}, {"notes", "町の人口です。"}});
    name_ = page.substr(page.rfind('/') + 1);
    send_file(page, {"人口.csv", "地区,人数\r\n本町,3\r\n新町,5\r\n"});
    storage::ImportJobRequest held;
    held.state = storage::ImportJob::State::kHeld;
    const auto jobs = imports_.jobs(held, service::operator_caller());
    post("/manage/job/" + jobs->front().id + "/publish", {});
    run_jobs();
    id_ = dataset(name_).resources.at(0).id;
    page_ = page;
    preview_ = "/manage/preview/dataset/" + name_;
  }
  int status_without_session(const std::string& path) {
    return support::call_route(table_, {"GET", path, {}, ""}).status;
  }

  std::string name_;
  std::string id_;
  std::string page_;
  std::string preview_;
};

TEST_F(Previews, ShowADraftAsItsPageWillBe) {
  EXPECT_THAT(get(page_).body, HasSubstr("href=\"" + preview_ + "\""));
  const auto shown = get(preview_);
  EXPECT_EQ(shown.status, 200);
  for (const char* word : {"プレビュー", "人口の表", "町の人口です。", "2 行", "noindex"}) {
    EXPECT_THAT(shown.body, HasSubstr(word)) << word;
  }
  EXPECT_THAT(shown.body, HasSubstr("href=\"" + preview_ + "/resource/" + id_ + "\""));
  EXPECT_THAT(shown.body, Not(HasSubstr("href=\"/dataset/" + name_))) << "nobody sees that yet";
  EXPECT_THAT(shown.body, Not(HasSubstr("href=\"/api/v1/tables/")));
  EXPECT_THAT(shown.body, Not(HasSubstr("application/ld+json")));
  EXPECT_THAT(shown.body, HasSubstr("href=\"/en" + preview_ + "\"")) << "the other language";
  EXPECT_THAT(read_markup(shown.body).faults, IsEmpty());
  EXPECT_EQ(get("/en" + preview_).status, 200);
}

TEST_F(Previews, ShowTablesWithTheirFiltersAndFiles) {
  const std::string file = preview_ + "/resource/" + id_;
  const auto rows = get(file + "?" + http::build_query({{"地区", "新町"}}));
  EXPECT_EQ(rows.status, 200);
  EXPECT_THAT(rows.body, HasSubstr("新町"));
  EXPECT_THAT(rows.body, HasSubstr("action=\"" + file + "\""));
  EXPECT_THAT(rows.body, Not(HasSubstr("href=\"/dataset/" + name_)));
  EXPECT_THAT(read_markup(rows.body).faults, IsEmpty());
  for (const char* view : {"columns", "chart", "download", "api", "reading"}) {
    const auto shown = get(file + "?view=" + view);
    EXPECT_EQ(shown.status, 200) << view;
    EXPECT_THAT(shown.body, Not(HasSubstr("href=\"/api/v1/tables/"))) << view;
  }
  // A form's own words are turned into the address of the state, below the preview.
  const auto answered = get(
      file + "?" + http::build_query({{"f_column", "地区"}, {"f_op", "eq"}, {"f_value", "本町"}}));
  EXPECT_EQ(answered.status, 303);
  EXPECT_TRUE(location(answered).starts_with(file + "?")) << location(answered);

  const auto csv = get("/manage/preview/api/v1/tables/" + id_ + "/rows.csv");
  EXPECT_EQ(csv.status, 200);
  EXPECT_THAT(csv.body, HasSubstr("本町,3"));
  EXPECT_EQ(get("/en/manage/preview/api/v1/tables/" + id_).status, 200);
  EXPECT_EQ(get(file + "/download").status, 200);
  EXPECT_EQ(get("/manage/preview/api/v1/tables/none/rows").status, 404);
  EXPECT_EQ(get("/manage/preview/api/v1/tables/" + id_ + "/none").status, 404);
}

TEST_F(Previews, AreForThoseWhoMaySeeTheDataset) {
  const std::string rows = "/manage/preview/api/v1/tables/" + id_ + "/rows";
  const std::string file = preview_ + "/resource/" + id_;
  for (const std::string& path : {preview_, file, rows, file + "/download"}) {
    EXPECT_EQ(status_without_session(path), 303) << path;
  }
  sign_in(token_of("stranger", std::nullopt));
  for (const std::string& path : {preview_, file, rows, file + "/download"}) {
    EXPECT_EQ(get(path).status, 403) << path;
  }
}

TEST_F(Previews, OfAPublicDatasetSaySo) {
  EXPECT_EQ(post(page_ + "/state", {{"change", "publish"}}).status, 303);
  EXPECT_THAT(get(preview_).body, HasSubstr("すでに公開されています"));
  EXPECT_THAT(get(preview_).body, HasSubstr("noindex"));
  EXPECT_THAT(get(page_).body, HasSubstr("href=\"/dataset/" + name_ + "\""));
}

}  // namespace
}  // namespace minato::web
