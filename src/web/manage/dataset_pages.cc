#include "web/manage/dataset_pages.h"

#include <optional>
#include <utility>

#include "core/utf8.h"
#include "core/uuid.h"
#include "web/manage/dataset_form.h"
#include "web/manage/dataset_merge.h"
#include "web/manage/own_dataset.h"

namespace minato::web {
namespace {

using service::DatasetEdit;
using service::DatasetWrites;
using Reply = core::Result<http::Response>;

constexpr std::string_view kChanged = "dataset-changed-meanwhile";

// What the fields hold, as one text.
std::string content_of(const FormValues& values, const std::string& visibility) {
  std::string content = visibility;
  for (const auto& [field, value] : values) content += "\n" + field + "\t" + value;
  return content;
}

void mark_faulty(Page& page, const FormFaults& faults, const Texts& texts) {
  if (faults.empty()) return;
  page.status = 400;
  page.title = texts["manage_error_title"] + page.title;
}

core::Result<Page> new_dataset_page(const StaffVisit& staff, const DatasetForm& form,
                                    const std::string& once) {
  const auto organizations = own_organizations(staff);
  if (!organizations) return tl::unexpected(organizations.error());
  Page page = staff_page(staff, "manage_new", staff.texts()["manage_new_title"]);
  page.path = "/manage/new";
  put(page.view, "may_create", !organizations->empty());
  put(page.view, "action", staff.link("/manage/new"));
  put(page.view, "once", once);
  put_dataset_form(staff, form, *organizations, page.view);
  mark_faulty(page, form.faults, staff.texts());
  return page;
}

// The form of a dataset that is there. `marks`: what its fields began with.
core::Result<Page> edit_page(const StaffVisit& staff, const core::Dataset& dataset,
                             const DatasetForm& form, const std::string& marks) {
  const auto organizations = own_organizations(staff);
  if (!organizations) return tl::unexpected(organizations.error());
  Page page = staff_page(staff, "manage_edit",
                         staff.texts().with("manage_edit_title", {{"title", dataset.title}}));
  page.path = dataset_path(dataset.name) + "/edit";
  page.breadcrumbs.push_back({dataset.title, staff.link(dataset_path(dataset.name))});
  put(page.view, "base", staff.link(dataset_path(dataset.name)));
  put(page.view, "action", staff.link(page.path));
  put(page.view, "etag", DatasetWrites::etag(dataset));
  put(page.view, "marks", marks);
  put(page.view, "has_conflicts", false);
  put_dataset_form(staff, form, *organizations, page.view);
  mark_faulty(page, form.faults, staff.texts());
  return page;
}

Reply as_reply(const core::Result<Page>& page, const StaffVisit& staff) {
  if (!page) return tl::unexpected(page.error());
  return reply_with(*page, staff);
}

// Both values of every field that two people changed, and the form with the sender's.
Reply show_conflicts(const StaffVisit& staff, const core::Dataset& now,
                     const MergedValues& merged) {
  const FormValues theirs = values_of(now);
  auto page = edit_page(staff, now, {merged.values, {}, ""}, marks_of(theirs));
  if (!page) return tl::unexpected(page.error());
  View items = list();
  for (const std::string& field : merged.conflicts) {
    View item = object();
    put(item, "field", field);
    put(item, "label", field_label(field, staff.texts()));
    put(item, "theirs", field_words(field, theirs.at(field), staff));
    put(item, "mine", field_words(field, merged.values.at(field), staff));
    items.push_back(item);
  }
  put(page->view, "has_conflicts", true);
  put(page->view, "conflicts", items);
  page->status = 409;
  page->title = staff.texts()["manage_error_title"] + page->title;
  return reply_with(*page, staff);
}

// One change of the form, and what came of it beside a write.
struct FormChange {
  FormValues sent;
  std::string marks;
  std::string etag;
  std::optional<core::Dataset> overtaken;  // as somebody else left it
  MergedValues merged;

  core::Result<void> operator()(DatasetEdit& edit) {
    merged = {sent, {}};
    if (DatasetWrites::etag(edit.dataset) != etag) {
      merged = merge_values(sent, values_of(edit.dataset), marks);
    }
    if (!merged.conflicts.empty()) {
      overtaken = edit.dataset;
      return core::fail(core::ErrorCode::kConflict, kChanged, {});
    }
    apply_values(merged.values, edit.dataset);
    return {};
  }
};

Page deletion_page(const StaffVisit& staff, const core::Dataset& dataset, const std::string& reason,
                   const FormFaults& faults) {
  const Texts& texts = staff.texts();
  Page page = staff_page(staff, "manage_delete",
                         texts.with("manage_delete_title", {{"title", dataset.title}}));
  page.path = dataset_path(dataset.name) + "/delete";
  page.breadcrumbs.push_back({dataset.title, staff.link(dataset_path(dataset.name))});
  FormField field;
  field.kind = FieldKind::kArea;
  field.name = "reason";
  field.label = texts["manage_delete_reason"];
  field.help = texts["manage_delete_reason_help"];
  field.value = reason;
  field.required = true;
  View fields = list();
  fields.push_back(field_view(field, faults));
  put(page.view, "fields", fields);
  put(page.view, "base", staff.link(dataset_path(dataset.name)));
  put(page.view, "action", staff.link(page.path));
  put_faults(faults, page.view);
  mark_faulty(page, faults, texts);
  return page;
}

}  // namespace

core::Result<Page> show_new_dataset(const StaffVisit& staff) {
  DatasetForm form;
  form.visibility = "draft";
  return new_dataset_page(staff, form, core::random_uuid());
}

core::Result<Page> show_own_dataset(const StaffVisit& staff) {
  const auto dataset = dataset_of_path(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  return own_dataset_page(staff, *dataset, {});
}

core::Result<Page> show_dataset_form(const StaffVisit& staff) {
  const auto dataset = dataset_to_change(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  const FormValues values = values_of(*dataset);
  return edit_page(staff, *dataset, {values, {}, ""}, marks_of(values));
}

core::Result<Page> show_deletion(const StaffVisit& staff) {
  const auto dataset = dataset_to_change(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  return deletion_page(staff, *dataset, "", {});
}

Reply create_dataset(const StaffVisit& staff, const FormBody& form) {
  DatasetForm filled;
  filled.values = values_of(form);
  filled.visibility = form.text("visibility");
  if (filled.visibility != "public" && filled.visibility != "private") filled.visibility = "draft";
  const std::string once = form.text("once");
  filled.faults = missing_values(filled.values, staff.texts());
  if (!filled.faults.empty()) return as_reply(new_dataset_page(staff, filled, once), staff);
  DatasetEdit wanted;
  apply_values(filled.values, wanted.dataset);
  wanted.dataset.state = filled.visibility == "draft" ? core::State::kDraft : core::State::kActive;
  wanted.dataset.is_private = filled.visibility == "private";
  const auto context = staff.write_context(once, content_of(filled.values, filled.visibility));
  const auto written = staff.sources().datasets.create(std::move(wanted), true, context);
  if (written) return see_other(staff, dataset_path(written->dataset.name) + "?done=created");
  filled.faults = faults_of(written.error(), staff.visit.language, staff.texts());
  if (filled.faults.empty()) return tl::unexpected(written.error());
  return as_reply(new_dataset_page(staff, filled, once), staff);
}

Reply change_dataset(const StaffVisit& staff, const FormBody& form) {
  const auto dataset = dataset_to_change(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  DatasetForm filled{values_of(form), {}, ""};
  // An emptied name stays: only a new dataset gets one by itself.
  if (filled.values["name"].empty()) filled.values["name"] = dataset->name;
  filled.faults = missing_values(filled.values, staff.texts());
  const std::string marks = form.text("marks");
  if (!filled.faults.empty()) return as_reply(edit_page(staff, *dataset, filled, marks), staff);
  FormChange change{filled.values, marks, form.text("etag"), std::nullopt, {}};
  const auto written = staff.sources().datasets.change(
      dataset->id, [&change](DatasetEdit& edit) { return change(edit); }, staff.write_context());
  if (written) return see_other(staff, dataset_path(written->dataset.name) + "?done=saved");
  if (change.overtaken && written.error().id == kChanged) {
    return show_conflicts(staff, *change.overtaken, change.merged);
  }
  filled.faults = faults_of(written.error(), staff.visit.language, staff.texts());
  if (filled.faults.empty()) return tl::unexpected(written.error());
  return as_reply(edit_page(staff, *dataset, filled, marks), staff);
}

Reply delete_dataset(const StaffVisit& staff, const FormBody& form) {
  const auto dataset = dataset_to_change(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  const std::string reason = form.text("reason");
  FormFaults faults;
  if (reason.empty()) faults.push_back({"reason", staff.texts()["manage_delete_reason_missing"]});
  if (core::count_code_points(reason) > core::kMaxTitleLength) {
    faults.push_back({"reason", staff.texts()["manage_delete_reason_long"]});
  }
  if (!faults.empty()) return reply_with(deletion_page(staff, *dataset, reason, faults), staff);
  const auto done = staff.sources().datasets.remove(dataset->id, reason, staff.write_context());
  if (!done) return tl::unexpected(done.error());
  return see_other(staff, "/manage?done=deleted");
}

}  // namespace minato::web
