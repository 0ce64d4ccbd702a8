#include "web/manage/file_pages.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "auth/permissions.h"
#include "http/url.h"
#include "service/not_found.h"
#include "web/catalogue/resource_title.h"
#include "web/manage/dataset_merge.h"
#include "web/manage/form_fields.h"

namespace minato::web {
namespace {

using service::DatasetEdit;
using Reply = core::Result<http::Response>;

constexpr std::string_view kChanged = "file-changed-meanwhile";

core::Result<service::FoundResource> file_to_change(const StaffVisit& staff) {
  auto found = staff.visit.catalog.resource(staff.path_param("id"), staff.caller());
  if (!found) return found;
  auto may = auth::require(auth::Action::kUpdateDataset, staff.caller(), found->dataset.owner_org);
  if (!may) return tl::unexpected(std::move(may).error());
  return found;
}

FormValues values_of_file(const core::Resource& resource) {
  return {{"file_name", plain_text(resource.name)},
          {"file_description", plain_text(resource.description)}};
}

core::Resource* find_resource(core::Dataset& dataset, const std::string& id) {
  const auto found = std::find_if(dataset.resources.begin(), dataset.resources.end(),
                                  [&](const core::Resource& r) { return r.id == id; });
  return found == dataset.resources.end() ? nullptr : &*found;
}

View fields_view(const FormValues& values, const FormFaults& faults, const Texts& texts) {
  FormField name;
  name.name = "file_name";
  name.label = texts["manage_file_name"];
  name.help = texts["manage_file_name_help"];
  name.value = values.at("file_name");
  name.required = true;
  FormField description;
  description.kind = FieldKind::kArea;
  description.name = "file_description";
  description.label = texts["manage_file_description"];
  description.help = texts["manage_file_description_help"];
  description.value = values.at("file_description");
  View fields = list();
  fields.push_back(field_view(name, faults));
  fields.push_back(field_view(description, faults));
  return fields;
}

struct FileForm {
  FormValues values;
  std::string marks;
  FormFaults faults;
  const MergedValues* merged = nullptr;  // not null: both changed something
  FormValues theirs = {};
};

void put_conflicts(const FileForm& form, const Texts& texts, View& view) {
  View items = list();
  if (form.merged != nullptr) {
    for (const std::string& field : form.merged->conflicts) {
      View item = object();
      put(item, "field", field);
      put(item, "label",
          texts[field == "file_name" ? "manage_file_name" : "manage_file_description"]);
      put(item, "theirs", form.theirs.at(field));
      put(item, "mine", form.values.at(field));
      items.push_back(item);
    }
  }
  put(view, "has_conflicts", form.merged != nullptr);
  put(view, "conflicts", items);
}

Page file_page(const StaffVisit& staff, const service::FoundResource& found, const FileForm& form) {
  const Texts& texts = staff.texts();
  const std::string name = resource_title(found.resource, texts);
  Page page = staff_page(staff, "manage_file", texts.with("manage_file_title", {{"title", name}}));
  const std::string base = dataset_path(found.dataset.name);
  page.breadcrumbs.push_back({found.dataset.title, staff.link(base)});
  page.path = "/manage/file/" + http::percent_encode(found.resource.id);
  put(page.view, "base", staff.link(base));
  put(page.view, "action", staff.link(page.path));
  put(page.view, "marks", form.marks);
  put(page.view, "fields", fields_view(form.values, form.faults, texts));
  put_faults(form.faults, page.view);
  put_conflicts(form, texts, page.view);
  const bool is_right = form.faults.empty() && form.merged == nullptr;
  if (!is_right) {
    page.status = form.merged == nullptr ? 400 : 409;
    page.title = texts["manage_error_title"] + page.title;
  }
  return page;
}

// What came of a change beside a write.
struct FileChange {
  std::string id;
  FileForm form;
  MergedValues merged = {};
  bool is_overtaken = false;

  core::Result<void> operator()(DatasetEdit& edit) {
    core::Resource* resource = find_resource(edit.dataset, id);
    if (resource == nullptr) return service::resource_not_found();
    form.theirs = values_of_file(*resource);
    merged = merge_values(form.values, form.theirs, form.marks);
    is_overtaken = !merged.conflicts.empty();
    if (is_overtaken) return core::fail(core::ErrorCode::kConflict, kChanged, {});
    resource->name = merged.values.at("file_name");
    resource->description = merged.values.at("file_description");
    return {};
  }
};

// In DatasetWrites' words a file is "/resources/3/name".
FormFaults file_faults(const core::Error& error, const StaffVisit& staff) {
  FormFaults faults;
  if (error.code != core::ErrorCode::kInvalidArgument) return faults;
  for (const core::ErrorDetail& detail : error.details) {
    const bool is_name = detail.param.ends_with("/name");
    const bool is_description = detail.param.ends_with("/description");
    faults.push_back({is_name          ? "file_name"
                      : is_description ? "file_description"
                                       : "",
                      detail.message.in(staff.visit.language)});
  }
  return faults;
}

}  // namespace

core::Result<Page> show_file(const StaffVisit& staff) {
  const auto found = file_to_change(staff);
  if (!found) return tl::unexpected(found.error());
  const FormValues values = values_of_file(found->resource);
  return file_page(staff, *found, {values, marks_of(values), {}});
}

Reply change_file(const StaffVisit& staff, const FormBody& form) {
  const auto found = file_to_change(staff);
  if (!found) return tl::unexpected(found.error());
  FileForm sent{
      {{"file_name", form.text("file_name")}, {"file_description", form.text("file_description")}},
      form.text("marks"),
      {}};
  if (sent.values["file_name"].empty()) {
    sent.faults.push_back({"file_name", staff.texts()["manage_file_name_missing"]});
    return reply_with(file_page(staff, *found, sent), staff);
  }
  FileChange change{found->resource.id, sent};
  const auto written = staff.sources().datasets.change(
      found->dataset.id, [&change](DatasetEdit& edit) { return change(edit); },
      staff.write_context());
  if (written) return see_other(staff, dataset_path(written->dataset.name) + "?done=saved");
  if (change.is_overtaken) {
    change.form.marks = marks_of(change.form.theirs);
    change.form.values = change.merged.values;
    change.form.merged = &change.merged;
    return reply_with(file_page(staff, *found, change.form), staff);
  }
  sent.faults = file_faults(written.error(), staff);
  if (sent.faults.empty()) return tl::unexpected(written.error());
  return reply_with(file_page(staff, *found, sent), staff);
}

Reply remove_file(const StaffVisit& staff, const FormBody& form) {
  const auto found = file_to_change(staff);
  if (!found) return tl::unexpected(found.error());
  if (!form.has("agreed")) {
    const FormValues values = values_of_file(found->resource);
    FileForm again{values, marks_of(values), {{"agreed", staff.texts()["manage_agree_missing"]}}};
    return reply_with(file_page(staff, *found, again), staff);
  }
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    std::erase_if(now.dataset.resources,
                  [&](const core::Resource& r) { return r.id == found->resource.id; });
    return {};
  };
  const auto written =
      staff.sources().datasets.change(found->dataset.id, edit, staff.write_context());
  if (!written) return tl::unexpected(written.error());
  return see_other(staff, dataset_path(written->dataset.name) + "?done=removed");
}

}  // namespace minato::web
