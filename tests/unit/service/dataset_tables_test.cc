#include "service/dataset_tables.h"

#include <gtest/gtest.h>

#include "support/fake_catalog_store.h"
#include "support/sample_catalog.h"

namespace minato::service {
namespace {

constexpr std::chrono::milliseconds kTimeout{5000};

class DatasetTables : public ::testing::Test {
 protected:
  DatasetTables() { support::fill_sample_catalog(store_); }

  core::Dataset dataset(const std::string& name) {
    return **(*store_.read(core::Deadline::max()))->dataset(name);
  }
  void publish(const std::string& resource, std::int64_t version, const std::string& created,
               std::int64_t parts = 1) {
    std::vector<storage::TableVersion> tables;
    for (std::int64_t part = 1; part <= parts; ++part) {
      storage::TableVersion table;
      table.table_id = part == 1 ? resource : resource + "." + std::to_string(part);
      table.resource_id = resource;
      table.part = part;
      table.version = version;
      table.created = support::at(created);
      tables.push_back(table);
    }
    ASSERT_TRUE(store_.write(
        [&](storage::CatalogWriter& writer) { return writer.publish_tables(resource, tables); }));
  }

  support::FakeCatalogStore store_;
};

TEST_F(DatasetTables, AreThoseOfResourcesThatHaveSome) {
  publish("shelters-r2", 1, "2024-05-01");
  publish("aed-r1", 1, "2024-05-01");
  const auto tables = tables_of_dataset(store_, dataset("shelters"), kTimeout);
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->size(), 1U);
  EXPECT_EQ(tables->front().resource_id, "shelters-r2");
}

TEST_F(DatasetTables, AllVersionsComeNewestFirst) {
  publish("shelters-r1", 1, "2024-05-01", 2);
  publish("shelters-r1", 2, "2024-05-03", 2);
  const auto tables = tables_of_dataset(store_, dataset("shelters"), kTimeout);
  ASSERT_TRUE(tables);
  const ResourceTables& found = tables->front();
  ASSERT_EQ(found.current.size(), 2U);
  EXPECT_EQ(found.current[0].version, 2);
  EXPECT_EQ(found.current[1].part, 2);
  ASSERT_EQ(found.all.size(), 4U);
  EXPECT_EQ(found.all[0].version, 2);
  EXPECT_EQ(found.all[3].version, 1);
}

TEST_F(DatasetTables, DeletedResourcesAreLeftOut) {
  publish("shelters-r1", 1, "2024-05-01");
  core::Dataset changed = dataset("shelters");
  changed.resources.front().state = core::State::kDeleted;
  const auto tables = tables_of_dataset(store_, changed, kTimeout);
  ASSERT_TRUE(tables);
  EXPECT_TRUE(tables->empty());
}

}  // namespace
}  // namespace minato::service
