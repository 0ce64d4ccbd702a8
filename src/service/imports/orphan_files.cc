// Taking up resources whose file was never imported: the process ended between the write of the
// resource and that of its job.

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/uuid.h"
#include "service/imports/import_subject.h"
#include "service/imports/worker.h"

namespace minato::service {

namespace {

using core::Result;
using storage::ImportJob;

constexpr std::chrono::seconds kReadTimeout{30};

ImportJob job_for(const ImportSubject& subject, core::Timestamp now) {
  ImportJob job;
  job.id = core::random_uuid();
  job.resource_id = subject.resource.id;
  job.dataset_id = subject.dataset.id;
  job.organization_id = subject.dataset.owner_org;
  job.blob = subject.resource.blob;
  job.bytes = subject.resource.size.value_or(0);
  job.file_name = subject.resource.url;
  job.media_type = subject.resource.mimetype;
  job.created = now;
  return job;
}

}  // namespace

Result<void> Imports::Worker::adopt_files() {
  auto reader = services_.target.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  const auto ids = (*reader)->resources_to_import();
  reader->reset();
  if (!ids) return tl::unexpected(ids.error());
  for (const std::string& id : *ids) {
    if (stopping_.load()) return {};
    if (auto adopted = adopt_file(id); !adopted) return adopted;
  }
  return {};
}

// Harvested files have their own queue; and what was tried once is not tried again by itself.
Result<void> Imports::Worker::adopt_file(const std::string& resource_id) {
  auto subject = load_subject(resource_id, services_.target.catalog);
  if (!subject) {
    return subject.error().code == core::ErrorCode::kNotFound
               ? Result<void>()
               : Result<void>(tl::unexpected(subject.error()));
  }
  const core::Resource& resource = subject->resource;
  if (resource.url_type != "upload" || resource.blob.empty() ||
      is_published(*subject, input_hash_of(resource))) {
    return {};
  }
  storage::ImportJobRequest of_resource;
  of_resource.resource_id = resource_id;
  auto jobs = services_.jobs.jobs(of_resource);
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  const bool known = std::any_of(jobs->begin(), jobs->end(),
                                 [&](const auto& job) { return job.blob == resource.blob; });
  if (known) return {};
  return services_.jobs.add_job(job_for(*subject, services_.store.clock().now()));
}

}  // namespace minato::service
