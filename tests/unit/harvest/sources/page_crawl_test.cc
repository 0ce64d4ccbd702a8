#include <gtest/gtest.h>

#include "page_source_run.h"

namespace minato::harvest {
namespace {

const std::string kDir = PageRun::kHost + "/opendata/";

std::string detail(const std::string& title, const std::string& files) {
  return "<title>" + title + "｜湊町</title><main><h1>" + title + "</h1><h2>データ</h2>" + files +
         "<h2>関連</h2><ul><li><a href='/opendata/index.html'>一覧へ</a></ul></main>";
}

// Entries that lead to pages of their own.
struct Library : PageRun {
  Library() {
    put(kUrl, R"(<main><h1>オープンデータ一覧</h1><ul><li><a href="aed.html">AED設置箇所</a></li>
<li><a href="koen.html#top">公園</a></li><li><a href="/news/1.html">お知らせ</a></li>
<li><a href="https://other.example/x.html">県のデータ</a></li></ul></main>)");
    put(kDir + "aed.html",
        detail("AED設置箇所", "<a href=aed.csv>CSV</a> <a href=aed.pdf>PDF</a>"));
    put(kDir + "koen.html", detail("公園", "<a href=koen.csv>CSV</a>"));
    put(kHost + "/news/1.html", detail("お知らせ", ""));
    options.link_depth = 1;
  }
};

TEST(PageCrawl, MakesADatasetOfEachPageFound) {
  Library library;
  library.run();
  EXPECT_EQ(library.summary(), R"(AED設置箇所
  aed.csv | AED設置箇所（CSV） | CSV
  aed.pdf | AED設置箇所（PDF） | PDF
公園
  koen.csv | 公園（CSV） | CSV
)");
  EXPECT_EQ(library.sink.records[0].remote_id, kDir + "aed.html");
  EXPECT_EQ(library.fetcher.requests.size(), 4U);  // each once, no other host
  EXPECT_TRUE(library.sink.faults.empty());
}

TEST(PageCrawl, FollowsOnlyWhatThePatternFinds) {
  Library library;
  library.options.link_pattern = "/opendata/|お知ら";
  library.run();
  EXPECT_EQ(library.fetcher.requests.size(), 4U);
  library.fetcher.requests.clear();
  library.options.link_pattern = "aed\\.html$";
  library.run();
  EXPECT_EQ(library.fetcher.requests.size(), 2U);
  EXPECT_EQ(library.titles(), "AED設置箇所\n");
}

TEST(PageCrawl, GoesNoDeeperThanTold) {
  Library library;
  library.options.link_depth = 0;
  library.run();
  EXPECT_EQ(library.summary(), "error harvest-page-empty");
  EXPECT_EQ(library.fetcher.requests.size(), 1U);
}

TEST(PageCrawl, FollowsNextPagesOnTheSameLevel) {
  PageRun run;
  const std::string pager = "<div class=pager><a href='index.html?page=";
  run.put(PageRun::kUrl, "<main><h1>データ</h1><h2>公園</h2><a href=a.csv>CSV</a>" + pager +
                             "2'>次へ</a></div></main>");
  run.put(PageRun::kUrl + "?page=2", "<main><h1>データ</h1><h2>学校</h2><a href=b.csv>CSV</a>" +
                                         pager + "1'>前へ</a>" + pager +
                                         "3'>次のページ</a></main>");
  run.put(PageRun::kUrl + "?page=3",
          "<main><h1>データ</h1><h2>公民館</h2><a href=c.csv>CSV</a></main>");
  run.run();
  EXPECT_EQ(run.titles(), "公園\n学校\n公民館\n");
  EXPECT_TRUE(run.id(1).starts_with("#d-")) << run.id(1);  // wherever on the list it stands
  EXPECT_EQ(run.dataset(1).url, PageRun::kUrl + "?page=2");
}

TEST(PageCrawl, EndsOnEndlessPages) {
  PageRun run;
  int served = 0;
  run.put(PageRun::kUrl,
          "<main><h1>公園</h1><a href=a.csv>CSV</a><a href='?page=1'>次へ</a></main>");
  run.fetcher.put_prefix(PageRun::kUrl + "?page=", [&served](const FetchRequest& request) {
    return test::FakeFetcher::reply(
        request, "<main><a href='?page=" + std::to_string(++served + 1) + "'>次へ</a></main>",
        "text/html");
  });
  run.run();
  EXPECT_TRUE(run.result.has_value());
  EXPECT_LE(run.fetcher.requests.size(), 102U);
  ASSERT_EQ(run.sink.faults.size(), 1U);
  EXPECT_EQ(run.sink.faults[0].error.id, "harvest-max-pages");
  EXPECT_FALSE(run.sink.faults[0].whole);
}

TEST(PageCrawl, ReadsAtMostMaxPages) {
  Library library;
  library.options.max_pages = 2;
  library.run();
  EXPECT_EQ(library.fetcher.requests.size(), 2U);
  EXPECT_EQ(library.sink.faults.at(0).error.id, "harvest-max-pages");
}

TEST(PageCrawl, APageThatIsGoneListsNothingOneThatFailsIsUnknown) {
  Library library;
  library.fetcher.put_error(kDir + "aed.html", test::FakeFetcher::status_error(404));
  library.fetcher.put_error(kDir + "koen.html", test::FakeFetcher::status_error(500));
  library.put(PageRun::kHost + "/news/1.html", detail("議会", "<a href=g.csv>CSV</a>"));
  library.run();
  ASSERT_EQ(library.sink.faults.size(), 2U);
  EXPECT_TRUE(library.sink.faults[0].whole);
  EXPECT_FALSE(library.sink.faults[1].whole);
  EXPECT_EQ(library.titles(), "議会\n");
}

TEST(PageCrawl, FailsWhenTheFirstPageDoes) {
  PageRun run;
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-status");
  run.fetcher.put(PageRun::kUrl, "a,b\n", "text/csv");
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-page-type");
  run.put(PageRun::kUrl, "<main><h1>改修中</h1></main>");
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-page-empty");
}

TEST(PageCrawl, TheSameFilesOnTwoPagesAreOneDataset) {
  Library library;
  library.put(PageRun::kUrl, R"(<main><h1>オープンデータ一覧</h1><table>
<tr><th>分類</th><th>データ名</th><th>形式</th></tr>
<tr><td>安全</td><td><a href="aed.html">AED設置箇所</a></td><td><a href="aed.csv">CSV</a></td></tr>
<tr><td>くらし</td><td>図書館</td><td><a href="tosho.csv">CSV</a></td></tr></table></main>)");
  library.run();
  EXPECT_EQ(library.titles(), "図書館\nAED設置箇所\n");
  EXPECT_EQ(tags_of(library.dataset(1)), "安全;");
}

TEST(PageCrawl, AFollowedListIsReadAsAList) {
  Library library;
  library.put(kDir + "aed.html",
              "<main><h1>オープンデータ（分野1）</h1><h2>避難所</h2><a href=1.csv>CSV</a>"
              "<h2>消火栓</h2><a href=2.csv>CSV</a></main>");
  library.run();
  EXPECT_EQ(library.titles(), "避難所\n消火栓\n公園\n");
}

TEST(PageCrawl, SelectorsSayWhatADatasetIs) {
  PageRun run;
  run.put(PageRun::kUrl,
          R"(<body><div class="card"><b class="t">公園</b><span class="d">町の公園</span>
<a href="koen.csv">CSV</a></div><div class="card" id="gakko"><b class="t">学校</b><a href="ko.csv">CSV</a>
<a href="ko.pdf">PDF</a></div><div class="old card"><b class="t">旧</b><a href="c.csv">CSV</a></div></body>)");
  run.options.dataset_selector = "div.card";
  run.options.title_selector = ".t";
  run.options.description_selector = ".d";
  run.options.exclude_selector = ".old";
  run.options.file_pattern = "\\.csv$";
  run.run();
  EXPECT_EQ(run.summary(),
            "公園\n  koen.csv | 公園（CSV） | CSV\n学校\n  ko.csv | 学校（CSV） | CSV\n");
  EXPECT_EQ(run.dataset(0).notes, "町の公園");
  EXPECT_EQ(run.id(1), "#gakko");
}

TEST(PageCrawl, AMissingContentPartIsAnErrorNotAnEmptyList) {
  PageRun run;
  run.put(PageRun::kUrl, "<main><h1>公園</h1><a href=a.csv>CSV</a></main>");
  run.options.content_selector = "#gone";
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-page-changed");
}

TEST(PageCrawl, OptionsThatCannotBeReadAreRefused) {
  PageRun run;
  run.options.content_selector = "div[";
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-selector");
  run.options.content_selector.clear();
  run.options.link_pattern = "(";
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-pattern");
  run.options.link_pattern.clear();
  run.options.datasets_by = "luck";
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-options");
  run.source.url = "ftp://town.example/";
  run.run();
  EXPECT_EQ(run.summary(), "error harvest-url");
}

TEST(PageCrawl, DatasetsAreMadeAsTold) {
  PageRun run;
  run.put(PageRun::kUrl,
          "<title>公園の集まり</title><main><h2>公園</h2><a href=a.csv>遊具</a> "
          "<a href=b.csv>樹木</a><h2>学校</h2><a href=c.csv>校舎</a></main>");
  for (const auto& [by, titles] :
       std::vector<std::pair<std::string, std::string>>{{"page", "公園の集まり\n"},
                                                        {"heading", "公園\n学校\n"},
                                                        {"file", "遊具\n樹木\n校舎\n"}}) {
    run.options.datasets_by = by;
    run.run();
    EXPECT_EQ(run.titles(), titles) << by;
  }
}

TEST(PageCrawl, ManyLinksAreCutAndReported) {
  std::string html = "<main><h1>公園</h1>";
  for (int i = 0; i < 6000; ++i) html += "<a href=a" + std::to_string(i) + "x.csv>CSV</a>";
  PageRun run(html + "</main>");
  EXPECT_EQ(run.dataset(0).resources.size(), 5000U);
  EXPECT_EQ(run.sink.faults.at(0).error.id, "harvest-page-files");
  EXPECT_FALSE(run.sink.faults[0].whole);
}

TEST(PageCrawl, HostilePagesEndInAnError) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  EXPECT_EQ(PageRun(deep + "<a href=a.csv>CSV</a>").summary(), "error harvest-page-complex");
  EXPECT_EQ(PageRun(std::string(6 * 1024 * 1024, 'x')).summary(), "error harvest-too-large");
  EXPECT_EQ(PageRun(std::string("\0\0<main>\0\x01<h1>公\0園</h1><a href=a.csv>\x7f", 50)).titles(),
            "公園\n");
}

}  // namespace
}  // namespace minato::harvest
