// A CKAN portal, listed and read through its Action API.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "harvest/sources/ckan_api.h"
#include "harvest/sources/ckan_pages.h"
#include "harvest/sources/ckan_site.h"
#include "harvest/sources/source.h"

namespace minato::harvest {

// gather() takes all records page by page; after a clean run what changed since, and a listing of
// ids and dates to see what is still there. A listing that shifts while it is read, or falls short
// of its own count, is read once more. Errors: "harvest-remote-error", "harvest-reply",
// "harvest-paging" and the fetcher's. Faults: "harvest-no-id", "harvest-incomplete",
// "harvest-record-too-large", and what a page gave.
class CkanSource final : public Source {
 public:
  CkanSource(const SourceContext& context, CkanSite site);

  core::Result<void> gather(GatherSink& sink) override;
  core::Result<std::string> fetch(const GatheredRecord& record) override;
  core::Result<core::Dataset> read(const GatheredRecord& record) override;

 private:
  struct Listing {
    CkanQuery query;
    bool is_incremental = false;  // ask the sink whether it holds the state already
    bool is_second = false;       // faults were told by the first
  };
  // One way through all pages of a listing.
  struct Pass {
    std::unordered_set<std::size_t> ids;  // hashes
    std::int64_t nameless = 0;
    std::int64_t new_ids = 0;  // that no pass before had
    std::int64_t repeats = 0;  // rows in a row that were there before
    bool has_gaps = false;
    bool is_useless = false;  // the portal does not tell what the listing asks for
    bool is_over = false;
    std::optional<core::Error> failure;
  };

  core::Result<void> gather_all(GatherSink& sink);
  core::Result<void> gather_changed(GatherSink& sink);
  // Reads the listing, twice if need be. False: the portal does not tell what it asks for.
  core::Result<bool> gather_listing(Listing listing, GatherSink& sink);
  // Fails as the sink does; what the portal does wrong is in the pass.
  core::Result<Pass> run_pass(const Listing& listing, CkanPages& pages, GatherSink& sink);
  core::Result<void> take_page(const Listing& listing, const CkanPages& pages, Pass& pass,
                               GatherSink& sink);
  core::Result<void> take_record(const Listing& listing, const formats::RecordHead& head,
                                 Pass& pass, GatherSink& sink);
  core::Result<void> hand_over(const Listing& listing, const formats::RecordHead& head,
                               const std::string& id, GatherSink& sink);
  [[nodiscard]] bool is_useless(const formats::SearchPage& page) const;
  [[nodiscard]] std::string page_of(const std::string& name) const;

  const SourceContext context_;
  CkanSite site_;
  CkanSelection selection_;
  CkanApi api_;
  std::unordered_set<std::size_t> seen_;      // hashes of all ids of this run
  std::unordered_set<std::size_t> gathered_;  // of those the sink has
};

}  // namespace minato::harvest
