#include "harvest/sources/page/page_crawl.h"

#include <algorithm>
#include <utility>

#include "core/url.h"
#include "harvest/sources/page/html_decode.h"
#include "harvest/sources/page/html_document.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxUrlsPerPath = 100;

std::string_view site_of(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

bool is_same_site(std::string_view a, std::string_view b) {
  const auto first = core::parse_url(a);
  const auto second = core::parse_url(b);
  return first && second && site_of(first->host) == site_of(second->host);
}

std::string path_of(std::string_view url) { return std::string(url.substr(0, url.find('?'))); }

std::string folder_of(std::string_view url) {
  const std::string path = path_of(url);
  return path.substr(0, path.rfind('/') + 1);
}

// Without names of visits, which would make every visit a new page.
std::string page_url(std::string_view url) {
  std::string out = core::normalize_url(url);
  const std::size_t question = out.find('?');
  if (question == std::string::npos) return out;
  std::string kept;
  std::string_view query = std::string_view(out).substr(question + 1);
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::string_view name = pair.substr(0, pair.find('='));
    const bool visit = name.starts_with("utm_") || name == "PHPSESSID" || name == "jsessionid" ||
                       name == "sid" || name == "sessionid" || name == "fbclid" || name == "_ga";
    if (!pair.empty() && !visit) kept += (kept.empty() ? "?" : "&") + std::string(pair);
  }
  return out.substr(0, question) + kept;
}

// Pages that lead nowhere, change something, or have no end.
bool is_trap(std::string_view url) {
  const std::string path = path_of(url);
  for (const std::string_view word : {"/logout", "/login", "/signin", "/wp-login", "/wp-admin",
                                      "/calendar/", "/print/", "/search/", "/inquiry/"}) {
    if (path.find(word) != std::string::npos) return true;
  }
  const std::size_t question = url.find('?');
  if (question == std::string_view::npos) return false;
  const std::string_view query = url.substr(question + 1);
  for (const std::string_view word : {"print=", "logout", "login", "calendar", "replytocom="}) {
    if (query.find(word) != std::string_view::npos) return true;
  }
  return false;
}

bool says(const core::Error& error, std::string_view status) {
  return std::any_of(error.details.begin(), error.details.end(), [status](const auto& detail) {
    return detail.param == "status" && detail.got == status;
  });
}

// The page is not there: so it lists nothing, and that is known.
bool is_gone(const core::Error& error) {
  if (error.code == core::ErrorCode::kNotFound || error.code == core::ErrorCode::kGone) return true;
  if (error.id != "harvest-status") return false;
  return says(error, "404") || says(error, "410");
}

bool is_html(const std::string& type) {
  return type.empty() || type == "text/html" || type == "application/xhtml+xml" ||
         type == "application/octet-stream" || type == "text/plain";
}

}  // namespace

PageCrawl::PageCrawl(const SourceContext& context, const PageRules& rules,
                     const text::Pattern* link_pattern)
    : context_(context), rules_(rules), link_pattern_(link_pattern) {}

core::Result<std::vector<CrawledDataset>> PageCrawl::run(GatherSink& sink) {
  const std::string first = page_url(context_.source.url);
  enqueue({first, first, 0});
  while (!waiting_.empty()) {
    const Visit next = std::move(waiting_.front());
    waiting_.pop_front();
    if (visited_ >=
        static_cast<std::size_t>(std::max<std::int64_t>(context_.options.max_pages, 1))) {
      cut_short_ = true;
      break;
    }
    ++visited_;
    if (auto visited = visit(next, sink); !visited) return tl::unexpected(visited.error());
  }
  if (cut_short_) {
    const auto error = core::fail(
        core::ErrorCode::kTooLarge, "harvest-max-pages",
        {"ページが多すぎるため、途中まで読みました (" + std::to_string(visited_) + " ページ)。",
         "There are too many pages; " + std::to_string(visited_) + " of them were read."},
        {"link_pattern を絞るか、max_pages を増やしてください。",
         "Narrow link_pattern, or raise max_pages."});
    if (auto told = sink.fault("", first, error.value(), false); !told) {
      return tl::unexpected(told.error());
    }
  }
  return without_repetitions(std::move(datasets_));
}

core::Result<void> PageCrawl::visit(const Visit& visit, GatherSink& sink) {
  std::string final_url;
  auto contents = get(visit, final_url);
  if (!contents) {
    const bool ends = visited_ == 1 || contents.error().id == "harvest-stopped";
    if (ends) return tl::unexpected(std::move(contents.error()));
    return page_failed(visit, contents.error(), sink);
  }
  if (!*contents) return {};  // elsewhere by redirects: another site, or a page already read
  if ((*contents)->too_many_files) {
    const auto error = core::fail(core::ErrorCode::kTooLarge, "harvest-page-files",
                                  {"1 ページのファイルが多すぎます (上限 5,000)。",
                                   "There are too many files on one page (at most 5,000)."},
                                  {"content_selector や file_pattern で絞ってください。",
                                   "Narrow it down with content_selector or file_pattern."});
    if (auto told = sink.fault("", final_url, error.value(), false); !told) return told;
  }
  if (auto followed = follow(visit, (*contents)->pages); !followed) return followed;
  take(visit, std::move(**contents));
  return {};
}

core::Result<std::optional<PageContents>> PageCrawl::get(const Visit& visit,
                                                         std::string& final_url) {
  FetchRequest request = request_of(context_, visit.url);
  request.accept = "text/html, application/xhtml+xml, */*;q=0.1";
  request.max_bytes = HtmlDocument::kMaxBytes;
  auto reply = context_.fetcher.fetch(request);
  if (!reply) return tl::unexpected(std::move(reply.error()));
  if (!is_html(reply->content_type)) {
    return core::fail(core::ErrorCode::kUpstream, "harvest-page-type",
                      {"ウェブページではありません: " + reply->content_type,
                       "It is no web page: " + reply->content_type},
                      {"ファイルそのものを集めるときは種類を file にしてください。",
                       "To collect the file itself, make the source one of kind file."});
  }
  final_url = reply->final_url.empty() ? visit.url : page_url(reply->final_url);
  if (final_url != visit.url && visited_ > 1) {
    if (!is_same_site(final_url, context_.source.url) || !seen_.insert(final_url).second) {
      return std::nullopt;
    }
  }
  seen_.insert(final_url);
  PageInput input{final_url, decode_html(reply->body, reply->charset), visit.depth > 0};
  auto contents = read_page(input, rules_);
  if (!contents) return tl::unexpected(std::move(contents.error()));
  return std::optional<PageContents>(std::move(*contents));
}

core::Result<void> PageCrawl::page_failed(const Visit& visit, const core::Error& error,
                                          GatherSink& sink) {
  // What robots.txt or the address guard forbids is never part of the listing.
  const bool known = is_gone(error) || error.id == "harvest-page-type" ||
                     error.id == "harvest-robots" || error.id == "harvest-address" ||
                     error.id == "harvest-url";
  return sink.fault("", visit.url, error, known);
}

core::Result<void> PageCrawl::follow(const Visit& from, const std::vector<PageLink>& links) {
  for (const PageLink& link : links) {
    const std::string url = page_url(link.url);
    if (url.empty() || !is_same_site(url, context_.source.url) || is_trap(url)) continue;
    if (link.next_page && folder_of(url) == folder_of(from.url)) {
      enqueue({url, from.list_url, from.depth});
      continue;
    }
    if (from.depth >= context_.options.link_depth) continue;
    if (link_pattern_ != nullptr) {
      auto wanted = link_pattern_->found_in(url);
      if (wanted && !*wanted) wanted = link_pattern_->found_in(link.text);
      if (!wanted) return tl::unexpected(std::move(wanted.error()));
      if (!*wanted) continue;
    }
    enqueue({url, url, from.depth + 1});
  }
  return {};
}

void PageCrawl::enqueue(Visit visit) {
  if (seen_.contains(visit.url)) return;
  if (by_path_[path_of(visit.url)] >= kMaxUrlsPerPath || waiting_.size() >= 10'000) {
    cut_short_ = true;
    return;
  }
  ++by_path_[path_of(visit.url)];
  seen_.insert(visit.url);
  waiting_.push_back(std::move(visit));
}

void PageCrawl::take(const Visit& visit, PageContents contents) {
  for (PageDataset& found : contents.datasets) {
    // Items wander over the pages of a list: their ids are those of its first page.
    const std::size_t mark = found.remote_id.find('#');
    if (visit.list_url != visit.url && mark != std::string::npos) {
      const std::string shared = visit.list_url + found.remote_id.substr(mark);
      if (!ids_.contains(shared)) found.remote_id = shared;
    }
    if (!ids_.insert(found.remote_id).second) continue;
    datasets_.push_back({std::move(found), visit.depth});
  }
}

}  // namespace minato::harvest
