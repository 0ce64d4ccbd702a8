// JSON-LD 1.1 to triples, as far as catalogues use it: inline contexts with prefixes, @vocab,
// @base,
// @language, coercion, containers, @reverse and aliases of keywords; @graph, nested nodes, @value,
// @list (its items become values in order) and @set. Nothing is fetched.
#pragma once

#include <string_view>

#include "formats/remote/rdf_graph.h"

namespace minato::formats {

// Adds the document's triples. `base` is its address. Names without any context are read as those
// of DCAT-AP. Fails with kUpstream "harvest-rdf" (no JSON, no object or list) and kTooLarge
// "harvest-rdf-too-large"; what is odd inside is passed over.
core::Result<void> read_jsonld(std::string_view json, std::string_view base, RdfGraph& graph);

}  // namespace minato::formats
