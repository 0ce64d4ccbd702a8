#include "formats/remote/dcat_dataset.h"

#include <gtest/gtest.h>

#include "formats/remote/dcat_page.h"
#include "formats/remote/jsonld.h"
#include "formats/remote/raw_dataset.h"

namespace minato::formats {
namespace {

using Texts = std::vector<std::string>;

// DCAT-AP's names are known without a context.
RdfGraph graph_of(std::string_view json) {
  RdfGraph graph;
  const auto read = read_jsonld(json, "https://e.jp/catalog.jsonld", graph);
  EXPECT_TRUE(read) << read.error().message.en;
  return graph;
}

DcatDataset only(std::string_view json) {
  const RdfGraph graph = graph_of(json);
  const DcatPage page = read_dcat_page(graph, "https://e.jp/catalog.jsonld");
  if (page.datasets.size() != 1) {
    ADD_FAILURE() << page.datasets.size() << " datasets";
    return {};
  }
  return read_dcat_dataset(graph, page.datasets[0]);
}

std::string extra(const std::vector<core::Extra>& extras, std::string_view key) {
  for (const core::Extra& each : extras) {
    if (each.key == key) return each.value;
  }
  return "(none)";
}

Texts tags(const core::Dataset& dataset) {
  Texts names;
  for (const core::Tag& tag : dataset.tags) names.push_back(tag.name);
  return names;
}

TEST(DcatDataset, ReadsWhatCkanextDcatWrites) {
  const DcatDataset found = only(R"({"@type":"Dataset","@id":"https://e.jp/dataset/toilet",
    "title":[{"@value":"Toilets","@language":"en"},{"@value":"トイレ","@language":"ja"}],
    "description":"市内","keyword":["公園","トイレ"],"identifier":"0b1c","issued":"2024-01-01",
    "modified":"2024-02-03T04:05:06","accrualPeriodicity":"http://e/MONTHLY",
    "theme":[{"@id":"http://e/GOVE"}],"language":"http://e/JPN","landingPage":"https://www.e.jp/t",
    "owl:versionInfo":"1.2","conformsTo":["http://s/2","http://s/1"],
    "temporal":{"@type":"dct:PeriodOfTime","startDate":"2020-01-01T00:00:00","endDate":"2021-03-31"},
    "spatial":{"prefLabel":"横須賀市","dct:identifier":"142018"},
    "publisher":{"@id":"https://e.jp/org","name":"横須賀市","mbox":"mailto:p@e.jp",
                 "homepage":"https://www.e.jp/"},
    "creator":{"name":"環境課"},
    "contactPoint":{"fn":"環境課","hasEmail":"mailto:c@e.jp","hasTelephone":"tel:046-1",
                    "hasURL":"https://www.e.jp/c"},
    "distribution":[
      {"@id":"https://e.jp/r2","title":"B","accessURL":"https://www.e.jp/b.csv","format":"CSV",
       "byteSize":"12.0","license":"https://creativecommons.org/licenses/by/4.0/",
       "issued":"2024-01-01T00:00:00","modified":"2024-02-01","rights":"R",
       "checksum":{"checksumValue":"abc","spdx:algorithm":"http://a/sha1"}},
      {"title":"A","description":"d","accessURL":"https://www.e.jp/","downloadURL":"https://e.jp/a",
       "mediaType":"https://www.iana.org/assignments/media-types/text/csv",
       "license":"http://own/"},
      {"title":"no address"}]})");
  const core::Dataset& dataset = found.dataset;
  EXPECT_EQ(found.id, "https://e.jp/dataset/toilet");
  EXPECT_EQ(found.modified, "2024-02-03T04:05:06");
  EXPECT_EQ(core::to_ckan_time(dataset.modified), "2024-02-03T04:05:06.000000");
  EXPECT_EQ(dataset.name, "toilet");
  EXPECT_EQ(dataset.title, "トイレ");
  EXPECT_EQ(dataset.title_en, "Toilets");
  EXPECT_EQ(dataset.notes, "市内");
  EXPECT_EQ(dataset.notes_en, "");
  EXPECT_EQ(tags(dataset), (Texts{"トイレ", "公園"}));
  EXPECT_EQ(dataset.frequency, "http://e/MONTHLY");
  EXPECT_EQ(dataset.themes, (Texts{"http://e/GOVE"}));
  EXPECT_EQ(dataset.language, "ja");
  EXPECT_EQ(dataset.url, "https://www.e.jp/t");
  EXPECT_EQ(dataset.version, "1.2");
  EXPECT_EQ(dataset.temporal, (core::Period{"2020-01-01", "2021-03-31"}));
  EXPECT_EQ(dataset.spatial, (Texts{"142018"}));
  EXPECT_EQ(dataset.contact, (core::Contact{"環境課", "c@e.jp", "https://www.e.jp/c", "046-1"}));
  EXPECT_EQ(dataset.author, "環境課");
  EXPECT_EQ(dataset.license_id, "https://creativecommons.org/licenses/by/4.0/");
  EXPECT_EQ(extra(dataset.extras, "publisher_name"), "横須賀市");
  EXPECT_EQ(extra(dataset.extras, "publisher_uri"), "https://e.jp/org");
  EXPECT_EQ(extra(dataset.extras, "publisher_email"), "p@e.jp");
  EXPECT_EQ(extra(dataset.extras, "identifier"), "0b1c");
  EXPECT_EQ(extra(dataset.extras, "issued"), "2024-01-01");
  EXPECT_EQ(extra(dataset.extras, "conforms_to"), R"(["http://s/1","http://s/2"])");
  EXPECT_EQ(extra(dataset.extras, "spatial_text"), "横須賀市");
  EXPECT_EQ(extra(dataset.extras, "harvest_repairs"), R"(["dcat:distribution: no address"])");
  ASSERT_EQ(dataset.resources.size(), 2U);
  const core::Resource& a = dataset.resources[0];
  EXPECT_EQ(a.id, "https://e.jp/a");
  EXPECT_EQ(a.url, "https://e.jp/a");
  EXPECT_EQ(a.description, "d");
  EXPECT_EQ(a.mimetype, "text/csv");
  EXPECT_EQ(a.format, "text/csv");
  EXPECT_EQ(a.license_id, "http://own/");
  EXPECT_EQ(extra(a.extras, "access_url"), "https://www.e.jp/");
  const core::Resource& b = dataset.resources[1];
  EXPECT_EQ(b.id, "https://e.jp/r2");
  EXPECT_EQ(b.position, 1);
  EXPECT_EQ(b.url, "https://www.e.jp/b.csv");
  EXPECT_EQ(b.format, "CSV");
  EXPECT_EQ(b.mimetype, "");
  EXPECT_EQ(b.size, 12);
  EXPECT_EQ(b.license_id, "");
  EXPECT_EQ(core::to_ckan_time(*b.last_modified), "2024-02-01T00:00:00.000000");
  EXPECT_EQ(b.hash, "");
  EXPECT_EQ(extra(b.extras, "remote_hash"), "abc");
  EXPECT_EQ(extra(b.extras, "rights"), "R");
}

TEST(DcatDataset, ReadsTheOlderAndNewerWords) {
  const DcatDataset found = only(R"({"@context":{"dcat":"http://www.w3.org/ns/dcat#",
      "dct":"http://purl.org/dc/terms/","schema":"http://schema.org/",
      "time":"http://www.w3.org/2006/time#","skos":"http://www.w3.org/2004/02/skos/core#"},
    "@type":"dcat:Dataset","dct:identifier":"x-1","dcat:version":"3",
    "dct:temporal":{"schema:startDate":"2019","schema:endDate":"2020"},
    "dct:spatial":{"@id":"http://data.e-stat.go.jp/lod/sac/C142018"},
    "dct:license":{"@id":"http://l/"},"dct:accrualPeriodicity":{"skos:prefLabel":"毎月"},
    "dcat:theme":{"skos:prefLabel":"人口・世帯"}})");
  EXPECT_EQ(found.id, "x-1");
  EXPECT_EQ(found.dataset.title, "");
  EXPECT_EQ(found.dataset.version, "3");
  EXPECT_EQ(found.dataset.temporal, (core::Period{"2019", "2020"}));
  EXPECT_EQ(found.dataset.spatial, (Texts{"142018"}));
  EXPECT_EQ(found.dataset.license_id, "http://l/");
  EXPECT_EQ(found.dataset.frequency, "毎月");
  EXPECT_EQ(found.dataset.themes, (Texts{"人口・世帯"}));
  EXPECT_EQ(found.dataset.url, "");
}

TEST(DcatDataset, ReadsSchemaOrg) {
  const DcatDataset found = only(R"({"@context":"https://schema.org/","@type":"Dataset",
    "@id":"https://e.jp/1","name":"N","description":"D","keywords":["k"],"dateModified":"2024-05-06",
    "license":"https://creativecommons.org/publicdomain/zero/1.0/","temporalCoverage":"2020/2021",
    "publisher":{"@type":"Organization","name":"P"},
    "distribution":{"@type":"DataDownload","contentUrl":"https://e.jp/a.csv","encodingFormat":"CSV"}})");
  EXPECT_EQ(found.dataset.title, "N");
  EXPECT_EQ(found.dataset.notes, "D");
  EXPECT_EQ(found.modified, "2024-05-06");
  EXPECT_EQ(found.dataset.temporal, (core::Period{"2020", "2021"}));
  EXPECT_EQ(found.dataset.license_id, "https://creativecommons.org/publicdomain/zero/1.0/");
  EXPECT_EQ(extra(found.dataset.extras, "publisher_name"), "P");
  ASSERT_EQ(found.dataset.resources.size(), 1U);
  EXPECT_EQ(found.dataset.resources[0].url, "https://e.jp/a.csv");
}

TEST(DcatDataset, IsIdentifiedByUriIdentifierOrLandingPage) {
  EXPECT_EQ(only(R"({"@type":"Dataset","landingPage":"https://e.jp/l","title":"t"})").id,
            "https://e.jp/l");
  EXPECT_EQ(only(R"({"@type":"Dataset","landingPage":"https://e.jp/l","identifier":"i"})").id, "i");
  EXPECT_EQ(only(R"({"@type":"Dataset","title":"t"})").id, "");
}

// rdflib writes its sets in another order every time.
TEST(DcatDataset, IsTheSameInAnyOrderOfTriples) {
  const DcatDataset one = only(R"({"@type":"Dataset","@id":"x","keyword":["b","a"],
    "title":["2","1"],"theme":["z","y"],"publisher":[{"name":"q"},{"name":"p"}],
    "distribution":[{"accessURL":"https://e/2"},{"accessURL":"https://e/1"}]})");
  const DcatDataset two = only(R"({"distribution":[{"accessURL":"https://e/1"},
    {"accessURL":"https://e/2"}],"publisher":[{"name":"p"},{"name":"q"}],"theme":["y","z"],
    "title":["1","2"],"keyword":["a","b"],"@id":"x","@type":"Dataset"})");
  EXPECT_EQ(write_raw_dataset(one.dataset), write_raw_dataset(two.dataset));
}

TEST(DcatPage, FindsDatasetsHereAndElsewhere) {
  const RdfGraph graph = graph_of(R"({"@graph":[{"@type":"Catalog","@id":"c","dataset":
    ["https://e.jp/1","https://e.jp/2",{"@id":"https://e.jp/3","title":"t"},"urn:x"]},
    {"@id":"https://e.jp/1","@type":"Dataset"},{"@type":"Dataset","title":"b"}]})");
  const DcatPage page = read_dcat_page(graph, "https://e.jp/catalog.jsonld");
  ASSERT_EQ(page.datasets.size(), 3U);
  EXPECT_EQ(page.datasets[0], "https://e.jp/1");
  EXPECT_EQ(page.datasets[2], "https://e.jp/3");
  EXPECT_EQ(page.elsewhere, (Texts{"https://e.jp/2"}));
  EXPECT_EQ(page.next, "");
  EXPECT_EQ(page.total, std::nullopt);
}

TEST(DcatPage, FindsTheNextPageInEverySpelling) {
  const auto next = [](std::string_view json) {
    return read_dcat_page(graph_of(json), "https://e.jp/c?page=1").next;
  };
  EXPECT_EQ(next(R"({"@id":"https://e.jp/c?page=1","hydra:nextPage":"https://e.jp/c?page=2"})"),
            "https://e.jp/c?page=2");
  EXPECT_EQ(next(R"({"@id":"x","hydra:next":{"@id":"https://e.jp/c?page=2"}})"),
            "https://e.jp/c?page=2");
  EXPECT_EQ(next(R"({"@id":"x","hydra:next":{"@value":"?page=2"}})"), "https://e.jp/c?page=2");
  EXPECT_EQ(next(R"({"@id":"x","view":{"@id":"v","@type":"hydra:PartialCollectionView",
                     "next":"https://e.jp/c?page=3"}})"),
            "https://e.jp/c?page=3");
  EXPECT_EQ(next(R"({"@id":"x","hydra:previous":"https://e.jp/c?page=0"})"), "");
  EXPECT_EQ(next(R"({"@id":"x","hydra:next":{"@value":"javascript:1"}})"), "");
  EXPECT_EQ(read_dcat_page(graph_of(R"({"@id":"x","totalItems":283})"), "https://e.jp/").total,
            283);
}

}  // namespace
}  // namespace minato::formats
