#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/licenses.h"
#include "hostile.h"
#include "markup.h"
#include "support/program_fixture.h"

namespace minato::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DatasetPage : public ProgramTest {
 protected:
  support::RouteReply get(const std::string& target, const core::Caller& caller = {}) {
    return support::call_route(table_, {"GET", target, {}, "", caller});
  }
  std::string body(const std::string& target) { return get(target).body; }
  void change(const std::string& name, const std::function<void(core::Dataset&)>& edit) {
    core::Dataset dataset = *catalog_.dataset(name);
    edit(dataset);
    store_.put(dataset);
  }
  void remove_aed(const std::string& reason) {
    change("aed", [](core::Dataset& d) { d.state = core::State::kDeleted; });
    ASSERT_TRUE(store_.write([&](storage::CatalogWriter& writer) {
      return writer.history().put_tombstone(
          {"aed-id", reason, "user-1", support::at("2024-06-01T00:00:00Z")});
    }));
    ASSERT_TRUE(store_.write([&](storage::CatalogWriter& writer) {
      return writer.history().put_activity({"activity-1", support::at("2024-06-01T00:00:00Z"),
                                            "user-1", "aed-id", "141003-id", "deleted package",
                                            "{}", true});
    }));
  }
  static core::Caller sysadmin() {
    core::Caller caller;
    caller.user_id = "user-1";
    caller.sysadmin = true;
    return caller;
  }
};

TEST_F(DatasetPage, ShowsWhatACitizenNeedsFirst) {
  const std::string page = body("/dataset/population");
  std::size_t last = 0;
  for (const char* part :
       {"<h1>人口統計 令和5年度</h1>", "<p class=\"lede\">県内の人口と世帯数。</p>",
        "<ul class=\"glance\">", "<h2 id=\"resources\">", "<h2 id=\"reuse\">", "<h2 id=\"facts\">",
        "<h2 id=\"contact\">", "<h2 id=\"history\">"}) {
    const std::size_t at = page.find(part);
    ASSERT_NE(at, std::string::npos) << part;
    EXPECT_GT(at, last) << part;
    last = at;
  }
  // A description of one sentence is not said twice.
  EXPECT_THAT(page, Not(HasSubstr("id=\"about-dataset\"")));
}

TEST_F(DatasetPage, ALongDescriptionIsTextWithLinksAndLists) {
  change("population", [](core::Dataset& d) {
    d.notes =
        "県内の人口です。\n\n【読み方】\n- 1行が1市です\n- https://example.jp/a も見てください。";
  });
  const std::string page = body("/dataset/population");
  EXPECT_THAT(page, HasSubstr("<p class=\"lede\">県内の人口です。</p>"));
  EXPECT_THAT(page, HasSubstr("<h2 id=\"about-dataset\">"));
  EXPECT_THAT(page, HasSubstr("<strong>読み方</strong>"));
  EXPECT_THAT(page, HasSubstr("<li>1行が1市です</li>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"https://example.jp/a\" rel=\"external nofollow\">"));
}

TEST_F(DatasetPage, AFileWithATableTellsItsShapeAndOffersIt) {
  const std::string page = body("/dataset/population");
  EXPECT_THAT(page, HasSubstr("5 行 × 6 列"));
  EXPECT_THAT(page, HasSubstr("地域、年、人口、緯度、経度、更新日"));
  EXPECT_THAT(page, HasSubstr("\"/dataset/population/resource/population-r1\""));
  EXPECT_THAT(page, HasSubstr("\"/api/v1/tables/population-r1/export.xlsx\""));
  EXPECT_THAT(page,
              HasSubstr("\"/api/v1/tables/population-r1/export.csv?bom=true&amp;excel=true\""));
  EXPECT_THAT(page, HasSubstr("元のファイル（CSV、12 B）"));
  EXPECT_THAT(page, HasSubstr("\"/dataset/population/resource/population-r1/download\""));
}

TEST_F(DatasetPage, AFileElsewhereSaysWhereItComesFrom) {
  const std::string page = body("/dataset/shelters");
  EXPECT_THAT(page, HasSubstr("\"/dataset/shelters/resource/shelters-r2/download\""));
  EXPECT_THAT(page, HasSubstr("files.example.jp"));
  EXPECT_THAT(page, Not(HasSubstr("export.xlsx")));
  change("shelters", [](core::Dataset& d) { d.resources.front().url = "javascript:alert(1)"; });
  EXPECT_THAT(body("/dataset/shelters"), Not(HasSubstr("shelters-r1/download")));
}

TEST_F(DatasetPage, AWebPageIsOpenedNotDownloaded) {
  change("shelters", [](core::Dataset& d) { d.resources.front().format = "HTML"; });
  EXPECT_THAT(body("/dataset/shelters"), HasSubstr("公開元のページを開く"));
}

TEST_F(DatasetPage, SeveralTablesOfAFileAreListed) {
  storage::TableVersion first;
  first.table_id = first.resource_id = "shelters-r1";
  first.version = 1;
  first.name = "北部";
  first.rows = 1234;
  first.columns = 3;
  storage::TableVersion second = first;
  second.table_id = "shelters-r1.2";
  second.part = 2;
  second.name = "南部";
  ASSERT_TRUE(store_.write([&](storage::CatalogWriter& writer) {
    return writer.publish_tables("shelters-r1", {first, second});
  }));
  const std::string page = body("/dataset/shelters");
  EXPECT_THAT(page, HasSubstr("1,234 行 × 3 列"));
  EXPECT_THAT(page, HasSubstr("\"/dataset/shelters/resource/shelters-r1?part=2\">南部"));
  EXPECT_THAT(page, HasSubstr("\"/api/v1/tables/shelters-r1.2/export.xlsx\""));
}

TEST_F(DatasetPage, SaysWhetherTheUpdateIsLate) {
  change("population", [](core::Dataset& d) {
    d.frequency = "monthly";
    d.resources.front().last_modified = support::at("2024-03-01T00:00:00Z");
  });
  const std::string late = body("/dataset/population");
  EXPECT_THAT(late, HasSubstr("更新頻度は「毎月」ですが、最新は3か月前です（遅れています）。"));
  EXPECT_THAT(late, HasSubstr("更新が遅れています"));
  change("population", [](core::Dataset& d) {
    d.resources.front().last_modified = support::at("2024-06-01T00:00:00Z");
  });
  EXPECT_THAT(body("/dataset/population"), Not(HasSubstr("遅れて")));
}

TEST_F(DatasetPage, ShowsLicenceCreditAndCoverage) {
  change("population", [](core::Dataset& d) {
    d.temporal = {"2023-04-01", "2024-03-31"};
    d.spatial = {"140007", "999999"};
  });
  const std::string page = body("/dataset/population");
  EXPECT_THAT(page, HasSubstr(core::find_license("pdl-1.0")->title.ja));
  EXPECT_THAT(page, HasSubstr("2023年4月1日 ～ 2024年3月31日"));
  EXPECT_THAT(page, HasSubstr("神奈川県、999999"));
  EXPECT_THAT(page, HasSubstr("「人口統計 令和5年度」、神奈川県、"));
  EXPECT_THAT(body("/en/dataset/population"), HasSubstr("1 April 2023"));
}

TEST_F(DatasetPage, ButtonsCopyTextsThatAreThere) {
  const Markup markup = read_markup(body("/dataset/population"));
  const auto ids = markup.values("id");
  const std::set<std::string> known(ids.begin(), ids.end());
  const auto copied = markup.values("data-copy");
  EXPECT_THAT(copied, ::testing::ElementsAre("credit", "citation", "bibtex"));
  for (const std::string& id : copied) EXPECT_TRUE(known.contains(id)) << id;
}

TEST_F(DatasetPage, WarnsWhenNobodySaidWhatIsAllowed) {
  change("aed", [](core::Dataset& d) { d.license_id = "notspecified"; });
  const std::string page = body("/dataset/aed");
  EXPECT_THAT(page, HasSubstr("使ってよい条件が示されていません"));
  EXPECT_THAT(page, Not(HasSubstr("data-copy=\"credit\"")));
}

TEST_F(DatasetPage, TellsWhereItWasHarvestedAndWhatStaffChanged) {
  const std::string page = body("/dataset/aed");
  EXPECT_THAT(page, HasSubstr("<h2 id=\"provenance\">"));
  EXPECT_THAT(page, HasSubstr("カタログの職員が直した項目"));
  EXPECT_THAT(page, HasSubstr("<dd>題名</dd>"));
  EXPECT_THAT(page, HasSubstr("href=\"/harvest/141003\""));
  EXPECT_THAT(page, Not(HasSubstr("harvest_")));
}

TEST_F(DatasetPage, ListsTheVersionsOfItsTables) {
  tables_.publish_population();
  const std::string page = body("/dataset/population");
  EXPECT_THAT(page, HasSubstr("export.csv?version=1&amp;bom=true&amp;excel=true"));
  EXPECT_THAT(page, HasSubstr("export.csv?version=2&amp;bom=true&amp;excel=true"));
  EXPECT_THAT(page, HasSubstr("resource/population-r1?version=1\""));
  const std::size_t current = page.find("<span class=\"badge\">最新</span>");
  EXPECT_EQ(page.find("<span class=\"badge\">最新</span>", current + 1), std::string::npos);
  EXPECT_LT(page.find("version=2&amp;"), page.find("version=1&amp;"));
}

TEST_F(DatasetPage, TellsOfPublicChangesOnly) {
  ASSERT_TRUE(store_.write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    storage::Activity activity{"a1",        support::at("2024-05-01T00:00:00Z"),
                               "user-1",    "population-id",
                               "140007-id", "new package",
                               "{}",        true};
    if (auto done = writer.history().put_activity(activity); !done) return done;
    activity = {"a2",        support::at("2024-05-02T00:00:00Z"),
                "user-1",    "population-id",
                "140007-id", "changed package",
                "{}",        true};
    if (auto done = writer.history().put_activity(activity); !done) return done;
    activity.id = "a3";
    if (auto done = writer.history().put_activity(activity); !done) return done;
    activity.id = "a4";
    activity.time = support::at("2024-01-01T00:00:00Z");
    activity.is_public = false;
    return writer.history().put_activity(activity);
  }));
  const std::string page = get("/dataset/population", sysadmin()).body;
  EXPECT_THAT(page, HasSubstr("2024年5月1日</time> 公開しました"));
  EXPECT_THAT(page,
              HasSubstr("2024年5月2日</time> 情報を更新しました<span class=\"muted\"> （2 回）"));
  EXPECT_THAT(page, Not(HasSubstr("2024年1月1日</time> 情報を更新しました")));
}

TEST_F(DatasetPage, RelatedDatasetsNeverHoldItself) {
  const std::string page = body("/dataset/aed");
  const std::string related = page.substr(page.find("id=\"related\""));
  EXPECT_THAT(related, HasSubstr("href=\"/dataset/shelters\""));
  EXPECT_THAT(related, Not(HasSubstr("href=\"/dataset/aed\"")));
  EXPECT_THAT(related, Not(HasSubstr("/dataset/secret")));
}

TEST_F(DatasetPage, ExtrasThatAreJsonAreReadable) {
  change("aed", [](core::Dataset& d) {
    d.extras.push_back({"source", R"([{"document":"施策集","section":"凡例"}])"});
    d.extras.push_back({"broken", "[1, {"});
    d.extras.push_back({"more", "https://example.jp/more"});
  });
  const std::string page = body("/dataset/aed");
  EXPECT_THAT(page, HasSubstr("<dt>元の資料</dt>\n<dd>施策集、凡例</dd>"));
  EXPECT_THAT(page, HasSubstr("<dd>[1, {</dd>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"https://example.jp/more\""));
}

TEST_F(DatasetPage, AMistakeCanBeReported) {
  change("aed", [](core::Dataset& d) {
    d.contact = {"防災課", "bosai+x@example.jp", "", "045-1"};
  });
  EXPECT_THAT(body("/dataset/aed"),
              HasSubstr("href=\"mailto:bosai%2Bx@example.jp?subject=%E3%82%AA"));
  change("aed", [](core::Dataset& d) { d.contact.email = "no address?cc=x@y"; });
  EXPECT_THAT(body("/dataset/aed"), HasSubstr("mailto:no%20address%3Fcc%3Dx@y?subject="));
}

TEST_F(DatasetPage, WhatIsNotPublicIsMarkedAndNotIndexed) {
  EXPECT_EQ(get("/dataset/secret").status, 403);
  const auto reply = get("/dataset/secret", sysadmin());
  ASSERT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("このデータセットは非公開です"));
  EXPECT_THAT(reply.body, HasSubstr("<meta name=\"robots\" content=\"noindex\">"));
  EXPECT_THAT(reply.body, Not(HasSubstr("application/ld+json")));
  EXPECT_THAT(get("/dataset/draft-one", sysadmin()).body, HasSubstr("下書き"));
}

TEST_F(DatasetPage, ARemovedOneSaysWhyAndWhatElseThereIs) {
  remove_aed("設置場所の調査を終えたため。<b>https://example.jp/new</b>");
  for (const char* target : {"/dataset/aed", "/en/dataset/aed", "/dataset/aed-id"}) {
    const auto reply = get(target);
    ASSERT_EQ(reply.status, 410) << target;
    EXPECT_THAT(reply.body, HasSubstr("設置場所の調査を終えたため。&lt;b&gt;"));
    EXPECT_THAT(reply.body, HasSubstr("AED設置場所"));
    EXPECT_THAT(reply.body, HasSubstr("/dataset/shelters\""));
    EXPECT_THAT(reply.body, HasSubstr("noindex"));
    EXPECT_TRUE(read_markup(reply.body).faults.empty())
        << ::testing::PrintToString(read_markup(reply.body).faults);
  }
}

TEST_F(DatasetPage, ARemovedOneWithoutReasonSaysSo) {
  remove_aed("");
  EXPECT_THAT(body("/dataset/aed"), HasSubstr("理由は記されていません"));
}

TEST_F(DatasetPage, HostileTextStaysText) {
  change("aed", [](core::Dataset& d) {
    d.title = d.title_en = d.notes = d.notes_en = d.version = d.author = kHostile;
    d.license_id = d.frequency = d.temporal.start = kHostile;
    d.url = "javascript:alert(1)";
    d.contact = {kHostile, kHostile, "javascript:alert(1)", kHostile};
    d.tags = {{"t", kHostile, ""}};
    d.themes = d.spatial = {kHostile};
    d.extras.push_back({kHostile, kHostile});
    d.extras.push_back({"license_note", kHostile});
    core::Resource& r = d.resources.front();
    r.name = r.description = r.format = r.license_id = kHostile;
    r.columns = {{kHostile, kHostile, kHostile, kHostile, kHostile}};
  });
  for (const char* target : {"/dataset/aed", "/en/dataset/aed"}) {
    const std::string page = body(target);
    EXPECT_THAT(page, Not(HasSubstr("<script>"))) << target;
    EXPECT_THAT(page, Not(HasSubstr("<b>"))) << target;
    EXPECT_THAT(page, Not(HasSubstr("\"javascript:"))) << target;
    EXPECT_THAT(page, HasSubstr("{{t.about}}")) << target;
    const Markup markup = read_markup(page);
    EXPECT_TRUE(markup.faults.empty()) << ::testing::PrintToString(markup.faults);
  }
}

TEST_F(DatasetPage, ADatasetWithNothingButAnIdIsAPage) {
  core::Dataset bare;
  bare.id = "bare-id";
  bare.name = "bare";
  store_.put(bare);
  const auto reply = get("/dataset/bare");
  ASSERT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("<h1>bare</h1>"));
  EXPECT_TRUE(read_markup(reply.body).faults.empty());
}

}  // namespace
}  // namespace minato::web
