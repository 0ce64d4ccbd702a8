// A DCAT catalogue: one document, or pages of it (Hydra), in RDF/XML, Turtle, N-Triples or JSON-LD.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "formats/remote/dcat_page.h"
#include "formats/remote/rdf_graph.h"
#include "harvest/sources/source.h"

namespace minato::harvest {

// gather() takes page after page; datasets that the catalogue only names are got one by one by
// fetch(). Errors: "harvest-rdf", "harvest-rdf-too-large", "harvest-paging", "harvest-no-dataset"
// and the fetcher's. Faults: "harvest-no-id", "harvest-incomplete". read() fails with
// "harvest-record" for a dataset without title.
class DcatSource final : public Source {
 public:
  explicit DcatSource(const SourceContext& context) : context_(context) {}

  core::Result<void> gather(GatherSink& sink) override;
  core::Result<std::string> fetch(const GatheredRecord& record) override;
  core::Result<core::Dataset> read(const GatheredRecord& record) override;

 private:
  struct Document {
    formats::RdfGraph graph;
    std::string address;
  };
  struct Listing {
    std::unordered_set<std::string> pages;  // visited
    std::unordered_set<std::string> ids;    // of datasets
    std::vector<std::string> elsewhere;     // in the order of the catalogue
    std::unordered_set<std::string> named;  // the same
    std::optional<std::int64_t> total;
    std::int64_t nameless = 0;
    int empty_pages = 0;  // in a row, that brought nothing new
  };

  core::Result<Document> get(const std::string& url);
  core::Result<void> take_page(const Document& document, const formats::DcatPage& page,
                               Listing& listing, GatherSink& sink);
  core::Result<void> take_dataset(const Document& document, const std::string& key,
                                  Listing& listing, GatherSink& sink);
  // The address of the next page; empty at the end.
  core::Result<std::string> next_of(const formats::DcatPage& page, Listing& listing) const;
  core::Result<void> finish(Listing& listing, GatherSink& sink);

  const SourceContext context_;
};

}  // namespace minato::harvest
