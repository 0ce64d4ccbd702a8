#include "formats/remote/dcat_node.h"

#include <algorithm>
#include <utility>

#include "formats/remote/dcat_terms.h"

namespace minato::formats {
namespace {

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

bool is_japanese(const RdfTerm& term) { return term.language.starts_with("ja"); }
bool is_english(const RdfTerm& term) { return term.language.starts_with("en"); }

std::vector<std::string> sorted(std::vector<std::string> texts) {
  std::erase(texts, std::string());
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

}  // namespace

std::vector<const RdfTerm*> DcatNode::objects(Predicates predicates) const {
  for (const std::string& predicate : predicates) {
    auto found = graph_->objects(key_, predicate);
    if (!found.empty()) return found;
  }
  return {};
}

std::string DcatNode::label() const {
  static const std::string kLabels[] = {term(kSkos, "prefLabel"),
                                        term(kRdfs, "label"),
                                        term(kFoaf, "name"),
                                        term(kVcard, "fn"),
                                        term(kDct, "title"),
                                        term(kSchema, "name"),
                                        term(rdf::kNamespace, "value"),
                                        term(kLocn, "geographicName"),
                                        term(kVcard, "hasValue"),
                                        term(kDct, "identifier")};
  for (const std::string& predicate : kLabels) {
    const BilingualText found = text({predicate});
    if (!found.ja.empty()) return found.ja;
  }
  return {};
}

std::vector<std::string> DcatNode::words(Predicates predicates) const {
  std::vector<std::string> words;
  for (const RdfTerm* object : objects(predicates)) {
    if (object->kind == RdfTerm::Kind::kLiteral) {
      words.push_back(trimmed(object->text));
      continue;
    }
    const DcatNode node(*graph_, object->text);
    const std::string label = node.label();
    words.push_back(label.empty() ? node.iri() : label);
  }
  return sorted(std::move(words));
}

std::vector<std::string> DcatNode::references(Predicates predicates) const {
  std::vector<std::string> found;
  for (const RdfTerm* object : objects(predicates)) {
    if (object->kind == RdfTerm::Kind::kBlank) {
      found.push_back(DcatNode(*graph_, object->text).label());
    } else {
      found.push_back(trimmed(object->text));
    }
  }
  return sorted(std::move(found));
}

std::string DcatNode::word(Predicates predicates) const {
  const auto all = words(predicates);
  return all.empty() ? std::string() : all.front();
}

std::string DcatNode::reference(Predicates predicates) const {
  const auto all = references(predicates);
  return all.empty() ? std::string() : all.front();
}

BilingualText DcatNode::text(Predicates predicates) const {
  BilingualText text;
  std::string plain;
  std::string other;
  const auto keep_first = [](std::string& place, const std::string& word) {
    if (place.empty() || (!word.empty() && word < place)) place = word;
  };
  for (const RdfTerm* object : objects(predicates)) {
    if (object->kind == RdfTerm::Kind::kBlank) continue;
    const std::string word = trimmed(object->text);
    if (is_japanese(*object)) {
      keep_first(text.ja, word);
    } else if (is_english(*object)) {
      keep_first(text.en, word);
    } else {
      keep_first(object->language.empty() ? plain : other, word);
    }
  }
  for (const std::string* next : {&plain, &text.en, &other}) {
    if (text.ja.empty()) text.ja = *next;
  }
  return text;
}

std::vector<std::string> DcatNode::local_words(Predicates predicates) const {
  std::vector<std::string> local;
  for (const RdfTerm* object : objects(predicates)) {
    const bool is_local = object->kind == RdfTerm::Kind::kLiteral &&
                          (object->language.empty() || is_japanese(*object));
    if (is_local) local.push_back(trimmed(object->text));
  }
  return local.empty() ? words(predicates) : sorted(std::move(local));
}

std::vector<DcatNode> DcatNode::nodes(Predicates predicates) const {
  std::vector<std::pair<std::string, DcatNode>> found;
  for (const RdfTerm* object : objects(predicates)) {
    if (object->kind == RdfTerm::Kind::kLiteral) continue;
    DcatNode node(*graph_, object->text);
    // The keys of blank nodes differ from one answer of the server to the next.
    std::string rank = node.is_blank() ? "~" + node.label() : node.key();
    found.emplace_back(std::move(rank), std::move(node));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<DcatNode> nodes;
  for (auto& each : found) nodes.push_back(std::move(each.second));
  return nodes;
}

std::string text_list(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::string list;
  JsonWriter json(list);
  json.begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
  return list;
}

}  // namespace minato::formats
