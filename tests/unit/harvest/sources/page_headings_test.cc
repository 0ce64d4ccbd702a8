// Pages in the manner of the content systems of Japanese municipalities: headings and lists.
#include <gtest/gtest.h>

#include "page_source_run.h"

namespace minato::harvest {
namespace {

// Sections with anchors, pairs of encodings, an own CMS.
constexpr std::string_view kCategoryPage = R"(<!DOCTYPE html><html lang="ja"><head>
<meta charset="utf-8"><title>湊町オープンデータ：防災</title></head><body>
<div id="header"><a href="/"><img src="/logo.gif" alt="湊町"></a><ul><li><a href="/map.pdf">地図</a></li></ul></div>
<div id="mol_contents"><h1>オープンデータ（防災）</h1>
<p>防災に関するデータです。</p>
<ul><li><a href="#opendata_dataset_12">避難所</a></li></ul>
<h2 id="opendata_dataset_12">指定緊急避難場所</h2>
<p>町が指定した避難場所の一覧です。</p>
<ul>
<li><a href="cmsfiles/contents/0000012/12345/080803(UTF-8).csv">指定緊急避難場所 CSV(UTF-8)（CSV, 12.34KB）</a></li>
<li><a href="cmsfiles/contents/0000012/12345/080803(Shift_JIS).csv">指定緊急避難場所 CSV(Shift_JIS)（CSV, 11KB）</a></li>
<li><a href="cmsfiles/contents/0000012/12345/080803.pdf">指定緊急避難場所（PDF形式, 1.5MB）別ウィンドウで開く</a></li>
</ul>
<h2 id="opendata_dataset_14">消防水利</h2>
<ul><li><a href="cmsfiles/contents/0000014/r070401_suiri.xlsx">消防水利一覧（エクセル形式, 34KB）</a></li></ul>
<div class="terms"><h2>利用規約</h2><p><a href="kiyaku.pdf">湊町オープンデータ利用規約（PDF：100KB）</a></p></div>
</div><div id="footer"><a href="/print.csv">x</a></div></body></html>)";

TEST(PageHeadings, MakeADatasetOfEachInnermostHeadingWithFiles) {
  const PageRun run{std::string(kCategoryPage)};
  EXPECT_EQ(run.summary(), R"(指定緊急避難場所
  指定緊急避難場所.csv;utf-8 | 指定緊急避難場所（UTF-8） | CSV
  指定緊急避難場所.csv;cp932 | 指定緊急避難場所（Shift_JIS） | CSV
  指定緊急避難場所.pdf | 指定緊急避難場所 | PDF
消防水利
  suiri.xlsx | 消防水利一覧 | XLSX
)");
  EXPECT_EQ(run.id(0), "#opendata_dataset_12");
  EXPECT_EQ(run.dataset(0).url, PageRun::kUrl + "#opendata_dataset_12");
  EXPECT_EQ(run.dataset(0).notes, "町が指定した避難場所の一覧です。");
  EXPECT_EQ(run.dataset(0).resources[0].url,
            PageRun::kHost + "/opendata/cmsfiles/contents/0000012/12345/080803(UTF-8).csv");
}

TEST(PageHeadings, AreReadInThreeEncodings) {
  const std::string expected = PageRun{std::string(kCategoryPage)}.summary();
  EXPECT_EQ(PageRun{in_cp932(kCategoryPage)}.summary(), expected);  // says utf-8 and is not
  EXPECT_EQ(PageRun{in_euc_jp(kCategoryPage)}.summary(), expected);
}

// A page of the nineties: a table that only places things, bold lines as headings.
TEST(PageHeadings, MayBeBoldLinesInATableThatOnlyPlacesThings) {
  const PageRun run(R"(<html><head><title>湊町／オープンデータ</title></head><body>
<table width=100%><tr><td><a href="index.html">ホーム</a></td><td>
<b>■オープンデータ</b><br><br>
<b>公共施設一覧</b><br>
　→<a href="files/koukyou.xls">エクセル形式（56キロバイト）</a>　<a href="files/koukyou.csv">ＣＳＶ形式</a><br><br>
<b>観光施設一覧</b><br>
　→<a href="files/kanko.csv">ＣＳＶ形式</a><br>
<dl><dt>ごみ分別</dt><dd>品目ごとの分別です。<a href="files/gomi.csv">こちら</a></dd></dl>
</td></tr></table></body></html>)");
  EXPECT_EQ(run.summary(), R"(公共施設一覧
  koukyou.xls | 公共施設一覧（XLS） | XLS
  koukyou.csv | 公共施設一覧（CSV） | CSV
観光施設一覧
  kanko.csv | 観光施設一覧（CSV） | CSV
ごみ分別
  gomi.csv | ごみ分別（CSV） | CSV
)");
}

TEST(PageHeadings, MayBeItemsWhoseFilesStandInAListOfTheirOwn) {
  const PageRun run(R"(<html><head><title>観光 - 湊町</title></head><body><main><h1>観光</h1>
<ul><li>観光施設一覧
 <ul><li><a href="kanko.csv">令和8年4月現在（CSV/10KB）</a></li>
 <li><a href="kanko.xlsx">同（Excel）</a></li></ul></li>
<li><a href="event.csv">イベント一覧.csv（3KB）</a></li>
<li><a href="/download.php?id=33">宿泊施設（CSV）</a></li></ul></main></body></html>)");
  EXPECT_EQ(run.summary(), R"(イベント一覧
  event.csv | イベント一覧 | CSV
宿泊施設
  宿泊施設.csv | 宿泊施設 | CSV
観光施設一覧
  kanko.csv | 令和8年4月現在 | CSV
  kanko.xlsx | 同 | XLSX
)");
}

// An article page: one subject, headings that only tell what follows.
TEST(PageHeadings, ThatTellOnlyFormUseOrEditionBelongToTheOneAbove) {
  const PageRun run(R"(<html><head><title>AED設置箇所｜湊町公式ウェブサイト</title></head><body>
<div id="tmp_contents"><h1>AED設置箇所</h1><p>更新日：2025年4月1日</p>
<h2>概要</h2><p>公共施設のAEDの一覧です。</p>
<h2>データのダウンロード</h2><h3>CSV形式</h3>
<p><a href="/documents/123/143618_aed.csv">ダウンロード</a></p>
<h3>エクセル形式</h3><p><a href="/documents/123/143618_aed.xlsx">ダウンロード</a></p>
<h2>令和5年度版</h2><p><a href="/documents/99/143618_aed_r5.csv">CSV（10KB）</a></p>
<h2>お問い合わせ</h2><p>総務部情報政策課<br>電話：0465-00-1234　ファクス：0465-00-9999</p>
</div></body></html>)");
  EXPECT_EQ(run.summary(), R"(AED設置箇所
  143618-aed.csv | AED設置箇所（CSV） | CSV
  143618-aed.xlsx | AED設置箇所（XLSX） | XLSX
  143618-aed.csv@2023 | AED設置箇所（令和5年度版）（CSV） | CSV
)");
  EXPECT_EQ(run.id(0), "");
  const core::Dataset dataset = run.dataset(0);
  EXPECT_EQ(dataset.notes, "公共施設のAEDの一覧です。");
  EXPECT_EQ(dataset.contact.name, "総務部情報政策課");
  EXPECT_EQ(dataset.contact.phone, "0465-00-1234");
  EXPECT_EQ(core::to_rfc3339(dataset.modified), "2025-03-31T15:00:00Z");
}

TEST(PageHeadings, KeepEditionsOfSeveralYearsAsResourcesOfOneDataset) {
  const PageRun run(R"(<title>統計｜湊町</title><main><h1>湊町の統計</h1><h2>町丁別人口</h2><ul>
<li><a href="jinko_r6.csv">令和6年度（CSV：3KB）</a></li>
<li><a href="jinko_r5.csv">令和5年度（CSV：3KB）</a></li></ul>
<h2>世帯数</h2><h3>令和6年度</h3><a href="setai_r6.csv">CSV</a>
<h3>令和5年度</h3><a href="setai_r5.csv">CSV</a></main>)");
  EXPECT_EQ(run.summary(), R"(町丁別人口
  jinko.csv | 令和6年度 | CSV
  jinko.csv@2023 | 令和5年度 | CSV
世帯数
  setai.csv | 世帯数（令和6年度）（CSV） | CSV
  setai.csv@2023 | 世帯数（令和5年度）（CSV） | CSV
)");
}

TEST(PageHeadings, OfACatalogueMakeADatasetOfEachName) {
  const PageRun run(R"(<div id="contents"><h1>オープンデータ一覧</h1><ul>
<li><a href="aed.csv">AED設置箇所一覧（CSV：12KB）</a></li>
<li><a href="aed.pdf">AED設置箇所一覧（PDF：12KB）</a></li>
<li><a href="koen_20250401.csv">公園一覧（令和7年4月1日現在）[CSVファイル／34KB]</a></li>
</ul></div>)");
  EXPECT_EQ(run.summary(), R"(AED設置箇所一覧
  aed.csv | AED設置箇所一覧 | CSV
  aed.pdf | AED設置箇所一覧 | PDF
公園一覧
  koen.csv | 公園一覧（令和7年4月1日現在） | CSV
)");
}

TEST(PageHeadings, OfAThemeMakeADatasetOfEachNameAndATag) {
  const PageRun run(R"(<div id="main"><h1>オープンデータライブラリ</h1><h2>防災・安全</h2><ul>
<li>避難所一覧 [<a href="/common/200012345.csv">CSV</a>] [<a href="/common/200012346.pdf">PDF</a>]</li>
<li>防災倉庫 [<a href="/common/200012347.csv">CSV</a>]</li>
<li>消火栓 [<a href="/common/200012348.csv">CSV</a>]</li></ul></div>)");
  EXPECT_EQ(run.summary(), R"(避難所一覧
  避難所一覧.csv | 避難所一覧（CSV） | CSV
  避難所一覧.pdf | 避難所一覧（PDF） | PDF
防災倉庫
  防災倉庫.csv | 防災倉庫（CSV） | CSV
消火栓
  消火栓.csv | 消火栓（CSV） | CSV
)");
  EXPECT_EQ(tags_of(run.dataset(0)), "防災・安全;");
  EXPECT_NE(run.id(0), run.id(1));
}

TEST(PageHeadings, AreNotNeeded) {
  const PageRun run(R"(<html><head><title>公衆トイレ一覧 - 湊町ホームページ</title></head><body>
<ul><li><a href="toilet.csv">公衆トイレ一覧（CSV）</a></li><li><a href="toilet.kml">公衆トイレ地図（KML）</a></li></ul>
</body></html>)");
  EXPECT_EQ(run.summary(), R"(公衆トイレ一覧
  toilet.csv | 公衆トイレ一覧 | CSV
  toilet.kml | 公衆トイレ地図 | KML
)");
  EXPECT_EQ(run.id(0), "");
}

TEST(PageHeadings, MayBeTermsOrBoldParagraphs) {
  const PageRun run(R"(<div class="contents"><h1>データ集</h1>
<dl><dt>公園一覧</dt><dd>町の公園です。</dd><dd><a href="koen.csv">CSV</a> <a href="koen.xls">Excel</a></dd>
<dt>学校一覧</dt><dd><a href="gakko.csv">CSV</a></dd></dl>
<p><strong>ごみ収集日</strong></p><p><a href="gomi.csv">CSV</a></p>
<p>■図書館</p><p><a href="tosho.csv">CSV形式</a></p></div>)");
  EXPECT_EQ(run.summary(), R"(公園一覧
  koen.csv | 公園一覧（CSV） | CSV
  koen.xls | 公園一覧（XLS） | XLS
学校一覧
  gakko.csv | 学校一覧（CSV） | CSV
ごみ収集日
  gomi.csv | ごみ収集日（CSV） | CSV
図書館
  tosho.csv | 図書館（CSV） | CSV
)");
  EXPECT_EQ(run.dataset(0).notes, "町の公園です。");
}

TEST(PageHeadings, OfListsWithFieldsDescribeTheDataset) {
  const PageRun run(R"(<article><h1>AED設置箇所</h1><dl>
<dt>概要</dt><dd>町内のAED</dd><dt>更新頻度</dt><dd>年1回</dd><dt>作成部署</dt><dd>健康課</dd>
<dt>ライセンス</dt><dd>CC BY 4.0</dd><dt>対象期間</dt><dd>2024年度</dd>
<dt>更新日</dt><dd>令和7年4月1日</dd><dt>ファイル</dt><dd><a href="aed.csv">aed.csv</a></dd></dl></article>)");
  EXPECT_EQ(run.summary(), "AED設置箇所\n  aed.csv | aed | CSV\n");
  const core::Dataset dataset = run.dataset(0);
  EXPECT_EQ(dataset.notes, "町内のAED");
  EXPECT_EQ(dataset.frequency, "年1回");
  EXPECT_EQ(dataset.contact.name, "健康課");
  EXPECT_EQ(dataset.license_id, "CC BY 4.0");
  EXPECT_EQ(core::to_rfc3339(dataset.modified), "2025-03-31T15:00:00Z");
  EXPECT_EQ(dataset.extras, (std::vector<core::Extra>{{"対象期間", "2024年度"}}));
}

TEST(PageHeadings, OfEqualWordsAreToldApartByThoseAbove) {
  const PageRun run(R"(<main><h1>統計</h1><h2>東地区</h2><h3>人口表</h3><a href="e.csv">CSV</a>
<h2>西地区</h2><h3>人口表</h3><a href="w.csv">CSV</a></main>)");
  ASSERT_EQ(run.sink.records.size(), 2U);
  EXPECT_NE(run.id(0), run.id(1));
  // Their order does not matter.
  const PageRun turned(R"(<main><h1>統計</h1><h2>西地区</h2><h3>人口表</h3><a href="w.csv">CSV</a>
<h2>東地区</h2><h3>人口表</h3><a href="e.csv">CSV</a></main>)");
  EXPECT_EQ(turned.id(0), run.id(1));
  EXPECT_EQ(turned.id(1), run.id(0));
}

}  // namespace
}  // namespace minato::harvest
