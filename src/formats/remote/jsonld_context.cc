#include "formats/remote/jsonld_context.h"

#include <algorithm>
#include <utility>

#include "formats/remote/iri.h"
#include "formats/remote/jsonld_dcat_names.h"

namespace minato::formats {
namespace {

using rapidjson::Value;

constexpr int kMaxDepth = 8;
constexpr std::size_t kMaxTerms = 10'000;

bool is_keyword(std::string_view name) { return name.starts_with('@'); }

bool has_container(const Value& definition, std::string_view kind) {
  const Value* container = find_member(definition, "@container");
  if (container == nullptr) return false;
  if (container->IsString()) return text_of(*container) == kind;
  if (!container->IsArray()) return false;
  return std::any_of(container->Begin(), container->End(), [kind](const Value& each) {
    return each.IsString() && text_of(each) == kind;
  });
}

}  // namespace

bool JsonldContext::apply(const Value& context, int depth) {
  if (depth > kMaxDepth) return false;
  if (context.IsNull()) {
    *this = JsonldContext(base_);
    return true;
  }
  if (context.IsString()) {
    if (text_of(context).find("schema.org") != std::string_view::npos) {
      vocabulary_ = kSchema;
      terms_["schema"].iri = kSchema;
    } else {
      apply_dcat();
    }
    return true;
  }
  if (context.IsArray()) {
    return std::all_of(context.Begin(), context.End(),
                       [&](const Value& each) { return apply(each, depth + 1); });
  }
  return !context.IsObject() || apply_object(context, depth);
}

bool JsonldContext::apply_object(const Value& context, int depth) {
  if (const auto base = string_member(context, "@base")) base_ = resolve_iri(base_, *base);
  if (const Value* vocabulary = find_member(context, "@vocab")) {
    vocabulary_ = vocabulary->IsString() ? expand_in(text_of(*vocabulary), context, 0) : "";
    if (vocabulary_.empty() && vocabulary->IsString()) vocabulary_ = text_of(*vocabulary);
  }
  if (const Value* language = find_member(context, "@language")) {
    language_ = language->IsString() ? std::string(text_of(*language)) : std::string();
  }
  if (const Value* import = find_member(context, "@import")) {
    if (!apply(*import, depth + 1)) return false;
  }
  for (const auto& entry : context.GetObject()) {
    const std::string_view name = text_of(entry.name);
    if (!is_keyword(name)) define(name, entry.value, context);
  }
  return terms_.size() <= kMaxTerms;
}

void JsonldContext::define(std::string_view name, const Value& value, const Value& context) {
  JsonldTerm term;
  if (value.IsString()) {
    term.iri = expand_in(text_of(value), context, 0);
  } else if (value.IsObject()) {
    const auto reverse = string_member(value, "@reverse");
    const Value* id = find_member(value, "@id");
    term.is_reverse = reverse.has_value();
    if (reverse) {
      term.iri = expand_in(*reverse, context, 0);
    } else if (id == nullptr) {
      term.iri = expand_in(name, context, 1);
    } else if (id->IsString()) {
      term.iri = expand_in(text_of(*id), context, 0);
    }
    if (const auto type = string_member(value, "@type")) {
      term.type = is_keyword(*type) ? std::string(*type) : expand_in(*type, context, 0);
    }
    if (const Value* language = find_member(value, "@language")) {
      term.language = language->IsString() ? std::string(text_of(*language)) : std::string();
    }
    term.is_language_map = has_container(value, "@language");
    term.is_index_map = has_container(value, "@index") || has_container(value, "@id");
    term.context = find_member(value, "@context");
  }
  terms_.insert_or_assign(std::string(name), std::move(term));
}

// Definitions may use each other in any order.
std::string JsonldContext::expand_in(std::string_view name, const Value& context, int depth) const {
  if (is_keyword(name) || depth > kMaxDepth) return std::string(name);
  const std::size_t colon = name.find(':');
  const std::string_view prefix = name.substr(0, std::min(colon, name.size()));
  const bool is_compact =
      colon != std::string_view::npos && !name.substr(colon + 1).starts_with("//");
  if (is_compact || (colon == std::string_view::npos && depth == 0)) {
    const Value* local = find_member(context, prefix);
    if (local != nullptr && local->IsObject()) local = find_member(*local, "@id");
    if (local != nullptr && local->IsString() && text_of(*local) != name) {
      std::string iri = expand_in(text_of(*local), context, depth + 1);
      if (colon != std::string_view::npos) iri += name.substr(colon + 1);
      return iri;
    }
  }
  return expand_name(name);
}

const JsonldContext::Terms& JsonldContext::dcat_terms() {
  static const Terms all = [] {
    Terms terms;
    for (const DcatPrefix& prefix : kDcatPrefixes) {
      terms[std::string(prefix.name)].iri = prefix.iri;
    }
    for (const DcatName& name : kDcatNames) {
      JsonldTerm& term = terms[std::string(name.name)];
      term.iri = formats::term(name.prefix, name.name);
      if (name.is_iri) term.type = "@id";
    }
    return terms;
  }();
  return all;
}

const JsonldTerm* JsonldContext::find(std::string_view key) const {
  for (const JsonldContext* context = this; context != nullptr; context = context->outer_) {
    const auto found = context->terms_.find(key);
    if (found != context->terms_.end()) return &found->second;
    if (!context->knows_dcat_) continue;
    const auto known = dcat_terms().find(key);
    if (known != dcat_terms().end()) return &known->second;
  }
  return nullptr;
}

std::string JsonldContext::expand_compact(std::string_view name) const {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  if (name.find_first_of("/?#") < colon) return {};
  const std::string_view rest = name.substr(colon + 1);
  if (name.starts_with("_:") || rest.starts_with("//")) return std::string(name);
  const std::string_view prefix = name.substr(0, colon);
  if (const JsonldTerm* known = find(prefix); known != nullptr && !known->iri.empty()) {
    return known->iri + std::string(rest);
  }
  // Forgotten in many contexts; none of them is the scheme of a URI.
  if (prefix == "dcat" || prefix == "dct" || prefix == "dcterms" || prefix == "foaf" ||
      prefix == "vcard" || prefix == "hydra") {
    for (const DcatPrefix& known : kDcatPrefixes) {
      if (known.name == prefix) return std::string(known.iri) + std::string(rest);
    }
  }
  return std::string(name);
}

std::string JsonldContext::expand_name(std::string_view name) const {
  if (is_keyword(name)) return std::string(name);
  if (const JsonldTerm* known = find(name)) return known->iri;
  std::string iri = expand_compact(name);
  if (iri.empty() && !vocabulary_.empty()) iri = vocabulary_ + std::string(name);
  return iri;
}

std::string JsonldContext::expand_id(std::string_view id) const {
  const std::string iri = expand_compact(id);
  return iri.empty() ? resolve_iri(base_, id) : iri;
}

}  // namespace minato::formats
