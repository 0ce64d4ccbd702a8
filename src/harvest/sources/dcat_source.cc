#include "harvest/sources/dcat_source.h"

#include <utility>

#include "core/url.h"
#include "formats/remote/dcat_dataset.h"
#include "formats/remote/raw_dataset.h"
#include "harvest/sources/dcat_document.h"

namespace minato::harvest {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::uint64_t kMaxDocumentBytes = std::uint64_t{32} * 1024 * 1024;
constexpr std::size_t kMaxPages = 100'000;
constexpr int kMaxEmptyPages = 3;

core::Error make(ErrorCode code, std::string_view id, core::LocalizedText message,
                 core::LocalizedText hint) {
  return core::fail(code, id, std::move(message), std::move(hint)).value();
}

core::Error endless_catalogue(std::size_t pages) {
  const std::string count = std::to_string(pages);
  return make(ErrorCode::kUpstream, "harvest-paging",
              {"カタログのページが終わりません（" + count + " ページまで取得）。",
               "The pages of the catalogue do not end (" + count + " pages so far)."},
              {"収集元の管理者に、一覧のページ送りを確かめてもらってください。",
               "Ask the administrators of the portal to check how it pages its listing."});
}

core::Error nameless_dataset() {
  return make(ErrorCode::kUpstream, "harvest-no-id",
              {"このデータセットには URI も識別子（dct:identifier）もランディングページもないため、"
               "収集できません。",
               "This dataset has neither a URI nor a dct:identifier nor a landing page, so it "
               "cannot be kept."},
              {"収集元の側で直してもらってください。", "Have it corrected at the source."});
}

core::Error incomplete_catalogue(std::int64_t total, std::size_t got) {
  const std::string announced = std::to_string(total);
  const std::string found = std::to_string(got);
  return make(
      ErrorCode::kUpstream, "harvest-incomplete",
      {"収集元は " + announced + " 件あると言いますが、一覧には " + found +
           " 件しかありませんでした。",
       "The source announces " + announced + " records, but its listing gave " + found + "."},
      {"次の収集でも続く場合は、収集元の管理者に知らせてください。それまで、"
       "見えなくなったデータセットは削除しません。",
       "If it stays so, tell the administrators of the portal. Until then no dataset is "
       "taken for vanished."});
}

core::Error no_dataset(const std::string& url) {
  return make(ErrorCode::kUpstream, "harvest-no-dataset",
              {"この RDF に dcat:Dataset がありません: " + url,
               "There is no dcat:Dataset in this RDF: " + url},
              {"収集元の URL が DCAT カタログのものか確かめてください。これまでのデータセットは"
               "残します。",
               "Check that the URL of the source is that of a DCAT catalogue. The datasets known "
               "so far stay."});
}

}  // namespace

Result<void> DcatSource::gather(GatherSink& sink) {
  Listing listing;
  std::string url = context_.source.url;
  while (!url.empty()) {
    listing.pages.insert(core::normalize_url(url));
    const auto document = get(url);
    if (!document) return tl::unexpected(document.error());
    const formats::DcatPage page = read_dcat_page(document->graph, document->address);
    if (auto taken = take_page(*document, page, listing, sink); !taken) return taken;
    auto next = next_of(page, listing);
    if (!next) return tl::unexpected(next.error());
    url = std::move(*next);
  }
  return finish(listing, sink);
}

Result<DcatSource::Document> DcatSource::get(const std::string& url) {
  FetchRequest request = request_of(context_, url);
  request.accept =
      "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, "
      "application/n-triples;q=0.7, */*;q=0.1";
  request.max_bytes = kMaxDocumentBytes;
  const auto reply = context_.fetcher.fetch(request);
  if (!reply) return tl::unexpected(reply.error());
  std::string address = reply->final_url.empty() ? url : reply->final_url;
  auto graph = read_rdf(reply->body, reply->content_type, address);
  if (!graph) return tl::unexpected(graph.error());
  return Document{std::move(*graph), std::move(address)};
}

Result<void> DcatSource::take_page(const Document& document, const formats::DcatPage& page,
                                   Listing& listing, GatherSink& sink) {
  const std::size_t before = listing.ids.size() + listing.named.size();
  for (const std::string& key : page.datasets) {
    if (auto taken = take_dataset(document, key, listing, sink); !taken) return taken;
  }
  for (const std::string& iri : page.elsewhere) {
    if (listing.named.insert(iri).second) listing.elsewhere.push_back(iri);
  }
  if (page.total) listing.total = page.total;
  const bool is_new = listing.ids.size() + listing.named.size() > before;
  listing.empty_pages = is_new ? 0 : listing.empty_pages + 1;
  return {};
}

Result<void> DcatSource::take_dataset(const Document& document, const std::string& key,
                                      Listing& listing, GatherSink& sink) {
  formats::DcatDataset found = read_dcat_dataset(document.graph, key);
  if (found.id.empty()) {
    ++listing.nameless;
    const std::string place = found.dataset.title.empty() ? "dcat:Dataset" : found.dataset.title;
    return sink.fault(place, document.address, nameless_dataset(), true);
  }
  if (!listing.ids.insert(found.id).second) return {};
  GatheredRecord record;
  record.remote_id = std::move(found.id);
  record.remote_modified = std::move(found.modified);
  record.url = found.dataset.url;
  record.content = formats::write_raw_dataset(found.dataset);
  return sink.record(std::move(record));
}

Result<std::string> DcatSource::next_of(const formats::DcatPage& page, Listing& listing) const {
  if (page.next.empty()) return std::string();
  const bool is_loop = listing.pages.contains(core::normalize_url(page.next));
  const auto found = static_cast<std::int64_t>(listing.ids.size());
  // Some catalogues' last page names itself, or the first one.
  if (is_loop && listing.total && found >= *listing.total) return std::string();
  const bool is_endless =
      listing.empty_pages >= kMaxEmptyPages || listing.pages.size() >= kMaxPages;
  if (is_loop || is_endless) {
    return tl::unexpected<core::Error>(endless_catalogue(listing.pages.size()));
  }
  return page.next;
}

Result<void> DcatSource::finish(Listing& listing, GatherSink& sink) {
  for (const std::string& iri : listing.elsewhere) {
    if (!listing.ids.insert(iri).second) continue;
    GatheredRecord record;
    record.remote_id = iri;
    record.url = iri;
    if (auto taken = sink.record(std::move(record)); !taken) return taken;
  }
  const auto found = static_cast<std::int64_t>(listing.ids.size()) + listing.nameless;
  // An empty catalogue says so; a document without any DCAT in it is no catalogue.
  if (found == 0 && listing.total.value_or(1) > 0) {
    return tl::unexpected<core::Error>(no_dataset(context_.source.url));
  }
  if (!listing.total || found >= *listing.total) return {};
  return sink.fault("", context_.source.url,
                    incomplete_catalogue(*listing.total, listing.ids.size()), false);
}

Result<std::string> DcatSource::fetch(const GatheredRecord& record) {
  const auto document = get(record.remote_id);
  if (!document) return tl::unexpected(document.error());
  const formats::DcatPage page = read_dcat_page(document->graph, document->address);
  std::string key = record.remote_id;
  if (!document->graph.describes(key)) {
    // http and https, a slash at the end: it is the one dataset there.
    if (page.datasets.size() != 1) return tl::unexpected<core::Error>(no_dataset(key));
    key = page.datasets.front();
  }
  return formats::write_raw_dataset(read_dcat_dataset(document->graph, key).dataset);
}

Result<core::Dataset> DcatSource::read(const GatheredRecord& record) {
  auto dataset = formats::read_raw_dataset(record.content);
  if (!dataset || !dataset->title.empty()) return dataset;
  return core::fail(ErrorCode::kUpstream, "harvest-record",
                    {"このデータセットにはタイトル（dct:title）がありません。",
                     "This dataset has no title (dct:title)."},
                    {"収集元の側でこの 1 件を直してもらってください。ほかの件には影響しません。",
                     "Have this one record corrected at the source; the others are not touched."});
}

Result<std::unique_ptr<Source>> make_dcat_source(const SourceContext& context) {
  const auto url = core::parse_url(context.source.url);
  if (!url || !url->user_info.empty()) {
    const std::string shown = context.source.url.substr(0, 200);
    return core::fail(ErrorCode::kInvalidArgument, "harvest-source-url",
                      {"収集元の URL「" + shown + "」は http または https の URL ではありません。",
                       "The source's URL \"" + shown + "\" is no http or https URL."},
                      {"DCAT カタログの文書の URL を登録してください。",
                       "Register the URL of the document with the DCAT catalogue."});
  }
  return std::make_unique<DcatSource>(context);
}

}  // namespace minato::harvest
