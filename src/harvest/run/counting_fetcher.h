// Counts what one job asks for; the fetcher behind it serves all jobs.
#pragma once

#include <atomic>
#include <cstdint>

#include "harvest/fetch/fetcher.h"

namespace minato::harvest {

// Thread-safe. Retries, redirects and robots.txt are the other one's affair and not counted.
class CountingFetcher final : public Fetcher {
 public:
  explicit CountingFetcher(Fetcher& fetcher) : fetcher_(fetcher) {}

  core::Result<FetchReply> fetch(const FetchRequest& request) override {
    ++requests_;
    auto reply = fetcher_.fetch(request);
    if (reply) bytes_ += static_cast<std::int64_t>(reply->size);
    return reply;
  }
  [[nodiscard]] Usage usage() const override { return {requests_.load(), bytes_.load()}; }

 private:
  Fetcher& fetcher_;
  std::atomic<std::int64_t> requests_{0};
  std::atomic<std::int64_t> bytes_{0};
};

}  // namespace minato::harvest
