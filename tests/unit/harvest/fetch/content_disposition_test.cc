#include "harvest/fetch/content_disposition.h"

#include <gtest/gtest.h>

#include "text/encoding.h"

namespace minato::harvest {
namespace {

TEST(ContentDisposition, ReadsThePlainForm) {
  EXPECT_EQ(file_name_of("attachment; filename=data.csv"), "data.csv");
  EXPECT_EQ(file_name_of("attachment; FileName = \"a b.csv\""), "a b.csv");
  EXPECT_EQ(file_name_of("attachment; filename=\"a\\\"b;c.csv\"; size=3"), "a\"b;c.csv");
  EXPECT_EQ(file_name_of("inline"), "");
  EXPECT_EQ(file_name_of(""), "");
  EXPECT_EQ(file_name_of("attachment; filename="), "");
}

TEST(ContentDisposition, PrefersTheExtendedForm) {
  EXPECT_EQ(file_name_of("attachment; filename=\"x.csv\"; filename*=UTF-8''%E4%BA%BA%E5%8F%A3.csv"),
            "人口.csv");
  EXPECT_EQ(file_name_of("attachment; filename*=Shift_JIS'ja'%90l%8C%FB.csv"), "人口.csv");
  EXPECT_EQ(file_name_of("attachment; filename*=broken; filename=x.csv"), "x.csv");
  EXPECT_EQ(file_name_of("attachment; filename*=UTF-8''%E4%B; filename=x.csv"), "x.csv");
}

TEST(ContentDisposition, ReadsRawJapaneseBytes) {
  EXPECT_EQ(file_name_of("attachment; filename=\"人口.csv\""), "人口.csv");
  std::string cp932;
  text::encode_cp932("attachment; filename=\"申請表一覧.csv\"", cp932);  // 表 ends in a backslash
  EXPECT_EQ(file_name_of(cp932), "申請表一覧.csv");
}

TEST(ContentDisposition, ReadsPercentEscapesWhereTheyDoNotBelong) {
  EXPECT_EQ(file_name_of("attachment; filename=\"%E4%BA%BA%E5%8F%A3.csv\""), "人口.csv");
  EXPECT_EQ(file_name_of("attachment; filename=\"100%25.csv\""), "100%25.csv");
}

TEST(ContentDisposition, KeepsNoPathAndNoControlCharacters) {
  EXPECT_EQ(file_name_of("attachment; filename=\"../../etc/passwd\""), "passwd");
  EXPECT_EQ(file_name_of("attachment; filename*=UTF-8''..%2F..%2Fx%00y%0A.csv"), "xy.csv");
  EXPECT_EQ(file_name_of("attachment; filename=\"..\""), "");
  EXPECT_EQ(file_name_of("attachment; filename=\"C:\\\\temp\\\\a.csv\""), "a.csv");
  EXPECT_LE(file_name_of("attachment; filename=" + std::string(5'000, 'a')).size(), 255U);
}

TEST(ContentDisposition, EndsOnBrokenInput) {
  for (const char* text : {";", ";;;;", "=", "a=\"", "a=\"\\", "; filename=\"x", "filename*='"}) {
    EXPECT_LE(file_name_of(text).size(), 1U) << text;
  }
}

}  // namespace
}  // namespace minato::harvest
