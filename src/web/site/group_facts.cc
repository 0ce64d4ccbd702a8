#include "web/site/group_facts.h"

#include <iterator>
#include <utility>
#include <vector>

namespace minato::web {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kCheap{50};  // less is made again at every revision
constexpr int kRestAfterWork = 10;
constexpr std::size_t kFirstTables = 60;

void count(GroupFacts& facts, const core::Dataset& dataset, std::int64_t tables) {
  facts.files += static_cast<std::int64_t>(dataset.resources.size());
  facts.tables += tables;
  const bool newer = !facts.newest || *facts.newest < dataset.modified;
  if (newer) facts.newest = dataset.modified;
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

core::Result<std::shared_ptr<const AllGroupFacts>> GroupFactsCache::facts(
    service::Catalog& catalog) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t revision = catalog.revision();
  const auto started = steady_clock::now();
  if (facts_ && (revision_ == revision || started < good_until_)) return facts_;
  const auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  auto made = std::make_shared<AllGroupFacts>();
  const auto read = catalog.each_dataset([&](const core::Dataset& dataset) {
    made->add(dataset, **directory);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  const auto ended = steady_clock::now();
  const auto took = ended - started;
  good_until_ = took < kCheap ? ended : ended + kRestAfterWork * took;
  facts_ = std::move(made);
  revision_ = revision;
  return facts_;
}

}  // namespace minato::web
