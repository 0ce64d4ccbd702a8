#include "formats/schema_validator.h"

#include <gtest/gtest.h>

namespace minato::formats {
namespace {

constexpr std::string_view kSchema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x.schema.json",
  "type": "object", "required": ["name"], "additionalProperties": false,
  "properties": {
    "name": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 10},
    "pattern": {"type": "string"},
    "kind": {"enum": ["a", "b"]},
    "size": {"type": "integer", "minimum": 1, "maximum": 9},
    "codes": {"type": "array", "uniqueItems": true, "maxItems": 3,
              "items": {"$ref": "#/$defs/code"}},
    "period": {"type": "object", "properties": {"start/end": {"type": "string", "minLength": 2}}}},
  "$defs": {"code": {"type": "string", "pattern": "^[0-9]{6}$"}}})";

using Found = std::vector<std::pair<std::string, std::string>>;

Found check(const SchemaValidator& validator, std::string_view json) {
  const auto details = validator.validate_text(json);
  if (!details) return {{"", details.error().id}};
  Found found;
  for (const core::ErrorDetail& detail : *details) {
    EXPECT_FALSE(detail.message.en.empty());
    found.emplace_back(detail.param, detail.message.ja);
  }
  return found;
}

TEST(SchemaValidator, TellsPlaceAndReason) {
  const auto validator = SchemaValidator::compile(kSchema);
  ASSERT_TRUE(validator) << validator.error().message.en;
  EXPECT_EQ(check(*validator, R"({"name": "abc", "kind": "a", "codes": ["140007"]})"), Found{});
  const auto one = [&](std::string_view json) {
    const Found found = check(*validator, json);
    return found.size() == 1
               ? found[0]
               : std::pair<std::string, std::string>("?", std::to_string(found.size()));
  };
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(one("{}"), Pair("/name", "必須の項目「name」がありません。"));
  EXPECT_EQ(one(R"({"name": "a", "nmae": 1})"), Pair("/nmae", "項目「nmae」はここでは使えません。"));
  EXPECT_EQ(one(R"({"name": 5})"), Pair("/name", "値の型が違います。"));
  EXPECT_EQ(one(R"({"name": "A"})"), Pair("/name", "値の形式が正しくありません。"));
  EXPECT_EQ(one(R"({"name": "abcdefghijk"})"), Pair("/name", "長すぎます（10 文字以内）。"));
  EXPECT_EQ(one(R"({"name": "a", "kind": "c"})"),
            Pair("/kind", "決められた値のどれでもありません。"));
  EXPECT_EQ(one(R"({"name": "a", "size": 10})"), Pair("/size", "数が大きすぎます（9 まで）。"));
  EXPECT_EQ(one(R"({"name": "a", "codes": ["140007", "14"]})"),
            Pair("/codes/1", "値の形式が正しくありません。"));
  EXPECT_EQ(one(R"({"name": "a", "codes": ["140007", "140007"]})"),
            Pair("/codes", "同じ値が 2 度あります。"));
  EXPECT_EQ(one(R"({"name": "a", "period": {"start/end": "x"}})"),
            Pair("/period/start~1end", "短すぎます（2 文字以上）。"));
  EXPECT_EQ(one("{"), Pair("", "json-syntax"));
}

TEST(SchemaValidator, TellsSeveralMistakesAtOnce) {
  const auto validator = SchemaValidator::compile(kSchema);
  ASSERT_TRUE(validator);
  EXPECT_EQ(check(*validator, R"({"kind": 1, "size": "x", "codes": [1, 2]})").size(), 5U);
}

TEST(SchemaValidator, SurvivesValuesMadeToHurt) {
  const auto validator = SchemaValidator::compile(kSchema);
  ASSERT_TRUE(validator);
  // std::regex would need more stack than a thread has.
  const Found text = check(*validator, R"({"name": ")" + std::string(1'000'000, 'a') + "\"}");
  ASSERT_EQ(text.size(), 1U);
  EXPECT_EQ(text[0].second, "長すぎます（10 文字以内）。");
  const Found code =
      check(*validator, R"({"name": "a", "codes": [")" + std::string(500'000, '1') + "\"]}");
  ASSERT_EQ(code.size(), 1U);
  EXPECT_EQ(code[0].first, "/codes/0");
  // Comparing all with all would take minutes.
  std::string list = R"({"name": "a", "codes": ["140007")";
  for (int i = 0; i < 50'000; ++i) list += ",\"140007\"";
  EXPECT_EQ(check(*validator, list + "]}").size(), 1U);
  EXPECT_EQ(check(*validator, "{\"" + std::string(5'000, 'k') + "\": 1}").size(), 1U);
  std::string many = "[1";
  for (int i = 0; i < 300'000; ++i) many += ",1";
  EXPECT_EQ(check(*validator, many + "]").size(), 1U);
}

TEST(SchemaValidator, CapsTheNumberOfFindings) {
  const auto validator = SchemaValidator::compile(R"({"items": {"type": "string"}})");
  ASSERT_TRUE(validator);
  std::string many = "[1";
  for (int i = 0; i < 900; ++i) many += ",1";
  EXPECT_EQ(check(*validator, many + "]").size(), 50U);
}

TEST(SchemaValidator, RefusesBrokenSchemas) {
  for (const char* bad : {"[]", "1", R"({"type": "strnig"})", R"({"pattern": "["})",
                          R"({"$ref": "https://example.jp/schema.json"})",
                          R"({"$ref": "#/$defs/none"})", R"({"properties": 5})"}) {
    const auto validator = SchemaValidator::compile(bad);
    ASSERT_FALSE(validator) << bad;
    EXPECT_EQ(validator.error().id, "json-schema") << bad;
  }
  EXPECT_EQ(SchemaValidator::compile("{").error().id, "json-syntax");
}

}  // namespace
}  // namespace minato::formats
