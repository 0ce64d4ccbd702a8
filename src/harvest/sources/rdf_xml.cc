#include "harvest/sources/rdf_xml.h"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>
#include <utility>

#include "formats/remote/dcat_terms.h"
#include "formats/remote/iri.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

using formats::RdfTerm;
using pugi::xml_attribute;
using pugi::xml_node;

constexpr int kMaxDepth = 100;
constexpr int kMaxAttributes = 1000;  // namespaces are looked up in them
constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

// What xmlns:*, xml:base and xml:lang say at an element, in a chain up to the root.
class Scope {
 public:
  explicit Scope(std::string base) : base_(std::move(base)) {}
  Scope(const Scope& outer, xml_node element)
      : outer_(&outer),
        element_(element),
        base_(outer.base_),
        language_(outer.language_),
        depth_(outer.depth_ + 1) {
    if (const xml_attribute base = element.attribute("xml:base")) {
      base_ = formats::resolve_iri(base_, base.value());
    }
    if (const xml_attribute language = element.attribute("xml:lang")) {
      language_ = language.value();
      for (char& c : language_) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
    }
  }

  [[nodiscard]] std::string resolve(std::string_view reference) const {
    return formats::resolve_iri(base_, text::sanitized(reference));
  }
  // Empty when the prefix is unknown, or an attribute has none.
  [[nodiscard]] std::string expand(std::string_view name, bool is_attribute = false) const {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) {
      if (is_attribute) return {};
      return look_up("xmlns") + std::string(name);
    }
    const std::string_view prefix = name.substr(0, colon);
    if (prefix == "xmlns") return {};
    const std::string space =
        prefix == "xml" ? std::string(kXmlNamespace) : look_up("xmlns:" + std::string(prefix));
    return space.empty() ? std::string() : space + std::string(name.substr(colon + 1));
  }
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] int depth() const { return depth_; }

 private:
  [[nodiscard]] std::string look_up(const std::string& declaration) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->outer_) {
      if (const xml_attribute found = scope->element_.attribute(declaration.c_str())) {
        return found.value();
      }
    }
    return {};
  }

  const Scope* outer_ = nullptr;
  xml_node element_;
  std::string base_;
  std::string language_;
  int depth_ = 0;
};

std::string rdf(std::string_view name) { return formats::term(formats::rdf::kNamespace, name); }

class Reader {
 public:
  explicit Reader(formats::RdfGraph& graph) : graph_(graph) {}

  // s7.2.9 and s7.2.8: rdf:RDF with nodes in it, or one node.
  void read_document(xml_node root, const Scope& outer) {
    const Scope scope(outer, root);
    if (scope.expand(root.name()) != rdf("RDF")) {
      read_node(root, outer);
      return;
    }
    for (const xml_node child : root.children()) {
      if (child.type() == pugi::node_element) read_node(child, scope);
    }
  }
  [[nodiscard]] bool is_full() const { return is_full_; }
  [[nodiscard]] bool is_too_deep() const { return is_too_deep_; }

 private:
  // The value of an rdf:* attribute; data() is null when there is none.
  static std::string_view rdf_attribute(xml_node element, const Scope& scope,
                                        std::string_view name) {
    for (const xml_attribute each : element.attributes()) {
      const std::string_view raw = each.name();
      if (scope.expand(raw, true) == rdf(name)) return each.value();
    }
    return {};
  }
  static bool has_rdf_attribute(xml_node element, const Scope& scope, std::string_view name) {
    return rdf_attribute(element, scope, name).data() != nullptr;
  }

  // s7.2.11
  RdfTerm read_node(xml_node element, const Scope& outer) {
    const Scope scope(outer, element);
    if (stop(scope, element)) return graph_.new_blank();
    const RdfTerm subject = subject_of(element, scope);
    const std::string type = scope.expand(element.name());
    if (type != rdf("Description") && !type.empty()) {
      add(subject, formats::rdf::kType, RdfTerm::iri(type));
    }
    add_attributes(subject, element, scope);
    read_properties(subject, element, scope);
    return subject;
  }

  RdfTerm subject_of(xml_node element, const Scope& scope) {
    if (has_rdf_attribute(element, scope, "about")) {
      return RdfTerm::iri(scope.resolve(rdf_attribute(element, scope, "about")));
    }
    if (has_rdf_attribute(element, scope, "ID")) {
      return RdfTerm::iri(scope.resolve("#" + std::string(rdf_attribute(element, scope, "ID"))));
    }
    if (has_rdf_attribute(element, scope, "nodeID")) {
      return RdfTerm::blank("id-" + std::string(rdf_attribute(element, scope, "nodeID")));
    }
    return graph_.new_blank();
  }

  // Property attributes, s7.2.11 and s7.2.21.
  bool add_attributes(const RdfTerm& subject, xml_node element, const Scope& scope) {
    bool has_any = false;
    for (const xml_attribute each : element.attributes()) {
      const std::string name = scope.expand(each.name(), true);
      if (name == formats::rdf::kType) {
        add(subject, name, RdfTerm::iri(scope.resolve(each.value())));
        has_any = true;
      }
      if (name.empty() || name.starts_with(formats::rdf::kNamespace) ||
          name.starts_with(kXmlNamespace)) {
        continue;
      }
      add(subject, name, RdfTerm::literal(text::sanitized(each.value()), scope.language()));
      has_any = true;
    }
    return has_any;
  }

  void read_properties(const RdfTerm& subject, xml_node element, const Scope& scope) {
    int items = 0;
    for (const xml_node child : element.children()) {
      if (child.type() != pugi::node_element || is_full_) continue;
      const Scope inner(scope, child);
      std::string name = inner.expand(child.name());
      if (name == rdf("li")) name = rdf("_" + std::to_string(++items));
      if (!name.empty()) read_property(subject, name, child, inner);
    }
  }

  // s7.2.14 to s7.2.21
  void read_property(const RdfTerm& subject, const std::string& name, xml_node element,
                     const Scope& scope) {
    if (stop(scope, element)) return;
    const std::string_view parse_type = rdf_attribute(element, scope, "parseType");
    if (parse_type == "Resource") {
      const RdfTerm node = graph_.new_blank();
      add(subject, name, node);
      read_properties(node, element, scope);
    } else if (parse_type == "Literal") {
      add(subject, name, RdfTerm::literal(inner_xml(element)));
    } else if (has_rdf_attribute(element, scope, "resource")) {
      const RdfTerm node = RdfTerm::iri(scope.resolve(rdf_attribute(element, scope, "resource")));
      add(subject, name, node);
      add_attributes(node, element, scope);
    } else if (has_rdf_attribute(element, scope, "nodeID")) {
      const RdfTerm node =
          RdfTerm::blank("id-" + std::string(rdf_attribute(element, scope, "nodeID")));
      add(subject, name, node);
      add_attributes(node, element, scope);
    } else {
      read_content(subject, name, element, scope);
    }
  }

  // Nodes in the element (one, or those of a collection), or its text.
  void read_content(const RdfTerm& subject, const std::string& name, xml_node element,
                    const Scope& scope) {
    bool has_node = false;
    for (const xml_node child : element.children()) {
      if (child.type() != pugi::node_element || is_full_) continue;
      has_node = true;
      add(subject, name, read_node(child, scope));
    }
    if (has_node) return;
    std::string content;
    for (const xml_node child : element.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        content += child.value();
      }
    }
    if (content.empty()) {
      const RdfTerm node = graph_.new_blank();
      if (add_attributes(node, element, scope)) {
        add(subject, name, node);
        return;
      }
    }
    const bool is_typed = has_rdf_attribute(element, scope, "datatype");
    add(subject, name,
        RdfTerm::literal(text::sanitized(content), is_typed ? std::string() : scope.language()));
  }

  static std::string inner_xml(xml_node element) {
    std::ostringstream out;
    for (const xml_node child : element.children()) {
      child.print(out, "", pugi::format_raw | pugi::format_no_declaration);
    }
    return text::sanitized(out.str());
  }

  bool stop(const Scope& scope, xml_node element) {
    is_too_deep_ = is_too_deep_ || scope.depth() > kMaxDepth;
    const auto attributes = element.attributes();
    int count = 0;
    for (auto it = attributes.begin(); it != attributes.end() && count <= kMaxAttributes; ++it) {
      ++count;
    }
    is_full_ = is_full_ || count > kMaxAttributes;
    return is_full_ || is_too_deep_;
  }

  void add(const RdfTerm& subject, std::string_view predicate, RdfTerm object) {
    if (!graph_.add(subject, predicate, std::move(object))) is_full_ = true;
  }

  formats::RdfGraph& graph_;
  bool is_full_ = false;
  bool is_too_deep_ = false;
};

tl::unexpected<core::Error> fail_rdf(core::LocalizedText what) {
  return tl::unexpected<core::Error>(formats::rdf_error(std::move(what)));
}

}  // namespace

core::Result<void> read_rdf_xml(const std::string& text, const std::string& base,
                                formats::RdfGraph& graph) {
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed) {
    const std::string place = std::to_string(parsed.offset);
    return fail_rdf({"XML の " + place + " バイト目に誤りがあります。",
                     "The XML is wrong at byte " + place + " (" + parsed.description() + ")."});
  }
  for (const xml_node child : document.children()) {
    const bool declares =
        child.type() == pugi::node_doctype &&
        std::string_view(child.value()).find("<!ENTITY") != std::string_view::npos;
    if (!declares) continue;
    return fail_rdf({"DOCTYPE で実体（ENTITY）を宣言した XML は読みません。",
                     "XML that declares entities in a DOCTYPE is not read."});
  }
  const xml_node root = document.document_element();
  Reader reader(graph);
  reader.read_document(root, Scope(base));
  if (reader.is_full()) return tl::unexpected<core::Error>(formats::rdf_too_large());
  if (reader.is_too_deep()) {
    return fail_rdf({"要素の入れ子が 100 段を超えています。",
                     "Its elements are nested deeper than 100 levels."});
  }
  if (graph.size() == 0) {
    return fail_rdf({"RDF の要素がありません。", "There is no RDF in it."});
  }
  return {};
}

}  // namespace minato::harvest
