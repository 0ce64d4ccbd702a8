#include "text/idna.h"

#include <gtest/gtest.h>

namespace minato::text {
namespace {

TEST(Idna, EncodesJapaneseHostNames) {
  EXPECT_EQ(to_ascii_host("日本語.jp"), "xn--wgv71a119e.jp");
  EXPECT_EQ(to_ascii_host("オープンデータ．日本語.ＪＰ"), "xn--kckzbxa7d6g2bd.xn--wgv71a119e.jp");
}

TEST(Idna, LeavesAsciiNamesAlone) {
  EXPECT_EQ(to_ascii_host("WWW.City.Example.jp"), "www.city.example.jp");
  EXPECT_EQ(to_ascii_host("open_data.example.jp"), "open_data.example.jp");
  EXPECT_EQ(to_ascii_host("[::1]"), "[::1]");
}

TEST(Idna, RefusesWhatNoHostIsCalled) {
  EXPECT_FALSE(to_ascii_host("あ..jp"));
  EXPECT_FALSE(to_ascii_host("-あ.jp"));
  EXPECT_FALSE(to_ascii_host(std::string(100, 'a') + "あ.jp"));
}

}  // namespace
}  // namespace minato::text
