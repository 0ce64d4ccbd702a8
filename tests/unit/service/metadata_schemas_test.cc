#include "service/metadata_schemas.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "core/vocabularies.h"

namespace minato::service {
namespace {

std::string file_text(const std::string& relative) {
  std::ifstream in(std::string(MINATO_SOURCE_DIR) + relative, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string first_pointer(MetadataKind kind, std::string_view json) {
  const auto schema = metadata_schema(kind);
  if (!schema) return "no schema";
  const auto valid = check_metadata(*schema, json, "text");
  return valid ? "valid" : valid.error().details.at(0).param;
}

TEST(MetadataSchemas, AllCompile) {
  for (const MetadataKind kind :
       {MetadataKind::kDataset, MetadataKind::kResource, MetadataKind::kDatasetInput,
        MetadataKind::kResourceInput, MetadataKind::kUploadInput, MetadataKind::kTableVersionInput,
        MetadataKind::kOrganization, MetadataKind::kPublisher}) {
    const auto schema = metadata_schema(kind);
    EXPECT_TRUE(schema) << (schema ? "" : schema.error().message.en);
  }
}

TEST(MetadataSchemas, KnowEveryThemeAndFrequencyOfTheVocabularies) {
  const std::string head =
      R"({"name":"ab","title":"t","notes":"n","owner_org":"140007","license_id":"x","tags":[],)"
      R"("resources":[{"name":"r","format":"CSV","path":"a.csv"}],)";
  for (const core::Theme& theme : core::themes()) {
    EXPECT_EQ(first_pointer(MetadataKind::kDataset, head + R"("themes":[")" + theme.code + "\"]}"),
              "valid");
  }
  for (const core::Frequency& frequency : core::frequencies()) {
    EXPECT_EQ(first_pointer(MetadataKind::kDataset,
                            head + R"("themes":["1"],"frequency":")" + frequency.code + "\"}"),
              "valid")
        << frequency.code;
  }
}

TEST(MetadataSchemas, ResourcesHaveEitherAPathOrAnAddress) {
  const auto check = [](std::string_view json) {
    return first_pointer(MetadataKind::kResource, json);
  };
  EXPECT_EQ(check(R"({"name":"r","format":"CSV","url":"https://example.jp/a.csv"})"), "valid");
  EXPECT_NE(check(R"({"name":"r","format":"CSV"})"), "valid");
  EXPECT_NE(check(R"({"name":"r","format":"CSV","path":"a","url":"https://example.jp/"})"),
            "valid");
  EXPECT_EQ(check(R"({"name":"r","format":"CSV","url":"javascript:alert"})"), "/url");
  EXPECT_EQ(check(R"({"name":"r","format":"CSV","path":"/etc/passwd"})"), "/path");
}

TEST(MetadataSchemas, DescribeOrganizations) {
  EXPECT_EQ(first_pointer(MetadataKind::kOrganization,
                          R"({"name":"140007","title":"神奈川県","municipality_kind":"都道府県"})"),
            "valid");
  EXPECT_EQ(first_pointer(MetadataKind::kOrganization,
                          R"({"name":"140007","title":"神奈川県","municipality_kind":"県"})"),
            "/municipality_kind");
}

TEST(MetadataSchemas, AcceptTheSmallestDocumentOfTheReadme) {
  const std::string readme = file_text("/datasets/README.md");
  const std::size_t begin = readme.find("```json\n") + 8;
  ASSERT_LT(begin, readme.size());
  EXPECT_EQ(first_pointer(MetadataKind::kDataset,
                          readme.substr(begin, readme.find("```", begin) - begin)),
            "valid");
}

TEST(MetadataSchemas, DescribeTheirFieldsInBothLanguages) {
  for (const std::string name :
       {"dataset", "resource", "organization", "publisher", "dataset-input", "resource-input",
        "upload-input", "table-version-input"}) {
    const std::string text = file_text("/schemas/metadata/" + name + ".schema.json");
    EXPECT_THAT(text, testing::HasSubstr("2020-12")) << name;
    for (std::size_t at = text.find("\"description\": \""); at != std::string::npos;
         at = text.find("\"description\": \"", at + 1)) {
      EXPECT_NE(text.substr(at, text.find('\n', at) - at).find(" / "), std::string::npos)
          << name << ": " << text.substr(at, 80);
    }
  }
}

}  // namespace
}  // namespace minato::service
