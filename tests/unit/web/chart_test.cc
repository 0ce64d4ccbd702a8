// The chart of a table on its page, against the doors of the API it names.
#include <gmock/gmock.h>

#include <regex>

#include "hostile.h"
#include "markup.h"
#include "support/program_fixture.h"
#include "web/table/chart_choice.h"

namespace minato::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kPage = "/dataset/population/resource/population-r1?view=chart";

std::string unescaped(std::string text) {
  const std::pair<const char*, const char*> kEscapes[] = {{"&lt;", "<"},    {"&gt;", ">"},
                                                          {"&quot;", "\""}, {"&#39;", "'"},
                                                          {"&apos;", "'"},  {"&amp;", "&"}};
  for (const auto& [from, to] : kEscapes) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
      text.replace(at, std::string(from).size(), to);
    }
  }
  return text;
}

// Everything the pattern's first group finds.
std::vector<std::string> all(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    out.push_back(unescaped((*at)[1]));
  }
  return out;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\r\n", at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

core::TableColumn column(const std::string& name, core::ColumnType type,
                         const std::string& unit = "") {
  core::TableColumn made;
  made.name = name;
  made.type = type;
  made.unit = unit;
  return made;
}

class ChartPage : public ProgramTest {
 protected:
  std::string get(const std::string& target) {
    const auto reply = support::call_route(table_, {"GET", target, {}, ""});
    EXPECT_EQ(reply.status, 200) << target << "\n" << reply.body.substr(0, 500);
    return reply.body;
  }
  // The figures of the page's table, and the last cells of the CSV it links to.
  void expect_same_figures(const std::string& target) {
    const std::string page = get(target);
    const std::vector<std::string> shown = all(page, "<data value=\"([^\"]*)\">");
    const std::vector<std::string> csv = all(page, "href=\"([^\"]*/aggregate\\.csv[^\"]*)\"");
    ASSERT_EQ(csv.size(), 2U) << target;
    std::vector<std::string> rows = lines(get(csv.front()));
    ASSERT_FALSE(rows.empty());
    rows.erase(rows.begin());
    std::vector<std::string> values;
    for (const std::string& row : rows) values.push_back(row.substr(row.rfind(',') + 1));
    EXPECT_EQ(shown, values) << target;
    EXPECT_FALSE(shown.empty()) << target;
  }
  void publish(std::vector<core::TableColumn> columns,
               const std::vector<std::vector<core::Value>>& rows) {
    core::TableSchema schema;
    schema.columns = std::move(columns);
    tables_.publish("population-r1", schema, rows);
  }
};

core::Value text(const std::string& value) { return value; }
core::Value whole(std::int64_t value) { return value; }

TEST_F(ChartPage, ShowsALineOverTheYearsWhereATableHasThem) {
  const std::string page = get(kPage);
  EXPECT_THAT(page, HasSubstr("年ごとの件数"));
  EXPECT_THAT(page, HasSubstr("class=\"chart-line\""));
  EXPECT_THAT(page, HasSubstr("2023"));
}

TEST_F(ChartPage, TheCsvHasTheFiguresOfTheChart) {
  expect_same_figures(kPage);
  expect_same_figures(kPage + "&x=%E5%9C%B0%E5%9F%9F&y=sum(%E4%BA%BA%E5%8F%A3)");
  expect_same_figures(kPage + "&x=%E5%9C%B0%E5%9F%9F&y=avg(%E4%BA%BA%E5%8F%A3)&order=label");
  expect_same_figures(kPage + "&x=year(%E6%9B%B4%E6%96%B0%E6%97%A5)&y=max(%E4%BA%BA%E5%8F%A3)");
  expect_same_figures(kPage + "&x=year_month(%E6%9B%B4%E6%96%B0%E6%97%A5)");
  expect_same_figures(kPage + "&x=%E6%9B%B4%E6%96%B0%E6%97%A5&chart=bar");
}

TEST_F(ChartPage, CountsTheRowsOfThePagesFilterOnly) {
  const std::string filtered = kPage + "&%E5%B9%B4=2024&x=%E5%9C%B0%E5%9F%9F&y=count";
  expect_same_figures(filtered);
  EXPECT_THAT(all(get(filtered), "<data value=\"([^\"]*)\">"), ElementsAre("1", "1", "1"));
  EXPECT_THAT(get(filtered), HasSubstr("条件に合う行だけの集計です。"));
}

TEST_F(ChartPage, ARadiusAroundAPlaceIsAConditionOfTheAggregateToo) {
  const std::string near = kPage + "&near=35.45,139.63,5000&x=%E5%9C%B0%E5%9F%9F&y=count";
  expect_same_figures(near);
  EXPECT_THAT(all(get(near), "<data value=\"([^\"]*)\">"), ElementsAre("2"));
}

TEST_F(ChartPage, NamesTheApisUrlOfThisAggregate) {
  const std::string page = get(kPage + "&x=%E5%9C%B0%E5%9F%9F");
  const auto url = all(page, "<code id=\"chart-api\">([^<]*)</code>");
  ASSERT_EQ(url.size(), 1U);
  const std::string site = "https://data.example.jp";
  ASSERT_THAT(url.front(), ::testing::StartsWith(site + "/api/v1/tables/population-r1/aggregate?"));
  EXPECT_THAT(get(url.front().substr(site.size())), HasSubstr("\"returned\":4"));
}

TEST_F(ChartPage, SaysInWordsWhatItShows) {
  const std::string page = get(kPage + "&x=%E5%9C%B0%E5%9F%9F&y=sum(%E4%BA%BA%E5%8F%A3)&chart=bar");
  EXPECT_THAT(page, HasSubstr("いちばん大きいのは「横浜市」の7,542,000"));
  EXPECT_THAT(page, HasSubstr("値のないところが1か所"));
  const std::string english = get("/en" + kPage + "&x=%E5%9C%B0%E5%9F%9F&chart=bar");
  EXPECT_THAT(english, HasSubstr("A bar chart with 4 bars. The largest is"));
}

TEST_F(ChartPage, LeavesNothingOutWithoutSayingSo) {
  std::vector<std::vector<core::Value>> rows;
  for (int i = 0; i < 30; ++i) {
    for (int n = 0; n <= i; ++n) rows.push_back({text("区分" + std::to_string(100 + i))});
  }
  publish({column("区分", core::ColumnType::kString)}, rows);
  const std::string page = get(kPage + "&top=10");
  EXPECT_EQ(all(page, "<data value=\"([^\"]*)\">").size(), 10U);
  // 1 + 2 + ... + 20.
  EXPECT_THAT(page, HasSubstr("ほかに20種類（合わせて210件）"));
  expect_same_figures(kPage + "&top=10");
}

TEST_F(ChartPage, OfManyYearsTheLatestAreShown) {
  std::vector<std::vector<core::Value>> rows;
  for (int year = 1950; year < 2020; ++year) rows.push_back({whole(year), whole(year * 2)});
  rows.push_back({{}, whole(1)});
  publish({column("年", core::ColumnType::kInteger), column("人口", core::ColumnType::kInteger)},
          rows);
  const std::string bars = kPage + "&chart=bar&y=sum(%E4%BA%BA%E5%8F%A3)&top=10";
  expect_same_figures(bars);
  const std::string page = get(bars);
  EXPECT_THAT(page, HasSubstr("2019"));
  EXPECT_THAT(page, Not(HasSubstr(">2009<")));
  EXPECT_THAT(page, HasSubstr("新しいほうから"));
}

TEST_F(ChartPage, AnEmptyDateIsInTheTableButNotOnTheAxis) {
  const std::string page = get(kPage + "&x=%E6%9B%B4%E6%96%B0%E6%97%A5");
  EXPECT_THAT(page, HasSubstr("（空欄）"));
  EXPECT_THAT(page, HasSubstr("下の表にだけあります"));
}

TEST_F(ChartPage, ValuesLinkToTheirRows) {
  const std::string page = get(kPage + "&x=%E5%9C%B0%E5%9F%9F");
  const auto links = all(page, "<th scope=\"row\"><a href=\"([^\"]*)\"");
  ASSERT_EQ(links.size(), 4U);
  EXPECT_THAT(get(links.front()), HasSubstr("横浜市"));
}

TEST_F(ChartPage, WhatTheTableDoesNotHaveIsSaid) {
  const std::string page = get(kPage + "&x=%3Cscript%3E&y=sum(nothing)");
  EXPECT_THAT(page, HasSubstr("「&lt;script&gt;」はこの表では使えない"));
  EXPECT_THAT(page, HasSubstr("「sum(nothing)」はこの表では使えない"));
  EXPECT_THAT(page, HasSubstr("<svg"));
}

TEST_F(ChartPage, NoRowsGiveAKindWordInsteadOfAPicture) {
  const std::string page = get(kPage + "&%E5%B9%B4=1900");
  EXPECT_THAT(page, HasSubstr("条件に合う行がないので、グラフはありません"));
  EXPECT_THAT(page, Not(HasSubstr("class=\"chart ")));
}

TEST_F(ChartPage, HostileNamesAndValuesStayText) {
  const std::string hostile = "<script>alert(1)</script>\"'`{{t.title}}";
  publish(
      {column(hostile, core::ColumnType::kString), column("a`b, (c)", core::ColumnType::kInteger),
       column("order", core::ColumnType::kString)},
      {{text(hostile), whole(1), text("and")},
       {text(std::string(10'000, 'x')), whole(2), text("and")},
       {text("横\n浜"), whole(4), {}}});
  for (const char* question : {"", "&x=c1&y=sum(c2)", "&x=c2", "&x=c3&y=avg(c2)"}) {
    const std::string page = get(kPage + question);
    EXPECT_THAT(page, Not(HasSubstr("<script>alert"))) << question;
    EXPECT_THAT(page, HasSubstr("{{t.title}}")) << question;
    EXPECT_THAT(read_markup(page).faults, IsEmpty()) << question;
    expect_same_figures(kPage + question);
  }
}

TEST_F(ChartPage, HasNoScriptOrStyleInItsMarkup) {
  for (const std::string prefix : {"", "/en"}) {
    const Markup markup = read_markup(get(prefix + kPage));
    EXPECT_THAT(markup.faults, IsEmpty());
    EXPECT_THAT(markup.values("style"), IsEmpty());
  }
}

// --- Which chart suits a table

core::TableSchema schema_of(std::vector<core::TableColumn> columns, std::int64_t rows) {
  core::TableSchema schema;
  schema.columns = std::move(columns);
  schema.rows = rows;
  return schema;
}

core::TableColumn with_distinct(core::TableColumn made, std::int64_t distinct) {
  made.statistics.distinct = distinct;
  return made;
}

ChartChoice default_of(const core::TableSchema& schema) {
  return *choose_chart(TableState::read({}, schema), schema);
}

TEST(ChartChoices, ACategoryIsCounted) {
  const auto schema = schema_of({with_distinct(column("名称", core::ColumnType::kString), 500),
                                 with_distinct(column("区分", core::ColumnType::kString), 8)},
                                500);
  const ChartChoice choice = default_of(schema);
  EXPECT_EQ(choice.x, (ChartX{1, DatePart::kNone}));
  EXPECT_EQ(choice.y, ChartY{});
  EXPECT_FALSE(choice.is_line);
  EXPECT_EQ(choice.order, ChartOrder::kValue);
}

TEST(ChartChoices, ASmallTableShowsItsAmounts) {
  const auto schema = schema_of({with_distinct(column("局", core::ColumnType::kString), 13),
                                 with_distinct(column("施策数", core::ColumnType::kInteger), 9)},
                                13);
  const ChartChoice choice = default_of(schema);
  EXPECT_EQ(choice.x, (ChartX{0, DatePart::kNone}));
  EXPECT_EQ(choice.y, (ChartY{core::Measure::kSum, 1}));
}

TEST(ChartChoices, ManyDaysAreGroupedByMonthOrYear) {
  core::TableColumn day = with_distinct(column("日付", core::ColumnType::kDate), 900);
  day.statistics.min = std::string("2020-01-01");
  day.statistics.max = std::string("2022-12-31");
  EXPECT_EQ(default_of(schema_of({day}, 5'000)).x, (ChartX{0, DatePart::kYearMonth}));
  day.statistics.max = std::string("2040-12-31");
  EXPECT_EQ(default_of(schema_of({day}, 5'000)).x, (ChartX{0, DatePart::kYear}));
  day.statistics.distinct = 12;
  const ChartChoice choice = default_of(schema_of({day}, 5'000));
  EXPECT_EQ(choice.x, (ChartX{0, DatePart::kNone}));
  EXPECT_TRUE(choice.is_line);
}

// Of `rows` rows in equal parts.
core::TableColumn with_flat_counts(core::TableColumn made, std::int64_t distinct,
                                   std::int64_t rows) {
  for (std::int64_t i = 0; i < distinct; ++i) {
    made.statistics.top.push_back({whole(2015 + i), rows / distinct});
  }
  return with_distinct(std::move(made), distinct);
}

core::TableColumn within(core::TableColumn made, std::int64_t low, std::int64_t high) {
  made.statistics.min = low;
  made.statistics.max = high;
  return made;
}

TEST(ChartChoices, CodesAndRemarksAreNotWhatATableIsAbout) {
  const auto schema =
      schema_of({with_distinct(column("市町村コード", core::ColumnType::kString), 6),
                 with_distinct(column("電話番号", core::ColumnType::kString), 4),
                 with_distinct(column("備考", core::ColumnType::kString), 5),
                 with_distinct(column("連絡先FormURL", core::ColumnType::kString), 5),
                 with_distinct(column("zip", core::ColumnType::kString), 9),
                 with_distinct(column("種別", core::ColumnType::kString), 40)},
                300);
  EXPECT_EQ(default_of(schema).x, (ChartX{5, DatePart::kNone}));
}

TEST(ChartChoices, NobodyCountsTelephoneNumbers) {
  const auto schema =
      schema_of({with_distinct(column("名称", core::ColumnType::kString), 30),
                 with_distinct(column("電話番号", core::ColumnType::kString), 4),
                 with_distinct(column("市町村コード", core::ColumnType::kString), 6)},
                30);
  EXPECT_EQ(default_of(schema).x, (ChartX{2, DatePart::kNone}));
}

TEST(ChartChoices, NamesThatComeTwiceAreAveraged) {
  const auto schema = schema_of({with_distinct(column("種類", core::ColumnType::kString), 18),
                                 with_distinct(column("世帯数", core::ColumnType::kInteger), 22)},
                                24);
  const ChartChoice choice = default_of(schema);
  EXPECT_EQ(choice.x, (ChartX{0, DatePart::kNone}));
  EXPECT_EQ(choice.y, (ChartY{core::Measure::kAvg, 1}));
}

TEST(ChartChoices, EvenCountsWithoutAmountsAreNotShown) {
  auto year =
      with_flat_counts(within(column("年度", core::ColumnType::kInteger), 2015, 2018), 4, 36);
  const auto kind = with_distinct(column("回答", core::ColumnType::kString), 5);
  EXPECT_EQ(default_of(schema_of({year, kind}, 36)).x, (ChartX{1, DatePart::kNone}));
  EXPECT_TRUE(default_of(schema_of({year}, 36)).is_pointless);
}

TEST(ChartChoices, AmountsAreThoseOfNamesRatherThanOfNumbers) {
  const auto schema = schema_of({with_distinct(column("NO", core::ColumnType::kString), 20),
                                 with_distinct(column("名称", core::ColumnType::kString), 20),
                                 with_distinct(column("定員", core::ColumnType::kInteger), 15)},
                                20);
  EXPECT_EQ(default_of(schema).x, (ChartX{1, DatePart::kNone}));
}

TEST(ChartChoices, FlagsMonthsAndConstantsAreNoAmounts) {
  auto flag = with_distinct(within(column("洪水", core::ColumnType::kInteger), 0, 1), 2);
  auto mark = with_distinct(within(column("津波", core::ColumnType::kInteger), 1, 1), 1);
  auto month = with_distinct(within(column("month", core::ColumnType::kInteger), 1, 12), 12);
  auto version = with_distinct(within(column("版", core::ColumnType::kInteger), 3, 3), 1);
  auto people = with_distinct(within(column("人数", core::ColumnType::kInteger), 5, 900), 12);
  const auto schema = schema_of({with_distinct(column("名称", core::ColumnType::kString), 12), flag,
                                 mark, month, version, people},
                                12);
  EXPECT_EQ(default_of(schema).y, (ChartY{core::Measure::kSum, 5}));
}

TEST(ChartChoices, NothingIsDrawnWhereEveryBarWouldBeOne) {
  const auto schema = schema_of({with_distinct(column("名称", core::ColumnType::kString), 30),
                                 with_distinct(column("住所", core::ColumnType::kString), 30)},
                                30);
  EXPECT_TRUE(default_of(schema).is_pointless);
  const auto asked = choose_chart(TableState::read({{"x", "名称"}}, schema), schema);
  EXPECT_FALSE(asked->is_pointless);
}

TEST(ChartChoices, ColumnsThatAreTheSameEverywhereDoNotHideTheYears) {
  auto year =
      with_flat_counts(within(column("年度", core::ColumnType::kInteger), 2015, 2018), 4, 36);
  std::vector<core::TableColumn> columns;
  for (const char* name : {"都道府県名", "市区町村名", "課名"}) {
    columns.push_back(with_distinct(column(name, core::ColumnType::kString), 1));
  }
  columns.push_back(with_distinct(column("地域", core::ColumnType::kString), 9));
  columns.push_back(year);
  columns.push_back(
      with_distinct(within(column("世帯数", core::ColumnType::kInteger), 9, 999), 35));
  const ChartChoice choice = default_of(schema_of(columns, 36));
  EXPECT_EQ(choice.x, (ChartX{4, DatePart::kNone}));
  // Each year has nine rows, which is no news; their sum might count a whole and its parts.
  EXPECT_EQ(choice.y, (ChartY{core::Measure::kAvg, 5}));
}

TEST(ChartChoices, TheDayOfTheLastChangeIsNotWhatATableIsAbout) {
  core::TableColumn day = with_distinct(column("最終更新日", core::ColumnType::kDate), 9);
  day.statistics.min = std::string("2024-03-01");
  day.statistics.max = std::string("2024-03-20");
  const auto schema =
      schema_of({day, with_distinct(column("曜日", core::ColumnType::kString), 7)}, 70);
  const ChartChoice choice = default_of(schema);
  EXPECT_EQ(choice.x, (ChartX{1, DatePart::kNone}));
  EXPECT_EQ(choice.order, ChartOrder::kFile);
}

TEST_F(ChartPage, BarsOfYearsInWordsComeAsInTheFile) {
  publish({column("年度", core::ColumnType::kString), column("件数", core::ColumnType::kInteger)},
          {{text("平成30年度"), whole(5)}, {text("令和元年度"), whole(9)}, {text("2"), whole(7)}});
  const std::string page = get(kPage);
  EXPECT_THAT(all(page, "<data value=\"([^\"]*)\">"), ElementsAre("5", "9", "7"));
  expect_same_figures(kPage);
  EXPECT_THAT(all(get(kPage + "&order=value"), "<data value=\"([^\"]*)\">"),
              ElementsAre("9", "7", "5"));
}

TEST_F(ChartPage, WhereNothingCanBeComparedTheFormStands) {
  publish({column("名称", core::ColumnType::kString)}, {{text("甲")}, {text("乙")}, {text("丙")}});
  const std::string page = get(kPage);
  EXPECT_THAT(page, HasSubstr("はじめのグラフはありません"));
  EXPECT_THAT(page, Not(HasSubstr("<figure")));
  EXPECT_THAT(page, HasSubstr("name=\"x\""));
  expect_same_figures(kPage + "&x=%E5%90%8D%E7%A7%B0");
}

TEST(ChartChoices, ATableWithoutColumnsHasNoChart) {
  const core::TableSchema empty;
  EXPECT_FALSE(choose_chart(TableState::read({}, empty), empty));
}

TEST(ChartChoices, EveryChoiceIsReadAsItIsSpelled) {
  const auto schema = schema_of(
      {column("year(日付)", core::ColumnType::kString), column("日付", core::ColumnType::kDate),
       column("値 (円)", core::ColumnType::kNumber), column("x", core::ColumnType::kInteger)},
      10);
  for (const ChartX& x : chart_xs(schema)) {
    for (const ChartY& y : chart_ys(schema)) {
      const auto state =
          TableState::read({{"x", spelled(x, schema)}, {"y", spelled(y, schema)}}, schema);
      const ChartChoice choice = *choose_chart(state, schema);
      EXPECT_EQ(choice.x, x) << spelled(x, schema);
      EXPECT_EQ(choice.y, y) << spelled(y, schema);
      EXPECT_THAT(choice.unknown, IsEmpty());
    }
  }
}

}  // namespace
}  // namespace minato::web
