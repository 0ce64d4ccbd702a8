#include "web/manage/own_datasets.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "text/fold.h"
#include "web/catalogue/freshness.h"

namespace minato::web {
namespace {

constexpr std::int64_t kStep = 1'000;

// The words of a search, folded.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  const std::string folded = text::fold(text);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

core::SearchExpr owned_by(const std::vector<std::string>& organizations) {
  core::SearchExpr any;
  any.kind = core::SearchExpr::Kind::kOr;
  for (const std::string& id : organizations) {
    core::SearchExpr one;
    one.kind = core::SearchExpr::Kind::kEqual;
    one.field = "owner_org";
    one.value = id;
    any.children.push_back(std::move(one));
  }
  return any;
}

// Empty: nobody's. A sysadmin's are all, which is no filter.
core::Result<std::optional<std::vector<core::SearchExpr>>> filters_for(const StaffVisit& staff) {
  std::optional<std::vector<core::SearchExpr>> filters;
  if (staff.caller().sysadmin) {
    filters.emplace();
    return filters;
  }
  const auto directory = staff.visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  std::vector<std::string> own;
  for (const auto& [id, role] : staff.caller().roles) {
    if ((*directory)->find(core::GroupKind::kOrganization, id) != nullptr) own.push_back(id);
  }
  if (!own.empty()) filters = {owned_by(own)};
  return filters;
}

bool fits(const OwnDataset& one, const OwnFilter& filter, const std::vector<std::string>& words) {
  const core::Dataset& dataset = *one.dataset;
  const bool is_draft = dataset.state == core::State::kDraft;
  if (filter.show == "late" && !one.is_late) return false;
  if (filter.show == "draft" && !is_draft) return false;
  if (filter.show == "private" && (is_draft || !dataset.is_private)) return false;
  if (words.empty()) return true;
  const std::string shown = text::fold(dataset.title) + " " + dataset.name;
  return std::all_of(words.begin(), words.end(), [&shown](const std::string& word) {
    return shown.find(word) != std::string::npos;
  });
}

void count(const OwnDataset& one, OwnDatasets& own) {
  const bool is_draft = one.dataset->state == core::State::kDraft;
  ++own.all;
  own.late += one.is_late ? 1 : 0;
  own.drafts += is_draft ? 1 : 0;
  own.hidden += !is_draft && one.dataset->is_private ? 1 : 0;
}

}  // namespace

core::Result<OwnDatasets> own_datasets(const StaffVisit& staff, const OwnFilter& filter) {
  OwnDatasets own;
  const auto filters = filters_for(staff);
  if (!filters) return tl::unexpected(filters.error());
  if (!*filters) return own;
  core::SearchRequest asked;
  asked.filters = **filters;
  asked.sort = {{"metadata_modified", true}};
  asked.limit = kStep;
  asked.visibility.include_private = true;
  asked.visibility.include_drafts = true;
  const core::Timestamp now = staff.visit.catalog.now();
  const std::vector<std::string> words = words_of(filter.text);
  for (;; asked.offset += kStep) {
    auto step = staff.visit.catalog.search(asked, staff.visit.language, staff.caller());
    if (!step) return tl::unexpected(std::move(step).error());
    for (core::DatasetPointer& dataset : step->datasets) {
      const bool is_draft = dataset->state == core::State::kDraft;
      const bool is_late = !is_draft && freshness_of(*dataset, now).is_late;
      OwnDataset one{std::move(dataset), is_late};
      count(one, own);
      if (fits(one, filter, words)) own.found.push_back(std::move(one));
    }
    if (asked.offset + kStep >= step->count) break;
  }
  if (filter.sort == "title") {
    std::stable_sort(own.found.begin(), own.found.end(), [](const auto& a, const auto& b) {
      return a.dataset->title < b.dataset->title;
    });
  } else {
    std::stable_partition(own.found.begin(), own.found.end(),
                          [](const OwnDataset& one) { return one.is_late; });
  }
  return own;
}

}  // namespace minato::web
