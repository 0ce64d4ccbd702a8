// A graph as text, one line per triple: "<s> <p> "o"@ja".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/remote/rdf_graph.h"

namespace minato::formats {

inline std::string shown(const RdfTerm& term) {
  if (term.kind == RdfTerm::Kind::kBlank) return "[]";
  if (term.kind == RdfTerm::Kind::kIri) return "<" + term.text + ">";
  return "\"" + term.text + "\"" + (term.language.empty() ? "" : "@" + term.language);
}

// The objects of a subject's predicate.
inline std::vector<std::string> shown(const RdfGraph& graph, const std::string& subject,
                                      std::string_view predicate) {
  std::vector<std::string> all;
  for (const RdfTerm* object : graph.objects(subject, predicate)) all.push_back(shown(*object));
  return all;
}

}  // namespace minato::formats
