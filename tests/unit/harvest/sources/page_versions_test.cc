// What becomes of the files of a page from one run to the next.
#include <gtest/gtest.h>

#include "page_source_run.h"

namespace minato::harvest {
namespace {

std::string keys(const std::string& links) {
  const PageRun run("<main><h1>AED設置箇所</h1>" + links + "</main>");
  EXPECT_EQ(run.sink.records.size(), 1U) << links;
  EXPECT_EQ(run.id(0), "");
  std::string out;
  const core::Dataset dataset = run.dataset(0);
  for (const core::Resource& resource : dataset.resources) out += resource.id + " ";
  return out;
}

TEST(PageVersions, ARenamedEditionIsTheSameResource) {
  const std::vector<std::pair<std::string, std::string>> renamed = {
      {"R7_aed.csv", "R8_aed.csv"},
      {"aed_20240401.csv", "aed_20250401.csv"},
      {"aed_20240401120000.csv", "aed_20250401093015.csv"},
      {"r060401_aed.csv", "r070401_aed.csv"},
      {"aed2025-10.csv", "aed2025-11.csv"},
      {"aed_v1.csv", "aed_v2.csv"},
      {"zende-ta202606houjin.csv", "zende-ta202607houjin.csv"},
      {"/2024/04/aed.csv", "/2025/04/aed.csv"},
      {"/files/1000/aed.csv", "/files/2000/aed.csv"},
      {"080803(UTF-8).csv", "090701(UTF-8).csv"},
      {"/uploaded/attachment/12345.csv", "/uploaded/attachment/22222.csv"},
      {"/common/200114321.csv", "/common/200156789.csv"},
      {"0f3a9bc12d4e.csv", "77aa9bc1aaaa.csv"},
      {"AED%E4%B8%80%E8%A6%A7%EF%BC%88R6%EF%BC%89.csv",
       "AED%E4%B8%80%E8%A6%A7%EF%BC%88R7%EF%BC%89.csv"},
      {"download.php?id=12", "download.php?id=34"}};
  for (const auto& [before, after] : renamed) {
    const auto link = [](const std::string& url) {
      return "<a href='" + url + "'>AED設置箇所一覧（CSV：12KB）</a>";
    };
    EXPECT_EQ(keys(link(before)), keys(link(after))) << before;
  }
}

TEST(PageVersions, WordsOfTheLinkMayChangeTheirEditionToo) {
  EXPECT_EQ(keys("<a href=/common/1234567.csv>一覧表（令和6年4月1日現在）（CSV：1KB）</a>"),
            keys("<a href=/common/2345678.csv>一覧表（令和7年4月1日現在）（CSV：3KB）</a>"));
}

TEST(PageVersions, TheNewestOfEditionsSideBySideHasThePlainKey) {
  // Run 1: R6 alone. Run 2: R7 instead: a new version. Run 2': both: R7 is the new version, and R6
  // goes on under a key of its own.
  EXPECT_EQ(keys("<a href=R6_aed.csv>CSV</a>"), "aed.csv ");
  EXPECT_EQ(keys("<a href=R7_aed.csv>CSV</a>"), "aed.csv ");
  EXPECT_EQ(keys("<a href=R7_aed.csv>CSV</a><a href=R6_aed.csv>CSV</a>"), "aed.csv aed.csv@2024 ");
  // Whatever their order; and an edition keeps the key it has once a newer one came.
  EXPECT_EQ(keys("<a href=R6_aed.csv>CSV</a><a href=R8_aed.csv>CSV</a><a href=R7_aed.csv>CSV</a>"),
            "aed.csv@2024 aed.csv aed.csv@2025 ");
}

TEST(PageVersions, AFileWithoutAMarkOrMarkedLatestIsTheNewest) {
  EXPECT_EQ(keys("<a href=aed_2024.csv>x1</a><a href=aed.csv>x2</a>"), "aed.csv@2024 aed.csv ");
  EXPECT_EQ(keys("<a href=aed_2024.csv>x1</a><a href=aed_latest.csv>x2</a>"),
            "aed.csv@2024 aed.csv ");
}

TEST(PageVersions, EditionsOfSeveralThingsAreOrderedForEach) {
  EXPECT_EQ(
      keys("<ul><li><a href=1000001.csv>男性 令和6年</a><li><a href=1000002.csv>女性 令和6年</a>"
           "<li><a href=1000003.csv>男性 令和7年</a><li><a href=1000004.csv>女性 令和7年</a></ul>"),
      "男性.csv@2024 女性.csv@2024 男性.csv 女性.csv ");
  EXPECT_EQ(keys("<ul><li><a href=a/hyo_r6.csv>男性表</a><li><a href=b/hyo_r6.csv>女性表</a>"
                 "<li><a href=a/hyo_r7.csv>男性表</a><li><a href=b/hyo_r7.csv>女性表</a></ul>"),
            "hyo.csv#男性表@2024 hyo.csv#女性表@2024 hyo.csv#男性表 hyo.csv#女性表 ");
}

TEST(PageVersions, FormatsAndEncodingsAreResourcesOfTheirOwn) {
  EXPECT_EQ(keys("<a href=aed_utf8.csv>CSV（UTF-8）</a><a href=aed_sjis.csv>CSV（Shift_JIS）</a>"
                 "<a href=aed.xlsx>Excel</a><a href=aed.pdf>PDF</a>"),
            "aed.csv;utf-8 aed.csv;cp932 aed.xlsx aed.pdf ");
}

TEST(PageVersions, KeysAreDifferentWhateverThePageSays) {
  const std::string found =
      keys("<a href=a/1.csv>CSV</a><a href=b/1.csv>CSV</a><a href=c/1.csv>CSV</a>");
  EXPECT_EQ(std::count(found.begin(), found.end(), ' '), 3);
  EXPECT_EQ(found, keys("<a href=a/1.csv>CSV</a><a href=b/1.csv>CSV</a><a href=c/1.csv>CSV</a>"));
}

TEST(PageVersions, DatasetsKeepTheirIdsWhenTheirTitlesOnlyChangeEdition) {
  const PageRun before(
      "<main><h1>オープンデータ</h1><h2 id=h2_1>予算（令和6年度）</h2><a href=y.csv>CSV</a>"
      "<h2 id=h2_2>決算</h2><a href=k.csv>CSV</a></main>");
  const PageRun after(
      "<main><h1>オープンデータ</h1><h2 id=h2_1>選挙</h2><a href=s.csv>CSV</a>"
      "<h2 id=h2_2>予算（令和7年度）</h2><a href=y.csv>CSV</a>"
      "<h2 id=h2_3>決算</h2><a href=k.csv>CSV</a></main>");
  EXPECT_EQ(before.id(0), after.id(1));
  EXPECT_EQ(before.id(1), after.id(2));
}

TEST(PageVersions, TheSamePageGivesTheSameRecords) {
  const std::string page = "<main><h1>データ</h1><h2>公園</h2><a href=k.csv>CSV</a></main>";
  EXPECT_EQ(PageRun(page).sink.records[0].content, PageRun(page).sink.records[0].content);
}

}  // namespace
}  // namespace minato::harvest
