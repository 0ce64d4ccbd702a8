#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>

#include "tables_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kHeader = "地域,年,人口,緯度,経度,更新日\r\n";

class TableExports : public TablesTest {
 protected:
  std::string header(const std::string& door, const char* name) {
    return population(door).headers.joined(name);
  }
};

TEST_F(TableExports, CsvIsEveryRow) {
  const auto reply = population("/export.csv");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, std::string(kHeader) +
                            "横浜市,2023,3770000,35.45,139.63,2024-04-01\r\n"
                            "川崎市,2023,1541000,35.53,139.7,2024-04-01\r\n"
                            "横浜市,2024,3772000,35.45,139.63,2025-04-01\r\n"
                            "箱根町,2024,,35.23,139.11,2025-04-01\r\n"
                            "=相模原市,2024,725000,,,\r\n");
  EXPECT_EQ(reply.headers.joined("Content-Type"), "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(reply.headers.joined("X-Total-Count"), "5");
}

TEST_F(TableExports, TakeTheSameQuestionsAsRows) {
  const std::string question = "?地域=横浜市&select=年,人口&sort=-年&limit=1";
  EXPECT_EQ(population("/export.csv" + question).body, "年,人口\r\n2024,3772000\r\n");
  EXPECT_EQ(population("/export.tsv" + question).body, "年\t人口\r\n2024\t3772000\r\n");
  EXPECT_EQ(population("/export.json" + question).body, "[{\"年\":2024,\"人口\":3772000}]\n");
  EXPECT_EQ(population("/export.ndjson" + question).body, "{\"年\":2024,\"人口\":3772000}\n");
  EXPECT_EQ(population("/export.json?shape=arrays&limit=1&select=地域").body, "[[\"横浜市\"]]\n");
}

TEST_F(TableExports, TextFormatsHaveTheirTypes) {
  EXPECT_EQ(header("/export.tsv", "Content-Type"), "text/tab-separated-values; charset=utf-8");
  EXPECT_EQ(header("/export.json", "Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(header("/export.ndjson", "Content-Type"), "application/x-ndjson; charset=utf-8");
  EXPECT_EQ(header("/export.geojson", "Content-Type"), "application/geo+json; charset=utf-8");
}

TEST_F(TableExports, GeoJsonPlacesTheRows) {
  const auto whole = json("/api/v1/tables/population-r1/export.geojson?select=地域");
  EXPECT_STREQ(whole["type"].GetString(), "FeatureCollection");
  ASSERT_EQ(whole["features"].Size(), 5U);
  EXPECT_EQ(compact(whole["features"][0]["geometry"]),
            R"({"type":"Point","coordinates":[139.63,35.45]})");
  EXPECT_EQ(compact(whole["features"][0]["properties"]), R"({"地域":"横浜市"})");
  EXPECT_TRUE(whole["features"][4]["geometry"].IsNull());
  publish_shelters(2);
  EXPECT_EQ(problem("/api/v1/tables/shelters-r1/export.geojson"), "400 no-coordinates");
  EXPECT_EQ(problem("/api/v1/tables/shelters-r1/rows.geojson"), "400 no-coordinates");
}

TEST_F(TableExports, SayWhoseTheyAreInTheirHeaders) {
  const std::string link = header("/export.csv", "Link");
  EXPECT_THAT(link, HasSubstr("public_data_license_v1.0>; rel=\"license\""));
  EXPECT_THAT(link, HasSubstr("<https://data.example.jp/api/v1/tables/population-r1>; "
                              "rel=\"describedby\""));
  EXPECT_THAT(header("/export.csv", "Content-Disposition"),
              HasSubstr("filename*=UTF-8''%E4%BA%BA%E5%8F%A3.csv"));
  EXPECT_THAT(header("/export.xlsx", "Content-Disposition"), HasSubstr("%E4%BA%BA%E5%8F%A3.xlsx"));
}

TEST_F(TableExports, WriteWhatExcelReads) {
  EXPECT_EQ(population("/export.csv?bom=true&limit=0").body, "\xEF\xBB\xBF" + std::string(kHeader));
  EXPECT_EQ(population("/export.csv?excel=true&select=地域,人口&年=2024&人口=725000").body,
            "地域,人口\r\n'=相模原市,725000\r\n");
  EXPECT_EQ(population("/export.csv?select=地域&人口=725000").body, "地域\r\n=相模原市\r\n");
}

TEST_F(TableExports, Cp932CountsWhatItLacks) {
  const auto clean = population("/export.csv?encoding=cp932&select=地域&limit=1");
  EXPECT_EQ(clean.body, "\x92\x6E\x88\xE6\r\n\x89\xA1\x95\x6C\x8E\x73\r\n");
  EXPECT_EQ(clean.headers.joined("X-Encoding-Loss"), "0");
  EXPECT_EQ(clean.headers.joined("Content-Type"), "text/csv; charset=Shift_JIS; header=present");
  core::TableSchema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "名前";
  tables_.publish("aed-r1", schema, {{std::string("𠮷野😀")}, {std::string("髙島")}});
  for (const char* door : {"/export.csv", "/rows.csv"}) {
    const auto lossy = get(std::string("/api/v1/tables/aed-r1") + door + "?encoding=cp932");
    EXPECT_EQ(lossy.headers.joined("X-Encoding-Loss"), "2") << door;
    EXPECT_EQ(lossy.body, "\x96\xBC\x91\x4F\r\n\x81\xAC\x96\xEC\x81\xAC\r\n\xFB\xFC\x93\x87\r\n");
  }
  EXPECT_THAT(problem("/api/v1/tables/aed-r1/export.csv?encoding=cp932&bom=true"),
              StartsWith("400 parameter-invalid bom"));
}

TEST_F(TableExports, PagesLeadOnInTheirHeaders) {
  std::string target = "/api/v1/tables/population-r1/rows.csv?limit=2&select=地域&sort=-人口";
  std::string all;
  for (int page = 0; page < 3; ++page) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.headers.joined("X-Total-Count"), "5");
    all += reply.body;
    const std::string link = reply.headers.joined("Link");
    const std::size_t end = link.find(">; rel=\"next\"");
    EXPECT_EQ(end == std::string::npos, page == 2) << link;
    if (end == std::string::npos) break;
    const std::size_t start = link.rfind('<', end);
    const std::string site = "https://data.example.jp";
    target = link.substr(start + 1 + site.size(), end - start - 1 - site.size());
  }
  EXPECT_EQ(all, "地域\r\n横浜市\r\n横浜市\r\n地域\r\n川崎市\r\n=相模原市\r\n地域\r\n箱根町\r\n");
}

TEST_F(TableExports, PagesComeInEveryFormat) {
  EXPECT_EQ(population("/rows.ndjson?limit=1&select=年").body, "{\"年\":2023}\n");
  EXPECT_EQ(population("/rows.tsv?limit=1&select=年").body, "年\r\n2023\r\n");
  EXPECT_THAT(population("/rows.geojson?limit=1").body, StartsWith("{\"type\":"));
  EXPECT_THAT(population("/rows.csv").body, StartsWith(kHeader));
}

TEST_F(TableExports, WorkbooksAreFilesThatLeaveNothingBehind) {
  const auto files = [this] {
    const std::filesystem::directory_iterator entries(spool_.path());
    return std::distance(begin(entries), end(entries));
  };
  for (const char* door : {"/export.xlsx", "/rows.xlsx?limit=2"}) {
    const auto reply = population(door);
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_THAT(reply.body, StartsWith("PK\x03\x04")) << door;
    EXPECT_EQ(reply.headers.joined("Content-Type"),
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(TableExports, WorkbooksOfTheSameRowsAreTheSameBytes) {
  const std::string first = population("/export.xlsx").body;
  const auto second = std::chrono::system_clock::now() + std::chrono::milliseconds(1100);
  std::this_thread::sleep_until(second);  // their times are whole seconds
  EXPECT_EQ(population("/export.xlsx").body == first, true);
}

TEST_F(TableExports, TheirTagNamesVersionQuestionAndForm) {
  const std::string tag = header("/export.csv", "ETag");
  EXPECT_THAT(tag, testing::MatchesRegex("\"[0-9a-f]{32}\""));
  EXPECT_EQ(header("/export.csv", "ETag"), tag);
  EXPECT_NE(header("/export.tsv", "ETag"), tag);
  EXPECT_NE(header("/export.csv?年=2024", "ETag"), tag);
  EXPECT_NE(population("/export.csv", "en").headers.joined("ETag"), tag);
  tables_.publish_population();
  EXPECT_NE(header("/export.csv", "ETag"), tag);
  EXPECT_THAT(header("/export.csv", "Cache-Control"), Not(HasSubstr("immutable")));
  EXPECT_THAT(header("/export.csv?version=1", "Cache-Control"), HasSubstr("immutable"));
}

TEST_F(TableExports, AreWholeWhateverTheirSize) {
  publish_shelters(20'000);
  const auto reply = get("/api/v1/tables/shelters-r1/export.csv?select=番号");
  EXPECT_EQ(std::count(reply.body.begin(), reply.body.end(), '\n'), 20'001);
  EXPECT_TRUE(reply.body.ends_with("\r\n20000\r\n"));
}

TEST_F(TableExports, RefuseWhatOnlyPagesHave) {
  EXPECT_THAT(problem("/api/v1/tables/population-r1/export.csv?count=exact"),
              StartsWith("400 unknown-parameter count"));
  EXPECT_THAT(problem("/api/v1/tables/population-r1/export.csv?地城=1"),
              StartsWith("400 unknown-parameter"));
  EXPECT_EQ(population("/export.pdf").status, 404);
}

}  // namespace
}  // namespace minato::http
