#include "web/manage/dataset_state.h"

#include <optional>
#include <string>

#include "core/time.h"
#include "web/manage/form_fields.h"
#include "web/manage/own_dataset.h"

namespace minato::web {
namespace {

using service::DatasetEdit;
using Reply = core::Result<http::Response>;

// "2027-04-01T09:00", as people in Japan mean it.
std::optional<core::Timestamp> moment_of(const std::string& text) {
  constexpr std::size_t kToMinutes = 16;
  if (text.size() < kToMinutes) return std::nullopt;
  const bool has_seconds = text.size() > kToMinutes;
  return core::parse_iso8601(text + (has_seconds ? "+09:00" : ":00+09:00"));
}

struct StateChange {
  std::string kind;
  std::optional<core::Timestamp> publish_at;

  void operator()(core::Dataset& dataset) const {
    dataset.publish_at.reset();
    if (kind == "publish" || kind == "private") dataset.state = core::State::kActive;
    if (kind == "publish") dataset.is_private = false;
    if (kind == "private") dataset.is_private = true;
    if (kind == "draft" || kind == "schedule") dataset.state = core::State::kDraft;
    if (kind == "schedule") dataset.publish_at = publish_at;
  }
};

// Name of the message that says it was done; empty: no such change.
std::string done_word(const std::string& kind) {
  if (kind == "publish") return "published";
  if (kind == "schedule") return "scheduled";
  if (kind == "unschedule") return "saved";
  return kind == "draft" || kind == "private" ? kind : "";
}

Reply show_again(const StaffVisit& staff, const core::Dataset& dataset, FormFaults faults) {
  // The fields of the dataset are on another page.
  for (FormFault& fault : faults) {
    if (fault.field == "license") fault.message = staff.texts()["manage_publish_needs_license"];
    if (fault.field != "publish_at") fault.field.clear();
  }
  const auto page = own_dataset_page(staff, dataset, faults);
  if (!page) return tl::unexpected(page.error());
  return reply_with(*page, staff);
}

}  // namespace

Reply change_state(const StaffVisit& staff, const FormBody& form) {
  const auto dataset = dataset_to_change(staff);
  if (!dataset) return tl::unexpected(dataset.error());
  StateChange change{form.text("change"), moment_of(form.text("publish_at"))};
  const std::string done = done_word(change.kind);
  const bool is_past = !change.publish_at || *change.publish_at <= staff.visit.catalog.now();
  FormFaults faults;
  if (done.empty()) faults.push_back({"", staff.texts()["manage_state_unknown"]});
  if (change.kind == "schedule" && is_past) {
    faults.push_back({"publish_at", staff.texts()["manage_schedule_past"]});
  }
  if (!faults.empty()) return show_again(staff, *dataset, faults);
  const auto edit = [&change](DatasetEdit& now) -> core::Result<void> {
    change(now.dataset);
    return {};
  };
  const auto written = staff.sources().datasets.change(dataset->id, edit, staff.write_context());
  if (written) return see_other(staff, dataset_path(written->dataset.name) + "?done=" + done);
  faults = faults_of(written.error(), staff.visit.language, staff.texts());
  if (faults.empty()) return tl::unexpected(written.error());
  return show_again(staff, *dataset, faults);
}

}  // namespace minato::web
