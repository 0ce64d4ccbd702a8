#include <gtest/gtest.h>

#include <string>

#include "core/names.h"
#include "service/publish/dataset_writes.h"

namespace minato::service {
namespace {

TEST(ReadableName, ReadsTheTitle) {
  EXPECT_EQ(readable_name("令和5年度 人口統計", "x"), "reiwa5-jinko-tokei");
  EXPECT_EQ(readable_name("AED設置箇所一覧", "x"), "aed-setchi-kasho-ichiran");
}

TEST(ReadableName, AddsAHashToWhatTellsNothing) {
  const std::string hash = readable_name("", "seed").substr(8);
  EXPECT_EQ(hash.size(), 8U);
  EXPECT_EQ(readable_name("", "seed"), "dataset-" + hash);
  EXPECT_EQ(readable_name("鬱", "seed"), "dataset-" + hash);
  EXPECT_EQ(readable_name("a", "seed"), "dataset-" + hash);
  EXPECT_EQ(readable_name("2024年", "seed"), "2024-" + hash);
  EXPECT_EQ(readable_name("New", "seed"), "new-" + hash);
  EXPECT_NE(readable_name("", "another seed"), readable_name("", "seed"));
}

TEST(ReadableName, EndsLongNamesAtAWord) {
  std::string title;
  for (int i = 0; i < 100; ++i) title += "避難所";
  const std::string name = readable_name(title, "x");
  EXPECT_LE(name.size(), 80U);
  EXPECT_TRUE(name.ends_with("hinanjo")) << name;
  EXPECT_EQ(readable_name(std::string(500, 'a'), "x"), std::string(80, 'a'));
}

TEST(ReadableName, IsAlwaysAName) {
  for (const std::string title : {"../../etc/passwd", "<script>", "\xFF\xFE\xFD", "search", "edit",
                                  "—", "ーーー", "っっ", "。。。", "%00", "-", "--", "_"}) {
    EXPECT_TRUE(core::check_name(readable_name(title, "x")).empty()) << title;
  }
}

}  // namespace
}  // namespace minato::service
