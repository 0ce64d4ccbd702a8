// What the names in a JSON-LD document mean (JSON-LD 1.1 s3.1 and s4).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "formats/json.h"

namespace minato::formats {

struct JsonldTerm {
  std::string iri;                      // or a keyword ("@id"); empty: the name means nothing
  std::string type;                     // "@id", "@vocab", a datatype, or empty
  std::optional<std::string> language;  // set and empty: none
  bool is_language_map = false;
  bool is_index_map = false;                  // the keys say nothing, or the id
  bool is_reverse = false;                    // the value is the subject
  const rapidjson::Value* context = nullptr;  // for what stands in it
};

// A chain: what a nested @context does not say, the one around it does.
class JsonldContext {
 public:
  explicit JsonldContext(std::string base) : base_(std::move(base)) {}
  // REQUIRES: `outer` outlives it.
  explicit JsonldContext(const JsonldContext* outer)
      : outer_(outer),
        base_(outer->base_),
        vocabulary_(outer->vocabulary_),
        language_(outer->language_) {}

  // Reads the value of an @context. Contexts elsewhere are never fetched: schema.org's gives its
  // vocabulary, every other one the names of DCAT-AP. False: too deep or too large.
  bool apply(const rapidjson::Value& context, int depth = 0);
  // Below its own definitions, the names of DCAT-AP and its usual prefixes.
  void apply_dcat() { knows_dcat_ = true; }

  // The definition of a key, or nullptr.
  [[nodiscard]] const JsonldTerm* find(std::string_view key) const;
  // IRI of a key or of a value of @type; empty when it is none.
  [[nodiscard]] std::string expand_name(std::string_view name) const;
  // IRI of a value of @id.
  [[nodiscard]] std::string expand_id(std::string_view id) const;
  [[nodiscard]] const std::string& language() const { return language_; }

 private:
  using Terms = std::map<std::string, JsonldTerm, std::less<>>;

  static const Terms& dcat_terms();
  bool apply_object(const rapidjson::Value& context, int depth);
  void define(std::string_view name, const rapidjson::Value& value,
              const rapidjson::Value& context);
  [[nodiscard]] std::string expand_in(std::string_view name, const rapidjson::Value& context,
                                      int depth) const;
  [[nodiscard]] std::string expand_compact(std::string_view name) const;

  const JsonldContext* outer_ = nullptr;
  std::string base_;
  std::string vocabulary_;
  std::string language_;
  Terms terms_;
  bool knows_dcat_ = false;
};

}  // namespace minato::formats
