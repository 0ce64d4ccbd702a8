#include "service/harvest/vocabulary.h"

#include <gmock/gmock.h>

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string format(std::string_view raw, std::string_view url = "", std::string_view type = "") {
  return read_format({raw, type, url});
}

TEST(HarvestVocabulary, ReadsTheFormatsThatPublishersWrite) {
  EXPECT_EQ(format("csv"), "CSV");
  EXPECT_EQ(format(".csv"), "CSV");
  EXPECT_EQ(format("ＣＳＶ"), "CSV");
  EXPECT_EQ(format("xlsx形式"), "XLSX");
  EXPECT_EQ(format("CSVファイル（Shift_JIS）"), "CSV");
  EXPECT_EQ(format("PDF [1.2MB]"), "PDF");
  EXPECT_EQ(format("text/csv;charset=utf-8"), "CSV");
  EXPECT_EQ(format("http://publications.europa.eu/resource/authority/file-type/XLSX"), "XLSX");
  EXPECT_EQ(format("http://publications.europa.eu/resource/authority/file-type/RDF_TURTLE"), "TTL");
  EXPECT_EQ(format("https://www.iana.org/assignments/media-types/application/geo+json"), "GeoJSON");
  EXPECT_EQ(format("エクセル"), "XLS");
  EXPECT_EQ(format("標準的なバス情報フォーマット"), "GTFS");
}

TEST(HarvestVocabulary, TakesOfSeveralFormatsTheOneThatTheLinkHas) {
  EXPECT_EQ(format("SHP,CSV"), "SHP");
  EXPECT_EQ(format("SHP,CSV", "https://example.jp/a.csv"), "CSV");
  EXPECT_EQ(format("CSV、XLSX", "https://example.jp/a.xlsx"), "XLSX");
  EXPECT_EQ(format("Excel", "https://example.jp/a.xlsx"), "XLSX");
  EXPECT_EQ(format("", "https://example.jp/a.xlsx", "application/vnd.ms-excel"), "XLSX");
}

TEST(HarvestVocabulary, ReadsAMissingFormatFromMediaTypeAndLink) {
  EXPECT_EQ(format("", "https://example.jp/download", "text/csv"), "CSV");
  EXPECT_EQ(format("", "https://example.jp/a.geojson"), "GeoJSON");
  EXPECT_EQ(format("データ", "https://example.jp/a.csv"), "CSV");
  EXPECT_EQ(format("", "https://example.jp/download"), "");
  EXPECT_EQ(format("不明な形式", "https://example.jp/download"), "不明な形式");
}

TEST(HarvestVocabulary, ReadsThemes) {
  EXPECT_THAT(read_themes("13"), ElementsAre("13"));
  EXPECT_THAT(read_themes("行財政"), ElementsAre("13"));
  EXPECT_THAT(read_themes("13 行財政"), ElementsAre("13"));
  EXPECT_THAT(read_themes("１３：行財政"), ElementsAre("13"));
  EXPECT_THAT(read_themes("人口･世帯"), ElementsAre("2"));
  EXPECT_THAT(read_themes("1401"), ElementsAre("14"));
  EXPECT_THAT(read_themes("防災"), ElementsAre("14"));
  EXPECT_THAT(read_themes("健康・福祉"), ElementsAre("15"));
  EXPECT_THAT(read_themes("観光;行財政；観光"), ElementsAre("10", "13"));
  EXPECT_THAT(read_themes("http://publications.europa.eu/resource/authority/data-theme/GOVE"),
              ElementsAre("13"));
  EXPECT_THAT(read_themes("http://example.org/theme/unknown"), IsEmpty());
  EXPECT_THAT(read_themes("よくわからない分類"), IsEmpty());
}

TEST(HarvestVocabulary, ReadsFrequencies) {
  EXPECT_EQ(read_frequency("月次"), "monthly");
  EXPECT_EQ(read_frequency("毎月更新"), "monthly");
  EXPECT_EQ(read_frequency("年１回程度"), "annual");
  EXPECT_EQ(read_frequency("年に1回更新"), "annual");
  EXPECT_EQ(read_frequency("年一回"), "annual");
  EXPECT_EQ(read_frequency("毎年（4月）"), "annual");
  EXPECT_EQ(read_frequency("1ヵ月ごと"), "monthly");
  EXPECT_EQ(read_frequency("随時更新"), "as_needed");
  EXPECT_EQ(read_frequency("P1Y"), "annual");
  EXPECT_EQ(read_frequency("R/P3M"), "quarterly");
  EXPECT_EQ(read_frequency("http://publications.europa.eu/resource/authority/frequency/WEEKLY"),
            "weekly");
  EXPECT_EQ(read_frequency("http://purl.org/cld/freq/daily"), "daily");
  EXPECT_EQ(read_frequency("そのうち"), "");
  EXPECT_EQ(read_frequency(""), "");
}

TEST(HarvestVocabulary, ReadsLicencesAndLanguages) {
  EXPECT_EQ(read_license("cc-by-40-intl"), "CC-BY-4.0");
  EXPECT_EQ(read_license("https://creativecommons.org/licenses/by/2.1/jp/"), "CC-BY-2.1-JP");
  EXPECT_EQ(read_license("クリエイティブ・コモンズ 表示 4.0 国際"), "CC-BY-4.0");
  EXPECT_EQ(read_license("CC BY-NC 4.0"), "CC-BY-NC-4.0");
  EXPECT_EQ(read_license("PDL1.0"), "PDL-1.0");
  EXPECT_EQ(read_license("要相談"), "");
  EXPECT_EQ(read_language("http://publications.europa.eu/resource/authority/language/JPN"), "ja");
  EXPECT_EQ(read_language("日本語"), "ja");
  EXPECT_EQ(read_language("fr"), "fr");
}

TEST(HarvestVocabulary, ReadsDatesAndMunicipalities) {
  EXPECT_EQ(read_date("2024-04-01T00:00:00+09:00"), "2024-04-01");
  EXPECT_EQ(read_date("令和6年4月1日"), "2024-04-01");
  EXPECT_EQ(read_date("2024/4/1"), "2024-04-01");
  EXPECT_EQ(read_date("2024年4月"), "2024-04");
  EXPECT_EQ(read_date("令和6年"), "2024");
  EXPECT_EQ(read_date("2024"), "2024");
  EXPECT_EQ(read_date(""), "");
  EXPECT_EQ(read_date("昨年"), std::nullopt);
  EXPECT_EQ(read_municipality("141003"), "141003");
  EXPECT_EQ(read_municipality("14100"), "141003");
  EXPECT_EQ(read_municipality("１４１００３"), "141003");
  EXPECT_EQ(read_municipality("141004"), std::nullopt);
  EXPECT_EQ(read_municipality("横浜市"), std::nullopt);
}

}  // namespace
}  // namespace minato::service
