#include <gtest/gtest.h>

#include <memory>

#include "harvest/sources/source.h"
#include "support/fake_fetcher.h"
#include "support/recording_sink.h"

namespace minato::harvest {
namespace {

using Texts = std::vector<std::string>;

const std::string kUrl = "https://e.jp/catalog.ttl";
const std::string kPrefixes =
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
    "@prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n";

std::string dataset(int number) {
  const std::string n = std::to_string(number);
  return "<https://e.jp/dataset/" + n + "> a dcat:Dataset ; dct:title \"題 " + n +
         "\"@ja ; dct:modified \"2024-01-0" + n +
         "\" ; dcat:distribution [ dcat:accessURL <https://e.jp/" + n + ".csv> ] .\n";
}

// A page that names the next one, in both spellings by turns.
std::string page(int number, int pages, const std::string& datasets, int total = -1) {
  std::string text = kPrefixes + datasets + "<" + kUrl + "?page=" + std::to_string(number) +
                     "> a hydra:PagedCollection";
  if (number < pages) {
    text += number % 2 == 0 ? " ; hydra:next \"" : " ; hydra:nextPage \"";
    text += kUrl + "?page=" + std::to_string(number + 1) + "\"";
  }
  if (total >= 0) text += " ; hydra:totalItems " + std::to_string(total);
  return text + " .\n";
}

struct DcatRun {
  DcatRun() {
    source.kind = core::SourceKind::kDcat;
    source.url = kUrl;
  }
  core::Result<void> gather() {
    adapter = *make_dcat_source({.source = source,
                                 .options = options,
                                 .fetcher = fetcher,
                                 .clock = clock,
                                 .since = {},
                                 .work_directory = ""});
    return adapter->gather(sink);
  }
  [[nodiscard]] Texts ids() const {
    Texts all;
    for (const GatheredRecord& record : sink.records) all.push_back(record.remote_id);
    return all;
  }

  core::HarvestSource source;
  formats::SourceOptions options;
  test::FakeFetcher fetcher;
  core::SystemClock clock;
  test::RecordingSink sink;
  std::unique_ptr<Source> adapter;
};

TEST(DcatSource, GathersPageAfterPage) {
  DcatRun run;
  run.fetcher.put(kUrl, page(1, 3, dataset(1) + dataset(2), 4), "text/turtle");
  run.fetcher.put(kUrl + "?page=2", page(2, 3, dataset(3) + dataset(2), 4), "text/plain");
  run.fetcher.put(kUrl + "?page=3", page(3, 3, dataset(4), 4), "text/html");
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.ids(), (Texts{"https://e.jp/dataset/1", "https://e.jp/dataset/2",
                              "https://e.jp/dataset/3", "https://e.jp/dataset/4"}));
  EXPECT_TRUE(run.sink.faults.empty());
  EXPECT_EQ(run.sink.records[2].remote_modified, "2024-01-03");
  EXPECT_EQ(run.sink.records[2].url, "https://e.jp/dataset/3");
  const auto read = run.adapter->read(run.sink.records[2]);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->title, "題 3");
  EXPECT_EQ(read->resources.at(0).url, "https://e.jp/3.csv");
}

TEST(DcatSource, ReadsJsonldAndRdfXml) {
  DcatRun run;
  run.fetcher.put(kUrl, R"({"@type":"dcat:Dataset","@id":"https://e.jp/1","dct:title":"t"})",
                  "application/octet-stream");
  ASSERT_TRUE(run.gather());
  run.fetcher.put(kUrl,
                  R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                     xmlns:dcat="http://www.w3.org/ns/dcat#"><dcat:Catalog><dcat:dataset>
                     <dcat:Dataset rdf:about="https://e.jp/2"/></dcat:dataset></dcat:Catalog></rdf:RDF>)",
                  "text/xml");
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.ids(), (Texts{"https://e.jp/1", "https://e.jp/2"}));
}

TEST(DcatSource, FetchesWhatTheCatalogueOnlyNames) {
  DcatRun run;
  run.fetcher.put(kUrl,
                  kPrefixes + dataset(1) +
                      "<#c> a dcat:Catalog ; dcat:dataset <https://e.jp/dataset/1> , "
                      "<https://e.jp/dataset/2> , <https://e.jp/dataset/3> .",
                  "text/turtle");
  run.fetcher.put("https://e.jp/dataset/2", kPrefixes + dataset(2), "text/turtle");
  run.fetcher.put("https://e.jp/dataset/3", kPrefixes + dataset(1) + dataset(2), "text/turtle");
  ASSERT_TRUE(run.gather());
  ASSERT_EQ(run.sink.records.size(), 3U);
  GatheredRecord& second = run.sink.records[1];
  EXPECT_EQ(second.remote_id, "https://e.jp/dataset/2");
  EXPECT_TRUE(second.content.empty());
  const auto content = run.adapter->fetch(second);
  ASSERT_TRUE(content);
  second.content = *content;
  EXPECT_EQ(run.adapter->read(second)->title, "題 2");
  const auto wrong = run.adapter->fetch(run.sink.records[2]);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().id, "harvest-no-dataset");
}

TEST(DcatSource, IsNotWholeWhenFewerCameThanAnnounced) {
  DcatRun run;
  run.fetcher.put(kUrl, page(1, 1, dataset(1), 3), "text/turtle");
  ASSERT_TRUE(run.gather());
  ASSERT_EQ(run.sink.faults.size(), 1U);
  EXPECT_EQ(run.sink.faults[0].error.id, "harvest-incomplete");
  EXPECT_FALSE(run.sink.faults[0].whole);
}

TEST(DcatSource, ReportsADatasetWithoutIdentity) {
  DcatRun run;
  run.fetcher.put(kUrl, kPrefixes + dataset(1) + "[] a dcat:Dataset ; dct:title \"誰\" .",
                  "text/turtle");
  ASSERT_TRUE(run.gather());
  EXPECT_EQ(run.ids(), (Texts{"https://e.jp/dataset/1"}));
  ASSERT_EQ(run.sink.faults.size(), 1U);
  EXPECT_EQ(run.sink.faults[0].record, "誰");
  EXPECT_EQ(run.sink.faults[0].error.id, "harvest-no-id");
  EXPECT_TRUE(run.sink.faults[0].whole);
}

TEST(DcatSource, ReadsNoDatasetWithoutTitle) {
  DcatRun run;
  run.fetcher.put(kUrl, kPrefixes + "<https://e.jp/x> a dcat:Dataset ; dct:modified \"いつか\" .",
                  "text/turtle");
  ASSERT_TRUE(run.gather());
  const auto read = run.adapter->read(run.sink.records.at(0));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().id, "harvest-record");
}

TEST(DcatSource, EndsInALoopOfPages) {
  DcatRun run;
  run.fetcher.put(kUrl, page(1, 3, dataset(1), 9), "text/turtle");
  run.fetcher.put(kUrl + "?page=2", kPrefixes + dataset(2) + "<#p> hydra:next <" + kUrl + "> .",
                  "text/turtle");
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-paging");
  EXPECT_EQ(run.fetcher.requests.size(), 2U);
}

TEST(DcatSource, EndsWhenPagesBringNothingNew) {
  DcatRun run;
  int served = 0;
  run.fetcher.put_prefix(kUrl, [&](const FetchRequest& request) {
    ++served;
    return test::FakeFetcher::reply(request, page(served, 1'000'000, dataset(1)), "text/turtle");
  });
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-paging");
  EXPECT_LT(served, 10);
}

TEST(DcatSource, LosesNothingWhenALaterPageFails) {
  DcatRun run;
  run.fetcher.put(kUrl, page(1, 2, dataset(1)), "text/turtle");
  const auto failed = run.gather();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().id, "harvest-status");
  EXPECT_EQ(run.ids(), (Texts{"https://e.jp/dataset/1"}));
}

TEST(DcatSource, SaysThatADocumentIsNoCatalogue) {
  DcatRun run;
  run.fetcher.put(kUrl, "<a> <b> <c> .", "text/turtle");
  EXPECT_EQ(run.gather().error().id, "harvest-no-dataset");
  run.fetcher.put(kUrl, "<!DOCTYPE html><html></html>", "text/turtle");
  EXPECT_EQ(run.gather().error().id, "harvest-rdf");
  run.fetcher.put(kUrl, page(1, 1, "", 0), "text/turtle");
  EXPECT_TRUE(run.gather());
  run.source.url = "file:///etc/passwd";
  EXPECT_EQ(make_dcat_source({.source = run.source,
                              .options = run.options,
                              .fetcher = run.fetcher,
                              .clock = run.clock,
                              .since = {},
                              .work_directory = ""})
                .error()
                .id,
            "harvest-source-url");
}

}  // namespace
}  // namespace minato::harvest
