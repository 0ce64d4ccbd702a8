#include "core/dataset_extras.h"

#include <gtest/gtest.h>

namespace minato::core {
namespace {

Dataset full() {
  Dataset dataset;
  dataset.title_kana = "ジンコウ";
  dataset.title_en = "Population";
  dataset.notes_en = "Notes";
  dataset.frequency = "monthly";
  dataset.language = "ja";
  dataset.themes = {"2", "13"};
  dataset.temporal = {"2022-04-01", "2023-03-31"};
  dataset.spatial = {"140007"};
  dataset.contact = {"担当課", "a@example.jp", "https://example.jp/", "045-210-1111"};
  dataset.extras = {{"zzz", "last"}, {"更新頻度", "月次"}};
  return dataset;
}

TEST(DatasetExtras, ShowTheFieldsByKey) {
  const std::vector<Extra> expected = {{"contact_email", "a@example.jp"},
                                       {"contact_name", "担当課"},
                                       {"contact_phone", "045-210-1111"},
                                       {"contact_uri", "https://example.jp/"},
                                       {"frequency", "monthly"},
                                       {"language", "ja"},
                                       {"notes_en", "Notes"},
                                       {"spatial_codes", "[\"140007\"]"},
                                       {"temporal_end", "2023-03-31"},
                                       {"temporal_start", "2022-04-01"},
                                       {"theme", "[\"2\", \"13\"]"},
                                       {"title_en", "Population"},
                                       {"title_kana", "ジンコウ"},
                                       {"zzz", "last"},
                                       {"更新頻度", "月次"}};
  EXPECT_EQ(extras_with_fields(full()), expected);
  EXPECT_TRUE(extras_with_fields(Dataset{}).empty());
}

TEST(DatasetExtras, ComeBackAsFields) {
  const Dataset dataset = full();
  Dataset back;
  back.extras = extras_with_fields(dataset);
  take_fields_from_extras(back);
  EXPECT_EQ(back, dataset);
}

TEST(DatasetExtras, StayWhenTheyAreNoListOfCodes) {
  for (const char* value : {"[\"13\"", "[13]", "[\"a\"]", "http://example.jp/theme", "[\"13\",]x",
                            "[\"1\\\"3\"]", "[[\"13\"]]", ""}) {
    Dataset dataset;
    dataset.extras = {{"theme", value}};
    take_fields_from_extras(dataset);
    EXPECT_TRUE(dataset.themes.empty()) << value;
    EXPECT_EQ(dataset.extras.size(), 1U) << value;
  }
  Dataset plain;
  plain.extras = {{"theme", "13"}};
  take_fields_from_extras(plain);
  EXPECT_EQ(plain.themes, std::vector<std::string>{"13"});
}

TEST(GroupExtras, TellTheMunicipality) {
  Group group;
  group.title_kana = "ハコネマチ";
  group.municipality_kind = "町";
  group.county = "足柄下郡";
  group.latitude = 35.232363;
  const std::vector<Extra> expected = {{"county", "足柄下郡"},
                                       {"latitude", "35.232363"},
                                       {"municipality_kind", "町"},
                                       {"title_kana", "ハコネマチ"}};
  EXPECT_EQ(extras_with_fields(group), expected);
}

}  // namespace
}  // namespace minato::core
