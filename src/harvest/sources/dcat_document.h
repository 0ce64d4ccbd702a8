// An RDF document in whichever of the syntaxes DCAT comes in.
#pragma once

#include <string>
#include <string_view>

#include "formats/remote/rdf_graph.h"

namespace minato::harvest {

enum class RdfSyntax { kRdfXml, kTurtle, kJsonLd, kHtml };

// By the content itself; by the media type where that leaves a doubt. N-Triples are Turtle.
RdfSyntax find_rdf_syntax(std::string_view text, std::string_view media_type);

// `base` is the document's address. Fails as the readers do, with kUpstream "harvest-rdf" also for
// HTML.
core::Result<formats::RdfGraph> read_rdf(const std::string& text, std::string_view media_type,
                                         const std::string& base);

}  // namespace minato::harvest
