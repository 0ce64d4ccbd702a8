// What we write as オープンデータ一覧 is what we read from one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/licenses.h"
#include "core/vocabularies.h"
#include "formats/opendata_list.h"
#include "list_source_run.h"

namespace minato::harvest {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

core::Timestamp at(std::string_view text) { return *core::parse_iso8601(text); }

core::Dataset shelters() {
  core::Dataset dataset;
  dataset.id = "shelters-id";
  dataset.name = "hinanjo-2024";
  dataset.title = "指定緊急避難場所、\"全\"一覧";
  dataset.notes = "町内の避難場所。\n2行目; 3つ目";
  dataset.url = "https://town.example/bousai/hinanjo.html";
  dataset.version = "1.2";
  dataset.license_id = "CC-BY-4.0";
  dataset.frequency = "monthly";
  dataset.language = "ja";
  dataset.themes = {"14", "15"};
  dataset.author = "防災課";
  dataset.created = at("2020-04-01");
  dataset.modified = at("2024-05-03");
  dataset.temporal = {"2024-04-01", "2025-03-31"};
  dataset.spatial = {"143821", "143839"};
  dataset.contact = {"防災課", "bousai@town.example", "https://town.example/form/", "0460-85-7111"};
  dataset.tags = {{"1", "避難所", ""}, {"2", "防災", ""}};
  dataset.extras = {{"conforms_to", "推奨データセット"}, {"remarks", "-（備考）"}};
  core::Resource csv;
  csv.id = "r1";
  csv.dataset_id = dataset.id;
  csv.name = "避難場所（UTF-8）";
  csv.description = "文字コードはUTF-8";
  csv.url = "https://town.example/files/hinanjo.csv";
  csv.format = "CSV";
  csv.size = 2'048;
  csv.created = at("2020-04-01");
  csv.last_modified = at("2024-05-03");
  core::Resource page = csv;
  page.id = "r2";
  page.name = "避難地図";
  page.description = "";
  page.url = "https://town.example/map/";
  page.format = "HTML";
  page.size.reset();
  page.license_id = "PDL-1.0";
  dataset.resources = {csv, page};
  return dataset;
}

struct Written {
  explicit Written(formats::ListGeneration generation, bool cp932 = false) {
    town.name = "143821";
    town.title = "箱根町";
    formats::ListContext context;
    context.site_url = "https://data.example.jp";
    context.publisher = &town;
    context.prefecture = "神奈川県";
    context.cp932 = cp932;
    formats::OpendataListWriter writer(generation, context);
    writer.begin(text);
    writer.dataset(shelters(), text);
    core::Dataset empty;
    empty.name = "empty";
    empty.title = "空のデータセット";
    empty.modified = at("2024-01-01");
    writer.dataset(empty, text);
  }
  core::Group town;
  std::string text;
};

void expect_shelters(const core::Dataset& read) {
  const core::Dataset wrote = shelters();
  EXPECT_EQ(read.name, wrote.name);
  EXPECT_EQ(read.title, wrote.title);
  EXPECT_EQ(read.notes, wrote.notes);
  EXPECT_EQ(read.url, wrote.url);
  EXPECT_EQ(read.version, wrote.version);
  EXPECT_EQ(read.language, wrote.language);
  EXPECT_EQ(read.author, wrote.author);
  EXPECT_EQ(read.temporal, wrote.temporal);
  EXPECT_EQ(read.spatial, wrote.spatial);
  EXPECT_EQ(read.contact, wrote.contact);
  EXPECT_EQ(read.modified, wrote.modified);
  EXPECT_EQ(core::find_license(read.license_id)->id, wrote.license_id);
  EXPECT_EQ(core::find_frequency(read.frequency)->code, wrote.frequency);
  ASSERT_THAT(read.themes, SizeIs(2));
  EXPECT_EQ(core::find_theme(read.themes[0])->code, "14");
  ASSERT_THAT(read.tags, SizeIs(2));
  EXPECT_EQ(read.tags[0].name, "避難所");
  EXPECT_EQ(extra(read.extras, "issued"), "2020-04-01");
  EXPECT_EQ(extra(read.extras, "conforms_to"), "推奨データセット");
  EXPECT_EQ(extra(read.extras, "remarks"), "-（備考）");
  ASSERT_THAT(read.resources, SizeIs(2));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read.resources[i].name, wrote.resources[i].name);
    EXPECT_EQ(read.resources[i].description, wrote.resources[i].description);
    EXPECT_EQ(read.resources[i].url, wrote.resources[i].url);
    EXPECT_EQ(read.resources[i].format, wrote.resources[i].format);
    EXPECT_EQ(read.resources[i].size, wrote.resources[i].size);
    EXPECT_EQ(read.resources[i].last_modified, wrote.resources[i].last_modified);
    EXPECT_EQ(read.resources[i].id, "id:" + wrote.resources[i].id);
  }
  EXPECT_EQ(core::find_license(read.resources[1].license_id)->id, "PDL-1.0");
}

TEST(ListRoundTrip, TheNewFormKeepsEverything) {
  const Written written(formats::ListGeneration::kNew);
  EXPECT_TRUE(written.text.starts_with("\xEF\xBB\xBF全国地方公共団体コード,地方公共団体名,"));
  ListRun run(written.text);
  ASSERT_TRUE(run.result) << run.result.error().message.en;
  EXPECT_THAT(run.sink.faults, SizeIs(0));
  EXPECT_THAT(run.ids(), ElementsAre("hinanjo-2024", "empty"));
  expect_shelters(run.dataset(0));
  EXPECT_EQ(run.dataset(1).title, "空のデータセット");
}

TEST(ListRoundTrip, TheNewFormInCp932KeepsEverything) {
  const Written written(formats::ListGeneration::kNew, true);
  ListRun run(written.text);
  ASSERT_TRUE(run.result) << run.result.error().message.en;
  expect_shelters(run.dataset(0));
}

TEST(ListRoundTrip, TheOldFormKeepsTheDataset) {
  const Written written(formats::ListGeneration::kOld);
  ListRun run(written.text);
  ASSERT_TRUE(run.result) << run.result.error().message.en;
  EXPECT_THAT(run.ids(), ElementsAre("hinanjo-2024", "empty"));
  const core::Dataset read = run.dataset(0);
  EXPECT_EQ(read.title, shelters().title);
  EXPECT_EQ(read.notes, shelters().notes);
  EXPECT_EQ(read.url, shelters().url);
  EXPECT_EQ(core::find_license(read.license_id)->id, "CC-BY-4.0");
  EXPECT_EQ(core::find_frequency(read.frequency)->code, "monthly");
  EXPECT_EQ(core::find_theme(read.themes.at(1))->code, "15");
  ASSERT_THAT(read.resources, SizeIs(1));
  EXPECT_EQ(extra(read.resources[0].extras, "raw_format"), "CSV;HTML");
}

TEST(ListRoundTrip, EveryLicenceIsReadBackAsItself) {
  for (const core::License& license : core::licenses()) {
    core::Dataset dataset = shelters();
    dataset.license_id = license.id;
    dataset.resources.resize(1);
    Written written(formats::ListGeneration::kNew);
    std::string text;
    formats::ListContext context;
    context.publisher = &written.town;
    formats::OpendataListWriter writer(formats::ListGeneration::kNew, context);
    writer.begin(text);
    writer.dataset(dataset, text);
    ListRun run(text);
    ASSERT_TRUE(run.result);
    const core::License* read = core::find_license(run.dataset(0).license_id);
    ASSERT_NE(read, nullptr) << license.id;
    EXPECT_EQ(read->id, license.id);
  }
}

}  // namespace
}  // namespace minato::harvest
