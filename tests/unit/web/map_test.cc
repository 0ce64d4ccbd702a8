// The map of a table on its page, and the list beside it.
#include <gmock/gmock.h>

#include <regex>

#include "markup.h"
#include "support/program_fixture.h"
#include "web/table/map_names.h"
#include "web/table/map_view.h"

namespace minato::web {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kPage = "/dataset/population/resource/population-r1?view=map";

class MapPage : public ProgramTest {
 protected:
  std::string get(const std::string& target) {
    const auto reply = support::call_route(table_, {"GET", target, {}, ""});
    EXPECT_EQ(reply.status, 200) << target << "\n" << reply.body.substr(0, 500);
    return reply.body;
  }
  static std::string attribute(const std::string& page, const std::string& name) {
    std::smatch found;
    if (!std::regex_search(page, found, std::regex(" " + name + "=\"([^\"]*)\""))) return "";
    return std::regex_replace(std::string(found[1]), std::regex("&amp;"), "&");
  }
};

TEST_F(MapPage, LoadsLeafletOnTheMapAndNowhereElse) {
  EXPECT_THAT(get(kPage), HasSubstr("/map.js"));
  EXPECT_THAT(get(kPage), HasSubstr("/leaflet.css"));
  for (const char* page : {"/dataset/population/resource/population-r1",
                           "/dataset/population/resource/population-r1?view=chart"}) {
    EXPECT_THAT(get(page), Not(HasSubstr("map.js"))) << page;
    EXPECT_THAT(get(page), Not(HasSubstr("leaflet"))) << page;
  }
}

TEST_F(MapPage, AsksTheApiForTheRowsOfItsFilter) {
  const std::string page = get(kPage + "&%E5%B9%B4=2024");
  const std::string rows = attribute(page, "data-rows");
  ASSERT_THAT(rows, ::testing::StartsWith("/api/v1/tables/population-r1/rows.geojson?"));
  const std::string places = get(rows);
  EXPECT_THAT(places, HasSubstr("箱根町"));
  EXPECT_THAT(places, Not(HasSubstr("川崎市")));
}

TEST_F(MapPage, ListsTheSameRowsWithNamesAndCoordinates) {
  const std::string page = get(kPage + "&%E5%B9%B4=2024");
  EXPECT_THAT(page, HasSubstr(">箱根町</a>"));
  EXPECT_THAT(page, HasSubstr("35.23, 139.11"));
  EXPECT_THAT(page, HasSubstr("座標なし"));
  EXPECT_THAT(page, Not(HasSubstr(">川崎市</a>")));
  EXPECT_THAT(page, Not(HasSubstr("geo:")));
}

TEST_F(MapPage, EachNameLeadsToItsRow) {
  const std::string page = get(kPage + "&%E5%B9%B4=2024");
  std::smatch link;
  ASSERT_TRUE(std::regex_search(page, link,
                                std::regex("<th scope=\"row\"><a href=\"([^\"]*)\"[^>]*>箱根町")));
  const std::string row = get(std::regex_replace(std::string(link[1]), std::regex("&amp;"), "&"));
  EXPECT_THAT(row, HasSubstr("箱根町"));
  EXPECT_THAT(row, Not(HasSubstr("1,541,000")));
}

TEST_F(MapPage, TheLinkOfAnAreaReplacesTheAreaBefore) {
  const std::string page = get(kPage + "&bbox=139,35,140,36&%E5%B9%B4=2023");
  std::smatch link;
  ASSERT_TRUE(std::regex_search(page, link, std::regex("id=\"map-area\" href=\"([^\"]*)\"")));
  EXPECT_THAT(std::string(link[1]), HasSubstr("bbox=AREA"));
  EXPECT_THAT(std::string(link[1]), Not(HasSubstr("139")));
  EXPECT_THAT(std::string(link[1]), HasSubstr("2023"));
}

TEST_F(MapPage, APageTooFarAwaySaysSo) {
  const std::string page = get(kPage + "&page=99999999");
  EXPECT_THAT(page, HasSubstr("そのページは遠すぎて"));
  EXPECT_THAT(page, Not(HasSubstr("data-rows")));
}

TEST_F(MapPage, LoadsNothingFromElsewhere) {
  const auto reply = support::call_route(table_, {"GET", kPage, {}, ""});
  EXPECT_THAT(*reply.headers.find("Content-Security-Policy"), HasSubstr("img-src 'self';"));
  const Markup markup = read_markup(reply.body);
  EXPECT_THAT(markup.faults, IsEmpty());
  EXPECT_THAT(markup.values("style"), IsEmpty());
}

TEST_F(MapPage, ATableWithoutCoordinatesHasNone) {
  core::TableSchema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "名称";
  tables_.publish("population-r1", schema, {{std::string("横浜市")}});
  const std::string page = get(kPage);
  EXPECT_THAT(page, Not(HasSubstr("map.js")));
  EXPECT_THAT(page, Not(HasSubstr("map-list")));
}

TEST_F(MapPage, HostileCellsStayText) {
  core::TableSchema schema;
  schema.columns.resize(3);
  schema.columns[0].name = "名称<script>";
  schema.columns[1].name = "緯度";
  schema.columns[1].type = core::ColumnType::kNumber;
  schema.columns[1].role = core::ColumnRole::kLatitude;
  schema.columns[2].name = "経度";
  schema.columns[2].type = core::ColumnType::kNumber;
  schema.columns[2].role = core::ColumnRole::kLongitude;
  tables_.publish("population-r1", schema,
                  {{std::string("<script>alert(1)</script>\"{{t.x}}"), 35.4, 139.6},
                   {std::string(10'000, 'x'), 35.5, 139.7}});
  const std::string page = get(kPage);
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(read_markup(page).faults, IsEmpty());
}

TEST(MapTiles, TheirOriginIsWhatAPolicyNames) {
  EXPECT_EQ(tile_origin("https://tiles.example.jp/{z}/{x}/{y}.png"), "https://tiles.example.jp");
  EXPECT_EQ(tile_origin("https://{s}.tiles.example.jp:8443/{z}/{x}/{y}.png"),
            "https://*.tiles.example.jp:8443");
  EXPECT_EQ(tile_origin("/tiles/{z}/{x}/{y}.png"), "");
  EXPECT_EQ(tile_origin(""), "");
  EXPECT_EQ(tile_origin("https://a.example; script-src *"), "");
}

core::TableSchema with_columns(const std::vector<std::string>& names) {
  core::TableSchema schema;
  schema.rows = 10;
  for (const std::string& name : names) {
    core::TableColumn column;
    column.name = name;
    column.statistics.distinct = 10;
    schema.columns.push_back(column);
  }
  return schema;
}

TEST(MapNames, TheNameOfThePlaceIsNotThatOfItsTown) {
  EXPECT_EQ(place_names(with_columns({"市区町村名", "NO", "名称_カナ", "名称", "住所"})), 3U);
  EXPECT_EQ(place_names(with_columns({"団体名", "施設名", "所在地"})), 1U);
  core::TableSchema plain = with_columns({"種別", "公園"});
  plain.columns[0].statistics.distinct = 3;
  EXPECT_EQ(place_names(plain), 1U);
  EXPECT_EQ(place_names(core::TableSchema{}), std::nullopt);
}

}  // namespace
}  // namespace minato::web
