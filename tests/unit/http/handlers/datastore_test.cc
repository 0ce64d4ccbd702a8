#include "ckan_fixture.h"
#include "support/route_caller.h"
#include "tables_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Datastore : public CkanTest {
 protected:
  Datastore() { tables_.publish_population(); }

  // datastore_search of the population table.
  CkanReply search(const std::string& more) {
    return action(encoded("datastore_search?resource_id=population-r1&" + more));
  }
  std::string records(const std::string& more) {
    const CkanReply reply = search(more);
    EXPECT_EQ(reply.status, 200) << more << '\n' << reply.body;
    return reply.at("/result/records");
  }
  // Row numbers of the rows found.
  std::string ids(const std::string& more) {
    return records(more + "&fields=_id&records_format=lists");
  }
  support::RouteReply dump(const std::string& more, const std::string& id = "population-r1") {
    return support::call_route(table_, {"GET", encoded("/datastore/dump/" + id + more), {}, ""});
  }
};

TEST_F(Datastore, SearchGivesCkansEnvelope) {
  const CkanReply reply = search("limit=1");
  EXPECT_EQ(reply.at("/success"), "true");
  EXPECT_EQ(reply.at("/result/resource_id"), R"("population-r1")");
  EXPECT_EQ(reply.at("/result/records"),
            R"([{"_id":1,"地域":"横浜市","年":2023,"人口":3770000,"緯度":35.45,"経度":139.63,)"
            R"("更新日":"2024-04-01"}])");
  EXPECT_EQ(reply.at("/result/total"), "5");
  EXPECT_EQ(reply.at("/result/total_was_estimated"), "false");
  EXPECT_EQ(reply.at("/result/include_total"), "true");
  EXPECT_EQ(reply.at("/result/records_format"), R"("objects")");
  EXPECT_EQ(reply.at("/result/limit"), "1");
  EXPECT_EQ(reply.at("/result/fields/0"), R"({"id":"_id","type":"int"})");
  EXPECT_EQ(reply.at("/result/fields/1/id"), R"("地域")");
  EXPECT_EQ(reply.at("/result/fields/1/type"), R"("text")");
  EXPECT_EQ(reply.at("/result/fields/2/type"), R"("int8")");
  EXPECT_EQ(reply.at("/result/fields/4/type"), R"("float8")");
  EXPECT_EQ(reply.at("/result/fields/6/type"), R"("date")");
}

TEST_F(Datastore, SearchTakesIdAndPostedJson) {
  EXPECT_EQ(action("datastore_search?id=population-r1&limit=0").at("/result/total"), "5");
  const CkanReply posted = post("/api/3/action/datastore_search",
                                R"({"resource_id":"population-r1","filters":{"年":2024},)"
                                R"("fields":["_id"],"sort":"_id desc","limit":2})");
  EXPECT_EQ(posted.at("/result/records"), R"([{"_id":5},{"_id":4}])");
  EXPECT_EQ(posted.at("/result/filters"), R"({"年":2024})");
  EXPECT_EQ(posted.at("/result/sort"), R"("_id desc")");
}

TEST_F(Datastore, FiltersOfTheFirstGeneration) {
  EXPECT_EQ(ids(R"(filters={"地域":"横浜市"})"), "[[1],[3]]");
  EXPECT_EQ(ids(R"(filters={"地域":["箱根町","川崎市"]})"), "[[2],[4]]");
  EXPECT_EQ(ids(R"(filters={"地域":"横浜市","年":"2024"})"), "[[3]]");
  EXPECT_EQ(ids(R"(filters={"_id":2})"), "[[2]]");
  EXPECT_EQ(ids(R"(filters={"人口":null})"), "[[4]]");
}

TEST_F(Datastore, FiltersOfTheSecondGeneration) {
  EXPECT_EQ(ids(R"(filters={"人口":{"gt":1000000,"lt":3772000}})"), "[[1],[2]]");
  EXPECT_EQ(ids(R"(filters={"人口":[{"lt":800000},{"gte":3772000}]})"), "[[3],[5]]");
  EXPECT_EQ(ids(R"(filters={"$or":[{"地域":"箱根町"},{"_id":{"eq":1}}]})"), "[[1],[4]]");
  EXPECT_EQ(ids(R"(filters={"$and":[{"年":{"gt":2023}},{"緯度":{"lte":35.3}}]})"), "[[4]]");
  EXPECT_EQ(ids(R"(filters={"更新日":{"gte":"2025-01-01"}})"), "[[3],[4]]");
}

TEST_F(Datastore, WordsAreSearchedInAllOrSomeColumns) {
  EXPECT_EQ(ids("q=箱根"), "[[4]]");
  EXPECT_EQ(ids(R"(q={"地域":"川崎"})"), "[[2]]");
  EXPECT_EQ(ids("q=箱根|川崎&plain=false"), "[[2],[4]]");
  EXPECT_EQ(search("q=箱根").at("/result/q"), R"("箱根")");
}

TEST_F(Datastore, SortsAsPostgresDoes) {
  EXPECT_EQ(ids("sort=人口"), "[[5],[2],[1],[3],[4]]");
  EXPECT_EQ(ids("sort=人口 desc"), "[[4],[3],[1],[2],[5]]");
  EXPECT_EQ(ids("sort=人口 desc nulls last"), "[[3],[1],[2],[5],[4]]");
  EXPECT_EQ(ids("sort=年 desc, \"人口\" asc nulls first"), "[[4],[5],[3],[2],[1]]");
}

TEST_F(Datastore, FieldsAndDistinctShapeTheRecords) {
  EXPECT_EQ(records("fields=年,地域&limit=1"), R"([{"年":2023,"地域":"横浜市"}])");
  const CkanReply distinct = search("fields=年&distinct=true&sort=年");
  EXPECT_EQ(distinct.at("/result/records"), R"([{"年":2023},{"年":2024}])");
  EXPECT_EQ(distinct.at("/result/total"), "2");
}

TEST_F(Datastore, RecordsComeInFourFormats) {
  EXPECT_EQ(records("records_format=lists&limit=1&fields=_id,人口"), "[[1,3770000]]");
  EXPECT_EQ(records("records_format=csv&fields=_id,地域,人口&sort=_id desc&limit=2"),
            R"("5,=相模原市,725000\n4,箱根町,\n")");
  EXPECT_EQ(records("records_format=tsv&fields=_id,人口&limit=1"), R"("1\t3770000\n")");
  const CkanReply wrong = search("records_format=xml");
  EXPECT_EQ(wrong.status, 409);
  EXPECT_NE(wrong.at("/error/records_format"), "(nothing)");
}

TEST_F(Datastore, LimitsAreCappedSilentlyAndEchoed) {
  EXPECT_EQ(search("").at("/result/limit"), "100");
  EXPECT_EQ(search("limit=50000").at("/result/limit"), "32000");
  const CkanReply none = search("limit=0");
  EXPECT_EQ(none.at("/result/records"), "[]");
  EXPECT_EQ(none.at("/result/limit"), "0");
  EXPECT_EQ(none.at("/result/total"), "5");
  EXPECT_NE(none.at("/result/fields/1"), "(nothing)");
  EXPECT_EQ(search("limit=-1").status, 409);
  EXPECT_EQ(search("limit=many").status, 409);
  EXPECT_EQ(search("limit=1&offset=2").at("/result/offset"), "2");
}

TEST_F(Datastore, LinksLeadToTheNextPage) {
  const CkanReply first = search("limit=2&fields=_id&records_format=lists");
  const std::string next = first.at("/result/_links/next");
  EXPECT_THAT(next, StartsWith("\"/api/3/action/datastore_search?"));
  EXPECT_THAT(next, HasSubstr("offset=2"));
  EXPECT_EQ(get(next.substr(1, next.size() - 2)).at("/result/records"), "[[3],[4]]");
  EXPECT_THAT(first.at("/result/_links/start"), Not(HasSubstr("offset")));
  const std::string filtered =
      search(R"(limit=1&filters={"年":2024}&fields=_id)").at("/result/_links/next");
  EXPECT_EQ(get(filtered.substr(1, filtered.size() - 2)).at("/result/records"), R"([{"_id":4}])");
}

TEST_F(Datastore, NextPageIsAFilter) {
  EXPECT_EQ(search("limit=2&include_next_page=true").at("/result/next_page"),
            R"({"_id":{"gt":2}})");
  EXPECT_EQ(ids(R"(limit=2&filters={"_id":{"gt":2}})"), "[[3],[4]]");
  EXPECT_EQ(search("limit=9&include_next_page=true").at("/result/next_page"), "(nothing)");
  EXPECT_EQ(search("limit=2&include_next_page=true&sort=人口").at("/result/next_page"),
            "(nothing)");
  EXPECT_EQ(search("limit=2").at("/result/next_page"), "(nothing)");
}

TEST_F(Datastore, TheTotalMayBeLeftOut) {
  const CkanReply reply = search("include_total=false");
  EXPECT_EQ(reply.at("/result/total"), "(nothing)");
  EXPECT_EQ(reply.at("/result/include_total"), "false");
  EXPECT_EQ(search(R"(filters={"年":2024}&limit=1)").at("/result/total"), "3");
}

TEST_F(Datastore, UnknownColumnsAreValidationErrors) {
  const auto error = [this](const std::string& more, const char* pointer) {
    const CkanReply reply = search(more);
    EXPECT_EQ(reply.status, 409) << more;
    EXPECT_EQ(reply.at("/error/__type"), R"("Validation Error")") << more;
    return reply.at(pointer);
  };
  EXPECT_EQ(error(R"(filters={"zz":"1"})", "/error/filters"), R"(["invalid value \"zz\""])");
  EXPECT_EQ(error(R"(filters={"zz":{"gt":1}})", "/error/filters"), R"(["Unknown field: zz"])");
  EXPECT_EQ(error("sort=zz desc", "/error/sort"), R"(["invalid value \"zz desc\""])");
  EXPECT_EQ(error("fields=zz", "/error/fields"), R"(["invalid value \"zz\""])");
  EXPECT_EQ(error(R"(q={"zz":"1"})", "/error/q"), R"(["invalid value \"zz\""])");
  EXPECT_NE(error("filters={", "/error/filters"), "(nothing)");
}

TEST_F(Datastore, WhatIsNoTableIs404) {
  for (const char* name : {"datastore_search?resource_id=aed-r1", "datastore_info?id=aed-r1",
                           "datastore_search?resource_id=zz"}) {
    const CkanReply reply = action(name);
    EXPECT_EQ(reply.status, 404) << name;
    EXPECT_EQ(reply.at("/error/__type"), R"("Not Found Error")");
  }
  EXPECT_EQ(action("datastore_search?resource_id=zz").at("/error/message"),
            R"("Not found: Resource \"zz\" was not found.")");
  const CkanReply nothing = action("datastore_search");
  EXPECT_EQ(nothing.status, 409);
  EXPECT_EQ(nothing.at("/error/resource_id"), R"(["Missing value"])");
}

TEST_F(Datastore, PrivateTablesAreHidden) {
  core::TableSchema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "a";
  tables_.publish("secret-r1", schema, {{std::string("hidden")}});
  EXPECT_EQ(action("datastore_search?resource_id=secret-r1").status, 403);
  EXPECT_EQ(dump("", "secret-r1").status, 404);
  EXPECT_THAT(action("datastore_search?resource_id=_table_metadata").body,
              Not(HasSubstr("secret-r1")));
}

TEST_F(Datastore, SqlIsNoAction) {
  const CkanReply reply = action("datastore_search_sql?sql=SELECT%201");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("Action name not known: datastore_search_sql"));
}

TEST_F(Datastore, InfoTellsColumnsAndSizes) {
  const CkanReply reply = action("datastore_info?id=population-r1");
  EXPECT_EQ(reply.at("/result/meta/id"), R"("population-r1")");
  EXPECT_EQ(reply.at("/result/meta/count"), "5");
  EXPECT_EQ(reply.at("/result/meta/table_type"), R"("BASE TABLE")");
  EXPECT_NE(reply.at("/result/meta/size"), "0");
  EXPECT_EQ(reply.at("/result/fields/0/id"), R"("地域")");
  EXPECT_EQ(reply.at("/result/fields/1/schema/native_type"), R"("int8")");
  EXPECT_EQ(reply.at("/result/fields/6"), "(nothing)");
  const CkanReply brief = action(
      "datastore_info?resource_id=population-r1&include_meta=false&include_fields_schema=false");
  EXPECT_EQ(brief.at("/result/meta"), "(nothing)");
  EXPECT_EQ(brief.at("/result/fields/0/schema"), "(nothing)");
}

TEST_F(Datastore, TheTableOfTablesListsThem) {
  const CkanReply reply = action("datastore_search?resource_id=_table_metadata");
  EXPECT_EQ(reply.at("/result/total"), "1");
  EXPECT_EQ(reply.at("/result/records/0/name"), R"("population-r1")");
  EXPECT_EQ(action("datastore_search?resource_id=_table_metadata&limit=0").at("/result/records"),
            "[]");
}

TEST_F(Datastore, ResourcesTellWhetherTheyHaveATable) {
  EXPECT_EQ(action("resource_show?id=population-r1").at("/result/datastore_active"), "true");
  EXPECT_EQ(action("resource_show?id=aed-r1").at("/result/datastore_active"), "false");
  EXPECT_EQ(action("package_show?id=population").at("/result/resources/0/datastore_active"),
            "true");
  EXPECT_EQ(action("package_search?q=name:population")
                .at("/result/results/0/resources/0/datastore_active"),
            "true");
}

TEST_F(Datastore, DumpIsCsvWithCkansLineEnds) {
  const auto reply = dump("?fields=_id,地域,人口&limit=2&offset=3");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "_id,地域,人口\r\n4,箱根町,\n5,=相模原市,725000\n");
  EXPECT_EQ(reply.headers.joined("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_THAT(reply.headers.joined("Content-Disposition"),
              HasSubstr("filename=\"population-r1.csv\""));
  EXPECT_EQ(dump("?fields=_id&bom=true&limit=1").body, "\xEF\xBB\xBF_id\r\n1\n");
  EXPECT_THAT(dump("").body, StartsWith("_id,地域,年,人口,緯度,経度,更新日\r\n1,横浜市,"));
}

TEST_F(Datastore, DumpComesInFourFormats) {
  EXPECT_EQ(dump("?format=tsv&fields=_id,年&limit=1").body, "_id\t年\r\n1\t2023\n");
  const auto json = dump("?format=json&fields=_id,人口&offset=2&limit=2");
  EXPECT_EQ(json.headers.joined("Content-Type"), "application/json; charset=utf-8");
  EXPECT_THAT(json.body, HasSubstr("[3,3772000],\n"));
  EXPECT_THAT(json.body, HasSubstr("[4,null]\n"));
  const auto xml = dump("?format=xml&fields=_id,地域,人口&offset=3&limit=1");
  EXPECT_EQ(xml.headers.joined("Content-Type"), "text/xml; charset=utf-8");
  EXPECT_THAT(xml.body, HasSubstr("<row _id=\"4\"><地域>箱根町</地域>"));
  EXPECT_THAT(xml.body, HasSubstr("xsi:nil=\"true\""));
}

TEST_F(Datastore, DumpTakesFiltersWordsAndOrder) {
  EXPECT_EQ(dump(R"(?fields=_id&filters={"年":2024}&sort=_id desc)").body, "_id\r\n5\n4\n3\n");
  EXPECT_EQ(dump("?fields=_id&q=川崎").body, "_id\r\n2\n");
  EXPECT_EQ(dump("?fields=年&distinct=true&sort=年").body, "年\r\n2023\n2024\n");
}

TEST_F(Datastore, DumpRefusesWithPlainStatuses) {
  for (const char* question : {"?limit=x", "?limit=-1", "?offset=x", "?format=pdf", "?fields=zz",
                               "?sort=zz", "?filters={"}) {
    EXPECT_EQ(dump(question).status, 400) << question;
  }
  EXPECT_EQ(dump("", "zz").status, 404);
  EXPECT_EQ(dump("", "aed-r1").status, 404);
}

}  // namespace
}  // namespace minato::http
