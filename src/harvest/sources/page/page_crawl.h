// Walks over the pages of a source and collects their datasets.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harvest/sources/page/page_reader.h"
#include "harvest/sources/source.h"

namespace minato::harvest {

struct CrawledDataset {
  PageDataset found;
  std::int64_t depth = 0;
};

class PageCrawl {
 public:
  // `link_pattern` may be null. REQUIRES: all arguments outlive it.
  PageCrawl(const SourceContext& context, const PageRules& rules,
            const text::Pattern* link_pattern);

  // Each page once, near ones first: links of the same host up to link_depth, "next" pages of a
  // list on the same level, at most max_pages. A page that fails is a fault of the sink; the first
  // page failing, or the sink, ends it with an error.
  core::Result<std::vector<CrawledDataset>> run(GatherSink& sink);

 private:
  struct Visit {
    std::string url;       // normalised
    std::string list_url;  // of the first page of the list this one continues
    std::int64_t depth = 0;
  };

  core::Result<void> visit(const Visit& visit, GatherSink& sink);
  core::Result<std::optional<PageContents>> get(const Visit& visit, std::string& final_url);
  core::Result<void> page_failed(const Visit& visit, const core::Error& error, GatherSink& sink);
  core::Result<void> follow(const Visit& from, const std::vector<PageLink>& links);
  void enqueue(Visit visit);
  void take(const Visit& visit, PageContents contents);

  const SourceContext& context_;
  const PageRules& rules_;
  const text::Pattern* link_pattern_;
  std::deque<Visit> waiting_;
  std::set<std::string> seen_;
  std::map<std::string, std::size_t> by_path_;  // URLs that differ in their query only
  std::set<std::string> ids_;
  std::size_t visited_ = 0;
  bool cut_short_ = false;  // more pages than allowed
  std::vector<CrawledDataset> datasets_;
};

// The same files met on two pages are one dataset: the one with more files, then the one on the
// page farther from the first (a page about the dataset), which takes over what it lacks.
std::vector<CrawledDataset> without_repetitions(std::vector<CrawledDataset> datasets);

}  // namespace minato::harvest
