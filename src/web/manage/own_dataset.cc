#include "web/manage/own_dataset.h"

#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "http/url.h"
#include "service/not_found.h"
#include "web/catalogue/freshness.h"
#include "web/catalogue/resource_title.h"
#include "web/frame/ago.h"
#include "web/frame/display.h"
#include "web/manage/dataset_form.h"
#include "web/manage/job_words.h"

namespace minato::web {
namespace {

using State = storage::ImportJob::State;

constexpr std::int64_t kShownJobs = 100;

bool is_public(const core::Dataset& dataset) {
  return dataset.state == core::State::kActive && !dataset.is_private;
}

View fact(const std::string& term, const std::string& text) {
  View item = object();
  put(item, "term", term);
  put(item, "text", text);
  return item;
}

View facts(const core::Dataset& dataset, const StaffVisit& staff) {
  View items = list();
  const FormValues values = values_of(dataset);
  for (const std::string& field : dataset_fields()) {
    if (field == "title" || (values.at(field).empty() && field.starts_with("contact"))) continue;
    items.push_back(
        fact(field_label(field, staff.texts()), field_words(field, values.at(field), staff)));
  }
  return items;
}

// The newest job of the resource that is still to be decided or read, else none.
const storage::ImportJob* open_job(const std::vector<storage::ImportJob>& jobs,
                                   const std::string& resource_id) {
  const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const storage::ImportJob& job) {
    return job.resource_id == resource_id &&
           (job.state == State::kHeld || job.state == State::kWaiting ||
            job.state == State::kRunning);
  });
  return found == jobs.end() ? nullptr : &*found;
}

// Its page as the public sees it, or will.
std::string shown_link(const core::Dataset& dataset, const StaffVisit& staff) {
  const std::string path = "/dataset/" + http::percent_encode(dataset.name);
  return staff.link(is_public(dataset) ? path : kPreview + path);
}

View file_item(const core::Dataset& dataset, const core::Resource& resource,
               const StaffVisit& staff) {
  View item = object();
  put(item, "file_title", resource_title(resource, staff.texts()));
  put(item, "format", resource.format);
  put(item, "file_size", resource.size ? display_size(*resource.size) : std::string());
  put(item, "file_name", resource.url_type == "upload" ? resource.url : std::string());
  put(item, "link_url", resource.url_type == "upload" ? std::string() : web_address(resource.url));
  const core::Timestamp changed = resource.last_modified.value_or(resource.metadata_modified);
  put(item, "changed", display_day(changed, staff.visit.language));
  const std::string id = http::percent_encode(resource.id);
  put(item, "edit_href", staff.link("/manage/file/" + id));
  put(item, "replace_href", staff.link(dataset_path(dataset.name) + "/upload?resource=" + id));
  put(item, "shown_href", shown_link(dataset, staff) + "/resource/" + id);
  return item;
}

// What a person does next: one step at a time.
std::string next_step(const core::Dataset& dataset, bool has_held_job, const Texts& texts) {
  if (has_held_job) return texts["manage_next_decide"];
  if (dataset.resources.empty()) return texts["manage_next_upload"];
  if (dataset.state == core::State::kDraft && dataset.license_id.empty()) {
    return texts["manage_next_license"];
  }
  return dataset.state == core::State::kDraft ? texts["manage_next_publish"] : std::string();
}

void put_files(const core::Dataset& dataset, const std::vector<storage::ImportJob>& jobs,
               const StaffVisit& staff, View& view) {
  View files = list();
  for (const core::Resource& resource : dataset.resources) {
    View item = file_item(dataset, resource, staff);
    const storage::ImportJob* open = open_job(jobs, resource.id);
    put(item, "job", open == nullptr ? View(false) : job_item(*open, staff));
    files.push_back(item);
  }
  put(view, "has_files", !dataset.resources.empty());
  put(view, "files", files);
  View coming = list();
  bool has_coming = false;
  bool has_held = false;
  for (const storage::ImportJob& job : jobs) {
    const bool is_open =
        job.state != State::kDone && job.state != State::kCancelled && job.state != State::kFailed;
    has_held = has_held || job.state == State::kHeld;
    if (!is_open || job.new_resource.empty()) continue;
    has_coming = true;
    coming.push_back(job_item(job, staff));
  }
  put(view, "has_coming", has_coming);
  put(view, "coming", coming);
  put(view, "next_step", next_step(dataset, has_held, staff.texts()));
}

// Local time of Japan as <input type="datetime-local"> has it.
std::string local_moment(core::Timestamp time) {
  constexpr std::int64_t kJapanUs = std::int64_t{9} * 3'600 * 1'000'000;
  return core::to_rfc3339({time.us + kJapanUs}).substr(0, 16);
}

void put_publication(const core::Dataset& dataset, const StaffVisit& staff, View& view) {
  put(view, "is_public", is_public(dataset));
  put(view, "is_draft", dataset.state == core::State::kDraft);
  put(view, "is_private", dataset.state == core::State::kActive && dataset.is_private);
  put(view, "publish_at", dataset.publish_at ? local_moment(*dataset.publish_at) : std::string());
  put(view, "publish_at_words",
      dataset.publish_at
          ? staff.texts().with("manage_scheduled_for",
                               {{"time", moment_words(*dataset.publish_at, staff.visit.language)}})
          : std::string());
}

}  // namespace

core::Result<core::Dataset> dataset_of_path(const StaffVisit& staff) {
  const std::string id = staff.path_param("id");
  auto dataset = staff.visit.catalog.dataset(id, staff.caller());
  if (!dataset || dataset->state != core::State::kDeleted) return dataset;
  // Its editors would find it still; there is nothing to be done with it here.
  const auto removed = staff.visit.catalog.removed(id);
  if (!removed) return tl::unexpected(removed.error());
  if (!*removed) return service::dataset_not_found();
  return service::dataset_deleted((*removed)->dataset, (*removed)->tombstone);
}

core::Result<core::Dataset> dataset_to_change(const StaffVisit& staff) {
  auto dataset = dataset_of_path(staff);
  if (!dataset) return dataset;
  auto may = auth::require(auth::Action::kUpdateDataset, staff.caller(), dataset->owner_org);
  if (!may) return tl::unexpected(std::move(may).error());
  return dataset;
}

void put_state(const core::Dataset& dataset, const StaffVisit& staff, View& view) {
  const Texts& texts = staff.texts();
  const bool is_draft = dataset.state == core::State::kDraft;
  const bool is_planned = is_draft && dataset.publish_at.has_value();
  put(view, "state_words",
      is_planned           ? texts["manage_state_scheduled"]
      : is_draft           ? texts["manage_state_draft"]
      : dataset.is_private ? texts["manage_state_private"]
                           : texts["manage_state_public"]);
  put(view, "state_class", is_draft ? "accent" : dataset.is_private ? "" : "good");
  const Freshness freshness = freshness_of(dataset, staff.visit.catalog.now());
  put(view, "late", freshness.is_late && !is_draft);
}

core::Result<Page> own_dataset_page(const StaffVisit& staff, const core::Dataset& dataset,
                                    const FormFaults& faults) {
  const core::Language language = staff.visit.language;
  storage::ImportJobRequest asked;
  asked.dataset_id = dataset.id;
  asked.limit = kShownJobs;
  const auto jobs = staff.sources().imports.jobs(asked, staff.caller());
  if (!jobs) return tl::unexpected(jobs.error());
  const auto provenance = staff.visit.catalog.provenance(dataset);
  if (!provenance) return tl::unexpected(provenance.error());

  Page page = staff_page(staff, "manage_dataset", dataset.title);
  page.path = dataset_path(dataset.name);
  put_done(staff, page);
  put_state(dataset, staff, page.view);
  put_files(dataset, *jobs, staff, page.view);
  put_publication(dataset, staff, page.view);
  put_faults(faults, page.view);
  if (!faults.empty()) page.status = 400;
  put(page.view, "facts", facts(dataset, staff));
  put(page.view, "may_change", staff.may_change(dataset.owner_org));
  put(page.view, "is_harvested", provenance->has_value());
  put(page.view, "modified", moment_words(dataset.modified, language));
  put(page.view, "base", staff.link(dataset_path(dataset.name)));
  put(page.view, "shown_href", shown_link(dataset, staff));
  put(page.view, "etag", service::DatasetWrites::etag(dataset));
  return page;
}

}  // namespace minato::web
