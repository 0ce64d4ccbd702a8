#include "harvest/run/file_stage.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "core/url.h"
#include "harvest/run/faults.h"
#include "harvest/run/run_times.h"

namespace minato::harvest {

namespace {

using core::ErrorCode;
using core::Result;
using storage::HarvestFile;

constexpr std::int64_t kLoad = 20;
// So many requests in a row without any answer, and the host's other files are passed over.
constexpr std::int64_t kMaxSilence = 3;
constexpr std::chrono::seconds kReadTimeout{30};

core::Error superseded() {
  return core::fail(ErrorCode::kConflict, "harvest-file-superseded",
                    {"この資源は職員が差し替えたか削除したため、収集元のファイルを使いません。",
                     "Staff replaced or removed this resource, so the source's file is not used."},
                    {"収集元に戻すには、資源の URL を収集元のものにしてください。",
                     "To go back to the source, give the resource its URL again."})
      .value();
}

core::Error silent_host(const std::string& host) {
  return core::fail(ErrorCode::kUpstream, "harvest-host-silent",
                    {host + " が続けて応答しないため、このジョブではもう取得しません。",
                     host + " did not answer several times, so this job asks it no more."},
                    {"次の実行で再び試します。", "The next run tries again."})
      .value();
}

core::Error poison_file(std::int64_t attempts) {
  const std::string count = std::to_string(attempts);
  return core::fail(ErrorCode::kInternal, "harvest-file-poison",
                    {"このファイルの処理中にプログラムが " + count +
                         " 回続けて中断したため、飛ばしました。",
                     "The program broke off " + count +
                         " times in a row at this file, so it is passed over."},
                    {"ファイルの URL を添えて開発者へ知らせてください。",
                     "Tell the developers the URL of the file."})
      .value();
}

core::Error empty_file() {
  return core::fail(ErrorCode::kUpstream, "harvest-file-empty",
                    {"ファイルの中身が空です。", "The file is empty."},
                    {"公開元にファイルを登録し直してもらってください。",
                     "Ask the publisher to put the file there again."})
      .value();
}

core::Error too_many_files(std::int64_t limit) {
  const std::string count = std::to_string(limit);
  return core::fail(ErrorCode::kTooLarge, "harvest-too-many-files",
                    {"一度に取得するファイルの上限 " + count +
                         " 件に達しました。残りは次の実行で取得します。",
                     "One job fetches at most " + count + " files; the next run goes on."},
                    {"急ぐ場合は harvest.max_files を増やしてください。",
                     "Raise harvest.max_files if that is too slow."})
      .value();
}

// "http://example.jp:8080"; empty when it has none.
std::string origin_of(const std::string& url) {
  const auto parsed = core::parse_url(url);
  return parsed ? parsed->origin() : std::string();
}

void forget_error(HarvestFile& file) {
  file.state = HarvestFile::State::kDone;
  file.error_id.clear();
  file.message = {};
}

void keep_error(HarvestFile& file, const core::Error& error) {
  file.state = HarvestFile::State::kFailed;
  file.error_id = error.id;
  file.message = error.message;
}

}  // namespace

FileStage::FileStage(JobRun& run)
    : run_(run),
      path_((std::filesystem::path(run.folder) / "file").string()),
      source_host_(origin_of(run.source.url)),
      first_check_us_(
          first_check_us(run.source, run.limits.default_schedule, run.stores.clock.now())) {}

Result<void> FileStage::run() {
  if (run_.broke_off) {
    if (auto done = suspect_first(); !done) return done;
  }
  while (true) {
    auto left = room();
    if (!left) return tl::unexpected(std::move(left).error());
    auto files =
        run_.stores.harvest.waiting_files(run_.job.id, std::clamp<std::int64_t>(*left, 1, kLoad));
    if (!files) return tl::unexpected(std::move(files).error());
    if (files->empty()) return {};
    if (*left <= 0) {
      return add_fault(run_.stores.harvest, {run_.job.id, "file", "", "", ""},
                       too_many_files(run_.limits.max_files), run_.stores.clock.now());
    }
    for (HarvestFile& file : *files) {
      if (auto going = run_.keeper.check(); !going) return going;
      if (auto done = handle(std::move(file)); !done) return done;
      run_.progress.show();
    }
  }
}

// As ImportStage does it: the file in hand when the process died is the first that waits.
Result<void> FileStage::suspect_first() {
  auto files = run_.stores.harvest.waiting_files(run_.job.id, 1);
  if (!files) return tl::unexpected(std::move(files).error());
  if (files->empty()) return {};
  HarvestFile& file = files->front();
  if (file.failures + 1 < run_.limits.max_attempts) {
    ++file.failures;
    return run_.stores.harvest.save_file(file);
  }
  const Verdict verdict = fail(file, poison_file(file.failures + 1));
  return conclude(file, verdict);
}

// How many files this job may still look at.
Result<std::int64_t> FileStage::room() {
  auto job = run_.stores.harvest.job(run_.job.id);
  if (!job) return tl::unexpected(std::move(job).error());
  if (!*job) return core::fail_internal("the job is gone");
  const core::JobCounts& counts = (*job)->counts;
  return run_.limits.max_files -
         (counts.files_changed + counts.files_unchanged + counts.files_failed);
}

Result<void> FileStage::handle(HarvestFile file) {
  auto verdict = check_file(file);
  std::error_code ignored;  // the whole folder is removed at the end
  std::filesystem::remove(path_, ignored);
  if (!verdict) return tl::unexpected(std::move(verdict).error());
  return conclude(file, *verdict);
}

Result<void> FileStage::conclude(const HarvestFile& file, const Verdict& verdict) {
  storage::HarvestStore& store = run_.stores.harvest;
  Result<void> done;
  if (verdict.fault) {
    done = add_fault(store, {run_.job.id, "file", "", file.resource_id, file.url}, *verdict.fault,
                     run_.stores.clock.now());
  }
  if (done) done = store.save_file(file);
  if (!done) return done;
  return store.count_file(run_.job.id, verdict.changed, verdict.failed, verdict.tables);
}

Result<FileStage::Verdict> FileStage::check_file(HarvestFile& file) {
  auto resource = find_resource(file);
  if (!resource) return tl::unexpected(std::move(resource).error());
  if (!*resource) return leave_alone(file, superseded());
  // Without the bytes, "not modified" would be of no use.
  const bool is_held = !file.sha256.empty() && (*resource)->blob == file.sha256;
  const std::string host = origin_of(file.url);
  if (silent_hosts_[host] >= kMaxSilence) return fail(file, silent_host(host));
  auto reply = fetch(file, is_held);
  if (!reply) {
    // Interrupted is not failed: the file waits for whoever goes on.
    if (auto going = run_.keeper.check(); !going) return tl::unexpected(std::move(going).error());
    silent_hosts_[host] = is_unreachable(reply.error()) ? silent_hosts_[host] + 1 : 0;
    return fail(file, reply.error());
  }
  silent_hosts_[host] = 0;
  const bool is_same = reply->status == 304 || reply->sha256 == file.sha256;
  if (is_held && is_same) return stay(file, *reply);
  if (reply->size == 0) return fail(file, empty_file());  // what we hold is better
  return publish(file, *reply);
}

// As the source left it; nothing when it is gone or somebody gave it another URL. Asked before the
// fetch, which would be for nothing again and again.
Result<std::optional<core::Resource>> FileStage::find_resource(const HarvestFile& file) {
  auto reader = run_.stores.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto dataset = (*reader)->dataset(file.dataset_id);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset || (*dataset)->state == core::State::kDeleted) return std::nullopt;
  for (core::Resource& resource : (*dataset)->resources) {
    if (resource.id != file.resource_id) continue;
    if (resource.state != core::State::kActive || resource.url != file.url) return std::nullopt;
    return std::move(resource);
  }
  return std::nullopt;
}

Result<FetchReply> FileStage::fetch(const HarvestFile& file, bool is_held) {
  FetchRequest request;
  request.url = file.url;
  if (is_held) {
    request.etag = file.etag;
    request.last_modified = file.last_modified;
  }
  const std::int64_t own = run_.options.max_file_bytes;
  request.max_bytes = static_cast<std::uint64_t>(own >= 0 ? own : run_.limits.max_file_bytes);
  request.to_file = path_;
  // Whoever gave the permission spoke for their own site.
  if (origin_of(file.url) == source_host_)
    request.robots_permission = run_.options.robots_permission;
  request.min_delay_ms = run_.options.delay_ms;
  request.deadline = run_.keeper.deadline();
  request.stop = run_.keeper.stop_flag();
  return guarded([&] { return run_.fetcher.fetch(request); });
}

FileStage::Verdict FileStage::fail(HarvestFile& file, const core::Error& error) {
  keep_error(file, error);
  note_check(file, FileCheck::kFailed, run_.stores.clock.now(), first_check_us_);
  return {false, true, 0, error};
}

FileStage::Verdict FileStage::leave_alone(HarvestFile& file, const core::Error& error) {
  keep_error(file, error);
  note_check(file, FileCheck::kUnchanged, run_.stores.clock.now(), first_check_us_);
  return {};
}

Result<FileStage::Verdict> FileStage::stay(HarvestFile& file, const FetchReply& reply) {
  if (!reply.etag.empty()) file.etag = reply.etag;
  if (!reply.last_modified.empty()) file.last_modified = reply.last_modified;
  note_check(file, FileCheck::kUnchanged, run_.stores.clock.now(), first_check_us_);
  auto reader = run_.stores.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto refusal = (*reader)->table_refusal(file.resource_id);
  if (!refusal) return tl::unexpected(std::move(refusal).error());
  forget_error(file);
  if (*refusal) {  // the bytes we hold are still no table, which is no news
    file.state = HarvestFile::State::kFailed;
    file.error_id = (*refusal)->error_id;
    file.message = (*refusal)->message;
  }
  return Verdict{};
}

Result<FileStage::Verdict> FileStage::publish(HarvestFile& file, const FetchReply& reply) {
  service::FetchedFile fetched;
  fetched.path = path_;
  fetched.sha256 = reply.sha256;
  fetched.source = run_.source.id;
  fetched.media_type = reply.content_type;
  fetched.file_name = reply.file_name;
  fetched.last_modified = core::parse_http_date(reply.last_modified);
  const service::ImportTarget target{run_.stores.catalog, run_.stores.blobs, run_.stores.tables,
                                     run_.stores.clock};
  const auto outcome = guarded([&] {
    return service::publish_harvested_file(file.dataset_id, file.resource_id, fetched, target);
  });
  if (!outcome) {
    if (outcome.error().id == superseded().id) return leave_alone(file, outcome.error());
    return fail(file, outcome.error());
  }
  file.etag = reply.etag;
  file.last_modified = reply.last_modified;
  file.sha256 = reply.sha256;
  return take_outcome(file, *outcome);
}

Result<FileStage::Verdict> FileStage::take_outcome(HarvestFile& file,
                                                   const service::FileOutcome& outcome) {
  using Kind = service::ImportOutcome::Kind;
  Verdict verdict;
  verdict.changed = outcome.changed;
  note_check(file, FileCheck::kChanged, run_.stores.clock.now(), first_check_us_);
  if (outcome.import.kind == Kind::kRefused) {
    keep_error(file, outcome.import.refusal);
    verdict.failed = true;
    verdict.fault = outcome.import.refusal;
    return verdict;
  }
  forget_error(file);
  if (outcome.import.kind == Kind::kImported) {
    verdict.tables = static_cast<std::int64_t>(outcome.import.tables.size());
  }
  // At once, not at the end of the job: a crash in between would leave them without.
  for (const storage::TableVersion& table : outcome.import.tables) {
    const auto indexed =
        run_.stores.tables.index_text({table.table_id, table.version}, run_.keeper.stop_flag());
    if (indexed) continue;
    if (auto going = run_.keeper.check(); !going) return tl::unexpected(std::move(going).error());
    verdict.fault = indexed.error();
  }
  return verdict;
}

}  // namespace minato::harvest
