#include "web/manage/upload_page.h"

#include <algorithm>
#include <utility>

#include "core/uuid.h"
#include "http/url.h"
#include "service/not_found.h"
#include "web/catalogue/resource_title.h"
#include "web/frame/display.h"
#include "web/manage/form_fields.h"
#include "web/manage/own_dataset.h"

namespace minato::web {
namespace {

using Reply = core::Result<http::Response>;

struct UploadForm {
  std::string resource_id;  // empty: a new one
  std::string name;
  std::string once;
  FormFaults faults;
  int status = 200;
};

const core::Resource* find_resource(const core::Dataset& dataset, const std::string& id) {
  const auto found = std::find_if(dataset.resources.begin(), dataset.resources.end(),
                                  [&](const core::Resource& r) { return r.id == id; });
  return found == dataset.resources.end() ? nullptr : &*found;
}

View name_fields(const UploadForm& form, const Texts& texts) {
  FormField field;
  field.name = "file_name";
  field.label = texts["manage_file_name"];
  field.help = texts["manage_upload_name_help"];
  field.value = form.name;
  View fields = list();
  fields.push_back(field_view(field, form.faults));
  return fields;
}

std::string wrong_with(const UploadForm& form, std::string_view field) {
  for (const FormFault& fault : form.faults) {
    if (fault.field == field) return fault.message;
  }
  return {};
}

core::Result<Page> upload_page(const StaffVisit& staff, const core::Dataset& dataset,
                               const UploadForm& form) {
  const Texts& texts = staff.texts();
  const core::Resource* replaced = find_resource(dataset, form.resource_id);
  if (!form.resource_id.empty() && replaced == nullptr) return service::resource_not_found();
  const bool is_new = replaced == nullptr;
  Page page = staff_page(staff, "manage_upload",
                         texts[is_new ? "manage_upload_title" : "manage_replace_title"]);
  const std::string base = dataset_path(dataset.name);
  page.path = base + "/upload";
  page.breadcrumbs.push_back({dataset.title, staff.link(base)});
  put(page.view, "dataset_title", dataset.title);
  put(page.view, "base", staff.link(base));
  put(page.view, "action", staff.link(page.path));
  const std::string query =
      is_new ? std::string() : "?resource=" + http::percent_encode(form.resource_id);
  put(page.view, "self", staff.link(page.path) + query);
  put(page.view, "once", form.once);
  put(page.view, "resource", form.resource_id);
  put(page.view, "is_new", is_new);
  put(page.view, "replaced",
      is_new ? std::string()
             : texts.with("manage_upload_replaces", {{"title", resource_title(*replaced, texts)}}));
  put(page.view, "fields", is_new ? name_fields(form, texts) : list());
  const std::int64_t most = staff.sources().uploads.options().max_bytes;
  put(page.view, "max_bytes", std::to_string(most));
  put(page.view, "limit", texts.with("manage_upload_limit", {{"size", display_size(most)}}));
  put(page.view, "file_wrong", wrong_with(form, "file"));
  put_faults(form.faults, page.view);
  page.status = form.status;
  if (!form.faults.empty()) page.title = texts["manage_error_title"] + page.title;
  return page;
}

Reply show_again(const StaffVisit& staff, const core::Dataset& dataset, const UploadForm& form) {
  const auto page = upload_page(staff, dataset, form);
  if (!page) return tl::unexpected(page.error());
  return reply_with(*page, staff);
}

core::Result<storage::ImportJob> submit(const StaffVisit& staff, const core::Dataset& dataset,
                                        const UploadForm& form, const service::StoredFile& file) {
  service::Imports& imports = staff.sources().imports;
  const auto context = staff.write_context(form.once, form.resource_id + form.name + file.blob);
  if (form.resource_id.empty()) return imports.submit_new({dataset.id, form.name}, file, context);
  return imports.submit(form.resource_id, file, context, service::Review::kAlways);
}

// Errors that the person can mend here; the others are pages of their own.
bool is_about_file(const core::Error& error) {
  return error.code == core::ErrorCode::kInvalidArgument ||
         error.code == core::ErrorCode::kTooLarge ||
         error.code == core::ErrorCode::kInsufficientStorage;
}

Reply refuse(const StaffVisit& staff, const core::Dataset& dataset, UploadForm form,
             const core::Error& error) {
  if (!is_about_file(error)) return tl::unexpected(error);
  const core::Language language = staff.visit.language;
  const bool is_name = !error.details.empty() && error.details[0].param.ends_with("/name");
  form.status = error.code == core::ErrorCode::kTooLarge ? 413 : 400;
  if (error.code == core::ErrorCode::kInsufficientStorage) form.status = 507;
  form.faults.push_back({is_name ? "file_name" : "file",
                         is_name ? error.details[0].message.in(language)
                                 : error.message.in(language) + " " + error.hint.in(language)});
  return show_again(staff, dataset, form);
}

}  // namespace

core::Result<Page> show_upload(const StaffVisit& staff) {
  const auto dataset = dataset_to_change(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  UploadForm form;
  form.resource_id = staff.query_param("resource");
  form.once = core::random_uuid();
  auto page = upload_page(staff, *dataset, form);
  if (page && !staff.visit.request.query.empty()) page->query = "?" + staff.visit.request.query;
  return page;
}

Reply take_upload(const StaffVisit& staff, const FormBody& form) {
  const auto dataset = dataset_to_change(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  UploadForm sent;
  sent.resource_id = form.text("resource");
  sent.name = form.text("file_name");
  sent.once = form.text("once");
  sent.status = 400;
  if (!sent.resource_id.empty() && find_resource(*dataset, sent.resource_id) == nullptr) {
    return service::resource_not_found();
  }
  if (!form.file || form.file->length == 0) {
    const char* wrong = form.file ? "manage_file_empty" : "manage_file_missing";
    sent.faults.push_back({"file", staff.texts()[wrong]});
    return show_again(staff, *dataset, sent);
  }
  const auto file = keep_file(staff.sources().uploads, staff.visit.request, *form.file);
  if (!file) return refuse(staff, *dataset, sent, file.error());
  const auto job = submit(staff, *dataset, sent, *file);
  if (!job) return refuse(staff, *dataset, sent, job.error());
  return see_other(staff, job_path(job->id));
}

}  // namespace minato::web
