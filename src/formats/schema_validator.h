// Checks JSON against JSON Schema (the 2020-12 keywords that valijson knows: draft 7's and $defs).
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "formats/json.h"

namespace minato::formats {

// A compiled schema. Immutable: may be shared by threads.
class SchemaValidator {
 public:
  // Fails with the errors of parse_json(), or kInvalidArgument "json-schema" when the text is no
  // schema. Only references within the text ("#/$defs/name") are followed.
  static core::Result<SchemaValidator> compile(std::string_view schema);

  SchemaValidator(SchemaValidator&&) noexcept;
  SchemaValidator& operator=(SchemaValidator&&) noexcept;
  ~SchemaValidator();

  // What is wrong, at most 50 entries: `param` is a JSON Pointer into the value. Empty: valid.
  [[nodiscard]] std::vector<core::ErrorDetail> validate(const rapidjson::Value& value) const;
  // The same for a text; its syntax errors are a failure.
  [[nodiscard]] core::Result<std::vector<core::ErrorDetail>> validate_text(
      std::string_view json) const;

 private:
  struct Compiled;
  explicit SchemaValidator(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace minato::formats
