// Pages whose datasets stand in tables.
#include <gtest/gtest.h>

#include "page_source_run.h"

namespace minato::harvest {
namespace {

TEST(PageTables, WithAHeaderListADatasetPerRow) {
  const PageRun run(R"(<div id="contents"><h1>オープンデータ</h1><h2>公開データ一覧</h2><table>
<caption>データ一覧</caption>
<tr><th>No.</th><th>分類</th><th>データ名</th><th>概要</th><th colspan="2">ファイル形式</th><th>更新日</th><th>更新頻度</th><th>担当課</th></tr>
<tr id="aed"><td>1</td><td rowspan="2">安全</td><td>AED設置箇所</td><td>町内のAED</td>
<td><a href="aed.csv">CSV</a></td><td><a href="aed.xlsx">Excel</a></td><td>R7.4.1</td><td>年1回</td><td>健康課</td></tr>
<tr><td>2</td><td>消火栓</td><td>消火栓の位置</td><td><a href="hydrant.csv">CSV</a></td><td></td><td>令和6年10月1日</td><td>随時</td><td>消防署</td></tr>
<tr><td>3</td><td>人口・世帯</td><td>町丁別人口</td><td></td><td><a href="jinko.csv">CSV</a></td><td><a href="jinko.pdf">PDF</a></td><td>2025/05/01</td><td>毎月</td><td>戸籍課</td></tr>
</table></div>)");
  EXPECT_EQ(run.summary(), R"(AED設置箇所
  aed.csv | AED設置箇所（CSV） | CSV
  aed.xlsx | AED設置箇所（XLSX） | XLSX
消火栓
  hydrant.csv | 消火栓（CSV） | CSV
町丁別人口
  jinko.csv | 町丁別人口（CSV） | CSV
  jinko.pdf | 町丁別人口（PDF） | PDF
)");
  EXPECT_EQ(run.id(0), "#aed");
  const core::Dataset hydrants = run.dataset(1);
  EXPECT_EQ(hydrants.notes, "消火栓の位置");
  EXPECT_EQ(hydrants.frequency, "随時");
  EXPECT_EQ(hydrants.contact.name, "消防署");
  EXPECT_EQ(tags_of(hydrants), "安全;");
  EXPECT_EQ(core::to_rfc3339(hydrants.modified), "2024-09-30T15:00:00Z");
  EXPECT_EQ(run.dataset(2).themes, (std::vector<std::string>{"人口・世帯"}));
}

TEST(PageTables, TellTheEncodingOfAColumn) {
  const PageRun run(
      R"(<main><h1>データ</h1><table><thead><tr><th>データ名称</th><th>CSV（UTF-8）</th>
<th>CSV（Shift_JIS）</th></tr></thead><tbody>
<tr><td>公園</td><td><a href="/u/koen.csv">ダウンロード</a></td><td><a href="/s/koen.csv">ダウンロード</a></td></tr>
<tr><td>学校</td><td><a href="/u/gakko.csv">ダウンロード</a></td><td><a href="/s/gakko.csv">ダウンロード</a></td></tr>
</tbody></table></main>)");
  EXPECT_EQ(run.summary(), R"(公園
  koen.csv;utf-8 | 公園（CSV・UTF-8） | CSV
  koen.csv;cp932 | 公園（CSV・Shift_JIS） | CSV
学校
  gakko.csv;utf-8 | 学校（CSV・UTF-8） | CSV
  gakko.csv;cp932 | 学校（CSV・Shift_JIS） | CSV
)");
  EXPECT_EQ(run.dataset(0).resources[1].description, "文字コード: Shift_JIS");
}

TEST(PageTables, OfEditionsAreOneDataset) {
  const PageRun run(R"(<main><h1>ごみの量</h1><table>
<tr><th>年度</th><th>CSV</th><th>PDF</th></tr>
<tr><td>令和6年度</td><td><a href="gomi06.csv">CSV</a></td><td><a href="r6.pdf">PDF</a></td></tr>
<tr><td>令和5年度</td><td><a href="gomi05.csv">CSV</a></td><td><a href="r5.pdf">PDF</a></td></tr>
</table></main>)");
  EXPECT_EQ(run.titles(), "ごみの量\n");
  EXPECT_EQ(run.dataset(0).resources[2].name, "ごみの量 令和5年度（CSV）");
  EXPECT_EQ(run.dataset(0).resources[3].id, "file.pdf@2023");
}

TEST(PageTables, BringRowsThatDifferByEditionTogether) {
  const PageRun run(R"(<main><h1>統計データ</h1><table><tr><th>名称</th><th>ファイル</th></tr>
<tr><td>令和2年国勢調査</td><td><a href="k02.xlsx">Excel</a></td></tr>
<tr><td>平成27年国勢調査</td><td><a href="k27.xlsx">Excel</a></td></tr>
<tr><td>工業統計</td><td><a href="kogyo.xlsx">Excel</a></td></tr></table></main>)");
  EXPECT_EQ(run.titles(), "国勢調査\n工業統計\n");
  EXPECT_EQ(run.dataset(0).resources.size(), 2U);
  EXPECT_EQ(run.dataset(0).resources[1].name, "平成27年国勢調査（XLSX）");
}

TEST(PageTables, OfFieldsDescribeOneDataset) {
  const PageRun run(R"(<main><h1>避難所一覧</h1><table>
<tr><th>データの概要</th><td>避難所の位置</td></tr><tr><th>更新頻度</th><td>随時</td></tr>
<tr><th>担当課</th><td>防災課</td></tr>
<tr><th>ファイル</th><td><a href="hinan.csv">CSV</a>、<a href="hinan.geojson">GeoJSON</a></td></tr></table></main>)");
  EXPECT_EQ(run.summary(), R"(避難所一覧
  hinan.csv | 避難所一覧（CSV） | CSV
  hinan.geojson | 避難所一覧（GeoJSON） | GeoJSON
)");
  EXPECT_EQ(run.dataset(0).notes, "避難所の位置");
  EXPECT_EQ(run.dataset(0).frequency, "随時");
}

TEST(PageTables, ThatLayThePageOutAreNoLists) {
  const PageRun run(R"(<body><table><tr><td><a href="/">戻る</a></td><td><h1>港の潮位</h1>
<table><tr><th>データ名</th><th>形式</th></tr>
<tr><td>潮位</td><td><a href="choi.csv">CSV</a></td></tr>
<tr><td>水温</td><td><a href="suion.csv">CSV</a></td></tr></table></td></tr></table></body>)");
  EXPECT_EQ(run.titles(), "潮位\n水温\n");
}

TEST(PageTables, WithoutHeaderListADatasetPerRowHeading) {
  const PageRun run(R"(<main><h1>公開しているデータ</h1><table>
<tr><th>保育所</th><td><a href="hoiku.csv">CSV</a> <a href="hoiku.xlsx">XLSX</a></td></tr>
<tr><th>公民館</th><td><a href="komin.csv">CSV</a></td></tr></table></main>)");
  EXPECT_EQ(run.titles(), "保育所\n公民館\n");
}

TEST(PageTables, KeepBannersAsGroups) {
  const PageRun run(R"(<main><h1>一覧</h1><table><tr><th>データ名</th><th>形式</th></tr>
<tr><th colspan=2>子育て</th></tr><tr><td>保育所</td><td><a href="a.csv">CSV</a></td></tr>
<tr><th colspan=2>観光</th></tr><tr><td>名所</td><td><a href="b.csv">CSV</a></td></tr></table></main>)");
  EXPECT_EQ(run.titles(), "保育所\n名所\n");
  EXPECT_EQ(tags_of(run.dataset(0)), "子育て;");
  EXPECT_EQ(tags_of(run.dataset(1)), "観光;");
}

TEST(PageTables, MayHoldTheNameInTheLink) {
  const PageRun run(R"(<main><h1>データ</h1><table><tr><th>データ名</th><th>更新日</th></tr>
<tr><td><a href="a1.csv">図書館一覧（CSV：3KB）</a></td><td>2025年1月2日</td></tr>
<tr><td><a href="b1.csv">公民館一覧（CSV：4KB）</a></td><td>2025年1月3日</td></tr></table></main>)");
  EXPECT_EQ(run.summary(), R"(図書館一覧
  図書館一覧.csv | 図書館一覧 | CSV
公民館一覧
  公民館一覧.csv | 公民館一覧 | CSV
)");
}

TEST(PageTables, MayBeBroken) {
  for (const std::string table :
       {"<table><tr></tr><caption><a href=koen.csv>CSV</a></table>", "<table></table>",
        "<table><tr><td rowspan=99999 colspan=99999><a href=koen.csv>CSV</a></table>",
        "<table><tr><td rowspan=-1>x<td colspan=abc><a href=koen.csv>CSV</a></table>",
        "<table><tr><tr><tr><th>データ名<tr><td><a href=koen.csv>CSV</a></table>"}) {
    const PageRun run("<main><h1>公園</h1>" + table + "<a href=koen.csv>CSV</a></main>");
    EXPECT_EQ(run.titles(), "公園\n") << table;
  }
}

}  // namespace
}  // namespace minato::harvest
