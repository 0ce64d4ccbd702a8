#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "list_source_run.h"
#include "support/workbook_builder.h"
#include "text/encoding.h"

namespace minato::harvest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::string_view kNewForm =
    "\xEF\xBB\xBF全国地方公共団体コード,地方公共団体名,データセット_ID,データセット_タイトル,"
    "データセット_概要,データセット_キーワード,データセット_分類,データセット_公開日,"
    "データセット_最終更新日,データセット_URL,データセット_更新頻度,データセット_対象地域,"
    "データセット_対象期間,データセット_作成者,データセット_連絡先名称,"
    "データセット_連絡先メールアドレス,データセット_準拠する標準,データセット_備考,ファイル_ID,"
    "ファイル_タイトル,ファイル_アクセスURL,ファイル_ダウンロードURL,ファイル_説明,ファイル_形式,"
    "ファイル_ライセンス,ファイル_サイズ,ファイル_最終更新日,庁内メモ\r\n"
    "143821,箱根町,aed,AED設置箇所,町内のAED,AED;防災,司法・安全・環境;社会保障・衛生,2020-04-01,"
    "令和6年4月1日,https://town.example/aed/,毎年,143821,2024-04-01/2025-03-31,防災課,防災課,"
    "bousai@town.example,推奨データセット,紙でも配布,1,AED一覧,https://town.example/aed/list.html,"
    "https://town.example/files/R6_aed.csv,UTF-8,CSV,CC BY 4.0,\"1,234\",2024/4/1,部内\r\n"
    "143821,箱根町,,,,,,,,,,,,,,,,,2,AED地図,,https://town.example/files/aed.pdf,,PDF,PDL1.0,,,\r\n"
    "143821,箱根町,toilet,公衆トイレ,,,,,2024-05-01,https://town.example/toilet/,随時,,,,,,,,3,"
    "公衆トイレ,,https://town.example/files/toilet.xlsx,,XLSX,CC BY 4.0,,,\r\n";

TEST(ListSource, ReadsTheNewFormWithItsFiles) {
  ListRun run{std::string(kNewForm)};
  ASSERT_TRUE(run.result) << run.result.error().message.en;
  EXPECT_THAT(run.sink.faults, IsEmpty());
  EXPECT_THAT(run.ids(), ElementsAre("aed", "toilet"));
  EXPECT_EQ(run.sink.records[0].remote_modified, "2024-04-01");
  EXPECT_EQ(run.sink.records[0].url, "https://town.example/aed/");

  const core::Dataset aed = run.dataset(0);
  EXPECT_EQ(aed.name, "aed");
  EXPECT_EQ(aed.title, "AED設置箇所");
  EXPECT_EQ(aed.notes, "町内のAED");
  EXPECT_EQ(aed.url, "https://town.example/aed/");
  EXPECT_EQ(aed.frequency, "毎年");
  EXPECT_EQ(aed.license_id, "CC BY 4.0");
  EXPECT_EQ(aed.author, "防災課");
  EXPECT_EQ(aed.contact.name, "防災課");
  EXPECT_EQ(aed.contact.email, "bousai@town.example");
  EXPECT_THAT(aed.themes, ElementsAre("司法・安全・環境", "社会保障・衛生"));
  ASSERT_THAT(aed.tags, SizeIs(2));
  EXPECT_EQ(aed.tags[1].name, "防災");
  EXPECT_THAT(aed.spatial, ElementsAre("143821"));
  EXPECT_EQ(aed.temporal.end, "2025-03-31");
  EXPECT_EQ(core::to_rfc3339(aed.modified), "2024-04-01T00:00:00Z");
  EXPECT_EQ(extra(aed.extras, "issued"), "2020-04-01");
  EXPECT_EQ(extra(aed.extras, "conforms_to"), "推奨データセット");
  EXPECT_EQ(extra(aed.extras, "remarks"), "紙でも配布");
  EXPECT_EQ(extra(aed.extras, "庁内メモ"), "部内");

  ASSERT_THAT(aed.resources, SizeIs(2));
  const core::Resource& csv = aed.resources[0];
  EXPECT_EQ(csv.id, "id:1");
  EXPECT_EQ(csv.name, "AED一覧");
  EXPECT_EQ(csv.url, "https://town.example/files/R6_aed.csv");
  EXPECT_EQ(csv.format, "CSV");
  EXPECT_EQ(csv.license_id, "");
  EXPECT_EQ(csv.size, 1'234);
  EXPECT_EQ(core::to_rfc3339(*csv.last_modified), "2024-04-01T00:00:00Z");
  EXPECT_EQ(extra(csv.extras, "access_url"), "https://town.example/aed/list.html");
  EXPECT_EQ(aed.resources[1].name, "AED地図");
  EXPECT_EQ(aed.resources[1].license_id, "PDL1.0");
}

TEST(ListSource, ReadsTheOldFormInCp932BelowATitle) {
  std::string bytes;
  text::encode_cp932(
      "箱根町オープンデータ一覧,,,,,,,,,,\r\n,,,,,,,,,,\r\n"
      "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,データ名称,データ概要,データ形式,"
      "分類,更新頻度,URL,API対応有無,ライセンス,登録日,最終更新日,備考\r\n"
      "143821,1,神奈川県,箱根町,AED設置箇所一覧,概要①,CSV、PDF,司法・安全・環境,年1回,"
      "https://town.example/aed.html,無,CC BY 2.1 JP,2020/4/1,2024/4/1,\r\n"
      "143821,2,神奈川県,箱根町,人口,,CSV;XLSX,人口・世帯,毎月,"
      "https://town.example/jinko.csv;https://town.example/jinko.xlsx,無,CC BY 2.1 "
      "JP,,2024/5/1,\r\n",
      bytes);
  ListRun run(bytes);
  ASSERT_TRUE(run.result) << run.result.error().message.en;
  ASSERT_THAT(run.sink.records, SizeIs(2));
  // NO counts the rows, so the addresses identify.
  EXPECT_THAT(run.ids(),
              ElementsAre("https://town.example/aed.html", "https://town.example/jinko.csv"));
  const core::Dataset aed = run.dataset(0);
  EXPECT_EQ(aed.name, "");
  EXPECT_EQ(aed.title, "AED設置箇所一覧");
  EXPECT_EQ(aed.notes, "概要①");
  EXPECT_EQ(aed.license_id, "CC BY 2.1 JP");
  EXPECT_EQ(aed.url, "https://town.example/aed.html");
  EXPECT_EQ(extra(aed.extras, "api_available"), "無");
  EXPECT_EQ(extra(aed.extras, "issued"), "2020-04-01");
  // A page is no file: one resource without rows, with the words about formats kept.
  ASSERT_THAT(aed.resources, SizeIs(1));
  EXPECT_EQ(aed.resources[0].url, aed.url);
  EXPECT_EQ(aed.resources[0].format, "HTML");
  EXPECT_EQ(extra(aed.resources[0].extras, "raw_format"), "CSV、PDF");

  const core::Dataset population = run.dataset(1);
  EXPECT_EQ(population.url, "");
  ASSERT_THAT(population.resources, SizeIs(2));
  EXPECT_EQ(population.resources[0].format, "CSV");
  EXPECT_EQ(population.resources[0].name, "jinko.csv");
  EXPECT_EQ(population.resources[1].format, "XLSX");
}

TEST(ListSource, NumbersThatRepeatDoNotMergeDatasets) {
  ListRun run{
      "NO,データ名称,データ形式,URL,最終更新日\r\n"
      "A01,人口,CSV,https://town.example/a.csv,2024-04-01\r\n"
      "A01,世帯,CSV,https://town.example/b.csv,2024-04-01\r\n"
      "A02,人口,XLSX,https://town.example/a.xlsx,2024-04-01\r\n"
      "A03,地図,PDF,https://town.example/c.pdf,2024-04-01\r\n"
      "A03,地図,SHP,https://town.example/c.zip,2024-04-01\r\n"};
  ASSERT_TRUE(run.result);
  EXPECT_THAT(run.ids(), ElementsAre("https://town.example/a.csv", "https://town.example/b.csv",
                                     "A02", "A03"));
  EXPECT_THAT(run.dataset(3).resources, SizeIs(2));
}

TEST(ListSource, DatasetsOnOnePageAreToldByTheirTitles) {
  const std::string head = "データ名称,URL,データ形式\r\n";
  const std::string aed = "AED,https://town.example/opendata/,CSV\r\n";
  ListRun first{head + aed + "公園,https://town.example/opendata/,CSV\r\n"};
  ListRun second{head + "公園,https://town.example/opendata/,CSV\r\n" + aed};
  ASSERT_TRUE(first.result);
  ASSERT_THAT(first.ids(), SizeIs(2));
  EXPECT_THAT(first.ids()[0], StartsWith("title:"));
  EXPECT_EQ(first.ids()[0], second.ids()[1]);
  EXPECT_EQ(first.ids()[1], second.ids()[0]);
}

TEST(ListSource, TheSameListGivesTheSameContent) {
  ListRun first{std::string(kNewForm)};
  ListRun second{std::string(kNewForm)};
  ASSERT_THAT(first.sink.records, SizeIs(2));
  EXPECT_EQ(first.sink.records[0].content, second.sink.records[0].content);
  EXPECT_NE(first.sink.records[0].content, first.sink.records[1].content);
}

TEST(ListSource, ABadRowIsOneFaultWithItsNumber) {
  ListRun run{
      "NO,データ名称,データ形式,URL,最終更新日\r\n"
      "1,AED,CSV,https://town.example/aed.csv,2024-04-01\r\n"
      "2,,CSV,,2024-04-01\r\n"
      "3,公園,CSV,準備中,2024-04-01\r\n"
      "4,人口,CSV,https://town.example/jinko.csv,2024-04-01\r\n"};
  ASSERT_TRUE(run.result);
  ASSERT_THAT(run.sink.records, SizeIs(3));
  ASSERT_THAT(run.sink.faults, SizeIs(2));
  EXPECT_EQ(run.sink.faults[0].record, "row 3");
  EXPECT_EQ(run.sink.faults[0].error.id, "harvest-list-url");
  EXPECT_THAT(run.sink.faults[0].error.message.ja, HasSubstr("3 行目"));
  EXPECT_THAT(run.sink.faults[0].error.message.ja, HasSubstr("準備中"));
  EXPECT_EQ(run.sink.faults[1].record, "row 2");
  EXPECT_EQ(run.sink.faults[1].error.id, "harvest-list-title");
  EXPECT_TRUE(run.sink.faults[1].whole);
  EXPECT_THAT(run.dataset(1).resources, IsEmpty());
}

TEST(ListSource, ADatasetThatLostItsTitleIsStillListed) {
  const std::string head = "データセット_ID,データセット_タイトル,ファイル_ダウンロードURL\r\n";
  const std::string good = "aed,AED,https://town.example/aed.csv\r\n";
  ListRun run{head + good + "park,,https://town.example/park.csv\r\n"};
  ASSERT_TRUE(run.result);
  EXPECT_THAT(run.ids(), ElementsAre("aed", "park"));
  EXPECT_THAT(run.sink.faults, IsEmpty());
  const auto read = run.list->read(run.sink.records[1]);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().id, "harvest-list-title");
  EXPECT_THAT(read.error().message.en, HasSubstr("Row 2"));
}

TEST(ListSource, ARowWithoutTitleTakesNobodysIdentity) {
  const std::string head = "NO,データ名称,データ形式,URL\r\n";
  const std::string good = "1,AED,CSV,https://town.example/aed.csv\r\n";
  ListRun before{head + good};
  ListRun after{head + good + "999,,CSV,https://town.example/aed.csv\r\n"};
  ASSERT_TRUE(after.result);
  EXPECT_EQ(after.ids(), before.ids());
  ASSERT_THAT(after.sink.faults, SizeIs(1));
  EXPECT_EQ(after.sink.faults[0].record, "row 2");
}

TEST(ListSource, MarksForNothingAreNoBadUrls) {
  ListRun run{
      "データ名称,データ形式,URL\r\n"
      "AED,CSV,－\r\n公園,CSV,なし\r\n人口,CSV,https://town.example/jinko.csv\r\n"};
  ASSERT_TRUE(run.result);
  EXPECT_THAT(run.sink.records, SizeIs(3));
  EXPECT_THAT(run.sink.faults, IsEmpty());
}

TEST(ListSource, ARenamedEditionIsTheSameResource) {
  const std::string head = "データ名称,データ形式,URL\r\n";
  ListRun first{head + "AED,CSV,https://town.example/R6_aed.csv\r\n"};
  ListRun second{head + "AED,CSV,https://town.example/R7_aed.csv\r\n"};
  ASSERT_TRUE(first.result);
  EXPECT_EQ(first.ids(), second.ids());
  EXPECT_EQ(first.dataset(0).resources.at(0).id, second.dataset(0).resources.at(0).id);
  EXPECT_NE(first.dataset(0).resources[0].url, second.dataset(0).resources[0].url);
}

TEST(ListSource, ColumnsComeInAnyOrderAndNumbered) {
  ListRun run{
      "最終更新日,URL2,URL1,形式,タイトル\r\n"
      "2024-04-01,https://town.example/b.xlsx,https://town.example/a.csv,XLSX;CSV,公園\r\n"};
  ASSERT_TRUE(run.result) << run.result.error().message.en;
  ASSERT_THAT(run.dataset(0).resources, SizeIs(2));
  EXPECT_EQ(run.dataset(0).resources[0].format, "XLSX");
  EXPECT_EQ(run.dataset(0).resources[1].url, "https://town.example/a.csv");
}

std::string inline_row(int number, const std::vector<std::string>& cells) {
  std::string row = "<row r=\"" + std::to_string(number) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string place(1, static_cast<char>('A' + i));
    row += "<c r=\"" + place + std::to_string(number) + "\" t=\"inlineStr\"><is><t>" + cells[i] +
           "</t></is></c>";
  }
  return row + "</row>";
}

TEST(ListSource, ReadsAWorkbookAndItsNamedSheet) {
  test::XlsxBuilder book;
  book.rows = inline_row(1, {"データ名称", "NO", "データ形式", "URL"}) +
              inline_row(2, {"AED", "0000000012", "CSV", "https://town.example/aed.csv"});
  ListRun run(book.bytes());
  ASSERT_TRUE(run.result) << run.result.error().message.en;
  EXPECT_THAT(run.ids(), ElementsAre("0000000012"));
  ListRun named(book.bytes(), "表");
  EXPECT_TRUE(named.result);
  ListRun missing(book.bytes(), "一覧");
  ASSERT_FALSE(missing.result);
  EXPECT_EQ(missing.result.error().id, "harvest-list-sheet");
  EXPECT_THAT(missing.result.error().message.ja, HasSubstr("表"));
}

TEST(ListSource, WhatIsNoListIsNamed) {
  ListRun page{"<!DOCTYPE html><html><head><title>404</title></head><body>x</body></html>"};
  ASSERT_FALSE(page.result);
  EXPECT_EQ(page.result.error().id, "harvest-list-not-table");
  EXPECT_THAT(page.result.error().message.en, HasSubstr("HTML"));
  EXPECT_THAT(page.result.error().hint.en, HasSubstr("page"));
  ListRun json{R"({"success": true, "result": []})"};
  ASSERT_FALSE(json.result);
  EXPECT_EQ(json.result.error().id, "harvest-list-not-table");
  EXPECT_THAT(json.result.error().message.en, HasSubstr("JSON"));
  ListRun other{"名前,年齢,住所\r\n山田,30,横浜\r\n"};
  ASSERT_FALSE(other.result);
  EXPECT_THAT(other.result.error().id, "harvest-list-columns");
}

TEST(ListSource, AnEmptyListIsAFailureNotAGoodbye) {
  ListRun run{"データ名称,データ形式,URL\r\n"};
  ASSERT_FALSE(run.result);
  EXPECT_EQ(run.result.error().id, "harvest-list-empty");
}

TEST(ListSource, LeavesNoFileBehind) {
  ListRun run{std::string(kNewForm)};
  EXPECT_TRUE(std::filesystem::is_empty(run.directory.path()));
}

TEST(ListSource, FailuresOfTheFetchAreItsFailures) {
  ListRun run("x");
  run.fetcher.put_error(ListRun::kUrl, test::FakeFetcher::status_error(503));
  const auto result = run.list->gather(run.sink);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().id, "harvest-status");
}

TEST(ListSource, RefusesAnAddressThatIsNone) {
  core::HarvestSource source;
  source.kind = core::SourceKind::kList;
  source.url = "ftp://town.example/list.csv";
  formats::SourceOptions options;
  test::FakeFetcher fetcher;
  core::SystemClock clock;
  const auto made = make_list_source({.source = source,
                                      .options = options,
                                      .fetcher = fetcher,
                                      .clock = clock,
                                      .since = {},
                                      .work_directory = {}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().id, "harvest-source-url");
}

}  // namespace
}  // namespace minato::harvest
