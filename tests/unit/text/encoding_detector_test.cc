#include "text/encoding_detector.h"

#include <gtest/gtest.h>

#include <string>

namespace minato::text {
namespace {

using namespace std::string_view_literals;

DetectedEncoding detected(std::string_view bytes, std::size_t chunk = 1'000'000) {
  EncodingDetector detector;
  for (std::size_t at = 0; at < bytes.size(); at += chunk) detector.feed(bytes.substr(at, chunk));
  return detector.result();
}

std::string name(std::string_view bytes) {
  const Encoding whole = detected(bytes).encoding;
  EXPECT_EQ(detected(bytes, 1).encoding, whole) << "byte by byte";
  EXPECT_EQ(detected(bytes, 3).encoding, whole) << "three bytes at a time";
  return std::string(encoding_name(whole));
}

std::string times(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

std::string cp932(std::string_view utf8) {
  std::string bytes;
  encode_cp932(utf8, bytes);
  return bytes;
}

TEST(EncodingDetector, TakesNothingAndAsciiForUtf8) {
  EXPECT_EQ(name(""), "utf-8");
  EXPECT_EQ(name("id,name\n1,park\n"), "utf-8");
  EXPECT_FALSE(detected("id\n").damaged);
}

TEST(EncodingDetector, BelievesByteOrderMarks) {
  EXPECT_TRUE(detected("\xEF\xBB\xBFid").bom);
  EXPECT_EQ(name("\xFF\xFE\x6C\x51"), "utf-16le");
  EXPECT_EQ(name("\xFE\xFF\x51\x6C"), "utf-16be");
}

TEST(EncodingDetector, SeesUtf16WithoutAMark) {
  EXPECT_EQ(
      name("\x0D\x54\xF0\x79\t\0\x4F\x4F\x40\x62\r\0\n\0\x6C\x51\x12\x57\t\0\x31\0\r\0\n\0"sv),
      "utf-16le");
  EXPECT_EQ(name("\0i\0d\0,\0n\0\n\0\x31\0,\x51\x6C\0\n"sv), "utf-16be");
}

TEST(EncodingDetector, DoesNotTakeStrayNulsForUtf16) {
  EXPECT_EQ(name("id,name\0\0,\n1,park\0,\n2,hall,\n"sv), "utf-8");
}

TEST(EncodingDetector, SeesIso2022JpByItsEscapes) {
  EXPECT_EQ(name("id,\x1B$B8x1`\x1B(B\n"), "iso-2022-jp");
}

TEST(EncodingDetector, TellsShortCp932) {
  EXPECT_EQ(name(cp932("名称\n")), "cp932");
  EXPECT_EQ(name(cp932("市,人口\n横浜市,1\n")), "cp932");
  EXPECT_EQ(name(cp932("髙﨑①㈱")), "cp932");
}

TEST(EncodingDetector, TellsHalfWidthKanaFromEucJp) {
  EXPECT_EQ(name(cp932("ﾃｽﾄ,1\n")), "cp932");
  EXPECT_EQ(name(cp932("ﾖｺﾊﾏｼ,ﾅｶｸ,ﾔﾏｼﾀﾁｮｳ\n")), "cp932");
  EXPECT_EQ(name(cp932("ｶﾅ,ﾊﾟﾅﾏ\nｱｵﾊﾞｸ,ｺｳﾎｸｸ\n")), "cp932");
}

TEST(EncodingDetector, TellsEucJp) {
  EXPECT_EQ(name("\xBB\xDC\xC0\xDF\xCC\xBE,\xBD\xBB\xBD\xEA\n"), "euc-jp");  // 施設名,住所
  EXPECT_EQ(name("\xB2\xA3\xC9\xCD\xBB\xD4\n"), "euc-jp");                   // 横浜市
  EXPECT_EQ(name("\xA4\xB3\xA4\xA6\xA4\xA8\xA4\xF3,1\n"), "euc-jp");         // こうえん
  EXPECT_EQ(name("\xC5\xEC\xB5\xFE\n"), "euc-jp");                           // 東京
}

TEST(EncodingDetector, StaysWithUtf8WhenAFewBytesAreBad) {
  const std::string good = times("横浜市中区山下町,公園\n", 500);
  const auto found = detected(good + "\x8C\xF6\x89\x80\n" + good);
  EXPECT_EQ(found.encoding, Encoding::kUtf8);
  EXPECT_TRUE(found.damaged);
  EXPECT_EQ(name(good + "\xFF\x80"), "utf-8");
  EXPECT_EQ(name(good.substr(0, good.size() - 3)), "utf-8");
}

TEST(EncodingDetector, StaysWithCp932WhenAFewBytesAreBad) {
  const std::string good = times(cp932("横浜市中区山下町,こうえん\n"), 500);
  EXPECT_EQ(name(good + "\xFF\x80,\x8C\n" + good), "cp932");
  EXPECT_TRUE(detected(good + "\xFF" + good).damaged);
  EXPECT_FALSE(detected(good).damaged);
}

TEST(EncodingDetector, DecidesOverTheWholeStream) {
  EXPECT_EQ(name(times("id,park\n", 2000) + cp932("横浜市\n")), "cp932");
}

TEST(EncodingDetector, RepairsMisreadCp932) {
  // 地方公共団体コード as CP932, read as Latin-1.
  const auto found = detected(
      "\u0092n\u0095û\u008Cö\u008B¤\u0092c\u0091Ì\u0083R\u0081[\u0083h,ID\n1,"
      "\u008Cö\u0089\u0080\n");
  EXPECT_TRUE(found.repaired);
  EXPECT_EQ(found.encoding, Encoding::kUtf8);
  EXPECT_EQ(found.original, Encoding::kCp932);
}

TEST(EncodingDetector, RepairsMisreadUtf8) {
  const auto found = detected("å\u0085¬å\u009C\u0092,1\n");  // 公園
  EXPECT_TRUE(found.repaired);
  EXPECT_EQ(found.original, Encoding::kUtf8);
}

TEST(EncodingDetector, LeavesLatinTextAlone) {
  EXPECT_FALSE(detected("Café,Müller,été,Ærø,ÿ\n").repaired);
  EXPECT_FALSE(detected("don’t,it’s,“Cafe”,1–2,€5,Zoë’s\n").repaired);
  EXPECT_FALSE(detected("25°C,±3,½,©\n").repaired);
}

TEST(EncodingDetector, NamesBinaryBytes) {
  EXPECT_TRUE(detected(times("\x01\x02\x03\x10\x11\x7F", 20)).binary);
  EXPECT_FALSE(detected("a,b\n\x1A").binary);
}

}  // namespace
}  // namespace minato::text
