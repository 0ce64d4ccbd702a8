#include "harvest/sources/dcat_document.h"

#include <algorithm>

#include "formats/remote/jsonld.h"
#include "harvest/sources/rdf_turtle.h"
#include "harvest/sources/rdf_xml.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kSniffed = 4096;

std::string lower_start(std::string_view text) {
  std::string start(text.substr(0, kSniffed));
  std::transform(start.begin(), start.end(), start.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return start;
}

// "<" begins XML, HTML, and the IRIs of Turtle.
RdfSyntax syntax_of_angle(const std::string& start, std::string_view media_type) {
  if (start.starts_with("<!doctype html") || start.starts_with("<html")) return RdfSyntax::kHtml;
  const bool is_xml = start.starts_with("<?xml") || start.starts_with("<!");
  if (is_xml || start.find("xmlns") < start.find('>')) {
    const bool is_rdf = start.find("22-rdf-syntax-ns#") != std::string::npos;
    return !is_rdf && start.find("<html") != std::string::npos ? RdfSyntax::kHtml
                                                               : RdfSyntax::kRdfXml;
  }
  const std::size_t colon = start.find(':');
  const bool is_iri = colon < start.find('>') && start.find(' ') > colon;
  const bool says_so = media_type.find("turtle") != std::string_view::npos ||
                       media_type.find("triples") != std::string_view::npos;
  return is_iri || says_so ? RdfSyntax::kTurtle : RdfSyntax::kRdfXml;
}

}  // namespace

RdfSyntax find_rdf_syntax(std::string_view text, std::string_view media_type) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const char first = text.empty() ? '\0' : text.front();
  if (first == '{') return RdfSyntax::kJsonLd;
  if (first == '<') return syntax_of_angle(lower_start(text), media_type);
  if (first == '[') {
    // A list of JSON objects; in Turtle a blank node.
    const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
    return next != std::string_view::npos && text[next] == '{' ? RdfSyntax::kJsonLd
                                                               : RdfSyntax::kTurtle;
  }
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) return RdfSyntax::kRdfXml;
  const bool is_text = first == '@' || first == '#' || first == '_' || !media_type.ends_with("xml");
  return is_text ? RdfSyntax::kTurtle : RdfSyntax::kRdfXml;
}

core::Result<formats::RdfGraph> read_rdf(const std::string& text, std::string_view media_type,
                                         const std::string& base) {
  formats::RdfGraph graph;
  core::Result<void> read;
  switch (find_rdf_syntax(text, media_type)) {
    case RdfSyntax::kRdfXml:
      read = read_rdf_xml(text, base, graph);
      break;
    case RdfSyntax::kTurtle:
      read = read_turtle(text, base, graph);
      break;
    case RdfSyntax::kJsonLd:
      read = formats::read_jsonld(text, base, graph);
      break;
    case RdfSyntax::kHtml:
      return tl::unexpected<core::Error>(
          formats::rdf_error({"HTML のページが返りました。", "An HTML page came instead."}));
  }
  if (!read) return tl::unexpected<core::Error>(read.error());
  return graph;
}

}  // namespace minato::harvest
