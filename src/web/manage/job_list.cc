#include "web/manage/job_list.h"

#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "web/manage/job_words.h"

namespace minato::web {
namespace {

using State = storage::ImportJob::State;

constexpr std::int64_t kPerPage = 25;
constexpr std::int64_t kMaxPage = 10'000;

constexpr std::array<std::pair<std::string_view, State>, 4> kFilters = {
    {{"held", State::kHeld},
     {"running", State::kRunning},
     {"done", State::kDone},
     {"failed", State::kFailed}}};

std::int64_t page_number(const std::string& text) {
  std::int64_t number = 1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number < 1 || number > kMaxPage ? 1 : number;
}

std::string address(const std::string& state, std::int64_t page) {
  std::string query;
  if (!state.empty()) query = "?state=" + state;
  if (page > 1) query += (query.empty() ? "?page=" : "&page=") + std::to_string(page);
  return query;
}

View filter_view(const std::string& chosen, const StaffVisit& staff) {
  View filters = list();
  const auto add = [&](const std::string& state, const std::string& text) {
    View item = object();
    put(item, "href", staff.link("/manage/jobs") + address(state, 1));
    put(item, "text", text);
    put(item, "current", state == chosen);
    filters.push_back(item);
  };
  add("", staff.texts()["manage_jobs_all"]);
  for (const auto& [name, state] : kFilters) {
    add(std::string(name), job_state_words(state, staff.texts()));
  }
  return filters;
}

// Titles of the datasets that the jobs are for; looked up once each.
class Titles {
 public:
  explicit Titles(const StaffVisit& staff) : staff_(staff) {}

  void put_into(View& item, const std::string& id) {
    auto known = known_.find(id);
    if (known == known_.end()) {
      auto dataset = staff_.visit.catalog.dataset(id, staff_.caller());
      std::pair<std::string, std::string> found;
      if (dataset) found = {dataset->title, staff_.link(dataset_path(dataset->name))};
      known = known_.emplace(id, std::move(found)).first;
    }
    put(item, "dataset_title", known->second.first);
    put(item, "dataset_href", known->second.second);
  }

 private:
  const StaffVisit& staff_;
  std::map<std::string, std::pair<std::string, std::string>> known_;
};

}  // namespace

core::Result<Page> show_jobs(const StaffVisit& staff) {
  storage::ImportJobRequest asked;
  std::string chosen;
  for (const auto& [name, state] : kFilters) {
    if (name != staff.query_param("state")) continue;
    chosen = name;
    asked.state = state;
  }
  const std::int64_t number = page_number(staff.query_param("page"));
  asked.offset = (number - 1) * kPerPage;
  asked.limit = kPerPage + 1;  // one more tells whether there is a next page
  auto jobs = staff.sources().imports.jobs(asked, staff.caller());
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  const bool has_more = static_cast<std::int64_t>(jobs->size()) > kPerPage;
  if (has_more) jobs->pop_back();
  Page page = staff_page(staff, "manage_jobs", staff.texts()["manage_jobs_title"]);
  page.path = "/manage/jobs";
  page.query = address(chosen, number);
  Titles titles(staff);
  View items = list();
  for (const storage::ImportJob& job : *jobs) {
    View item = job_item(job, staff);
    titles.put_into(item, job.dataset_id);
    items.push_back(item);
  }
  const std::string base = staff.link(page.path);
  put(page.view, "filters", filter_view(chosen, staff));
  put(page.view, "has_jobs", !jobs->empty());
  put(page.view, "jobs", items);
  put(page.view, "has_pager", has_more || number > 1);
  put(page.view, "next_href", has_more ? base + address(chosen, number + 1) : std::string());
  put(page.view, "previous_href", number > 1 ? base + address(chosen, number - 1) : std::string());
  return page;
}

}  // namespace minato::web
