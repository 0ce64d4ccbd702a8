#include "run_fixture.h"

#include <filesystem>
#include <stdexcept>
#include <utility>

#include "storage/files/file_blob_store.h"
#include "storage/sqlite/harvest/sqlite_harvest_store.h"
#include "storage/sqlite/tables/open_table_store.h"

namespace minato::harvest {

namespace {

template <typename T>
T valid(core::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().id + " " + result.error().message.en +
                             result.error().internal);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

}  // namespace

RunFixture::RunFixture() { start_over(); }

void RunFixture::start_over() {
  harvest_.reset();
  blobs_.reset();
  tables_.reset();
  catalog_ = std::make_unique<support::FakeCatalogStore>();
  folder_ = std::make_unique<test::TempDir>();
  const std::string& path = folder_->path();
  harvest_ = valid(storage::sqlite::harvest::SqliteHarvestStore::open(path + "/harvest.db"));
  blobs_ = valid(storage::files::FileBlobStore::open(path + "/blobs"));
  tables_ = valid(storage::sqlite::tables::open_table_store(path));
  core::Group organization;
  organization.id = "141003-id";
  organization.kind = core::GroupKind::kOrganization;
  organization.name = "141003";
  organization.title = "横浜市";
  catalog_->put(organization);
  core::HarvestSource source;
  source.id = "11111111-2222-4333-8444-555555555555";
  source.name = "141003";
  source.title = "横浜市";
  source.url = "https://portal.example.jp/";
  source.organization = "141003";
  source.schedule = "every 24h";
  source.created = source.modified = clock_.now();
  valid(harvest_->put_source(source));
  clock_.move(60);
}

void RunFixture::fill(int n) {
  for (int i = 1; i <= n; ++i) {
    const std::string id = "r" + two_digits(i);
    const std::string url = "https://portal.example.jp/files/" + id + ".csv";
    portal_.records.push_back({id, "Record " + std::to_string(i), "2026-01-01", {url}});
    served_[url] = "id,name\n" + std::to_string(i) + ",row of " + id + "\n";
  }
}

void RunFixture::serve_files() {
  for (const auto& [served, body] : served_) {
    fetcher_.put(served,
                 [this, url = served](const FetchRequest& request) -> core::Result<FetchReply> {
                   FetchReply reply = test::FakeFetcher::reply(request, served_[url], "text/csv");
                   reply.etag = "\"" + reply.sha256.substr(0, 12) + "\"";
                   if (request.etag != reply.etag) return reply;
                   reply.status = 304;
                   reply.body.clear();
                   reply.sha256.clear();
                   reply.size = 0;
                   return reply;
                 });
  }
}

core::HarvestSource RunFixture::source() { return *valid(harvest_->source("141003")); }

RunnerOptions RunFixture::options() {
  RunnerOptions options;
  options.work_directory = folder_->path() + "/work";
  options.make_source = [this](const SourceContext& context) { return portal_.make(context); };
  options.open_copy = [](const std::string& path) {
    return storage::sqlite::harvest::SqliteHarvestStore::open(path);
  };
  return options;
}

RunnerStores RunFixture::stores(storage::HarvestStore& harvest) {
  return {*catalog_, harvest, *blobs_, *tables_, clock_};
}

core::Result<RunResult> RunFixture::try_run(storage::HarvestStore& harvest,
                                            const std::string& trigger) {
  Runner runner(stores(harvest), fetcher_, options());
  return runner.run(source(), trigger, {}, stop_);
}

RunResult RunFixture::run(const std::string& trigger) { return valid(try_run(*harvest_, trigger)); }

RunResult RunFixture::run_with(const RunnerOptions& options, const RunCallbacks& callbacks) {
  Runner runner(stores(*harvest_), fetcher_, options);
  return valid(runner.run(source(), "schedule", callbacks, stop_));
}

std::vector<storage::HarvestFault> RunFixture::faults(const RunResult& result) {
  return valid(harvest_->faults(result.job.id, 0, 10'000));
}

std::vector<std::string> RunFixture::fault_ids(const RunResult& result) {
  std::vector<std::string> ids;
  for (const auto& fault : faults(result)) ids.push_back(fault.stage + " " + fault.error_id);
  return ids;
}

std::map<std::string, std::string> RunFixture::titles() {
  std::map<std::string, std::string> found;
  auto reader = valid(catalog_->read(core::Deadline::max()));
  for (const std::string& name : valid(reader->dataset_names(0, 10'000))) {
    found[name] = valid(reader->dataset(name))->title;
  }
  return found;
}

core::HarvestJob RunFixture::only_job() {
  auto jobs = valid(harvest_->jobs({}));
  if (jobs.size() != 1) throw std::runtime_error(std::to_string(jobs.size()) + " jobs");
  return jobs.front();
}

std::vector<storage::HarvestFile> RunFixture::files_of(const std::string& dataset_name) {
  auto reader = valid(catalog_->read(core::Deadline::max()));
  return valid(harvest_->files_of_dataset(valid(reader->dataset(dataset_name))->id));
}

std::vector<std::string> RunFixture::work_folders() const {
  std::vector<std::string> names;
  const std::filesystem::path work = std::filesystem::path(folder_->path()) / "work";
  if (!std::filesystem::exists(work)) return names;
  for (const auto& entry : std::filesystem::directory_iterator(work)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

}  // namespace minato::harvest
