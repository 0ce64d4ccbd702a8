#include <set>

#include "formats/json.h"
#include "tables_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;

constexpr const char* kTable = "/api/v1/tables/population-r1";

class TableDescriptions : public TablesTest {
 protected:
  void refuse(const std::string& resource_id) {
    storage::TableRefusal refusal;
    refusal.resource_id = resource_id;
    refusal.input_hash = "x";
    refusal.error_id = "no-table-found";
    refusal.message = {"見出しの行が見つかりません。", "No header row was found."};
    refusal.hint = {"1 行目に列名を書いてください。", "Put column names into the first row."};
    const auto written = store_.write(
        [&](storage::CatalogWriter& writer) { return writer.put_table_refusal(refusal); });
    ASSERT_TRUE(written);
  }
};

TEST_F(TableDescriptions, TellColumnsAndStatistics) {
  const auto whole = json(kTable);
  const auto& table = whole["data"];
  EXPECT_STREQ(table["id"].GetString(), "population-r1");
  EXPECT_STREQ(table["dataset"]["name"].GetString(), "population");
  EXPECT_STREQ(table["resource"]["id"].GetString(), "population-r1");
  EXPECT_EQ(table["version"].GetInt64(), 1);
  EXPECT_EQ(table["current"].GetBool(), true);
  EXPECT_EQ(table["rows"].GetInt64(), 5);
  ASSERT_EQ(table["columns"].Size(), 6U);
  const auto& people = table["columns"][2];
  EXPECT_STREQ(people["name"].GetString(), "人口");
  EXPECT_STREQ(people["alias"].GetString(), "c3");
  EXPECT_STREQ(people["type"].GetString(), "integer");
  EXPECT_EQ(people["nulls"].GetInt64(), 1);
  EXPECT_EQ(people["distinct"].GetInt64(), 4);
  EXPECT_EQ(people["min"].GetInt64(), 725000);
  EXPECT_EQ(people["max"].GetInt64(), 3772000);
  EXPECT_TRUE(people["role"].IsNull());
  EXPECT_STREQ(table["columns"][3]["role"].GetString(), "latitude");
  EXPECT_EQ(compact(table["columns"][0]["top"][0]), R"({"value":"横浜市","count":2})");
  EXPECT_EQ(compact(table["bbox"]), "[139.11,35.23,139.7,35.53]");
  EXPECT_STREQ(table["license"]["id"].GetString(), "PDL-1.0");
  EXPECT_STREQ(table["reading"]["encoding"].GetString(), "utf-8");
  EXPECT_THAT(whole["links"]["rows"].GetString(), HasSubstr("/population-r1/rows"));
}

TEST_F(TableDescriptions, AreNotImmutableForTheyTellWhatIsCurrent) {
  const auto pinned = population("?version=1");
  EXPECT_EQ(pinned.status, 200);
  EXPECT_EQ(pinned.headers.find("Cache-Control"), nullptr);
  EXPECT_EQ(pinned.headers.find("ETag"), nullptr);
}

TEST_F(TableDescriptions, RefuseUnknownParameters) {
  EXPECT_THAT(problem(std::string(kTable) + "?versoin=1"), HasSubstr("version"));
  EXPECT_THAT(problem(std::string(kTable) + "?version=one"),
              HasSubstr("parameter-invalid version"));
  EXPECT_EQ(problem(std::string(kTable) + "?version=9"), "410 table-version-gone");
  EXPECT_THAT(problem(std::string(kTable) + "/versions?limit=1"), HasSubstr("400 "));
}

TEST_F(TableDescriptions, AMissingTableSaysWhyAndWhatHelps) {
  EXPECT_EQ(get("/api/v1/tables/none").status, 404);
  const auto unread = get("/api/v1/tables/aed-r1", "en");
  EXPECT_EQ(unread.status, 404);
  EXPECT_THAT(unread.body, HasSubstr("\"table-missing\""));
  EXPECT_THAT(unread.body, HasSubstr("https://files.example.jp/aed.XLSX"));
  refuse("aed-r1");
  for (const char* door : {"", "/rows", "/export.csv", "/versions"}) {
    const auto refused = get(std::string("/api/v1/tables/aed-r1") + door, "en");
    EXPECT_EQ(refused.status, 404);
    EXPECT_THAT(refused.body, HasSubstr("No header row was found.")) << door;
    EXPECT_THAT(refused.body, HasSubstr("Put column names into the first row.")) << door;
  }
  EXPECT_THAT(get("/api/v1/tables/aed-r1").body, HasSubstr("見出しの行が見つかりません。"));
}

TEST_F(TableDescriptions, ARefusedNewFileLeavesTheTable) {
  refuse("population-r1");
  EXPECT_EQ(get(kTable).status, 200);
}

TEST_F(TableDescriptions, APartThatAFileLacksIsSaidToBeMissing) {
  const auto reply = get("/api/v1/tables/population-r1.2", "en");
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(reply.body, HasSubstr("population-r1.2"));
}

TEST_F(TableDescriptions, VersionsComeNewestFirst) {
  tables_.publish_population();
  const auto list = json(std::string(kTable) + "/versions");
  ASSERT_EQ(list["data"].Size(), 2U);
  EXPECT_EQ(list["data"][0]["version"].GetInt64(), 2);
  EXPECT_EQ(list["data"][0]["current"].GetBool(), true);
  EXPECT_EQ(list["data"][1]["version"].GetInt64(), 1);
  EXPECT_EQ(list["data"][1]["current"].GetBool(), false);
  EXPECT_EQ(list["data"][1]["rows"].GetInt64(), 5);
  EXPECT_STREQ(list["data"][1]["created"].GetString(), "2024-06-01T00:00:00Z");
  EXPECT_EQ(list["data"][1]["file"]["sha256"].GetString(), std::string(64, 'a'));
  EXPECT_STREQ(list["data"][1]["file"]["url"].GetString(),
               "https://data.example.jp/api/v1/tables/population-r1/versions/1/file");
  EXPECT_EQ(json(std::string(kTable) + "?version=1")["data"]["current"].GetBool(), false);
}

TEST_F(TableDescriptions, TheFileOfAVersionIsItsBytes) {
  const auto blob = blobs_.put_bytes("地域,年\r\n横浜市,2023\r\n").value();
  tables_.set_blob(blob.sha256);
  tables_.publish_population();
  const auto reply = get(std::string(kTable) + "/versions/2/file");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "地域,年\r\n横浜市,2023\r\n");
  EXPECT_EQ(reply.headers.joined("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_THAT(reply.headers.joined("Content-Disposition"), HasSubstr("%E4%BA%BA%E5%8F%A3.csv"));
  EXPECT_THAT(reply.headers.joined("Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(problem(std::string(kTable) + "/versions/3/file"), "410 table-version-gone");
  EXPECT_THAT(problem(std::string(kTable) + "/versions/x/file"), HasSubstr("parameter-invalid"));
}

TEST_F(TableDescriptions, EachTableHasItsOwnOpenApi) {
  const auto document = json(std::string(kTable) + "/openapi.json");
  EXPECT_STREQ(document["openapi"].GetString(), "3.1.0");
  EXPECT_STREQ(document["info"]["title"].GetString(), "人口統計 令和5年度");
  EXPECT_THAT(document["info"]["license"]["name"].GetString(), HasSubstr("公共データ利用規約"));
  EXPECT_STREQ(document["servers"][0]["url"].GetString(),
               "https://data.example.jp/api/v1/tables/population-r1");
  const auto& columns = document["components"]["schemas"]["Row"]["properties"];
  for (const char* name : {"地域", "年", "人口", "緯度", "経度", "更新日"}) {
    EXPECT_TRUE(columns.HasMember(name)) << name;
  }
  EXPECT_EQ(compact(columns["人口"]["type"]), R"(["integer","null"])");
  EXPECT_STREQ(columns["更新日"]["format"].GetString(), "date");
  std::set<std::string> parameters;
  for (const auto& parameter : document["paths"]["/rows"]["get"]["parameters"].GetArray()) {
    parameters.insert(parameter["name"].GetString());
  }
  for (const char* name : {"c1", "c6", "where", "near", "bbox", "cursor", "count"}) {
    EXPECT_TRUE(parameters.contains(name)) << name;
  }
}

}  // namespace
}  // namespace minato::http
