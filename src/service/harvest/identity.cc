#include "service/harvest/identity.h"

#include <algorithm>
#include <utility>

#include "core/sha256.h"
#include "core/url.h"
#include "core/uuid.h"
#include "service/harvest/extras.h"
#include "service/harvest/text.h"
#include "text/fold.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Result;
using Key = storage::HarvestStore::Key;

constexpr std::string_view kId = "id:";
constexpr std::string_view kLanding = "landing:";
constexpr std::string_view kFiles = "files:";
constexpr std::size_t kMaxHolders = 20;  // of one key: more identify nobody

// The UUID that an id or the last segment of a URI is.
std::optional<std::string> uuid_in(std::string_view text) {
  text = text.substr(0, text.find_first_of("?#"));
  while (text.ends_with('/')) text.remove_suffix(1);
  const std::size_t place = text.find_last_of("/:");
  if (place != std::string_view::npos) text.remove_prefix(place + 1);
  std::string uuid = lower_ascii(text);
  if (!core::is_uuid(uuid)) return std::nullopt;
  return uuid;
}

// One spelling for http and https, with and without the slash at the end. The fragment stays: some
// sites list many datasets on one page, each at an anchor.
std::string page_key(std::string_view url) {
  const auto parsed = core::parse_url(url);
  if (!parsed) return {};
  std::string key = core::normalize_url(url);
  if (key.starts_with("http://")) key.replace(0, 4, "https");
  while (key.ends_with('/')) key.pop_back();
  if (parsed->fragment && !parsed->fragment->empty()) key += "#" + *parsed->fragment;
  return key;
}

// The first page of a site is no page of one dataset, nor is the page that the source lists.
std::string landing_key(const std::string& url, const core::HarvestSource& source) {
  const auto parsed = core::parse_url(url);
  if (!parsed) return {};
  const bool is_root = parsed->path == "/" && !parsed->query && !parsed->fragment;
  std::string key = page_key(url);
  if (is_root || key == page_key(source.url)) return {};
  return std::string(kLanding) + key;
}

std::set<std::string> file_urls(const Dataset& dataset) {
  std::set<std::string> urls;
  for (const core::Resource& resource : dataset.resources) {
    if (auto url = page_key(resource.url); !url.empty()) urls.insert(std::move(url));
  }
  return urls;
}

std::string files_key(const Dataset& dataset) {
  std::string text;
  for (const std::string& url : file_urls(dataset)) text += url + "\n";
  return text.empty() ? text : std::string(kFiles) + core::sha256_hex(text);
}

bool same_title(const Dataset& a, const Dataset& b) {
  return text::fold(a.title) == text::fold(b.title);
}

// A landing page alone may be that of a national file which every town takes its part of.
bool same_content(const Dataset& a, const Dataset& b) {
  const auto files = file_urls(a);
  const auto others = file_urls(b);
  if (files.empty() || others.empty()) return true;
  if (std::any_of(files.begin(), files.end(),
                  [&](const std::string& url) { return others.contains(url); })) {
    return true;
  }
  return same_title(a, b) && a.owner_org == b.owner_org;
}

bool confirms(std::string_view key, const Dataset& ours, const Dataset& other) {
  if (key.starts_with(kId)) return true;
  return key.starts_with(kFiles) ? same_title(ours, other) : same_content(ours, other);
}

}  // namespace

std::vector<std::string> identity_keys(const Dataset& dataset, const storage::HarvestObject& object,
                                       const core::HarvestSource& source) {
  std::set<std::string> keys;
  for (const std::string_view id :
       {std::string_view(object.remote_id), extra_of(dataset.extras, "guid"),
        extra_of(dataset.extras, "identifier")}) {
    if (auto uuid = uuid_in(id)) keys.insert(std::string(kId) + *uuid);
  }
  keys.insert(landing_key(dataset.url, source));
  keys.insert(landing_key(object.url, source));
  keys.insert(files_key(dataset));
  keys.erase("");
  return {keys.begin(), keys.end()};
}

Result<Identities> Identities::load(const ImportBatch& batch) {
  Identities identities(batch);
  std::vector<std::string> keys;
  for (const ImportItem& item : batch.items) {
    for (const std::string& key : item.keys) {
      keys.push_back(key);
      if (key.starts_with(kLanding)) ++identities.landings_[key];
    }
  }
  if (keys.empty()) return identities;
  auto holders = batch.target.harvest.find_keys(keys);
  if (!holders) return tl::unexpected(std::move(holders).error());
  for (Key& holder : *holders) identities.holders_[holder.key].push_back(std::move(holder));
  return identities;
}

bool Identities::is_shared(const std::string& landing, const ImportItem& item) const {
  const auto count = landings_.find(landing);
  if (count != landings_.end() && count->second > 1) return true;
  const auto known = holders_.find(landing);
  if (known == holders_.end()) return false;
  return std::any_of(known->second.begin(), known->second.end(), [&](const Key& holder) {
    return holder.source_id == batch_->source().id && holder.remote_id != item.remote_id();
  });
}

Result<bool> Identities::is_listing_complete() {
  if (!is_complete_) {
    auto job = batch_->target.harvest.job(batch_->context.job_id);
    if (!job) return tl::unexpected(std::move(job).error());
    is_complete_ = job->has_value() && (*job)->complete_listing;
  }
  return *is_complete_;
}

Result<std::optional<storage::HarvestRecord>> Identities::moved_from(const ImportItem& item) {
  const bool is_known = item.record && !item.record->dataset_id.empty();
  const std::string& source = batch_->source().id;
  for (const std::string& key : item.keys) {
    const auto known = holders_.find(key);
    if (!key.starts_with(kLanding) || known == holders_.end() || landings_[key] != 1) continue;
    std::vector<std::string> ids;
    for (const Key& holder : known->second) {
      if (holder.source_id == source && holder.remote_id != item.remote_id()) {
        ids.push_back(holder.remote_id);
      }
    }
    if (ids.size() != 1 || is_known) continue;
    auto records = batch_->target.harvest.records(source, ids);
    if (!records) return tl::unexpected(std::move(records).error());
    if (records->empty()) continue;
    const storage::HarvestRecord& record = records->front();
    if (record.dataset_id.empty() || record.deleted || record.last_job == batch_->context.job_id) {
      continue;
    }
    auto complete = is_listing_complete();
    if (!complete) return tl::unexpected(std::move(complete).error());
    if (*complete) return record;
  }
  return std::nullopt;
}

Result<std::optional<Dataset>> Identities::duplicate_of(const ImportItem& item,
                                                        const Dataset& theirs,
                                                        storage::CatalogReader& reader) const {
  for (const std::string& key : item.keys) {
    const auto known = holders_.find(key);
    if (known == holders_.end() || known->second.size() > kMaxHolders) continue;
    const bool is_landing = key.starts_with(kLanding);
    if (is_landing && is_shared(key, item)) continue;
    std::optional<Dataset> found;
    int alive = 0;
    for (const Key& holder : known->second) {
      if (holder.source_id == batch_->source().id) continue;
      auto origin = reader.origin(holder.source_id, holder.remote_id);
      if (!origin) return tl::unexpected(std::move(origin).error());
      if (!*origin || (*origin)->dataset_id == theirs.id) continue;
      auto dataset = reader.dataset((*origin)->dataset_id);
      if (!dataset) return tl::unexpected(std::move(dataset).error());
      if (!*dataset || (*dataset)->state == core::State::kDeleted) continue;
      ++alive;
      if (!found && confirms(key, theirs, **dataset)) found = std::move(**dataset);
    }
    if (found && (!is_landing || alive == 1)) return found;
  }
  return std::nullopt;
}

}  // namespace minato::service
