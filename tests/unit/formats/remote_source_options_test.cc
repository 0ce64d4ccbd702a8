#include <gtest/gtest.h>

#include "formats/remote/source_options.h"

namespace minato::formats {
namespace {

using core::SourceKind;

core::ErrorDetail only_fault(std::string_view json, SourceKind kind = SourceKind::kCkan) {
  const auto options = parse_source_options(json, kind);
  if (options) {
    ADD_FAILURE() << "accepted: " << json;
    return {};
  }
  EXPECT_EQ(options.error().id, "harvest-options");
  EXPECT_EQ(options.error().code, core::ErrorCode::kInvalidArgument);
  EXPECT_EQ(options.error().details.size(), 1U);
  return options.error().details.front();
}

TEST(SourceOptions, OfAnEmptyTextAreTheDefaults) {
  for (const std::string_view json : {"", "{}"}) {
    const auto options = parse_source_options(json, SourceKind::kPage);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->page_size, 200);
    EXPECT_EQ(options->delay_ms, -1);
    EXPECT_TRUE(options->rows);
    EXPECT_EQ(options->datasets_by, "auto");
  }
}

TEST(SourceOptions, ReadsEveryType) {
  const auto options = parse_source_options(
      R"({"organizations":["142018","142123"],"force_all":true,"page_size":50,"rows":false,
          "robots_permission":"市の担当課、2026-04-01","default_extras":{"b":"2","a":"1"},
          "keep_fields":["/title"],"max_file_bytes":1000})",
      SourceKind::kCkan);
  ASSERT_TRUE(options) << options.error().message.en;
  EXPECT_EQ(options->organizations, (std::vector<std::string>{"142018", "142123"}));
  EXPECT_TRUE(options->force_all);
  EXPECT_FALSE(options->rows);
  EXPECT_EQ(options->page_size, 50);
  EXPECT_EQ(options->max_file_bytes, 1000);
  EXPECT_EQ(options->robots_permission, "市の担当課、2026-04-01");
  EXPECT_EQ(options->default_extras,
            (std::vector<std::pair<std::string, std::string>>{{"b", "2"}, {"a", "1"}}));
  EXPECT_EQ(options->keep_fields, (std::vector<std::string>{"/title"}));
}

TEST(SourceOptions, NamesTheNearestKeyOfAMisspeltOne) {
  const auto fault = only_fault(R"({"organisations":["a"]})");
  EXPECT_EQ(fault.param, "/organisations");
  EXPECT_EQ(fault.hint.en, "Did you mean \"organizations\"?");
}

TEST(SourceOptions, RefusesAKeyOfAnotherKind) {
  const auto fault = only_fault(R"({"link_depth":1})");
  EXPECT_EQ(fault.param, "/link_depth");
  EXPECT_NE(fault.message.en.find("kind page, not ckan"), std::string::npos) << fault.message.en;
  EXPECT_TRUE(parse_source_options(R"({"link_depth":1})", SourceKind::kPage));
  EXPECT_TRUE(parse_source_options(R"({"sheet":"一覧"})", SourceKind::kFile));
  EXPECT_TRUE(parse_source_options(R"({"sheet":"一覧"})", SourceKind::kList));
}

TEST(SourceOptions, RefusesWrongTypesAndRanges) {
  EXPECT_EQ(only_fault(R"({"rows":"no"})").expected, "boolean");
  EXPECT_EQ(only_fault(R"({"default_tags":["a",1]})").param, "/default_tags/1");
  EXPECT_EQ(only_fault(R"({"page_size":0})").got, "0");
  EXPECT_EQ(only_fault(R"({"page_size":10.5})").param, "/page_size");
  EXPECT_EQ(only_fault(R"({"default_extras":{"a":1}})").param, "/default_extras/a");
  EXPECT_EQ(only_fault(R"({"api_key":null})").got, "null");
  EXPECT_EQ(only_fault(R"({"keep_fields":["title"]})").expected, "/title");
  EXPECT_EQ(only_fault(R"({"datasets_by":"table"})", SourceKind::kPage).got, "table");
  EXPECT_EQ(only_fault(R"([1])").expected, "object");
  EXPECT_EQ(only_fault("{").position, "line 1 column 2");
}

TEST(SourceOptions, TellAllMistakesAtOnce) {
  const auto options =
      parse_source_options(R"({"rows":1,"delay_ms":-5,"nonsense_key":0})", SourceKind::kDcat);
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().details.size(), 3U);
}

}  // namespace
}  // namespace minato::formats
