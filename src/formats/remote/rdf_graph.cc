#include "formats/remote/rdf_graph.h"

#include <algorithm>
#include <limits>

#include "core/utf8.h"
#include "formats/remote/dcat_terms.h"
#include "text/utf8.h"

namespace minato::formats {
namespace {

constexpr std::uint32_t kUnknown = std::numeric_limits<std::uint32_t>::max();

}  // namespace

bool RdfGraph::add(const RdfTerm& subject, std::string_view predicate, RdfTerm object) {
  if (!core::is_valid_utf8(object.text)) object.text = text::sanitized(object.text);
  if (!core::is_valid_utf8(subject.text)) {
    return add({subject.kind, text::sanitized(subject.text), {}}, predicate, std::move(object));
  }
  text_bytes_ += subject.text.size() + object.text.size();
  if (triples_ >= limits_.max_triples || text_bytes_ > limits_.max_text_bytes ||
      object.text.size() > limits_.max_literal_bytes) {
    return false;
  }
  const auto [place, is_new] = places_.emplace(subject.text, subjects_.size());
  if (is_new) subjects_.push_back({subject.text, {}});
  const auto number =
      predicates_.emplace(std::string(predicate), static_cast<std::uint32_t>(predicates_.size()))
          .first->second;
  subjects_[place->second].statements.push_back({number, std::move(object)});
  ++triples_;
  return true;
}

std::uint32_t RdfGraph::find_predicate(std::string_view iri) const {
  const auto found = predicates_.find(std::string(iri));
  return found == predicates_.end() ? kUnknown : found->second;
}

std::vector<const RdfTerm*> RdfGraph::objects(const std::string& subject,
                                              std::string_view predicate) const {
  std::vector<const RdfTerm*> found;
  const auto place = places_.find(subject);
  const std::uint32_t number = find_predicate(predicate);
  if (place == places_.end() || number == kUnknown) return found;
  for (const Statement& statement : subjects_[place->second].statements) {
    if (statement.predicate != number) continue;
    const bool is_repeated = std::any_of(found.begin(), found.end(), [&](const RdfTerm* known) {
      return *known == statement.object;
    });
    // Quadratic, so only as far as repetitions matter.
    if (found.size() > 1000 || !is_repeated) found.push_back(&statement.object);
  }
  return found;
}

std::vector<std::string> RdfGraph::subjects_with(std::string_view predicate) const {
  std::vector<std::string> found;
  const std::uint32_t number = find_predicate(predicate);
  for (const Subject& subject : subjects_) {
    const auto& all = subject.statements;
    if (std::any_of(all.begin(), all.end(),
                    [number](const Statement& each) { return each.predicate == number; })) {
      found.push_back(subject.key);
    }
  }
  return found;
}

std::vector<std::string> RdfGraph::subjects_of_type(std::string_view type) const {
  std::vector<std::string> found;
  const std::uint32_t number = find_predicate(rdf::kType);
  for (const Subject& subject : subjects_) {
    const auto& all = subject.statements;
    if (std::any_of(all.begin(), all.end(), [&](const Statement& each) {
          return each.predicate == number && each.object.text == type;
        })) {
      found.push_back(subject.key);
    }
  }
  return found;
}

core::Error rdf_too_large() {
  return core::fail(core::ErrorCode::kTooLarge, "harvest-rdf-too-large",
                    {"RDF の文書が大きすぎます（200 万トリプル、1 リテラル 1 MiB まで）。",
                     "The RDF document is too large (at most 2 million triples, and 1 MiB per "
                     "literal)."},
                    {"収集元に、ページに分けて（hydra）公開してもらってください。",
                     "Ask the source to publish it in pages (hydra)."})
      .value();
}

core::Error rdf_error(core::LocalizedText what) {
  return core::fail(core::ErrorCode::kUpstream, "harvest-rdf",
                    {"RDF として読めません: " + what.ja, "This cannot be read as RDF: " + what.en},
                    {"収集元の URL が DCAT（RDF/XML、Turtle、N-Triples、JSON-LD）の文書のものか、"
                     "文書に誤りがないかを確かめてください。",
                     "Check that the URL of the source is that of a DCAT document (RDF/XML, "
                     "Turtle, N-Triples, JSON-LD), and that the document is correct."})
      .value();
}

}  // namespace minato::formats
