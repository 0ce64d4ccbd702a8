#include "harvest/sources/ckan_source.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "formats/ckan_json.h"
#include "formats/remote/ckan_record.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::uint64_t kMaxRecordBytes = std::uint64_t{8} * 1024 * 1024;
constexpr std::int64_t kListingRows = 1000;  // CKAN's own limit
constexpr std::int64_t kMaxRepeats = 20;
constexpr std::string_view kListingFields =
    "id,name,metadata_modified,organization,owner_org,groups,dataset_type,state";
// Clocks differ, and a record may be indexed some time after its change.
constexpr std::int64_t kOverlapUs = std::int64_t{3600} * 1'000'000;

std::size_t hash_of(const std::string& id) { return std::hash<std::string>{}(id); }

// The portal does not know such a question; another one may do.
bool is_refusal(const core::Error& error) {
  const int status = status_of(error);
  return error.id == "harvest-remote-error" || error.id == "harvest-reply" ||
         error.id == "harvest-paging" || error.id == "json-syntax" || status == 400 ||
         status == 409 || status == 422;
}

core::Error nameless_record() {
  return core::fail(ErrorCode::kUpstream, "harvest-no-id",
                    {"一覧のこの件には識別子も名前もないため、収集できません。",
                     "This record of the listing has neither id nor name, so it cannot be kept."},
                    {"収集元の側で直してもらってください。", "Have it corrected at the source."})
      .value();
}

core::Error large_record(std::size_t bytes) {
  return core::fail(ErrorCode::kTooLarge, "harvest-record-too-large",
                    {"このデータセットの記述が大きすぎます（" + std::to_string(bytes) +
                         " バイト、上限 8 MiB）。",
                     "The description of this dataset is too large (" + std::to_string(bytes) +
                         " bytes, at most 8 MiB)."},
                    {"収集元の側で分けてもらってください。", "Have it split at the source."})
      .value();
}

core::Error incomplete_listing(const CkanPages& pages, std::size_t distinct) {
  const std::string count = pages.count() ? std::to_string(*pages.count()) : "?";
  const std::string got = std::to_string(distinct);
  return core::fail(
             ErrorCode::kUpstream, "harvest-incomplete",
             {"収集元は " + count + " 件あると言いますが、一覧には " + got +
                  " 件しかありませんでした。",
              "The source announces " + count + " records, but its listing gave " + got + "."},
             {"次の収集でも続く場合は、収集元の管理者に索引の再構築を依頼してください。"
              "それまで、見えなくなったデータセットは削除しません。",
              "If it stays so, ask the administrators of the portal to rebuild its search "
              "index. Until then no dataset is taken for vanished."})
      .value();
}

}  // namespace

CkanSource::CkanSource(const SourceContext& context, CkanSite site)
    : context_(context),
      site_(std::move(site)),
      selection_(site_, context.options),
      api_(context_, site_.base) {}

Result<void> CkanSource::gather(GatherSink& sink) {
  if (!context_.since || context_.options.force_all) return gather_all(sink);
  if (auto changed = gather_changed(sink); !changed) return changed;
  Listing listing;
  listing.is_incremental = true;
  listing.query = {selection_.query(), std::string(kListingFields), false, kListingRows};
  for (const bool repeat_fl : {false, true}) {
    listing.query.repeat_fl = repeat_fl;
    const auto done = gather_listing(listing, sink);
    if (!done) return tl::unexpected(done.error());
    if (*done) return {};
  }
  return gather_all(sink);
}

Result<void> CkanSource::gather_all(GatherSink& sink) {
  Listing listing;
  listing.query = {selection_.query(), "", false, context_.options.page_size};
  const auto done = gather_listing(listing, sink);
  if (!done) return tl::unexpected(done.error());
  return {};
}

// What this misses, the listing finds.
Result<void> CkanSource::gather_changed(GatherSink& sink) {
  const std::string since = core::to_rfc3339({context_.since->us - kOverlapUs});
  Listing listing;
  listing.is_second = true;
  listing.query = {selection_.query(), "", false, context_.options.page_size};
  if (!listing.query.fq.empty()) listing.query.fq += ' ';
  listing.query.fq += "+metadata_modified:[" + since + " TO *]";
  CkanPages pages(api_, listing.query);
  const auto pass = run_pass(listing, pages, sink);
  if (!pass) return tl::unexpected(pass.error());
  // Solr also breaks down (500) over a range that it cannot read.
  if (pass->failure && !is_refusal(*pass->failure) && status_of(*pass->failure) != 500) {
    return tl::unexpected<core::Error>(*pass->failure);
  }
  return {};
}

Result<bool> CkanSource::gather_listing(Listing listing, GatherSink& sink) {
  for (const bool is_second : {false, true}) {
    listing.is_second = is_second;
    CkanPages pages(api_, listing.query);
    const auto pass = run_pass(listing, pages, sink);
    if (!pass) return tl::unexpected(pass.error());
    if (pass->is_useless) return false;
    if (pass->failure) {
      if (listing.is_incremental && !is_second && is_refusal(*pass->failure)) return false;
      return tl::unexpected<core::Error>(*pass->failure);
    }
    if (pass->has_gaps) return true;
    const auto distinct = static_cast<std::int64_t>(pass->ids.size()) + pass->nameless;
    if (!pages.has_shifted() && (!pages.count() || distinct >= *pages.count())) return true;
    // Short again, but of the same records: the portal lists some twice, and that is all there is.
    const bool is_settled = is_second && !pages.has_shifted() && pass->new_ids == 0 &&
                            pages.delivered() >= pages.count().value_or(0);
    if (is_settled) return true;
    if (!is_second) continue;
    auto told = sink.fault("", pages.url(), incomplete_listing(pages, seen_.size()), false);
    if (!told) return tl::unexpected(told.error());
  }
  return true;
}

Result<CkanSource::Pass> CkanSource::run_pass(const Listing& listing, CkanPages& pages,
                                              GatherSink& sink) {
  Pass pass;
  while (!pass.is_over) {
    const auto more = pages.next();
    if (!more) {
      pass.failure = more.error();
      break;
    }
    if (!*more) break;
    if (const auto& fault = pages.fault()) {
      pass.has_gaps = true;
      auto told = sink.fault(fault->record, fault->url, fault->error, false);
      if (!told) return tl::unexpected(told.error());
      continue;
    }
    const bool is_first = pass.ids.empty();
    if (listing.is_incremental && is_first && is_useless(pages.page())) {
      pass.is_useless = true;
      break;
    }
    if (auto taken = take_page(listing, pages, pass, sink); !taken) {
      return tl::unexpected(taken.error());
    }
  }
  return pass;
}

Result<void> CkanSource::take_page(const Listing& listing, const CkanPages& pages, Pass& pass,
                                   GatherSink& sink) {
  const std::size_t before = pass.ids.size();
  for (const formats::RecordHead& head : pages.page().records) {
    if (auto taken = take_record(listing, head, pass, sink); !taken) return taken;
  }
  const auto rows = static_cast<std::int64_t>(pages.page().records.size());
  pass.repeats = pass.ids.size() > before ? 0 : pass.repeats + rows;
  if (pass.repeats == 0 || pages.is_last()) return {};
  // Portals that know neither `start` nor `count` give all they have at once, again and again.
  if (!pages.count() && pages.is_odd_page()) {
    pass.is_over = true;
  } else if (rows > 1 || pass.repeats > kMaxRepeats) {
    pass.failure = endless_pages(pages.delivered());
    pass.is_over = true;
  }
  return {};
}

Result<void> CkanSource::take_record(const Listing& listing, const formats::RecordHead& head,
                                     Pass& pass, GatherSink& sink) {
  const std::string& id = head.id.empty() ? head.name : head.id;
  if (id.empty()) {
    ++pass.nameless;
    if (listing.is_second) return {};
    const std::string place = "#" + std::to_string(pass.ids.size() + 1);
    return sink.fault(place, api_.url(), nameless_record(), true);
  }
  const std::size_t hash = hash_of(id);
  pass.ids.insert(hash);
  if (seen_.insert(hash).second) ++pass.new_ids;
  if (!selection_.wants(head) || gathered_.contains(hash)) return {};
  if (auto done = hand_over(listing, head, id, sink); !done) return done;
  gathered_.insert(hash);
  return {};
}

Result<void> CkanSource::hand_over(const Listing& listing, const formats::RecordHead& head,
                                   const std::string& id, GatherSink& sink) {
  if (listing.is_incremental) {
    const auto same = sink.unchanged(id, head.modified);
    if (!same) return tl::unexpected(same.error());
    if (*same) return {};
  }
  GatheredRecord record;
  record.remote_id = id;
  record.remote_modified = head.modified;
  record.url = page_of(head.name.empty() ? id : head.name);
  if (head.is_whole && head.json.size() > kMaxRecordBytes) {
    return sink.fault(id, record.url, large_record(head.json.size()), false);
  }
  if (head.is_whole || !listing.is_incremental) record.content = text::sanitized(head.json);
  return sink.record(std::move(record));
}

Result<std::string> CkanSource::fetch(const GatheredRecord& record) {
  const auto body = api_.get("package_show", {{"id", record.remote_id}}, kMaxRecordBytes);
  if (!body) return tl::unexpected(body.error());
  return formats::read_show_reply(*body);
}

Result<core::Dataset> CkanSource::read(const GatheredRecord& record) {
  return formats::read_ckan_record(record.content, {site_.base, record.url});
}

// Without ids and dates there is nothing to compare; without organizations our own filter would
// pass strangers, should the portal ignore `fq`.
bool CkanSource::is_useless(const formats::SearchPage& page) const {
  const auto& records = page.records;
  if (records.empty()) return false;
  const auto any = [&records](auto test) {
    return std::any_of(records.begin(), records.end(), test);
  };
  if (!any([](const auto& head) { return !head.id.empty() && !head.modified.empty(); })) {
    return true;
  }
  if (selection_.asks_organizations() &&
      !any([](const auto& head) { return !head.organizations.empty(); })) {
    return true;
  }
  return selection_.asks_groups() && !any([](const auto& head) { return !head.groups.empty(); });
}

std::string CkanSource::page_of(const std::string& name) const {
  return site_.base + "/dataset/" + formats::percent_encode(name);
}

Result<std::unique_ptr<Source>> make_ckan_source(const SourceContext& context) {
  auto site = read_ckan_site(context.source.url);
  if (!site) return tl::unexpected(site.error());
  return std::make_unique<CkanSource>(context, std::move(*site));
}

}  // namespace minato::harvest
