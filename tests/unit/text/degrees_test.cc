#include "text/degrees.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace minato::text {
namespace {

TEST(Degrees, AreReadWithMinutesAndSeconds) {
  for (const std::string_view text :
       {"35°22′34.3″", "35度22分34.3秒", "北緯35度22分34.3秒", "35°22'34.3\"", "N35°22'34.3\"",
        "35°22'34.3\"N", "３５°２２′３４．３″", "35 ° 22 ′ 34.3 ″", "35º22’34.3”", "35°22′34.3",
        "35°22'34.3''"}) {
    const auto degrees = read_degrees(text);
    ASSERT_TRUE(degrees) << text;
    EXPECT_DOUBLE_EQ(*degrees, 35.3761944) << text;
  }
  EXPECT_DOUBLE_EQ(read_degrees("東経139度30分").value_or(0), 139.5);
  EXPECT_DOUBLE_EQ(read_degrees("139°").value_or(0), 139);
  EXPECT_DOUBLE_EQ(read_degrees("35°30″").value_or(0), 35.0083333);
}

TEST(Degrees, DecimalsMayHaveAMarkADirectionOrACommaLeftBehind) {
  EXPECT_EQ(read_degrees("35.376195°"), 35.376195);
  EXPECT_EQ(read_degrees("北緯35.376195"), 35.376195);
  EXPECT_EQ(read_degrees("35.376195度"), 35.376195);
  EXPECT_EQ(read_degrees("139.508507E"), 139.508507);
  EXPECT_EQ(read_degrees("36.920616416202535,"), 36.920616416202535);
}

TEST(Degrees, SouthAndWestAreNegative) {
  EXPECT_EQ(read_degrees("南緯33.5度"), -33.5);
  EXPECT_EQ(read_degrees("西経70度30分"), -70.5);
  EXPECT_EQ(read_degrees("70.5W"), -70.5);
}

TEST(Degrees, WhatIsNoneIsRefused) {
  for (const std::string& text : std::vector<std::string>{
           "", "35.376195", "35", "35°60′", "35°22′61″", "°", "北緯", "35°22′34.3″西口", "約35度",
           "35,22,34", "35.1.2°", "200°", "22′34″", "N", ",", std::string(200, '3') + "°",
           "35-22-34", "15分", "\xFF°"}) {
    EXPECT_FALSE(read_degrees(text)) << text;
  }
}

}  // namespace
}  // namespace minato::text
