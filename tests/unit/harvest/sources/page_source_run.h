// Harvests pages that lie at https://www.town.example/.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "harvest/sources/source.h"
#include "support/fake_fetcher.h"
#include "support/recording_sink.h"
#include "text/encoding.h"

namespace minato::harvest {

struct PageRun {
  inline static const std::string kHost = "https://www.town.example";
  inline static const std::string kUrl = kHost + "/opendata/index.html";

  PageRun() {
    source.kind = core::SourceKind::kPage;
    source.url = kUrl;
    source.organization = "143618";
  }
  explicit PageRun(std::string html) : PageRun() {
    put(kUrl, std::move(html));
    run();
  }

  void put(const std::string& url, std::string html) {
    fetcher.put(url, std::move(html), "text/html");
  }
  void run() {
    sink = {};
    SourceContext context{.source = source,
                          .options = options,
                          .fetcher = fetcher,
                          .clock = clock,
                          .since = {},
                          .work_directory = {}};
    auto made = make_page_source(context);
    if (!made) {
      result = tl::unexpected(made.error());
      return;
    }
    page = std::move(*made);
    result = page->gather(sink);
  }

  [[nodiscard]] core::Dataset dataset(std::size_t i) const {
    return page->read(sink.records.at(i)).value();
  }
  // "title" lines, each followed by "  key | name | format" lines of its resources.
  [[nodiscard]] std::string summary() const {
    if (!result) return "error " + result.error().id;
    std::string out;
    for (std::size_t i = 0; i < sink.records.size(); ++i) {
      const core::Dataset one = dataset(i);
      out += one.title + "\n";
      for (const core::Resource& resource : one.resources) {
        out += "  " + resource.id + " | " + resource.name + " | " + resource.format + "\n";
      }
    }
    return out;
  }
  [[nodiscard]] std::string titles() const {
    std::string out;
    for (std::size_t i = 0; i < sink.records.size(); ++i) out += dataset(i).title + "\n";
    return out;
  }
  // Behind the URL of the first page.
  [[nodiscard]] std::string id(std::size_t i) const {
    const std::string& remote_id = sink.records.at(i).remote_id;
    return remote_id.starts_with(kUrl) ? remote_id.substr(kUrl.size()) : remote_id;
  }

  core::HarvestSource source;
  formats::SourceOptions options;
  test::FakeFetcher fetcher;
  core::SystemClock clock;
  test::RecordingSink sink;
  std::unique_ptr<Source> page;
  core::Result<void> result;
};

inline std::string tags_of(const core::Dataset& dataset) {
  std::string out;
  for (const core::Tag& tag : dataset.tags) out += tag.name + ";";
  return out;
}

inline std::string in_cp932(std::string_view text) {
  std::string out;
  text::encode_cp932(text, out);
  return out;
}

// By way of Shift_JIS: both are arrangements of JIS X 0208.
inline std::string in_euc_jp(std::string_view text) {
  std::string out;
  const std::string sjis = in_cp932(text);
  for (std::size_t i = 0; i < sjis.size(); ++i) {
    const auto byte = static_cast<unsigned char>(sjis[i]);
    if (byte < 0x80) {
      out += sjis[i];
      continue;
    }
    int high = byte >= 0xE0 ? byte - 0xC1 : byte - 0x81;
    int low = static_cast<unsigned char>(sjis[++i]);
    high = high * 2 + 0x21;
    low -= low > 0x7F ? 0x41 : 0x40;
    if (low >= 94) {
      low -= 94;
      ++high;
    }
    out += static_cast<char>(high | 0x80);
    out += static_cast<char>((low + 0x21) | 0x80);
  }
  return out;
}

}  // namespace minato::harvest
