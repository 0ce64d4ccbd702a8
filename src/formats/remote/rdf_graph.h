// The triples of one document, whatever syntax they came in. Bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/error.h"

namespace minato::formats {

struct RdfTerm {
  enum class Kind { kIri, kBlank, kLiteral };
  Kind kind = Kind::kLiteral;
  std::string text;      // IRI, label of a blank node ("_:b1"), or the literal
  std::string language;  // of a literal, lower case; empty: none

  static RdfTerm iri(std::string text) { return {Kind::kIri, std::move(text), {}}; }
  static RdfTerm blank(std::string_view label) {
    return {Kind::kBlank, "_:" + std::string(label), {}};
  }
  static RdfTerm literal(std::string text, std::string language = {}) {
    return {Kind::kLiteral, std::move(text), std::move(language)};
  }
  bool operator==(const RdfTerm&) const = default;
};

struct RdfLimits {
  std::size_t max_triples = 2'000'000;
  std::size_t max_literal_bytes = std::size_t{1024} * 1024;
  std::size_t max_text_bytes = std::size_t{256} * 1024 * 1024;  // of all terms
};

class RdfGraph {
 public:
  explicit RdfGraph(const RdfLimits& limits = {}) : limits_(limits) {}

  // False when a limit is reached: the document is too large. Bad UTF-8 becomes U+FFFD. REQUIRES:
  // the subject is no literal.
  bool add(const RdfTerm& subject, std::string_view predicate, RdfTerm object);

  // In the order of the document, without repetitions. Valid until the next add().
  [[nodiscard]] std::vector<const RdfTerm*> objects(const std::string& subject,
                                                    std::string_view predicate) const;
  // Whether anything is said of it.
  [[nodiscard]] bool describes(const std::string& subject) const {
    return places_.contains(subject);
  }
  // In the order of the document.
  [[nodiscard]] std::vector<std::string> subjects_with(std::string_view predicate) const;
  [[nodiscard]] std::vector<std::string> subjects_of_type(std::string_view type) const;
  [[nodiscard]] std::size_t size() const { return triples_; }
  RdfTerm new_blank() { return RdfTerm::blank("minato" + std::to_string(++blanks_)); }

 private:
  struct Statement {
    std::uint32_t predicate;
    RdfTerm object;
  };
  struct Subject {
    std::string key;
    std::vector<Statement> statements;
  };
  [[nodiscard]] std::uint32_t find_predicate(std::string_view iri) const;

  RdfLimits limits_;
  std::vector<Subject> subjects_;
  std::unordered_map<std::string, std::size_t> places_;
  std::unordered_map<std::string, std::uint32_t> predicates_;
  std::size_t triples_ = 0;
  std::size_t text_bytes_ = 0;
  std::size_t blanks_ = 0;
};

core::Error rdf_too_large();                      // kTooLarge "harvest-rdf-too-large"
core::Error rdf_error(core::LocalizedText what);  // kUpstream "harvest-rdf": it cannot be read

}  // namespace minato::formats
