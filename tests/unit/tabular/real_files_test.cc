// Real files of municipalities against a table made by a person who looked at them.
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "tabular/tabular_file.h"

namespace minato::tabular {
namespace {

std::string text_or_empty(const rapidjson::Value& value) {
  return value.IsString() ? value.GetString() : "";
}

template <typename T>
std::vector<T> list(const rapidjson::Value& array) {
  std::vector<T> items;
  for (const auto& item : array.GetArray()) items.push_back(item.Get<T>());
  return items;
}

struct Count : RowSink {
  std::int64_t rows = 0;
  core::Result<void> row(std::span<const core::ValueView>) override {
    ++rows;
    return {};
  }
};

// Names are told only where the file has several tables or the name is given.
void compare_table(const TableReport& got, const rapidjson::Value& want, bool several) {
  EXPECT_EQ(got.header_rows, list<std::int64_t>(want["header_rows"]));
  EXPECT_EQ(got.first_data_row, want["first_data_row"].GetInt64());
  EXPECT_EQ(got.schema.rows, want["rows"].GetInt64());
  if (want["name"].IsString() || several) {
    EXPECT_EQ(got.name, text_or_empty(want["name"]));
  }
  std::vector<std::string> names;
  for (const auto& column : got.schema.columns) names.push_back(column.name);
  EXPECT_EQ(names, list<std::string>(want["column_names"]));
  EXPECT_EQ(names.size(), want["columns"].GetUint());
  if (!want.HasMember("types")) return;
  for (const auto& [name, type] : want["types"].GetObject()) {
    const auto column = got.schema.find(name.GetString());
    ASSERT_TRUE(column) << name.GetString();
    EXPECT_EQ(core::column_type_name(got.schema.columns[*column].type), type.GetString())
        << name.GetString();
  }
}

void compare_file(const FileReport& got, const rapidjson::Value& want) {
  EXPECT_EQ(got.container, want["container"].GetString());
  EXPECT_EQ(got.encoding, text_or_empty(want["encoding"]));
  EXPECT_EQ(got.bom, want["bom"].GetBool());
  EXPECT_EQ(got.repaired, want["repaired"].GetBool());
  const std::string delimiter = text_or_empty(want["delimiter"]);
  EXPECT_EQ(got.delimiter, delimiter.empty() ? '\0' : delimiter[0]);
  const auto tables = want["tables"].GetArray();
  ASSERT_EQ(got.tables.size(), tables.Size());
  for (rapidjson::SizeType i = 0; i < tables.Size(); ++i) {
    SCOPED_TRACE("table " + std::to_string(i));
    compare_table(got.tables[i], tables[i], tables.Size() > 1);
  }
}

TEST(RealFiles, AreUnderstoodAsAPersonDoes) {
  const std::filesystem::path root(MINATO_SOURCE_DIR);
  const auto files = root.parent_path() / "shared/real-csv";
  if (!std::filesystem::exists(files)) {
    std::cerr << "NOT TESTED: " << files << " is missing; the real files were not compared.\n";
    GTEST_SKIP() << files << " is missing";
  }
  std::ifstream in(root / "tests/cases/real_files_expected.json");
  std::stringstream text;
  text << in.rdbuf();
  rapidjson::Document expected;
  expected.Parse(text.str());
  ASSERT_TRUE(expected.IsObject());
  ASSERT_GT(expected.MemberCount(), 50u);
  for (const auto& [name, want] : expected.GetObject()) {
    SCOPED_TRACE(name.GetString());
    const auto file = open_tabular_file((files / name.GetString()).string(), {});
    ASSERT_TRUE(file) << file.error().message.en;
    compare_file((*file)->report(), want);
    Count count;
    ASSERT_TRUE((*file)->read_rows(0, count));
    EXPECT_EQ(count.rows, (*file)->report().tables[0].schema.rows);
  }
}

}  // namespace
}  // namespace minato::tabular
