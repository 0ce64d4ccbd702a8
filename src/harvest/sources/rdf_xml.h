// RDF/XML (W3C 2014) to triples, on pugixml, which reads no external entity and expands none of a
// document's own.
#pragma once

#include <string>

#include "formats/remote/rdf_graph.h"

namespace minato::harvest {

// `base` is the document's address. Items of a collection become values in order; XML literals are
// kept as their XML. Fails with kUpstream "harvest-rdf" (no XML, no RDF, entities declared in a
// DOCTYPE, nesting over 100 elements) and kTooLarge "harvest-rdf-too-large".
core::Result<void> read_rdf_xml(const std::string& text, const std::string& base,
                                formats::RdfGraph& graph);

}  // namespace minato::harvest
