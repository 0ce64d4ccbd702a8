#include "tables_fixture.h"

namespace minato::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kRows = "/api/v1/tables/population-r1/rows";

std::string rows(const std::string& query) { return std::string(kRows) + "?" + query; }

class TableRows : public TablesTest {
 protected:
  // The regions of the rows that match, in order.
  std::vector<std::string> regions(const std::string& query) {
    std::vector<std::string> values;
    const auto page = json(rows(query));
    for (const auto& row : page["data"].GetArray()) {
      values.emplace_back(row["地域"].GetString());
    }
    return values;
  }
};

TEST_F(TableRows, GiveEveryColumnWithItsTypeAndNull) {
  EXPECT_EQ(data(rows("limit=1")),
            R"([{"地域":"横浜市","年":2023,"人口":3770000,"緯度":35.45,"経度":139.63,)"
            R"("更新日":"2024-04-01"}])");
  EXPECT_EQ(data(rows("offset=3&limit=1&select=地域,人口,更新日")),
            R"([{"地域":"箱根町","人口":null,"更新日":"2025-04-01"}])");
}

TEST_F(TableRows, TellWhatTheyAreAndMayBeUsedFor) {
  const auto page = json(rows("limit=2"));
  EXPECT_STREQ(page["meta"]["table"].GetString(), "population-r1");
  EXPECT_EQ(page["meta"]["version"].GetInt64(), 1);
  EXPECT_EQ(page["meta"]["returned"].GetInt64(), 2);
  EXPECT_EQ(compact(page["meta"]["count"]), R"({"value":5,"relation":"eq"})");
  EXPECT_THAT(page["meta"]["license"].GetString(), HasSubstr("public_data_license"));
  EXPECT_THAT(page["meta"]["attribution"].GetString(), HasSubstr("神奈川県"));
  EXPECT_STREQ(page["links"]["schema"].GetString(),
               "https://data.example.jp/api/v1/tables/population-r1");
  EXPECT_STREQ(page["links"]["csv"].GetString(),
               "https://data.example.jp/api/v1/tables/population-r1/export.csv");
  EXPECT_TRUE(page["links"]["geojson"].IsString());
}

TEST_F(TableRows, BothSpellingsOfAFilterMeanTheSame) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"地域=横浜市", "where=地域='横浜市'"},
      {"人口__gte=1541000", "where=人口>=1541000"},
      {"人口__null=true", "where=人口 is null"},
      {"人口__notnull=true", "where=人口 is not null"},
      {"年__in=2024,2025", "where=年 in (2024,2025)"},
      {"人口__between=700000,1600000", "where=人口 between 700000 and 1600000"},
      {"地域__sw=横", "where=starts_with(地域,'横')"},
      {"地域__ne=横浜市", "where=地域<>'横浜市'"},
      {"更新日__lt=2025-01-01", "where=更新日<'2025-01-01'"},
      {"c1__like=%25市", "where=c1 like '%25市'"}};
  for (const auto& [brief, full] : pairs) {
    const std::string found = data(rows(brief));
    EXPECT_EQ(found, data(rows(full))) << brief;
    EXPECT_NE(found, "[]") << brief;
    EXPECT_NE(found, data(rows(""))) << brief;
  }
}

TEST_F(TableRows, ConditionsHoldTogether) {
  EXPECT_THAT(regions("年=2024&人口__gt=0"), ElementsAre("横浜市", "=相模原市"));
  EXPECT_THAT(regions("年=2024&where=地域='箱根町' or 人口<800000&人口__null=false"),
              ElementsAre("=相模原市"));
  EXPECT_THAT(regions("where=year(更新日)=2025 and not 地域='箱根町'"), ElementsAre("横浜市"));
}

TEST_F(TableRows, FindWordsInTheWholeTable) {
  EXPECT_THAT(regions("q=ﾖｺﾊﾏ"), ElementsAre());
  EXPECT_THAT(regions("q=箱根"), ElementsAre("箱根町"));
  EXPECT_THAT(regions("where=search(地域,'相模原')"), ElementsAre("=相模原市"));
}

TEST_F(TableRows, FindPlaces) {
  EXPECT_THAT(regions("near=35.45,139.63&limit=3"), ElementsAre("横浜市", "横浜市", "川崎市"));
  EXPECT_THAT(regions("near=35.23,139.11,1000"), ElementsAre("箱根町"));
  EXPECT_THAT(regions("bbox=139.6,35.4,139.65,35.5"), ElementsAre("横浜市", "横浜市"));
  EXPECT_EQ(compact(json(rows("near=35.23,139.11,1000"))["meta"]["count"]),
            R"({"value":1,"relation":"eq"})");
}

TEST_F(TableRows, SelectAndRenameColumns) {
  EXPECT_EQ(data(rows("select=c2,市:地域,_row&limit=1&offset=4")),
            R"([{"c2":2024,"市":"=相模原市","_row":5}])");
  EXPECT_EQ(data(rows("select=地域,年&shape=arrays&limit=2")),
            R"([["横浜市",2023],["川崎市",2023]])");
}

TEST_F(TableRows, SortWithNullsLast) {
  EXPECT_THAT(regions("sort=人口"),
              ElementsAre("=相模原市", "川崎市", "横浜市", "横浜市", "箱根町"));
  EXPECT_THAT(regions("sort=-年,人口"),
              ElementsAre("=相模原市", "横浜市", "箱根町", "川崎市", "横浜市"));
}

TEST_F(TableRows, CountAsAsked) {
  EXPECT_TRUE(json(rows("count=none"))["meta"]["count"].IsNull());
  EXPECT_EQ(json(rows("count=exact&年=2024&limit=1"))["meta"]["count"]["value"].GetInt64(), 3);
  const auto only = json(rows("limit=0&年=2023"));
  EXPECT_EQ(only["data"].Size(), 0U);
  EXPECT_EQ(only["meta"]["count"]["value"].GetInt64(), 2);
  EXPECT_TRUE(only["links"]["next"].IsNull());
}

TEST_F(TableRows, AWalkGivesEveryRowOnceInOrder) {
  publish_shelters(120);
  const std::string all = "/api/v1/tables/shelters-r1/rows?select=番号&";
  for (const std::string question :
       {"", "sort=定員", "sort=-定員", "sort=区,-定員", "sort=-区,率", "定員__null=false&sort=率",
        "区=区1", "sort=-番号&where=率>0.5", "区__null=true&sort=定員"}) {
    const auto whole = walk(all + question + "&limit=1000", "番号");
    EXPECT_GE(whole.size(), 20U) << question;
    EXPECT_EQ(walk(all + question + "&limit=7", "番号"), whole) << question;
    EXPECT_EQ(walk(all + question + "&limit=1", "番号"), whole) << question;
  }
}

TEST_F(TableRows, AWalkByDistanceGivesEveryRowOnce) {
  const std::string all = rows("near=35.45,139.63&select=_row,地域");
  const auto whole = walk(all, "_row");
  EXPECT_GE(whole.size(), 4U);
  EXPECT_EQ(walk(all + "&limit=1", "_row"), whole);
  const std::string around = rows("near=35.45,139.63,20000&select=_row,地域");
  EXPECT_EQ(walk(around + "&limit=1", "_row"), walk(around, "_row"));
}

TEST_F(TableRows, AWalkMayStartBehindAnOffset) {
  EXPECT_EQ(walk(rows("offset=1&limit=2&sort=-人口"), "地域"),
            walk(rows("offset=1&sort=-人口"), "地域"));
}

TEST_F(TableRows, AWalkGoesOnInItsVersionWhileANewOneIsPublished) {
  publish_shelters(30);
  const std::string first = "/api/v1/tables/shelters-r1/rows?limit=10&sort=-番号";
  const auto before = json(first);
  publish_shelters(3);
  EXPECT_EQ(json(first)["meta"]["version"].GetInt64(), 2);
  const auto next = json(next_of(before).value());
  EXPECT_EQ(next["meta"]["version"].GetInt64(), 1);
  EXPECT_EQ(next["data"][0]["番号"].GetInt64(), 20);
  EXPECT_EQ(json(*next_of(next))["data"].Size(), 10U);
}

TEST_F(TableRows, ACursorBelongsToItsQuestion) {
  const std::string next = next_of(json(rows("limit=2"))).value();
  EXPECT_EQ(get(next).status, 200);
  EXPECT_EQ(get(next + "&shape=arrays&count=none").status, 200);
  EXPECT_THAT(problem(next + "&年=2024"), StartsWith("400 cursor-invalid"));
  EXPECT_THAT(problem(next + "&sort=年"), StartsWith("400 cursor-invalid"));
  EXPECT_THAT(problem(rows("cursor=AAAA")), StartsWith("400 cursor-invalid"));
  const auto cursor = next.substr(next.find("cursor="));
  publish_shelters(9);
  EXPECT_THAT(problem("/api/v1/tables/shelters-r1/rows?limit=2&" + cursor),
              StartsWith("400 cursor-invalid"));
}

TEST_F(TableRows, TellWhatIsWrongAndWhatWasMeant) {
  EXPECT_EQ(problem(rows("地城=横浜市")), "400 unknown-parameter 地城: Did you mean: 地域");
  EXPECT_EQ(problem(rows("select=人囗")), "400 unknown-column select: Did you mean: 人口");
  EXPECT_EQ(problem(rows("sort=-地城")), "400 unknown-column sort: Did you mean: 地域");
  EXPECT_EQ(problem(rows("limits=3")), "400 unknown-parameter limits: Did you mean: limit");
  EXPECT_THAT(problem(rows("where=年>'abc'")), StartsWith("400 filter-type where"));
  EXPECT_THAT(problem(rows("where=年>")), StartsWith("400 filter-syntax where"));
  EXPECT_THAT(problem(rows("group=年")), StartsWith("400 unknown-parameter group"));
  EXPECT_THAT(problem(rows("limit=10001")), StartsWith("400 parameter-invalid limit"));
  EXPECT_THAT(problem(rows("offset=10001")), StartsWith("400 parameter-invalid offset"));
  EXPECT_THAT(problem(rows("limit=1&limit=2")), StartsWith("400 parameter-invalid limit"));
  EXPECT_THAT(problem(rows("near=1,2,3,4")), StartsWith("400 parameter-invalid near"));
  EXPECT_THAT(problem("/api/v1/tables/population-r1/rows?version=x"),
              StartsWith("400 parameter-invalid version"));
  publish_shelters(3);
  EXPECT_THAT(problem("/api/v1/tables/shelters-r1/rows?near=35,139"),
              StartsWith("400 no-coordinates"));
}

TEST_F(TableRows, AMistakeTellsItsPlace) {
  const auto reply = get(rows("where=年>=2024 and 人囗>1"), "en");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("byte 14 (character 13)")) << reply.body;
}

TEST_F(TableRows, AVersionThatIsGoneIs410) {
  EXPECT_EQ(problem(rows("version=2")), "410 table-version-gone");
  EXPECT_EQ(get(rows("version=1")).status, 200);
}

TEST_F(TableRows, APinnedVersionNeverChanges) {
  const auto pinned = get(rows("version=1"));
  EXPECT_EQ(pinned.headers.joined("Cache-Control"), "public, max-age=31536000, immutable");
  const auto current = get(rows(""));
  EXPECT_THAT(current.headers.joined("Cache-Control"), testing::Not(HasSubstr("immutable")));
  EXPECT_EQ(current.headers.joined("Last-Modified"), "Sat, 01 Jun 2024 00:00:00 GMT");
  const std::string next = next_of(json(rows("limit=1"))).value();
  EXPECT_THAT(get(next).headers.joined("Cache-Control"), HasSubstr("immutable"));
  EXPECT_THAT(get(rows("version=7")).headers.joined("Cache-Control"), HasSubstr("no-store"));
}

TEST_F(TableRows, OneRowByItsNumber) {
  EXPECT_EQ(data(std::string(kRows) + "/4?select=地域,人口"), R"({"地域":"箱根町","人口":null})");
  EXPECT_EQ(data(std::string(kRows) + "/5?select=地域&shape=arrays"), R"(["=相模原市"])");
  for (const char* number : {"/0", "/6", "/x", "/-1", "/99999999999999999999"}) {
    EXPECT_EQ(problem(kRows + std::string(number)), "404 row-not-found") << number;
  }
  EXPECT_THAT(problem(std::string(kRows) + "/1?offset=1"), StartsWith("400 parameter-invalid"));
}

TEST_F(TableRows, ATableOfAPrivateDatasetIsNotShown) {
  core::TableSchema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "a";
  tables_.publish("secret-r1", schema, {{std::string("x")}});
  for (const char* door : {"", "/rows", "/rows/1", "/rows.csv", "/export.csv", "/aggregate",
                           "/facets?facet=a", "/versions", "/versions/1/file", "/openapi.json"}) {
    const auto reply = get(std::string("/api/v1/tables/secret-r1") + door);
    EXPECT_TRUE(reply.status == 403 || reply.status == 404) << door << ' ' << reply.status;
    EXPECT_THAT(reply.body, testing::Not(HasSubstr("\"x\""))) << door;
  }
}

}  // namespace
}  // namespace minato::http
