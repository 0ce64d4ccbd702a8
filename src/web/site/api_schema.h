// Schemas of api/openapi.yaml in words. JSON values stay within these two files and
// api_document.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "formats/json.h"
#include "web/site/api_document.h"

namespace minato::web {

class ApiSchemas {
 public:
  // Keeps a reference to `document`: the whole OpenAPI document.
  ApiSchemas(const rapidjson::Value& document, core::Language language)
      : document_(document), language_(language), texts_(Texts::in(language)) {}

  // What "$ref" of a value points to, however often; the value itself without one. Throws
  // std::logic_error when it leads nowhere.
  [[nodiscard]] const rapidjson::Value& resolved(const rapidjson::Value& value) const;
  // "文字列（日時）", "string の配列"
  [[nodiscard]] std::string type_words(const rapidjson::Value& schema) const;
  // Sets type, choices, limits and example from the schema.
  void describe(const rapidjson::Value& schema, ApiField& field) const;
  // The members of a JSON body, each with its path, some levels deep.
  [[nodiscard]] std::vector<ApiField> fields_of(const rapidjson::Value& schema) const;
  // The text member `key` in the language; empty without one.
  [[nodiscard]] std::string text(const rapidjson::Value& value, const char* key) const;

 private:
  struct Place {
    std::string path;
    int depth = 0;
  };
  void add_members(const rapidjson::Value& schema, const Place& place,
                   std::vector<ApiField>& fields) const;
  void add_member(const rapidjson::Value& schema, const ApiField& named, int depth,
                  std::vector<ApiField>& fields) const;
  [[nodiscard]] std::string limits_of(const rapidjson::Value& schema) const;
  [[nodiscard]] std::string one_type(std::string_view type, const rapidjson::Value& schema) const;

  const rapidjson::Value& document_;
  core::Language language_;
  const Texts& texts_;
};

}  // namespace minato::web
