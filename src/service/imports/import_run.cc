#include "service/imports/import_run.h"

#include <optional>
#include <utility>

#include "formats/import_report.h"
#include "service/imports/import_comparison.h"
#include "service/imports/import_subject.h"
#include "service/imports/imports.h"
#include "service/imports/publication.h"

namespace minato::service {

namespace {

using core::ImportReport;
using core::Result;
using storage::ImportJob;

constexpr int kPublicationTries = 3;  // others publish versions of the same table
constexpr std::chrono::seconds kReadTimeout{30};

class Run {
 public:
  Run(ImportJob& job, const ImportServices& services, const BrakeOptions& brakes,
      const ImportWatch& watch)
      : job_(job), services_(services), brakes_(brakes), watch_(watch) {}

  Result<void> run() {
    for (int left = kPublicationTries;; --left) {
      auto done = try_once();
      if (done || done.error().id != "table-version-taken" || left == 0) return done;
    }
  }

 private:
  Result<void> try_once() {
    auto subject = load_subject(job_, services_.target.catalog);
    if (!subject) return tl::unexpected(std::move(subject).error());
    const StoredFile file{job_.blob, job_.bytes, job_.file_name, job_.media_type};
    auto resource = resource_with_file(subject->resource, file, services_.target.blobs);
    if (!resource) return tl::unexpected(std::move(resource).error());
    const std::string input_hash = input_hash_of(*resource);
    if (is_published(*subject, input_hash)) return end_published(*subject, *resource);
    if (job_.confirmed && is_outdated(*subject, job_)) return tl::unexpected(job_outdated());
    auto prepared = prepare_tables(*resource, services_.target, reading_watch());
    if (!prepared) return tl::unexpected(std::move(prepared).error());
    auto report = report_on(*prepared, scope(*subject));
    if (!report) return tl::unexpected(std::move(report).error());
    if (!job_.confirmed && (job_.review || !report->brakes.empty())) {
      end(ImportJob::State::kHeld, *report);
      return {};
    }
    auto published = publish_file({job_, *resource, &*prepared, watch_.renew}, services_.store);
    if (!published) return published;
    prepared->keep();
    for (std::size_t i = 0; i < report->tables.size(); ++i) {
      report->tables[i].version = prepared->tables()[i].version.version;
    }
    end(ImportJob::State::kDone, *report);
    return {};
  }

  // The file is there already: published by this job before a crash, or asked for twice.
  Result<void> end_published(const ImportSubject& subject, const core::Resource& resource) {
    if (!has_file(subject.resource, resource)) {
      auto published = publish_file({job_, resource, nullptr, watch_.renew}, services_.store);
      if (!published) return published;
    }
    auto report = report_on_current(
        scope(subject), [&](const storage::TableVersion& current) { return before(current); });
    if (!report) return tl::unexpected(std::move(report).error());
    end(ImportJob::State::kDone, *report);
    return {};
  }

  Result<std::optional<storage::TableVersion>> before(const storage::TableVersion& current) {
    if (current.created < job_.created) return current;
    auto reader = services_.target.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto versions = (*reader)->table_versions(current.table_id);
    if (!versions) return tl::unexpected(std::move(versions).error());
    for (storage::TableVersion& version : *versions) {
      if (version.version < current.version) return std::move(version);
    }
    return std::nullopt;
  }

  ComparisonScope scope(const ImportSubject& subject) {
    return {subject, services_.target.tables, brakes_, watch_.go_on};
  }

  ReadingWatch reading_watch() {
    return [this](std::int64_t rows) {
      if (watch_.progress) watch_.progress(rows);
      return !watch_.go_on || watch_.go_on();
    };
  }

  void end(ImportJob::State state, const ImportReport& report) {
    job_.state = state;
    job_.report = formats::write_import_report(report);
    job_.ended = services_.store.clock().now();
  }

  ImportJob& job_;
  const ImportServices& services_;
  const BrakeOptions& brakes_;
  const ImportWatch& watch_;
};

}  // namespace

void fail_job(ImportJob& job, const core::Error& error) {
  job.state = ImportJob::State::kFailed;
  job.error_id = error.id;
  job.message = error.message;
  job.hint = error.hint;
}

core::Error job_outdated() {
  return core::fail(core::ErrorCode::kConflict, "job-outdated",
                    {"この取り込みのあとに、同じリソースの新しい版が公開されています。",
                     "A newer version of the resource was published after this import."},
                    {"公開中の表を確かめ、必要ならファイルをもう一度送ってください。",
                     "Look at what is published, and send the file again if it is still wanted."})
      .value();
}

Result<void> run_import(ImportJob& job, const ImportServices& services, const BrakeOptions& brakes,
                        const ImportWatch& watch) {
  auto done = Run(job, services, brakes, watch).run();
  if (done) return done;
  if (done.error().id == "import-stopped" || done.error().id == "job-lease-lost") return done;
  fail_job(job, done.error());
  job.ended = services.store.clock().now();
  return {};
}

}  // namespace minato::service
