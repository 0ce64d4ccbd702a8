#include "web/site/group_facts.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "web/catalogue/freshness.h"

namespace minato::web {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kFirstTables = 60;
constexpr std::size_t kDatasetsOfPart = 5000;

void count(GroupFacts& facts, const core::Dataset& dataset, std::int64_t tables) {
  facts.files += static_cast<std::int64_t>(dataset.resources.size());
  facts.tables += tables;
  // That we collected it again makes it no newer.
  const core::Timestamp changed = newest_of(dataset);
  const bool newer = !facts.newest || *facts.newest < changed;
  if (newer) facts.newest = changed;
  const bool reachable = !dataset.contact.email.empty() || !dataset.contact.phone.empty() ||
                         !dataset.contact.url.empty();
  if (reachable && (newer || facts.contact == core::Contact{})) facts.contact = dataset.contact;
}

}  // namespace

const GroupFacts& AllGroupFacts::of(std::string_view group_id) const {
  static const GroupFacts kNone;
  const auto found = facts_.find(group_id);
  return found == facts_.end() ? kNone : found->second;
}

void AllGroupFacts::add(const core::Dataset& dataset, const service::Directory& directory) {
  std::int64_t tables = 0;
  for (const core::Resource& resource : dataset.resources) {
    if (!directory.has_table(resource.id)) continue;
    ++tables;
    first_tables_.emplace(dataset.name, resource.id);
  }
  if (first_tables_.size() > kFirstTables) first_tables_.erase(std::prev(first_tables_.end()));
  count(all_, dataset, tables);
  if (!dataset.owner_org.empty()) count(facts_[dataset.owner_org], dataset, tables);
  for (const std::string& group : dataset.groups) count(facts_[group], dataset, tables);
}

GroupFactsCache::~GroupFactsCache() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (keeper_.joinable()) keeper_.join();
}

core::Result<std::shared_ptr<const AllGroupFacts>> GroupFactsCache::facts(
    service::Catalog& catalog) {
  if (auto known = ready(catalog)) return known;
  const std::lock_guard one_at_a_time(making_);
  if (auto known = ready(catalog)) return known;  // somebody else was faster
  const auto made = make(catalog);
  if (!made) return tl::unexpected(made.error());
  take(*made);
  const std::lock_guard lock(mutex_);
  if (made->took >= pace_.cheap && !keeper_.joinable()) {
    keeper_ = std::thread([this, &catalog] { keep(catalog); });
  }
  return made->facts;
}

// Null: they have to be made now.
std::shared_ptr<const AllGroupFacts> GroupFactsCache::ready(service::Catalog& catalog) {
  const std::lock_guard lock(mutex_);
  return keeper_.joinable() || revision_ == catalog.revision() ? facts_ : nullptr;
}

bool GroupFactsCache::is_current(service::Catalog& catalog) const {
  const std::lock_guard lock(mutex_);
  return revision_ == catalog.revision();
}

bool GroupFactsCache::follows() const {
  const std::lock_guard lock(mutex_);
  return keeper_.joinable();
}

void GroupFactsCache::take(const Made& made) {
  const std::lock_guard lock(mutex_);
  facts_ = made.facts;
  revision_ = made.revision;
}

bool GroupFactsCache::is_stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

// In parts: each has the catalogue's time limit for itself.
core::Result<GroupFactsCache::Made> GroupFactsCache::make(service::Catalog& catalog) const {
  const auto started = steady_clock::now();
  // What changes from here on is found at the next look.
  const std::uint64_t revision = catalog.revision();
  const auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  auto facts = std::make_shared<AllGroupFacts>();
  core::SearchExpr behind;
  behind.kind = core::SearchExpr::Kind::kRange;
  behind.field = "id";
  std::size_t seen = kDatasetsOfPart;
  while (seen == kDatasetsOfPart && !is_stopping()) {
    seen = 0;
    std::vector<core::SearchExpr> filters;
    if (behind.low.value) filters.push_back(behind);
    const auto read = catalog.each_dataset(
        [&](const core::Dataset& dataset) {
          facts->add(dataset, **directory);
          behind.low = {dataset.id, false};
          return ++seen < kDatasetsOfPart;
        },
        std::move(filters));
    if (!read) return tl::unexpected(read.error());
  }
  return Made{std::move(facts), revision, steady_clock::now() - started};
}

void GroupFactsCache::keep(service::Catalog& catalog) {
  steady_clock::duration rest = pace_.look;
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, rest, [this] { return stopping_; })) {
    rest = pace_.look;
    const std::uint64_t known = revision_;
    lock.unlock();
    if (catalog.revision() != known) {
      // What fails is tried again at the next look; readers have the last ones.
      if (const auto made = make(catalog); made && !is_stopping()) {
        take(*made);
        rest = std::max(rest, pace_.rest * made->took);
      }
    }
    lock.lock();
  }
}

}  // namespace minato::web
