// A folder of shipped datasets in a temporary place, and a catalogue in memory to load it into.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "core/uuid.h"
#include "service/shipped_datasets.h"
#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/temp_dir.h"

namespace minato::service {

class StoppedClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return time; }
  core::Timestamp time{1'700'000'000'000'000};
};

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("not in the text: " + std::string(from));
  return text.replace(at, from.size(), to);
}

class ShippedFixture : public testing::Test {
 protected:
  ShippedFixture() {
    core::Group prefecture;
    prefecture.kind = core::GroupKind::kOrganization;
    prefecture.name = "140007";
    prefecture.id = core::stable_uuid("organization", "140007");
    prefecture.title = "神奈川県";
    store.put(prefecture);
  }

  void write(const std::string& relative, std::string_view text) {
    const std::filesystem::path path = root() / relative;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  void write_libraries() {
    write("libraries/dataset.json", document);
    write("libraries/data.csv", "year,visitors\r\n2023,120\r\n");
    write("libraries/tableschema.json",
          R"({"fields":[{"name":"year","type":"year"},
                        {"name":"visitors","title":"入館者数","type":"integer","unit":"人"}]})");
  }

  ShippedReport load() {
    clock.time.us += 1'000'000;
    auto report = load_shipped_datasets(root().string(), {store, blobs, clock});
    if (!report) throw std::runtime_error(report.error().id + ": " + report.error().message.en);
    return *report;
  }

  core::Dataset stored(std::string_view name) {
    auto reader = store.read({});
    auto dataset = (*reader)->dataset(name);
    if (!dataset || !*dataset) throw std::runtime_error("no dataset " + std::string(name));
    return **dataset;
  }

  [[nodiscard]] std::filesystem::path root() const { return dir.path(); }

  test::TempDir dir;
  support::FakeCatalogStore store;
  support::FakeBlobStore blobs;
  StoppedClock clock;
  std::string document = R"({
    "name": "libraries", "title": "図書館の入館者数", "title_en": "Library visitors",
    "notes": "年度ごとの入館者数です。", "owner_org": "140007", "license_id": "notspecified",
    "tags": ["図書館", "入館者数"], "themes": ["12"], "frequency": "annual", "spatial": ["140007"],
    "temporal": {"start": "2023-04-01", "end": "2024-03-31"},
    "extras": {"license_note": "未確認"},
    "sources": [{"document": "県の統計", "section": "表1"}],
    "resources": [{"name": "入館者数", "description": "1行", "path": "data.csv", "format": "CSV",
                   "mimetype": "text/csv", "schema": "tableschema.json", "encoding": "UTF-8"}]})";
};

}  // namespace minato::service
