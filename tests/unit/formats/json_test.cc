#include "formats/json.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "core/utf8.h"

namespace minato::formats {
namespace {

std::string failure_of(std::string_view text) {
  const auto document = parse_json(text);
  if (document) return "";
  const core::Error& error = document.error();
  return error.id + " " + (error.details.empty() ? "" : error.details[0].position);
}

std::string rewritten(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return document.error().id;
  std::string out;
  JsonWriter(out).value(*document);
  return out;
}

TEST(ParseJson, TakesWhatTheRfcTakes) {
  EXPECT_EQ(rewritten(" {\"港\": [1, -2.5e3, true, null, \"\\u6e2f\\ud842\\udfb7\\n\"]} "),
            "{\"港\":[1,-2500,true,null,\"港𠮷\\n\"]}");
  EXPECT_EQ(rewritten("\xEF\xBB\xBF[]"), "[]");
  EXPECT_EQ(rewritten("9007199254740993"), "9007199254740993");
  EXPECT_EQ(rewritten("\"x\""), "\"x\"");
}

TEST(ParseJson, ReadsNumbersExactly) {
  EXPECT_EQ(rewritten("[-9223372036854775808,18446744073709551615,-0,0e100,5e-324,1e-999,1.5E+2]"),
            "[-9223372036854775808,18446744073709551615,0,0,5e-324,0,150]");
  EXPECT_EQ(rewritten("[35.447734,0.1,1.7976931348623157e308,0.30000000000000004]"),
            "[35.447734,0.1,1.7976931348623157e+308,0.30000000000000004]");
  const std::string digits(400, '9');
  EXPECT_TRUE(failure_of(digits).starts_with("json-syntax"));
  EXPECT_EQ(rewritten("0." + std::string(400, '0') + "1"), "0");
}

TEST(ParseJson, TellsLineAndColumnOfAMistake) {
  EXPECT_EQ(failure_of(""), "json-syntax line 1 column 1");
  EXPECT_EQ(failure_of("{\n  \"港\": 港}"), "json-syntax line 2 column 8");
  EXPECT_EQ(failure_of("[1,]"), "json-syntax line 1 column 4");
  EXPECT_EQ(failure_of("[1] x"), "json-syntax line 1 column 5");
  EXPECT_EQ(failure_of(std::string_view("[1]\0x", 5)), "json-syntax line 1 column 4");
}

TEST(ParseJson, RefusesWhatTheRfcRefuses) {
  for (const char* bad : {"{a:1}",
                          "{'a':1}",
                          "[1 2]",
                          "{\"a\" 1}",
                          "{\"a\":1,}",
                          "nul",
                          "01",
                          "1.",
                          ".5",
                          "+1",
                          "1e",
                          "\"\\x\"",
                          "\"a\nb\"",
                          "\"\\ud800\"",
                          "\"\\ud800\\u0041\"",
                          "\"\\udc00\"",
                          "// c\n1",
                          "NaN",
                          "\"\xFF\"",
                          "\"\xC0\xAF\"",
                          "\"\xED\xA0\x80\"",
                          "\"abc",
                          "[",
                          "{",
                          "{\"a\":",
                          "1e999",
                          "\xFF",
                          "{\"\\udc00\":1}"}) {
    EXPECT_TRUE(failure_of(bad).starts_with("json-syntax")) << bad << " -> " << failure_of(bad);
  }
}

TEST(ParseJson, RefusesDoubleKeysAlsoWhenWrittenDifferently) {
  EXPECT_EQ(failure_of("{\"a\":1,\"b\":{\"a\":1},\"\\u0061\":2}"),
            "json-duplicate-key line 1 column 28");
  EXPECT_EQ(failure_of("[{\"a\":1},{\"a\":1}]"), "");
}

TEST(ParseJson, HasLimits) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(failure_of(deep), "");
  EXPECT_TRUE(failure_of("[" + deep + "]").starts_with("json-too-deep"));
  EXPECT_TRUE(failure_of(std::string(1'000'000, '[')).starts_with("json-too-deep"));
  const auto large = parse_json("[1,2,3]", {4, 64});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().id, "json-too-large");
  EXPECT_EQ(large.error().code, core::ErrorCode::kTooLarge);
}

TEST(JsonWriter, WritesRawUtf8AndEscapesControls) {
  std::string out;
  JsonWriter json(out);
  json.begin_object()
      .field("港", "\"\\/\b\f\n\r\t\x01\x7F 𠮷")
      .field_or_null("empty", "")
      .key("list")
      .begin_array()
      .integer(std::numeric_limits<std::int64_t>::min())
      .number(0.1)
      .number(35.447734)
      .number(std::numeric_limits<double>::infinity())
      .boolean(false)
      .begin_object()
      .end_object()
      .raw("[1]")
      .end_array()
      .end_object();
  EXPECT_EQ(out,
            "{\"港\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7F 𠮷\",\"empty\":null,\"list\":["
            "-9223372036854775808,0.1,35.447734,null,false,{},[1]]}");
  EXPECT_EQ(failure_of(out), "");
}

TEST(JsonWriter, AnyTextReadsBackEqual) {
  std::mt19937 random(11);
  std::uniform_int_distribution<std::uint32_t> code_points(0, 0x10FFFF);
  for (int i = 0; i < 2'000; ++i) {
    std::string text;
    for (int n = 0; n < 20; ++n) {
      const std::uint32_t c = n % 2 == 0 ? code_points(random) % 0x100 : code_points(random);
      if (c < 0xD800 || c > 0xDFFF) core::append_utf8(text, c);
    }
    std::string out;
    append_json_string(out, text);
    const auto document = parse_json(out);
    ASSERT_TRUE(document) << out;
    ASSERT_EQ(text_of(*document), text);
  }
}

TEST(JsonPointer, EscapesItsTwoSigns) {
  EXPECT_EQ(child_pointer("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(child_pointer("", std::size_t{3}), "/3");
}

TEST(JsonMembers, AreFoundByName) {
  const auto document = parse_json("{\"a\":\"x\",\"b\":1}");
  ASSERT_TRUE(document);
  EXPECT_EQ(string_member(*document, "a"), "x");
  EXPECT_EQ(string_member(*document, "b"), std::nullopt);
  EXPECT_EQ(find_member(*document, "c"), nullptr);
  EXPECT_EQ(find_member(*find_member(*document, "b"), "c"), nullptr);
  EXPECT_EQ(json_type_name(*document), "object");
}

}  // namespace
}  // namespace minato::formats
