#include <gtest/gtest.h>

#include "harvest/sources/page/page_facts.h"
#include "page_source_run.h"

namespace minato::harvest {
namespace {

TEST(PageFactsTest, TitlesLoseTheNameOfTheSite) {
  EXPECT_EQ(without_site_name("AED設置箇所｜湊町公式ウェブサイト"), "AED設置箇所");
  EXPECT_EQ(without_site_name("AED設置箇所 | 湊町"), "AED設置箇所");
  EXPECT_EQ(without_site_name("湊町ホームページ - AED設置箇所"), "AED設置箇所");
  EXPECT_EQ(without_site_name("AED - オープンデータ - 湊町"), "AED");
  EXPECT_EQ(without_site_name("AED設置箇所"), "AED設置箇所");
  EXPECT_EQ(without_site_name("Wi-Fi一覧"), "Wi-Fi一覧");
}

TEST(PageFactsTest, LicencesAreFoundInWordsLinksAndPictures) {
  const auto license = [](const std::string& html) {
    return PageRun("<main><h1>公園</h1><a href=a.csv>CSV</a>" + html + "</main>")
        .dataset(0)
        .license_id;
  };
  EXPECT_EQ(license("<p>このデータはCC BY 4.0で提供します。</p>"),
            "このデータはCC BY 4.0で提供します。");
  EXPECT_EQ(license("<a href='https://creativecommons.org/licenses/by/4.0/deed.ja'><img></a>"),
            "https://creativecommons.org/licenses/by/4.0/deed.ja");
  EXPECT_EQ(license("<img src=x alt='CC BY 4.0'>"), "CC BY 4.0");
  EXPECT_EQ(license("<p>公共データ利用規約（第1.0版）（PDL1.0）に従います。</p>"),
            "公共データ利用規約（第1.0版）（PDL1.0）に従います。");
  EXPECT_EQ(license("<p>著作権は湊町にあります。</p>"), "");
}

TEST(PageFactsTest, TheHeaderOfAColumnIsNoContact) {
  const PageRun run(R"(<main><h1>公園</h1><a href=a.csv>CSV</a>
<table><tr><td>名称</td><td>担当課</td></tr><tr><td>港公園 東町 1/2 ほか</td><td>公園課</td></tr></table>
<h2>お問い合わせ</h2><p>都市整備部 緑地課 電話：045-000-0000</p></main>)");
  EXPECT_EQ(run.dataset(0).contact.name, "都市整備部 緑地課");
  EXPECT_EQ(run.dataset(0).contact.phone, "045-000-0000");
}

TEST(PageFactsTest, ContactsAreFoundOutsideOfTheContentsToo) {
  const PageRun run(R"(<body><main><h1>公園</h1><a href=a.csv>CSV</a></main>
<div id="contact"><h2>このページに関するお問い合わせ先</h2><p>都市整備部 公園課 管理係</p>
<p>〒999-0000 湊町1-1</p><p>電話番号：０４６５（００）１２３４</p>
<p><a href="mailto:koen%40town.example">メールを送る</a></p></div></body>)");
  const core::Contact contact = run.dataset(0).contact;
  EXPECT_EQ(contact.name, "都市整備部 公園課 管理係");
  EXPECT_EQ(contact.phone, "0465(00)1234");
  EXPECT_EQ(contact.email, "koen@town.example");
}

TEST(PageFactsTest, TheDateOfAPageIsThatOfItsOnlyDataset) {
  const std::string one = "<h2>公園</h2><a href=a.csv>CSV</a>";
  const std::string two = "<h2>学校</h2><a href=b.csv>CSV</a>";
  const std::string date = "<p>最終更新日：令和7年4月1日</p>";
  EXPECT_EQ(core::to_rfc3339(PageRun(date + one).dataset(0).modified), "2025-03-31T15:00:00Z");
  EXPECT_EQ(PageRun(date + one + two).dataset(0).modified.us, 0);
  EXPECT_EQ(
      core::to_rfc3339(PageRun("<time datetime='2025-04-02'>x</time>" + one).dataset(0).modified),
      "2025-04-01T15:00:00Z");
}

TEST(PageFactsTest, FormatsAreToldByEndingsWordsIconsAndQueries) {
  const PageRun run(R"html(<main><h1>公園</h1>
<a href="download.php?id=1">公園一覧（CSV：3KB）</a>
<a href="get?file=%E5%85%AC%E5%9C%92.xlsx">表</a>
<a href="/dataset/1/download/.csv">一覧</a>
<a class="icon-xls" href="/attach/55">公園の表</a>
<a href="/attach/56"><img src="/img/icon_pdf.gif" alt="PDFファイル">公園の図</a>
<a href="/attach/57" download="koen.geojson">位置</a>
<a href="about.html">CSVの使い方</a> <a href="rss.xml">RSS</a> <a href="p.jpg">写真</a>
<a href="kiyaku.pdf">利用規約</a> <a href="javascript:void(0)">x.csv</a> <a href="mailto:a@b.csv">m</a>
<a href="data:text/csv,1">d</a> <a href="https://get.example/reader/">Adobe Reader</a></main>)html");
  const core::Dataset dataset = run.dataset(0);
  std::string formats;
  for (const core::Resource& resource : dataset.resources) formats += resource.format + " ";
  EXPECT_EQ(formats, "CSV XLSX CSV XLS PDF GeoJSON ");
  EXPECT_EQ(dataset.resources[0].extras, (std::vector<core::Extra>{{"claimed_size", "3072"}}));
}

TEST(PageFactsTest, LinksAreResolvedAgainstBase) {
  const PageRun run(
      "<head><base href='https://files.example/d/'></head><h1>公園</h1><a href=a.csv>CSV</a>");
  EXPECT_EQ(run.dataset(0).resources[0].url, "https://files.example/d/a.csv");
}

TEST(PageFactsTest, IconsAndWordsOfOneFileAreOneResource) {
  const PageRun run(
      "<main><h1>公園</h1><a href=koen.csv><img alt=CSV></a> "
      "<a href=koen.csv>公園一覧</a></main>");
  EXPECT_EQ(run.summary(), "公園\n  koen.csv | 公園一覧 | CSV\n");
}

}  // namespace
}  // namespace minato::harvest
