// What every CatalogStore must do. A file that INSTANTIATEs it for a store names its factory.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "storage/catalog_store.h"
#include "storage/sqlite/sqlite_catalog_store.h"
#include "support/fake_catalog_store.h"
#include "support/temp_dir.h"
#include "unit/storage/samples.h"

namespace minato::test {

struct StoreFactory {
  std::string name;
  // An empty store that keeps its files, if it has any, in that folder.
  std::function<std::unique_ptr<storage::CatalogStore>(const std::string& folder)> make;
};

inline void PrintTo(const StoreFactory& factory, std::ostream* out) { *out << factory.name; }

// The real store and the fake that stands for it in tests of what is above.
inline std::vector<StoreFactory> all_stores() {
  const auto sqlite = [](const std::string& folder) -> std::unique_ptr<storage::CatalogStore> {
    storage::sqlite::CatalogOptions options;
    options.path = folder + "/catalog.db";
    auto store = storage::sqlite::SqliteCatalogStore::open(options);
    return store ? std::move(*store) : nullptr;
  };
  const auto fake = [](const std::string&) -> std::unique_ptr<storage::CatalogStore> {
    return std::make_unique<support::FakeCatalogStore>();
  };
  return {{"sqlite", sqlite}, {"fake", fake}};
}

inline std::string factory_name(const ::testing::TestParamInfo<StoreFactory>& info) {
  return info.param.name;
}

inline core::Deadline in_seconds(int seconds) {
  return std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
}

class StoreSuite : public ::testing::TestWithParam<StoreFactory> {
 protected:
  void SetUp() override {
    store_ = GetParam().make(folder_.path());
    ASSERT_NE(store_, nullptr);
  }

  std::unique_ptr<storage::CatalogReader> reader() {
    auto reader = store_->read(in_seconds(30));
    EXPECT_TRUE(reader.has_value());
    return std::move(*reader);
  }
  core::Result<void> put(const core::Dataset& dataset) {
    return store_->write([&](storage::CatalogWriter& w) { return w.put_dataset(dataset); });
  }
  core::Result<void> put(const core::Group& group) {
    return store_->write([&](storage::CatalogWriter& w) { return w.put_group(group); });
  }
  core::Result<void> put(const core::Vocabulary& vocabulary) {
    return store_->write([&](storage::CatalogWriter& w) { return w.put_vocabulary(vocabulary); });
  }
  void put_all(std::initializer_list<core::Dataset> datasets) {
    for (const auto& dataset : datasets) ASSERT_TRUE(put(dataset).has_value()) << dataset.name;
  }
  void put_surroundings() {
    ASSERT_TRUE(put(full_organization()).has_value());
    ASSERT_TRUE(put(small_group(core::GroupKind::kGroup, "kosodate", "子育て")).has_value());
  }
  std::optional<core::Dataset> get(std::string_view id_or_name) {
    auto found = reader()->dataset(id_or_name);
    EXPECT_TRUE(found.has_value());
    return *found;
  }

  TempDir folder_;
  std::unique_ptr<storage::CatalogStore> store_;
};

}  // namespace minato::test
