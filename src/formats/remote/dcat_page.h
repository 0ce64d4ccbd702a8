// A page of a DCAT catalogue: its datasets and its way to the next one (Hydra).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "formats/remote/rdf_graph.h"

namespace minato::formats {

struct DcatPage {
  std::vector<std::string> datasets;   // keys of nodes that are described here
  std::vector<std::string> elsewhere;  // IRIs the catalogue names without describing them
  std::string next;                    // empty: the last page
  std::optional<std::int64_t> total;   // of datasets on all pages, as the remote says
};

// `address` of the document, without a fragment. Paging is understood in both spellings (next,
// nextPage), of PagedCollection and PartialCollectionView, with IRIs and with literals.
DcatPage read_dcat_page(const RdfGraph& graph, const std::string& address);

}  // namespace minato::formats
