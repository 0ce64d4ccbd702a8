#include "tables_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kTable = "/api/v1/tables/population-r1";

std::string aggregate(const std::string& query) {
  return std::string(kTable) + "/aggregate?" + query;
}

class TableAggregates : public TablesTest {};

TEST_F(TableAggregates, CountEachGroup) {
  EXPECT_EQ(data(aggregate("group=年")),
            R"x([{"年":2023,"count(*)":2},{"年":2024,"count(*)":3}])x");
  EXPECT_EQ(data(aggregate("")), R"x([{"count(*)":5}])x");
}

TEST_F(TableAggregates, MeasureAndName) {
  EXPECT_EQ(data(aggregate("group=地域&agg=count(人口) as n,sum(人口) as s,avg(人口) as a,"
                           "min(年),max(年)&地域__in=横浜市,箱根町")),
            R"x([{"地域":"横浜市","n":2,"s":7542000,"a":3771000,"min(年)":2023,"max(年)":2024},)x"
            R"x({"地域":"箱根町","n":0,"s":null,"a":null,"min(年)":2024,"max(年)":2024}])x");
  EXPECT_EQ(data(aggregate("agg=count(distinct 地域) as n")), R"x([{"n":4}])x");
}

TEST_F(TableAggregates, GroupByPartsOfDatesAndShowNulls) {
  EXPECT_EQ(data(aggregate("group=year(更新日)&shape=arrays")), R"([[2024,2],[2025,2],[null,1]])");
  EXPECT_EQ(data(aggregate("group=year(更新日),地域&年=2023&shape=arrays")),
            R"([[2024,"川崎市",1],[2024,"横浜市",1]])");
}

TEST_F(TableAggregates, KeepSortAndCutGroups) {
  EXPECT_EQ(data(aggregate("group=地域&agg=sum(人口) as s&having=s>1000000&sort=-s&shape=arrays")),
            R"([["横浜市",7542000],["川崎市",1541000]])");
  const auto page = json(aggregate("group=地域&sort=-count(*)&limit=1&shape=arrays"));
  EXPECT_EQ(compact(page["data"]), R"([["横浜市",2]])");
  EXPECT_EQ(page["meta"]["returned"].GetInt64(), 1);
  EXPECT_EQ(walk(aggregate("group=地域&limit=1"), "地域"), walk(aggregate("group=地域"), "地域"));
  EXPECT_TRUE(json(aggregate("group=地域&limit=0"))["links"]["next"].IsNull());
}

TEST_F(TableAggregates, SayWhoseTheyAre) {
  const auto page = json(aggregate("group=年"));
  EXPECT_EQ(page["meta"]["version"].GetInt64(), 1);
  EXPECT_TRUE(page["meta"]["license"].IsString());
  EXPECT_THAT(page["links"]["csv"].GetString(), HasSubstr("/aggregate.csv?"));
}

TEST_F(TableAggregates, ComeAsCsv) {
  const auto reply = population("/aggregate.csv?group=year(更新日) as 年度&agg=sum(人口) as 計");
  EXPECT_EQ(reply.body, "年度,計\r\n2024,5311000\r\n2025,3772000\r\n,725000\r\n");
  EXPECT_THAT(reply.headers.joined("Content-Type"), StartsWith("text/csv"));
  EXPECT_THAT(reply.headers.joined("Content-Disposition"), HasSubstr("attachment"));
  const auto first = population("/aggregate.csv?group=地域&limit=1&encoding=cp932");
  EXPECT_THAT(first.headers.joined("Link"), HasSubstr("rel=\"next\""));
  EXPECT_EQ(first.headers.joined("X-Encoding-Loss"), "0");
}

TEST_F(TableAggregates, TellWhatIsWrong) {
  EXPECT_EQ(problem(aggregate("group=地城")), "400 unknown-column group: Did you mean: 地域");
  EXPECT_THAT(problem(aggregate("agg=sum(地域)")), StartsWith("400 filter-"));
  EXPECT_THAT(problem(aggregate("agg=median(年)")), StartsWith("400 filter-"));
  EXPECT_THAT(problem(aggregate("group=年&having=x>1")), StartsWith("400 unknown-column having"));
  EXPECT_THAT(problem(aggregate("select=年")), StartsWith("400 unknown-parameter select"));
}

TEST_F(TableAggregates, FacetsOfAllRowsComeFromTheStatisticsAndAreTheSame) {
  for (const std::string column : {"地域", "年", "人口", "緯度", "更新日"}) {
    const std::string facets = std::string(kTable) + "/facets?limit=3&facet=" + column;
    EXPECT_EQ(data(facets), data(facets + "&where=_row>0")) << column;
  }
}

TEST_F(TableAggregates, FacetsGiveTheTopValuesUnderTheFilters) {
  const auto whole = json(std::string(kTable) + "/facets?facet=地域,年");
  EXPECT_EQ(compact(whole["data"]["地域"]),
            R"([{"value":"横浜市","count":2},{"value":"=相模原市","count":1},)"
            R"({"value":"川崎市","count":1},{"value":"箱根町","count":1}])");
  EXPECT_EQ(compact(whole["data"]["年"]), R"([{"value":2024,"count":3},{"value":2023,"count":2}])");
  EXPECT_EQ(data(std::string(kTable) + "/facets?facet=更新日&年=2024&limit=1"),
            R"({"更新日":[{"value":"2025-04-01","count":2}]})");
  EXPECT_EQ(data(std::string(kTable) + "/facets?facet=更新日&人口=725000"),
            R"({"更新日":[{"value":null,"count":1}]})");
  EXPECT_THAT(problem(std::string(kTable) + "/facets"), StartsWith("400 parameter-invalid facet"));
  EXPECT_THAT(problem(std::string(kTable) + "/facets?facet=地城"),
              StartsWith("400 unknown-column facet"));
}

}  // namespace
}  // namespace minato::http
