#include "support/sample_harvest.h"

#include <stdexcept>
#include <utility>

#include "storage/sqlite/harvest/sqlite_harvest_store.h"

namespace minato::support {
namespace {

using storage::HarvestObject;

template <typename T>
T need(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().internal);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

core::HarvestSource source_of(std::string code, std::string title) {
  core::HarvestSource source;
  source.id = code + "-source";
  source.name = code;
  source.title = std::move(title);
  source.organization = std::move(code);
  source.created = at("2024-06-01T00:00:00Z");
  source.modified = at("2024-06-02T00:00:00Z");
  return source;
}

HarvestObject object_of(std::string id, std::string remote_id) {
  HarvestObject object;
  object.id = std::move(id);
  object.remote_id = std::move(remote_id);
  object.source_id = "141003-source";
  object.url = "https://yokohama.example.jp/dataset/" + object.remote_id;
  object.remote_modified = "2024-05-30T09:00:00";
  object.content = "{}";
  object.gathered = at("2024-06-10T00:00:10Z");
  object.fetched = at("2024-06-10T00:00:20Z");
  return object;
}

}  // namespace

SampleHarvest::SampleHarvest(storage::CatalogStore& catalog)
    : catalog_(catalog),
      store_(
          need(storage::sqlite::harvest::SqliteHarvestStore::open(folder_.path() + "/harvest.db"))),
      status_(*store_, catalog, clock_) {}

void SampleHarvest::fill() {
  core::HarvestSource yokohama = source_of("141003", "横浜市オープンデータポータル");
  yokohama.kind = core::SourceKind::kCkan;
  yokohama.url = "https://yokohama.example.jp/";
  yokohama.options = R"({"api_key":"very-secret"})";
  yokohama.schedule = "every 24h";
  yokohama.next_run = at("2024-06-16T00:00:00Z");
  yokohama.last_success = at("2024-06-10T00:01:00Z");
  need(store_->put_source(yokohama));
  core::HarvestSource hakone = source_of("143821", "箱根町");
  hakone.kind = core::SourceKind::kPage;
  hakone.state = core::SourceState::kDisabled;
  hakone.notice = "オープンデータのページが見つかっていません。";
  need(store_->put_source(hakone));
  fill_job();
  fill_catalog();
}

void SampleHarvest::fill_job() {
  core::HarvestJob job =
      need(store_->create_job("141003-source", "manual", at("2024-06-10T00:00:00Z")));
  job_id_ = job.id;
  need(store_->claim_job(job.id,
                         {"host:1:2", at("2024-06-10T00:00:01Z"), at("2024-06-10T00:01:01Z")},
                         [](const std::string&) { return false; }));
  HarvestObject aed = object_of("object-aed", "aed");
  HarvestObject broken = object_of("object-broken", "broken");
  need(store_->add_objects(job.id, {aed, broken}));
  for (HarvestObject* object : {&aed, &broken}) {
    object->job_id = job.id;
    object->imported = at("2024-06-10T00:00:30Z");
    object->attempts = 1;
  }
  aed.state = HarvestObject::State::kComplete;
  aed.report = core::RecordReport::kAdded;
  aed.dataset_id = "aed-id";
  aed.content.clear();
  broken.state = HarvestObject::State::kError;
  broken.report = core::RecordReport::kErrored;
  need(store_->save_objects({aed, broken}));
  storage::HarvestRecord record;
  record.source_id = "141003-source";
  record.remote_id = "aed";
  record.dataset_id = "aed-id";
  record.object_id = aed.id;
  record.last_job = job.id;
  record.last_seen = record.fetched = at("2024-06-10T00:00:20Z");
  need(store_->put_records({record}));
  const core::Timestamp now = at("2024-06-10T00:00:40Z");
  need(store_->add_faults(
      {{job.id, "", "gather", "row 3", "", "harvest-list-title", {"題名なし", "No title"}, now},
       {job.id,
        broken.id,
        "import",
        "broken",
        broken.url,
        "name-invalid",
        {"名前が不正", "Bad name"},
        now},
       {job.id,
        "",
        "file",
        "aed-r1",
        "https://yokohama.example.jp/aed.csv",
        "harvest-status",
        {"404 でした", "It answered 404"},
        now}}));
  job.state = core::JobState::kFinished;
  job.stage = core::JobStage::kDone;
  job.outcome = core::JobOutcome::kSucceeded;
  job.complete_listing = true;
  job.gather_started = at("2024-06-10T00:00:05Z");
  job.gather_finished = at("2024-06-10T00:00:15Z");
  job.finished = at("2024-06-10T00:01:00Z");
  job.requests = 7;
  job.received_bytes = 12'345;
  need(store_->save_job(job));
}

void SampleHarvest::fill_catalog() {
  need(catalog_.write([](storage::CatalogWriter& writer) -> core::Result<void> {
    auto aed = writer.reader().dataset("aed");
    if (!aed) return tl::unexpected(aed.error());
    core::Dataset dataset = **aed;
    dataset.extras.insert(dataset.extras.end(),
                          {{"harvest_fetched", "2024-06-10T00:00:20.000000"},
                           {"harvest_hash", "00ff"},
                           {"harvest_modified", "2024-05-30T09:00:00"},
                           {"harvest_object_id", "object-aed"},
                           {"harvest_source_id", "141003-source"},
                           {"harvest_source_title", "横浜市オープンデータポータル"},
                           {"harvest_url", "https://yokohama.example.jp/dataset/aed"}});
    if (auto done = writer.put_dataset(dataset); !done) return done;
    auto confirmed = writer.put_source_confirmation(
        {"141003-source", "横浜市オープンデータポータル", "https://yokohama.example.jp/",
         at("2024-06-10T00:01:00Z")});
    if (!confirmed) return confirmed;
    return writer.put_field_owners("aed-id", {{"/title", "staff", at("2024-06-11T00:00:00Z")}});
  }));
}

}  // namespace minato::support
