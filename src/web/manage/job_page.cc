#include "web/manage/job_page.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "http/url.h"
#include "service/not_found.h"
#include "web/frame/display.h"
#include "web/manage/form_fields.h"
#include "web/manage/job_words.h"
#include "web/manage/report_view.h"

namespace minato::web {
namespace {

using State = storage::ImportJob::State;
using storage::ImportJob;
using Reply = core::Result<http::Response>;

constexpr std::int64_t kSecondUs = 1'000'000;

// Said while it is under way: what happens, and since when.
std::string progress_words(const ImportJob& job, const StaffVisit& staff) {
  const Texts& texts = staff.texts();
  if (job.state == State::kWaiting || !job.started) return texts["manage_progress_waiting"];
  const std::int64_t now = staff.visit.catalog.now().us;
  const std::int64_t seconds = std::max<std::int64_t>((now - job.started->us) / kSecondUs, 0);
  return texts.with(job.confirmed ? "manage_progress_publishing" : "manage_progress_reading",
                    {{"seconds", display_count(seconds)}});
}

void put_dataset(const ImportJob& job, const StaffVisit& staff, Page& page) {
  // It may be gone since.
  auto dataset = staff.visit.catalog.dataset(job.dataset_id, staff.caller());
  if (dataset && dataset->state == core::State::kDeleted) dataset = service::dataset_not_found();
  const bool is_active = dataset && dataset->state == core::State::kActive;
  put(page.view, "has_dataset", dataset.has_value());
  put(page.view, "is_draft", dataset && dataset->state == core::State::kDraft);
  put(page.view, "is_private", is_active && dataset->is_private);
  put(page.view, "is_public", is_active && !dataset->is_private);
  if (!dataset) return;
  const std::string base = staff.link(dataset_path(dataset->name));
  page.breadcrumbs.push_back({dataset->title, base});
  put(page.view, "dataset_title", dataset->title);
  put(page.view, "base", base);
  const bool is_public = is_active && !dataset->is_private;
  const std::string shown = "/dataset/" + http::percent_encode(dataset->name) + "/resource/" +
                            http::percent_encode(job.resource_id);
  put(page.view, "shown_href", staff.link(is_public ? shown : kPreview + shown));
  put(page.view, "again_href",
      base + "/upload" +
          (job.new_resource.empty() ? "?resource=" + http::percent_encode(job.resource_id) : ""));
}

void put_state_of(const ImportJob& job, const StaffVisit& staff, View& view) {
  const bool is_open = job.state == State::kWaiting || job.state == State::kRunning;
  put(view, "is_open", is_open);
  put(view, "is_waiting", job.state == State::kWaiting);
  put(view, "is_held", job.state == State::kHeld);
  put(view, "is_done", job.state == State::kDone);
  put(view, "is_failed", job.state == State::kFailed);
  put(view, "is_cancelled", job.state == State::kCancelled);
  put(view, "progress", is_open ? progress_words(job, staff) : std::string());
  put(view, "message", job.message.in(staff.visit.language));
  put(view, "hint", job.hint.in(staff.visit.language));
  put(view, "may_decide", staff.may_change(job.organization_id));
}

// By its name it is a table: that it could not be read as one is news to whoever sent it.
bool promises_table(const std::string& file_name) {
  static constexpr std::array<std::string_view, 6> kEnds = {".csv",  ".tsv", ".txt",
                                                            ".xlsx", ".xls", ".xlsm"};
  std::string name = file_name;
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&name](std::string_view end) { return name.ends_with(end); });
}

core::Result<Page> job_page(const StaffVisit& staff, const ImportJob& job,
                            const FormFaults& faults) {
  Page page = staff_page(staff, "manage_job",
                         staff.texts().with("manage_job_title", {{"file", job.file_name}}));
  page.path = job_path(job.id);
  put_dataset(job, staff, page);
  put_state_of(job, staff, page.view);
  put(page.view, "job", job_item(job, staff));
  put(page.view, "self", staff.link(page.path));
  put(page.view, "new_name", job.new_resource);
  put(page.view, "is_surprise", promises_table(job.file_name));
  put_report(job.report, {staff.visit.language, staff.texts()}, page.view);
  put_faults(faults, page.view);
  if (!faults.empty()) {
    page.status = 400;
    page.title = staff.texts()["manage_error_title"] + page.title;
  }
  return page;
}

core::Result<ImportJob> job_of_path(const StaffVisit& staff) {
  return staff.sources().imports.job(staff.path_param("id"), staff.caller());
}

Reply show_with(const StaffVisit& staff, const ImportJob& job, const FormFaults& faults) {
  const auto page = job_page(staff, job, faults);
  if (!page) return tl::unexpected(page.error());
  return reply_with(*page, staff);
}

// Somebody else may have decided meanwhile: the page tells how it stands.
Reply decided(const StaffVisit& staff, const ImportJob& job, const core::Error& error) {
  if (error.id == "job-not-held") return see_other(staff, job_path(job.id));
  if (error.code != core::ErrorCode::kConflict) return tl::unexpected(error);
  const core::Language language = staff.visit.language;
  return show_with(staff, job, {{"", error.message.in(language) + " " + error.hint.in(language)}});
}

bool has_brakes(const ImportJob& job, const StaffVisit& staff) {
  View view = object();
  put_report(job.report, {staff.visit.language, staff.texts()}, view);
  return view["has_brakes"].is_true();
}

}  // namespace

core::Result<Page> show_job(const StaffVisit& staff) {
  const auto job = job_of_path(staff);
  if (!job) return tl::unexpected(job.error());
  return job_page(staff, *job, {});
}

Reply publish_job(const StaffVisit& staff, const FormBody& form) {
  const auto job = job_of_path(staff);
  if (!job) return tl::unexpected(job.error());
  if (job->state == State::kHeld && has_brakes(*job, staff) && !form.has("agreed")) {
    return show_with(staff, *job, {{"agreed", staff.texts()["manage_agree_missing"]}});
  }
  const auto confirmed = staff.sources().imports.confirm(job->id, staff.write_context());
  if (!confirmed) return decided(staff, *job, confirmed.error());
  return see_other(staff, job_path(job->id));
}

Reply discard_job(const StaffVisit& staff, const FormBody&) {
  const auto job = job_of_path(staff);
  if (!job) return tl::unexpected(job.error());
  const auto cancelled = staff.sources().imports.cancel(job->id, staff.write_context());
  if (!cancelled) return decided(staff, *job, cancelled.error());
  const auto dataset = staff.visit.catalog.dataset(job->dataset_id, staff.caller());
  if (!dataset) return see_other(staff, "/manage?done=discarded");
  return see_other(staff, dataset_path(dataset->name) + "?done=discarded");
}

}  // namespace minato::web
