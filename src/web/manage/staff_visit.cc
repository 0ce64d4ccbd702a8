#include "web/manage/staff_visit.h"

#include <algorithm>
#include <array>
#include <utility>

#include "auth/permissions.h"
#include "core/sha256.h"
#include "http/url.h"

namespace minato::web {
namespace {

// Steps that a page says were done, with the text that says so.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kDone = {
    {{"created", "manage_done_created"},
     {"saved", "manage_done_saved"},
     {"published", "manage_done_published"},
     {"draft", "manage_done_draft"},
     {"private", "manage_done_private"},
     {"scheduled", "manage_done_scheduled"},
     {"removed", "manage_done_removed"},
     {"discarded", "manage_done_discarded"},
     {"deleted", "manage_done_deleted"}}};

}  // namespace

std::string StaffVisit::path_param(std::string_view name) const {
  const std::string* value = visit.request.path_param(name);
  return value == nullptr ? std::string() : *value;
}

std::string StaffVisit::query_param(std::string_view name) const {
  const std::string* value = visit.request.query_param(name);
  return value == nullptr ? std::string() : *value;
}

bool StaffVisit::may_change(std::string_view organization_id) const {
  return auth::is_allowed(auth::Action::kUpdateDataset, caller(), organization_id);
}

bool StaffVisit::may_create() const {
  const auto may = [this](const auto& role) {
    return auth::is_allowed(auth::Action::kCreateDataset, caller(), role.first);
  };
  const auto& roles = caller().roles;
  return auth::is_allowed(auth::Action::kCreateDataset, caller()) ||
         std::any_of(roles.begin(), roles.end(), may);
}

service::WriteContext StaffVisit::write_context(std::string_view key,
                                                std::string_view content) const {
  service::WriteContext context;
  context.caller = caller();
  if (key.empty()) return context;
  context.request_hash = core::sha256_hex(std::string(content));
  context.idempotency_key =
      "form-" + core::sha256_hex(session.id + " " + std::string(key) + context.request_hash);
  return context;
}

Page staff_page(const StaffVisit& staff, std::string template_name, const std::string& title) {
  Page page;
  page.content = std::move(template_name);
  page.title = title;
  page.path = staff.visit.request.path;
  if (staff.visit.language == core::Language::kEn && page.path.starts_with("/en/")) {
    page.path.erase(0, 3);
  }
  page.index = false;
  page.section = Section::kManage;
  page.site_search = false;
  page.styles = {"manage.css"};
  page.scripts = {"manage.js"};
  if (page.path != "/manage") {
    page.breadcrumbs.push_back({staff.texts()["manage_title"], staff.link("/manage")});
  }
  put(page.view, "form_token", staff.form_token);
  put(page.view, "user_name", staff.caller().user_name);
  put(page.view, "may_create", staff.may_create());
  put(page.view, "heading", title);
  // What staff writes is Japanese as a rule, also on pages in English.
  put(page.view, "data_lang", staff.visit.language == core::Language::kEn ? "ja" : "");
  return page;
}

void put_done(const StaffVisit& staff, Page& page) {
  const std::string done = staff.query_param("done");
  for (const auto& [name, text] : kDone) {
    if (name == done) put(page.view, "done", staff.texts()[text]);
  }
}

http::Response reply_with(const Page& page, const StaffVisit& staff) {
  return render(page, staff.visit);
}

http::Response see_other(const StaffVisit& staff, const std::string& path) {
  http::Response response;
  response.status = 303;
  response.headers.set("Location", staff.link(path));
  return response;
}

std::string dataset_path(std::string_view name) {
  return "/manage/dataset/" + http::percent_encode(name);
}

std::string job_path(std::string_view id) { return "/manage/job/" + http::percent_encode(id); }

}  // namespace minato::web
