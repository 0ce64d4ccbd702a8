// The readers of Turtle and RDF/XML.
#include <gtest/gtest.h>

#include "harvest/sources/dcat_document.h"
#include "harvest/sources/rdf_turtle.h"
#include "harvest/sources/rdf_xml.h"

namespace minato::harvest {
namespace {

using Texts = std::vector<std::string>;

const std::string kBase = "https://e.jp/d/catalog.ttl";

Texts shown(const formats::RdfGraph& graph, const std::string& subject,
            std::string_view predicate) {
  Texts all;
  for (const formats::RdfTerm* term : graph.objects(subject, predicate)) {
    const char kind = term->kind == formats::RdfTerm::Kind::kLiteral ? '"' : '<';
    all.push_back(term->kind == formats::RdfTerm::Kind::kBlank
                      ? "[]"
                      : kind + term->text + (term->language.empty() ? "" : "@" + term->language));
  }
  return all;
}

formats::RdfGraph turtle(const std::string& text) {
  formats::RdfGraph graph;
  const auto read = read_turtle(text, kBase, graph);
  EXPECT_TRUE(read) << read.error().message.en;
  return graph;
}

formats::RdfGraph xml(const std::string& inner) {
  formats::RdfGraph graph;
  const auto read = read_rdf_xml(
      R"(<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:p="http://p/" xmlns="http://n/" xml:lang="JA">)" +
          inner + "</rdf:RDF>",
      kBase, graph);
  EXPECT_TRUE(read) << read.error().message.en;
  return graph;
}

std::string xml_error(const std::string& text) {
  formats::RdfGraph graph;
  const auto read = read_rdf_xml(text, kBase, graph);
  return read ? "none" : read.error().id;
}

TEST(Turtle, ReadsPrefixesLiteralsAndBlankNodes) {
  const auto graph = turtle(
      "\xEF\xBB\xBF@prefix p: <http://p/> . @prefix : <#> . PREFIX q: <q/>\n"
      "<a> p:x \"日本\\n語\"@ja-JP , 'v'^^p:t , 12 , true ; a p:T ; p:y [ p:z \"n\" ] .\n"
      ":frag p:x q:r ; p:l ( \"1\" <b> ) . @base <http://other/> . <c> p:x _:k . _:k p:x 1.5 .");
  EXPECT_EQ(shown(graph, "https://e.jp/d/a", "http://p/x"),
            (Texts{"\"日本\n語@ja-jp", "\"v", "\"12", "\"true"}));
  EXPECT_EQ(shown(graph, "https://e.jp/d/a", "http://p/y"), (Texts{"[]"}));
  EXPECT_EQ(shown(graph, "https://e.jp/d/catalog.ttl#frag", "http://p/x"),
            (Texts{"<https://e.jp/d/q/r"}));
  EXPECT_EQ(shown(graph, "http://other/c", "http://p/x"), (Texts{"[]"}));
}

TEST(Turtle, ReadsNTriples) {
  const auto graph =
      turtle("<http://s> <http://p> \"\\u3042\" .\n<http://s> <http://p> <http://o> .\n");
  EXPECT_EQ(shown(graph, "http://s", "http://p"), (Texts{"\"あ", "<http://o"}));
}

TEST(Turtle, TellsTheLineOfAMistake) {
  formats::RdfGraph graph;
  for (const std::string_view text :
       {"<a> <b> <c> .\n<d> <e> ;;; nonsense\n", "<a> <b> <c> .\n<a> <b> \"open", "x\ny",
        "<a> <b> <c> .\n<a> <b> <c"}) {
    const auto read = read_turtle(std::string(text), kBase, graph);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().id, "harvest-rdf");
  }
}

TEST(Turtle, EndsWhenNestedTooDeep) {
  for (const std::string_view piece : {"[ <p> ", "( "}) {
    std::string text = "<s> <p> ";
    for (int i = 0; i < 1'000'000; ++i) text += piece;
    formats::RdfGraph graph;
    const auto read = read_turtle(text, kBase, graph);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().id, "harvest-rdf");
  }
  std::string subject;
  for (int i = 0; i < 1'000'000; ++i) subject += "( ";
  formats::RdfGraph graph;
  EXPECT_FALSE(read_turtle(subject, kBase, graph));
}

TEST(Turtle, EndsAtTheLimitsOfTheGraph) {
  formats::RdfGraph graph({.max_triples = 2, .max_literal_bytes = 100, .max_text_bytes = 1000});
  const auto read = read_turtle("<a> <b> 1, 2, 3 .", kBase, graph);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().id, "harvest-rdf-too-large");
}

TEST(Turtle, SurvivesBadBytes) {
  formats::RdfGraph graph;
  const auto read = read_turtle("<a> <b> \"x\xFFy\" .", kBase, graph);
  if (read) {
    EXPECT_EQ(shown(graph, "https://e.jp/d/a", "https://e.jp/d/b"), (Texts{"\"x\xEF\xBF\xBDy"}));
  }
}

TEST(RdfXml, ReadsTheStripedSyntax) {
  const auto graph = xml(R"(
    <p:T rdf:about="/a" p:attribute="v">
      <p:text>  日本  </p:text><p:text xml:lang="EN">en</p:text>
      <p:typed rdf:datatype="http://t">1</p:typed>
      <p:link rdf:resource="../b"/>
      <p:node><T2 rdf:ID="i"><p:text>in</p:text></T2></p:node>
      <p:blank rdf:parseType="Resource"><p:text>x</p:text></p:blank>
      <p:short p:text="y"/>
      <p:list rdf:parseType="Collection"><rdf:Description rdf:about="1"/><p:T rdf:about="2"/></p:list>
      <p:xml rdf:parseType="Literal"><b>bold</b> text</p:xml>
      <p:ref rdf:nodeID="k"/><p:cdata><![CDATA[<c>]]></p:cdata>
      <rdf:li>one</rdf:li><rdf:li>two</rdf:li><p:empty/>
    </p:T>
    <rdf:Description rdf:nodeID="k" xml:base="http://base/x/"><p:link rdf:resource="y"/>
      <rdf:type rdf:resource="http://p/T3"/></rdf:Description>)");
  const std::string a = "https://e.jp/a";
  EXPECT_EQ(shown(graph, a, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            (Texts{"<http://p/T"}));
  EXPECT_EQ(shown(graph, a, "http://p/attribute"), (Texts{"\"v@ja"}));
  EXPECT_EQ(shown(graph, a, "http://p/text"), (Texts{"\"  日本  @ja", "\"en@en"}));
  EXPECT_EQ(shown(graph, a, "http://p/typed"), (Texts{"\"1"}));
  EXPECT_EQ(shown(graph, a, "http://p/link"), (Texts{"<https://e.jp/b"}));
  EXPECT_EQ(shown(graph, a, "http://p/node"), (Texts{"<" + kBase + "#i"}));
  EXPECT_EQ(shown(graph, kBase + "#i", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            (Texts{"<http://n/T2"}));
  EXPECT_EQ(shown(graph, a, "http://p/blank"), (Texts{"[]"}));
  EXPECT_EQ(shown(graph, a, "http://p/short"), (Texts{"[]"}));
  EXPECT_EQ(shown(graph, a, "http://p/list"), (Texts{"<https://e.jp/d/1", "<https://e.jp/d/2"}));
  EXPECT_EQ(shown(graph, a, "http://p/xml"), (Texts{"\"<b>bold</b> text"}));
  EXPECT_EQ(shown(graph, a, "http://p/cdata"), (Texts{"\"<c>@ja"}));
  EXPECT_EQ(shown(graph, a, "http://www.w3.org/1999/02/22-rdf-syntax-ns#_2"), (Texts{"\"two@ja"}));
  EXPECT_EQ(shown(graph, "_:id-k", "http://p/link"), (Texts{"<http://base/x/y"}));
}

TEST(RdfXml, SurvivesBadBytes) {
  const auto graph = xml("<p:T rdf:about=\"x\" xml:base=\"http://b\xFF/\" p:text=\"a\xFE\"/>");
  EXPECT_EQ(shown(graph, "http://b\xEF\xBF\xBD/x", "http://p/text"), (Texts{"\"a\xEF\xBF\xBD@ja"}));
}

TEST(RdfXml, ReadsNoEntities) {
  std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"lol\">";
  for (char c = 'b'; c < 'k'; ++c) {
    laughs += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) laughs += std::string("&") + static_cast<char>(c - 1) + ";";
    laughs += "\">";
  }
  EXPECT_EQ(xml_error(laughs + "]><r>&j;</r>"), "harvest-rdf");
  EXPECT_EQ(xml_error("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"),
            "harvest-rdf");
  const auto graph = xml(R"(<p:T rdf:about="/a"><p:text>&lt;&#x3042;&amp;</p:text></p:T>)");
  EXPECT_EQ(shown(graph, "https://e.jp/a", "http://p/text"), (Texts{"\"<あ&@ja"}));
}

TEST(RdfXml, RefusesWhatIsWrong) {
  EXPECT_EQ(xml_error("<rdf:RDF"), "harvest-rdf");
  EXPECT_EQ(xml_error(""), "harvest-rdf");
  EXPECT_EQ(xml_error("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>"),
            "harvest-rdf");
  std::string deep = "<p:a xmlns:p=\"http://p/\">";
  for (int i = 0; i < 100'000; ++i) deep += "<p:a>";
  EXPECT_EQ(xml_error(deep), "harvest-rdf");
  for (int i = 0; i < 100'000; ++i) deep += "</p:a>";
  EXPECT_EQ(xml_error(deep + "</p:a>"), "harvest-rdf");
  std::string wide = "<p:a xmlns:p=\"http://p/\" ";
  for (int i = 0; i < 2000; ++i) wide += "xmlns:x" + std::to_string(i) + "=\"http://x/\" ";
  EXPECT_EQ(xml_error(wide + "/>"), "harvest-rdf-too-large");
}

TEST(RdfSyntax, IsFoundByTheContent) {
  const auto find = [](std::string_view text, std::string_view type = "text/plain") {
    return find_rdf_syntax(text, type);
  };
  EXPECT_EQ(find("\xEF\xBB\xBF\n {\"@graph\":[]}"), RdfSyntax::kJsonLd);
  EXPECT_EQ(find("[ {\"@id\":\"x\"}]", "text/turtle"), RdfSyntax::kJsonLd);
  EXPECT_EQ(find("[] a <http://x> ."), RdfSyntax::kTurtle);
  EXPECT_EQ(find("@prefix a: <b> ."), RdfSyntax::kTurtle);
  EXPECT_EQ(find("PREFIX a: <b>", "application/octet-stream"), RdfSyntax::kTurtle);
  EXPECT_EQ(find("<http://s> <http://p> <http://o> .", "text/html"), RdfSyntax::kTurtle);
  EXPECT_EQ(find("<?xml version='1.0'?><rdf:RDF/>", "text/html"), RdfSyntax::kRdfXml);
  EXPECT_EQ(find("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"),
            RdfSyntax::kRdfXml);
  EXPECT_EQ(find("<!DOCTYPE html><html>", "text/turtle"), RdfSyntax::kHtml);
  EXPECT_EQ(find("<html lang=\"ja\">"), RdfSyntax::kHtml);
  EXPECT_EQ(read_rdf("<html>", "text/html", kBase).error().id, "harvest-rdf");
}

}  // namespace
}  // namespace minato::harvest
