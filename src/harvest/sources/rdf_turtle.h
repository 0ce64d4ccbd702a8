// Turtle and N-Triples to triples, by serd.
#pragma once

#include <string>

#include "formats/remote/rdf_graph.h"

namespace minato::harvest {

// `base` is the document's address. Bad UTF-8 becomes U+FFFD. Fails with kUpstream "harvest-rdf"
// (with the line) and kTooLarge "harvest-rdf-too-large"; nesting is bounded.
core::Result<void> read_turtle(const std::string& text, const std::string& base,
                               formats::RdfGraph& graph);

}  // namespace minato::harvest
