// Questions to a node of a DCAT graph. All answers are the same however the document orders its
// triples.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "formats/remote/rdf_graph.h"
#include "formats/remote/tolerant_object.h"

namespace minato::formats {

class DcatNode {
 public:
  DcatNode(const RdfGraph& graph, std::string key) : graph_(&graph), key_(std::move(key)) {}

  // Of the first of the predicates that has any: a literal as it is, of a node its label, or its
  // IRI when it has none. Trimmed, sorted, without empty ones and repetitions.
  using Predicates = std::initializer_list<std::string>;
  [[nodiscard]] std::vector<std::string> words(Predicates predicates) const;
  // The same, IRIs before labels.
  [[nodiscard]] std::vector<std::string> references(Predicates predicates) const;
  [[nodiscard]] std::string word(Predicates predicates) const;
  [[nodiscard]] std::string reference(Predicates predicates) const;
  // By language: `ja` is Japanese, else without a language, else any; `en` English.
  [[nodiscard]] BilingualText text(Predicates predicates) const;
  // Only the Japanese ones, or those without a language, when there are any.
  [[nodiscard]] std::vector<std::string> local_words(Predicates predicates) const;
  // The nodes (not literals) behind a predicate, by IRI, then the blank ones by label.
  [[nodiscard]] std::vector<DcatNode> nodes(Predicates predicates) const;

  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] bool is_blank() const { return key_.starts_with("_:"); }
  [[nodiscard]] std::string iri() const { return is_blank() ? std::string() : key_; }
  [[nodiscard]] bool is_described() const { return graph_->describes(key_); }
  // prefLabel, label, name and the like; empty: it has none.
  [[nodiscard]] std::string label() const;

 private:
  [[nodiscard]] std::vector<const RdfTerm*> objects(Predicates predicates) const;

  const RdfGraph* graph_;
  std::string key_;
};

// A JSON list of texts; empty for an empty list.
std::string text_list(const std::vector<std::string>& texts);

}  // namespace minato::formats
