#include "service/catalogue_figures.h"

#include <gtest/gtest.h>

#include "support/fake_catalog_store.h"
#include "support/sample_catalog.h"

namespace minato::service {
namespace {

using support::at;

class Figures : public ::testing::Test {
 protected:
  CatalogueFigures figures(const char* now = "2026-11-21T00:00:00Z") {
    const auto reader = store_.read(std::chrono::steady_clock::now() + std::chrono::seconds(5));
    auto loaded = load_figures(**reader, {at(now), "140007", 2024});
    EXPECT_TRUE(loaded) << loaded.error().id;
    return *std::move(loaded);
  }
  core::Dataset put(const std::string& name, const std::string& created,
                    const std::function<void(core::Dataset&)>& edit = {}) {
    core::Dataset dataset;
    dataset.id = name + "-id";
    dataset.name = name;
    dataset.owner_org = "140007-id";
    dataset.created = at(created);
    dataset.modified = at(created);
    if (edit) edit(dataset);
    store_.put(dataset);
    return dataset;
  }

  support::FakeCatalogStore store_;
};

TEST_F(Figures, OfAnEmptyCatalogueAreZero) {
  const CatalogueFigures empty = figures();
  EXPECT_EQ(empty.datasets, 0);
  EXPECT_EQ(empty.tables, 0);
  EXPECT_FALSE(empty.changed);
  EXPECT_TRUE(empty.published.empty());
  EXPECT_TRUE(empty.registered.empty());  // nobody whose datasets could be counted
}

TEST_F(Figures, CountWhatIsPublicByThemeAndTag) {
  support::fill_sample_catalog(store_);
  const CatalogueFigures all = figures();
  EXPECT_EQ(all.datasets, 3);
  EXPECT_EQ(all.themes.at("2").newest->name, "population");
  ASSERT_FALSE(all.tags.empty());
  EXPECT_EQ(all.tags.front().value, "防災");
  EXPECT_EQ(all.tags.front().count, 2);
  EXPECT_EQ(*all.changed, at("2024-05-01T09:30:00Z"));
}

TEST_F(Figures, PublishedDatasetsAddUpByFiscalYear) {
  support::fill_sample_catalog(store_);  // three of January 2024: fiscal 2023
  put("later", "2025-03-31T15:00:00Z");  // 1 April 2025 in Japan
  const std::vector<YearCount> expected = {{2023, 3}, {2024, 3}, {2025, 4}, {2026, 4}};
  EXPECT_EQ(figures().published, expected);
}

TEST_F(Figures, ADatasetIsRegisteredWhenItsSourceHadIt) {
  support::fill_sample_catalog(store_);
  const auto issued = [](const char* day) {
    return [day](core::Dataset& d) { d.extras.push_back({"issued", day}); };
  };
  put("had-for-years", "2026-05-01T00:00:00Z", issued("2019-08-01"));
  put("of-last-year", "2026-05-01T00:00:00Z", issued("2025-06-01T00:00:00Z"));
  put("in-words", "2026-05-01T00:00:00Z", issued("昨年"));
  put("of-the-future", "2026-05-01T00:00:00Z", issued("2030-01-01"));
  const std::vector<YearCount> expected = {{2024, 0}, {2025, 1}, {2026, 3}};
  EXPECT_EQ(figures().registered, expected);
}

TEST_F(Figures, RegisteredDatasetsAreThoseOfThePlanSinceItsFirstYear) {
  support::fill_sample_catalog(store_);
  put("first", "2024-04-01T00:00:00+09:00");
  put("before", "2024-03-31T23:59:59+09:00");
  put("second", "2026-05-01T00:00:00Z");
  put("of-a-city", "2026-05-01T00:00:00Z", [](auto& d) { d.owner_org = "141003-id"; });
  put("private", "2026-05-01T00:00:00Z", [](auto& d) { d.is_private = true; });
  const std::vector<YearCount> expected = {{2024, 1}, {2025, 1}, {2026, 2}};
  EXPECT_EQ(figures().registered, expected);
}

TEST_F(Figures, DeletedDatasetsStayRegisteredWhenTheyHadBeenPublic) {
  support::fill_sample_catalog(store_);
  const auto gone = [](core::Dataset& dataset) { dataset.state = core::State::kDeleted; };
  put("harvested", "2025-05-01T00:00:00Z", gone);
  put("thrown-away-draft", "2025-05-01T00:00:00Z", gone);
  put("by-staff", "2025-05-01T00:00:00Z", gone);
  ASSERT_TRUE(store_.write([](storage::CatalogWriter& writer) -> core::Result<void> {
    storage::Origin origin;
    origin.dataset_id = "harvested-id";
    origin.source = "source";
    origin.remote_id = "1";
    if (auto done = writer.put_origin(origin); !done) return done;
    storage::Activity news;
    news.id = "a";
    news.object_id = "by-staff-id";
    news.type = "deleted package";
    news.data = "{}";
    news.is_public = true;
    return writer.history().put_activity(news);
  }));
  EXPECT_EQ(figures().registered.back(), (YearCount{2026, 2}));
}

}  // namespace
}  // namespace minato::service
