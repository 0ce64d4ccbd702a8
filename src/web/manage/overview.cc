#include "web/manage/overview.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "http/url.h"
#include "web/frame/display.h"
#include "web/manage/dataset_form.h"
#include "web/manage/job_words.h"
#include "web/manage/own_dataset.h"
#include "web/manage/own_datasets.h"

namespace minato::web {
namespace {

constexpr std::size_t kPerPage = 50;
constexpr std::int64_t kShownJobs = 20;

std::string address(const OwnFilter& filter, std::size_t page) {
  http::Params params;
  if (!filter.text.empty()) params.emplace_back("q", filter.text);
  if (!filter.show.empty()) params.emplace_back("show", filter.show);
  if (!filter.sort.empty()) params.emplace_back("sort", filter.sort);
  if (page > 1) params.emplace_back("page", std::to_string(page));
  const std::string query = http::build_query(params);
  return query.empty() ? query : "?" + query;
}

std::size_t page_number(const std::string& text, std::size_t found) {
  std::size_t number = 1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  const std::size_t last = std::max<std::size_t>((found + kPerPage - 1) / kPerPage, 1);
  return std::clamp<std::size_t>(number, 1, last);
}

View dataset_item(const OwnDataset& one, const StaffVisit& staff, const service::Directory& all) {
  const core::Dataset& dataset = *one.dataset;
  View item = object();
  put(item, "title", dataset.title);
  put(item, "href", staff.link(dataset_path(dataset.name)));
  put_state(dataset, staff, item);
  put(item, "late", one.is_late);
  put(item, "modified", display_day(dataset.modified, staff.visit.language));
  const auto files = static_cast<std::int64_t>(dataset.resources.size());
  put(item, "files", display_count(files));
  const core::Group* owner = all.find(core::GroupKind::kOrganization, dataset.owner_org);
  put(item, "organization", owner == nullptr ? std::string() : owner->title);
  return item;
}

View filter_view(const OwnFilter& filter, const OwnDatasets& own, const StaffVisit& staff) {
  View filters = list();
  const auto add = [&](const char* show, const std::string& text, std::int64_t count) {
    View item = object();
    put(item, "href", staff.link("/manage") + address({filter.text, show, filter.sort}, 1));
    put(item, "text", text);
    put(item, "count", display_count(count));
    put(item, "current", filter.show == show);
    filters.push_back(item);
  };
  const Texts& texts = staff.texts();
  add("", texts["manage_show_all"], own.all);
  add("late", texts["manage_late"], own.late);
  add("draft", texts["manage_state_draft"], own.drafts);
  add("private", texts["manage_state_private"], own.hidden);
  return filters;
}

core::Result<void> put_held_jobs(const StaffVisit& staff, View& view) {
  storage::ImportJobRequest asked;
  asked.state = storage::ImportJob::State::kHeld;
  asked.limit = kShownJobs;
  const auto jobs = staff.sources().imports.jobs(asked, staff.caller());
  if (!jobs) return tl::unexpected(jobs.error());
  View items = list();
  for (const storage::ImportJob& job : *jobs) {
    View item = job_item(job, staff);
    const auto dataset = staff.visit.catalog.dataset(job.dataset_id, staff.caller());
    put(item, "dataset_title", dataset ? dataset->title : std::string());
    items.push_back(item);
  }
  put(view, "has_held", !jobs->empty());
  put(view, "held", items);
  return {};
}

// "横浜市（登録・変更できます）" for each of the visitor's organizations.
View roles(const StaffVisit& staff, const service::Directory& all) {
  View items = list();
  for (const auto& [id, role] : staff.caller().roles) {
    const core::Group* group = all.find(core::GroupKind::kOrganization, id);
    if (group == nullptr) continue;
    View item = object();
    put(item, "organization", group->title);
    put(item, "role",
        staff.texts()[staff.may_change(id) ? "manage_role_editor" : "manage_role_member"]);
    items.push_back(item);
  }
  return items;
}

void put_datasets(const OwnDatasets& own, const OwnFilter& filter, const StaffVisit& staff,
                  const service::Directory& directory, Page& page) {
  const std::size_t number = page_number(staff.query_param("page"), own.found.size());
  const std::size_t first = (number - 1) * kPerPage;
  const std::size_t last = std::min(first + kPerPage, own.found.size());
  const std::string base = staff.link("/manage");
  View items = list();
  for (std::size_t i = first; i < last; ++i) {
    items.push_back(dataset_item(own.found[i], staff, directory));
  }
  page.query = address(filter, number);
  const auto place = [](std::size_t count) {
    return display_count(static_cast<std::int64_t>(count));
  };
  put(page.view, "caption",
      staff.texts().with(filter.sort == "title" ? "manage_own_by_title" : "manage_own_caption",
                         {{"count", place(own.found.size())},
                          {"first", place(first + 1)},
                          {"last", place(last)}}));
  put(page.view, "by_title", filter.sort == "title");
  put(page.view, "title_href", base + address({filter.text, filter.show, "title"}, 1));
  put(page.view, "changed_href", base + address({filter.text, filter.show, ""}, 1));
  put(page.view, "has_datasets", !own.found.empty());
  put(page.view, "datasets", items);
  put(page.view, "has_any", own.all > 0);
  put(page.view, "filters", filter_view(filter, own, staff));
  put(page.view, "has_pager", own.found.size() > kPerPage);
  const bool has_more = last < own.found.size();
  put(page.view, "next_href", has_more ? base + address(filter, number + 1) : std::string());
  put(page.view, "previous_href", number > 1 ? base + address(filter, number - 1) : std::string());
}

}  // namespace

core::Result<Page> show_overview(const StaffVisit& staff) {
  static constexpr std::array<std::string_view, 3> kShows = {"late", "draft", "private"};
  OwnFilter filter{staff.query_param("q"), staff.query_param("show"), staff.query_param("sort")};
  if (filter.sort != "title") filter.sort.clear();
  if (std::find(kShows.begin(), kShows.end(), filter.show) == kShows.end()) filter.show.clear();
  const auto own = own_datasets(staff, filter);
  if (!own) return tl::unexpected(own.error());
  const auto directory = staff.visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const auto organizations = own_organizations(staff);
  if (!organizations) return tl::unexpected(organizations.error());
  Page page = staff_page(staff, "manage_overview", staff.texts()["manage_title"]);
  page.path = "/manage";
  put_done(staff, page);
  if (auto done = put_held_jobs(staff, page.view); !done) return tl::unexpected(done.error());
  put_datasets(*own, filter, staff, **directory, page);
  const View own_roles = roles(staff, **directory);
  put(page.view, "has_roles", own_roles.is_non_empty_list());
  put(page.view, "roles", own_roles);
  put(page.view, "is_sysadmin", staff.caller().sysadmin);
  put(page.view, "may_create", !organizations->empty());
  put(page.view, "q", filter.text);
  put(page.view, "show", filter.show);
  put(page.view, "sort", filter.sort);
  put(page.view, "action", staff.link("/manage"));
  return page;
}

}  // namespace minato::web
