#include "http/response_cache.h"

#include <array>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace minato::http {
namespace {

constexpr std::size_t kShards = 16;
constexpr std::size_t kVariants = 6;      // three codings, two languages
constexpr std::size_t kSlotBytes = 256;   // map node, list node, pointers
constexpr std::size_t kReplyBytes = 320;  // a CachedReply with its control blocks
constexpr std::size_t kLargestPart = 64;  // of the whole cache, one reply may take 1/64

std::size_t index_of(Variant variant) {
  const auto coding = static_cast<std::size_t>(variant.coding);
  return coding * 2 + (variant.language == core::Language::kEn ? 1 : 0);
}

std::size_t bytes_of(const CachedReply& reply) {
  std::size_t bytes = kReplyBytes + reply.validators.etag.size();
  for (const auto* part : {&reply.header_block, &reply.not_modified_block, &reply.body}) {
    if (*part) bytes += (*part)->size();
  }
  return bytes;
}

struct TargetHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

}  // namespace

struct ResponseCache::Shard {
  struct Slot {
    std::array<std::shared_ptr<const CachedReply>, kVariants> replies;
    std::size_t bytes = 0;
    std::list<const std::string*>::iterator recency;
  };
  using Slots = std::unordered_map<std::string, Slot, TargetHash, std::equal_to<>>;

  void remove(Slots::iterator slot) {
    bytes -= slot->second.bytes;
    recent.erase(slot->second.recency);
    slots.erase(slot);
  }

  // A reply that stands for both languages is counted once.
  void recount(const std::string& target, Slot& slot) {
    bytes -= slot.bytes;
    slot.bytes = kSlotBytes + target.size();
    for (std::size_t i = 0; i < kVariants; ++i) {
      const bool counted = i % 2 == 1 && slot.replies[i] == slot.replies[i - 1];
      if (slot.replies[i] && !counted) slot.bytes += bytes_of(*slot.replies[i]);
    }
    bytes += slot.bytes;
  }

  std::mutex mutex;
  Slots slots;
  std::list<const std::string*> recent;  // keys of `slots`, the latest first
  std::size_t bytes = 0;
  std::uint64_t hits = 0;
  std::uint64_t evictions = 0;
};

ResponseCache::ResponseCache(std::size_t max_bytes) : max_bytes_(max_bytes) {
  for (std::size_t i = 0; i < kShards; ++i) shards_.push_back(std::make_unique<Shard>());
}

ResponseCache::~ResponseCache() = default;

ResponseCache::Shard& ResponseCache::shard_of(std::size_t hash) const {
  return *shards_[(hash >> 7) % kShards];
}

std::shared_ptr<const CachedReply> ResponseCache::find(std::string_view target, Variant variant,
                                                       std::uint64_t revision) {
  Shard& shard = shard_of(TargetHash()(target));
  const std::lock_guard lock(shard.mutex);
  const auto slot = shard.slots.find(target);
  if (slot != shard.slots.end()) {
    const auto& reply = slot->second.replies[index_of(variant)];
    if (reply && reply->revision == revision) {
      ++shard.hits;
      shard.recent.splice(shard.recent.begin(), shard.recent, slot->second.recency);
      return reply;
    }
  }
  return nullptr;
}

void ResponseCache::store(std::string_view target, Variant variant, bool varies_by_language,
                          std::shared_ptr<const CachedReply> reply) {
  if (bytes_of(*reply) + target.size() + kSlotBytes > max_bytes_ / kLargestPart) return;
  Shard& shard = shard_of(TargetHash()(target));
  const std::lock_guard lock(shard.mutex);
  auto slot = shard.slots.find(target);
  if (slot == shard.slots.end()) {
    slot = shard.slots.emplace(std::string(target), Shard::Slot{}).first;
    shard.recent.push_front(&slot->first);
    slot->second.recency = shard.recent.begin();
  } else {
    shard.recent.splice(shard.recent.begin(), shard.recent, slot->second.recency);
  }
  // What belongs to an older revision is of no use to anybody.
  for (auto& old : slot->second.replies) {
    if (old && old->revision != reply->revision) old = nullptr;
  }
  const std::size_t index = index_of(variant);
  slot->second.replies[index] = reply;
  if (!varies_by_language) slot->second.replies[index ^ 1] = std::move(reply);
  shard.recount(slot->first, slot->second);
  while (shard.bytes > max_bytes_ / kShards && shard.recent.size() > 1) {
    shard.remove(shard.slots.find(*shard.recent.back()));
    ++shard.evictions;
  }
}

void ResponseCache::clear() {
  for (const auto& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    shard->slots.clear();
    shard->recent.clear();
    shard->bytes = 0;
  }
}

ResponseCache::Figures ResponseCache::figures() const {
  Figures sum;
  sum.misses = misses_.load(std::memory_order_relaxed);
  for (const auto& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    sum.hits += shard->hits;
    sum.evictions += shard->evictions;
    sum.bytes += shard->bytes;
    sum.targets += shard->slots.size();
  }
  return sum;
}

}  // namespace minato::http
