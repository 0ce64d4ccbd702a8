#include "web/site/harvest_pages.h"

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "http/url.h"
#include "web/catalogue/paging.h"
#include "web/frame/ago.h"
#include "web/frame/display.h"
#include "web/site/group_view.h"
#include "web/site/harvest_faults.h"
#include "web/site/harvest_view.h"

namespace minato::web {
namespace {

constexpr std::int64_t kJobsPerPage = 20;

std::optional<core::Timestamp> run_of(const core::SourceStatus& status) {
  if (!status.last_job) return std::nullopt;
  const core::HarvestJob& job = status.last_job->job;
  return job.finished ? *job.finished : job.created;
}

// Notices are written by people of the publisher, in Japanese.
const char* reason_language(const core::SourceStatus& status, const Visit& visit) {
  const bool written = status.source.state == core::SourceState::kFrozen ||
                       status.source.state == core::SourceState::kDisabled;
  return written && visit.language == core::Language::kEn ? "ja" : "";
}

// The publisher's name is clearer than that of its site.
void put_title(View& view, const core::SourceStatus& status, const service::Directory& directory,
               const Visit& visit) {
  const core::Group* publisher =
      directory.find(core::GroupKind::kOrganization, status.source.organization);
  if (publisher == nullptr) {
    put_text(view, "title", {status.source.title, ""}, visit.language);
  } else {
    put_text(view, "title", {publisher->title, publisher->title_en}, visit.language);
  }
}

View source_row(const core::SourceStatus& status, const service::Directory& directory,
                const Visit& visit) {
  View row = object();
  put_title(row, status, directory, visit);
  put(row, "href", visit.link(harvest_path(status.source)));
  put(row, "kind", source_kind_words(status.source.kind, visit.texts));
  put_health(row, status, visit);
  put(row, "reason_lang", reason_language(status, visit));
  put_ago(row, "confirmed", status.last_confirmed, visit);
  put_ago(row, "run", run_of(status), visit);
  put(row, "result",
      status.last_job ? job_result_word(status.last_job->job, visit.texts) : std::string());
  put(row, "records", display_count(status.records));
  put(row, "errors", display_count(status.last_job ? status.last_job->job.counts.errored : 0));
  put_moment(row, "next_run", next_run_of(status.source), visit);
  return row;
}

// Links that narrow the list to one state, with counts.
View state_links(const std::vector<core::SourceStatus>& sources,
                 std::optional<HarvestHealth> chosen, const Visit& visit) {
  std::map<HarvestHealth, std::int64_t> counts;
  for (const core::SourceStatus& status : sources) {
    ++counts[health_of(status, visit.catalog.now())];
  }
  View links = list();
  View all = object();
  put(all, "text", visit.texts["harvest_all_states"]);
  put(all, "name", false);
  put(all, "count", display_count(static_cast<std::int64_t>(sources.size())));
  put(all, "href", visit.link("/harvest"));
  put(all, "current", !chosen);
  links.push_back(all);
  for (const auto& [health, count] : counts) {
    View link = object();
    put(link, "text", health_word(health, visit.texts));
    put(link, "name", health_name(health));
    put(link, "count", display_count(count));
    put(link, "href", visit.link("/harvest?state=" + health_name(health)));
    put(link, "current", chosen == health);
    links.push_back(link);
  }
  return links;
}

std::string took_words(const core::HarvestJob& job, const Visit& visit) {
  if (!job.finished) return "";
  const auto seconds = (job.finished->us - job.created.us) / 1'000'000;
  if (seconds < 120) {
    return visit.texts.with("harvest_seconds", {{"count", display_count(seconds)}});
  }
  return visit.texts.with("harvest_minutes", {{"count", display_count(seconds / 60)}});
}

View job_row(const core::HarvestJob& job, const std::string& path, const Visit& visit) {
  View row = object();
  put_moment(row, "started", job.created, visit);
  put(row, "href", visit.link(path + "?job=" + http::percent_encode(job.id)) + "#job");
  put(row, "result", job_result_word(job, visit.texts));
  put(row, "changes", job_changes(job, visit));
  put(row, "errors", display_count(job.counts.errored + job.counts.files_failed));
  put(row, "took", took_words(job, visit));
  return row;
}

void put_source(View& view, const core::SourceStatus& status, const service::Directory& directory,
                const Visit& visit) {
  put_health(view, status, visit);
  put(view, "reason_lang", reason_language(status, visit));
  const core::Group* publisher =
      directory.find(core::GroupKind::kOrganization, status.source.organization);
  put(view, "organization", publisher != nullptr);
  if (publisher != nullptr) {
    put_text(view, "organization", {publisher->title, publisher->title_en}, visit.language);
    put(view, "organization_href", visit.link(group_path(*publisher)));
  }
  put(view, "kind", source_kind_words(status.source.kind, visit.texts));
  put(view, "url", web_address(status.source.url));
  put(view, "period", period_words(status.period, visit.texts));
  put_ago(view, "confirmed", status.last_confirmed, visit);
  put_moment(view, "next_run", next_run_of(status.source), visit);
  put(view, "records", display_count(status.records));
  put(view, "api", "/api/v1/harvest/sources/" + http::percent_encode(status.source.name));
}

// The job that the address names, else the newest; nullopt: there is none yet.
core::Result<std::optional<core::JobStatus>> shown_job(const core::SourceStatus& status,
                                                       const Visit& visit) {
  const std::string* asked = visit.request.query_param("job");
  if (asked == nullptr || asked->empty()) return status.last_job;
  auto job = visit.sources.harvest.job(*asked);
  if (!job) return tl::unexpected(job.error());
  if (job->source_name != status.source.name) return status.last_job;
  return std::optional<core::JobStatus>(*std::move(job));
}

core::Result<void> put_shown_job(Page& page, const core::SourceStatus& status, const Visit& visit) {
  const auto shown = shown_job(status, visit);
  if (!shown) return tl::unexpected(shown.error());
  put(page.view, "job", shown->has_value());
  if (!*shown) return {};
  const core::HarvestJob& job = (*shown)->job;
  put(page.view, "job_heading",
      visit.texts.with("harvest_job_of", {{"time", moment_words(job.created, visit.language)}}));
  put(page.view, "job_result", job_result_word(job, visit.texts));
  put(page.view, "job_changes", job_changes(job, visit));
  put(page.view, "job_done", job.outcome == core::JobOutcome::kSucceeded);
  const core::JobCounts& counts = job.counts;
  const bool files = counts.files_changed + counts.files_unchanged + counts.files_failed > 0;
  put(page.view, "job_files",
      files ? visit.texts.with("harvest_files", {{"changed", display_count(counts.files_changed)},
                                                 {"same", display_count(counts.files_unchanged)},
                                                 {"failed", display_count(counts.files_failed)},
                                                 {"tables", display_count(counts.tables)}})
            : std::string());
  return put_faults(page.view, job, visit);
}

core::Result<void> put_jobs(Page& page, const core::SourceStatus& status, const Visit& visit) {
  const std::int64_t number = page_number(visit.request);
  const auto found = visit.sources.harvest.jobs(
      {status.source.name, std::nullopt, (number - 1) * kJobsPerPage, kJobsPerPage});
  if (!found) return tl::unexpected(found.error());
  put(page.view, "no_jobs", found->count == 0);
  put(page.view, "jobs_caption",
      visit.texts.with("harvest_jobs_caption", {{"count", display_count(found->count)}}));
  View jobs = list();
  const std::string* shown = visit.request.query_param("job");
  for (const core::JobStatus& job : found->jobs) {
    View row = job_row(job.job, page.path, visit);
    put(row, "current", shown != nullptr && *shown == job.job.id);
    jobs.push_back(row);
  }
  put(page.view, "jobs", jobs);
  put_paging(page.view, {number, kJobsPerPage, found->count, visit.link(page.path), {}},
             visit.texts);
  return {};
}

}  // namespace

core::Result<Page> harvest_page(const Visit& visit) {
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const auto sources = visit.sources.harvest.sources();
  if (!sources) return tl::unexpected(sources.error());
  const std::string* asked = visit.request.query_param("state");
  const auto chosen = asked == nullptr ? std::nullopt : find_health(*asked);
  Page page;
  page.content = "harvest";
  page.path = "/harvest";
  page.title = visit.texts["harvest_status"];
  page.section = Section::kHarvest;
  page.description = visit.texts["harvest_intro"];
  page.styles = {"docs.css"};
  page.index = !chosen;
  page.query = chosen ? "?state=" + health_name(*chosen) : "";
  page.alternates.push_back({"application/json", "/api/v1/harvest/sources"});
  View rows = list();
  std::int64_t count = 0;
  for (const core::SourceStatus& status : *sources) {
    if (chosen && health_of(status, visit.catalog.now()) != *chosen) continue;
    rows.push_back(source_row(status, **directory, visit));
    ++count;
  }
  put(page.view, "states", state_links(*sources, chosen, visit));
  put(page.view, "caption", visit.texts.with("harvest_caption", {{"count", display_count(count)}}));
  put(page.view, "none", count == 0);
  put(page.view, "sources", rows);
  return page;
}

core::Result<Page> harvest_source_page(const Visit& visit) {
  const std::string& asked = *visit.request.path_param("source");
  const auto status = visit.sources.harvest.source(asked);
  if (!status) return tl::unexpected(status.error());
  Page page;
  page.path = harvest_path(status->source);
  if (status->source.name != asked) {
    page.moved_to = page.path;
    return page;
  }
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  page.content = "harvest_source";
  page.section = Section::kHarvest;
  page.breadcrumbs = {{visit.texts["harvest_status"], visit.link("/harvest")}};
  page.styles = {"docs.css"};
  const std::string* job = visit.request.query_param("job");
  page.index = job == nullptr && page_number(visit.request) == 1;
  page.query = job == nullptr ? "" : "?" + http::build_query({{"job", *job}});
  put_source(page.view, *status, **directory, visit);
  const core::Group* publisher =
      (*directory)->find(core::GroupKind::kOrganization, status->source.organization);
  const std::string name = publisher == nullptr ? status->source.title
                           : visit.language == core::Language::kEn && !publisher->title_en.empty()
                               ? publisher->title_en
                               : publisher->title;
  page.title = visit.texts.with("harvest_title", {{"name", name}});
  put(page.view, "heading", page.title);
  page.description = visit.texts.with("harvest_source_description", {{"name", name}});
  if (const auto put = put_shown_job(page, *status, visit); !put) {
    return tl::unexpected(put.error());
  }
  if (const auto put = put_jobs(page, *status, visit); !put) return tl::unexpected(put.error());
  page.alternates.push_back(
      {"application/json", "/api/v1/harvest/sources/" + http::percent_encode(status->source.name)});
  return page;
}

}  // namespace minato::web
