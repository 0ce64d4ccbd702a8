#include "formats/remote/jsonld.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/remote/dcat_terms.h"
#include "formats/remote/jsonld_context.h"

namespace minato::formats {
namespace {

using rapidjson::Value;

std::string scalar_text(const Value& value) {
  if (value.IsString()) return std::string(text_of(value));
  std::string text;
  JsonWriter(text).value(value);
  return text;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// The depth of the recursion is that of the JSON, which parse_json() bounds.
class Reader {
 public:
  explicit Reader(RdfGraph& graph) : graph_(graph) {}

  // The values of the document itself: names without any @context are DCAT-AP's.
  void read_document(const Value& value, const std::string& base) {
    if (value.IsArray()) {
      for (const Value& each : value.GetArray()) {
        if (each.IsObject()) read_document(each, base);
      }
      return;
    }
    JsonldContext context(base);
    if (find_member(value, "@context") == nullptr) context.apply_dcat();
    read_node(value, context);
  }
  [[nodiscard]] bool is_full() const { return is_full_; }

 private:
  // A member of a node, its key expanded.
  struct Member {
    std::string name;
    const JsonldTerm* term;
    const Value* value;
  };

  static std::vector<Member> members_of(const Value& object, const JsonldContext& context) {
    std::vector<Member> members;
    for (const auto& entry : object.GetObject()) {
      const std::string_view key = text_of(entry.name);
      members.push_back({context.expand_name(key), context.find(key), &entry.value});
    }
    return members;
  }
  static const Value* find(const std::vector<Member>& members, std::string_view keyword) {
    for (const Member& member : members) {
      if (member.name == keyword) return member.value;
    }
    return nullptr;
  }

  void read_nodes(const Value& value, const JsonldContext& context) {
    if (value.IsArray()) {
      for (const Value& each : value.GetArray()) read_nodes(each, context);
    } else if (value.IsObject()) {
      read_node(value, context);
    }
  }

  JsonldContext changed(const JsonldContext& context, const Value& by) {
    JsonldContext own(&context);
    is_full_ |= !own.apply(by);
    return own;
  }

  // A node object; gives its subject.
  RdfTerm read_node(const Value& object, const JsonldContext& outer) {
    const Value* context = find_member(object, "@context");
    if (context == nullptr) return read_members(object, outer);
    return read_members(object, changed(outer, *context));
  }

  RdfTerm read_members(const Value& object, const JsonldContext& context) {
    const std::vector<Member> members = members_of(object, context);
    const Value* id = find(members, "@id");
    const RdfTerm subject = id != nullptr && id->IsString() && id->GetStringLength() > 0
                                ? node(context.expand_id(text_of(*id)))
                                : graph_.new_blank();
    for (const Member& member : members) {
      if (is_full_) break;
      if (member.name == "@type") {
        add_types(subject, *member.value, context);
      } else if (member.name == "@graph" || member.name == "@included") {
        read_nodes(*member.value, context);
      } else if (member.name == "@reverse" && member.value->IsObject()) {
        for (const Member& each : members_of(*member.value, context)) {
          add_reverse(subject, each, context);
        }
      } else if (member.name == "@nest" && member.value->IsObject()) {
        for (const Member& each : members_of(*member.value, context)) {
          add_property(subject, each, context);
        }
      } else {
        add_property(subject, member, context);
      }
    }
    return subject;
  }

  void add_types(const RdfTerm& subject, const Value& value, const JsonldContext& context) {
    if (value.IsArray()) {
      for (const Value& each : value.GetArray()) add_types(subject, each, context);
    } else if (value.IsString()) {
      std::string type = context.expand_name(text_of(value));
      if (!type.empty()) add(subject, rdf::kType, RdfTerm::iri(std::move(type)));
    }
  }

  void add_property(const RdfTerm& subject, const Member& member, const JsonldContext& context) {
    // Keywords that were dealt with, and names that mean nothing.
    if (member.name.starts_with('@') || member.name.find(':') == std::string::npos) return;
    if (member.term != nullptr && member.term->is_reverse) {
      return add_reverse(subject, member, context);
    }
    if (member.term == nullptr || member.term->context == nullptr) {
      return add_values(subject, member, *member.value, context);
    }
    add_values(subject, member, *member.value, changed(context, *member.term->context));
  }

  void add_reverse(const RdfTerm& subject, const Member& member, const JsonldContext& context) {
    const Value& value = *member.value;
    if (value.IsArray()) {
      for (const Value& each : value.GetArray()) {
        add_reverse(subject, {member.name, member.term, &each}, context);
      }
    } else if (value.IsObject()) {
      add(read_node(value, context), member.name, subject);
    } else if (value.IsString()) {
      add(node(context.expand_id(text_of(value))), member.name, subject);
    }
  }

  void add_values(const RdfTerm& subject, const Member& member, const Value& value,
                  const JsonldContext& context) {
    if (is_full_) return;
    if (value.IsArray()) {
      for (const Value& each : value.GetArray()) add_values(subject, member, each, context);
      return;
    }
    if (!value.IsObject()) {
      if (!value.IsNull()) add(subject, member.name, scalar(member.term, value, context));
      return;
    }
    if (member.term != nullptr && member.term->is_language_map) {
      return add_language_map(subject, member.name, value);
    }
    if (member.term != nullptr && member.term->is_index_map) {
      for (const auto& entry : value.GetObject()) {
        add_values(subject, member, entry.value, context);
      }
      return;
    }
    add_object(subject, member, value, context);
  }

  void add_object(const RdfTerm& subject, const Member& member, const Value& value,
                  const JsonldContext& context) {
    const std::vector<Member> members = members_of(value, context);
    for (const std::string_view list : {"@list", "@set", "@graph"}) {
      if (const Value* items = find(members, list)) {
        return add_values(subject, member, *items, context);
      }
    }
    const Value* literal = find(members, "@value");
    if (literal == nullptr) return add(subject, member.name, read_node(value, context));
    if (literal->IsNull()) return;
    const Value* language = find(members, "@language");
    add(subject, member.name,
        RdfTerm::literal(scalar_text(*literal), language != nullptr && language->IsString()
                                                    ? lower(std::string(text_of(*language)))
                                                    : std::string()));
  }

  void add_language_map(const RdfTerm& subject, const std::string& name, const Value& map) {
    for (const auto& entry : map.GetObject()) {
      const std::string tag(text_of(entry.name));
      const std::string language = tag == "@none" ? std::string() : lower(tag);
      const auto add_text = [&](const Value& text) {
        if (text.IsString()) add(subject, name, RdfTerm::literal(scalar_text(text), language));
      };
      add_text(entry.value);
      if (entry.value.IsArray()) {
        for (const Value& each : entry.value.GetArray()) add_text(each);
      }
    }
  }

  static RdfTerm scalar(const JsonldTerm* term, const Value& value, const JsonldContext& context) {
    const std::string type = term == nullptr ? std::string() : term->type;
    if (value.IsString() && type == "@id") return node(context.expand_id(text_of(value)));
    if (value.IsString() && type == "@vocab") {
      std::string iri = context.expand_name(text_of(value));
      return node(iri.empty() ? context.expand_id(text_of(value)) : std::move(iri));
    }
    std::string language = context.language();
    if (term != nullptr && term->language) language = *term->language;
    if (!value.IsString() || !type.empty()) language.clear();
    return RdfTerm::literal(scalar_text(value), lower(std::move(language)));
  }

  static RdfTerm node(std::string iri) {
    if (iri.starts_with("_:")) return RdfTerm::blank(std::string_view(iri).substr(2));
    return RdfTerm::iri(std::move(iri));
  }

  void add(const RdfTerm& subject, std::string_view predicate, RdfTerm object) {
    if (!graph_.add(subject, predicate, std::move(object))) is_full_ = true;
  }

  RdfGraph& graph_;
  bool is_full_ = false;
};

}  // namespace

core::Result<void> read_jsonld(std::string_view json, std::string_view base, RdfGraph& graph) {
  constexpr JsonLimits kLimits = {.max_bytes = std::size_t{32} * 1024 * 1024, .max_depth = 64};
  const auto document = parse_json(json, kLimits);
  if (!document) return tl::unexpected<core::Error>(rdf_error(document.error().message));
  if (!document->IsObject() && !document->IsArray()) {
    return tl::unexpected<core::Error>(
        rdf_error({"JSON-LD のオブジェクトではありません。", "This is no JSON-LD object."}));
  }
  Reader reader(graph);
  reader.read_document(*document, std::string(base));
  if (reader.is_full()) return tl::unexpected<core::Error>(rdf_too_large());
  return {};
}

}  // namespace minato::formats
