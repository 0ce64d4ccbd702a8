// A clerk makes, changes, publishes and deletes datasets in the browser.
#include "manage_fixture.h"
#include "markup.h"

namespace minato::web {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class OwnDatasetPages : public ManageTest {
 protected:
  OwnDatasetPages() { sign_in(token_of("hanako")); }

  // What the edit form holds, to be sent back.
  Fields form_of(const std::string& path) {
    const std::string page = get(path + "/edit").body;
    return {{"organization", "town-id"},
            {"etag", unescaped(hidden(page, "etag"))},
            {"marks", hidden(page, "marks")}};
  }
  static std::string unescaped(std::string text) {
    for (std::size_t at = 0; (at = text.find("&quot;")) != std::string::npos;) {
      text.replace(at, 6, "\"");
    }
    return text;
  }
  static Fields with(Fields fields, const Fields& more) {
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
  }
};

TEST_F(OwnDatasetPages, ANewOneIsADraftWithAReadableAddress) {
  const std::string page = make_dataset("避難所一覧", {{"notes", "説明"},
                                                       {"license", "CC-BY-4.0"},
                                                       {"themes[]", "14"},
                                                       {"themes[]", "1"},
                                                       {"tags", "防災、避難所"},
                                                       {"frequency", "annual"},
                                                       {"contact_email", "bosai@example.jp"}});
  EXPECT_EQ(page, "/manage/dataset/hinanjo-ichiran");
  const core::Dataset made = dataset("hinanjo-ichiran");
  EXPECT_EQ(made.state, core::State::kDraft);
  EXPECT_EQ(made.owner_org, "town-id");
  EXPECT_EQ(made.themes, (std::vector<std::string>{"1", "14"}));
  EXPECT_EQ(made.tags.size(), 2U);
  EXPECT_EQ(made.contact.email, "bosai@example.jp");
  EXPECT_EQ(get(page).status, 200);
  EXPECT_EQ(audit().back().action, "dataset.create");
  EXPECT_EQ(audit().back().user_name, "hanako");
}

TEST_F(OwnDatasetPages, PressingTheButtonTwiceMakesOne) {
  const std::string first = make_dataset("一覧", {{"once", "a-key"}});
  EXPECT_EQ(make_dataset("一覧", {{"once", "a-key"}}), first);
  EXPECT_NE(make_dataset("一覧", {{"once", "another"}}), first);
  // The same page filled in differently (the browser's way back) is another dataset.
  EXPECT_NE(make_dataset("別の一覧", {{"once", "a-key"}}), first);
}

TEST_F(OwnDatasetPages, MistakesAreNamedAndNothingTypedIsLost) {
  const auto reply = post("/manage/new", {{"title", ""},
                                          {"notes", "<b>説明</b>"},
                                          {"organization", "town-id"},
                                          {"contact_name", "\"課\""},
                                          {"visibility", "public"}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("<a href=\"#field-title\">題名を書いてください。</a>"));
  EXPECT_THAT(reply.body, HasSubstr("&lt;b&gt;説明&lt;/b&gt;</textarea>"));
  EXPECT_THAT(reply.body, HasSubstr("value=\"&quot;課&quot;\""));
  EXPECT_THAT(reply.body, HasSubstr("value=\"public\" checked"));

  const auto rules = post("/manage/new", {{"title", "題"},
                                          {"organization", "town-id"},
                                          {"name", "大文字"},
                                          {"period_start", "昨日"},
                                          {"contact_email", "x"},
                                          {"tags", "a"},
                                          {"visibility", "public"}});
  EXPECT_EQ(rules.status, 400);
  for (const char* field : {"name", "period_start", "contact_email", "tags", "license"}) {
    EXPECT_THAT(rules.body, HasSubstr("<a href=\"#field-" + std::string(field) + "\">")) << field;
    EXPECT_THAT(rules.body, HasSubstr("id=\"wrong-" + std::string(field) + "\"")) << field;
  }
}

TEST_F(OwnDatasetPages, AreOfOnesOwnOrganizationsOnly) {
  ASSERT_TRUE(storage_.catalog->write([](storage::CatalogWriter& writer) {
    core::Group other;
    other.id = "other-id";
    other.kind = core::GroupKind::kOrganization;
    other.name = "141003";
    other.title = "横浜市";
    return writer.put_group(other);
  }));
  EXPECT_THAT(get("/manage/new").body, Not(HasSubstr("other-id")));
  EXPECT_EQ(post("/manage/new", {{"title", "題"}, {"organization", "other-id"}}).status, 403);
  const std::string page = make_dataset("題");
  sign_in(token_of("member", core::Role::kMember));
  EXPECT_THAT(get("/manage").body, HasSubstr("見ることだけができます"));
  EXPECT_THAT(get("/manage/new").body, Not(HasSubstr("name=\"title\"")));
  EXPECT_EQ(get(page).status, 403);  // a draft
  sign_in(token_of("stranger", std::nullopt));
  EXPECT_EQ(get(page).status, 403);
  for (const char* act : {"/edit", "/state", "/delete"}) {
    EXPECT_EQ(post(page + act, {{"title", "x"}, {"reason", "x"}}).status, 403) << act;
  }
}

TEST_F(OwnDatasetPages, TwoPeoplesChangesOfDifferentFieldsAreBothKept) {
  const std::string page = make_dataset("題", {{"notes", "説明"}});
  const Fields mine = form_of(page);
  const Fields theirs = form_of(page);
  EXPECT_EQ(post(page + "/edit", with(theirs, {{"title", "題"}, {"notes", "新しい説明"}})).status,
            303);
  EXPECT_EQ(post(page + "/edit", with(mine, {{"title", "新しい題"}, {"notes", "説明"}})).status,
            303);
  const auto now = dataset(page.substr(page.rfind('/') + 1));
  EXPECT_EQ(now.title, "新しい題");
  EXPECT_EQ(now.notes, "新しい説明");
}

TEST_F(OwnDatasetPages, AConflictShowsBothAndLetsOneDecide) {
  const std::string page = make_dataset("題");
  const std::string name = page.substr(page.rfind('/') + 1);
  const Fields mine = form_of(page);
  ASSERT_EQ(
      post(page + "/edit", with(form_of(page), {{"title", "彼らの題"}, {"name", name}})).status,
      303);
  const auto reply = post(page + "/edit", with(mine, {{"title", "私の題"}, {"name", name}}));
  EXPECT_EQ(reply.status, 409);
  EXPECT_THAT(reply.body, HasSubstr("ほかの人が先に変更していました"));
  EXPECT_THAT(reply.body, HasSubstr(">彼らの題</td>"));
  EXPECT_THAT(reply.body, HasSubstr(">私の題</td>"));
  EXPECT_THAT(reply.body, HasSubstr("value=\"私の題\""));
  EXPECT_EQ(dataset(name).title, "彼らの題");
  const Fields again = {{"organization", "town-id"},
                        {"title", "私の題"},
                        {"name", name},
                        {"etag", unescaped(hidden(reply.body, "etag"))},
                        {"marks", hidden(reply.body, "marks")}};
  EXPECT_EQ(post(page + "/edit", again).status, 303);
  EXPECT_EQ(dataset(name).title, "私の題");
}

TEST_F(OwnDatasetPages, PublishingNeedsALicence) {
  const std::string page = make_dataset("題");
  const auto refused = post(page + "/state", {{"change", "publish"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("利用条件（ライセンス）が必要です"));
  const std::string other = make_dataset("題 2", {{"license", "CC-BY-4.0"}});
  const auto reply = post(other + "/state", {{"change", "publish"}});
  EXPECT_EQ(location(reply), other + "?done=published");
  EXPECT_THAT(get(location(reply)).body, HasSubstr("公開しました。"));
  const std::string name = other.substr(other.rfind('/') + 1);
  EXPECT_EQ(dataset(name).state, core::State::kActive);
  EXPECT_EQ(post(other + "/state", {{"change", "private"}}).status, 303);
  EXPECT_TRUE(dataset(name).is_private);
  EXPECT_EQ(post(other + "/state", {{"change", "draft"}}).status, 303);
  EXPECT_EQ(dataset(name).state, core::State::kDraft);
  EXPECT_EQ(post(other + "/state", {{"change", "explode"}}).status, 400);
}

TEST_F(OwnDatasetPages, ATimeOfPublicationIsJapans) {
  const std::string page = make_dataset("題", {{"license", "CC-BY-4.0"}});
  const std::string name = page.substr(page.rfind('/') + 1);
  for (const char* past : {"", "2001-01-01T09:00", "tomorrow", "2027-13-01T00:00"}) {
    const auto refused = post(page + "/state", {{"change", "schedule"}, {"publish_at", past}});
    EXPECT_EQ(refused.status, 400) << past;
    EXPECT_THAT(refused.body, HasSubstr("href=\"#field-publish_at\"")) << past;
  }
  ASSERT_EQ(
      post(page + "/state", {{"change", "schedule"}, {"publish_at", "2027-04-01T09:05"}}).status,
      303);
  EXPECT_EQ(dataset(name).publish_at, core::parse_iso8601("2027-04-01T00:05:00Z"));
  EXPECT_THAT(get(page).body, HasSubstr("2027年4月1日 9:05"));
  EXPECT_THAT(get(page).body, HasSubstr("value=\"2027-04-01T09:05\""));
  EXPECT_EQ(post(page + "/state", {{"change", "unschedule"}}).status, 303);
  EXPECT_FALSE(dataset(name).publish_at);
}

TEST_F(OwnDatasetPages, APublicOneThatIsDeletedTellsWhy) {
  const std::string page = make_dataset("題", {{"license", "CC-BY-4.0"}});
  ASSERT_EQ(post(page + "/state", {{"change", "publish"}}).status, 303);
  ASSERT_EQ(post(page + "/delete", {{"reason", "古い<b>"}}).status, 303);
  const auto reply = get(page);
  EXPECT_EQ(reply.status, 410);
  EXPECT_THAT(reply.body, HasSubstr("古い&lt;b&gt;"));
}

TEST_F(OwnDatasetPages, DeletingNeedsAReason) {
  const std::string page = make_dataset("題");
  EXPECT_EQ(post(page + "/delete", {{"reason", " "}}).status, 400);
  EXPECT_EQ(post(page + "/delete", {{"reason", std::string(1'001, 'x')}}).status, 400);
  ASSERT_EQ(get(page).status, 200);
  EXPECT_EQ(location(post(page + "/delete", {{"reason", "古い"}})), "/manage?done=deleted");
  EXPECT_EQ(get(page).status, 404);  // it was a draft: nobody knew of it
  EXPECT_EQ(post(page + "/state", {{"change", "publish"}}).status, 404);
  EXPECT_THAT(get("/manage?done=deleted").body, HasSubstr("データセットを削除しました。"));
}

TEST_F(OwnDatasetPages, TheFirstPageHasThoseThatAreLateFirst) {
  const std::string daily =
      make_dataset("毎日", {{"frequency", "daily"}, {"license", "CC-BY-4.0"}});
  ASSERT_EQ(post(daily + "/state", {{"change", "publish"}}).status, 303);
  clock_.move(20 * 24 * 3'600);
  sign_in(token_of("taro"));
  make_dataset("新しい下書き");
  const std::string page = get("/manage").body;
  EXPECT_LT(page.find("毎日</a>"), page.find("新しい下書き</a>"));
  EXPECT_THAT(page, HasSubstr("更新が遅れています</span>"));
  EXPECT_THAT(get("/manage?show=late").body, Not(HasSubstr("新しい下書き</a>")));
  EXPECT_THAT(get("/manage?show=draft").body, HasSubstr("新しい下書き</a>"));
  EXPECT_THAT(get("/manage?q=%E6%AF%8E").body, Not(HasSubstr("新しい下書き</a>")));
  EXPECT_THAT(get("/manage?q=zzz&page=99").body, HasSubstr("当てはまるデータセットはありません"));
}

TEST_F(OwnDatasetPages, AreFoundAndSortedAsPeopleMeanIt) {
  for (const char* title : {"ＡＥＤの一覧（町役場）", "公園トイレ", "避難所"}) make_dataset(title);
  const auto found = [this](const std::string& query) {
    return get("/manage?" + http::build_query({{"q", query}})).body;
  };
  EXPECT_THAT(found("aed"), HasSubstr("ＡＥＤの一覧（町役場）</a>"));
  EXPECT_THAT(found("といれ"), HasSubstr("公園トイレ</a>"));
  EXPECT_THAT(found("町役場　AED"), HasSubstr("ＡＥＤの一覧（町役場）</a>"));
  EXPECT_THAT(found("公園 AED"), HasSubstr("当てはまるデータセットはありません"));
  EXPECT_THAT(found("aed"), HasSubstr("1 件のうち 1〜1 件目"));
  const std::string sorted = get("/manage?sort=title&show=draft").body;
  EXPECT_LT(sorted.find("公園トイレ</a>"), sorted.find("避難所</a>"));
  EXPECT_LT(sorted.find("避難所</a>"), sorted.find("ＡＥＤの一覧（町役場）</a>"));
  EXPECT_THAT(sorted, HasSubstr("href=\"/manage?show=draft\"")) << "back to the usual order";
  EXPECT_THAT(read_markup(sorted).faults, IsEmpty());
}

TEST_F(OwnDatasetPages, WhoMayNotMakeAnyIsToldWhomToAsk) {
  sign_in(token_of("nobody", std::nullopt));
  const std::string page = get("/manage").body;
  EXPECT_THAT(page, HasSubstr("あなたはまだどの組織にも入っていません"));
  EXPECT_THAT(page, Not(HasSubstr("/manage/new")));
  sign_in(token_of("member", core::Role::kMember));
  EXPECT_THAT(get("/manage").body, HasSubstr("あなたの役割では見ることだけができます"));
  EXPECT_THAT(get("/manage").body, Not(HasSubstr("/manage/new")));
}

TEST_F(OwnDatasetPages, HostileTextsStayTexts) {
  const std::string title = "<script>alert(1)</script>\"'{{form_token}}{{{x}}}&amp;";
  const std::string page = make_dataset(title, {{"notes", title}, {"contact_name", title}});
  for (const std::string& path :
       {page, page + "/edit", page + "/delete", page + "/upload", std::string("/manage"),
        "/en" + page, std::string("/en/manage")}) {
    const auto reply = get(path);
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_THAT(reply.body, Not(HasSubstr("<script>alert"))) << path;
    EXPECT_THAT(reply.body, HasSubstr("&lt;script&gt;")) << path;
    EXPECT_THAT(read_markup(reply.body).faults, IsEmpty()) << path;
  }
}

}  // namespace
}  // namespace minato::web
