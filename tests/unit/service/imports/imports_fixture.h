// A data directory with real stores, a dataset with one resource, and what imports need.
#pragma once

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "service/audited_store.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "storage/sqlite/open_storage.h"
#include "support/temp_dir.h"

namespace minato::service {

using State = storage::ImportJob::State;

// The real time, moved at will.
class MovableClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override {
    return {core::SystemClock().now().us + shift_us_.load()};
  }
  void move(std::int64_t seconds) { shift_us_ += seconds * 1'000'000; }

 private:
  std::atomic<std::int64_t> shift_us_{0};
};

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().id + " " + result.error().message.en + " " +
                             result.error().internal);
  }
  return *std::move(result);
}
inline void check(const core::Result<void>& done) {
  if (!done) throw std::runtime_error(done.error().id + " " + done.error().internal);
}

class ImportsFixture : public testing::Test {
 protected:
  static constexpr const char* kDataset = "11111111-1111-4111-8111-111111111111";
  static constexpr const char* kResource = "22222222-2222-4222-8222-222222222222";
  static constexpr const char* kOrganization = "33333333-3333-4333-8333-333333333333";

  ImportsFixture() { open(); }

  // As a process that starts; what another one on the same directory does stays.
  void open() {
    imports_.reset();
    uploads_.reset();
    store_.reset();
    storage_.emplace(value_of(storage::sqlite::open_storage(folder_.path(), {})));
    store_.emplace(*storage_->catalog, clock_, std::string(32, 'k'));
    uploads_.emplace(*storage_->push, *storage_->blobs, clock_, upload_options());
    imports_ = std::make_unique<Imports>(*store_, target(), *storage_->push, options_);
  }
  UploadOptions upload_options() {
    UploadOptions options;
    options.folder = folder_.path() + "/uploads";
    options.max_bytes = std::int64_t{1} << 30;
    return options;
  }
  ImportTarget target() {
    return {*storage_->catalog, *storage_->blobs, *storage_->tables, clock_};
  }
  std::unique_ptr<Imports> another_runner() {
    return std::make_unique<Imports>(*store_, target(), *storage_->push, options_);
  }

  void add_dataset() {
    check(storage_->catalog->write([this](storage::CatalogWriter& writer) -> core::Result<void> {
      core::Group city;
      city.id = kOrganization;
      city.kind = core::GroupKind::kOrganization;
      city.name = "142042";
      city.title = "鎌倉市";
      city.municipality_kind = "市";
      city.created = clock_.now();
      if (auto put = writer.put_group(city); !put) return put;
      core::Dataset dataset;
      dataset.id = kDataset;
      dataset.name = "aed";
      dataset.title = "AED 設置場所";
      dataset.license_id = "CC-BY-4.0";
      dataset.owner_org = kOrganization;
      dataset.created = dataset.modified = clock_.now();
      core::Resource resource;
      resource.id = kResource;
      resource.dataset_id = kDataset;
      resource.name = "AED";
      resource.created = resource.metadata_modified = clock_.now();
      dataset.resources = {resource};
      return writer.put_dataset(dataset);
    }));
  }

  static WriteContext editor() {
    WriteContext context;
    context.caller.user_id = "user-1";
    context.caller.user_name = "suzuki";
    context.caller.roles[kOrganization] = core::Role::kEditor;
    context.caller.address = "192.0.2.7";
    return context;
  }

  StoredFile stored(std::string_view bytes, const std::string& name = "人口統計.csv") {
    return value_of(
        uploads_->store({name, {}, 0, {}}, {-1, bytes, static_cast<std::int64_t>(bytes.size())}));
  }
  storage::ImportJob submit(std::string_view bytes, const std::string& name = "人口統計.csv") {
    return value_of(imports_->submit(kResource, stored(bytes, name), editor()));
  }
  storage::ImportJob import(std::string_view bytes, const std::string& name = "人口統計.csv") {
    return value_of(imports_->run(submit(bytes, name).id));
  }

  std::unique_ptr<storage::CatalogReader> read() {
    return value_of(storage_->catalog->read(core::Deadline::max()));
  }
  core::Dataset dataset() { return *value_of(read()->dataset(kDataset)); }
  core::Resource resource() { return dataset().resources.at(0); }
  std::vector<storage::TableVersion> current() { return value_of(read()->tables_of(kResource)); }
  std::vector<core::AuditEntry> audit() {
    std::vector<core::AuditEntry> entries;
    check(read()->history().each_audit_entry(1, [&](const core::AuditEntry& entry) {
      entries.push_back(entry);
      return true;
    }));
    return entries;
  }
  // Versions of tables on disk, published or not.
  std::size_t table_files() {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() + "/tables")) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }

  test::TempDir folder_;
  MovableClock clock_;
  ImportOptions options_;
  std::optional<storage::sqlite::Storage> storage_;
  std::optional<AuditedStore> store_;
  std::optional<Uploads> uploads_;
  std::unique_ptr<Imports> imports_;
};

// "名称,人数" and rows of that many names.
inline std::string people(int rows, const std::string& header = "名称,人数") {
  std::string csv = header + "\r\n";
  for (int i = 0; i < rows; ++i) {
    csv += "施設" + std::to_string(i) + "," + std::to_string(i * 7 % 100) + "\r\n";
  }
  return csv;
}

}  // namespace minato::service
