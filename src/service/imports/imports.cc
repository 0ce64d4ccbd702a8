#include "service/imports/imports.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "core/utf8.h"
#include "core/uuid.h"
#include "service/imports/import_run.h"
#include "service/imports/import_subject.h"
#include "service/imports/media_type.h"
#include "service/imports/worker.h"
#include "service/not_found.h"
#include "service/publish/dataset_scope.h"
#include "service/publish/dataset_texts.h"

namespace minato::service {

namespace {

using auth::Action;
using core::ErrorCode;
using core::Result;
using storage::ImportJob;

constexpr std::chrono::milliseconds kWaitPoll{100};

tl::unexpected<core::Error> not_held() {
  return core::fail(
      ErrorCode::kConflict, "job-not-held",
      {"この取り込みは確認待ちではありません。", "This import does not wait for a confirmation."},
      {"取り込みの状態を確かめてください。", "Look at the state of the job."});
}

tl::unexpected<core::Error> key_reused() {
  return core::fail(
      ErrorCode::kConflict, "idempotency-key-reused",
      {"この Idempotency-Key は別の要求で使われています。",
       "This Idempotency-Key was used with another request."},
      {"要求ごとに新しいキーを付け、再送のときだけ同じキーを使ってください。",
       "Make a new key for each request; repeat one only to send the same request again."});
}

bool may_see(const ImportJob& job, const core::Caller& caller) {
  const bool own = !caller.user_id.empty() && job.caller.user_id == caller.user_id;
  return own || auth::is_allowed(Action::kReadImportJobs, caller, job.organization_id);
}

// The same key makes the same job: a request that is repeated after its answer was lost finds it.
// One request may bring files of several resources.
std::string job_id(const std::string& resource_id, const WriteContext& context) {
  if (context.idempotency_key.empty()) return core::random_uuid();
  return core::stable_uuid(
      "import-job", context.caller.user_id + "\n" + resource_id + "\n" + context.idempotency_key);
}

ImportJob new_job(const ImportSubject& subject, const StoredFile& file,
                  const WriteContext& context) {
  ImportJob job;
  job.id = job_id(subject.resource.id, context);
  job.resource_id = subject.resource.id;
  job.dataset_id = subject.dataset.id;
  job.organization_id = subject.dataset.owner_org;
  job.caller = context.caller;
  job.caller.roles.clear();
  job.blob = file.blob;
  job.bytes = file.bytes;
  job.file_name = file.file_name;
  job.media_type = file.media_type;
  return job;
}

// The name of a resource that is made: what the person wrote, else the file's.
Result<std::string> new_name(const NewResource& wanted, const StoredFile& file) {
  const std::string& name = wanted.name.empty() ? file.file_name : wanted.name;
  core::ErrorDetails wrongs;
  check_text(wrongs, "/resources/0/name", name);
  if (wrongs.empty() && core::count_code_points(name) > core::kMaxTitleLength) {
    add_wrong(wrongs, "/resources/0/name",
              {"1000 文字以内にしてください。", "Must be a maximum of 1000 characters long"});
  }
  if (!wrongs.empty()) return dataset_invalid(std::move(wrongs));
  return name;
}

tl::unexpected<core::Error> too_many_resources(std::int64_t most) {
  const std::string number = std::to_string(most);
  return core::fail(ErrorCode::kInvalidArgument, "too-many-resources",
                    {"リソースが多すぎます（1 データセットに " + number + " まで）。",
                     "Too many resources: at most " + number + " in a dataset"},
                    {"データセットを分けてください。", "Split the dataset."});
}

// Ok when the bytes are there.
Result<void> check_blob(storage::BlobStore& blobs, const std::string& hash) {
  auto blob = blobs.open(hash);
  if (!blob) return tl::unexpected(std::move(blob).error());
  ::close(*blob);
  return {};
}

AuditSubject subject_of(const ImportJob& job, std::string_view action) {
  AuditSubject subject;
  subject.action = action;
  subject.kind = "job";
  subject.id = job.id;
  subject.name = job.file_name;
  subject.organization_id = job.organization_id;
  subject.before = subject.after = job.blob;
  return subject;
}

}  // namespace

tl::unexpected<core::Error> job_not_found(std::string_view id) {
  const std::string name(id);
  return core::fail(
      ErrorCode::kNotFound, "job-not-found",
      {"取り込み " + name + " は見つかりません。", "There is no import job " + name + "."},
      {"ID を確かめてください。終わった取り込みの記録は、古いものから消えます。",
       "Check the id; records of ended jobs go, the oldest first."});
}

Imports::Imports(AuditedStore& store, const ImportTarget& target, storage::PushStore& jobs,
                 ImportOptions options)
    : store_(store),
      target_(target),
      jobs_(jobs),
      options_(std::move(options)),
      worker_(std::make_unique<Worker>(ImportServices{store_, target_, jobs_}, options_)) {}

Imports::~Imports() = default;

Result<ImportJob> Imports::submit(std::string_view resource_id, const StoredFile& file,
                                  const WriteContext& context, Review review) {
  auto subject = load_subject(resource_id, target_.catalog);
  if (!subject) return tl::unexpected(std::move(subject).error());
  if (!auth::may_read(subject->dataset, context.caller)) return resource_not_found();
  auto may = auth::require(Action::kUpdateDataset, context.caller, subject->dataset.owner_org);
  if (!may) return tl::unexpected(std::move(may).error());
  auto kept = check_blob(target_.blobs, file.blob);
  if (!kept) return tl::unexpected(std::move(kept).error());
  ImportJob job = new_job(*subject, file, context);
  job.review = review == Review::kAlways;
  return add(std::move(job));
}

Result<ImportJob> Imports::submit_new(const NewResource& wanted, const StoredFile& file,
                                      const WriteContext& context) {
  auto subject = load_place(wanted.dataset, target_.catalog);
  if (!subject) return tl::unexpected(std::move(subject).error());
  if (!auth::may_read(subject->dataset, context.caller)) return dataset_not_found();
  auto may = auth::require(Action::kUpdateDataset, context.caller, subject->dataset.owner_org);
  if (!may) return tl::unexpected(std::move(may).error());
  auto kept = check_blob(target_.blobs, file.blob);
  if (!kept) return tl::unexpected(std::move(kept).error());
  if (static_cast<std::int64_t>(subject->dataset.resources.size()) >= options_.max_resources) {
    return too_many_resources(options_.max_resources);
  }
  auto name = new_name(wanted, file);
  if (!name) return tl::unexpected(std::move(name).error());
  ImportJob job = new_job(*subject, file, context);
  job.resource_id = context.idempotency_key.empty()
                        ? core::random_uuid()
                        : core::stable_uuid("import-resource", job_id(job.dataset_id, context));
  job.id = job_id(job.resource_id, context);
  job.new_resource = *std::move(name);
  job.review = true;
  return add(std::move(job));
}

Result<ImportJob> Imports::add(ImportJob job) {
  auto known = jobs_.job(job.id);
  if (!known) return tl::unexpected(std::move(known).error());
  if (*known) {
    if ((*known)->blob != job.blob) return key_reused();
    return **std::move(known);
  }
  job.created = store_.clock().now();
  if (auto added = jobs_.add_job(job); !added) return tl::unexpected(std::move(added).error());
  worker_->wake();
  return job;
}

Result<ImportJob> Imports::job(std::string_view id, const core::Caller& caller) {
  auto job = jobs_.job(id);
  if (!job) return tl::unexpected(std::move(job).error());
  if (!*job || !may_see(**job, caller)) return job_not_found(id);
  return **std::move(job);
}

Result<std::vector<ImportJob>> Imports::jobs(storage::ImportJobRequest request,
                                             const core::Caller& caller) {
  if (auth::is_allowed(Action::kReadImportJobs, caller)) return jobs_.jobs(request);
  std::vector<std::string> allowed;
  for (const auto& [group, role] : caller.roles) {
    const auto& asked = request.organization_ids;
    const bool wanted =
        asked.empty() || std::find(asked.begin(), asked.end(), group) != asked.end();
    if (wanted && auth::is_allowed(Action::kReadImportJobs, caller, group)) {
      allowed.push_back(group);
    }
  }
  if (allowed.empty()) return std::vector<ImportJob>();
  request.organization_ids = std::move(allowed);
  return jobs_.jobs(request);
}

// Job and permission for confirm() and cancel().
Result<ImportJob> Imports::job_to_decide(std::string_view id, const core::Caller& caller) {
  auto found = job(id, caller);
  if (!found) return found;
  auto may = auth::require(Action::kUpdateDataset, caller, found->organization_id);
  if (!may) return tl::unexpected(std::move(may).error());
  return found;
}

Result<ImportJob> Imports::confirm(std::string_view id, const WriteContext& context) {
  auto found = job_to_decide(id, context.caller);
  if (!found) return found;
  auto subject = load_subject(*found, target_.catalog);
  if (!subject) return tl::unexpected(std::move(subject).error());
  // The dataset may have gone to another organization since.
  auto may = auth::require(Action::kUpdateDataset, context.caller, subject->dataset.owner_org);
  if (!may) return tl::unexpected(std::move(may).error());
  auto written = store_.write(context, [&](storage::CatalogWriter&) -> Result<Changes> {
    if (is_outdated(*subject, *found)) return tl::unexpected(job_outdated());
    auto confirmed = jobs_.confirm_job(id);
    if (!confirmed) return tl::unexpected(std::move(confirmed).error());
    if (!*confirmed) return not_held();
    return Changes{{subject_of(*found, "job.confirm")}, {}, {}};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  worker_->wake();
  return job(id, context.caller);
}

Result<ImportJob> Imports::cancel(std::string_view id, const WriteContext& context) {
  auto found = job_to_decide(id, context.caller);
  if (!found) return found;
  auto written = store_.write(context, [&](storage::CatalogWriter&) -> Result<Changes> {
    auto cancelled = jobs_.cancel_job(id, store_.clock().now());
    if (!cancelled) return tl::unexpected(std::move(cancelled).error());
    if (!*cancelled) return not_held();
    return Changes{{subject_of(*found, "job.cancel")}, {}, {}};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  worker_->wake();
  return job(id, context.caller);
}

Result<ImportJob> Imports::wait(std::string_view id, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (true) {
    auto job = jobs_.job(id);
    if (!job) return tl::unexpected(std::move(job).error());
    if (!*job) return job_not_found(id);
    const bool open =
        (*job)->state == ImportJob::State::kWaiting || (*job)->state == ImportJob::State::kRunning;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    if (!open || left.count() <= 0) return **std::move(job);
    worker_->wait_a_little(std::min(left, kWaitPoll));
  }
}

Result<core::Resource> resource_with_file(core::Resource resource, const StoredFile& file,
                                          storage::BlobStore& blobs) {
  auto fd = blobs.open(file.blob);
  if (!fd) return tl::unexpected(std::move(fd).error());
  auto head = head_of(*fd);
  ::close(*fd);
  if (!head) return tl::unexpected(std::move(head).error());
  return with_file(std::move(resource), file, *head);
}

void Imports::start() { worker_->start(); }
void Imports::stop() { worker_->stop(); }

Result<ImportJob> Imports::run(std::string_view id, const JobProgress& progress) {
  return worker_->run(id, progress);
}

}  // namespace minato::service
