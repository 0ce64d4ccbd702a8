// A catalogue and a harvest store in a folder of the test's own, with one source and its jobs.
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/uuid.h"
#include "service/harvest/import.h"
#include "storage/sqlite/harvest/sqlite_harvest_store.h"
#include "storage/sqlite/sqlite_catalog_store.h"
#include "support/temp_dir.h"

namespace minato::service {

class MovingClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return time; }
  void pass_days(std::int64_t days) { time.us += days * 24 * 3600 * 1'000'000; }
  core::Timestamp time{1'700'000'000'000'000};
};

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().id + ": " + result.error().message.en + " " +
                             result.error().internal);
  }
  return *std::move(result);
}
inline void expect_ok(const core::Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().internal);
}

class HarvestFixture : public testing::Test {
 protected:
  HarvestFixture() {
    storage::sqlite::CatalogOptions opening;
    opening.path = folder.path() + "/catalog.db";
    catalog = value_of(storage::sqlite::SqliteCatalogStore::open(opening));
    store =
        value_of(storage::sqlite::harvest::SqliteHarvestStore::open(folder.path() + "/harvest.db"));
    for (const char* code : {"141003", "142018"}) {
      core::Group organization;
      organization.kind = core::GroupKind::kOrganization;
      organization.name = code;
      organization.id = core::stable_uuid("organization", code);
      organization.title = code == std::string("141003") ? "横浜市" : "横須賀市";
      expect_ok(catalog->write(
          [&](storage::CatalogWriter& writer) { return writer.put_group(organization); }));
    }
    source = add("141003", "https://data.city.yokohama.example.jp");
    begin_job();
  }

  core::HarvestSource add(const std::string& name, const std::string& url) {
    core::HarvestSource made;
    made.id = core::stable_uuid("harvest-source", name);
    made.name = name;
    made.title = "オープンデータ " + name;
    made.url = url;
    made.organization = name.substr(0, 6);
    made.created = made.modified = clock.now();
    expect_ok(store->put_source(made));
    return made;
  }

  // A job of the source whose listing is complete; the one before it is finished.
  void begin_job() {
    if (!job.id.empty()) {
      job.state = core::JobState::kFinished;
      job.outcome = core::JobOutcome::kSucceeded;
      job.finished = clock.now();
      expect_ok(store->save_job(job));
    }
    job = value_of(store->create_job(source.id, "manual", clock.now()));
    job.complete_listing = true;
    job.gather_finished = clock.now();
    expect_ok(store->save_job(job));
  }
  // Another source; its own jobs.
  void use(const core::HarvestSource& other) {
    job = {};
    source = other;
    begin_job();
  }

  static core::Resource resource(const std::string& key, const std::string& url) {
    core::Resource made;
    made.id = key;
    made.name = "一覧";
    made.url = url;
    made.format = "csv";
    return made;
  }

  HarvestedDataset record(const std::string& remote_id, const std::string& title) const {
    HarvestedDataset given;
    given.dataset.name = remote_id;
    given.dataset.title = title;
    given.dataset.license_id = "cc-by-40-intl";
    given.dataset.url = source.url + "/dataset/" + remote_id;
    given.dataset.resources = {resource(remote_id + "-r1", source.url + "/" + remote_id + ".csv")};
    fill(given, remote_id);
    return given;
  }
  // The queue's part; the content follows from the dataset.
  void fill(HarvestedDataset& given, const std::string& remote_id) const {
    given.object.id = core::stable_uuid("object", job.id + remote_id);
    given.object.job_id = job.id;
    given.object.source_id = source.id;
    given.object.remote_id = remote_id;
    given.object.url = given.dataset.url;
    given.object.fetched = clock.now();
  }

  [[nodiscard]] HarvestTarget target() { return {*catalog, *store, clock, dry_run, true}; }
  [[nodiscard]] HarvestImportContext context() const { return {source, options, job.id}; }

  // Gathers the records and imports them.
  std::vector<ImportedRecord> import(std::vector<HarvestedDataset> batch) {
    std::vector<storage::HarvestObject> objects;
    for (HarvestedDataset& given : batch) {
      fill(given, given.object.remote_id);
      objects.push_back(given.object);
    }
    expect_ok(store->add_objects(job.id, objects));
    return value_of(import_harvested(batch, context(), target()));
  }
  ImportedRecord import(const HarvestedDataset& given) { return import(std::vector{given}).at(0); }

  [[nodiscard]] std::optional<core::Dataset> stored(const std::string& id_or_name) {
    return value_of(value_of(catalog->read(core::Deadline::max()))->dataset(id_or_name));
  }
  core::Dataset dataset(const std::string& id_or_name) { return stored(id_or_name).value(); }
  void put(const core::Dataset& edited) {
    expect_ok(
        catalog->write([&](storage::CatalogWriter& writer) { return writer.put_dataset(edited); }));
  }
  std::optional<storage::Origin> origin(const std::string& remote_id) {
    return value_of(value_of(catalog->read(core::Deadline::max()))->origin(source.id, remote_id));
  }
  std::vector<storage::FieldOwner> owners(const std::string& id) {
    return value_of(value_of(catalog->read(core::Deadline::max()))->field_owners(id));
  }
  storage::HarvestRecord remembered(const std::string& remote_id) {
    return value_of(store->record(source.id, remote_id)).value();
  }
  static std::string extra(const std::vector<core::Extra>& extras, std::string_view key) {
    for (const core::Extra& one : extras) {
      if (one.key == key) return one.value;
    }
    return "(none)";
  }

  test::TempDir folder;
  MovingClock clock;
  std::unique_ptr<storage::CatalogStore> catalog;
  std::unique_ptr<storage::HarvestStore> store;
  formats::SourceOptions options;
  core::HarvestSource source;
  core::HarvestJob job;
  bool dry_run = false;
};

}  // namespace minato::service
