#include "web/site/harvest_faults.h"

#include <embedded/pieces.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "http/url.h"
#include "web/frame/display.h"
#include "web/site/error_catalogue.h"

namespace minato::web {
namespace {

constexpr std::int64_t kFaultsRead = 500;
constexpr std::int64_t kKinds = 50;  // of messages
constexpr std::size_t kExamples = 5;

struct FaultKind {
  core::LocalizedText message;
  std::int64_t count = 0;
  std::string error_id;
  std::vector<const core::FaultStatus*> examples;
};

const DocumentedError* documented(const std::string& id) {
  static const std::map<std::string, DocumentedError> kErrors = [] {
    std::map<std::string, DocumentedError> errors;
    for (DocumentedError& error : parse_error_catalogue(pieces::file("errors.md"))) {
      const std::string key = error.id;
      errors.emplace(key, std::move(error));
    }
    return errors;
  }();
  const auto found = kErrors.find(id);
  return found == kErrors.end() ? nullptr : &found->second;
}

// Counts come from the summaries, which know all faults; ids and places from the first ones.
std::vector<FaultKind> kinds_of(const core::FaultSummaries& summaries,
                                const std::vector<core::FaultStatus>& faults) {
  std::vector<FaultKind> kinds;
  for (const auto* summary : {&summaries.gather, &summaries.records}) {
    for (const core::FaultCount& one : *summary) kinds.push_back({one.message, one.count, "", {}});
  }
  std::stable_sort(kinds.begin(), kinds.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  for (FaultKind& kind : kinds) {
    for (const core::FaultStatus& fault : faults) {
      if (fault.message.ja != kind.message.ja) continue;
      kind.error_id = fault.error_id;
      if (kind.examples.size() < kExamples) kind.examples.push_back(&fault);
    }
  }
  return kinds;
}

View examples_of(const FaultKind& kind) {
  View examples = list();
  for (const core::FaultStatus* fault : kind.examples) {
    const std::string text = fault->record.empty() ? fault->url : fault->record;
    if (text.empty()) continue;
    View item = object();
    put(item, "text", text);
    put(item, "href", web_address(fault->url));
    examples.push_back(item);
  }
  return examples;
}

View kind_view(const FaultKind& kind, const Visit& visit) {
  View view = object();
  put(view, "message", kind.message.in(visit.language));
  put(view, "count", visit.texts.with("harvest_times", {{"count", display_count(kind.count)}}));
  const DocumentedError* error = documented(kind.error_id);
  put(view, "cure", error == nullptr ? std::string() : error->cure.in(visit.language));
  put(view, "error_id", kind.error_id);
  put(view, "error_href",
      error == nullptr ? std::string() : visit.link("/docs/errors#" + kind.error_id));
  View examples = examples_of(kind);
  put(view, "has_examples", !examples.is_empty_list());
  put(view, "examples", examples);
  return view;
}

}  // namespace

core::Result<void> put_faults(View& view, const core::HarvestJob& job, const Visit& visit) {
  const auto summaries = visit.sources.harvest.fault_summaries(job.id, kKinds);
  if (!summaries) return tl::unexpected(summaries.error());
  const auto faults = visit.sources.harvest.faults(job.id, 0, kFaultsRead);
  if (!faults) return tl::unexpected(faults.error());
  const std::vector<FaultKind> kinds = kinds_of(*summaries, *faults);
  View items = list();
  bool all_shown = true;
  for (const FaultKind& kind : kinds) {
    items.push_back(kind_view(kind, visit));
    all_shown = all_shown && kind.count <= static_cast<std::int64_t>(kind.examples.size());
  }
  put(view, "has_faults", !kinds.empty());
  put(view, "faults", items);
  put(view, "more_faults",
      all_shown ? std::string() : "/api/v1/harvest/jobs/" + http::percent_encode(job.id));
  return {};
}

}  // namespace minato::web
