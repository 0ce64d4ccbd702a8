#include "formats/remote/jsonld.h"

#include <gtest/gtest.h>

#include "formats/remote/dcat_terms.h"
#include "rdf_lines.h"

namespace minato::formats {
namespace {

using Texts = std::vector<std::string>;

RdfGraph read(std::string_view json) {
  RdfGraph graph;
  const auto read = read_jsonld(json, "https://e.jp/catalog.jsonld", graph);
  EXPECT_TRUE(read) << read.error().message.en;
  return graph;
}

TEST(Jsonld, ReadsAnInlineContext) {
  const RdfGraph graph = read(R"({
    "@context": {"dct":"http://purl.org/dc/terms/","dcat":"http://www.w3.org/ns/dcat#",
      "title":"dct:title", "page":{"@id":"dcat:landingPage","@type":"@id"},
      "dct:issued":{"@type":"http://www.w3.org/2001/XMLSchema#date"},
      "names":{"@id":"dct:alternative","@container":"@language"},
      "plain":{"@id":"dct:x","@language":null}, "type":"@type", "id":"@id",
      "kind":{"@id":"dct:type","@type":"@vocab"}, "@vocab":"http://v/", "@language":"JA"},
    "id":"dataset/1", "type":["dcat:Dataset","Thing"], "title":"題", "page":"/p",
    "dct:issued":"2024-01-01","names":{"en":"E","ja":["J1","J2"]}, "plain":"p", "kind":"Map",
    "other":5, "dct:title":{"@value":"T","@language":"en"}, "dct:flag":true, "none":null})");
  const std::string id = "https://e.jp/dataset/1";
  EXPECT_EQ(shown(graph, id, rdf::kType),
            (Texts{"<http://www.w3.org/ns/dcat#Dataset>", "<http://v/Thing>"}));
  EXPECT_EQ(shown(graph, id, term(kDct, "title")), (Texts{"\"題\"@ja", "\"T\"@en"}));
  EXPECT_EQ(shown(graph, id, term(kDcat, "landingPage")), (Texts{"<https://e.jp/p>"}));
  EXPECT_EQ(shown(graph, id, term(kDct, "issued")), (Texts{"\"2024-01-01\""}));
  EXPECT_EQ(shown(graph, id, term(kDct, "alternative")),
            (Texts{"\"E\"@en", "\"J1\"@ja", "\"J2\"@ja"}));
  EXPECT_EQ(shown(graph, id, term(kDct, "x")), (Texts{"\"p\""}));
  EXPECT_EQ(shown(graph, id, term(kDct, "type")), (Texts{"<http://v/Map>"}));
  EXPECT_EQ(shown(graph, id, "http://v/other"), (Texts{"\"5\""}));
  EXPECT_EQ(shown(graph, id, term(kDct, "flag")), (Texts{"\"true\""}));
}

TEST(Jsonld, ReadsGraphsNestedNodesAndLists) {
  const RdfGraph graph = read(R"({"@context":{"@base":"http://b/x/","d":"http://d/",
      "p":{"@reverse":"d:of"}},
    "@graph":[
      {"@id":"c","d:dataset":[{"@id":"1","d:name":{"@list":["a","b"]}},{"@id":"2"}],
       "d:set":{"@set":["x",["y"]]}},
      {"@id":"1","@reverse":{"d:has":{"@id":"r"}},"p":"q","d:part":{"d:name":"deep"}},
      {"@context":{"d":"http://other/"},"@id":"3","d:name":"n"}]})");
  EXPECT_EQ(shown(graph, "http://b/x/c", "http://d/dataset"),
            (Texts{"<http://b/x/1>", "<http://b/x/2>"}));
  EXPECT_EQ(shown(graph, "http://b/x/1", "http://d/name"), (Texts{"\"a\"", "\"b\""}));
  EXPECT_EQ(shown(graph, "http://b/x/c", "http://d/set"), (Texts{"\"x\"", "\"y\""}));
  EXPECT_EQ(shown(graph, "http://b/x/r", "http://d/has"), (Texts{"<http://b/x/1>"}));
  EXPECT_EQ(shown(graph, "http://b/x/q", "http://d/of"), (Texts{"<http://b/x/1>"}));
  EXPECT_EQ(shown(graph, "http://b/x/1", "http://d/part"), (Texts{"[]"}));
  EXPECT_EQ(shown(graph, "http://b/x/3", "http://other/name"), (Texts{"\"n\""}));
}

TEST(Jsonld, KnowsTheNamesOfDcatWithoutFetchingAContext) {
  for (const std::string_view start : {R"({"@context":"https://example.org/dcat-ap.jsonld",)", "{",
                                       R"({"@context":[],"@id":"s",)", R"([{)"}) {
    const bool is_bare = start.find("[]") != std::string_view::npos;
    const std::string name = is_bare ? "dct:title" : "title";
    std::string json = std::string(start) + "\"@id\":\"https://e.jp/1\",\"" + name + "\":\"T\"}";
    if (is_bare) json.replace(json.find("\"@id\":\"s\","), 10, "");
    if (json.front() == '[') json += ']';
    EXPECT_EQ(shown(read(json), "https://e.jp/1", term(kDct, "title")), (Texts{"\"T\""})) << json;
  }
  const RdfGraph graph = read(R"({"@context":"http://schema.org/","@type":"Dataset","@id":"x",
                                  "name":"N","distribution":{"contentUrl":"u"}})");
  EXPECT_EQ(shown(graph, "https://e.jp/x", term(kSchema, "name")), (Texts{"\"N\""}));
  EXPECT_EQ(shown(graph, "https://e.jp/x", rdf::kType), (Texts{"<http://schema.org/Dataset>"}));
}

TEST(Jsonld, PassesOverWhatIsOdd) {
  const RdfGraph graph = read(R"({"@context":[1,{"a":5,"b":null,"c":{"@id":null},"loop":"loop2:x",
      "loop2":"loop:y"}],"@id":7,"a":"x","b":"y","loop":"z","@type":{"x":1},"@graph":[1,"s",null],
      "@reverse":3,"http://p":{"@value":null},"http://q":{"@value":{"x":1}}})");
  EXPECT_LE(graph.size(), 2U);
}

TEST(Jsonld, RefusesWhatIsNoJsonld) {
  RdfGraph graph;
  for (const std::string_view json : {"", "5", "{", "{\"a\":1,}"}) {
    EXPECT_EQ(read_jsonld(json, "https://e.jp/", graph).error().id, "harvest-rdf") << json;
  }
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  EXPECT_EQ(read_jsonld(deep, "https://e.jp/", graph).error().id, "harvest-rdf");
}

TEST(Jsonld, EndsAtTheLimitsOfTheGraph) {
  RdfGraph graph({.max_triples = 3, .max_literal_bytes = 10, .max_text_bytes = 1000});
  const auto many = read_jsonld(R"({"title":["a","b","c","d"]})", "https://e.jp/", graph);
  EXPECT_EQ(many.error().id, "harvest-rdf-too-large");
  RdfGraph other({.max_triples = 3, .max_literal_bytes = 10, .max_text_bytes = 1000});
  const auto large = read_jsonld(R"({"title":"0123456789x"})", "https://e.jp/", other);
  EXPECT_EQ(large.error().id, "harvest-rdf-too-large");
}

TEST(Jsonld, KeepsNestedContextsToTheirNodes) {
  const RdfGraph graph = read(R"({"@context":{"a":"http://a/","n":"http://a/n"},"@id":"1",
    "n":{"@context":{"n":"http://b/n","a":null},"@id":"2","n":"x","a:m":"y"},"a:m":"z"})");
  EXPECT_EQ(shown(graph, "https://e.jp/1", "http://a/n"), (Texts{"<https://e.jp/2>"}));
  EXPECT_EQ(shown(graph, "https://e.jp/2", "http://b/n"), (Texts{"\"x\""}));
  EXPECT_EQ(shown(graph, "https://e.jp/1", "http://a/m"), (Texts{"\"z\""}));
}

// A large context is not copied for each of many nodes that have one of their own.
TEST(Jsonld, ReadsManyNestedContexts) {
  std::string json = R"({"@context":{)";
  for (int i = 0; i < 9000; ++i) json += "\"t" + std::to_string(i) + "\":\"http://x/\",";
  json += R"("p":"http://p"},"@id":"s","p":[)";
  for (int i = 0; i < 1000; ++i) json += R"({"@context":{},"@id":"s","p":1},)";
  json += "1]}";
  EXPECT_EQ(read(json).size(), 2001U);
}

}  // namespace
}  // namespace minato::formats
