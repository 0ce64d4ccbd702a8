// without_repetitions(): the same files met on two pages.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "harvest/sources/page/page_crawl.h"

namespace minato::harvest {
namespace {

using Files = std::set<std::string>;

Files files_of(const CrawledDataset& dataset) {
  Files out;
  for (const core::Resource& resource : dataset.found.dataset.resources) out.insert(resource.url);
  return out;
}

void take_over(core::Dataset& kept, const core::Dataset& dropped) {
  if (kept.themes.empty()) kept.themes = dropped.themes;
  if (kept.frequency.empty()) kept.frequency = dropped.frequency;
  if (kept.license_id.empty()) kept.license_id = dropped.license_id;
  if (kept.notes.empty()) kept.notes = dropped.notes;
  for (const core::Tag& tag : dropped.tags) {
    const bool known =
        std::any_of(kept.tags.begin(), kept.tags.end(),
                    [&tag](const core::Tag& other) { return other.name == tag.name; });
    if (!known && tag.name != kept.title) kept.tags.push_back(tag);
  }
  std::sort(kept.tags.begin(), kept.tags.end(),
            [](const core::Tag& a, const core::Tag& b) { return a.name < b.name; });
}

}  // namespace

std::vector<CrawledDataset> without_repetitions(std::vector<CrawledDataset> datasets) {
  std::vector<Files> files;
  std::map<std::string, std::vector<std::size_t>> by_file;
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    files.push_back(files_of(datasets[i]));
    for (const std::string& url : files[i]) by_file[url].push_back(i);
  }
  const auto is_better = [&](std::size_t a, std::size_t b) {
    if (files[a].size() != files[b].size()) return files[a].size() > files[b].size();
    if (datasets[a].depth != datasets[b].depth) return datasets[a].depth > datasets[b].depth;
    return a < b;
  };
  std::vector<CrawledDataset> out;
  std::vector<bool> dropped(datasets.size(), false);
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    for (const std::size_t other : by_file[*files[i].begin()]) {
      const bool holds_all =
          other != i && !dropped[other] && is_better(other, i) &&
          std::includes(files[other].begin(), files[other].end(), files[i].begin(), files[i].end());
      if (!holds_all) continue;
      take_over(datasets[other].found.dataset, datasets[i].found.dataset);
      dropped[i] = true;
      break;
    }
  }
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    if (!dropped[i]) out.push_back(std::move(datasets[i]));
  }
  return out;
}

}  // namespace minato::harvest
