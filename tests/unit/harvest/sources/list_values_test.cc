#include "harvest/sources/list_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harvest/sources/list_columns.h"

namespace minato::harvest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ListColumns, KnowsBothFormsInEverySpelling) {
  EXPECT_EQ(list_field_of("データセット_タイトル"), ListField::kTitle);
  EXPECT_EQ(list_field_of("\xEF\xBB\xBFﾃﾞｰﾀｾｯﾄ＿ﾀｲﾄﾙ"), ListField::kTitle);
  EXPECT_EQ(list_field_of("デ―タセット タイトル"), ListField::kTitle);
  EXPECT_EQ(list_field_of("データ名称"), ListField::kTitle);
  EXPECT_EQ(list_field_of("データセット_連絡先備考(その他,SNSなど)"), ListField::kContactNote);
  EXPECT_EQ(list_field_of("ＡＰＩ対応有無"), ListField::kApi);
  EXPECT_EQ(list_field_of("No."), ListField::kNumber);
  EXPECT_EQ(list_field_of("オープンデータ一覧_ファイル_ダウンロードURL"), ListField::kDownloadUrl);
  EXPECT_EQ(list_field_of("URL2"), ListField::kUrl);
  EXPECT_EQ(list_field_of("担当者の好きな色"), ListField::kOther);
  EXPECT_EQ(list_field_of(""), ListField::kOther);
}

TEST(ListValues, SplitAtEveryMarkInUse) {
  EXPECT_THAT(split_values("防災;避難所；防災、 防災 , 地図"),
              ElementsAre("防災", "避難所", "地図"));
  EXPECT_THAT(split_values("国土・気象"), ElementsAre("国土・気象"));
  EXPECT_THAT(split_values(" ;; "), IsEmpty());
}

TEST(ListValues, FormatsStayWordsAndKnownOnesWhole) {
  EXPECT_THAT(split_formats("CSV;XLSX"), ElementsAre("CSV", "XLSX"));
  EXPECT_THAT(split_formats("CSV、PDF"), ElementsAre("CSV", "PDF"));
  EXPECT_THAT(split_formats("ＣＳＶ・エクセル及びPDF"), ElementsAre("ＣＳＶ", "エクセル", "PDF"));
  EXPECT_THAT(split_formats("text/csv, RDF/XML"), ElementsAre("text/csv", "RDF/XML"));
  EXPECT_THAT(split_formats("csv/xlsx"), ElementsAre("csv", "xlsx"));
}

TEST(ListValues, UrlsAreFoundHoweverTheyAreSeparated) {
  const char* base = "https://town.example/opendata/list.csv";
  EXPECT_THAT(
      split_urls("https://a.example/x.csv;https://a.example/y.csv\nhttp://b.example/", base),
      ElementsAre("https://a.example/x.csv", "https://a.example/y.csv", "http://b.example/"));
  EXPECT_THAT(split_urls("人口：https://a.example/x.csv、地図 https://a.example/y.csv。", base),
              ElementsAre("https://a.example/x.csv", "https://a.example/y.csv"));
  EXPECT_THAT(split_urls("https://a.example/go?to=http://b.example/z", base),
              ElementsAre("https://a.example/go?to=http://b.example/z"));
  EXPECT_THAT(split_urls("./aed.csv", base), ElementsAre("https://town.example/opendata/aed.csv"));
  EXPECT_THAT(split_urls("準備中", base), IsEmpty());
}

TEST(ListValues, FilesAreToldFromPages) {
  EXPECT_EQ(data_format_of("https://a.example/x.CSV?v=2"), "CSV");
  EXPECT_EQ(data_format_of("https://a.example/get.jsp?param=14205_food.csv"), "CSV");
  EXPECT_EQ(data_format_of("https://a.example/page.html"), "");
  EXPECT_EQ(data_format_of("https://a.example/opendata/"), "");
  EXPECT_EQ(data_format_of("https://a.example/page.php?id=12"), "");
}

TEST(ListValues, DatesBecomeIso) {
  EXPECT_EQ(iso_date("2024-04-01"), "2024-04-01");
  EXPECT_EQ(iso_date("2024/4/1 0:00:00"), "2024-04-01");
  EXPECT_EQ(iso_date("令和6年4月1日現在"), "2024-04-01");
  EXPECT_EQ(iso_date("20240401"), "2024-04-01");
  EXPECT_EQ(iso_date("45383"), "2024-04-01");
  EXPECT_EQ(iso_date("２０２４年４月"), "2024-04");
  EXPECT_EQ(iso_date("2024-04"), "2024-04");
  EXPECT_EQ(iso_date("令和6年"), "2024");
  EXPECT_EQ(iso_date("毎年4月"), "");
  EXPECT_EQ(iso_date("2024-02-30"), "");
  EXPECT_EQ(core::to_rfc3339(*first_moment("2024-04")), "2024-04-01T00:00:00Z");
  EXPECT_FALSE(first_moment(""));
}

TEST(ListValues, PeriodsAreReadFromBothNotations) {
  EXPECT_EQ(read_period("2020-04-01/2021-03-31"), (core::Period{"2020-04-01", "2021-03-31"}));
  EXPECT_EQ(read_period("2020年4月1日～2021年3月31日"), (core::Period{"2020-04-01", "2021-03-31"}));
  EXPECT_EQ(read_period("2020/4/1〜"), (core::Period{"2020-04-01", ""}));
  EXPECT_EQ(read_period("令和2年度"), (core::Period{"2020-04-01", "2021-03-31"}));
  EXPECT_FALSE(read_period("随時"));
  EXPECT_FALSE(read_period(""));
}

TEST(ListValues, SizesAreBytes) {
  EXPECT_EQ(read_size("12,345"), 12'345);
  EXPECT_EQ(read_size("1.5MB"), 1'572'864);
  EXPECT_EQ(read_size("３ キロバイト"), 3'072);
  EXPECT_FALSE(read_size("約3MB"));
  EXPECT_FALSE(read_size(""));
}

TEST(ListValues, RunningNumbersAreNoIds) {
  EXPECT_TRUE(is_running_number("1"));
  EXPECT_TRUE(is_running_number("００１２"));
  EXPECT_FALSE(is_running_number("0000000001"));
  EXPECT_FALSE(is_running_number("A-1"));
  EXPECT_FALSE(is_running_number(""));
}

}  // namespace
}  // namespace minato::harvest
