// make_page_source(): web pages that link files.
#include <memory>
#include <optional>
#include <utility>

#include "core/url.h"
#include "formats/remote/raw_dataset.h"
#include "harvest/sources/page/page_crawl.h"
#include "harvest/sources/page/page_reader.h"
#include "harvest/sources/source.h"

namespace minato::harvest {
namespace {

class PageSource final : public Source {
 public:
  PageSource(const SourceContext& context, PageRules rules,
             std::optional<text::Pattern> link_pattern)
      : context_(context), rules_(std::move(rules)), link_pattern_(std::move(link_pattern)) {}

  core::Result<void> gather(GatherSink& sink) override {
    PageCrawl crawl(context_, rules_, link_pattern_ ? &*link_pattern_ : nullptr);
    auto datasets = crawl.run(sink);
    if (!datasets) return tl::unexpected(std::move(datasets.error()));
    if (datasets->empty()) {
      return core::fail(
          core::ErrorCode::kUpstream, "harvest-page-empty",
          {"ページにデータファイルへのリンクがありません。", "The page links no files of data."},
          {"URL、content_selector、link_depth、file_pattern を確かめてください。",
           "Check the URL, content_selector, link_depth and file_pattern."});
    }
    for (const CrawledDataset& dataset : *datasets) {
      const core::Dataset& made = dataset.found.dataset;
      GatheredRecord record;
      record.remote_id = dataset.found.remote_id;
      if (made.modified.us != 0) record.remote_modified = core::to_rfc3339(made.modified);
      record.url = made.url;
      record.content = formats::write_raw_dataset(made);
      if (auto taken = sink.record(std::move(record)); !taken) return taken;
    }
    return {};
  }

  core::Result<std::string> fetch(const GatheredRecord& record) override {
    return core::fail_internal("a page's record without content: " + record.remote_id);
  }

  core::Result<core::Dataset> read(const GatheredRecord& record) override {
    return formats::read_raw_dataset(record.content);
  }

 private:
  const SourceContext context_;
  PageRules rules_;
  std::optional<text::Pattern> link_pattern_;
};

}  // namespace

core::Result<std::unique_ptr<Source>> make_page_source(const SourceContext& context) {
  if (!core::parse_url(context.source.url)) {
    return core::fail(core::ErrorCode::kInvalidArgument, "harvest-url",
                      {"URL が http または https ではありません: " + context.source.url,
                       "The URL is not http or https: " + context.source.url},
                      {"収集元の URL を直してください。", "Correct the URL of the source."});
  }
  auto rules = PageRules::make(context.options, context.source.organization);
  if (!rules) return tl::unexpected(std::move(rules.error()));
  std::optional<text::Pattern> link_pattern;
  if (!context.options.link_pattern.empty()) {
    auto made = text::Pattern::make(context.options.link_pattern);
    if (!made) return tl::unexpected(std::move(made.error()));
    link_pattern = std::move(*made);
  }
  return std::make_unique<PageSource>(context, std::move(*rules), std::move(link_pattern));
}

}  // namespace minato::harvest
