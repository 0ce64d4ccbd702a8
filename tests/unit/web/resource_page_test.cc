#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "http/error_encoder.h"
#include "http/url.h"
#include "markup.h"
#include "support/program_fixture.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kPage = "/dataset/population/resource/population-r1";
const std::vector<std::string> kViews = {"table",    "columns", "map",    "chart",
                                         "download", "api",     "reading"};

class ResourcePage : public ProgramTest {
 protected:
  support::RouteReply get(const std::string& target, const core::Caller& caller = {}) {
    return support::call_route(table_, {"GET", target, {}, "", caller});
  }
  static std::string page(const http::Params& params) {
    return kPage + "?" + http::build_query(params);
  }
  static std::string location(const support::RouteReply& reply) {
    const std::string* header = reply.headers.find("Location");
    return header == nullptr ? "" : *header;
  }
  void publish_hostile() {
    const std::string hostile = "\"><script>alert(1)</script>{{t.about}}'\n\xE2\x80\xAE";
    core::TableSchema schema;
    for (const std::string& name : {hostile, std::string("limit"), std::string(5'000, 'x')}) {
      core::TableColumn column;
      column.name = name;
      column.title = column.unit = column.description = hostile;
      schema.columns.push_back(column);
    }
    std::vector<std::vector<core::Value>> rows;
    for (int i = 0; i < 30; ++i) {
      rows.push_back({hostile + std::to_string(i % 3), std::string("v"),
                      std::string("https://example.jp/\"><b>")});
    }
    tables_.publish("population-r1", schema, rows);
  }
};

TEST_F(ResourcePage, IsWellFormedInEveryViewAndLanguage) {
  for (const std::string& view : kViews) {
    for (const std::string& prefix : {std::string(), std::string("/en")}) {
      const std::string target = prefix + page({{"view", view}, {"地域", "横浜市"}});
      const auto reply = get(target);
      EXPECT_EQ(reply.status, 200) << target;
      const Markup markup = read_markup(reply.body);
      EXPECT_TRUE(markup.faults.empty())
          << target << ": " << ::testing::PrintToString(markup.faults);
      EXPECT_EQ(markup.count("h1"), 1U) << target;
    }
  }
}

TEST_F(ResourcePage, ShowsTheRowsWithHeadersThatSort) {
  const std::string body = get(kPage).body;
  EXPECT_THAT(body, HasSubstr("全 5 行のうち 1〜5 行目"));
  EXPECT_THAT(body, HasSubstr("<td class=\"number\">3,770,000</td>"));
  EXPECT_THAT(body, HasSubstr("<td class=\"number\">2023</td>"));
  EXPECT_THAT(body, HasSubstr("<span class=\"hidden\">空欄</span>"));
  EXPECT_THAT(body, Not(HasSubstr("aria-sort")));
  const std::string sorted = get(page({{"sort", "-人口"}})).body;
  EXPECT_THAT(sorted, HasSubstr("aria-sort=\"descending\""));
  EXPECT_LT(sorted.find("3,772,000"), sorted.find("3,770,000"));
}

TEST_F(ResourcePage, KeepsTheConditionsInEveryView) {
  const http::Params narrowed = {{"地域", "横浜市"}};
  const std::string body = get(page(narrowed)).body;
  EXPECT_THAT(body, HasSubstr("条件に合う 2 行（全 5 行）のうち 1〜2 行目"));
  EXPECT_THAT(body, HasSubstr("地域 が「横浜市」"));
  for (const char* view : {"map", "chart", "download", "api", "columns", "reading"}) {
    EXPECT_THAT(body, HasSubstr("href=\"" + kPage + "?view=" + std::string(view) + "&amp;" +
                                http::build_query(narrowed) + "\""))
        << view;
  }
  const std::string download = get(page({{"view", "download"}, {"地域", "横浜市"}})).body;
  EXPECT_THAT(download, HasSubstr("export.xlsx?" + http::build_query(narrowed) + "\""));
  EXPECT_THAT(download, HasSubstr("2 行 × 6 列"));
  EXPECT_THAT(download, HasSubstr("export.csv?" + http::build_query(narrowed) +
                                  "&amp;bom=true&amp;excel=true\""));
}

TEST_F(ResourcePage, AConditionFromTheFormHasAnAddressOfItsOwn) {
  const auto reply =
      get(page({{"地域", "横浜市"}, {"f_column", "c2"}, {"f_op", "gte"}, {"f_value", "2024"}}));
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(location(reply), page({{"地域", "横浜市"}, {"年__gte", "2024"}}));
  const auto english = get("/en" + page({{"f_column", "c2"}, {"f_op", "null"}}));
  EXPECT_EQ(location(english), "/en" + page({{"年__null", "true"}}));
  const auto columns = get(page({{"f_select", "c1"}, {"f_select", "c3"}, {"sort", "年"}}));
  EXPECT_EQ(location(columns), page({{"sort", "年"}, {"select", "地域,人口"}}));
}

TEST_F(ResourcePage, WhatPeopleWriteInTheFormBecomesWhatTheApiReads) {
  const auto reply =
      get(page({{"f_column", "更新日"}, {"f_op", "eq"}, {"f_value", "令和６年４月"}}));
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(location(reply), page({{"更新日__gte", "2024-04-01"}, {"更新日__lte", "2024-04-30"}}));
  EXPECT_EQ(get(location(reply)).status, 200);
  const auto number = get(page({{"f_column", "人口"}, {"f_op", "gte"}, {"f_value", "１，０００"}}));
  EXPECT_EQ(location(number), page({{"人口__gte", "1000"}}));
}

TEST_F(ResourcePage, WhereNoTextMatchesALooserSearchIsOffered) {
  const std::string none = get(page({{"地域", "横濱市"}, {"年", "2024"}})).body;
  const std::string looser = page({{"地域__search", "横濱市"}, {"年", "2024"}});
  EXPECT_THAT(none, HasSubstr("href=\"" + http::escape_html(looser) + "\""));
  EXPECT_THAT(get(looser).body, HasSubstr("<td"));
  EXPECT_THAT(get(page({{"年", "1066"}})).body, Not(HasSubstr("旧字体のちがい")));
}

TEST_F(ResourcePage, TheReadingTellsWhereTheHeaderStands) {
  const std::string reading = get(kPage + "?view=reading").body;
  EXPECT_THAT(reading, HasSubstr("ファイルの 1 行目です。"));
  EXPECT_THAT(reading, HasSubstr("データは 2 行目からです。"));
}

TEST_F(ResourcePage, AFormWithoutAValueIsTold) {
  const auto reply = get(page({{"f_column", "c2"}, {"f_op", "gte"}, {"f_value", ""}}));
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("値を入れてください"));
  EXPECT_THAT(reply.body, HasSubstr("<option value=\"gte\" selected>"));
  EXPECT_THAT(reply.body, HasSubstr("<a href=\"#f-value\">"));
  EXPECT_THAT(reply.body, HasSubstr("aria-invalid=\"true\""));
}

TEST_F(ResourcePage, AWrongConditionIsToldWithTheWayOut) {
  const auto reply = get(page({{"人工", "5"}, {"年__gte", "いつか"}, {"地域", "横浜市"}}));
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("「人工」という列は、この表にありません。"));
  EXPECT_THAT(reply.body, HasSubstr("「いつか」はこの列"));
  EXPECT_THAT(
      reply.body,
      HasSubstr("href=\"" + kPage + "?" +
                http::escape_html(http::build_query({{"人工", "5"}, {"地域", "横浜市"}})) + "\""));
  EXPECT_THAT(reply.body, HasSubstr("id=\"f-column\""));
  EXPECT_TRUE(read_markup(reply.body).faults.empty());
  EXPECT_EQ(get(page({{"where", "年 >"}})).status, 400);
  EXPECT_EQ(get(page({{"sort", "高さ"}})).status, 400);
}

TEST_F(ResourcePage, MarksOfMailSystemsDoNoHarm) {
  const auto reply = get(kPage + "?utm_source=mail&fbclid=1");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, Not(HasSubstr("utm_source")));
  EXPECT_THAT(reply.body, Not(HasSubstr("name=\"robots\" content=\"noindex\"")));
  EXPECT_THAT(get(page({{"地域", "横浜市"}})).body, HasSubstr("content=\"noindex\""));
}

TEST_F(ResourcePage, SnippetsAskThisQuestion) {
  const std::string body = get(page({{"view", "api"}, {"地域", "横浜市"}, {"sort", "-年"}})).body;
  EXPECT_THAT(body, HasSubstr("https://data.example.jp/api/v1/tables/population-r1/export.csv"));
  EXPECT_THAT(body, HasSubstr("--data-urlencode"));
  EXPECT_THAT(body, HasSubstr("(&quot;地域&quot;, &quot;横浜市&quot;)"));
  EXPECT_THAT(body, HasSubstr("filters={&quot;地域&quot;:&quot;横浜市&quot;}"));
  EXPECT_THAT(body, HasSubstr("sort=&quot;年&quot; desc nulls last"));
  const std::string place = get(page({{"view", "api"}, {"bbox", "139,35,140,36"}})).body;
  EXPECT_THAT(place, Not(HasSubstr("datastore_search")));
}

TEST_F(ResourcePage, TheDataStoreCallFindsWhatThePageShows) {
  const auto reply = get("/api/3/action/datastore_search?" +
                         http::build_query({{"resource_id", "population-r1"},
                                            {"filters", "{\"年\":{\"gte\":2024}}"},
                                            {"sort", "\"人口\" desc nulls last"},
                                            {"fields", "地域,人口"}}));
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"total\":3"));
  const std::string body =
      get(page({{"view", "api"}, {"年__gte", "2024"}, {"sort", "-人口"}, {"select", "地域,人口"}}))
          .body;
  EXPECT_THAT(body, HasSubstr("filters={&quot;年&quot;:{&quot;gte&quot;:2024}}"));
  EXPECT_THAT(body, HasSubstr("fields=地域,人口"));
}

TEST_F(ResourcePage, HostileTablesAreShownAsTheyAre) {
  publish_hostile();
  for (const std::string& view : kViews) {
    if (view == "map") continue;
    for (const std::string& prefix : {std::string(), std::string("/en")}) {
      const std::string target = prefix + kPage + "?view=" + view;
      const auto reply = get(target);
      EXPECT_EQ(reply.status, 200) << target;
      EXPECT_THAT(reply.body, Not(HasSubstr("<script>alert"))) << target;
      EXPECT_THAT(reply.body, Not(HasSubstr("<b>"))) << target;
      const Markup markup = read_markup(reply.body);
      EXPECT_TRUE(markup.faults.empty())
          << target << ": " << ::testing::PrintToString(markup.faults);
    }
  }
  EXPECT_THAT(get(kPage).body, HasSubstr("{{t.about}}"));
  const auto narrowed = get(kPage + "?c2=v");
  EXPECT_EQ(narrowed.status, 200);
  EXPECT_THAT(narrowed.body, HasSubstr("条件に合う 30 行"));
}

TEST_F(ResourcePage, WideTablesShowTheirFirstColumnsAndOfferTheOthers) {
  core::TableSchema schema;
  for (int i = 1; i <= 500; ++i) {
    core::TableColumn column;
    column.name = "項目" + std::to_string(i);
    schema.columns.push_back(column);
  }
  tables_.publish("population-r1", schema,
                  {2, std::vector<core::Value>(500, core::Value(std::string("x")))});
  const auto reply = get(kPage);
  EXPECT_EQ(read_markup(reply.body).count("td"), 60U);
  EXPECT_THAT(reply.body, HasSubstr("500 列のうち、はじめの 30 列"));
  const std::string later = get(page({{"select", "項目499,c500"}})).body;
  EXPECT_EQ(read_markup(later).count("td"), 4U);
}

TEST_F(ResourcePage, RowsComeInPages) {
  core::TableSchema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "番号";
  schema.columns[0].type = core::ColumnType::kInteger;
  std::vector<std::vector<core::Value>> rows;
  for (std::int64_t i = 1; i <= 120; ++i) rows.push_back({core::Value(i)});
  tables_.publish("population-r1", schema, rows);
  EXPECT_THAT(get(kPage).body, HasSubstr("href=\"" + kPage + "?page=2\" rel=\"next nofollow\""));
  const std::string last = get(kPage + "?page=3").body;
  EXPECT_THAT(last, HasSubstr("全 120 行のうち 101〜120 行目"));
  EXPECT_THAT(last, HasSubstr("<th scope=\"row\" class=\"number\">120</th>"));
  EXPECT_THAT(last, Not(HasSubstr("rel=\"next nofollow\"")));
  EXPECT_EQ(read_markup(get(kPage + "?limit=20").body).count("tr"), 21U);
  EXPECT_EQ(get(kPage + "?page=77").status, 200);
  EXPECT_THAT(get(kPage + "?page=999999999999").body, HasSubstr("ここでは表示できません"));
  EXPECT_EQ(get(kPage + "?page=99999999999999999999").status, 200);
}

TEST_F(ResourcePage, NamesHeadTheRowsBeforeTheirNumbers) {
  core::TableSchema schema;
  schema.columns.resize(3);
  schema.columns[0].name = "NO";
  schema.columns[0].type = core::ColumnType::kInteger;
  schema.columns[1].name = "市区町村名";
  schema.columns[2].name = "名称";
  std::vector<std::vector<core::Value>> rows;
  for (std::int64_t i = 1; i <= 20; ++i) {
    // One of twenty comes twice, as in files of real places.
    const std::string name = "見本小学校" + std::to_string(std::max<std::int64_t>(i, 2));
    rows.push_back({core::Value(i), core::Value(std::string("見本市")), core::Value(name)});
  }
  tables_.publish("population-r1", schema, rows);
  const std::string page = get(kPage).body;
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">見本小学校2</th>"));
  EXPECT_THAT(page, Not(HasSubstr("<th scope=\"row\" class=\"number\">")));
}

TEST_F(ResourcePage, AnOldVersionSaysSo) {
  tables_.publish_population();
  const std::string old = get(kPage + "?version=1").body;
  EXPECT_THAT(old, HasSubstr("（版 1）"));
  EXPECT_THAT(get(kPage).body, Not(HasSubstr("（版 1）")));
  EXPECT_THAT(get(kPage + "?view=reading").body, HasSubstr("href=\"" + kPage + "?version=1\""));
  const auto gone = get(kPage + "?version=9");
  EXPECT_GE(gone.status, 400);
  EXPECT_THAT(gone.body, HasSubstr("href=\"" + kPage + "\""));
  EXPECT_GE(get(kPage + "?part=2").status, 400);
}

TEST_F(ResourcePage, AFileThatIsNoTableTellsWhy) {
  const auto reply = get("/dataset/shelters/resource/shelters-r2");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("表としては表示できません"));
  EXPECT_THAT(reply.body, HasSubstr("/dataset/shelters/resource/shelters-r2/download"));
  EXPECT_THAT(reply.body, Not(HasSubstr("class=\"tabs\"")));
}

TEST_F(ResourcePage, TheOldAddressOfTheDictionaryLeadsToTheColumns) {
  const auto reply = get("/dataset/population/dictionary/population-r1");
  EXPECT_EQ(reply.status, 301);
  EXPECT_EQ(location(reply), kPage + "?view=columns");
  EXPECT_EQ(location(get("/en/dataset/population-id/dictionary/population-r1")),
            "/en" + kPage + "?view=columns");
}

TEST_F(ResourcePage, PrivateOnesAreForThoseWhoMaySeeThem) {
  EXPECT_EQ(get("/dataset/secret/resource/secret-r1").status, 403);
  core::Caller clerk;
  clerk.sysadmin = true;
  const auto reply = get("/dataset/secret/resource/secret-r1", clerk);
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("content=\"noindex\""));
  EXPECT_EQ(get("/dataset/aed/resource/population-r1").status, 404);
  EXPECT_EQ(get("/dataset/none/resource/population-r1").status, 404);
}

}  // namespace
}  // namespace minato::web
