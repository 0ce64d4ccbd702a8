#include "service/harvest/normalize.h"

#include <gmock/gmock.h>

#include "core/names.h"
#include "service/harvest/extras.h"

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

core::Dataset normalized(core::Dataset dataset, const formats::SourceOptions& options = {}) {
  dataset.resources.resize(dataset.resources.size());
  normalize_harvested(dataset, options);
  dataset.name = "n-1";
  EXPECT_THAT(core::check_dataset(dataset), IsEmpty());
  return dataset;
}

std::vector<std::string> names(const core::Dataset& dataset) {
  std::vector<std::string> list;
  for (const core::Tag& tag : dataset.tags) list.push_back(tag.name);
  return list;
}

std::string extra(const core::Dataset& dataset, std::string_view key) {
  return std::string(extra_of(dataset.extras, key));
}

TEST(HarvestNormalize, KeepsTheRawWordsBesideOurs) {
  core::Dataset dataset;
  dataset.title = "人口";
  dataset.license_id = "cc-by-40-intl";
  dataset.frequency = "毎月更新";
  dataset.themes = {"人口・世帯", "その他の分野です"};
  dataset.resources.resize(1);
  dataset.resources[0].format = "SHP,CSV";
  dataset.resources[0].license_id = "CC0";
  dataset.resources[0].url = "https://example.jp/a.zip";
  const core::Dataset result = normalized(dataset);
  EXPECT_EQ(result.license_id, "CC-BY-4.0");
  EXPECT_EQ(extra(result, "raw_license"), "cc-by-40-intl");
  EXPECT_EQ(result.frequency, "monthly");
  EXPECT_EQ(extra(result, "raw_frequency"), "毎月更新");
  EXPECT_THAT(result.themes, ElementsAre("2"));
  EXPECT_EQ(extra(result, "raw_themes"), "[\"人口・世帯\",\"その他の分野です\"]");
  EXPECT_EQ(result.resources[0].format, "SHP");
  EXPECT_EQ(extra_of(result.resources[0].extras, "raw_format"), "SHP,CSV");
  EXPECT_EQ(result.resources[0].license_id, "cc-zero");
  EXPECT_EQ(extra_of(result.resources[0].extras, "raw_license"), "CC0");
}

TEST(HarvestNormalize, KeepsNoRawWordWhereNothingDiffers) {
  core::Dataset dataset;
  dataset.license_id = "CC-BY-4.0";
  dataset.frequency = "monthly";
  dataset.themes = {"13"};
  dataset.resources.resize(1);
  dataset.resources[0].format = "csv";
  const core::Dataset result = normalized(dataset);
  EXPECT_THAT(result.extras, IsEmpty());
  EXPECT_THAT(result.resources[0].extras, IsEmpty());
}

TEST(HarvestNormalize, FindsTheLicenceInUrlTitleAndResources) {
  core::Dataset dataset;
  dataset.license_id = "cc-by";
  dataset.extras = {{"license_url", "https://creativecommons.org/licenses/by/4.0/deed.ja"}};
  EXPECT_EQ(normalized(dataset).license_id, "CC-BY-4.0");
  dataset.license_id = "1";
  dataset.extras = {{"license_title", "クリエイティブ・コモンズ 表示 2.1 日本"}};
  EXPECT_EQ(normalized(dataset).license_id, "CC-BY-2.1-JP");
  EXPECT_EQ(extra(normalized(dataset), "raw_license"), "1");
  dataset.license_id.clear();
  dataset.extras.clear();
  dataset.resources.resize(2);
  for (auto& resource : dataset.resources) resource.license_id = "CC BY 4.0";
  const core::Dataset result = normalized(dataset);
  EXPECT_EQ(result.license_id, "CC-BY-4.0");
  EXPECT_EQ(result.resources[0].license_id, "");
}

TEST(HarvestNormalize, NeverGuessesALicence) {
  core::Dataset dataset;
  dataset.license_id = "利用規約による";
  EXPECT_EQ(normalized(dataset).license_id, "notspecified");
  EXPECT_EQ(extra(normalized(dataset), "raw_license"), "利用規約による");
  formats::SourceOptions options;
  options.default_license = "CC BY 4.0";
  EXPECT_EQ(normalized(dataset, options).license_id, "CC-BY-4.0");
  dataset.license_id.clear();
  EXPECT_EQ(normalized(dataset).license_id, "notspecified");
  EXPECT_EQ(extra(normalized(dataset), "raw_license"), "");
}

TEST(HarvestNormalize, RepairsTagsAndTellsWhatWasDropped) {
  core::Dataset dataset;
  dataset.extras = {{"harvest_repairs", R"(["notes: number"])"}};  // told by the source's reader
  dataset.tags = {{"x", "人口、世帯;統計", "vocabulary"},
                  {"", "子育て（保育）", ""},
                  {"", "水", ""},
                  {"", std::string(303, 'a'), ""},
                  {"", " 統計 ", ""}};
  formats::SourceOptions options;
  options.default_tags = {"横浜市"};
  const core::Dataset result = normalized(dataset, options);
  EXPECT_THAT(names(result), ElementsAre("世帯", "人口", "子育て 保育", "横浜市", "統計"));
  EXPECT_EQ(result.tags[0].vocabulary_id, "");
  EXPECT_THAT(extra(result, "harvest_repairs"), HasSubstr("tag: 水"));
  EXPECT_THAT(extra(result, "harvest_repairs"), HasSubstr("tag: aaa"));
  EXPECT_THAT(extra(result, "harvest_repairs"), HasSubstr("notes: number"));
}

TEST(HarvestNormalize, RemovesControlCharactersAndLeavesMarkupAsText) {
  core::Dataset dataset;
  dataset.title = " 人口\x01の\n一覧\t";
  dataset.notes = "<b>説明</b>\r\n二行目\x1b[0m\xFF";
  const core::Dataset result = normalized(dataset);
  EXPECT_EQ(result.title, "人口の 一覧");
  EXPECT_EQ(result.notes, "<b>説明</b>\n二行目[0m\xEF\xBF\xBD");
}

TEST(HarvestNormalize, DropsWhatCannotStayAndSaysSo) {
  core::Dataset dataset;
  dataset.url = "javascript:alert(1)";
  dataset.maintainer_email = "mailto:a@example.jp, b@example.jp";
  dataset.author_email = "担当まで";
  dataset.temporal = {"昨年から", "2024/3/31"};
  dataset.spatial = {"14100", "神奈川"};
  dataset.version = std::string(150, '1');
  dataset.resources.resize(1);
  dataset.resources[0].url = "data:text/csv,a";
  const core::Dataset result = normalized(dataset);
  EXPECT_EQ(result.url, "");
  EXPECT_EQ(result.maintainer_email, "a@example.jp");
  EXPECT_EQ(result.author_email, "");
  EXPECT_EQ(result.temporal.start, "");
  EXPECT_EQ(result.temporal.end, "2024-03-31");
  EXPECT_THAT(result.spatial, ElementsAre("141003"));
  EXPECT_EQ(result.version.size(), 100U);
  EXPECT_EQ(result.resources[0].url, "");
  for (const char* word : {"javascript:alert(1)", "b@example.jp", "担当まで", "昨年から", "神奈川",
                           "data:text/csv,a"}) {
    EXPECT_THAT(extra(result, "harvest_repairs"), HasSubstr(word));
  }
}

TEST(HarvestNormalize, LetsNoRemoteFieldPassForOurs) {
  core::Dataset dataset;
  dataset.id = "remote";
  dataset.owner_org = "remote";
  dataset.state = core::State::kDeleted;
  dataset.is_private = true;
  dataset.extras = {{"harvest_source_id", "theirs"},
                    {"title", "x"},
                    {"a", "1"},
                    {"a", "2"},
                    {"", "y"},
                    {"raw_license", "z"}};
  dataset.resources.resize(1);
  dataset.resources[0].url_type = "upload";
  dataset.resources[0].hash = "md5";
  dataset.resources[0].blob = "blob";
  dataset.resources[0].size = -5;
  const core::Dataset result = normalized(dataset);
  EXPECT_EQ(result.id + result.owner_org, "");
  EXPECT_EQ(result.state, core::State::kActive);
  EXPECT_FALSE(result.is_private);
  EXPECT_EQ(extra(result, "harvest_source_id"), "");
  EXPECT_EQ(extra(result, "remote_harvest_source_id"), "theirs");
  EXPECT_EQ(extra(result, "remote_title"), "x");
  EXPECT_EQ(extra(result, "a"), "1");
  EXPECT_EQ(extra(result, "remote_raw_license"), "z");
  EXPECT_EQ(result.resources[0].url_type + result.resources[0].blob + result.resources[0].hash, "");
  EXPECT_EQ(extra_of(result.resources[0].extras, "remote_hash"), "md5");
  EXPECT_FALSE(result.resources[0].size);
}

TEST(HarvestNormalize, TakesFieldsThatStandAmongTheExtras) {
  core::Dataset dataset;
  dataset.extras = {
      {"更新頻度", "月次"},
      {"title_en", "Population"},
      {"theme", "[\"http://publications.europa.eu/resource/authority/data-theme/SOCI\"]"},
      {"temporal_start", "2024-04-01"}};
  const core::Dataset result = normalized(dataset);
  EXPECT_EQ(result.frequency, "monthly");
  EXPECT_EQ(extra(result, "更新頻度"), "月次");
  EXPECT_EQ(result.title_en, "Population");
  EXPECT_THAT(result.themes, ElementsAre("2"));
  EXPECT_EQ(result.temporal.start, "2024-04-01");
}

TEST(HarvestNormalize, UsesTheDefaultsOfTheSource) {
  formats::SourceOptions options;
  options.default_frequency = "毎年";
  options.default_themes = {"行財政"};
  options.default_groups = {"bosai"};
  options.default_extras = {{"担当", "統計課"}};
  const core::Dataset result = normalized({}, options);
  EXPECT_EQ(result.frequency, "annual");
  EXPECT_THAT(result.themes, ElementsAre("13"));
  EXPECT_THAT(result.groups, ElementsAre("bosai"));
  EXPECT_EQ(extra(result, "担当"), "統計課");
}

TEST(HarvestNormalize, SurvivesTooMuchOfEverything) {
  core::Dataset dataset;
  dataset.title = std::string(5000, 'x');
  dataset.notes = std::string(400'000, 'y');
  for (int i = 0; i < 3000; ++i) {
    dataset.extras.push_back({"key" + std::to_string(i), "v"});
    dataset.tags.push_back({"", "tag" + std::to_string(i), ""});
  }
  dataset.resources.resize(10'100);
  const core::Dataset result = normalized(dataset);
  EXPECT_EQ(result.title.size(), 1000U);
  EXPECT_EQ(result.tags.size(), 1000U);
  EXPECT_EQ(result.resources.size(), 10'000U);
}

TEST(HarvestedName, HasTheCodeAndTheRemoteName) {
  EXPECT_EQ(harvested_name("141003", "kodomo_nyusho-jokyo", "x"), "141003-kodomo_nyusho-jokyo");
  EXPECT_EQ(harvested_name("141003", "Food Business.All", "x"), "141003-food-business-all");
  EXPECT_EQ(harvested_name("141003", "ＡＥＤ一覧", "x"), harvested_name("141003", "", "x"));
  EXPECT_EQ(harvested_name("141003", "ＡＥＤ", "x"), "141003-aed");
}

TEST(HarvestedName, IsAHashWhereTheRemoteHasNoAsciiName) {
  const std::string name = harvested_name("141003", "人口", "https://example.jp/1");
  EXPECT_EQ(name.size(), 7 + 12U);
  EXPECT_TRUE(name.starts_with("141003-"));
  EXPECT_EQ(name, harvested_name("141003", "", "https://example.jp/1"));
  EXPECT_NE(name, harvested_name("141003", "", "https://example.jp/2"));
  EXPECT_EQ(harvested_name("141003", "5_", "a").size(), 9U);
  EXPECT_EQ(harvested_name("141003", "__", "a").size(), 19U);
}

TEST(HarvestedName, StaysWithinAHundredCharactersAndApart) {
  const std::string a = harvested_name("141003", std::string(200, 'a'), "1");
  EXPECT_EQ(a.size(), 100U);
  EXPECT_NE(a, harvested_name("141003", std::string(200, 'a'), "2"));
  EXPECT_THAT(core::check_name(a), IsEmpty());
}

}  // namespace
}  // namespace minato::service
