// A CKAN source on a portal that is not there.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "ckan_portal.h"
#include "harvest/sources/source.h"
#include "support/recording_sink.h"

namespace minato::harvest {

struct CkanRun {
  CkanRun() {
    source.kind = core::SourceKind::kCkan;
    source.url = portal.base;
    portal.serve(fetcher);
  }

  core::Result<void> gather() {
    adapter = *make_ckan_source({.source = source,
                                 .options = options,
                                 .fetcher = fetcher,
                                 .clock = clock,
                                 .since = since,
                                 .work_directory = ""});
    return adapter->gather(sink);
  }
  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const GatheredRecord& record : sink.records) all.push_back(record.remote_id);
    std::sort(all.begin(), all.end());
    return all;
  }
  [[nodiscard]] std::map<std::string, std::string> query(std::size_t request) const {
    return test::CkanPortal::parameters(fetcher.requests.at(request).url);
  }

  test::CkanPortal portal;
  core::HarvestSource source;
  formats::SourceOptions options;
  std::optional<core::Timestamp> since;
  test::FakeFetcher fetcher;
  core::SystemClock clock;
  test::RecordingSink sink;
  std::unique_ptr<Source> adapter;
};

}  // namespace minato::harvest
