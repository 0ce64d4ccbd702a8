#include "formats/remote/dcat_page.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "core/url.h"
#include "formats/remote/dcat_node.h"
#include "formats/remote/dcat_terms.h"

namespace minato::formats {
namespace {

void add_new(std::vector<std::string>& list, std::unordered_set<std::string>& known,
             const std::string& key) {
  if (known.insert(key).second) list.push_back(key);
}

// Of several paging nodes (the collection and its view) the one that is this page.
std::string next_of(const RdfGraph& graph, const std::string& address) {
  std::string next;
  for (const std::string_view name : {"next", "nextPage"}) {
    const std::string predicate = term(kHydra, name);
    for (const std::string& subject : graph.subjects_with(predicate)) {
      const std::string found = DcatNode(graph, subject).reference({predicate});
      const auto url = core::resolve_url(address, found);
      if (!url) continue;
      const bool is_this_page = core::normalize_url(subject) == core::normalize_url(address);
      if (next.empty() || is_this_page) next = *url;
    }
  }
  return next;
}

std::optional<std::int64_t> total_of(const RdfGraph& graph) {
  const std::string predicate = term(kHydra, "totalItems");
  for (const std::string& subject : graph.subjects_with(predicate)) {
    const std::string word = DcatNode(graph, subject).word({predicate});
    std::int64_t total = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), total);
    const bool is_number = read.ec == std::errc() && read.ptr == word.data() + word.size();
    if (is_number && total >= 0) return total;
  }
  return std::nullopt;
}

}  // namespace

DcatPage read_dcat_page(const RdfGraph& graph, const std::string& address) {
  DcatPage page;
  std::unordered_set<std::string> known;
  for (const std::string_view prefix : {kDcat, kSchema}) {
    for (const std::string& key : graph.subjects_of_type(term(prefix, "Dataset"))) {
      add_new(page.datasets, known, key);
    }
  }
  for (const std::string_view prefix : {kDcat, kSchema}) {
    const std::string predicate = term(prefix, "dataset");
    for (const std::string& catalogue : graph.subjects_with(predicate)) {
      for (const RdfTerm* object : graph.objects(catalogue, predicate)) {
        const bool is_here = graph.describes(object->text);
        add_new(is_here ? page.datasets : page.elsewhere, known, object->text);
      }
    }
  }
  std::erase_if(page.elsewhere, [](const std::string& key) { return !core::parse_url(key); });
  page.next = next_of(graph, address);
  page.total = total_of(graph);
  return page;
}

}  // namespace minato::formats
