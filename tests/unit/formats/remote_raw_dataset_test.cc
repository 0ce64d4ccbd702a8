#include "formats/remote/raw_dataset.h"

#include <gtest/gtest.h>

namespace minato::formats {
namespace {

core::Dataset full() {
  core::Dataset dataset;
  dataset.name = "a1";
  dataset.title = "公衆トイレ \"一覧\"\n";
  dataset.title_kana = "a2";
  dataset.title_en = "a3";
  dataset.notes = "a4";
  dataset.notes_en = "a5";
  dataset.url = "a6";
  dataset.version = "a7";
  dataset.author = "a8";
  dataset.author_email = "a9";
  dataset.maintainer = "a10";
  dataset.maintainer_email = "a11";
  dataset.license_id = "CC BY 4.0（表示）";
  dataset.frequency = "月次";
  dataset.language = "a12";
  dataset.created = {1'000'001};
  dataset.modified = {2'000'002};
  dataset.themes = {"観光", "14"};
  dataset.spatial = {"神奈川県"};
  dataset.tags = {{"", "b", ""}, {"", "a", ""}};
  dataset.temporal = {"2020", "2021-03-31"};
  dataset.contact = {"c1", "c2", "c3", "c4"};
  dataset.extras = {{"z", "1"}, {"a", ""}};
  core::Resource resource;
  resource.id = "r1";
  resource.name = "r2";
  resource.description = "r3";
  resource.url = "r4";
  resource.format = "csv形式";
  resource.mimetype = "r5";
  resource.mimetype_inner = "r6";
  resource.size = 0;
  resource.hash = "r7";
  resource.resource_type = "r8";
  resource.created = {3'000'003};
  resource.last_modified = core::Timestamp{4'000'004};
  resource.metadata_modified = {5'000'005};
  resource.license_id = "r9";
  resource.columns = {{"n", "t", "y", "u", "d"}};
  resource.extras = {{"edition", "R7"}};
  core::Resource second;
  second.id = "second";
  second.position = 1;
  dataset.resources = {resource, second};
  return dataset;
}

TEST(RawDataset, ReadsBackWhatItWrote) {
  const auto read = read_raw_dataset(write_raw_dataset(full()));
  ASSERT_TRUE(read) << read.error().message.en;
  EXPECT_EQ(*read, full());
}

TEST(RawDataset, IsWrittenTheSameEveryTime) {
  EXPECT_EQ(write_raw_dataset(full()), write_raw_dataset(full()));
  EXPECT_EQ(write_raw_dataset({}), "{}");
  EXPECT_EQ(*read_raw_dataset("{}"), core::Dataset{});
}

TEST(RawDataset, RefusesWhatItDidNotWrite) {
  for (const std::string_view json : {"", "[]", R"({"title":1})", R"({"resources":[1]})"}) {
    const auto read = read_raw_dataset(json);
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error().id, "harvest-content");
  }
}

}  // namespace
}  // namespace minato::formats
