#include "http/handlers/ckan/rendered_datasets.h"

#include <gtest/gtest.h>

#include "service/catalog.h"
#include "support/fake_blob_store.h"
#include "support/sample_catalog.h"

namespace minato::http::ckan {
namespace {

class RenderedDatasetsTest : public testing::Test {
 protected:
  RenderedDatasetsTest() { support::fill_sample_catalog(store_); }

  // Everything public, by id.
  std::vector<core::DatasetPointer> datasets() {
    core::SearchRequest request;
    request.sort = {{"id", false}};
    return catalog_.search(request).value().datasets;
  }
  std::string write(RenderedDatasets& rendered, const std::vector<core::DatasetPointer>& datasets) {
    std::string text;
    formats::JsonWriter json(text);
    rendered.write(json, datasets, rendering(catalog_).value());
    return text;
  }
  std::string written_without_cache(const std::vector<core::DatasetPointer>& datasets) {
    std::string text;
    formats::JsonWriter json(text);
    const auto shown = rendering(catalog_).value();
    json.begin_array();
    for (const auto& dataset : datasets) {
      formats::write_ckan_dataset(json, *dataset, shown.context);
    }
    json.end_array();
    return text;
  }

  support::FakeCatalogStore store_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  service::Catalog catalog_{store_, blobs_, clock_, {}};
};

TEST_F(RenderedDatasetsTest, WritesTheSameFirstAndAgain) {
  RenderedDatasets rendered(1 << 20);
  const auto all = datasets();
  ASSERT_EQ(all.size(), 3U);
  const std::string expected = written_without_cache(all);
  EXPECT_EQ(write(rendered, all), expected);
  EXPECT_EQ(write(rendered, all), expected);
  EXPECT_EQ(write(rendered, {all[1], all[1]}), written_without_cache({all[1], all[1]}));
}

TEST_F(RenderedDatasetsTest, ForgetsWhatDoesNotFit) {
  RenderedDatasets none(0);
  RenderedDatasets one(6'000);
  const auto all = datasets();
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(write(none, all), written_without_cache(all));
    EXPECT_EQ(write(one, all), written_without_cache(all));
  }
}

TEST_F(RenderedDatasetsTest, ShowsTheNewNameOfAnOrganization) {
  RenderedDatasets rendered(1 << 20);
  const auto all = datasets();
  const std::string before = write(rendered, all);
  auto organization = catalog_.group(core::GroupKind::kOrganization, "141003").value();
  organization.title = "新しい市";
  ASSERT_TRUE(store_.write([&](storage::CatalogWriter& w) { return w.put_group(organization); }));
  const std::string after = write(rendered, all);
  EXPECT_EQ(before.find("新しい市"), std::string::npos);
  EXPECT_NE(after.find("新しい市"), std::string::npos);
  EXPECT_EQ(after, written_without_cache(all));
}

TEST_F(RenderedDatasetsTest, ShowsTheNewStateOfADataset) {
  RenderedDatasets rendered(1 << 20);
  auto all = datasets();
  write(rendered, all);
  auto changed = std::make_shared<core::Dataset>(*all.front());
  changed->title = "新しい題名";
  all.front() = changed;
  EXPECT_EQ(write(rendered, all), written_without_cache(all));
}

}  // namespace
}  // namespace minato::http::ckan
