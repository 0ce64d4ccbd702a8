// Gathers from a list that lies at https://town.example/opendata/list.csv.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harvest/sources/source.h"
#include "support/fake_fetcher.h"
#include "support/recording_sink.h"
#include "support/temp_dir.h"

namespace minato::harvest {

struct ListRun {
  inline static const std::string kUrl = "https://town.example/opendata/list.csv";

  explicit ListRun(std::string bytes, std::string sheet = {}) {
    source.kind = core::SourceKind::kList;
    source.url = kUrl;
    source.organization = "143821";
    options.sheet = std::move(sheet);
    fetcher.put(kUrl, std::move(bytes), "text/csv");
    SourceContext context{.source = source,
                          .options = options,
                          .fetcher = fetcher,
                          .clock = clock,
                          .since = {},
                          .work_directory = directory.path()};
    list = *make_list_source(context);
    result = list->gather(sink);
  }

  [[nodiscard]] core::Dataset dataset(std::size_t i) const {
    return *list->read(sink.records.at(i));
  }
  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const GatheredRecord& record : sink.records) all.push_back(record.remote_id);
    return all;
  }

  core::HarvestSource source;
  formats::SourceOptions options;
  test::FakeFetcher fetcher;
  core::SystemClock clock;
  test::TempDir directory;
  test::RecordingSink sink;
  std::unique_ptr<Source> list;
  core::Result<void> result;
};

inline std::string extra(const std::vector<core::Extra>& extras, std::string_view key) {
  for (const core::Extra& one : extras) {
    if (one.key == key) return one.value;
  }
  return "(none)";
}

}  // namespace minato::harvest
