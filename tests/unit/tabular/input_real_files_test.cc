// The published files beside the source tree: what they are encoded in and how they separate cells.
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tabular/input/container.h"
#include "tabular/input/delimited_file.h"

namespace minato::tabular {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void compare(const std::string& path, const rapidjson::Value& expected) {
  const std::string container = expected["container"].GetString();
  if (container == "xlsx" || container == "xls") {
    EXPECT_EQ(container_name(sniff_container(*read_head(path))), container);
    return;
  }
  const auto file = open_delimited(path, {});
  ASSERT_TRUE(file) << file.error().id;
  EXPECT_EQ(file->container, container);
  EXPECT_EQ(text::encoding_name(file->encoding), expected["encoding"].GetString());
  EXPECT_EQ(file->bom, expected["bom"].GetBool());
  EXPECT_EQ(file->repaired, expected["repaired"].GetBool());
  EXPECT_EQ(std::string(1, file->delimiter), expected["delimiter"].GetString());
  EXPECT_EQ(file->replaced_bytes, 0);
}

TEST(RealFiles, EncodingAndDelimiterAreAsLookedUp) {
  const std::filesystem::path source = MINATO_SOURCE_DIR;
  const auto folder = source / "../shared/real-csv";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "NOT TESTED: the collection of published files is missing: " << folder;
  }
  rapidjson::Document expected;
  expected.Parse(content(source / "tests/cases/real_files_expected.json").c_str());
  ASSERT_TRUE(expected.IsObject());
  EXPECT_GT(expected.MemberCount(), 40U);
  for (const auto& file : expected.GetObject()) {
    SCOPED_TRACE(file.name.GetString());
    compare((folder / file.name.GetString()).string(), file.value);
  }
}

}  // namespace
}  // namespace minato::tabular
