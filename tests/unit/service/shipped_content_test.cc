// What is in datasets/ itself.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "core/licenses.h"
#include "core/names.h"
#include "core/time.h"
#include "core/vocabularies.h"
#include "formats/csv_reader.h"
#include "service/publishers.h"
#include "unit/service/shipped_fixture.h"

namespace minato::service {
namespace {

const std::string kFolder = std::string(MINATO_SOURCE_DIR) + "/datasets";

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ShippedContent : public testing::Test {
 protected:
  ShippedContent() {
    auto organizations = load_publishers(kFolder + "/publishers.csv", store, clock);
    if (!organizations) throw std::runtime_error(organizations.error().message.en);
    auto loaded = load_shipped_datasets(kFolder, {store, blobs, clock});
    if (!loaded) throw std::runtime_error(loaded.error().message.en);
    report = std::move(*loaded);
    for (const std::string& name : report.created) {
      datasets.push_back(**(*store.read({}))->dataset(name));
    }
  }

  support::FakeCatalogStore store;
  support::FakeBlobStore blobs;
  StoppedClock clock;
  ShippedReport report;
  std::vector<core::Dataset> datasets;
};

TEST_F(ShippedContent, LoadsWithoutAnError) {
  for (const ShippedError& error : report.errors) {
    std::string pointers;
    for (const auto& detail : error.error.details) pointers += detail.param + " ";
    ADD_FAILURE() << error.folder << "/" << error.file << ": " << error.error.message.en << " "
                  << pointers;
  }
  EXPECT_EQ(report.created.size(), 24U);
}

TEST_F(ShippedContent, IsNotWrittenAgain) {
  const std::uint64_t revision = store.revision();
  auto again = load_shipped_datasets(kFolder, {store, blobs, clock});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->unchanged.size(), 24U);
  EXPECT_EQ(store.revision(), revision);
}

TEST_F(ShippedContent, FollowsTheNamingRulesAndVocabularies) {
  for (const core::Dataset& dataset : datasets) {
    EXPECT_THAT(core::check_dataset(dataset), testing::IsEmpty()) << dataset.name;
    const core::License* license = core::find_license(dataset.license_id);
    ASSERT_NE(license, nullptr) << dataset.name;
    EXPECT_EQ(license->id, dataset.license_id);
    EXPECT_NE(core::find_frequency(dataset.frequency), nullptr) << dataset.name;
  }
}

TEST_F(ShippedContent, TellsACitizenWhatItIs) {
  std::set<std::string> titles;
  for (const core::Dataset& dataset : datasets) {
    EXPECT_TRUE(titles.insert(dataset.title).second) << dataset.title;
    EXPECT_FALSE(dataset.title_kana.empty() || dataset.title_en.empty()) << dataset.name;
    EXPECT_FALSE(dataset.notes_en.empty()) << dataset.name;
    EXPECT_GE(dataset.tags.size(), 3U) << dataset.name;
    EXPECT_LT(dataset.notes.find("。"), dataset.notes.find('\n')) << dataset.name;
    std::map<std::string, std::string> extras;
    for (const core::Extra& extra : dataset.extras) extras[extra.key] = extra.value;
    EXPECT_FALSE(extras["license_note"].empty()) << dataset.name;
    EXPECT_THAT(extras["source"], testing::HasSubstr("document")) << dataset.name;
  }
}

TEST_F(ShippedContent, CoversAPeriodThatEndsAfterItBegins) {
  for (const core::Dataset& dataset : datasets) {
    const auto start = core::parse_iso8601(dataset.temporal.start);
    const auto end = core::parse_iso8601(dataset.temporal.end);
    ASSERT_TRUE(start && end) << dataset.name;
    EXPECT_LT(*start, *end) << dataset.name;
  }
}

TEST_F(ShippedContent, HasTablesThatFitTheirDeclaredColumns) {
  for (const core::Dataset& dataset : datasets) {
    const std::string path = kFolder + "/" + dataset.name + "/data.csv";
    const auto table = formats::parse_csv(file_text(path));
    ASSERT_TRUE(table) << dataset.name << ": " << table.error().message.en;
    ASSERT_EQ(dataset.resources.size(), 1U);
    std::vector<std::string> columns;
    for (const core::Column& column : dataset.resources[0].columns) columns.push_back(column.name);
    EXPECT_EQ(table->header, columns) << dataset.name;
    EXPECT_FALSE(table->rows.empty()) << dataset.name;
    EXPECT_EQ(dataset.resources[0].url, dataset.name + ".csv");
    EXPECT_THAT(dataset.resources[0].description,
                testing::HasSubstr(std::to_string(table->rows.size()) + "行"));
  }
}

TEST_F(ShippedContent, ExplainsItselfInBothLanguages) {
  for (const core::Dataset& dataset : datasets) {
    const std::string readme = file_text(kFolder + "/" + dataset.name + "/README.md");
    EXPECT_THAT(readme, testing::StartsWith("# " + dataset.title)) << dataset.name;
    EXPECT_THAT(readme, testing::HasSubstr("ライセンス")) << dataset.name;
    EXPECT_THAT(readme, testing::HasSubstr("## English")) << dataset.name;
  }
}

}  // namespace
}  // namespace minato::service
