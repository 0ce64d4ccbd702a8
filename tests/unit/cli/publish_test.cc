#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>

#include "accounts_fixture.h"
#include "formats/json.h"

namespace minato::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class PublishProgram : public AccountsProgram {
 protected:
  std::string file(const std::string& name, int rows) const {
    const std::string path = files_.path() + "/" + name;
    std::ofstream out(path);
    out << "名称,人数\r\n";
    for (int i = 0; i < rows; ++i) out << "施設" << i << "," << i << "\r\n";
    return path;
  }
  std::vector<std::string> publish(const std::string& path,
                                   const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"publish",   path,        "--organization", "142042",
                                       "--title",   "施設一覧",  "--license",      "CC-BY-4.0",
                                       "--dataset", "facilities"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  static std::string job_of(const std::string& json) {
    const auto parsed = formats::parse_json(json);
    return std::string(formats::string_member((*parsed)["job"], "id").value_or(""));
  }

  test::TempDir files_;
};

TEST_F(PublishProgram, MakesADatasetWithATable) {
  const std::string said = done(publish(file("施設.csv", 20)));
  EXPECT_THAT(said, HasSubstr("施設一覧: /dataset/facilities"));
  EXPECT_THAT(said, HasSubstr("20 行 × 2 列"));
  EXPECT_THAT(said, HasSubstr("公開しました。"));
  EXPECT_THAT(done({"jobs", "list"}), HasSubstr("公開済み"));
}

TEST_F(PublishProgram, NeverSaysThatADraftIsPublic) {
  const std::string said = done(publish(file("施設.csv", 20), {"--draft"}));
  EXPECT_THAT(said, HasSubstr("データセットはまだ公開されていません"));
  EXPECT_THAT(said, Not(HasSubstr("公開しました")));
}

TEST_F(PublishProgram, ReplacesTheFileOfTheSameName) {
  done(publish(file("施設.csv", 20)));
  const std::string said = done(publish(file("施設.csv", 21)));
  EXPECT_THAT(said, HasSubstr("+1 -0 ~0"));
  EXPECT_THAT(said, HasSubstr("版 2"));
}

TEST_F(PublishProgram, HoldsWhatLooksLikeAMistakeAndTellsHowToConfirm) {
  done(publish(file("施設.csv", 20)));
  const Finished held = minato(publish(file("施設.csv", 5), {"--json"}));
  EXPECT_EQ(held.status, 3);
  const std::string job = job_of(held.out);
  EXPECT_THAT(held.out, HasSubstr("\"state\":\"held\""));
  EXPECT_THAT(done({"jobs", "show", job}), HasSubstr("minato jobs confirm " + job));
  EXPECT_THAT(done({"jobs", "confirm", job}), HasSubstr("公開しました。"));
  EXPECT_THAT(minato({"jobs", "confirm", job}).err, HasSubstr("確認待ちではありません"));
}

TEST_F(PublishProgram, ConfirmPublishesAtOnce) {
  done(publish(file("施設.csv", 20)));
  EXPECT_THAT(done(publish(file("施設.csv", 5), {"--confirm"})), HasSubstr("公開しました。"));
}

TEST_F(PublishProgram, ReviewStopsBeforeAnythingIsPublished) {
  const Finished held = minato(publish(file("施設.csv", 20), {"--review", "--json"}));
  EXPECT_EQ(held.status, 3);
  const std::string job = job_of(held.out);
  EXPECT_THAT(done({"jobs", "show", job}), HasSubstr("人が確かめるのを待っています"));
  EXPECT_THAT(done({"jobs", "cancel", job}), HasSubstr("取りやめました。"));
  // Not even the file of a resource that was cancelled is there: the next one is the first.
  const Finished second = minato(publish(file("施設.csv", 20), {"--review", "--json"}));
  EXPECT_THAT(done({"jobs", "confirm", job_of(second.out)}), HasSubstr("公開しました。"));
  const Finished third = minato(publish(file("施設.csv", 21), {"--review", "--json"}));
  EXPECT_EQ(third.status, 3);
  EXPECT_THAT(done({"jobs", "confirm", job_of(third.out)}), HasSubstr("+1 -0 ~0"));
  EXPECT_EQ(minato(publish(file("施設.csv", 5), {"--review", "--confirm"})).status, 2);
}

TEST_F(PublishProgram, ACancelledJobIsOver) {
  done(publish(file("施設.csv", 20)));
  const std::string job = job_of(minato(publish(file("施設.csv", 5), {"--json"})).out);
  EXPECT_THAT(done({"jobs", "cancel", job}), HasSubstr("取りやめました。"));
  EXPECT_THAT(done({"jobs", "list", "--state", "cancelled"}), HasSubstr(job));
}

TEST_F(PublishProgram, AUserWithoutARoleMayNot) {
  done({"user", "add", "hanako"});
  done(publish(file("施設.csv", 20)));
  const Finished refused = minato(publish(file("施設.csv", 21), {"--user", "hanako"}));
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(lines_of(refused.err), 1U);
}

TEST_F(PublishProgram, SaysWhatIsMissing) {
  EXPECT_THAT(minato({"publish", files_.path() + "/none.csv"}).err, HasSubstr("none.csv"));
  EXPECT_THAT(minato({"publish", file("a.csv", 3), "--title", "a"}).err,
              HasSubstr("--organization"));
  EXPECT_THAT(minato({"publish", files_.path()}).err, HasSubstr("not a regular file"));
  EXPECT_THAT(minato({"jobs", "show", "none"}).err, HasSubstr("見つかりません"));
}

TEST_F(PublishProgram, LeavesNoUploadBehind) {
  EXPECT_NE(minato({"publish", file("a.csv", 3), "--title", "a"}).status, 0);
  EXPECT_TRUE(std::filesystem::is_empty(data() + "/uploads"));
}

}  // namespace
}  // namespace minato::cli
