#include "formats/schema_validator.h"

#include <algorithm>
#include <exception>
#include <regex>
#include <stdexcept>
#include <string>
#include <utility>

// Without exceptions valijson ends the program where a schema is wrong. Its adapter must not see
// the macro: it would give RapidJSON's assertions another meaning in this file than in all others.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#undef VALIJSON_USE_EXCEPTIONS
#include <valijson/adapters/rapidjson_adapter.hpp>

#include "formats/schema_messages.h"

namespace minato::formats {
namespace {

using rapidjson::Document;
using rapidjson::Value;

constexpr std::size_t kMaxDetails = 50;
constexpr std::size_t kMaxValues = 200'000;
constexpr std::size_t kMaxKeyBytes = 1'000;
// std::regex needs stack for every character it looks at, and uniqueItems compares all with all.
constexpr unsigned kMaxPatternLength = 2'000;
constexpr unsigned kMaxUniqueItems = 1'000;

// Lowers "maxLength" or the like to `most`, or sets it.
void set_limit(Value& schema, const char* keyword, unsigned most, Document& document) {
  if (!schema.HasMember(keyword)) {
    schema.AddMember(Value(keyword, document.GetAllocator()), Value(most), document.GetAllocator());
  } else if (schema[keyword].IsUint64() && schema[keyword].GetUint64() > most) {
    schema[keyword].SetUint(most);
  }
}

// Makes of the schema one that looks at sizes only where the full one is costly.
void bound(Value& schema, Document& document) {
  if (schema.IsArray()) {
    for (Value& element : schema.GetArray()) bound(element, document);
  }
  if (!schema.IsObject()) return;
  bool costly = false;
  for (const char* keyword : {"pattern", "format"}) {
    if (!schema.HasMember(keyword) || !schema[keyword].IsString()) continue;
    schema.RemoveMember(keyword);
    costly = true;
  }
  if (costly) set_limit(schema, "maxLength", kMaxPatternLength, document);
  if (schema.HasMember("uniqueItems") && schema["uniqueItems"].IsTrue()) {
    schema.RemoveMember("uniqueItems");
    set_limit(schema, "maxItems", kMaxUniqueItems, document);
  }
  std::for_each(schema.MemberBegin(), schema.MemberEnd(),
                [&document](Value::Member& member) { bound(member.value, document); });
}

// valijson compiles patterns when it first needs them; a broken one has to come out at once.
void compile_patterns(const Value& schema) {
  if (schema.IsArray()) {
    for (const Value& element : schema.GetArray()) compile_patterns(element);
  }
  if (!schema.IsObject()) return;
  for (const auto& member : schema.GetObject()) {
    if (text_of(member.name) == "pattern" && member.value.IsString()) {
      const std::regex pattern(member.value.GetString(), member.value.GetStringLength());
    }
    compile_patterns(member.value);
  }
}

void populate(valijson::Schema& schema, const Document& document) {
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  const valijson::adapters::RapidJsonAdapter adapter(document);
  parser.populateSchema(adapter, schema);
}

core::ErrorDetail oversize(std::string pointer, core::LocalizedText message) {
  core::ErrorDetail detail;
  detail.param = std::move(pointer);
  detail.message = std::move(message);
  detail.hint = {"小さく分けてください。", "Split it."};
  return detail;
}

// What has to be known before a pattern or a comparison of all with all is tried.
struct Extent {
  std::size_t values = 0;
  std::size_t longest_key = 0;
  std::size_t longest_text = 0;
  std::size_t longest_list = 0;

  void measure(const Value& value) {
    ++values;
    if (value.IsString()) {
      longest_text = std::max<std::size_t>(longest_text, value.GetStringLength());
    } else if (value.IsArray()) {
      longest_list = std::max<std::size_t>(longest_list, value.Size());
      for (const Value& element : value.GetArray()) measure(element);
    } else if (value.IsObject()) {
      for (const auto& member : value.GetObject()) {
        longest_key = std::max<std::size_t>(longest_key, member.name.GetStringLength());
        measure(member.value);
      }
    }
  }
  [[nodiscard]] bool is_small() const {
    return longest_text <= kMaxPatternLength && longest_list <= kMaxUniqueItems;
  }
};

std::vector<core::ErrorDetail> run(const valijson::Schema& schema, const Value& value) {
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::RapidJsonAdapter adapter(value);
  if (validator.validate(schema, adapter, &results)) return {};
  std::vector<core::ErrorDetail> details;
  std::vector<core::ErrorDetail> summaries;
  valijson::ValidationResults::Error error;
  while (results.popError(error) && details.size() < kMaxDetails) {
    auto& list = is_summary(error.description) ? summaries : details;
    list.push_back(translate_finding(error.context, error.description));
  }
  // A summary matters only where nothing more exact was said.
  return details.empty() ? summaries : details;
}

}  // namespace

struct SchemaValidator::Compiled {
  valijson::Schema bounds;  // sizes only, safe for any value
  valijson::Schema full;
};

SchemaValidator::SchemaValidator(std::unique_ptr<Compiled> compiled)
    : compiled_(std::move(compiled)) {}
SchemaValidator::SchemaValidator(SchemaValidator&&) noexcept = default;
SchemaValidator& SchemaValidator::operator=(SchemaValidator&&) noexcept = default;
SchemaValidator::~SchemaValidator() = default;

core::Result<SchemaValidator> SchemaValidator::compile(std::string_view schema) {
  auto document = parse_json(schema);
  if (!document) return tl::unexpected(std::move(document).error());
  std::string why = "the schema is no JSON object";
  if (document->IsObject()) {
    try {
      compile_patterns(*document);
      auto compiled = std::make_unique<Compiled>();
      populate(compiled->full, *document);
      bound(*document, *document);
      populate(compiled->bounds, *document);
      return SchemaValidator(std::move(compiled));
    } catch (const std::exception& error) {
      why = error.what();
    }
  }
  return core::fail(
      core::ErrorCode::kInvalidArgument, "json-schema",
      {"JSON Schema として読めません: " + why, "This is not a usable JSON Schema: " + why},
      {"draft 7 のキーワードと $defs だけを使い、参照は同じファイルの中にしてください。",
       "Use the keywords of draft 7 and $defs, with references inside the same text."});
}

std::vector<core::ErrorDetail> SchemaValidator::validate(const Value& value) const {
  Extent extent;
  extent.measure(value);
  if (extent.values > kMaxValues) {
    return {oversize("", {"値が多すぎます（200000 個以内）。", "More than 200000 values."})};
  }
  if (extent.longest_key > kMaxKeyBytes) {
    return {oversize("", {"長すぎる項目名があります（1000 バイト以内）。",
                          "A property name is longer than 1000 bytes."})};
  }
  try {
    if (!extent.is_small()) {
      auto details = run(compiled_->bounds, value);
      if (!details.empty()) return details;
    }
    return run(compiled_->full, value);
  } catch (const std::exception& error) {
    return {oversize("", {std::string("検査できませんでした: ") + error.what(),
                          std::string("The check failed: ") + error.what()})};
  }
}

core::Result<std::vector<core::ErrorDetail>> SchemaValidator::validate_text(
    std::string_view json) const {
  auto document = parse_json(json);
  if (!document) return tl::unexpected(std::move(document).error());
  return validate(*document);
}

}  // namespace minato::formats
