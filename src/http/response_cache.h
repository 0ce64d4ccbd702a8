// Ready replies of GET requests, each valid for one revision of the catalogue.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "http/conditional.h"
#include "http/message.h"
#include "http/negotiation.h"
#include "http/route.h"

namespace minato::http {

// Which of a target's representations: the cache's key beside the target.
struct Variant {
  Coding coding = Coding::kIdentity;
  core::Language language = core::Language::kJa;
};

// A 200 as it is sent, except what is about one exchange (request id, rate limit).
struct CachedReply {
  const Route* route = nullptr;
  std::uint64_t revision = 0;
  Validators validators;
  std::shared_ptr<const std::string> header_block;        // Response::header_block
  std::shared_ptr<const std::string> not_modified_block;  // the same for its 304
  std::shared_ptr<const std::string> body;
};

// Bounded by bytes, least recently used targets leave first. Thread-safe; a hit holds one shard's
// lock for a lookup and copies no bytes.
class ResponseCache {
 public:
  explicit ResponseCache(std::size_t max_bytes);
  ~ResponseCache();
  ResponseCache(const ResponseCache&) = delete;
  ResponseCache& operator=(const ResponseCache&) = delete;

  // The reply kept for this target (raw or canonical), or null. Replies of another revision are
  // never returned.
  [[nodiscard]] std::shared_ptr<const CachedReply> find(std::string_view target, Variant variant,
                                                        std::uint64_t revision);

  // Keeps `reply`; when it does not vary by language, for both languages. Replies larger than 1/64
  // of the cache are not kept.
  void store(std::string_view target, Variant variant, bool varies_by_language,
             std::shared_ptr<const CachedReply> reply);

  // For the figures: a reply that could have been kept had to be made.
  void count_miss() { misses_.fetch_add(1, std::memory_order_relaxed); }

  void clear();

  struct Figures {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t evictions = 0;
    std::uint64_t bytes = 0;
    std::uint64_t targets = 0;
  };
  [[nodiscard]] Figures figures() const;

 private:
  struct Shard;
  [[nodiscard]] Shard& shard_of(std::size_t hash) const;

  std::size_t max_bytes_;
  std::atomic<std::uint64_t> misses_{0};
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace minato::http
