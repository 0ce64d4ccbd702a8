#include "formats/query/row_parameters.h"

#include <gtest/gtest.h>

#include "facility_schema.h"
#include "formats/query/canonical.h"

namespace minato::formats {
namespace {

using Parameters = std::vector<QueryParameter>;

core::Result<RowsRequest> rows(const Parameters& parameters, RowsDoor door = RowsDoor::kPage) {
  static const core::TableSchema schema = facility_schema();
  return parse_rows_request({parameters, schema}, door);
}

std::string condition(const std::string& name, const std::string& value) {
  const auto request = rows({{name, value}});
  if (request) return filter_text(request->query.filter, facility_schema());
  return request.error().id;
}

std::string failure(const Parameters& parameters, RowsDoor door = RowsDoor::kPage) {
  const auto request = rows(parameters, door);
  return request ? "" : request.error().id + " " + request.error().details.at(0).param;
}

TEST(ShortFilter, ReadsEveryOperator) {
  EXPECT_EQ(condition("区分", "図書館"), "区分=s:図書館");
  EXPECT_EQ(condition("c2", "5"), "利用者数=i:5");
  EXPECT_EQ(condition("区分__ne", "a"), "区分!=s:a");
  EXPECT_EQ(condition("利用者数__gt", "1"), "利用者数>i:1");
  EXPECT_EQ(condition("利用者数__gte", "1"), "利用者数>=i:1");
  EXPECT_EQ(condition("緯度__lt", "35.5"), "緯度<d:35.5");
  EXPECT_EQ(condition("登録日__lte", "2024-04-01"), "登録日<=s:2024-04-01");
  EXPECT_EQ(condition("区分__in", "a,\"b,\"\"c\",d"), "区分 in s:a,s:b,\"c,s:d");
  EXPECT_EQ(condition("利用者数__nin", "1,2"), "利用者数 nin i:1,i:2");
  EXPECT_EQ(condition("利用者数__between", "1,5"), "利用者数 between i:1,i:5");
  EXPECT_EQ(condition("区分__like", "%館"), "区分 like s:%館");
  EXPECT_EQ(condition("区分__sw", "港"), "区分^=s:港");
  EXPECT_EQ(condition("区分__ew", "館"), "区分$=s:館");
  EXPECT_EQ(condition("区分__contains", "書"), "区分*=s:書");
  EXPECT_EQ(condition("区分__search", "港"), "区分 search s:港");
  EXPECT_EQ(condition("区分__null", ""), "区分 is null");
  EXPECT_EQ(condition("区分__null", "false"), "区分 set");
  EXPECT_EQ(condition("区分__notnull", "true"), "区分 set");
  EXPECT_EQ(condition("公開", "1"), "公開=b:true");
}

TEST(ShortFilter, TakesAnEmptyValueForAnEmptyCell) {
  EXPECT_EQ(condition("利用者数", ""), "利用者数 is null");
  EXPECT_EQ(condition("区分__ne", ""), "区分 set");
  EXPECT_EQ(condition("区分__gt", ""), "filter-type");
}

TEST(ShortFilter, PrefersAColumnOfTheWholeName) {
  EXPECT_EQ(condition("面積__gt", "3"), "面積__gt=d:3");
  EXPECT_EQ(condition("面積__gt__lt", "3"), "面積__gt<d:3");
}

TEST(ShortFilter, RefusesWhatDoesNotFit) {
  EXPECT_EQ(condition("利用者数", "abc"), "filter-type");
  EXPECT_EQ(condition("利用者数", "nan"), "filter-type");
  EXPECT_EQ(condition("登録日", "2024-13-01"), "filter-type");
  EXPECT_EQ(condition("利用者数__between", "1"), "filter-type");
  EXPECT_EQ(condition("利用者数__like", "1%"), "filter-type");
  EXPECT_EQ(condition("区分__foo", "x"), "unknown-parameter");
  EXPECT_EQ(condition("区分__null", "maybe"), "filter-type");
  EXPECT_EQ(condition("区分", std::string(9'000, 'x')), "filter-too-large");
}

TEST(RowParameters, HaveDefaults) {
  const auto request = rows({});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->query.limit, 100);
  EXPECT_EQ(request->query.columns.size(), 10U);
  EXPECT_EQ(request->names.at(0), "区分");
  EXPECT_EQ(request->count, CountMode::kAuto);
  EXPECT_EQ(rows({}, RowsDoor::kExport)->query.limit, -1);
}

TEST(RowParameters, JoinAllConditions) {
  const auto request = rows({{"区分", "a"},
                             {"区分", "b"},
                             {"where", "公開=true or 公開=false"},
                             {"q", "港"},
                             {"bbox", "139,35,140,36"}});
  ASSERT_TRUE(request);
  EXPECT_EQ(filter_text(request->query.filter, facility_schema()),
            "and(区分=s:a, 区分=s:b, or(公開=b:true, 公開=b:false), search s:港, bbox "
            "d:139,d:35,d:140,d:36)");
}

TEST(RowParameters, ReadShape) {
  const auto request = rows({{"select", "区分, 名:c2,`limit`,開館（平日）,_row"},
                             {"sort", "-利用者数, year(登録日),開館（平日） desc"},
                             {"near", "35.44, 139.64,500"},
                             {"limit", "10000"},
                             {"offset", "3"},
                             {"count", "none"},
                             {"shape", "arrays"},
                             {"version", "17"},
                             {"excel", "true"},
                             {"encoding", "cp932"}});
  ASSERT_TRUE(request) << request.error().message.en;
  EXPECT_EQ(request->query.columns, (std::vector<int>{0, 1, 8, 7, -1}));
  EXPECT_EQ(request->names,
            (std::vector<std::string>{"区分", "名", "limit", "開館（平日）", "_row"}));
  ASSERT_EQ(request->query.sort.size(), 3U);
  EXPECT_TRUE(request->query.sort[0].descending);
  EXPECT_EQ(request->query.sort[1].operand.function, core::ColumnFunction::kYear);
  EXPECT_TRUE(request->query.sort[2].descending);
  EXPECT_EQ(request->query.near->metres, 500);
  EXPECT_EQ(request->query.near->longitude, 139.64);
  EXPECT_EQ(request->query.limit, 10'000);
  EXPECT_EQ(request->query.offset, 3);
  EXPECT_EQ(request->count, CountMode::kNone);
  EXPECT_EQ(request->shape, RowShape::kArrays);
  EXPECT_EQ(request->version, 17);
  EXPECT_TRUE(request->text.excel && request->text.cp932);
  EXPECT_FALSE(rows({{"near", "35.44,139.64"}})->query.near->metres);
}

TEST(RowParameters, IgnoreNothing) {
  EXPECT_EQ(failure({{"区部", "x"}}), "unknown-parameter 区部");
  EXPECT_EQ(failure({{"limt", "x"}}), "unknown-parameter limt");
  EXPECT_EQ(failure({{"group", "区分"}}), "unknown-parameter group");
  EXPECT_EQ(failure({{"cursor", "x"}}, RowsDoor::kExport), "unknown-parameter cursor");
  EXPECT_EQ(failure({{"limit", "10001"}}), "parameter-invalid limit");
  EXPECT_EQ(failure({{"limit", "-1"}}), "parameter-invalid limit");
  EXPECT_EQ(failure({{"limit", "1x"}}), "parameter-invalid limit");
  EXPECT_EQ(failure({{"limit", "1"}, {"limit", "2"}}), "parameter-invalid limit");
  EXPECT_EQ(failure({{"offset", "10001"}}), "parameter-invalid offset");
  EXPECT_EQ(failure({{"cursor", "x"}, {"offset", "1"}}), "parameter-invalid cursor");
  EXPECT_EQ(failure({{"count", "yes"}}), "parameter-invalid count");
  EXPECT_EQ(failure({{"bbox", "1,2,3"}}), "parameter-invalid bbox");
  EXPECT_EQ(failure({{"near", "139,35"}}), "parameter-invalid near");
  EXPECT_EQ(failure({{"select", "区分,区分"}}), "parameter-invalid select");
  EXPECT_EQ(failure({{"select", "区分,,公開"}}), "parameter-invalid select");
  EXPECT_EQ(failure({{"select", "なし"}}), "unknown-column select");
  EXPECT_EQ(failure({{"sort", "区分,なし"}}), "unknown-column sort");
  EXPECT_EQ(failure({{"bom", "true"}, {"encoding", "cp932"}}), "parameter-invalid bom");
  EXPECT_EQ(failure(Parameters(201, {"区分", "a"})), "parameter-invalid ");
}

TEST(RowParameters, TellThePlaceInAList) {
  const auto request = rows({{"sort", "区分,なし"}});
  EXPECT_EQ(request.error().details.at(0).position, "byte 7 (character 4)");
}

TEST(RowParameters, NameWhatWasMeant) {
  const auto misspelt = rows({{"利用者__gte", "1"}});
  EXPECT_EQ(misspelt.error().details.at(0).expected, "利用者数");
  EXPECT_EQ(rows({{"limt", "1"}}).error().details.at(0).expected, "limit");
}

TEST(RowParameters, ReachAColumnWithAReservedNameByItsAlias) {
  EXPECT_EQ(condition("c9", "x"), "limit=s:x");
  const Parameters parameters = {{"limit", "5"}, {"facet", "limit,c1"}};
  const auto schema = facility_schema();
  const auto facets = parse_facets_request({parameters, schema});
  ASSERT_TRUE(facets);
  EXPECT_EQ(facets->columns, (std::vector<int>{8, 0}));
  EXPECT_EQ(facets->limit, 5);
  EXPECT_FALSE(parse_facets_request({{}, schema}));
}

TEST(RowParameters, LeaveToTheCallerWhatIsItsOwn) {
  const auto schema = facility_schema();
  const Parameters parameters = {{"lang", "en"}};
  constexpr std::string_view kOwn[] = {"lang"};
  EXPECT_TRUE(parse_rows_request({parameters, schema, kOwn}));
  EXPECT_FALSE(parse_rows_request({parameters, schema}));
}

core::Result<AggregateRequest> aggregate(const Parameters& parameters) {
  static const core::TableSchema schema = facility_schema();
  return parse_aggregate_request({parameters, schema});
}

TEST(AggregateParameters, ReadGroupsMeasuresAndHaving) {
  const auto request =
      aggregate({{"group", "区分,year(登録日),`開館（平日）` as 時刻"},
                 {"agg", "count(*),avg(利用者数) as m, count( distinct 区分 ),max(登録日)"},
                 {"having", "m>10 and count( * )>=2 and `year(登録日)` = 2024"},
                 {"sort", "-count(*),m"},
                 {"limit", "5"},
                 {"公開", "true"}});
  ASSERT_TRUE(request) << request.error().message.en;
  std::string columns;
  for (const auto& column : request->result.columns) {
    columns += column.name + ":" + std::string(core::column_type_name(column.type)) + " ";
  }
  EXPECT_EQ(columns,
            "区分:string year(登録日):integer 時刻:time count(*):integer m:number "
            "count( distinct 区分 ):integer max(登録日):date ");
  EXPECT_EQ(request->query.groups.size(), 3U);
  EXPECT_EQ(request->query.measures[2].measure, core::Measure::kCountDistinct);
  EXPECT_EQ(filter_text(request->query.having, request->result),
            "and(m>d:10, count(*)>=i:2, year(登録日)=i:2024)");
  ASSERT_EQ(request->query.sort.size(), 5U);  // and the groups, so that pages are stable
  EXPECT_EQ(request->query.sort[0].operand.column, 3);
  EXPECT_TRUE(request->query.sort[0].descending);
  EXPECT_EQ(request->query.sort[1].operand.column, 4);
  EXPECT_EQ(request->query.limit, 5);
}

TEST(AggregateParameters, CountRowsByDefault) {
  const auto request = aggregate({});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->result.columns.at(0).name, "count(*)");
  EXPECT_TRUE(request->query.groups.empty());
}

TEST(AggregateParameters, RefuseWhatHasNoMeaning) {
  const auto id = [](const Parameters& parameters) {
    const auto request = aggregate(parameters);
    return request ? "" : request.error().id;
  };
  EXPECT_EQ(id({{"agg", "sum(区分)"}}), "filter-type");
  EXPECT_EQ(id({{"agg", "median(利用者数)"}}), "filter-syntax");
  EXPECT_EQ(id({{"agg", "count(*),count(*)"}}), "parameter-invalid");
  EXPECT_EQ(id({{"having", "search('x')"}}), "filter-syntax");
  EXPECT_EQ(id({{"having", "_row=1"}}), "unknown-column");
  EXPECT_EQ(id({{"sort", "利用者数"}}), "unknown-column");
  EXPECT_EQ(id({{"near", "35,139"}}), "parameter-invalid");
  EXPECT_EQ(id({{"select", "区分"}}), "unknown-parameter");
}

TEST(Canonical, IsOneForEachMeaning) {
  const auto text = [](const char* where) {
    return canonical(rows({{"where", where}})->query.filter);
  };
  EXPECT_EQ(text("c2=1 and c1='a'"), text("区分 = 'a' AND 利用者数 = 1"));
  EXPECT_EQ(text("c2 in (2,1,2)"), text("c2 in (1,2)"));
  EXPECT_NE(text("c2 between 1 and 2"), text("c2 between 2 and 1"));
  EXPECT_NE(text("c1='a' and c1='b'"), text("c1='a' or c1='b'"));
  EXPECT_NE(text("c1='1'"), text("c9='1'"));
  EXPECT_NE(text("lower(c1)='1'"), text("c1='1'"));
}

TEST(Canonical, WalkLeavesThePageOut) {
  const auto first = rows({{"sort", "区分"}, {"limit", "5"}, {"select", "区分"}});
  const auto second = rows({{"sort", "区分"}, {"limit", "6"}});
  EXPECT_EQ(canonical_walk(first->query), canonical_walk(second->query));
  EXPECT_NE(canonical(first->query), canonical(second->query));
  EXPECT_NE(canonical_walk(first->query), canonical_walk(rows({{"sort", "-区分"}})->query));
}

}  // namespace
}  // namespace minato::formats
